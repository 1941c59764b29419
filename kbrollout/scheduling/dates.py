"""Dates for tasks: each begins as soon as all that it waits for is finished; a fixed day never moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from graphlib import TopologicalSorter

from kbrollout.model.plan import Clash, PlannedTask, Work
from kbrollout.scheduling.workdays import Workdays

_DAY = timedelta(days=1)

WorkdaysOf = Callable[[str | None, str], Workdays]
"""The working days of a unit (None: the neighbourhood) and a role."""


def in_time(works: Sequence[Work], workdays: WorkdaysOf) -> tuple[dict[str, PlannedTask], list[Clash]]:
    """Every task with its days, and the fixed days that do not fit.

    Raises graphlib.CycleError when tasks wait for each other, and NoWorkingDayError.
    """
    by_id = {work.id: work for work in works}
    planned: dict[str, PlannedTask] = {}
    clashes: list[Clash] = []
    for identifier in TopologicalSorter({work.id: work.after for work in works}).static_order():
        work = by_id[identifier]
        days = workdays(work.unit, work.who)
        blocker = last_of(work.after, planned)
        earliest = max(work.earliest, planned[blocker].end + _DAY) if blocker else work.earliest
        if work.fixed:
            start = _start_before(work.fixed, work.working_days, earliest, days)
            room = len(worked_on(earliest, work.fixed, days)) if earliest <= work.fixed else 0
            if room < work.working_days:
                late = blocker if blocker and planned[blocker].end >= work.fixed else None
                clashes.append(Clash(work.id, work.fixed, late, work.working_days, room))
            planned[work.id] = PlannedTask(work, start, work.fixed)
        else:
            start = days.first_from(earliest)
            planned[work.id] = PlannedTask(work, start, days.end(start, work.working_days))
    return planned, sorted(clashes, key=lambda clash: (clash.fixed, clash.task))


def worked_on(first: date, last: date, days: Workdays) -> list[date]:
    """The days on which a task is worked on. A fixed last day counts, also for somebody who usually works on other days."""
    return sorted({*days.days(first, last), last})


def _start_before(fixed: date, count: int, earliest: date, days: Workdays) -> date:
    """The first of `count` days of work for a fixed day, but not before the work can begin."""
    ideal = days.start(fixed - _DAY, count - 1) if count > 1 else fixed
    return ideal if earliest <= ideal else min(fixed, days.first_from(earliest))


def last_of(identifiers: Sequence[str], planned: Mapping[str, PlannedTask]) -> str | None:
    """The task that is finished last; of equals the first by id, so that plans repeat."""
    return max(sorted(identifiers), key=lambda each: planned[each].end, default=None)


def longest_chain(planned: Mapping[str, PlannedTask], workdays: WorkdaysOf) -> list[PlannedTask]:
    """The tasks that decide when everything is finished, the first one first.

    From the last task back: each begins on the first day of work after the one before it. The chain stops at a task that
    begins when its wave or the plan begins, or on a fixed day.
    """
    last = last_of(list(planned), planned)
    assert last is not None, "a plan without tasks has no chain"
    chain = [planned[last]]
    while _waits(chain[0], workdays) and (before := last_of(chain[0].work.after, planned)):
        chain.insert(0, planned[before])
    return chain


def _waits(task: PlannedTask, workdays: WorkdaysOf) -> bool:
    """Whether a task begins later than it would without the tasks before it."""
    work = task.work
    return work.fixed is None and task.start > workdays(work.unit, work.who).first_from(work.earliest)
