"""Workbooks to read, filter and print, from plain data. Returns bytes; writes nothing.

What comes from a site is text: a cell never starts a formula, a link or a number by how it looks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from textwrap import wrap
from typing import Any

from kbrollout.errors import ContentError
from kbrollout.messages import problem

Cell = str | int | date | None

CREATED = datetime(2000, 1, 1)
"""Stands in every workbook as its date, so that the same content gives the same bytes."""

_LONGEST = 32_767
"""The characters that fit in a cell."""

_FORMULA_STARTS = ("=", "+", "-", "@")
A4 = 9
_LINE = 15
"""The height of one line in points."""

_PAGE_WIDTH = 200
"""The characters side by side that can still be read on a page; a wider sheet takes more pages side by side."""

_TOP = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#C9D3D2"}


@dataclass(frozen=True)
class Column:
    """The heading of a column, and its width in characters."""

    title: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: a header row, and rows of text, whole numbers, days or nothing."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@cache
def available() -> bool:
    """Whether workbooks can be made with this installation (the extra `excel`)."""
    return find_spec("xlsxwriter") is not None


def require_excel() -> None:
    """Raises ContentError when this machine cannot make workbooks."""
    if not available():
        raise ContentError([problem("excel-kan-niet", ("", 0, 0, ""))])


def render_xlsx(title: str, footer: str, sheets: tuple[Sheet, ...]) -> bytes:
    """A workbook with `title` as its name and `footer` at the foot of every printed page.

    Raises ContentError when this machine cannot make one.
    """
    require_excel()
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title, "author": "kbrollout", "created": CREATED})
        formats = {
            "header": workbook.add_format({**_TOP, "bold": True, "bg_color": "#E4ECEB"}),
            "plain": workbook.add_format(_TOP),
            "number": workbook.add_format({**_TOP, "align": "center"}),
            # Keeps it text also after somebody has edited the cell.
            "quoted": workbook.add_format({**_TOP, "quote_prefix": True}),
            "day": workbook.add_format({**_TOP, "num_format": "yyyy-mm-dd", "align": "left"}),
        }
        for sheet in sheets:
            _add(workbook.add_worksheet(sheet.name), sheet, formats, f"&L{literal(title)} – &A", f"&L{literal(footer)}&R&P / &N")
    return out.getvalue()


def _add(worksheet: Any, sheet: Sheet, formats: dict[str, Any], header: str, footer: str) -> None:
    for number, column in enumerate(sheet.columns):
        worksheet.set_column(number, number, column.width)
        worksheet.write_string(0, number, column.title, formats["header"])
    for row, cells in enumerate(sheet.rows, 1):
        for number, cell in enumerate(cells):
            _write(worksheet, row, number, cell, formats)
    for row, lines in enumerate(_lines(sheet)):
        if lines > 1:
            worksheet.set_row(row, lines * _LINE)
    worksheet.freeze_panes(1, 1)
    worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    worksheet.fit_to_pages(math.ceil(sum(column.width for column in sheet.columns) / _PAGE_WIDTH), 0)
    worksheet.repeat_rows(0)
    worksheet.repeat_columns(0)
    worksheet.set_header(header)
    worksheet.set_footer(footer)


def _lines(sheet: Sheet) -> Iterator[int]:
    """How many lines of text each row holds, the header first. Excel would see to it itself, other programs do not."""
    for cells in (tuple(column.title for column in sheet.columns), *sheet.rows):
        # A letter is narrower than the digit that widths are counted in.
        texts = ((str(cell), round(column.width * 1.1)) for cell, column in zip(cells, sheet.columns, strict=True) if cell is not None)
        yield max((sum(len(wrap(line, width)) or 1 for line in text.split("\n")) for text, width in texts), default=1)


def _write(worksheet: Any, row: int, number: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, str) and cell:
        text = fitting(cell)
        worksheet.write_string(row, number, text, formats["quoted" if text.startswith(_FORMULA_STARTS) else "plain"])
    elif isinstance(cell, int):
        worksheet.write_number(row, number, cell, formats["number"])
    elif isinstance(cell, date):
        worksheet.write_datetime(row, number, cell, formats["day"])
    else:
        worksheet.write_blank(row, number, None, formats["plain"])


def fitting(text: str) -> str:
    """Text that fits in a cell; what is too long is cut visibly."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def literal(text: str) -> str:
    """Text for a header or footer, where an ampersand begins a code."""
    return text.replace("&", "&&")
