"""The implementation plan with its dates, as the scheduler makes it. Ids of tasks are `seed` or `seed/practice`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from kbrollout.model.framework import Element, Phase


@dataclass(frozen=True)
class Work:
    """One task for one unit, before it has dates.

    `unit` is the id of a practice, or None for the neighbourhood. `after` are the ids of all tasks that must be finished
    first. `assumed` says that the length is an assumption; `covered` are the parts of the practice's MTVP plan that
    arrange it already.
    """

    id: str
    seed: str
    unit: str | None
    what: str
    who: str
    phase: Phase
    theme: str
    element: Element
    working_days: int
    assumed: bool
    earliest: date
    after: tuple[str, ...] = ()
    requirement: str | None = None
    agreements: tuple[str, ...] = ()
    explanation: str | None = None
    outcome: str | None = None
    mtvp: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    gate: bool = False
    own: bool = False
    fixed: date | None = None
    hours: Decimal | None = None


@dataclass(frozen=True)
class PlannedTask:
    """A task with its first and last day, both inclusive, and those of the baseline where there is one."""

    work: Work
    start: date
    end: date
    baseline: tuple[date, date] | None = None

    @property
    def id(self) -> str:
        return self.work.id


MOST_AWAITED = 3
"""The lines for what a task waits for; what does not fit is counted."""


def awaited(after: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Per task the codes of what it waits for itself, a line each: not what those wait for in their turn.

    `after` gives the ids per task, in the order of the plan. One code stands for all practices.
    """
    before: dict[str, set[str]] = {}
    found = {}
    for task, awaits in after.items():
        earlier = set().union(*(before.get(each, set()) for each in awaits))
        before[task] = earlier.union(awaits)
        codes = list(dict.fromkeys(seed_of(each) for each in awaits if each not in earlier))
        shown = codes if len(codes) <= MOST_AWAITED else [*codes[: MOST_AWAITED - 1], f"en {len(codes) - MOST_AWAITED + 1} andere"]
        found[task] = "\n".join(shown)
    return found


def seed_of(task: str) -> str:
    """The code of a task without its practice."""
    return task.partition("/")[0]


@dataclass(frozen=True)
class Clash:
    """A fixed day that does not fit: the task, and the task that is finished too late for it (None: too few days)."""

    task: str
    fixed: date
    blocker: str | None
    working_days: int
    room: int


@dataclass(frozen=True)
class Meeting:
    """One meeting. `regular` is the day of its rhythm; `day` is another one where that day is free."""

    id: str
    series: str
    body: str
    name: str
    day: date
    regular: date
    starts: time
    ends: time
    place: str | None


@dataclass(frozen=True)
class LapsedMeeting:
    """A meeting that is not held, because its day is free and so is every later one before the next meeting."""

    series: str
    name: str
    regular: date
    reason: str


@dataclass(frozen=True)
class Plan:
    """The plan. `chain` are the ids of the tasks that decide its end, the first one first.

    `chain_start` says what the first of them waits for, in Dutch. `late` is the number of working days after the wished
    end. `hours` is per week (its Monday) and role, where hours were entered. `dropped` are tasks of the baseline that are no
    longer there.
    """

    start: date
    end: date
    wished_end: date | None
    late: int
    tasks: tuple[PlannedTask, ...]
    chain: tuple[str, ...]
    chain_start: str
    meetings: tuple[Meeting, ...]
    lapsed: tuple[LapsedMeeting, ...]
    clashes: tuple[Clash, ...]
    hours: Mapping[date, Mapping[str, Decimal]] = field(default_factory=dict)
    baseline_on: date | None = None
    dropped: tuple[str, ...] = ()

    def task(self, identifier: str) -> PlannedTask:
        return next(each for each in self.tasks if each.id == identifier)
