"""Which meeting decides about what: choices that wait, the adoption of the release, and the gates between phases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbrollout.documents.planparts import bodies_of, gates, planning_of
from kbrollout.model.framework import Binding, BodyFunction, Phase
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement, State
from kbrollout.model.plan import Meeting, Plan, PlannedTask
from kbrollout.model.planning import MeetingSeries, wave_start
from kbrollout.model.site import Body, Level
from kbrollout.tailoring import deciding_bodies

MOST_PER_MEETING = 6
"""More decisions about agreements than this do not get the time that they need."""

ONLY_TALK = (BodyFunction.ADVISES, BodyFunction.MEETS)


@dataclass(frozen=True)
class Decisions:
    """What one meeting decides about. `left` counts the choices that its body takes later, or has no meeting for."""

    gates: tuple[PlannedTask, ...] = ()
    adoption: bool = False
    choices: tuple[ResolvedAgreement, ...] = ()
    left: int = 0

    @property
    def any(self) -> bool:
        return bool(self.gates or self.adoption or self.choices)


def series_with_papers(neighbourhood: Neighbourhood, plan: Plan) -> Sequence[MeetingSeries]:
    """The series for which there are papers: those that ask for them and are held at least once."""
    held = {meeting.series for meeting in plan.meetings}
    return [each for each in planning_of(neighbourhood).meetings if each.papers and each.id in held]


def waiting(neighbourhood: Neighbourhood, plan: Plan) -> list[ResolvedAgreement]:
    """The agreements that wait for a decision: the core first, then theme by theme as the waves begin."""
    found = [each for each in neighbourhood.agreements if each.state in (State.TO_CHOOSE, State.TO_REVIEW)]
    return sorted(found, key=lambda each: wave_start(planning_of(neighbourhood), plan.start, None, each.agreement.header.theme))


def decider(neighbourhood: Neighbourhood, plan: Plan, resolved: ResolvedAgreement) -> Body | None:
    """The body that decides about an agreement in a meeting with papers; None where there is none.

    A body that works out the theme decides about what does not belong to the core; else one that decides for the whole
    neighbourhood.
    """
    header = resolved.agreement.header
    meeting = bodies_with_papers(neighbourhood, plan)
    own = [body for body in meeting if header.theme in body.themes and _carries_out(body)]
    allowed = own if header.binding is not Binding.CORE else []
    return next(iter([*allowed, *formal(meeting)]), None)


def gate_decider(neighbourhood: Neighbourhood, plan: Plan, gate: PlannedTask) -> Body | None:
    """The body that decides at a gate: one that fills its role, else one that decides for the neighbourhood."""
    meeting = bodies_with_papers(neighbourhood, plan)
    fills = [body for body in bodies_of(neighbourhood, gate.work.who) if body in meeting]
    return next(iter([*fills, *formal(meeting)]), None)


def decisions(neighbourhood: Neighbourhood, plan: Plan) -> Mapping[str, Decisions]:
    """What every meeting with papers decides about, by the id of the meeting. Each decision stands in one meeting."""
    found = {meeting.id: Decisions() for meeting in _meetings(neighbourhood, plan)}
    for gate in gates(plan).values():
        body = gate_decider(neighbourhood, plan, gate)
        if body:
            meeting = _first_from(_meetings(neighbourhood, plan, body), gate.end)
            found[meeting.id] = replace(found[meeting.id], gates=(*found[meeting.id].gates, gate))
    adopting = next(iter(formal(bodies_with_papers(neighbourhood, plan))), None)
    if adopting and neighbourhood.concept:
        # The preparation ends with agreements that everybody stands for.
        prepared = gates(plan).get(Phase.PREPARATION)
        meeting = _first_from(_meetings(neighbourhood, plan, adopting), prepared.end if prepared else plan.start)
        found[meeting.id] = replace(found[meeting.id], adoption=True)
    return _with_choices(neighbourhood, plan, found)


def _with_choices(neighbourhood: Neighbourhood, plan: Plan, found: dict[str, Decisions]) -> dict[str, Decisions]:
    """The choices of each body, in order, over its meetings as far as there is room."""
    per_body: dict[str, list[ResolvedAgreement]] = {}
    for resolved in waiting(neighbourhood, plan):
        body = decider(neighbourhood, plan, resolved)
        if body:
            per_body.setdefault(body.id, []).append(resolved)
    for body in neighbourhood.site.profile.bodies:
        rest = per_body.get(body.id, [])
        for meeting in _meetings(neighbourhood, plan, body):
            room = MOST_PER_MEETING - found[meeting.id].adoption
            taken, rest = rest[:room], rest[room:]
            found[meeting.id] = replace(found[meeting.id], choices=tuple(taken), left=len(rest))
    return found


def _meetings(neighbourhood: Neighbourhood, plan: Plan, body: Body | None = None) -> list[Meeting]:
    """The meetings with papers, of one body or of all."""
    shown = {each.id for each in series_with_papers(neighbourhood, plan)}
    return [each for each in plan.meetings if each.series in shown and (body is None or each.body == body.id)]


def _first_from(meetings: Sequence[Meeting], day: date) -> Meeting:
    """The first meeting on or after a day; after the last meeting that one."""
    return next((each for each in meetings if each.day >= day), meetings[-1])


def bodies_with_papers(neighbourhood: Neighbourhood, plan: Plan) -> list[Body]:
    having = {meeting.body for meeting in _meetings(neighbourhood, plan)}
    return [body for body in neighbourhood.site.profile.bodies if body.id in having]


def _carries_out(body: Body) -> bool:
    return body.level is Level.NEIGHBOURHOOD and body.function not in ONLY_TALK


def formal(bodies: Sequence[Body]) -> list[Body]:
    """The bodies that decide for the whole neighbourhood."""
    return deciding_bodies(bodies, BodyFunction.DECIDES)
