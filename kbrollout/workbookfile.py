"""Opens a workbook that somebody sent in, as data alone: limits first, then a copy of its plain parts, and only that copy is read.

A file may lie about the size of what it holds, carry programs, or hold XML that grows. So each part is unpacked under a count
and looked at, and openpyxl gets a new archive with nothing but XML in it.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from importlib.util import find_spec
from io import BytesIO
from typing import Any

_CHUNK = 64 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file begins that has a password, or is of the time before .xlsx."""

_ACTIVE = ("vbaproject", "xl/macrosheets/", "xl/externallinks/", "xl/embeddings/", "xl/activex/")
_XML = (".xml", ".rels", ".vml")
_MB = 1024 * 1024


class Fault(Enum):
    """Why a workbook is not opened."""

    NO_WORKBOOK = auto()
    TOO_LARGE = auto()
    LOCKED = auto()
    """It has a password, or is of the time before .xlsx."""

    ACTIVE = auto()
    """It holds macros, other files or links to them."""

    NOT_INSTALLED = auto()


class Refused(Exception):
    """The workbook is not opened. `part` is what is not installed."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        self.fault, self.part = fault, part
        super().__init__(fault.name)


@dataclass(frozen=True)
class Limits:
    """What a workbook may hold at most. Sizes are in MB; `ratio` is how many times larger than packed a part of more than 1 MB may be.

    `elements` are those of all XML together, and the attributes of one: reading costs some 500 bytes for each.
    """

    packed: int
    unpacked: int
    rows: int
    columns: int
    entries: int = 200
    ratio: int = 200
    elements: int = 400_000
    attributes: int = 200


@dataclass(frozen=True)
class Book:
    """An opened workbook. What a spoiled one makes openpyxl raise has no common type, so everything it can raise is Refused."""

    book: Any
    limits: Limits

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets with cells."""
        return [page.title for page in self.book.worksheets]

    def rows(self, name: str, most: int | None = None) -> list[tuple[Any, ...]]:
        """The cells of a sheet, row by row, or of its first rows."""
        with as_no_workbook():
            page = self.book[name]
            page.reset_dimensions()  # what the file says of its own size is not to be trusted
            return list(page.iter_rows(max_row=most or self.limits.rows, max_col=self.limits.columns))

    def first(self, name: str) -> str:
        """What stands in the first cell of a sheet."""
        rows = self.rows(name, 1)
        return str(rows[0][0].value) if rows and rows[0] else ""

    def merged(self, name: str) -> list[str]:
        """The ranges of merged cells in a sheet. Reading does not keep them, so they are sought in the sheet's own XML."""
        from defusedxml.ElementTree import iterparse

        found = []
        with as_no_workbook(), self.book[name]._get_source() as source:
            for _, element in iterparse(source):
                if element.tag.endswith("}mergeCell"):
                    found.append(str(element.get("ref")))
                elif element.tag.endswith(("}row", "}sheetData")):
                    element.clear()
        return found

    def close(self) -> None:
        self.book.close()


@contextmanager
def as_no_workbook() -> Iterator[None]:
    """Whatever reading raises inside is that the file is no workbook; what openpyxl only wonders about is left."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Exception as error:
        raise Refused(Fault.NO_WORKBOOK) from error


def checked(content: bytes, limits: Limits) -> bytes:
    """The workbook with nothing but its XML in it. Raises Refused."""
    if len(content) > limits.packed * _MB:
        raise Refused(Fault.TOO_LARGE)
    if content.startswith(_OLE):
        raise Refused(Fault.LOCKED)
    for part in ("openpyxl", "defusedxml"):  # openpyxl reads XML with defusedxml when it is there; here it has to be
        if find_spec(part) is None:
            raise Refused(Fault.NOT_INSTALLED, part)
    try:
        return _copied(content, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):  # broken, or packed in another way
        raise Refused(Fault.NO_WORKBOOK) from None


def opened(content: bytes, limits: Limits) -> Book:
    """A workbook that was `checked`, to be read. Raises Refused."""
    from openpyxl import load_workbook

    with as_no_workbook():
        return Book(load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False), limits)


def _copied(content: bytes, limits: Limits) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        entries = archive.infolist()
        _check_list(entries, limits)
        room, count = limits.unpacked * _MB, _Count(limits)
        for entry in entries:
            part = _unpacked(archive, entry, room)
            room -= len(part)
            if entry.filename.lower().endswith(_XML):
                count.add(part)
                copy.writestr(entry.filename, part)
    return out.getvalue()


def _check_list(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the list of contents says, before anything is unpacked."""
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked * _MB:
        raise Refused(Fault.TOO_LARGE)
    if any(entry.file_size > max(_MB, limits.ratio * entry.compress_size) for entry in entries):
        raise Refused(Fault.TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(Fault.LOCKED)
    names = [entry.filename.lower() for entry in entries]
    if any(mark in name for name in names for mark in _ACTIVE):
        raise Refused(Fault.ACTIVE)
    # Excel packs in these two ways; the others cannot be unpacked little by little.
    odd = any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    if odd or len(set(names)) < len(names):
        raise Refused(Fault.NO_WORKBOOK)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The bytes of one part, read little by little: the list of contents may say that it is smaller than it is."""
    part = bytearray()
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            part += chunk
            if len(part) > room:
                raise Refused(Fault.TOO_LARGE)
    return bytes(part)


class _Count:
    """Counts the elements of XML, and refuses XML that declares what it means itself."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.left = limits, limits.elements

    def add(self, xml: bytes) -> None:
        from xml.sax import SAXException
        from xml.sax.handler import ContentHandler

        from defusedxml import DefusedXmlException
        from defusedxml.sax import parseString

        count = self

        class Handler(ContentHandler):
            def startElement(self, name: str, attributes: Any) -> None:  # noqa: ARG002 - the shape is that of SAX
                count.left -= 1
                if count.left < 0 or len(attributes) > count.limits.attributes:
                    raise Refused(Fault.TOO_LARGE)

        try:
            parseString(xml, Handler(), forbid_dtd=True)
        except (SAXException, DefusedXmlException):
            raise Refused(Fault.NO_WORKBOOK) from None
