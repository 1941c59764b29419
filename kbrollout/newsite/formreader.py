"""Reads a filled-in form back: the limits of the file first, then its shape, then the answers with sheet and cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import did_you_mean, problem
from kbrollout.newsite.layout import (
    FIRST_ROW,
    ID_ROW,
    MARK,
    Column,
    Sheet,
    kind_of_list,
    layout,
)
from kbrollout.newsite.workbook import open_form
from kbrollout.workbookfile import Book
from kbrollout.yamlfile import Path_, Sourced, without_hidden

if TYPE_CHECKING:
    from kbrollout.model.catalogue import Catalogue


@dataclass
class FormAnswers(Sourced):
    """The answers of a form, in the shape of a profile, with the cell of each."""

    cells: dict[Path_, str] = field(default_factory=dict)

    def place(self, path: Path_ = (), *, of_key: bool = False) -> tuple[str, int, int, str]:
        """File and cell; falls back on the nearest cell of the same thing. `of_key` makes no difference here."""
        del of_key
        for length in range(len(path), -1, -1):
            for known, cell in self.cells.items():
                if known[:length] == path[:length] and length:
                    return self.file, 0, 0, cell
        return self.file, 0, 0, next(iter(self.cells.values()), "")


@dataclass(frozen=True)
class _Cell:
    """What stands in one cell, and where."""

    value: Any
    kind: str
    place: str


def read_form(path: Path, catalogue: Catalogue) -> FormAnswers:
    """The answers in a form. Raises ContentError with every fault, at its sheet and cell."""
    with open_form(path, catalogue.index.version) as form:
        return _Reading(form, str(path)).read(layout(catalogue))


class _Reading:
    """One form being read. Problems are gathered; nothing is given while there are any."""

    def __init__(self, form: Book, file: str) -> None:
        self.form = form
        self.answers = FormAnswers(file)
        self.problems: list[Problem] = []

    def read(self, sheets: tuple[Sheet, ...]) -> FormAnswers:
        data: dict[str, Any] = {}
        for sheet in sheets:
            found = self._sheet(sheet)
            if found is not None:
                _SHAPES[sheet.section](self, sheet, found, data)
        if self.problems:
            raise ContentError(self.problems)
        self.answers.data = data
        return self.answers

    def note(self, code: str, place: str, **words: Any) -> None:
        self.problems.append(problem(code, (self.answers.file, 0, 0, place), **words))

    def _sheet(self, sheet: Sheet) -> list[tuple[str, int, dict[str, _Cell]]] | None:
        """The rows with answers: id, number, and the cells by column id. None when the sheet cannot be read."""
        if sheet.name not in self.form.sheets:
            others = [name for name in self.form.sheets if self.form.first(name) == f"{MARK}:{sheet.section}"]
            called = f"Het heet nu “{others[0]}”. " if others else did_you_mean(sheet.name, self.form.sheets)
            self.note("blad-ontbreekt", others[0] if others else sheet.name, blad=sheet.name, bedoelt=called)
            return None
        for merged in self.form.merged(sheet.name):
            self.note("cellen-samengevoegd", f"{sheet.name}!{merged}")
        rows = iter(self.form.rows(sheet.name))
        heads = [cell.value for cell in next(rows, ())]
        missing = [column for column in sheet.columns if column.question is not None and column.id not in heads]
        for column in missing:
            self.note("kolom-ontbreekt", f"{sheet.name}!{ID_ROW}:{ID_ROW}", blad=sheet.name, kolom=column.head)
        if missing:
            return None
        asked = {heads.index(column.id): column.id for column in sheet.columns if column.question is not None}
        found = []
        for number, row in enumerate(rows, ID_ROW + 1):
            if number >= FIRST_ROW:
                cells = {name: self._cell(sheet, row[at], at, number) for at, name in asked.items() if at < len(row)}
                row_id = str(row[0].value or "") if row else ""
                found.append((row_id, number, {name: cell for name, cell in cells.items() if cell is not None}))
        return list(self._known_rows(sheet, found))

    def _known_rows(self, sheet: Sheet, rows: list[tuple[str, int, dict[str, _Cell]]]) -> Iterator[tuple[str, int, dict[str, _Cell]]]:
        """Rows that belong to the form; for a list every row with an answer does."""
        wanted = {row.id: row for row in sheet.rows}
        seen: set[str] = set()
        for row_id, number, cells in rows:
            if sheet.rows and row_id not in wanted:
                if cells:
                    self.note("rij-onbekend", next(iter(cells.values())).place)
                continue
            if row_id and row_id in seen:
                self.note("rij-dubbel", f"{sheet.name}!{number}:{number}")
                continue
            seen.add(row_id)
            if cells or sheet.rows:
                yield row_id, number, cells
        for row_id, row in wanted.items():
            if row_id not in seen:
                self.note("rij-ontbreekt", sheet.name, blad=sheet.name, rij=row.shown[0])

    def _cell(self, sheet: Sheet, cell: Any, at: int, number: int) -> _Cell | None:
        from openpyxl.utils import get_column_letter

        value, kind = cell.value, str(getattr(cell, "data_type", "n"))
        place = f"{sheet.name}!{get_column_letter(at + 1)}{number}"
        if value is None or not _as_text(value):
            return None
        if kind == "f":
            self.note("cel-formule", place)
            return None
        for types, said in _NOT_TEXT:
            if isinstance(value, types):
                self.note("cel-geen-tekst", place, gegeven=said)
                return None
        if kind == "e":
            self.note("cel-geen-tekst", place, gegeven=f"een fout ({value})")
            return None
        return _Cell(_as_text(value), kind, place)

    def keep(self, path: Path_, cell: _Cell) -> str:
        """Remember where an answer stands, and give its text."""
        self.answers.cells[path] = cell.place
        return str(cell.value)


_NOT_TEXT: tuple[tuple[Any, str], ...] = (
    ((date, datetime), "een datum"),
    ((time, timedelta), "een tijd"),
)


def _as_text(value: Any) -> str:
    """A cell as it would have been typed; control signs that Excel writes as `_x000D_` are line ends."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return without_hidden(str(value)).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()


