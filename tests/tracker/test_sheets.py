"""Reading a workbook that comes back: what may stand in it, where each thing stands, and files that are refused before they are opened."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from kbrollout.errors import ContentError
from kbrollout.render.progress import render_progress
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.sheets import Row, Sheets, read_workbook
from tests.tracker.workbooks import edited, parts_of, zipped

Edit = Callable[[Any], object]

STAMP = {"code": "AB12-34CD", "date": "22 november 2026", "date_iso": "2026-11-22", "export": "0b1d"}
SECRET = "1112" + "22333"


def line(code: str, **more: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "what": "Wat",
        "good_enough": "Goed",
        "asked": "Te zien",
        "who": "Huisarts",
        "phase": "Voorbereiding",
        "due": None,
    }
    filled: dict[str, Any] = {
        "stand": "Nog niet bekeken",
        "missing": "",
        "owner": "",
        "date": None,
        "evidence": "",
        "evidence_until": None,
        "note": "",
    }
    return {"id": code, "code": code, **said, **filled, "review": "", **more}


@pytest.fixture(scope="module")
def content() -> bytes:
    said = {"what": "Wat", "who": "Huisarts", "owner": "Huisarts", "why": "Waarom", "unit": "duin", "phase": "Invoering", "after": ""}
    task = {
        "id": "T-1/duin",
        "code": "T-1",
        **said,
        "start": "2027-01-04",
        "end": "2027-01-08",
        "fixed": "",
        "done": "nee",
        "done_on": None,
    }
    point = {"id": "OP-1", "code": "OP-1", **said, "due": None, "stand": "Open", "remark": ""}
    data = {
        "site": {"id": "dorp", "name": "Dorp", "example": False},
        "reference": {"version": "2.2"},
        "concept": False,
        "remark": None,
        "roles": ["Huisarts"],
        "units": [
            {"id": "dorp", "name": "Wijk Dorp", "lines": [line("BV-W-01")]},
            {"id": "duin", "name": "Duin", "lines": [line(f"BV-P-0{number}") for number in range(1, 5)]},
        ],
        "plan": [task],
        "points": [point],
    }
    return render_progress("Voortgang Dorp", data, STAMP)


def row(sheets: Sheets, code: str) -> Row:
    (found,) = [each for each in sheets.rows if each.code == code]
    return found


def codes(error: pytest.ExceptionInfo[ContentError]) -> list[str]:
    return [each.code for each in error.value.problems]


# -- what stands in it -------------------------------------------------------------------------------------------------


def test_lines_are_read_by_their_hidden_ids(content: bytes) -> None:
    sheets = read_workbook(content)
    assert (sheets.site, sheets.export, sheets.problems, sheets.notes) == ("dorp", "0b1d", (), ())
    assert [(each.kind, each.unit, each.code, each.shown) for each in sheets.rows] == [
        (Kind.REQUIREMENT, "dorp", "BV-W-01", "BV-W-01"),
        *((Kind.REQUIREMENT, "duin", f"BV-P-0{number}", f"BV-P-0{number}") for number in range(1, 5)),
        (Kind.TASK, "", "T-1/duin", "T-1"),
        (Kind.POINT, "", "OP-1", "OP-1"),
    ]
    assert row(sheets, "BV-P-02").cells == {"stand": "Nog niet bekeken"}
    assert row(sheets, "T-1/duin").cells == {"stand": "nee"}
    assert row(sheets, "BV-P-02").cell("stand") == "blad Duin, cel I5"


@pytest.mark.parametrize(
    ("cell", "typed", "text"),
    [
        ("J4", "de lijst", "de lijst"),
        ("J4", "  de lijst\r\nen nog een_x000D_\n", "de lijst\nen nog een"),
        ("J4", 7, "7"),
        ("J4", 7.0, "7"),
        ("J4", 7.5, "7,5"),
        ("J4", True, "ja"),
        ("J4", date(2027, 3, 12), "12-3-2027"),
        ("L4", datetime(2027, 3, 12, 9, 30), "2027-03-12"),
        ("L4", "12-3-2027", "12-3-2027"),
        ("N4", 46_458, "46458"),
    ],
)
def test_a_cell_is_read_as_it_was_typed(content: bytes, cell: str, typed: Any, text: str) -> None:
    def edit(book: Any) -> None:
        book["Duin"][cell] = typed
        if isinstance(typed, date):
            book["Duin"][cell].number_format = "dd-mm-yyyy"

    name = {"J": "missing", "L": "date", "N": "evidence_until"}[cell[0]]
    found = row(read_workbook(edited(content, edit)), "BV-P-01")
    # A column of days whose cells were made numbers still holds days.
    assert found.cells[name] == ("2027-03-12" if cell == "N4" else text)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("=SUM(A1:A3)", "cel-formule"),
        ('=HYPERLINK("https://x.nl")', "cel-formule"),
        (ArrayFormula("J5", "=A1:A2"), "cel-formule"),
        ("#REF!", "cel-geen-tekst"),
        (time(10, 30), "cel-geen-tekst"),
    ],
)
def test_what_nobody_types_is_refused_at_its_cell(content: bytes, value: Any, code: str) -> None:
    def edit(book: Any) -> None:
        book["Duin"]["J5"] = value

    (problem,) = read_workbook(edited(content, edit)).problems
    assert (problem.code, problem.path) == (code, "blad Duin, cel J5")


def sort(book: Any) -> None:
    page = book["Duin"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=7)]
    for at, values in enumerate(reversed(rows), 4):
        for column, value in enumerate(values, 1):
            page.cell(at, column).value = value


def move_columns(book: Any) -> None:
    page = book["Duin"]
    for number in range(1, page.max_row + 1):
        one, other = page.cell(number, 9), page.cell(number, 15)
        one.value, other.value = other.value, one.value


def rename(book: Any) -> None:
    book["Duin"].title = "Plan van Duin"


def reorder(book: Any) -> None:
    book.move_sheet("Plan", -3)


def hide(book: Any) -> None:
    book["Duin"].sheet_state = "hidden"


def filter_rows(book: Any) -> None:
    book["Duin"].row_dimensions[4].hidden = True


def own_sheets(book: Any) -> None:
    for state in ("visible", "hidden", "veryHidden"):
        page = book.create_sheet(f"Van mij {state}")
        page.sheet_state = state
        page["A1"], page["B4"] = "notities", SECRET


def beside(book: Any) -> None:
    """What is not a cell to fill in."""
    page = book["Duin"]
    page["J4"].comment = Comment(SECRET, SECRET)
    page["C4"], page["B2"], page["R4"], page["XFD1048576"] = SECRET, SECRET, SECRET, SECRET
    book.properties.creator = book.properties.description = SECRET


UNTOUCHED: tuple[Edit, ...] = (sort, move_columns, rename, reorder, hide, filter_rows, own_sheets, beside)


@pytest.mark.parametrize("edit", UNTOUCHED)
def test_what_people_do_with_sheets_makes_no_difference(content: bytes, edit: Edit) -> None:
    sheets = read_workbook(edited(content, edit))
    assert {(each.kind, each.unit, each.code, *each.cells.items()) for each in sheets.rows} == {
        (each.kind, each.unit, each.code, *each.cells.items()) for each in read_workbook(content).rows
    }
    assert sheets.problems == ()
    assert SECRET.encode() not in sheets.to_bytes()


def test_the_name_of_a_sheet_is_looked_at_too(content: bytes) -> None:
    def edit(book: Any) -> None:
        book["Duin"].title = f"Duin {SECRET}"

    (problem,) = read_workbook(edited(content, edit)).problems
    assert (problem.code, problem.path) == ("cel-patientgegeven", "naam van een blad")
    assert SECRET not in str(problem)


def test_what_was_read_is_kept_and_nothing_else(content: bytes) -> None:
    sheets = read_workbook(content)
    assert Sheets.from_bytes(sheets.to_bytes()) == sheets
    assert b"Waarom" not in sheets.to_bytes()


# -- workbooks that lost something -------------------------------------------------------------------------------------


def drop_row(book: Any) -> None:
    book["Duin"].delete_rows(1)


def drop_column(book: Any) -> None:
    book["Duin"].delete_cols(1)


def drop_keys(book: Any) -> None:
    for cell in book["Duin"][1][1:]:
        cell.value = None


def drop_marks(book: Any) -> None:
    del book["_kb"]


def copy_sheet(book: Any) -> None:
    book.copy_worksheet(book["Duin"]).title = "Duin (kopie)"


def copy_column(book: Any) -> None:
    for number in range(1, 8):
        book["Duin"].cell(number, 20).value = book["Duin"].cell(number, 9).value


def other_kind(book: Any) -> None:
    book["_kb"]["B2"] = "formulier"


def other_version(book: Any) -> None:
    book["_kb"]["B1"] = "2"


def only_fixed_sheets(book: Any) -> None:
    for name in ("Wijk Dorp", "Duin", "Plan", "Open punten"):
        del book[name]


LOST: dict[Edit, str] = {
    drop_row: "werkmap-sleutels-weg",
    drop_column: "werkmap-sleutels-weg",
    drop_keys: "werkmap-sleutels-weg",
    drop_marks: "werkmap-van-ander",
    only_fixed_sheets: "werkmap-van-ander",
    other_kind: "werkmap-van-ander",
    other_version: "werkmap-andere-versie",
    copy_sheet: "werkmap-blad-dubbel",
    copy_column: "werkmap-kolom-dubbel",
}


@pytest.mark.parametrize(("edit", "code"), LOST.items())
def test_nothing_is_guessed_when_the_hidden_ids_are_gone(content: bytes, edit: Edit, code: str) -> None:
    with pytest.raises(ContentError) as error:
        read_workbook(edited(content, edit))
    assert codes(error) == [code]


def test_a_deleted_sheet_or_row_is_left_alone(content: bytes) -> None:
    def edit(book: Any) -> None:
        del book["Plan"]
        book["Duin"].delete_rows(5)

    sheets = read_workbook(edited(content, edit))
    assert [each.code for each in sheets.rows] == ["BV-W-01", "BV-P-01", "BV-P-03", "BV-P-04", "OP-1"]


def test_a_deleted_column_is_told(content: bytes) -> None:
    sheets = read_workbook(edited(content, lambda book: book["Duin"].delete_cols(10)))
    assert [each.what for each in sheets.notes] == [
        "Op het blad “Duin” ontbreekt een kolom: Wat ontbreekt nog, of waarom niet van toepassing. Daarin verandert niets."
    ]
    assert "missing" not in row(sheets, "BV-P-01").letters


def test_merged_cells_are_told_with_their_place(content: bytes) -> None:
    (problem,) = read_workbook(edited(content, lambda book: book["Duin"].merge_cells("I4:I6"))).problems
    assert (problem.code, problem.path) == ("werkmap-samengevoegd", "blad Duin, cellen I4:I6")


# -- files that are not opened -----------------------------------------------------------------------------------------

SHEET = "xl/worksheets/sheet4.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELLS = b'<worksheet xmlns="%s"><sheetData><row r="1">%s</row></sheetData></worksheet>'


def with_part(name: str, part: bytes) -> Callable[[bytes], bytes]:
    return lambda content: zipped(parts_of(content) | {name: part})


def packed_as(method: int) -> Callable[[bytes], bytes]:
    def pack(content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, part in parts_of(content).items():
                archive.writestr(name, part)
        return out.getvalue()

    return pack


def lying(content: bytes) -> bytes:
    """A part that is 50 MB, and a list of contents that says 100 bytes."""
    bomb = zipped(parts_of(content) | {SHEET: b"<a>" + bytes(50_000_000)})
    return bomb.replace(struct.pack("<I", 50_000_003), struct.pack("<I", 100))


def encrypted(content: bytes) -> bytes:
    """The bit that says so, in the list of contents of every part."""
    first, *parts = content.split(b"PK\x01\x02")
    return b"PK\x01\x02".join([first, *(part[:4] + bytes([part[4] | 1]) + part[5:] for part in parts)])


def twice(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "leeg": (lambda _: b"", "werkmap-onleesbaar"),
    "html met de naam xlsx": (lambda _: b"<html><table><tr><td>Geregeld</td></tr></table></html>", "werkmap-onleesbaar"),
    "oud Excel, of met wachtwoord": (lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "werkmap-op-slot"),
    "delen met wachtwoord": (encrypted, "werkmap-op-slot"),
    "halverwege afgebroken": (lambda content: content[: len(content) // 2], "werkmap-onleesbaar"),
    "een ander archief": (lambda _: zipped({"foto.jpg": b"x"}), "werkmap-onleesbaar"),
    "kapot blad": (with_part(SHEET, b"<worksheet><sheetData>"), "werkmap-onleesbaar"),
    "twee keer hetzelfde deel": (twice, "werkmap-onleesbaar"),
    "anders ingepakt": (packed_as(zipfile.ZIP_LZMA), "werkmap-onleesbaar"),
    "entiteiten": (with_part(SHEET, LAUGHS), "werkmap-onleesbaar"),
    "entiteit van buiten": (with_part(SHEET, OUTSIDE.encode("utf-16")), "werkmap-onleesbaar"),
    "entiteiten in een deel dat niemand leest": (with_part("docProps/eigen.xml", LAUGHS), "werkmap-onleesbaar"),
    "macro's": (with_part("xl/vbaProject.bin", b"x"), "werkmap-met-macros"),
    "koppeling met een ander bestand": (with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), "werkmap-met-macros"),
    "ingesloten bestand": (with_part("xl/embeddings/oleObject1.bin", b"x"), "werkmap-met-macros"),
    "zipbom": (with_part(SHEET, bytes(30_000_000)), "werkmap-te-vol"),
    "zipbom in een plaatje": (with_part("xl/media/image1.png", bytes(15_000_000)), "werkmap-te-vol"),
    "bom die kleiner zegt te zijn": (lying, "werkmap-onleesbaar"),
    "miljoen cellen": (with_part(SHEET, CELLS % (NAMESPACE, b"<c/>" * 1_000_000)), "werkmap-te-vol"),
    "diep genest": (with_part(SHEET, b"<a>" * 1_000_000), "werkmap-te-vol"),
    "duizend kenmerken": (with_part(SHEET, b"<a " + b" ".join(b'a%d=""' % n for n in range(1000)) + b"/>"), "werkmap-te-vol"),
    "te veel delen": (lambda _: zipped({f"p{number}": b"x" for number in range(300)}), "werkmap-te-vol"),
    "te groot bestand": (lambda content: content + bytes(2_100_000), "werkmap-te-vol"),
}


ONLY_WHEN_OPENED = ("een ander archief",)
"""That it is no workbook shows no earlier."""


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_refused_before_it_is_opened(fault: str, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil, code = BAD[fault]
    if fault not in ONLY_WHEN_OPENED:
        monkeypatch.setattr("kbrollout.tracker.sheets.opened", lambda *_: pytest.fail("opened"))
    with pytest.raises(ContentError) as error:
        read_workbook(spoil(content))
    assert codes(error) == [code]


def test_a_lying_size_of_a_sheet_is_not_believed(content: bytes) -> None:
    parts = parts_of(content)
    assert b"<dimension ref=" in parts[SHEET]
    start = parts[SHEET].index(b"<dimension ref=")
    stop = parts[SHEET].index(b"/>", start)
    parts[SHEET] = parts[SHEET][:start] + b'<dimension ref="A1:XFD1048576"' + parts[SHEET][stop:]
    assert len(read_workbook(zipped(parts)).rows) == 7


def test_only_xml_comes_out_of_the_archive(content: bytes) -> None:
    from kbrollout.tracker.sheets import LIMITS
    from kbrollout.workbookfile import checked

    copy = checked(with_part("xl/media/image1.png", b"x")(content), LIMITS)
    assert parts_of(copy) == parts_of(content)
