"""Workbooks for tests: fill in cells by the line and the field that they are of, as people do, and spoil files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl

from kbrollout.render.fillin import FIRST_ROW, KEY_ROW
from kbrollout.render.progress import PLAN_SHEET, POINTS_SHEET, UNIT_SHEET
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Channel, Item, Membership, Unit
from kbrollout.tracker.services import Actor
from kbrollout.tracker.workbook import COLUMNS
from tests.tracker.conftest import Cast

SHEETS = {Kind.REQUIREMENT: UNIT_SHEET, Kind.TASK: PLAN_SHEET, Kind.POINT: POINTS_SHEET}


def actor_of(cast: Cast, who: str) -> Actor:
    person = getattr(cast, who)
    return Actor(person.name, Channel.WEB, person, Membership.objects.get(person=person).role)


def make_task(unit: Unit) -> Item:
    """A task of the plan, which the small pack does not have."""
    details = {"start": "2027-01-04", "after": [], "gate": False, "fixed": False, "requirement": None}
    return Item.objects.create(
        site=unit.site, unit=unit, kind=Kind.TASK, code=f"T-1/{unit.slug}", title="Spreek iets af", phase="invoering", who="huisarts",
        due="2027-01-08", details=details, fingerprint="0", stand="nee", order=900,
    )  # fmt: skip


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def edited(content: bytes, edit: Callable[[Any], object]) -> bytes:
    """The workbook after somebody worked in it."""
    book = opened(content)
    edit(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(book: Any, item: Item) -> Any:
    """The sheet on which a line stands."""
    where = item.unit.slug if item.kind == Kind.REQUIREMENT else item.site_id
    mark = f"kbrollout:{SHEETS[Kind(item.kind)]}:{where}"
    return next(page for page in book.worksheets if page["A1"].value == mark)


def cell_of(book: Any, item: Item, name: str) -> Any:
    """The cell of a field of a line."""
    page = sheet_of(book, item)
    key = next(key for key, told in COLUMNS[Kind(item.kind)].items() if told == name)
    column = next(cell.column for cell in page[KEY_ROW + 1] if cell.value == key)
    row = next(row for row in range(FIRST_ROW + 1, page.max_row + 1) if page.cell(row, 1).value == item.code)
    return page.cell(row, column)


def filled(content: bytes, *cells: tuple[Item, str, Any]) -> bytes:
    """The workbook with other values in these cells."""

    def fill(book: Any) -> None:
        for item, name, value in cells:
            cell = cell_of(book, item, name)
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"  # typed in a cell of text it is no formula

    return edited(content, fill)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
