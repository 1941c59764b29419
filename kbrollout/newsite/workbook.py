"""Opens a workbook from somebody else: its limits first, then whether it is our form."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from kbrollout.errors import ContentError
from kbrollout.messages import problem
from kbrollout.newsite.layout import FORM_PROPERTY, REFERENCE_PROPERTY
from kbrollout.newsite.questions import FORM_VERSION

LARGEST_FILE_MB, LARGEST_INSIDE_MB, MOST_ENTRIES = 5, 40, 200
MOST_ROWS, MOST_COLUMNS = 5000, 40


@dataclass(frozen=True)
class Form:
    """An opened form. What a spoiled workbook makes openpyxl raise has no common type, so everything it can raise is a ContentError."""

    file: str
    book: Any

    @property
    def sheets(self) -> list[str]:
        return list(self.book.sheetnames)

    def rows(self, name: str) -> list[tuple[Any, ...]]:
        """The cells of a sheet, row by row."""
        with _as_no_workbook(self.file):
            page = self.book[name]
            page.reset_dimensions()  # what the file says of its own size is not to be trusted
            return list(page.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS))

    def first(self, name: str) -> str:
        """What stands in the first cell of a sheet."""
        with _as_no_workbook(self.file):
            row = next(self.book[name].iter_rows(max_row=1, max_col=1), ())
            return str(row[0].value) if row else ""

    def merged(self, name: str) -> list[str]:
        """The ranges of merged cells in a sheet. Reading does not keep them, so they are sought in the sheet's own XML."""
        from defusedxml.ElementTree import iterparse

        found = []
        with _as_no_workbook(self.file), self.book[name]._get_source() as source:
            for _, element in iterparse(source):
                if element.tag.endswith("}mergeCell"):
                    found.append(str(element.get("ref")))
                elif element.tag.endswith(("}row", "}sheetData")):
                    element.clear()
        return found

    def close(self) -> None:
        self.book.close()


@contextmanager
def _as_no_workbook(file: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise ContentError([problem("geen-werkmap", (file, 0, 0, ""))]) from error


def open_form(path: Path, reference: str) -> Form:
    """The form in a file, made for this version of the reference. Raises ContentError when it is anything else."""
    content = _bytes_of(path)
    _check_limits(content, str(path))
    form = _open(content, str(path))
    _check_versions(form, reference)
    return form


def _bytes_of(path: Path) -> bytes:
    place = (str(path), 0, 0, "")
    try:
        if path.stat().st_size > LARGEST_FILE_MB * 1024 * 1024:
            raise ContentError([problem("werkmap-te-groot", place)])
        return path.read_bytes()
    except FileNotFoundError:
        raise ContentError([problem("bestand-ontbreekt", place, remedie="Controleer de naam van het bestand.")]) from None
    except OSError as error:
        raise ContentError([problem("bestand-onleesbaar", place, reden=error.strerror or type(error).__name__)]) from None


def _check_limits(content: bytes, file: str) -> None:
    """Look at the list of contents before anything is unpacked, and then for what no workbook has."""
    place = (file, 0, 0, "")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            # zipfile gives no more of an entry than the list says, so these sizes hold.
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_INSIDE_MB * 1024 * 1024:
                raise ContentError([problem("werkmap-te-groot", place)])
            if any(b"<!DOCTYPE" in archive.read(entry) for entry in entries):
                raise ContentError([problem("geen-werkmap", place)])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):  # broken, encrypted, or packed in another way
        raise ContentError([problem("geen-werkmap", place)]) from None


def _open(content: bytes, file: str) -> Form:
    for part in ("openpyxl", "defusedxml"):  # openpyxl reads XML with defusedxml when it is there; here it has to be
        if find_spec(part) is None:
            raise ContentError([problem("formulier-kan-niet", (file, 0, 0, ""), onderdeel=part)])
    from openpyxl import load_workbook

    with _as_no_workbook(file):
        return Form(file, load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False))


def _check_versions(form: Form, reference: str) -> None:
    found = {each.name: str(each.value) for each in form.book.custom_doc_props.props}
    if FORM_PROPERTY not in found:
        raise ContentError([problem("geen-formulier", (form.file, 0, 0, ""))])
    wanted = (
        (FORM_PROPERTY, "versie {} van het formulier", FORM_VERSION),
        (REFERENCE_PROPERTY, "versie {} van de referentie", reference),
    )
    problems = [
        problem("formulier-versie", (form.file, 0, 0, ""), gegeven=words.format(found.get(name, "?")), verwacht=words.format(version))
        for name, words, version in wanted
        if found.get(name) != version
    ]
    if problems:
        raise ContentError(problems)
