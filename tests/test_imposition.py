"""PDF for on the printer: what folds, cuts and turns has its pages in the right place, and copies cost next to nothing."""

import re
import subprocess
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from kbrollout.render.imposition import A4, A5, MM, booklet, booklet_order, joined, two_up
from kbrollout.render.pdf import render_pdf

WHITE = 5 * MM
"""What office printers leave white along every edge."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of a word, in points from the top left."""


def made(pages: int, size: str = "A5", title: str = "Kaart 4D", filling: str = "") -> bytes:
    """A PDF of which page n has in its corners, 10 mm from the edges, the words `n-boven` and `n-onder`."""
    one = "<div><b>{n}-boven</b>" + filling + "<i>{n}-onder</i></div>"
    style = (
        f"@page {{ size: {size}; margin: 10mm }} body {{ margin: 0; font-size: 11pt; line-height: 1.2 }} b {{ font-weight: 400 }}"
        "div { break-before: page; height: 100vh; height: 100%; position: relative } html, body { height: 100% }"
        "div:first-child { break-before: auto } i { position: absolute; right: 0; bottom: 0; font-style: normal }"
    )
    body = "".join(one.format(n=number) for number in range(1, pages + 1))
    return render_pdf(
        f"<!DOCTYPE html><html lang='nl'><head><title>{title}</title><style>{style}</style></head><body>{body}</body></html>".encode(), {}
    )


@pytest.fixture(scope="module")
def four() -> bytes:
    pdf = made(4)
    assert len(PdfReader(BytesIO(pdf)).pages) == 4
    return pdf


def words(pdf: bytes) -> list[dict[str, list[Box]]]:
    """Per page where each word stands."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    found: list[dict[str, list[Box]]] = []
    for page in told.split("<page ")[1:]:
        here: dict[str, list[Box]] = {}
        for left, top, right, bottom, word in re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>', page):
            here.setdefault(word, []).append((float(left), float(top), float(right), float(bottom)))
        found.append({word: sorted(boxes) for word, boxes in here.items()})
    return found


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages, in millimetres."""
    return {(round(page.mediabox.width / MM), round(page.mediabox.height / MM)) for page in PdfReader(BytesIO(pdf)).pages}


# -- the booklet -----------------------------------------------------------------------------------------------------


def folded(sides: list[tuple[int | None, int | None]]) -> list[int | None]:
    """Fold printed sheets and read the pages in order.

    Sides come in pairs: front and back of a sheet. The stack lies with its fronts down, so that the first sheet is the
    outermost; folded, one leafs from the right half of the first front to its left half.
    """
    assert len(sides) % 2 == 0
    first_half: list[int | None] = []
    second_half: list[int | None] = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        # Turned over the short edge, the left half of the back lies behind the right half of the front.
        first_half += [front[1], back[0]]
        second_half = [back[1], front[0], *second_half]
    return first_half + second_half


@pytest.mark.parametrize("pages", range(1, 25))
def test_a_folded_booklet_reads_from_first_to_last(pages: int) -> None:
    sides = booklet_order(pages)
    read = folded(sides)
    assert len(read) % 4 == 0
    assert len(read) - pages < 4
    assert read == [*range(1, pages + 1), *[None] * (len(read) - pages)]
    assert len(sides) * 2 == len(read)


def test_no_pages_make_no_booklet() -> None:
    assert booklet_order(0) == []


def test_known_booklets() -> None:
    assert booklet_order(4) == [(4, 1), (2, 3)]
    assert booklet_order(7) == [(None, 1), (2, 7), (6, 3), (4, 5)]


def test_a_booklet_has_its_pages_where_the_order_says(four: bytes) -> None:
    made_booklet = booklet(four)
    assert sizes(made_booklet) == {(297, 210)}
    found = words(made_booklet)
    assert [set(page) for page in found] == [
        {"4-boven", "4-onder", "1-boven", "1-onder"},
        {"2-boven", "2-onder", "3-boven", "3-onder"},
    ]
    middle = A4[0] / 2
    for page, (left, right) in zip(found, booklet_order(4), strict=True):
        assert all(right_edge < middle for word in ("boven", "onder") for _, _, right_edge, _ in page[f"{left}-{word}"])
        assert all(left_edge > middle for word in ("boven", "onder") for left_edge, _, _, _ in page[f"{right}-{word}"])


