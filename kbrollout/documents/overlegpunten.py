"""What a meeting speaks about besides its decisions: the stand of the plan, open points, what to prepare and what to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kbrollout.documents.overlegbesluiten import ONLY_TALK, Decisions, bodies_with_papers, formal, gate_decider
from kbrollout.documents.parts import Data, anchor, role_name
from kbrollout.documents.planparts import days_text, gates, planning_of, theme_names, what
from kbrollout.grammar import long_date, number, series
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import BodyFunction, Filling
from kbrollout.model.neighbourhood import Neighbourhood, OpenPoint, ResolvedAgreement
from kbrollout.model.plan import Meeting, Plan, PlannedTask
from kbrollout.model.site import Body, Level

FEW = 2
"""More practices than this are counted, not named."""

MOST_TASKS, MOST_TOLD, MOST_POINTS = 10, 6, 4
"""More lines than this do not fit in a meeting; the rest is counted, or waits for the next one."""

_ON_THE_AGENDA_ITSELF = ("OP-VASTSTELLEN", "OP-TE-KIEZEN", "OP-TE-BEOORDELEN")
"""Open points that are decisions, which have their own place in the papers."""

_WATCHES = (BodyFunction.DECIDES, BodyFunction.STEERS)


@dataclass(frozen=True)
class Span:
    """A meeting, its place in its series, and the days of the meetings before and after it."""

    meeting: Meeting
    number: int
    previous: date
    following: date

    @property
    def day(self) -> date:
        return self.meeting.day

    @property
    def first(self) -> bool:
        return self.number == 0

    def before_next(self, day: date) -> bool:
        """Whether a day lies between this meeting and the next."""
        return self.day <= day < self.following


def spans(meetings: Sequence[Meeting]) -> list[Span]:
    days = [date.min, *(meeting.day for meeting in meetings), date.max]
    return [Span(meeting, number, days[number], days[number + 2]) for number, meeting in enumerate(meetings)]


def phase_of(plan: Plan, span: Span, decides: Decisions) -> Data | None:
    """The phase that a meeting speaks about, with the day of its gate; None when the last gate is decided.

    That is the phase whose gate the meeting decides at, also when its day is past.
    """
    ahead = (gate for gate in gates(plan).values() if gate.end >= span.day)
    gate = next(iter((*decides.gates, *ahead)), None)
    return {"name": gate.work.phase.value, "gate": long_date(gate.end)} if gate else None


def finished(neighbourhood: Neighbourhood, plan: Plan, body: Body, span: Span) -> Data:
    """The tasks of this body's concern that should be finished since the previous meeting; of too many the last ones."""
    found = [task for task in _concerning(neighbourhood, plan, body) if span.previous <= task.end < span.day]
    lines = _lines(neighbourhood, plan, sorted(found, key=lambda task: task.end))
    most = _most(body)
    return {"lines": lines[-most:], "more": len(lines[:-most])}


def starting(neighbourhood: Neighbourhood, plan: Plan, body: Body, span: Span) -> Data:
    """The tasks of this body's concern that begin before the next meeting; of too many the first ones."""
    lines = _lines(neighbourhood, plan, [task for task in _concerning(neighbourhood, plan, body) if span.before_next(task.start)])
    most = _most(body)
    return {"lines": lines[:most], "more": len(lines[most:])}


def to_tell(neighbourhood: Neighbourhood, plan: Plan, body: Body, span: Span) -> Data:
    """What practices begin with before the next meeting; a body of practices speaks of that itself."""
    ours = [task for task in plan.tasks if task.work.unit and body.level is not Level.PRACTICE and span.before_next(task.start)]
    lines = _lines(neighbourhood, plan, [task for task in ours if not body.themes or task.work.theme in body.themes])
    return {"lines": lines[:MOST_TOLD], "more": len(lines[MOST_TOLD:])}


def _most(body: Body) -> int:
    """How many tasks a body looks at: fewer where it does not steer them."""
    return MOST_TASKS // 2 if body.function in ONLY_TALK else MOST_TASKS


def waves(neighbourhood: Neighbourhood, span: Span) -> list[Data]:
    """The waves that begin before the next meeting."""
    practices = neighbourhood.practice_names
    themes = theme_names(neighbourhood)
    return [
        {
            "name": wave.name,
            "day": long_date(wave.start),
            "practices": [practices[each] for each in wave.practices],
            "themes": [themes[each] for each in wave.themes if each in themes],
        }
        for wave in planning_of(neighbourhood).waves
        if span.before_next(wave.start)
    ]


def _concerning(neighbourhood: Neighbourhood, plan: Plan, body: Body) -> Iterator[PlannedTask]:
    """The tasks that a body looks after: of practices, of its themes, or of the whole neighbourhood. Gates are decisions."""
    practices = {practice.id for practice in neighbourhood.site.profile.practices}
    units = {*practices & set(body.members)} or practices
    roles = _bound_roles(neighbourhood, body)
    for task in plan.tasks:
        work = task.work
        if work.gate:
            continue
        if body.level is Level.PRACTICE:
            here = work.unit in units
        elif body.themes:
            here = work.unit is None and (work.theme in body.themes or (work.theme == CORE_THEME and work.who in roles))
        else:
            here = work.unit is None
        if here:
            yield task


