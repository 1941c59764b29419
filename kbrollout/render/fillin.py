"""Sheets of a workbook that people fill in and print: rows with ids that do not change, grey cells that are locked, white ones.

Row 1 and column A of every such sheet are hidden: they hold the keys of the columns and the ids of the rows, so that headings
may be reworded and rows sorted. Row 2 is the title, row 3 holds the headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kbrollout.render.svg import wrapped
from kbrollout.render.xlsx import A4, fitting

MARK = "kbrollout"
KEY_ROW, TITLE_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
"""Counted from nought."""

TITLE_HEIGHT, LINE_HEIGHT = 24, 12.75
"""In points."""

HIGHEST = 408
"""A row cannot be higher."""

UNIT, SIZE = 7.0, 12.0
"""The pixels in a unit of width, and the size at which `wrapped` breaks lines where a letter of ten points breaks them."""

LONGEST_NAME = 31
"""The characters that fit in the name of a sheet."""

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_PLAIN = {"font_name": "Arial", "font_size": 10, "font_color": "#1F2A2E", "valign": "top", "text_wrap": True}
_BOXED = {**_PLAIN, "border": 1, "border_color": "#9FB0AE"}
_FIXED = {**_BOXED, "bg_color": "#EEF2F1"}
_TEXT, _DAY = {"num_format": "@"}, {"num_format": "dd-mm-yyyy", "align": "left"}
FORMATS: dict[str, dict[str, Any]] = {
    "title": {**_PLAIN, "font_size": 14, "bold": True, "font_color": "#0F4C54", "text_wrap": False},
    "title_note": {**_PLAIN, "text_wrap": False},
    "label": {**_PLAIN, "bold": True},
    "said": {**_PLAIN, **_TEXT},
    "head": {**_BOXED, "bold": True, "bg_color": "#D9E4E2"},
    "head_entry": {**_BOXED, "bold": True, "bg_color": "#FFFFFF", "bottom": 5},
    # Text: Excel makes no formulas, dates or links of what stands in the cell, also after somebody has edited it.
    "text": {**_FIXED, **_TEXT},
    "day": {**_FIXED, **_DAY},
    "entry": {**_BOXED, **_TEXT, "locked": False},
    "entry_day": {**_BOXED, **_DAY, "locked": False},
}
"""The formats that all sheets share, by name."""

Look = dict[str, dict[str, Any]]
"""How a cell looks, by the word that stands in it."""


@dataclass(frozen=True)
class Choice:
    """The words of a drop-down list: themselves, or the range they stand in. `other` lets people type something else."""

    source: Sequence[str] | str
    other: bool = False


@dataclass(frozen=True)
class Column:
    """One column: the key of its values in the rows, its heading, its width in characters, and what may stand in it."""

    key: str
    title: str
    width: float
    entry: bool = False
    day: bool = False
    choice: Choice | None = None
    printed: bool = True
    """False for a last column that finds no room on a page at a size that can be read."""


@dataclass(frozen=True)
class Grid:
    """One sheet to fill in. `kind` and `id` say what it is about, `rows` hold the values by key of their column and an `id`."""

    name: str
    kind: str
    id: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[dict[str, Any]]
    looks: dict[str, Look]
    """Per key of a column how its cells look by the word in them."""

    empty: str
    """What stands there while there are no rows."""

    def number(self, key: str) -> int:
        """The number of a column, counted from nought; the ids come first."""
        return 1 + next(number for number, column in enumerate(self.columns) if column.key == key)

    def cells(self, key: str) -> str:
        """The cells of a column as a formula names them."""
        from xlsxwriter.utility import quote_sheetname, xl_range_abs

        at = self.number(key)
        return f"{quote_sheetname(self.name)}!{xl_range_abs(FIRST_ROW, at, FIRST_ROW + len(self.rows) - 1, at)}"


def sheet_names(wished: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Names of sheets that Excel takes, each once, as close to the wished ones as can be."""
    used = {name.casefold() for name in taken}
    names = []
    for wish in wished:
        whole = " ".join(_NOT_IN_A_NAME.sub(" ", wish).split())
        name, number = _cut(whole, LONGEST_NAME), 1
        while name.casefold() in used:
            number += 1
            name = f"{_cut(whole, LONGEST_NAME - len(f' ({number})'))} ({number})"
        used.add(name.casefold())
        names.append(name)
    return names


