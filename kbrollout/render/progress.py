"""The workbook of a neighbourhood's progress, empty or filled in: a sheet per unit, the plan, the open points, a summary that counts.

What people fill in stands in the data, so that the tracker hands out the same workbook with what it knows. It may leave out
the open points (None), show what was checked (`review`), and mark the workbook as one that it handed out (`export`).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from kbrollout.model.progress import Done, PointStand, Stand
from kbrollout.render.fillin import FORMATS, MARK, Choice, Column, Grid, Look, sheet_names, write_grid
from kbrollout.render.progresscounts import SUMMARY_FORMATS, write_summary
from kbrollout.render.progressguide import GUIDE_FORMATS, write_guide
from kbrollout.render.xlsx import CREATED, literal, require_excel

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

FORMAT = "1"
"""Version of the workbook for who reads it back. Raise it when a reader of the old one would go wrong."""

KIND = "voortgang"
EXPORT = "uitgifte"
"""The mark that says which one of the tracker's workbooks it is."""

UNIT_SHEET, PLAN_SHEET, POINTS_SHEET = "eenheid", "plan", "open-punten"
"""What a sheet is about, in its first cell."""

GUIDE, SUMMARY, PLAN, POINTS = "Uitleg", "Samenvatting", "Plan", "Open punten"
LISTS, HIDDEN = "_lijsten", "_kb"
_TAKEN = (GUIDE, SUMMARY, PLAN, POINTS, LISTS, HIDDEN, "History", "Geschiedenis")
"""Names that a sheet of a unit does not get; the last two Excel keeps for itself."""

_LONGEST_IN_FOOTER = 60
"""Of a name. A footer takes 255 characters; more makes none at all."""

_DIAGONAL, _DOTS = 14, 18
LOOKS: Look = {
    Stand.NOT_SEEN: {"italic": True, "font_color": "#56646A"},
    Stand.NOT_BEGUN: {"pattern": _DOTS, "fg_color": "#C98B5E", "bg_color": "#FFFFFF"},
    Stand.BUSY: {"bold": True, "italic": True, "pattern": _DIAGONAL, "fg_color": "#E5CB7C", "bg_color": "#FFF8E1"},
    Stand.ARRANGED: {"bold": True, "bg_color": "#CFE6D8"},
    Stand.NOT_APPLICABLE: {"italic": True, "bg_color": "#D9DDDE"},
}
"""How a stand looks: the word says it, and letter and pattern do so without colour."""

_MORE_LOOKS: Look = {Done.YES: LOOKS[Stand.ARRANGED], PointStand.SOLVED: LOOKS[Stand.ARRANGED]}


def render_progress(title: str, data: dict[str, Any], stamp: dict[str, Any]) -> bytes:
    """The workbook. Raises ContentError when this machine cannot make one."""
    require_excel()
    import xlsxwriter

    out = BytesIO()
    # Arial is everywhere, or a letter of the same width is; so the pages are as wide on another machine.
    options = {"in_memory": True, "default_format_properties": {"font_name": "Arial", "font_size": 10}}
    with xlsxwriter.Workbook(out, options) as book:
        marks = {
            "formaat": FORMAT,
            "soort": KIND,
            "wijk": data["site"]["id"],
            "referentie": data["reference"]["version"],
            "code": stamp["code"],
            "datum": stamp["date_iso"],
            **({EXPORT: stamp["export"]} if "export" in stamp else {}),
        }
        book.set_properties({"title": title, "author": "kbrollout", "created": CREATED})
        for name, value in marks.items():
            book.set_custom_property(f"{MARK}-{name}", value, "text")
        _write_sheets(book, title, data, stamp, marks)
    return _completed(out.getvalue())


def _write_sheets(book: Workbook, title: str, data: dict[str, Any], stamp: dict[str, Any], marks: dict[str, str]) -> None:
    looks = {**FORMATS, **SUMMARY_FORMATS, **GUIDE_FORMATS, **LOOKS, **_MORE_LOOKS}
    formats = {str(name): book.add_format({"valign": "top", **properties}) for name, properties in looks.items()}
    units = _unit_grids(data)
    plan, points = _plan_grid(data, units), _points_grid(data)
    header, footer = f"&L{literal(_short(title))} – &A&RGeen gegevens van patiënten", f"&L{_stamp(data, stamp)}&RBladzijde &P van &N"
    write_guide(book.add_worksheet(GUIDE), title, data, stamp, formats, header, footer)
    write_summary(book.add_worksheet(SUMMARY), units, plan, points, formats, header, footer)
    for grid in (*units, *(grid for grid in (plan, points) if grid)):
        write_grid(book.add_worksheet(grid.name), grid, formats, header, footer)
    _write_lists(book, data["roles"])
    _write_marks(book, marks, units)


