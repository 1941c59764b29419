"""What can go wrong with the plan: risks of the reference and of the site, what the program found, and the worries on page one."""

from __future__ import annotations

from collections.abc import Iterator

from kbrollout.documents.parts import Data, member_names, origin, role_name
from kbrollout.documents.planparts import tasks_count, what
from kbrollout.documents.planroles import unfilled
from kbrollout.documents.wording import said
from kbrollout.grammar import counted, long_date
from kbrollout.grammar import number as in_words
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Clash, Plan
from kbrollout.model.site import Stream, StreamKind

MOST_WORRIES, MOST_ROLES = 3, 3


def risks(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """Every risk with its owner: found in this plan, seen by the site, and those of the reference."""
    return {"found": list(_found(neighbourhood, plan)), "own": _own(neighbourhood), "known": _known(neighbourhood)}


def _known(neighbourhood: Neighbourhood) -> list[Data]:
    return [
        {
            "id": risk.id,
            "what": said(neighbourhood, risk.what),
            "consequence": said(neighbourhood, risk.consequence),
            "measure": said(neighbourhood, risk.measure),
            "owner": role_name(neighbourhood, risk.owner),
            "phase": risk.phase.value,
            **origin(neighbourhood.catalogue, risk),
        }
        for risk in neighbourhood.catalogue.risks
    ]


def _own(neighbourhood: Neighbourhood) -> list[Data]:
    planning = neighbourhood.site.planning
    return [
        {
            "id": risk.id,
            "what": risk.what,
            "consequence": risk.consequence,
            "measure": risk.measure,
            "owner": role_name(neighbourhood, risk.owner),
        }
        for risk in (planning.risks if planning else ())
    ]


def _found(neighbourhood: Neighbourhood, plan: Plan) -> Iterator[Data]:
    """What the program sees in this plan: fixed days that do not fit, work for nobody, money that ends, open choices."""
    lead = role_name(neighbourhood, neighbourhood.catalogue.index.lead)
    for clash in plan.clashes:
        owner = role_name(neighbourhood, plan.task(clash.task).work.who)
        yield _risk(_clash(neighbourhood, plan, clash), "Kies een latere dag, of maak korter wat er eerst moet gebeuren.", owner)
    for role, count in unfilled(neighbourhood, plan):
        text = f"Niemand vervult de rol van {neighbourhood.roles[role].name}, met {tasks_count(count)} in dit plan."
        yield _risk(text, "Spreek af wie de rol vervult, of wie de taken overneemt.", lead)
    by_payer: dict[str, list[Stream]] = {}
    for stream in _uncertain(neighbourhood):
        by_payer.setdefault(member_names(neighbourhood)[stream.payer] if stream.payer else "een onbekende betaler", []).append(stream)
    for payer, streams in by_payer.items():
        text = f"Geld van {payer}: {counted(len(streams), 'geldstroom', 'geldstromen')}, onzeker of niet bekend tot wanneer."
        measure = "Vraag na tot wanneer dit er is, en wie het daarna betaalt. In Financiering staat meer."
        yield _risk(text, measure, lead, [{"text": stream.purpose, "id": stream.id} for stream in streams])
    waiting = [each for each in neighbourhood.requirements if not each.asked]
    if waiting:
        missing = counted(len(waiting), "basisvoorwaarde", "basisvoorwaarden")
        verb = "valt" if len(waiting) == 1 else "vallen"
        text = f"Buiten dit plan {verb} {missing}: de wijk koos nog niet voor deze voorstellen."
        proposals = dict.fromkeys(key for each in waiting for key in each.waits_for)
        measure = "Kies, of spreek af wanneer u kiest. Daarna verandert het plan."
        yield _risk(text, measure, lead, [{"text": "", "id": key} for key in proposals])


def _risk(text: str, measure: str, owner: str, about: list[Data] | None = None) -> Data:
    return {"what": text, "about": about or [], "measure": measure, "owner": owner}


def _clash(neighbourhood: Neighbourhood, plan: Plan, clash: Clash) -> str:
    """A fixed day that does not fit, in words."""
    task = plan.task(clash.task)
    practices = neighbourhood.practice_names
    where = f" ({practices[task.work.unit]})" if task.work.unit else ""
    begin = f"“{what(neighbourhood, task.work)}”{where} staat vast op {long_date(clash.fixed)}"
    if clash.blocker:
        blocker = plan.task(clash.blocker)
        return f"{begin}, maar “{what(neighbourhood, blocker.work)}” is pas klaar op {long_date(blocker.end)}."
    days = counted(clash.working_days, "werkdag", "werkdagen")
    return f"{begin}. Daarvoor zijn {days} gerekend, en er zijn er {in_words(clash.room)}."


def _uncertain(neighbourhood: Neighbourhood) -> list[Stream]:
    """The streams of money with a risk, or of which the end is not known."""
    return [each for each in neighbourhood.site.streams if each.kind is StreamKind.MONEY and (each.risk or each.ends is None)]


def worries(neighbourhood: Neighbourhood, plan: Plan) -> list[str]:
    """The biggest worries for the first page, one line each: fixed days, work for nobody, money."""
    found: list[str] = []
    if plan.clashes:
        more = len(plan.clashes) - 1
        rest = f" Ook {counted(more, 'andere vaste dag past', 'andere vaste dagen passen')} niet."
        found.append(_clash(neighbourhood, plan, plan.clashes[0]) + (rest if more else ""))
    nobody = unfilled(neighbourhood, plan)
    if nobody:
        names = [f"{neighbourhood.roles[role].name} ({count})" for role, count in nobody[:MOST_ROLES]]
        more = len(nobody) - len(names)
        rest = f" en nog {counted(more, 'rol', 'rollen')}" if more else ""
        found.append(f"Voor {tasks_count(sum(count for _, count in nobody))} is er nog niemand: {', '.join(names)}{rest}.")
    return [*found, *_money(neighbourhood)][:MOST_WORRIES]


def _money(neighbourhood: Neighbourhood) -> Iterator[str]:
    """One line about money that may end."""
    money = [stream for stream in neighbourhood.site.streams if stream.kind is StreamKind.MONEY]
    uncertain = _uncertain(neighbourhood)
    if not neighbourhood.site.streams:
        yield "De wijk heeft nog geen geldstromen opgegeven. Wie het werk betaalt, staat dus nergens."
    elif uncertain:
        count = counted(len(money), "geldstroom", "geldstromen")
        share = count if len(uncertain) == len(money) else f"{in_words(len(uncertain))} van de {count}"
        yield f"Het geld is onzeker: van {share} is er een risico, of is niet bekend tot wanneer."
