"""Who does what in the implementation plan: work per role, responsibility per theme, and the money for each phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kbrollout.documents.parts import Data, filled_by, role_name, stream_data
from kbrollout.documents.planparts import bodies_of, gates, month_text, nobody_fills, seeds_of, short_date, theme_names
from kbrollout.documents.rolkaart import PRACTICE
from kbrollout.model.framework import Filling, Phase
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan, PlannedTask
from kbrollout.model.site import Stream, StreamKind


def roles(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """Per role with work: the number of different tasks per phase, and its busiest month; most work first."""
    phases = [phase for phase in Phase if any(task.work.phase is phase for task in plan.tasks)]
    tasks = {role: [task for task in plan.tasks if task.work.who == role] for role in neighbourhood.roles}
    rows = [_role(neighbourhood, plan, role, own, phases) for role, own in tasks.items() if own]
    rows.sort(key=lambda row: row["total"], reverse=True)
    return {"phases": [phase.value for phase in phases], "rows": rows, "hours": _hours(neighbourhood, plan)}


def _role(neighbourhood: Neighbourhood, plan: Plan, role: str, tasks: list[PlannedTask], phases: list[Phase]) -> Data:
    different = list(seeds_of(tasks))
    month, count = _busiest(tasks)
    return {
        "name": role_name(neighbourhood, role),
        "filled_by": _fillers(neighbourhood, plan, role),
        "practice": any(task.work.unit for task in tasks),
        "counts": [sum(1 for task in different if task.work.phase is phase) for phase in phases],
        "total": len(different),
        "busiest": month_text(month),
        "at_once": count,
    }


def _fillers(neighbourhood: Neighbourhood, plan: Plan, role: str) -> list[str]:
    return [] if nobody_fills(neighbourhood, plan, role) else filled_by(neighbourhood.roles[role])


def _busiest(tasks: Iterable[PlannedTask]) -> tuple[date, int]:
    """The month in which most of these tasks are worked on, in one practice or for the neighbourhood; the first of equals."""
    busy: Counter[tuple[date, str]] = Counter()
    for task in tasks:
        month = task.start.replace(day=1)
        while month <= task.end:
            busy[month, task.work.unit or ""] += 1
            month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    most = max(busy.values())
    return min(month for (month, _), count in busy.items() if count == most), most


def _hours(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    """The hours that the neighbourhood entered, per week."""
    return [
        {
            "week": short_date(week),
            "roles": [{"name": role_name(neighbourhood, role), "hours": _decimal(hours)} for role, hours in by_role.items()],
        }
        for week, by_role in plan.hours.items()
    ]


def _decimal(hours: Decimal) -> str:
    rounded = hours.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}".replace(".", ",") if rounded else "minder dan 0,1"


def responsibilities(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """Per phase and theme: who does the work, who decides, who takes part and who must know, from tasks and agreements."""
    found = []
    for phase in Phase:
        rows = [row for theme in theme_names(neighbourhood) if (row := _responsibility(neighbourhood, plan, phase, theme))]
        if rows:
            found.append({"name": phase.value, "rows": rows})
    return {"phases": found, "deciding": _deciding(neighbourhood, plan)}


def _responsibility(neighbourhood: Neighbourhood, plan: Plan, phase: Phase, theme: str) -> Data | None:
    tasks = [task.work for task in plan.tasks if (task.work.phase, task.work.theme) == (phase, theme)]
    if not tasks:
        return None
    gate = gates(plan).get(phase)
    decides = {gate.work.who} if gate else set()
    does = {work.who for work in tasks} - decides
    involved = {each.id: each.agreement.header.roles for each in neighbourhood.agreements}
    served = [involved[key] for key in dict.fromkeys(key for work in tasks for key in work.agreements)]
    asked = {role for each in served for role in each.does} - does - decides
    knows = {role for each in served for role in each.knows} - asked - does - decides
    columns = {"does": does, "decides": decides, "asked": asked, "knows": knows}
    named = {key: [role_name(neighbourhood, role) for role in neighbourhood.roles if role in found] for key, found in columns.items()}
    return {"theme": theme_names(neighbourhood)[theme], "count": len({work.seed for work in tasks}), **named}


def _deciding(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    """The roles that decide at the gates, with the bodies that fill them."""
    found = dict.fromkeys(gate.work.who for gate in gates(plan).values())
    return [{"role": role_name(neighbourhood, role), "bodies": [body.name for body in bodies_of(neighbourhood, role)]} for role in found]


def funding(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """Per phase the roles with work and the streams that go to them, and where nobody is known to pay. Nothing is added up."""
    found: list[Data] = []
    used: set[str] = set()
    for phase in Phase:
        working = {task.work.who for task in plan.tasks if task.work.phase is phase}
        streams = {role: _streams_to(neighbourhood, role) for role in neighbourhood.roles if role in working}
        if streams:
            gets = [{"role": role_name(neighbourhood, role), "streams": [each.id for each in got]} for role, got in streams.items() if got]
            unpaid = [role_name(neighbourhood, role) for role, got in streams.items() if not any(map(_pays, got))]
            found.append({"name": phase.value, "gets": gets, "unpaid": unpaid})
            used |= {each.id for got in streams.values() for each in got}
    return {"phases": found, "streams": [_stream(neighbourhood, stream) for stream in neighbourhood.site.streams if stream.id in used]}


def _pays(stream: Stream) -> bool:
    """Whether a stream is money of a known payer."""
    return stream.kind is StreamKind.MONEY and stream.payer is not None


def _streams_to(neighbourhood: Neighbourhood, role: str) -> list[Stream]:
    """The streams that a role receives, or a partner or practice that fills it."""
    binding, bound = neighbourhood.site.profile.roles.get(role), neighbourhood.roles[role]
    takers = {role, *(binding.partners if binding else ())}
    if bound.role.filling is Filling.PRACTICES:
        # What a practice as a whole receives goes to the people in it.
        takers |= {PRACTICE, *(practice.id for practice in neighbourhood.site.profile.practices)}
    return [stream for stream in neighbourhood.site.streams if stream.receiver in takers]


def _stream(neighbourhood: Neighbourhood, stream: Stream) -> Data:
    return {**stream_data(neighbourhood, stream), "unknown": list(stream.unknown)}


def unfilled(neighbourhood: Neighbourhood, plan: Plan) -> list[tuple[str, int]]:
    """The roles with tasks that nobody fills, and how many different tasks; most first."""
    counts = Counter(task.work.who for task in seeds_of(plan.tasks) if nobody_fills(neighbourhood, plan, task.work.who))
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))
