"""Makes the plan of a neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from kbrollout.grammar import long_date
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import LapsedMeeting, Meeting, Plan, PlannedTask, Work
from kbrollout.model.planning import MeetingSeries, Planning
from kbrollout.scheduling.dates import in_time, longest_chain, worked_on
from kbrollout.scheduling.meetings import meetings_of, next_day
from kbrollout.scheduling.work import all_work
from kbrollout.scheduling.workdays import Workdays


def make_plan(neighbourhood: Neighbourhood) -> Plan | None:
    """The plan, or None where the neighbourhood has no start date or nothing to do.

    Raises graphlib.CycleError when tasks wait for each other, and NoWorkingDayError.
    """
    planning = neighbourhood.site.planning
    if planning is None or planning.start is None:
        return None
    works = all_work(neighbourhood, planning, planning.start)
    if not works:
        return None
    calendars = Calendars(planning)
    planned, clashes = in_time(works, calendars.of)
    chain = longest_chain(planned, calendars.of)
    end = max(task.end for task in planned.values())
    meetings, lapsed = _meetings(neighbourhood, planning, calendars, end)
    baseline = neighbourhood.site.baseline
    return Plan(
        start=planning.start,
        end=end,
        wished_end=planning.wished_end,
        late=_late(calendars.of(None, ""), planning.wished_end, end),
        tasks=_in_order(planned, neighbourhood),
        chain=tuple(task.id for task in chain),
        chain_start=_what_starts(chain[0], planning),
        meetings=meetings,
        lapsed=lapsed,
        clashes=tuple(clashes),
        hours=_hours_per_week(planned.values(), calendars),
        baseline_on=baseline.on if baseline else None,
        dropped=tuple(task for task in baseline.tasks if task not in planned) if baseline else (),
    )


class Calendars:
    """The working days of every unit and role."""

    def __init__(self, planning: Planning) -> None:
        self._planning = planning
        self._made: dict[tuple[str | None, str], Workdays] = {}

    def of(self, unit: str | None, role: str) -> Workdays:
        """The working days of a role in a practice, or of the neighbourhood (None)."""
        key = (unit, role)
        if key not in self._made:
            free = [period for period in self._planning.free_periods if not period.practices or unit in period.practices]
            self._made[key] = Workdays(free, self._planning.workdays.get(role, ()))
        return self._made[key]


def _in_order(planned: Mapping[str, PlannedTask], neighbourhood: Neighbourhood) -> tuple[PlannedTask, ...]:
    """The tasks by their first day; of those that begin together the neighbourhood's first, then by id. With their baseline."""
    then = neighbourhood.site.baseline.tasks if neighbourhood.site.baseline else {}
    found = (
        PlannedTask(task.work, task.start, task.end, (then[key].first, then[key].last) if key in then else None)
        for key, task in planned.items()
    )
    return tuple(sorted(found, key=lambda task: (task.start, task.work.unit or "", task.id)))


def _late(workdays: Workdays, wished: date | None, end: date) -> int:
    """How many working days the end lies after the wished end."""
    return len(workdays.days(wished + timedelta(days=1), end)) if wished and end > wished else 0


def _what_starts(first: PlannedTask, planning: Planning) -> str:
    """What the first task of the longest chain waits for."""
    if first.work.fixed:
        return f"de dag die vaststaat, {long_date(first.work.fixed)}"
    wave = next((wave for wave in planning.waves if _decides(wave.start, wave.practices, wave.themes, first.work)), None)
    return f"het begin van {wave.name}, {long_date(wave.start)}" if wave else f"de start van het plan, {long_date(first.work.earliest)}"


def _decides(start: date, practices: Sequence[str], themes: Sequence[str], work: Work) -> bool:
    return start == work.earliest and (work.unit in practices or work.theme in themes)


def _meetings(
    neighbourhood: Neighbourhood, planning: Planning, calendars: Calendars, end: date
) -> tuple[tuple[Meeting, ...], tuple[LapsedMeeting, ...]]:
    names = {body.id: body.name for body in neighbourhood.site.profile.bodies}
    held: list[Meeting] = []
    lapsed: list[LapsedMeeting] = []
    for series in planning.meetings:
        found, gone = meetings_of(series, names, calendars.of(None, ""), _last_meeting(series, max(end, planning.wished_end or end)))
        held += found
        lapsed += gone
    return tuple(sorted(held, key=lambda each: (each.day, each.starts, each.id))), tuple(lapsed)


def _last_meeting(series: MeetingSeries, end: date) -> date:
    """The first day of the rhythm on or after the end: there the last gate is decided. The end itself for a series that begins later."""
    if series.first > end:
        return end
    return next(day for number in count() if (day := next_day(series, number)) >= end)


def _hours_per_week(tasks: Iterable[PlannedTask], calendars: Calendars) -> dict[date, dict[str, Decimal]]:
    """The hours that were entered, spread evenly over the days of work of each task: per week (its Monday) and role."""
    weeks: dict[date, dict[str, Decimal]] = {}
    for task in sorted(tasks, key=lambda each: each.id):  # a sum of decimals may depend on its order
        if task.work.hours:
            days = worked_on(task.start, task.end, calendars.of(task.work.unit, task.work.who))
            for day in days:
                week = weeks.setdefault(day - timedelta(days=day.weekday()), {})
                week[task.work.who] = week.get(task.work.who, Decimal(0)) + task.work.hours / len(days)
    return {week: dict(sorted(weeks[week].items())) for week in sorted(weeks)}
