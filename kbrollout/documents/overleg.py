"""The papers of a series of meetings: when it meets, and per meeting an agenda with what to decide, drawn from the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kbrollout.documents.overlegbesluiten import Decisions, decider, decisions, series_with_papers, waiting
from kbrollout.documents.overlegpunten import (
    Span,
    coming_gates,
    finished,
    phase_of,
    points,
    spans,
    starting,
    to_prepare,
    to_tell,
    waves,
)
from kbrollout.documents.parts import Data, anchor, role_name, site_data, text_data
from kbrollout.documents.planparts import planning_of, theme_names, weekday, what
from kbrollout.documents.wording import said
from kbrollout.grammar import capitalised, counted, long_date
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import Binding, BodyFunction, Heading, Provenance
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement, State
from kbrollout.model.plan import Plan, PlannedTask
from kbrollout.model.planning import MeetingSeries
from kbrollout.model.site import Body, Level
from kbrollout.scheduling.make import Calendars
from kbrollout.tailoring import value_phrase

_OFTEN = 4
"""Weeks. A body that meets more often has a sheet of its own only for what it decides."""


def series(neighbourhood: Neighbourhood) -> Sequence[MeetingSeries]:
    """The series of meetings that get papers."""
    return series_with_papers(neighbourhood, neighbourhood.plan) if neighbourhood.plan else ()


def view(neighbourhood: Neighbourhood, plan: Plan, chosen: MeetingSeries) -> tuple[str, Data]:
    """Title and template data: the days, a sheet per meeting that has something of its own, one agenda for all others."""
    body = next(each for each in neighbourhood.site.profile.bodies if each.id == chosen.body)
    title = f"Vergaderstukken {body.name}"
    found = decisions(neighbourhood, plan)
    meetings = spans([meeting for meeting in plan.meetings if meeting.series == chosen.id])
    sheets = {span.meeting.id: _sheet(neighbourhood, plan, body, span, found) for span in meetings}
    often = not chosen.every.monthly and chosen.every.count < _OFTEN
    own = {key for key, sheet in sheets.items() if _stands_alone(sheet, found[key], often)}
    undecided = [each for each in waiting(neighbourhood, plan) if decider(neighbourhood, plan, each) is None]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "text": text_data(neighbourhood, "vergaderstukken"),
        "remark": planning_of(neighbourhood).remark,
        "body": {"name": body.name, "function": body.function.value if body.function else None, "practices": body.level is Level.PRACTICE},
        "days": [{**_day(neighbourhood, span), "own": span.meeting.id in own} for span in meetings],
        "lapsed": [{"day": _long_day(each.regular), "reason": each.reason} for each in plan.lapsed if each.series == chosen.id],
        "sheets": [{**_day(neighbourhood, span), **sheets[span.meeting.id]} for span in meetings if span.meeting.id in own],
        "shared": [{**_day(neighbourhood, span), **sheets[span.meeting.id]} for span in meetings if span.meeting.id not in own],
        "undecided": counted(len(undecided), "keuze wacht", "keuzes wachten") if undecided else None,
        "risks": _risks(neighbourhood, body),
    }


def _day(neighbourhood: Neighbourhood, span: Span) -> Data:
    """When and where a meeting is, and why it was moved."""
    meeting = span.meeting
    moved = meeting.day != meeting.regular
    reason = Calendars(planning_of(neighbourhood)).of(None, "").reason_free(meeting.regular) if moved else None
    return {
        "anchor": f"overleg-{meeting.id}",
        "day": _long_day(meeting.day),
        "time": f"{meeting.starts:%H.%M} – {meeting.ends:%H.%M} uur",
        "place": meeting.place,
        "moved": {"from": long_date(meeting.regular), "reason": reason} if moved else None,
    }


def _long_day(day: date) -> str:
    """`Dinsdag 23 maart 2027`. Meetings are on working days."""
    return f"{capitalised(weekday(day))} {long_date(day)}"


def _sheet(neighbourhood: Neighbourhood, plan: Plan, body: Body, span: Span, found: Mapping[str, Decisions]) -> Data:
    """What one meeting is about."""
    decides = found[span.meeting.id]
    return {
        "phase": phase_of(plan, span, decides),
        "finished": finished(neighbourhood, plan, body, span),
        "starting": starting(neighbourhood, plan, body, span),
        "waves": waves(neighbourhood, span),
        "coming": coming_gates(neighbourhood, plan, span, found),
        "gates": [_gate(neighbourhood, span, gate) for gate in decides.gates],
        "adoption": neighbourhood.catalogue.index.version if decides.adoption else None,
        "choices": [_choice(neighbourhood, each) for each in decides.choices],
        "left": counted(decides.left, "keuze", "keuzes") if decides.left and decides.choices else None,
        "prepare": to_prepare(plan, body, span, found),
        "points": points(neighbourhood, plan, body, span),
        "tell": to_tell(neighbourhood, plan, body, span),
    }


def _stands_alone(sheet: Data, decides: Decisions, often: bool) -> bool:
    """Whether a meeting needs a sheet of its own: it decides, or it does not meet often and has something to speak about."""
    if decides.any or often:
        return decides.any
    lists = (sheet["finished"]["lines"], sheet["starting"]["lines"], sheet["tell"]["lines"], sheet["points"]["lines"])
    return any((*lists, sheet["prepare"], sheet["coming"]))


def _gate(neighbourhood: Neighbourhood, span: Span, gate: PlannedTask) -> Data:
    """A gate to decide at. `early` says that there is no meeting any more after its day."""
    work = gate.work
    return {
        "id": work.seed,
        "what": what(neighbourhood, work),
        "phase": work.phase.value,
        "day": long_date(gate.end),
        "early": span.day < gate.end,
        "explanation": said(neighbourhood, work.explanation) if work.explanation else None,
        "outcome": said(neighbourhood, work.outcome) if work.outcome else None,
    }


def _choice(neighbourhood: Neighbourhood, resolved: ResolvedAgreement) -> Data:
    """A choice with the text it is about: Markdown with slots; `values` fills the agreement's own."""
    header = resolved.agreement.header
    return {
        "id": resolved.id,
        "anchor": anchor(resolved.id),
        "title": header.title,
        "theme": None if header.theme == CORE_THEME else theme_names(neighbourhood)[header.theme],
        "statement": resolved.agreement.text[Heading.AGREEMENT],
        "values": dict(resolved.values),
        "questions": [{"question": value.question, "standard": value_phrase(value)} for value in header.values.values()],
        "own": resolved.own,
        "core": header.binding is Binding.CORE,
        "proposal": header.provenance is Provenance.PROPOSAL,
        "review": resolved.reason if resolved.state is State.TO_REVIEW else None,
    }


def _risks(neighbourhood: Neighbourhood, body: Body) -> list[Data]:
    """The neighbourhood's own risks, for who watches over the whole."""
    if body.level is not Level.NEIGHBOURHOOD or body.function not in (BodyFunction.DECIDES, BodyFunction.STEERS):
        return []
    return [
        {"id": risk.id, "what": risk.what, "measure": risk.measure, "owner": role_name(neighbourhood, risk.owner)}
        for risk in planning_of(neighbourhood).risks
    ]
