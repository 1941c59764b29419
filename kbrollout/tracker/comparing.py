"""Compares the rows of a workbook with the lines here, cell by cell: what changes, what collides, what is wrong, what is left as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kbrollout.errors import ContentError, Problem
from kbrollout.tracker.cellchecks import CLEAR, cell_problem, cleaned_cells, patient_data, same
from kbrollout.tracker.fields import FIELDS, NAMES, Kind, check_whole, empty
from kbrollout.tracker.merge import Collision, merge
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Event, Item
from kbrollout.tracker.sheets import Row
from kbrollout.tracker.workbook import FINGERPRINT, line_key, visible_code


@dataclass(frozen=True)
class Change:
    """A field that will get another value. `place` is its cell."""

    item: Item
    field: str
    before: str
    after: str
    place: str

    @property
    def name(self) -> str:
        return NAMES[self.field]


@dataclass(frozen=True)
class Conflict(Change):
    """A field that somebody else changed meanwhile: `before` is what stands here, `after` what the workbook says.

    `base` is what was handed out, `event` the change that it collides with.
    """

    base: str
    event: Event | None = None

    @property
    def key(self) -> str:
        """What the choice is called."""
        return f"{self.item.pk}-{self.field}"


@dataclass
class Comparing:
    """The rows of a workbook being compared with the lines here, by their keys.

    `handed_out` is what stood in it, None when that was nothing; `units` are those that may be filled in, None is all.
    """

    items: Mapping[str, Item]
    handed_out: Mapping[str, Mapping[str, str]] | None
    units: frozenset[int] | None
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    seen: dict[str, Row] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Compare one row; whatever is wrong with it is gathered."""
        key = line_key(row.kind, row.unit, row.code)
        item, base = self.items.get(key), self._base(key, row.kind)
        if item is None or base is None:
            if _is_filled_in(row):
                self.problems.append(problem("rij-onbekend", row.place))
        elif key in self.seen:
            self.problems.append(problem("rij-dubbel", row.place, code=item.code, ander=self.seen[key].place))
        elif row.shown is not None and row.shown != visible_code(row.kind, item.code):
            self.problems.append(problem("rij-verwisseld", row.place, code=item.code))
        else:
            self.seen[key] = row
            self._compare(row, item, base)

    def _base(self, key: str, kind: Kind) -> Mapping[str, str] | None:
        return {**empty(kind), "review": ""} if self.handed_out is None else self.handed_out.get(key)

    def _compare(self, row: Row, item: Item, base: Mapping[str, str]) -> None:
        review = row.cells.get("review", "")
        if "review" in row.letters and not same(review, base["review"]):
            self.notes.append(problem("controle-in-excel", row.cell("review")))
            self.problems += patient_data(row, {"review": review})
        theirs = item.values
        typed = {name: text for name, text in row.cells.items() if name in FIELDS[row.kind] and text}
        mine = {name: text for name, text in typed.items() if not same(text, base[name]) and not same(text, theirs[name])}
        if not mine:
            return
        found = list(patient_data(row, mine))
        left = self._left_alone(row, item, base)
        if found or left:
            self.problems += found
            self.notes += [left] if left else []
            return
        try:
            values = cleaned_cells(row, mine)
            merged = merge(base, values, theirs)
            if not merged.collisions:
                check_whole(row.kind, {**theirs, **merged.changes})
        except ContentError as error:
            self.problems += [cell_problem(each, row.cell(each.path)) for each in error.problems]
            return
        self.changes += [Change(item, name, theirs[name], text, row.cell(name)) for name, text in merged.changes.items()]
        self.conflicts += [_conflict(row, item, each) for each in merged.collisions]

    def _left_alone(self, row: Row, item: Item, base: Mapping[str, str]) -> Problem | None:
        """Why nothing of a row is taken over, though something was filled in."""
        if item.gone:
            return problem("regel-vervallen", row.place, code=item.code)
        if self.units is not None and item.unit_id not in self.units:
            return problem("regel-van-ander", row.place, code=item.code, eenheid=item.unit.name)
        if base.get(FINGERPRINT, item.fingerprint) != item.fingerprint:
            return problem("regel-anders-gevraagd", row.place, code=item.code)
        return None


def _is_filled_in(row: Row) -> bool:
    """Whether there is more in a row than stands there to begin with."""
    begun = empty(row.kind)
    return any(text and text not in (begun.get(name), CLEAR) for name, text in row.cells.items() if name != "review")


def _conflict(row: Row, item: Item, collision: Collision) -> Conflict:
    return Conflict(item, collision.field, collision.theirs, collision.mine, row.cell(collision.field), collision.base)