def _unit_grids(data: dict[str, Any]) -> list[Grid]:
    columns = (
        *(Column("code", "Code", 11), Column("what", "Wat geregeld moet zijn", 17.5), Column("good_enough", "Goed genoeg als", 22)),
        *(Column("asked", "Te zien aan", 14.5), Column("who", "Wie", 16.5), Column("phase", "Fase", 12.5)),
        *(Column("due", "Gepland klaar", 10, day=True), Column("stand", "Stand", 11.5, entry=True, choice=Choice(list(Stand)))),
        Column("missing", "Wat ontbreekt nog, of waarom niet van toepassing", 17.5, entry=True),
        Column("owner", "Eigenaar (functie)", 14, entry=True, choice=_roles(data)),
        *(Column("date", "Datum", 10, entry=True, day=True), Column("evidence", "Bewijs of vindplaats", 12.5, entry=True)),
        Column("evidence_until", "Bewijs geldig tot en met (wordt niet afgedrukt)", 14, entry=True, day=True, printed=False),
        Column("note", "Toelichting (wordt niet afgedrukt)", 30, entry=True, printed=False),
        *([Column("review", "Controle (staat vast, wordt niet afgedrukt)", 22, printed=False)] if _is_reviewed(data) else []),
    )
    names = sheet_names([unit["name"] for unit in data["units"]], _TAKEN)
    return [
        Grid(name, UNIT_SHEET, unit["id"], unit["name"], columns, unit["lines"], {"stand": LOOKS}, "Hier geldt nu geen enkele voorwaarde.")
        for name, unit in zip(names, data["units"], strict=True)
    ]


def _is_reviewed(data: dict[str, Any]) -> bool:
    """Whether the data say what was checked; a workbook of a pack does not."""
    return any("review" in line for unit in data["units"] for line in unit["lines"])


def _roles(data: dict[str, Any]) -> Choice | None:
    return Choice(f"={LISTS}!$A$1:$A${len(data['roles'])}", other=True) if data["roles"] else None


def _plan_grid(data: dict[str, Any], units: list[Grid]) -> Grid | None:
    """The plan, with its units by the names of their sheets."""
    columns = (
        *(Column("code", "Code", 14.5), Column("what", "Wat", 43), Column("who", "Wie", 17), Column("unit", "Waar", 22.5)),
        *(Column("phase", "Fase", 12.5), Column("start", "Van", 10, day=True), Column("end", "Tot en met", 10, day=True)),
        *(Column("fixed", "Vast", 6), Column("after", "Wacht op", 14)),
        Column("done", "Gedaan", 9, entry=True, choice=Choice(list(Done))),
        Column("done_on", "Klaar op", 10, entry=True, day=True),
    )
    names = {unit.id: unit.name for unit in units}
    rows = [{**task, "unit": names[task["unit"]]} for task in data["plan"]]
    return Grid(PLAN, PLAN_SHEET, data["site"]["id"], PLAN, columns, rows, {"done": _MORE_LOOKS}, "") if rows else None


def _points_grid(data: dict[str, Any]) -> Grid | None:
    if data["points"] is None:
        return None
    columns = (
        *(Column("code", "Code", 22), Column("what", "Wat", 40), Column("why", "Waarom", 48), Column("owner", "Eigenaar", 17)),
        Column("due", "Vóór", 10, day=True),
        Column("stand", "Stand", 12, entry=True, choice=Choice(list(PointStand))),
        Column("remark", "Opmerking", 26.5, entry=True),
    )
    looks: Look = {PointStand.BUSY: LOOKS[Stand.BUSY], PointStand.SOLVED: LOOKS[Stand.ARRANGED]}
    return Grid(POINTS, POINTS_SHEET, data["site"]["id"], POINTS, columns, data["points"], {"stand": looks}, "Er zijn geen open punten.")


def _write_lists(book: Workbook, roles: list[str]) -> None:
    """The words of drop-down lists that are too long to stand in the cells."""
    page = book.add_worksheet(LISTS)
    for row, role in enumerate(roles):
        page.write_string(row, 0, role)
    page.hide()
    page.protect()


def _write_marks(book: Workbook, marks: dict[str, str], units: list[Grid]) -> None:
    """What a program needs to know to read the workbook back: what it is, and which sheet is about which unit."""
    page = book.add_worksheet(HIDDEN)
    rows = [*marks.items(), ("blad", "eenheid"), *((grid.name, grid.id) for grid in units)]
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            page.write_string(row, column, text)
    page.very_hidden()
    page.protect()


def _stamp(data: dict[str, Any], stamp: dict[str, Any]) -> str:
    """What every page says about itself, as other documents do."""
    said = [_short(data["site"]["name"]), f"referentie {data['reference']['version']}", f"code {stamp['code']}", stamp["date"]]
    said += ["CONCEPT"] if data["concept"] else []
    said += ["VERZONNEN VOORBEELD"] if data["site"]["example"] else []
    return literal(" · ".join(said))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_IN_FOOTER else f"{name[: _LONGEST_IN_FOOTER - 1]}…"


def _completed(workbook: bytes) -> bytes:
    """What XlsxWriter has no way to say: the language of the workbook, and that rows may grow with what people type in them."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as made, ZipFile(out, "w") as told:
        for entry in made.infolist():
            content = made.read(entry)
            if entry.filename == "docProps/core.xml":
                content = content.replace(b"</cp:coreProperties>", b"<dc:language>nl-NL</dc:language></cp:coreProperties>")
            elif entry.filename.startswith("xl/worksheets/"):
                content = content.replace(b' customHeight="1"', b"")
            told.writestr(entry, content)
    return out.getvalue()
