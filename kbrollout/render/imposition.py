"""PDF for on the printer: A5 two on a sheet, A5 as a booklet, and many copies as one print run.

Pages are drawn at their own size, so that what kept its distance from the edge of an A5 page keeps it on the sheet. What
comes out has lost its tags and links: it is for paper, and stands beside the accessible file. The same bytes come out of
the same bytes; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import IndirectObject

Matrix = tuple[float, float, float, float, float, float]

MM = 72 / 25.4
"""Points in a millimetre."""

A4 = (297 * MM, 210 * MM)
"""The sheet that everything is imposed on, lying down."""

A5 = (148 * MM, 210 * MM)

SHORT_EDGE, LONG_EDGE = "/DuplexFlipShortEdge", "/DuplexFlipLongEdge"
"""What a viewer proposes in its print dialogue. People can still choose otherwise."""


@dataclass(frozen=True)
class _Drawing:
    """A page that was taken over, to be drawn on as many sheets as one likes."""

    width: float
    height: float
    form: IndirectObject


def imposed(pdf: bytes, paper: str) -> bytes:
    """A handout as it goes to the printer: cards two on a sheet, booklets in the order of folding."""
    return booklet(pdf) if paper == "boekje" else two_up(pdf)


def pages_of(pdf: bytes) -> int:
    """The number of pages."""
    return len(_read(pdf).pages)


def two_up(pdf: bytes) -> bytes:
    """Every A5 page twice beside each other on A4, to be cut through the middle: two stacks of the same.

    Each sheet has the same page left and right, and the next page follows as its back. Turned over the short edge, the
    left half gets the right half of the back behind it, upright; as both halves are the same, every card is right.
    """
    reader = _read(pdf)
    writer = _begun(reader, SHORT_EDGE)
    for number, page in enumerate(_a5_pages(writer, reader)):
        # Marks on fronts alone: those on a back never fall exactly behind them.
        _draw(writer, writer.add_blank_page(*A4), _side_by_side(page, page), _cut_marks() if number % 2 == 0 else b"")
    return _finished(writer)


def booklet(pdf: bytes) -> bytes:
    """A5 pages as a booklet on A4: print on both sides, turn over the short edge, fold the whole stack once."""
    reader = _read(pdf)
    writer = _begun(reader, SHORT_EDGE)
    pages = _a5_pages(writer, reader)
    for left, right in booklet_order(len(pages)):
        placed = _side_by_side(*(pages[number - 1] if number else None for number in (left, right)))
        _draw(writer, writer.add_blank_page(*A4), placed)
    return _finished(writer)


def booklet_order(pages: int) -> list[tuple[int | None, int | None]]:
    """What comes left and right on each side of each sheet: front and back of the outermost sheet first. None is blank.

    The outermost sheet has the last and the first page on its front, the second and the last but one on its back; the
    next sheet goes on from there.
    """
    whole = -(-pages // 4) * 4
    sides: list[tuple[int, int]] = []
    for first in range(1, whole // 2, 2):
        last = whole + 1 - first
        sides += [(last, first), (first + 1, last - 1)]
    return [(left if left <= pages else None, right if right <= pages else None) for left, right in sides]


def joined(parts: Sequence[tuple[bytes, int]], title: str | None = None) -> bytes:
    """Each PDF so many times in a row as one print run, on both sides of the paper. The title is the first one's if none is given.

    Every copy begins on a new sheet: a blank page of the same size follows an odd number of pages. The whole run is
    turned over the long edge. Sheets that lie down would get their backs upside down then, so they are put upright,
    fronts turned to the left and backs to the right. What a page draws is in the file once, however many copies there are.
    """
    readers = {pdf: _read(pdf) for pdf, copies in parts if copies}
    if not readers:
        raise ValueError("A print run without a single copy")
    writer = _begun(next(iter(readers.values())), LONG_EDGE, title)
    leaves = {pdf: list(_leaves(writer, reader)) for pdf, reader in readers.items()}
    for pdf, copies in parts:
        for leaf in leaves.get(pdf, []) * copies:
            writer.add_page(leaf)
    return _finished(writer)


def _leaves(writer: PdfWriter, reader: PdfReader) -> Iterator[PageObject]:
    """The pages of one copy, upright, an even number of them. They are not in the file yet; what they draw is."""
    from pypdf import PageObject

    drawings = _drawings(writer, reader)
    for number, each in enumerate(drawings):
        lying = each.width > each.height
        size = (each.height, each.width) if lying else (each.width, each.height)
        page = PageObject.create_blank_page(None, *size)
        _draw(writer, page, [(each, _upright(each, front=number % 2 == 0) if lying else _moved(0, 0))])
        yield page
    if len(drawings) % 2:
        yield PageObject.create_blank_page(None, *size)


def _read(pdf: bytes) -> PdfReader:
    """A PDF to take pages from. Hold on to it while writing: pypdf knows what it copied before by the reader's identity."""
    from pypdf import PdfReader

    return PdfReader(BytesIO(pdf))


