"""The summary of a progress workbook: counts per unit and phase, that go on counting when people fill in the other sheets.

The formulas are COUNTIF, COUNTIFS and SUM only, which mean the same in every language. Their values stand beside them, for
programs that do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kbrollout.grammar import capitalised
from kbrollout.model.framework import Phase
from kbrollout.model.progress import Done, PointStand, Stand
from kbrollout.render.fillin import FORMATS, TITLE_HEIGHT, Grid, height, set_up
from kbrollout.render.xlsx import fitting

_COUNT = {**FORMATS["text"], "align": "center", "num_format": "0"}
SUMMARY_FORMATS: dict[str, dict[str, Any]] = {
    "unit": {**FORMATS["text"], "bold": True},
    "count": _COUNT,
    "arranged": {**_COUNT, "bold": True, "align": "right", "right": 0},
    # Nothing that applies is no score of nought.
    "of": {**_COUNT, "num_format": '"van "0;;"geen eisen"', "align": "left", "left": 0},
}
"""The formats of the summary, beside those that all sheets share."""

_NOT = "<>"
_OF = "van wat geldt"
_NAME_WIDTH, _WIDTH = 38, 13.5
_STANDS = (Stand.BUSY, Stand.NOT_BEGUN)
_PHASES = tuple(capitalised(phase.value) for phase in Phase)


class _Row:
    """A row of counts, each a formula with the value that it has now."""

    def __init__(self, page: Any, row: int, name: str, formats: dict[str, Any]) -> None:
        self._page, self._formats, self.number = page, formats, row + 1
        self.values: list[int] = []
        self.looks: list[str] = []
        page.write_string(row, 0, fitting(name), formats["unit"])
        page.set_row(row, height([(name, _NAME_WIDTH)]))

    def add(self, formula: str, value: int, look: str = "count") -> None:
        self.values.append(value)
        self.looks.append(look)
        self._page.write_formula(self.number - 1, len(self.values), f"={formula}", self._formats[look], value)

    def count(self, grid: Grid, asked: dict[str, str], look: str = "count") -> None:
        """How many rows of a sheet have these words in their columns; a word after `<>` is one that they do not have."""
        parts = [part for key, word in asked.items() for part in (grid.cells(key), f'"{word}"')]
        formula = f"{'COUNTIF' if len(asked) == 1 else 'COUNTIFS'}({','.join(parts)})" if grid.rows else "SUM(0)"
        self.add(formula, sum(all(_fits(row[key], word) for key, word in asked.items()) for row in grid.rows), look)

    def arranged_of(self, grid: Grid, asked: dict[str, str]) -> None:
        """How many are arranged, of how many that apply."""
        self.count(grid, {**asked, "stand": Stand.ARRANGED.value}, "arranged")
        self.count(grid, {**asked, "stand": f"{_NOT}{Stand.NOT_APPLICABLE}"}, "of")


def _fits(value: str, word: str) -> bool:
    return value != word.removeprefix(_NOT) if word.startswith(_NOT) else value == word


def write_summary(
    page: Any, units: Sequence[Grid], plan: Grid | None, points: Grid | None, formats: dict[str, Any], header: str, footer: str
) -> None:
    """Fill the worksheet: per unit the stands, per unit the phases, and below it the plan and the open points."""
    phases = [phase for phase in _PHASES if any(row["phase"] == phase for unit in units for row in unit.rows)]
    page.set_column(0, 0, _NAME_WIDTH)
    page.set_column(1, 2 * len(_PHASES), _WIDTH)
    page.write_string(0, 0, "Samenvatting", formats["title"])
    page.set_row(0, TITLE_HEIGHT)
    page.write_string(1, 0, "Niet van toepassing telt niet mee. Dit blad telt vanzelf mee met wat u invult.", formats["title_note"])
    heads = ["Alles bij elkaar", Stand.ARRANGED, _OF, *_STANDS, Stand.NOT_SEEN, Stand.NOT_APPLICABLE]
    end = _write_table(page, 2, heads, units, _add_stands, formats)
    if phases:
        heads = ["Per fase", *(head for phase in phases for head in (f"{phase}: geregeld", _OF))]
        end = _write_table(page, end + 2, heads, units, lambda row, unit: _add_phases(row, unit, phases), formats)
    end = _write_rest(page, end + 2, plan, points, formats)
    page.print_area(0, 0, end, 2 * len(_PHASES))
    page.freeze_panes(0, 1)
    set_up(page, header, footer)


def _write_table(
    page: Any, head_row: int, heads: Sequence[str], units: Sequence[Grid], fill: Callable[[_Row, Grid], None], formats: dict[str, Any]
) -> int:
    """A table with a row per unit and one for all of them; gives its last row."""
    from xlsxwriter.utility import xl_range

    _write_heads(page, head_row, heads, formats)
    rows = []
    for number, unit in enumerate(units, head_row + 1):
        rows.append(_Row(page, number, unit.title, formats))
        fill(rows[-1], unit)
    if len(units) < 2:
        return head_row + len(units)
    last = head_row + len(units) + 1
    total = _Row(page, last, "Samen", formats)
    for at, look in enumerate(rows[0].looks, 1):
        total.add(f"SUM({xl_range(head_row + 1, at, last - 1, at)})", sum(row.values[at - 1] for row in rows), look)
    return last


def _write_heads(page: Any, row: int, heads: Sequence[str], formats: dict[str, Any]) -> None:
    for at, head in enumerate(heads):
        page.write_string(row, at, head, formats["head"])
    page.set_row(row, height((head, _WIDTH - 1) for head in heads[1:]))


def _add_stands(row: _Row, unit: Grid) -> None:
    row.arranged_of(unit, {})
    for stand in _STANDS:
        row.count(unit, {"stand": stand.value})
    # A cell without a known word was not looked at either, so that the counts always add up.
    arranged, applies, *others = row.values
    row.add(f"SUM(C{row.number},-B{row.number},-D{row.number},-E{row.number})", applies - arranged - sum(others))
    row.count(unit, {"stand": Stand.NOT_APPLICABLE.value})


def _add_phases(row: _Row, unit: Grid, phases: Sequence[str]) -> None:
    for phase in phases:
        row.arranged_of(unit, {"phase": phase})


def _write_rest(page: Any, head_row: int, plan: Grid | None, points: Grid | None, formats: dict[str, Any]) -> int:
    """The plan and the open points; gives the last row."""
    if not plan and not points:
        return head_row
    _write_heads(page, head_row, ["Verder", "Klaar", "van alle", Stand.BUSY], formats)
    last = head_row
    if plan:
        last += 1
        row = _Row(page, last, "Taken van het plan", formats)
        row.count(plan, {"done": Done.YES.value}, "arranged")
        row.count(plan, {"code": _NOT}, "of")
        page.write_blank(last, 3, None, formats["count"])
    if points:
        last += 1
        row = _Row(page, last, "Open punten", formats)
        row.count(points, {"stand": PointStand.SOLVED.value}, "arranged")
        row.count(points, {"code": _NOT}, "of")
        row.count(points, {"stand": PointStand.BUSY.value})
    return last
