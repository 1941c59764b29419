"""The drawings of handouts: no text leaves its place, whatever the length of the names; blank places can be written in."""

import re
from itertools import combinations, pairwise
from math import hypot
from xml.etree import ElementTree

import pytest

from kbrollout.render.drawings import four_domains_svg, ladder_svg, levels_svg
from kbrollout.render.handoutparts import A4, A5, UNITS
from kbrollout.render.svg import text_width

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Beweegprogramma voor volwassenen met een langdurige ziekte van de Stichting Samen Gezond in de Wijk, locatie Noorderkade"
NAMES = ("Lichaam", "Geest", "Sociaal", "Maatschappelijk")
WIDTHS = [A4, A5, 100.0]

Rect = tuple[float, float, float, float]


def domains(hint: str, person: str = "u") -> dict[str, object]:
    return {"person": person, "domains": [{"name": name, "hint": hint} for name in NAMES]}


def place(element: ElementTree.Element) -> Rect:
    """What a line of text takes, at most."""
    size = float(element.get("font-size", ""))
    width, x, y = text_width(element.text or "", size), float(element.get("x", "")), float(element.get("y", ""))
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "")]
    return left, y - 0.8 * size, left + width, y + 0.22 * size


def all_places(root: ElementTree.Element) -> list[Rect]:
    return [place(text) for text in root.iter(f"{SVG}text")]


def frame(element: ElementTree.Element) -> Rect:
    x, y, width, height = (float(element.get(name, "")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def inside(inner: Rect, outer: Rect) -> bool:
    return outer[0] <= inner[0] + 0.1 and outer[1] <= inner[1] + 0.1 and inner[2] <= outer[2] + 0.1 and inner[3] <= outer[3] + 0.1


def assert_readable(root: ElementTree.Element) -> None:
    """All text within the picture, and no line on another one."""
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for one, other in combinations(all_places(root), 2):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])
    for each in all_places(root):
        assert inside(each, (0, 0, width, height))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("hint", ["", "Hoe voelt uw lijf?", "Werk, school, geld, wonen, post.", LONG])
@pytest.mark.parametrize("person", ["u", "de cliënt", LONG])
def test_the_circle_stays_clear_of_its_words(person: str, hint: str, width: float) -> None:
    root = ElementTree.fromstring(four_domains_svg(domains(hint, person), "Vier domeinen", width))
    assert_readable(root)
    middle = root.find(f"{SVG}circle")
    assert middle is not None
    x, y, inner = (float(middle.get(name, "")) for name in ("cx", "cy", "r"))
    outer = x * 0.72
    for text in root.iter(f"{SVG}text"):
        left, top, right, bottom = place(text)
        if text.get("text-anchor") == "middle":
            assert max(hypot(a - x, b - y) for a in (left, right) for b in (top, bottom)) < inner
        else:
            nearest = max(left, min(x, right)), max(top, min(y, bottom))
            assert hypot(nearest[0] - x, nearest[1] - y) > outer


def test_the_domains_stand_around_the_person_as_quarters_to_write_in() -> None:
    root = ElementTree.fromstring(four_domains_svg(domains("", "de cliënt"), "Vier domeinen"))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    where = {text.text: place(text) for text in root.iter(f"{SVG}text")}
    corners = {name: (where[name][0] > width / 2, where[name][1] > height / 2) for name in NAMES}
    assert list(corners.values()) == [(False, False), (True, False), (False, True), (True, True)]
    quarters = [path for path in root.iter(f"{SVG}path") if path.get("class") == "kwart"]
    assert len(quarters) == 4
    assert {path.get("fill") for path in quarters} == {"#ffffff"}, "white: people write here"
    assert height / UNITS < 140


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 2, 5, 9])
@pytest.mark.parametrize("text", ["", "Teamleider", LONG])
@pytest.mark.parametrize("who", ["", "beslist", LONG])
def test_a_ladder_goes_up_and_holds_its_words(count: int, text: str, who: str, width: float) -> None:
    root = ElementTree.fromstring(ladder_svg([{"text": text, "who": who}] * count, "Ladder", width))
    assert_readable(root)
    boxes = []
    for group in (group for group in root.iter(f"{SVG}g") if group.get("class") == "vak"):
        box = frame(group[0])
        boxes.append(box)
        assert all(inside(each, box) for each in all_places(group))
        lines = group.findall(f"{SVG}path")
        assert len(lines) == (0 if text else 1), "a line to write on where nothing is known"
        assert all(within(line, box) for line in lines)
    assert len(boxes) == count
    for lower, upper in pairwise(boxes):
        assert upper[3] == pytest.approx(lower[1], abs=0.2)
        assert upper[0] > lower[0] + 5
    arrows = [group[0].get("d", "") for group in root.iter(f"{SVG}g") if group.get("class") == "pijl"]
    assert len(arrows) == count - 1
    for way, (lower, upper) in zip(arrows, pairwise(boxes), strict=True):
        points = [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", way)]
        assert lower[0] < points[0][0] < upper[0]
        assert points[-1][0] == pytest.approx(upper[0])
        assert upper[1] < points[-1][1] < points[0][1] < lower[1], "from the lower step up to the next one"


def within(line: ElementTree.Element, box: Rect) -> bool:
    (left, y), (right, _) = re.findall(r"[ML]([\d.]+) ([\d.]+)", line.get("d", ""))
    return inside((float(left), float(y), float(right), float(y)), box)


def test_a_step_without_words_is_high_enough_to_write_in() -> None:
    root = ElementTree.fromstring(ladder_svg([{"text": "", "who": ""}], "Ladder"))
    box = frame(root.findall(f".//{SVG}g/{SVG}rect")[0])
    assert (box[3] - box[1]) / UNITS >= 10


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [1, 3, 5])
@pytest.mark.parametrize("text", ["", "Doen wij de dingen goed?", LONG])
def test_levels_lie_inside_each_other(count: int, text: str, width: float) -> None:
    root = ElementTree.fromstring(levels_svg([{"name": "leren", "text": text}] * count, "Niveaus", width))
    assert_readable(root)
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") == "vak"]
    boxes = [frame(group[0]) for group in groups]
    assert len(boxes) == count
    assert all(inside(inner, outer) and inner[3] < outer[3] for outer, inner in pairwise(boxes))
    for number, (group, box) in enumerate(zip(groups, boxes, strict=True)):
        # The words of a level stand below the level inside it.
        top = boxes[number + 1][3] if number + 1 < count else box[1]
        assert all(inside(each, (box[0], top, box[2], box[3])) for each in all_places(group))
    assert "".join(groups[-1].itertext()).startswith("1. leren"), "the first level is the inmost one"


@pytest.mark.parametrize(
    "svg",
    [
        four_domains_svg(domains("<&>", "<u>"), '"<titel>"'),
        ladder_svg([{"text": "<&>", "who": "<u>"}], '"<titel>"'),
        levels_svg([{"name": "<u>", "text": "<&>"}], '"<titel>"'),
    ],
)
def test_every_drawing_is_an_image_with_a_name_and_escaped_texts(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == '"<titel>"'
    said = "".join(root.itertext())
    assert "<&>" in said
    assert "<u>" in said
    smallest = min(map(float, re.findall(r'font-size="([\d.]+)"', svg)))
    assert smallest / UNITS / 25.4 * 72 >= 10, "points on paper"