def _begun(reader: PdfReader, turning: str, title: str | None = None) -> PdfWriter:
    """A PDF without pages yet, with the language of another one, and its title unless another is given."""
    from pypdf import PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    said = title or (reader.metadata.title if reader.metadata else None)
    if said:
        writer.add_metadata({"/Title": said})
    root = writer._root_object
    if language := cast(DictionaryObject, reader.trailer["/Root"]).get("/Lang"):
        root[NameObject("/Lang")] = TextStringObject(language)
    preferences = {"/DisplayDocTitle": BooleanObject(bool(said)), "/PrintScaling": NameObject("/None"), "/Duplex": NameObject(turning)}
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject(key): each for key, each in preferences.items()})
    return writer


def _finished(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _a5_pages(writer: PdfWriter, reader: PdfReader) -> list[_Drawing]:
    pages = _drawings(writer, reader)
    for page in pages:
        if abs(page.width - A5[0]) > 1 or abs(page.height - A5[1]) > 1:
            raise ValueError(f"A page of {page.width:.0f} by {page.height:.0f} points is not A5")
    return pages


def _drawings(writer: PdfWriter, reader: PdfReader) -> list[_Drawing]:
    return [_drawing(writer, page) for page in reader.pages]


def _drawing(writer: PdfWriter, page: PageObject) -> _Drawing:
    """Take over what a page draws, as one object that sheets refer to."""
    from pypdf.generic import DecodedStreamObject, NameObject

    contents, plain = page.get_contents(), DecodedStreamObject()
    plain.set_data(b"" if contents is None else contents.get_data())
    form = plain.flate_encode()
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = page.mediabox.clone(writer)
    form[NameObject("/Resources")] = page.raw_get("/Resources").clone(writer)
    return _Drawing(float(page.mediabox.width), float(page.mediabox.height), writer._add_object(form))


def _draw(writer: PdfWriter, page: PageObject, placed: list[tuple[_Drawing, Matrix]], more: bytes = b"") -> None:
    """Give a page what it draws: other pages, each moved or turned, and more of one's own."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    forms = DictionaryObject({NameObject(f"/P{number}"): each.form for number, (each, _) in enumerate(placed)})
    lines = [f"q {' '.join(f'{each:.4f}' for each in matrix)} cm /P{number} Do Q\n" for number, (_, matrix) in enumerate(placed)]
    content = DecodedStreamObject()
    content.set_data("".join(lines).encode() + more)
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = writer._add_object(DictionaryObject({NameObject("/XObject"): forms}))


def _side_by_side(left: _Drawing | None, right: _Drawing | None) -> list[tuple[_Drawing, Matrix]]:
    """Two pages that meet in the middle of a sheet, where it is cut or folded. A4 is one millimetre wider than they are."""
    middle = A4[0] / 2
    places = ((left, middle - left.width if left else 0), (right, middle))
    return [(page, _moved(x, 0)) for page, x in places if page]


def _moved(x: float, y: float) -> Matrix:
    return 1, 0, 0, 1, x, y


def _upright(page: _Drawing, *, front: bool) -> Matrix:
    """A quarter turn to the left for a front, to the right for a back."""
    return (0, 1, -1, 0, page.height, 0) if front else (0, -1, 1, 0, 0, page.width)


def _cut_marks() -> bytes:
    """Where to cut: a thin grey line at the top and at the bottom, in margins that stay empty, long enough to be seen by a
    printer that leaves five millimetres white.
    """
    middle, length = A4[0] / 2, 9 * MM
    lines = (f"{middle:.4f} {start:.4f} m {middle:.4f} {end:.4f} l S" for start, end in ((0, length), (A4[1] - length, A4[1])))
    return f"q 0.6 G 0.5 w {' '.join(lines)} Q\n".encode()
