"""How a site stands, computed from its lines at one moment: nothing of this is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kbrollout.model.framework import Phase
from kbrollout.model.progress import Done, PointStand, Stand
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Item, Person, Site, Unit
from kbrollout.tracker.models.items import AGREED, RETURNED

CLOSED = frozenset({Stand.ARRANGED.value, Stand.NOT_APPLICABLE.value, Done.YES.value, PointStand.SOLVED.value})
"""Stands in which nothing is left to do."""

PRESSING = ("Te laat", "Teruggestuurd", "Eis gewijzigd", "Bewijs verlopen", "Voorstel om over te nemen")
"""What asks for attention, most pressing first."""

NOTHING = "geen eisen"


@dataclass(frozen=True)
class Counts:
    """How many requirements there are, and how they stand. `applies` leaves out what is not applicable."""

    arranged: int = 0
    applies: int = 0
    reviewed: int = 0
    busy: int = 0
    not_begun: int = 0
    not_seen: int = 0
    not_applicable: int = 0

    @property
    def asked(self) -> int:
        """All requirements that were counted."""
        return self.applies + self.not_applicable

    @property
    def percent(self) -> int | None:
        """Of what applies, how much is arranged, rounded down: 100 only when all is. None when nothing applies."""
        return 100 * self.arranged // self.applies if self.applies else None

    @property
    def words(self) -> str:
        """Progress is always said with its counts."""
        return f"{self.arranged} van {self.applies} ({self.percent}%)" if self.applies else NOTHING


def count(items: Iterable[Item]) -> Counts:
    """Count requirements that are asked now; other lines do not count."""
    asked = [item for item in items if item.kind == Kind.REQUIREMENT and item.gone is None]
    return count_stands((item.stand for item in asked), sum(item.review == AGREED for item in asked))


def count_stands(stands: Iterable[str], reviewed: int = 0) -> Counts:
    """Count stands of requirements."""
    found = list(stands)
    number = {stand: found.count(stand.value) for stand in Stand}
    return Counts(
        arranged=number[Stand.ARRANGED],
        applies=len(found) - number[Stand.NOT_APPLICABLE],
        reviewed=reviewed,
        busy=number[Stand.BUSY],
        not_begun=number[Stand.NOT_BEGUN],
        not_seen=number[Stand.NOT_SEEN],
        not_applicable=number[Stand.NOT_APPLICABLE],
    )


@dataclass(frozen=True)
class Gate:
    """The end of a phase: the task that says so, and the requirements of that phase that are not arranged."""

    phase: str
    task: Item
    blocks: tuple[Item, ...]

    @property
    def passed(self) -> bool:
        return self.task.stand == Done.YES


class Board:
    """All lines of a site and what follows from them. Two queries, however many lines there are."""

    def __init__(self, site: Site, today: date) -> None:
        self.site, self.today = site, today
        self.units: list[Unit] = list(site.units.filter(gone=None))
        self.all: list[Item] = list(site.items.select_related("unit", "predecessor").defer("answered_text"))

    @cached_property
    def items(self) -> list[Item]:
        """What is asked now."""
        return [item for item in self.all if item.gone is None]

    def of(self, kind: Kind, unit: Unit | None = None) -> list[Item]:
        """The lines of a kind, of one unit or of all."""
        return [item for item in self.items if item.kind == kind and (unit is None or item.unit_id == unit.pk)]

    def gone(self, unit: Unit) -> list[Item]:
        """What somebody answered and the pack does not ask any more."""
        return [item for item in self.all if item.gone and item.version and item.unit_id == unit.pk]

    # -- one line

    def deadline(self, item: Item) -> date | None:
        """The day that people chose, or else that of the plan."""
        return item.date if item.date and item.kind == Kind.REQUIREMENT else item.due

    def is_late(self, item: Item) -> bool:
        deadline = self.deadline(item)
        return deadline is not None and deadline < self.today and item.stand not in CLOSED

    def is_expired(self, item: Item) -> bool:
        """Whether what shows that it is arranged is too old."""
        return item.evidence_until is not None and item.evidence_until < self.today and item.stand == Stand.ARRANGED

    def waits_for(self, item: Item) -> list[Item]:
        """The lines that have to be finished first: for a requirement, what its tasks wait for."""
        if item.stand in CLOSED:
            return []
        tasks = [item] if item.kind == Kind.TASK else self.tasks_of(item)
        own = {task.code for task in tasks}
        before = dict.fromkeys(code for task in tasks for code in task.details.get("after", ()) if code not in own)
        found = (self._tasks[code] for code in before if code in self._tasks)
        return list({line.pk: line for task in found if (line := self._unfinished(task))}.values())

    def tasks_of(self, requirement: Item) -> list[Item]:
        """The tasks of the plan with which a requirement is arranged."""
        return self._tasks_of.get((requirement.unit_id, requirement.code), [])

    def to_check(self, person: Person, units: frozenset[int] | None = None) -> list[Item]:
        """What a colleague says is finished, and nobody looked at yet; not what has to be answered again."""
        closed = [item for item in self.of(Kind.REQUIREMENT) if not item.review and not self._calls(item)]
        return [item for item in closed if item.answered_by_id != person.pk and (units is None or item.unit_id in units)]

    def labels(self, item: Item) -> Iterator[str]:
        """What else there is to say of a line, most pressing first."""
        yield from (text for text, holds in self._labels(item) if holds)

    def _labels(self, item: Item) -> Iterator[tuple[str, bool]]:
        yield from zip(PRESSING, self._presses(item), strict=True)
        yield "Vervallen", item.gone is not None
        yield "Gecontroleerd", item.review == AGREED

    # -- the site

    @cached_property
    def gates(self) -> list[Gate]:
        """The gates of the plan in the order of the phases."""
        tasks = {task.phase: task for task in self.of(Kind.TASK) if task.details.get("gate")}
        asked = [item for item in self.of(Kind.REQUIREMENT) if item.stand not in CLOSED]
        return [Gate(p.value, tasks[p.value], tuple(i for i in asked if i.phase == p.value)) for p in Phase if p.value in tasks]

    @property
    def phase(self) -> str | None:
        """The first phase whose gate was not passed; None without a plan, or when all were."""
        return next((gate.phase for gate in self.gates if not gate.passed), None)

    def next_steps(self, units: frozenset[int] | None = None) -> list[Item]:
        """What to look at, most pressing first: late, sent back, changed, expired, proposed, then by the day it is due."""
        open_ = [item for item in self.items if self._calls(item) and (units is None or item.unit_id in units)]
        return sorted(open_, key=lambda item: (self._urgency(item), self.deadline(item) or date.max, item.order))

    def _calls(self, item: Item) -> bool:
        """A requirement with tasks of its own is one line of work: its tasks are not named beside it."""
        if item.kind == Kind.TASK and item.details.get("requirement"):
            return False
        return item.stand not in CLOSED or item.review == RETURNED or item.has_changed or self.is_expired(item)

    def _urgency(self, item: Item) -> int:
        pressing = self._presses(item)
        return next((number for number, holds in enumerate(pressing) if holds), len(pressing) + bool(self.waits_for(item)))

    def _presses(self, item: Item) -> tuple[bool, ...]:
        """Which of PRESSING hold."""
        return self.is_late(item), item.review == RETURNED, item.has_changed, self.is_expired(item), item.is_proposed

    @cached_property
    def _tasks(self) -> dict[str, Item]:
        return {task.code: task for task in self.of(Kind.TASK)}

    @cached_property
    def _tasks_of(self) -> dict[tuple[int, str], list[Item]]:
        """The tasks per requirement of a unit."""
        found: dict[tuple[int, str], list[Item]] = {}
        for task in self._tasks.values():
            if task.details.get("requirement"):
                found.setdefault((task.unit_id, task.details["requirement"]), []).append(task)
        return found

    @cached_property
    def _requirements(self) -> dict[tuple[int, str], Item]:
        return {(item.unit_id, item.code): item for item in self.of(Kind.REQUIREMENT)}

    def _unfinished(self, task: Item) -> Item | None:
        """What is not finished yet: the requirement that a task is for, or the task itself. An arranged one needs no tasks any more."""
        if task.stand in CLOSED:
            return None
        requirement = self._requirements.get((task.unit_id, task.details.get("requirement") or ""))
        if requirement is None:
            return task
        return None if requirement.stand in CLOSED else requirement