def _lines(neighbourhood: Neighbourhood, plan: Plan, tasks: Iterable[PlannedTask]) -> list[Data]:
    """Tasks as lines, in their order; the same one of several practices on the same days is one line."""
    groups: dict[tuple[str, date, date], list[PlannedTask]] = {}
    for task in tasks:
        groups.setdefault((task.work.seed, task.start, task.end), []).append(task)
    return [_line(neighbourhood, plan, group) for group in groups.values()]


def _line(neighbourhood: Neighbourhood, plan: Plan, group: Sequence[PlannedTask]) -> Data:
    task = group[0]
    return {
        "id": task.work.seed,
        "what": what(neighbourhood, task.work),
        "who": role_name(neighbourhood, task.work.who),
        "when": days_text(task.start, task.end),
        "where": _where(neighbourhood, {each.work.unit for each in group}),
        "chain": any(each.id in plan.chain for each in group),
    }


def _where(neighbourhood: Neighbourhood, units: set[str | None]) -> str | None:
    """Which practices do a task, in few words: those of a wave, by name when they are few; None when it is everybody."""
    practices = neighbourhood.site.profile.practices
    if None in units or len(units) == len(practices):
        return None
    wave = next((wave.name for wave in planning_of(neighbourhood).waves if units == set(wave.practices)), None)
    names = [practice.name for practice in practices if practice.id in units]
    if wave and len(names) > 1:
        return f"praktijken van {wave}"
    return series(names) if len(names) <= FEW else f"{number(len(names))} praktijken"


def coming_gates(neighbourhood: Neighbourhood, plan: Plan, span: Span, found: Mapping[str, Decisions]) -> list[Data]:
    """The gates before the next meeting that another meeting decides about, with who does and when."""
    days = {meeting.id: meeting.day for meeting in plan.meetings}
    coming = []
    for phase, gate in gates(plan).items():
        if span.before_next(gate.end) and gate not in found[span.meeting.id].gates:
            decider = gate_decider(neighbourhood, plan, gate)
            day = next((days[key] for key, each in found.items() if gate in each.gates), None)
            coming.append(
                {
                    "phase": phase.value,
                    "day": long_date(gate.end),
                    "body": decider.name if decider else None,
                    "decided": long_date(day) if day else None,
                }
            )
    return coming


def to_prepare(plan: Plan, body: Body, span: Span, found: Mapping[str, Decisions]) -> list[Data]:
    """What other bodies decide about before the next meeting, as far as it is this body's concern."""
    shown = []
    for meeting in plan.meetings:
        decides = found.get(meeting.id)
        if decides and meeting.body != body.id and span.before_next(meeting.day) and meeting.day > span.day:
            choices = [each for each in decides.choices if not body.themes or each.agreement.header.theme in body.themes]
            if choices or (decides.adoption and not body.themes):
                shown.append(
                    {
                        "body": meeting.name,
                        "day": long_date(meeting.day),
                        "adoption": decides.adoption and not body.themes,
                        "choices": [_named(each) for each in choices],
                    }
                )
    return shown


def _named(resolved: ResolvedAgreement) -> Data:
    return {"id": resolved.id, "anchor": anchor(resolved.id), "title": resolved.agreement.header.title, "own": resolved.own}


def points(neighbourhood: Neighbourhood, plan: Plan, body: Body, span: Span) -> Data:
    """The open points with a day before the next meeting, and in turn those without a day that this body's roles pick up."""
    roles = _roles_of(neighbourhood, body)
    picked_up = roles | _falling_to(neighbourhood, plan, body)
    asked = [each for each in neighbourhood.open_points if each.id not in _ON_THE_AGENDA_ITSELF]
    watches = body.level is Level.NEIGHBOURHOOD and body.function in _WATCHES
    dated = [each for each in asked if each.due and (each.owner in roles or watches)]
    now = [each for each in dated if each.due and each.due < span.following and (span.first or each.due >= span.day)]
    undated = [each for each in asked if each.due is None and each.owner in picked_up]
    start = span.number * MOST_POINTS
    turn = undated[start : start + MOST_POINTS]
    return {"lines": [_point(neighbourhood, each) for each in (*now, *turn)], "more": len(undated[start + MOST_POINTS :])}


def _point(neighbourhood: Neighbourhood, point: OpenPoint) -> Data:
    due = long_date(point.due) if point.due else None
    return {"id": point.id, "what": point.what, "owner": role_name(neighbourhood, point.owner), "due": due}


def _falling_to(neighbourhood: Neighbourhood, plan: Plan, body: Body) -> set[str]:
    """The roles whose points a body that decides takes, because no body that meets has them at the table."""
    meeting = bodies_with_papers(neighbourhood, plan)
    if body not in formal(meeting)[:1]:
        return set()
    return {*neighbourhood.roles}.difference(*(_roles_of(neighbourhood, each) for each in meeting))


def _bound_roles(neighbourhood: Neighbourhood, body: Body) -> set[str]:
    """The roles that a body itself fills."""
    return {role for role, binding in neighbourhood.site.profile.roles.items() if body.id in binding.bodies}


def _roles_of(neighbourhood: Neighbourhood, body: Body) -> set[str]:
    """The roles at the table of a body: that it fills itself, and those of its members."""
    members = set(body.members)
    found = _bound_roles(neighbourhood, body) | (members & set(neighbourhood.roles))
    found |= {role for role, binding in neighbourhood.site.profile.roles.items() if members & set(binding.partners)}
    if body.level is Level.PRACTICE:
        found |= {role for role, bound in neighbourhood.roles.items() if bound.role.filling is Filling.PRACTICES}
    return found