def test_a_booklet_is_filled_up_with_blank_pages() -> None:
    found = words(booklet(made(5)))
    assert [set(page) for page in found] == [
        {"1-boven", "1-onder"},
        {"2-boven", "2-onder"},
        {"3-boven", "3-onder"},
        {
            "4-boven",
            "4-onder",
            "5-boven",
            "5-onder",
        },
    ]


# -- two on a sheet --------------------------------------------------------------------------------------------------


def test_cards_have_their_own_back_behind_them(four: bytes) -> None:
    """Turned over the short edge a point of the back at x lies behind the point of the front at width minus x, as high."""
    made_cards = two_up(four)
    assert sizes(made_cards) == {(297, 210)}
    found = words(made_cards)
    assert len(found) == 4
    for number in (1, 3):
        front, back = found[number - 1][f"{number}-boven"], found[number][f"{number + 1}-boven"]
        assert len(front) == len(back) == 2
        for card, behind in zip(front, reversed(back), strict=True):
            on_the_left = card[0] < A4[0] / 2
            through = (A4[0] - behind[2], A4[0] - behind[0])
            assert (through[1] < A4[0] / 2) == on_the_left, "the back of a card is on the same half"
            assert behind[1] == pytest.approx(card[1], abs=0.5), "and upright"
            assert found[number - 1].keys() == {f"{number}-boven", f"{number}-onder"}


def test_both_cards_are_the_page_itself_unscaled(four: bytes) -> None:
    (original, *_) = words(four)
    (sheet, *_) = words(two_up(four))
    for word, (box,) in original.items():
        left, right = sheet[word]
        for placed, shift in ((left, A4[0] / 2 - A5[0]), (right, A4[0] / 2)):
            assert placed == pytest.approx((box[0] + shift, box[1], box[2] + shift, box[3]), abs=0.1)


@pytest.mark.parametrize("impose", [two_up, booklet, lambda pdf: joined([(two_up(pdf), 1)])], ids=["two up", "booklet", "joined"])
def test_nothing_falls_where_printers_leave_white(impose: object, four: bytes) -> None:
    pdf = impose(four)  # type: ignore[operator]
    width, height = (float(edge) for edge in PdfReader(BytesIO(pdf)).pages[0].mediabox[2:])
    boxes = [box for page in words(pdf) for found in page.values() for box in found]
    assert len(boxes) >= 8
    assert min(left for left, _, _, _ in boxes) > WHITE
    assert min(top for _, top, _, _ in boxes) > WHITE
    assert max(right for _, _, right, _ in boxes) < width - WHITE
    assert max(bottom for _, _, _, bottom in boxes) < height - WHITE


def marks(pdf: bytes) -> list[list[tuple[float, float]]]:
    """The points between which the sheets themselves draw lines, per sheet."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:
        contents = page.get_contents()
        assert isinstance(contents, ContentStream)
        found.append([(float(x), float(y)) for (x, y), does in ((o, d) for o, d in contents.operations if d in (b"m", b"l"))])
    return found


def test_cut_marks_stand_in_the_middle_outside_the_content(four: bytes) -> None:
    for number, points in enumerate(marks(two_up(four))):
        if number % 2:
            assert points == [], "marks on a back would fall beside those on the front"
            continue
        assert [x for x, _ in points] == pytest.approx([A4[0] / 2] * 4, abs=0.01)
        heights = [y for _, y in points]
        assert all(y < 10 * MM or y > A4[1] - 10 * MM for y in heights), "in the margin"
        assert any(WHITE + 3 * MM < y < 10 * MM for y in heights), "long enough to be printed"


@pytest.mark.parametrize("impose", [two_up, booklet])
def test_only_a5_is_imposed(impose: object) -> None:
    with pytest.raises(ValueError, match="not A5"):
        impose(made(1, "A4"))  # type: ignore[operator]


# -- print runs ------------------------------------------------------------------------------------------------------


def test_every_copy_begins_on_a_new_sheet() -> None:
    three, two = made(3), made(2, "A4")
    run = joined([(three, 2), (two, 3), (three, 0)])
    pages = [next(iter(page), "").removesuffix("-boven") for page in words(run)]
    assert pages == ["1", "2", "3", ""] * 2 + ["1", "2"] * 3
    boxes = [page.mediabox for page in PdfReader(BytesIO(run)).pages]
    assert [round(box.width / MM) for box in boxes] == [148] * 8 + [210] * 6
    assert [round(box.height / MM) for box in boxes] == [210] * 8 + [297] * 6


def test_copies_cost_next_to_nothing() -> None:
    handout = made(4, "A4", filling="<p>" + " ".join(f"Zin {n} over de wijk." for n in range(120)) + "</p>")
    one, fourteen = joined([(handout, 1)]), joined([(handout, 14)])
    assert len(PdfReader(BytesIO(fourteen)).pages) == 14 * 4
    assert len(one) < len(handout) * 1.1
    assert len(fourteen) < len(one) * 2
    assert len(joined([(handout, 7), (handout, 7)])) == len(fourteen), "the same handout twice is in the file once"


def test_every_copy_is_a_page_of_its_own() -> None:
    """A page that stands twice in a file's list of pages confuses viewers and printers."""
    pages = PdfReader(BytesIO(joined([(made(2), 5)]))).pages
    assert len({page.indirect_reference.idnum for page in pages if page.indirect_reference}) == 10


