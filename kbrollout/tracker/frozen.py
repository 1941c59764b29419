"""What can be read from the rows of a snapshot. Whatever happens to the lines or the pack afterwards, it stays this.

A row is one requirement that was asked: unit and unit_name, theme and theme_name, code, title, stand, review.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from kbrollout.tracker.models import Snapshot
from kbrollout.tracker.models.items import AGREED
from kbrollout.tracker.reading import Counts, count_stands

Row = dict[str, str]


def digest(rows: Iterable[Row]) -> str:
    """The SHA-256 of rows, whatever order of keys or spaces a database gives them back in."""
    return hashlib.sha256(json.dumps(list(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def is_whole(snapshot: Snapshot) -> bool:
    """Whether the rows are still those that were frozen."""
    return digest(snapshot.rows) == snapshot.sha256


def counts_of(rows: Iterable[Row]) -> Counts:
    """Count frozen rows."""
    found = list(rows)
    return count_stands((row["stand"] for row in found), sum(row["review"] == AGREED for row in found))


@dataclass(frozen=True)
class FrozenUnit:
    """A unit as it stood: its counts per theme, in the order of the themes of the table, in all, and line by line."""

    name: str
    themes: tuple[Counts, ...]
    counts: Counts
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Frozen:
    """A snapshot as a table of units and themes. `total` is a unit that stands for all."""

    themes: tuple[str, ...]
    units: tuple[FrozenUnit, ...]
    total: FrozenUnit


def table_of(rows: list[Row]) -> Frozen:
    """Frozen rows as a table; the themes and units in the order in which they come."""
    themes = {row["theme"]: row["theme_name"] for row in rows}
    units = {row["unit"]: row["unit_name"] for row in rows}
    frozen = [_frozen(name, themes, [row for row in rows if row["unit"] == unit]) for unit, name in units.items()]
    return Frozen(tuple(themes.values()), tuple(frozen), _frozen("Alles samen", themes, rows))


def _frozen(name: str, themes: Iterable[str], rows: list[Row]) -> FrozenUnit:
    per_theme = tuple(counts_of(row for row in rows if row["theme"] == theme) for theme in themes)
    return FrozenUnit(name, per_theme, counts_of(rows), tuple(rows))
