"""The questions as an Excel form that a coordinator can mail: no macros, no formulas, the same bytes every time."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kbrollout.newsite.layout import (
    FIRST_ROW,
    FORM_PROPERTY,
    HEAD_ROW,
    ID_ROW,
    MARK,
    REFERENCE_PROPERTY,
    TITLE_ROW,
    WHY_ROW,
    Column,
    Row,
    Sheet,
    layout,
)
from kbrollout.newsite.questions import FORM_VERSION, Kind

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kbrollout.model.catalogue import Catalogue

_CREATED = datetime(2026, 1, 1)
_AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_INK, _HEAD, _SHOWN, _LINE = "#1f2933", "#e3e9ef", "#f4f6f8", "#9aa5b1"
_LINE_HEIGHT = 15
_WIDE_SCALE = 70
"""Per cent; at this scale the first part of the widest sheet fits across an A4."""


def form_bytes(catalogue: Catalogue) -> bytes:
    """The form for a reference, as the bytes of an `.xlsx` file."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True, **_AS_TYPED})
    book.set_properties({"title": "Vraagformulier nieuwe wijk", "author": "kbrollout", "created": _CREATED})
    book.set_custom_property(FORM_PROPERTY, FORM_VERSION, "text")
    book.set_custom_property(REFERENCE_PROPERTY, catalogue.index.version, "text")
    formats = _formats(book)
    sheets = layout(catalogue)
    room = {sheet.name: sheet.room for sheet in sheets}
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats, room)
    book.close()
    return out.getvalue()


def _formats(book: Workbook) -> dict[str, Any]:
    base = {
        "font_name": "Arial",
        "font_size": 10,
        "font_color": _INK,
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": _LINE,
    }
    return {
        "title": book.add_format({"font_name": "Arial", "font_size": 11, "font_color": _INK, "bold": True, "valign": "vcenter"}),
        "head": book.add_format({**base, "bold": True, "bg_color": _HEAD}),
        "why": book.add_format({**base, "italic": True, "font_size": 9, "bg_color": _HEAD}),
        "shown": book.add_format({**base, "bg_color": _SHOWN}),
        # Text: Excel makes no dates of house numbers and drops no zeros in front of a code.
        "answer": book.add_format({**base, "num_format": "@", "locked": False}),
    }


def _write(page: Worksheet, sheet: Sheet, formats: dict[str, Any], room: dict[str, int]) -> None:
    page.write_string(ID_ROW - 1, 0, f"{MARK}:{sheet.section}")
    page.set_column(0, 0, 2, None, {"hidden": True})
    page.set_row(ID_ROW - 1, None, None, {"hidden": True})
    for at, column in enumerate(sheet.columns, 1):
        page.set_column(at, at, column.width)
        page.write_string(ID_ROW - 1, at, column.id)
        page.write_string(HEAD_ROW - 1, at, column.head, formats["head"])
        page.write_string(WHY_ROW - 1, at, column.why, formats["why"])
    page.write_string(TITLE_ROW - 1, 1, sheet.title, formats["title"])
    page.set_row(TITLE_ROW - 1, 1.8 * _LINE_HEIGHT)
    page.set_row(HEAD_ROW - 1, _height([(column.head, column.width) for column in sheet.columns]))
    hidden = {} if any(column.why for column in sheet.columns) else {"hidden": True}
    page.set_row(WHY_ROW - 1, _height([(column.why, column.width) for column in sheet.columns]), None, hidden)
    rows = sheet.rows or tuple(Row("", ()) for _ in range(sheet.room))
    for number, row in enumerate(rows, FIRST_ROW - 1):
        _write_row(page, number, row, sheet, formats)
    for at, column in enumerate(sheet.columns, 1):
        _offer_choices(page, at, column, len(rows), room)
    _set_up(page, sheet, len(rows))


def _write_row(page: Worksheet, number: int, row: Row, sheet: Sheet, formats: dict[str, Any]) -> None:
    page.write_string(number, 0, row.id)
    shown = list(row.shown)
    for at, column in enumerate(sheet.columns, 1):
        if column.question is None:
            page.write_string(number, at, shown.pop(0) if shown else "", formats["shown"])
        else:
            page.write_blank(number, at, None, formats["answer"])
    texts = [(text, column.width) for text, column in zip(row.shown, sheet.columns, strict=False)]
    page.set_row(number, max(_height(texts), 1.7 * _LINE_HEIGHT))


def _height(texts: list[tuple[str, int]]) -> float:
    """The height of a row in which these texts fit, each in a column of so many characters."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return _LINE_HEIGHT * max(lines, 1) + 2


def _lines(text: str, width: int) -> int:
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
    return lines


def _offer_choices(page: Worksheet, at: int, column: Column, rows: int, room: dict[str, int]) -> None:
    """A drop-down list for the cells of a column. Names from another sheet are a range: that works in every language."""
    source: Any = None
    if column.names_of:
        source = f"='{column.names_of}'!$B${FIRST_ROW}:$B${FIRST_ROW + room[column.names_of] - 1}"
    elif column.choices:
        source = [choice.label for choice in column.choices]
    if source is None:
        return
    asked = column.question
    title = "Kies uit de lijst"
    message = "Zet de organisatie eerst op het blad Partners." if column.names_of else "Kies een van de woorden uit de lijst."
    page.data_validation(
        FIRST_ROW - 1,
        at,
        FIRST_ROW + rows - 2,
        at,
        {
            "validate": "list",
            "source": source,
            "error_title": title,
            "error_message": message,
            "error_type": "stop" if asked is not None and asked.kind is Kind.CHOICE else "warning",
        },
    )


def _set_up(page: Worksheet, sheet: Sheet, rows: int) -> None:
    """Frozen headings, A4 across, and protection without a password that keeps the questions in their place."""
    fixed = sum(1 for column in sheet.columns if column.question is None)
    page.freeze_panes(FIRST_ROW - 1, 1 + min(fixed, 1))
    page.set_landscape()
    page.set_paper(9)
    if sheet.break_after:
        page.set_print_scale(_WIDE_SCALE)
        page.set_v_pagebreaks([2 + next(at for at, column in enumerate(sheet.columns) if column.id == sheet.break_after)])
        page.repeat_columns(1, 1)
    else:
        page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    page.repeat_rows(HEAD_ROW - 1, WHY_ROW - 1)
    page.print_area(HEAD_ROW - 1, 1, FIRST_ROW + rows - 2, len(sheet.columns))
    # On paper the title stands above every page; the row with it would be cut off where a page breaks.
    page.set_header(f'&L&"Arial,Bold"&10{sheet.title}&R&"Arial,Regular"&9{sheet.name}')
    page.set_footer('&L&"Arial,Regular"&8Geen namen van personen, geen gegevens van patiënten&R&8&P van &N')
    page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "sort": False})
