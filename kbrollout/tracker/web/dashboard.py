"""What the page of a site shows beside its lists: the matrix of units and themes, the gates of the plan, the next meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Item, Site, Unit
from kbrollout.tracker.reading import Board, Counts, Gate, count
from kbrollout.tracker.web.wording import themes_of

MOST_MEETINGS = 5


@dataclass(frozen=True)
class Cell:
    """One theme in one unit."""

    theme: str
    counts: Counts


@dataclass(frozen=True)
class MatrixRow:
    """One unit: a cell per theme, and all together."""

    unit: Unit
    cells: tuple[Cell, ...]
    total: Counts


@dataclass(frozen=True)
class Matrix:
    """Units by themes. Only themes that ask something of a unit are there."""

    themes: dict[str, str]
    rows: tuple[MatrixRow, ...]
    totals: tuple[Cell, ...]
    total: Counts


def matrix(board: Board) -> Matrix:
    """Count the requirements of each unit per theme."""
    asked = board.of(Kind.REQUIREMENT)
    cells: dict[tuple[int, str], list[Item]] = {}
    for item in asked:
        cells.setdefault((item.unit_id, item.theme), []).append(item)
    themes = themes_of(board.site, asked)
    rows = tuple(
        MatrixRow(
            unit,
            tuple(Cell(theme, count(cells.get((unit.pk, theme), []))) for theme in themes),
            count(board.of(Kind.REQUIREMENT, unit)),
        )
        for unit in board.units
    )
    totals = tuple(Cell(theme, count(item for item in asked if item.theme == theme)) for theme in themes)
    return Matrix(themes, rows, totals, count(asked))


@dataclass(frozen=True)
class Blocked:
    """A unit in which requirements of a phase are not arranged."""

    unit: Unit
    number: int


@dataclass(frozen=True)
class GateShown:
    """A gate with the units that it waits for."""

    gate: Gate
    now: bool
    units: tuple[Blocked, ...]


def gates(board: Board) -> list[GateShown]:
    return [GateShown(gate, gate.phase == board.phase, tuple(_blocked(board, gate))) for gate in board.gates]


def _blocked(board: Board, gate: Gate) -> Iterator[Blocked]:
    for unit in board.units:
        number = sum(item.unit_id == unit.pk for item in gate.blocks)
        if number:
            yield Blocked(unit, number)


@dataclass(frozen=True)
class Meeting:
    """A meeting that is still to come; `agenda` is the path of its papers in the pack, when they are there."""

    body: str
    day: date
    starts: str
    ends: str
    agenda: str


def meetings(site: Site, today: date) -> list[Meeting]:
    """The next meetings, in one query."""
    coming = sorted((each for each in site.meetings if each["day"] >= today.isoformat()), key=lambda each: (each["day"], each["starts"]))
    files = {file.document: file for file in site.files.filter(document__startswith="overleg-", format="html").defer("blob")}
    return [_meeting(each, files) for each in coming[:MOST_MEETINGS]]


def _meeting(each: dict[str, Any], files: dict[str, Any]) -> Meeting:
    file = files.get(f"overleg-{each['series']}")
    return Meeting(each["name"], date.fromisoformat(each["day"]), each["starts"], each["ends"], file.path if file else "")