def centres(pdf: bytes) -> list[dict[str, list[tuple[float, float]]]]:
    """Per page the middle of each word."""
    return [
        {word: [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes] for word, boxes in page.items()} for page in words(pdf)
    ]


def test_on_paper_a_run_turned_over_the_long_edge_is_what_lying_sheets_are_over_the_short_one(four: bytes) -> None:
    """Everything is compared as points of the paper itself, seen from the front while the sheet lies down."""
    run = joined([(two_up(four), 1), (booklet(four), 1)])
    assert sizes(run) == {(210, 297)}
    width, height = A4
    upright, lying = centres(run), centres(two_up(four)) + centres(booklet(four))
    assert len(upright) == len(lying) == 6
    for number, (page, wanted) in enumerate(zip(upright, lying, strict=True)):
        front = number % 2 == 0
        assert page.keys() == wanted.keys()
        for word, points in page.items():
            # Turning an upright sheet mirrors it left to right; laying it down then puts its left edge on top.
            in_run = sorted((width - y, x if front else height - x) for x, y in points)
            in_sheets = sorted((x if front else width - x, y) for x, y in wanted[word])
            assert in_run == [pytest.approx(point, abs=0.5) for point in in_sheets], word


def test_a_run_without_copies_is_refused() -> None:
    with pytest.raises(ValueError, match="single copy"):
        joined([(made(1), 0)])


# -- the file --------------------------------------------------------------------------------------------------------


def test_the_same_bytes_every_time(four: bytes) -> None:
    again = made(4)
    assert again == four
    assert two_up(four) == two_up(again)
    assert booklet(four) == booklet(again)
    assert joined([(four, 3), (made(1), 2)]) == joined([(again, 3), (made(1), 2)])
    for pdf in (two_up(four), booklet(four), joined([(four, 2)])):
        assert "/ID" not in PdfReader(BytesIO(pdf)).trailer
        assert b"Date" not in pdf


def test_title_language_and_the_way_to_print_are_in_the_file(four: bytes) -> None:
    for pdf, title, turning in (
        (two_up(four), "Kaart 4D", "/DuplexFlipShortEdge"),
        (booklet(four), "Kaart 4D", "/DuplexFlipShortEdge"),
        (joined([(four, 1)]), "Kaart 4D", "/DuplexFlipLongEdge"),
        (joined([(four, 1)], "Drukwerk voor één dagdeel"), "Drukwerk voor één dagdeel", "/DuplexFlipLongEdge"),
    ):
        reader = PdfReader(BytesIO(pdf))
        assert reader.metadata
        assert reader.metadata.title == title
        root = reader.root_object
        assert str(root["/Lang"]) == "nl"
        preferences = root["/ViewerPreferences"]
        assert isinstance(preferences, DictionaryObject)
        assert dict(preferences) == {"/DisplayDocTitle": True, "/PrintScaling": "/None", "/Duplex": turning}


def test_no_tags_are_promised_that_are_not_there(four: bytes) -> None:
    for pdf in (two_up(four), booklet(four), joined([(four, 2)])):
        root = PdfReader(BytesIO(pdf)).root_object
        assert not {"/StructTreeRoot", "/MarkInfo", "/Metadata"} & set(root)
