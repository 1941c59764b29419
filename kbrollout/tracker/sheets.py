"""What stands in a workbook of progress that came back: the cells that people fill in, by the hidden ids, and where each stands.

Nothing else is read: no comments, properties, other sheets or texts that stand fixed. So renamed sheets, sorted rows and moved
columns make no difference, and a workbook that another program saved is as good as ours.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from typing import Any

from kbrollout.errors import ContentError, Problem
from kbrollout.patientdata import findings
from kbrollout.render.fillin import FIRST_ROW, KEY_ROW, MARK
from kbrollout.render.progress import EXPORT, FORMAT, HIDDEN, KIND, LISTS, PLAN, PLAN_SHEET, POINTS, POINTS_SHEET, UNIT_SHEET
from kbrollout.tracker.fields import DAYS, LONGEST, NAMES, Kind
from kbrollout.tracker.messages import problem
from kbrollout.tracker.workbook import COLUMNS
from kbrollout.workbookfile import Book, Fault, Limits, Refused, checked, opened

LIMITS = Limits(packed=2, unpacked=20, rows=2000, columns=60)
MOST_SIGNS = 4000
"""In a cell that is looked at."""

_KINDS = {UNIT_SHEET: Kind.REQUIREMENT, PLAN_SHEET: Kind.TASK, POINTS_SHEET: Kind.POINT}
_REFUSALS = {
    Fault.NO_WORKBOOK: "werkmap-onleesbaar",
    Fault.TOO_LARGE: "werkmap-te-vol",
    Fault.LOCKED: "werkmap-op-slot",
    Fault.ACTIVE: "werkmap-met-macros",
    Fault.NOT_INSTALLED: "werkmap-lezen-kan-niet",
}
_FIRST_DAY, _LAST_DAY = 36_526, 73_050
"""2000 to 2099 as Excel counts days: what stands in a column of days when its cells were made numbers."""


@dataclass(frozen=True)
class Row:
    """One row. `code` is its hidden id, `shown` the code that people see; None when that column is gone.

    `cells` holds per field the text in it, days as 2027-03-12 where Excel knows them as days; `letters` the column of each.
    """

    kind: Kind
    unit: str
    code: str
    shown: str | None
    sheet: str
    number: int
    cells: dict[str, str]
    letters: dict[str, str]

    @property
    def place(self) -> str:
        return f"blad {self.sheet}, rij {self.number}"

    def cell(self, name: str) -> str:
        """Where a field stands."""
        return f"blad {self.sheet}, cel {self.letters[name]}{self.number}" if name in self.letters else self.place


@dataclass(frozen=True)
class Sheets:
    """A workbook that was read. `export` is the id that it was handed out with; one that came with a pack has none."""

    digest: str
    site: str
    export: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def to_bytes(self) -> bytes:
        """To keep for a while: only what was read, not the file."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Sheets:
        kept = json.loads(content)
        rows = tuple(Row(**{**row, "kind": Kind(row["kind"])}) for row in kept.pop("rows"))
        problems, notes = (tuple(Problem(**each) for each in kept.pop(name)) for name in ("problems", "notes"))
        return cls(rows=rows, problems=problems, notes=notes, **kept)


def read_workbook(content: bytes) -> Sheets:
    """Read a workbook. Raises ContentError when it is none of ours, or holds more than it may; faults of single cells are in `problems`."""
    try:
        with closing(opened(checked(content, LIMITS), LIMITS)) as book:
            return _Reading(book).read(hashlib.sha256(content).hexdigest())
    except Refused as refused:
        raise ContentError([problem(_REFUSALS[refused.fault], "", onderdeel=refused.part)]) from None