# -- from rows to a profile ------------------------------------------------------------------------------------------

_Rows = list[tuple[str, int, dict[str, _Cell]]]


def _place(reading: _Reading, sheet: Sheet, rows: _Rows, data: dict[str, Any]) -> None:
    needed = {question.id: question for question in _place_questions()}
    for row_id, number, cells in rows:
        section, _, key = row_id.partition(".")
        path: Path_ = (section, key) if section != "programmas" else (section, key, "naam")
        if "antwoord" in cells:
            block = data.setdefault(section, {})
            text = reading.keep(path, cells["antwoord"])
            if section == "programmas":
                block[key] = {"naam": text}
            else:
                block[key] = text
        elif row_id in needed and needed[row_id].default is None:
            at = 1 + next(at for at, column in enumerate(sheet.columns, 1) if column.id == "antwoord")
            reading.note("antwoord-nodig", f"{sheet.name}!{chr(64 + at)}{number}", vraag=needed[row_id].short)


def _place_questions() -> tuple[Any, ...]:
    from kbrollout.newsite.questions import PLACE

    return PLACE


def _listed(reading: _Reading, sheet: Sheet, rows: _Rows, data: dict[str, Any]) -> None:
    entries: list[dict[str, Any]] = []
    for _, number, cells in rows:
        entry: dict[str, Any] = {}
        for at, column in enumerate(sheet.columns, 1):
            path: Path_ = (sheet.section, len(entries), column.id)
            if column.id in cells:
                entry[column.id] = _value(reading, column, path, cells[column.id])
            elif column.question is not None and column.question.default is None:
                reading.note("antwoord-nodig", f"{sheet.name}!{chr(65 + at)}{number}", vraag=column.head)
        entries.append(entry)
    data[sheet.section] = entries


def _value(reading: _Reading, column: Column, path: Path_, cell: _Cell) -> Any:
    text = reading.keep(path, cell)
    if column.question is None or not kind_of_list(column.question):
        return text
    return [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]


def _roles(reading: _Reading, sheet: Sheet, rows: _Rows, data: dict[str, Any]) -> None:
    roles: dict[str, Any] = {}
    for role, number, cells in rows:
        binding: dict[str, Any] = {}
        for column in sheet.columns:
            if column.id not in cells:
                continue
            if column.names_of:
                partners = binding.setdefault("partners", [])
                partners.append(reading.keep(("rollen", role, "partners", len(partners)), cells[column.id]))
            else:
                binding[column.id] = reading.keep(("rollen", role, column.id), cells[column.id])
        if binding:
            roles[role] = binding
            reading.answers.cells.setdefault(("rollen", role), f"{sheet.name}!{number}:{number}")
    data["rollen"] = roles


def _themes(reading: _Reading, sheet: Sheet, rows: _Rows, data: dict[str, Any]) -> None:
    themes: list[dict[str, Any]] = []
    for theme, _, cells in rows:
        if "id" not in cells:
            continue
        answer = str(cells["id"].value).lower()
        if answer not in ("ja", "nee"):
            reading.note("geen-ja-nee", cells["id"].place, gegeven=str(cells["id"].value))
        if answer == "ja":
            path: Path_ = ("themas", len(themes))
            reading.keep((*path, "id"), cells["id"])
            more = {name: reading.keep((*path, name), cell) for name, cell in cells.items() if name != "id"}
            themes.append({"id": theme, **more})
    data[sheet.section] = themes


_SHAPES: Mapping[str, Callable[[_Reading, Sheet, _Rows, dict[str, Any]], None]] = {
    "wijk": _place,
    "partners": _listed,
    "praktijken": _listed,
    "gremia": _listed,
    "rollen": _roles,
    "themas": _themes,
}