def _cut(name: str, longest: int) -> str:
    """A name in so many characters.

    Without the remark in brackets behind it, then without its first words: those say what kind of organisation it is.
    """
    if len(name) > longest:
        name = re.sub(r" ?\([^()]*\)$", "", name) or name
    while len(name) > longest and " " in name:
        name = name.partition(" ")[2]
    name = name if len(name) <= longest else f"{name[: longest - 1]}…"
    return name.strip(" '") or "Blad"


def write_grid(page: Any, grid: Grid, formats: dict[str, Any], header: str, footer: str) -> None:
    """Fill a worksheet."""
    last = FIRST_ROW + max(len(grid.rows), 1) - 1
    page.write_string(KEY_ROW, 0, f"{MARK}:{grid.kind}:{grid.id}")
    page.set_row(KEY_ROW, None, None, {"hidden": True})
    page.set_column(0, 0, 4, None, {"hidden": True})
    page.write_string(TITLE_ROW, 1, fitting(grid.title), formats["title"])
    page.set_row(TITLE_ROW, TITLE_HEIGHT)
    page.set_row(HEAD_ROW, height((column.title, column.width - 1) for column in grid.columns))
    page.write_string(HEAD_ROW, 0, "id", formats["head"])
    for at, column in enumerate(grid.columns, 1):
        page.set_column(at, at, column.width)
        page.write_string(KEY_ROW, at, column.key)
        page.write_string(HEAD_ROW, at, column.title, formats["head_entry" if column.entry else "head"])
    for row, values in enumerate(grid.rows, FIRST_ROW):
        page.write_string(row, 0, values["id"])
        page.set_row(row, height((values[column.key], column.width) for column in grid.columns))
        for at, column in enumerate(grid.columns, 1):
            _write(page, row, at, column, values[column.key], formats)
    if grid.rows:
        _offer_choices(page, grid, last, formats)
        page.autofilter(HEAD_ROW, 0, last, len(grid.columns))
    else:
        page.write_string(FIRST_ROW, 1, grid.empty, formats["said"])
    page.freeze_panes(FIRST_ROW, 1 + sum(1 for column in grid.columns[:2] if not column.entry))
    page.print_area(TITLE_ROW, 1, last, sum(column.printed for column in grid.columns))
    page.repeat_rows(TITLE_ROW, HEAD_ROW)
    set_up(page, header, footer)


def _write(page: Any, row: int, at: int, column: Column, value: str | None, formats: dict[str, Any]) -> None:
    kind = ("entry_day" if column.day else "entry") if column.entry else "day" if column.day else "text"
    if not value:
        page.write_blank(row, at, None, formats[kind])
    elif column.day:
        page.write_datetime(row, at, date.fromisoformat(value), formats[kind])
    else:
        page.write_string(row, at, fitting(value), formats[kind])


def _offer_choices(page: Any, grid: Grid, last: int, formats: dict[str, Any]) -> None:
    """What may stand in the cells to fill in, and how they look by the word in them."""
    for at, column in enumerate(grid.columns, 1):
        if column.entry and (rule := _rule(column)):
            page.data_validation(FIRST_ROW, at, last, at, rule)
        for word in grid.looks.get(column.key, {}):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": formats[word]}
            page.conditional_format(FIRST_ROW, at, last, at, rule)


def _rule(column: Column) -> dict[str, Any] | None:
    if column.day:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2099, 12, 31),
            "error_title": "Dit is geen datum",
            "error_message": "Typ dag-maand-jaar, zoals 12-3-2027.",
        }
    if column.choice is None:
        return None
    known, other = "Kies een van de woorden uit de lijst.", "Klopt het? Kies dan Ja. Schrijf geen namen van personen op."
    return {
        "validate": "list",
        "source": column.choice.source if isinstance(column.choice.source, str) else list(column.choice.source),
        "error_title": "Dit staat niet in de lijst",
        "error_message": other if column.choice.other else known,
        "error_type": "warning" if column.choice.other else "stop",
    }


def height(texts: Iterable[tuple[str | None, float]]) -> float:
    """The height in points of a row with these texts, each in a column of so many units."""
    most = max(sum(len(wrapped(line, width * UNIT, SIZE)) or 1 for line in (text or "").split("\n")) for text, width in texts)
    return min(3 + LINE_HEIGHT * most, HIGHEST)


def set_up(page: Any, header: str, footer: str) -> None:
    """A4 across, one page wide, and protection without a password: it keeps people from slips, not from anything else."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.25, right=0.25, top=0.6, bottom=0.55)
    page.set_header(header, {"margin": 0.25})
    page.set_footer(footer, {"margin": 0.25})
    page.ignore_errors({"number_stored_as_text": "A1:Z9999"})
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