@dataclass
class _Reading:
    """One workbook being read. What is wrong with single cells is gathered."""

    book: Book
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def read(self, digest: str) -> Sheets:
        marks, known = self._marks()
        about: dict[str, str] = {}
        for name in self.book.sheets:
            if name in (HIDDEN, LISTS):
                continue
            mark, kind, identifier = self._about(name)
            if kind is None:
                if name in known:
                    raise ContentError([problem("werkmap-sleutels-weg", f"blad {name}", blad=name)])
                continue
            if mark in about:
                raise ContentError([problem("werkmap-blad-dubbel", f"blad {name}", een=about[mark], ander=name)])
            about[mark] = name
            self._read_sheet(name, kind, identifier if kind is Kind.REQUIREMENT else "")
        if not about:
            raise ContentError([problem("werkmap-van-ander", "")])
        return Sheets(digest, marks.get("wijk", ""), marks.get(EXPORT, ""), tuple(self.rows), tuple(self.problems), tuple(self.notes))

    def _marks(self) -> tuple[dict[str, str], set[str]]:
        """What the workbook says of itself, and the names that the sheets to fill in had."""
        if HIDDEN not in self.book.sheets:
            raise ContentError([problem("werkmap-van-ander", "")])
        rows = [(str(row[0].value), str(row[1].value)) for row in self.book.rows(HIDDEN) if len(row) > 1]
        at = next((number for number, row in enumerate(rows) if row[0] == "blad"), len(rows))
        marks = dict(rows[:at])
        if marks.get("soort") != KIND:
            raise ContentError([problem("werkmap-van-ander", "")])
        if marks.get("formaat") != FORMAT:
            raise ContentError([problem("werkmap-andere-versie", "")])
        return marks, {name for name, _ in rows[at + 1 :]} | {PLAN, POINTS}

    def _about(self, name: str) -> tuple[str, Kind | None, str]:
        """The mark of a sheet, the kind of lines in it and the id that it is about; no kind for a sheet of somebody's own."""
        mark = self.book.first(name)
        ours, _, rest = mark.partition(":")
        kind, _, identifier = rest.partition(":")
        return mark, _KINDS.get(kind) if ours == MARK else None, identifier

    def _read_sheet(self, name: str, kind: Kind, unit: str) -> None:
        rows = self.book.rows(name)
        keys = [str(cell.value or "") for cell in rows[KEY_ROW]]
        columns = {key: keys.index(key) for key in ("code", *COLUMNS[kind]) if key in keys}
        if not columns.keys() & COLUMNS[kind].keys():
            raise ContentError([problem("werkmap-sleutels-weg", f"blad {name}", blad=name)])
        for key in columns:
            if keys.count(key) > 1:
                raise ContentError(
                    [problem("werkmap-kolom-dubbel", f"blad {name}", blad=name, kolom=NAMES[COLUMNS[kind].get(key, "stand")])]
                )
        for key, told in COLUMNS[kind].items():
            if key not in columns and told != "review":
                self.notes.append(problem("werkmap-kolom-weg", f"blad {name}", blad=name, kolom=NAMES[told]))
        for found in findings(name):
            # Names of sheets are kept and shown, to say where something stands.
            self.problems.append(problem("cel-patientgegeven", "naam van een blad", wat=found.what, plek=found.shown, hoe=found.fix))
        for merged in self.book.merged(name):
            self.problems.append(problem("werkmap-samengevoegd", f"blad {name}, cellen {merged}"))
        for number, cells in enumerate(rows[FIRST_ROW:], FIRST_ROW + 1):
            self._read_row(Row(kind, unit, "", None, name, number, {}, {}), cells, columns)

    def _read_row(self, row: Row, cells: tuple[Any, ...], columns: dict[str, int]) -> None:
        from openpyxl.utils import get_column_letter

        fields = {told: columns[key] for key, told in COLUMNS[row.kind].items() if key in columns}
        row.letters.update({told: get_column_letter(at + 1) for told, at in fields.items()})
        for told, at in fields.items():
            if at < len(cells) and cells[at].value is not None:
                row.cells[told] = self._text(row, told, cells[at])
        code = _plain(cells[0].value) if cells else ""
        told_code = columns.get("code")
        shown = None if told_code is None else _plain(cells[told_code].value) if told_code < len(cells) else ""
        if code or any(row.cells.values()):
            self.rows.append(Row(row.kind, row.unit, code, shown, row.sheet, row.number, row.cells, row.letters))

    def _text(self, row: Row, told: str, cell: Any) -> str:
        """What stands in a cell, as it would have been typed; empty with a problem when it is nothing that people type."""
        from openpyxl.utils.datetime import from_excel

        value, kind = cell.value, str(cell.data_type)
        if told == "review":
            return _plain(value)
        for wrong, code, what in (
            (kind == "f", "cel-formule", ""),
            (kind == "e", "cel-geen-tekst", "een fout van Excel"),
            (isinstance(value, time | timedelta), "cel-geen-tekst", "een tijd"),
        ):
            if wrong:
                self.problems.append(problem(code, row.cell(told), wat=what))
                return ""
        if told in DAYS and isinstance(value, int | float) and _FIRST_DAY <= value <= _LAST_DAY:
            value = from_excel(value, self.book.book.epoch)
        if isinstance(value, date):
            return f"{value:%Y-%m-%d}" if told in DAYS else f"{value.day}-{value.month}-{value.year}"
        text = _plain(value)
        if len(text) > MOST_SIGNS:
            self.problems.append(problem("tekst-te-lang", row.cell(told), lengte=len(text), hoogstens=LONGEST.get(told, MOST_SIGNS)))
            return ""
        return text


def _plain(value: Any) -> str:
    """A value as it would have been typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return as_read(str(value))


def as_read(text: str) -> str:
    """A text as a workbook gives it back: Excel writes some signs in words, and reading loses what looks like that."""
    return text.replace("x005F_", "").replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
