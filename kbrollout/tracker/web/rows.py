"""What lists say of lines: a row each, and one group for what is asked of several units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kbrollout.grammar import counted
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Item
from kbrollout.tracker.reading import CLOSED, Board, count
from kbrollout.tracker.web.wording import phases_of


@dataclass(frozen=True)
class Row:
    """One line with what follows from the others. `who` is the local name of the role."""

    item: Item
    who: str
    due: date | None
    labels: tuple[str, ...]
    waits_for: tuple[Item, ...]


@dataclass(frozen=True)
class Group:
    """Rows that ask the same, of one unit or of several."""

    rows: tuple[Row, ...]

    @property
    def first(self) -> Row:
        return self.rows[0]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that one of them has, each once."""
        return tuple(dict.fromkeys(label for row in self.rows for label in row.labels))

    @property
    def where(self) -> str:
        """In how many units it is asked."""
        practices = sum(not row.item.unit.is_site for row in self.rows)
        return f"{practices} praktijken" if practices == len(self.rows) else f"de wijk en {counted(practices, 'praktijk', 'praktijken')}"

    @property
    def words(self) -> str:
        """How many are finished."""
        items = [row.item for row in self.rows]
        if items[0].kind == Kind.REQUIREMENT:
            return f"{count(items).words} geregeld"
        return f"{sum(item.stand in CLOSED for item in items)} van {len(items)} gedaan"


def row_of(board: Board, item: Item) -> Row:
    who = board.site.roles.get(item.who, item.who)
    return Row(item, who, board.deadline(item), tuple(board.labels(item)), tuple(board.waits_for(item)))


def rows_of(board: Board, items: Iterable[Item]) -> list[Row]:
    return [row_of(board, item) for item in items]


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Rows together that ask the same for the same day, in the order in which the first of each came."""
    found: dict[tuple[str, str, date | None], list[Row]] = {}
    for row in rows:
        found.setdefault((row.item.kind, row.item.title, row.due), []).append(row)
    return [Group(tuple(each)) for each in found.values()]


def by_phase(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of each phase, in the order of the phases."""
    found = list(rows)
    return [(phase, [row for row in found if row.item.phase == phase]) for phase in phases_of(row.item for row in found)]
