"""Flow charts: nothing overlaps, no text leaves its box, every arrow arrives, whatever their names and however they are connected."""

import os
import random
import re
import subprocess
import sys
from graphlib import CycleError
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from fontTools.ttLib import TTFont

from kbrollout.fonts import FACES, source
from kbrollout.render.flow import flow_chart, flow_svg, flow_text
from kbrollout.render.flowlayout import Box, Label
from kbrollout.render.flowways import Arrow, Chart
from kbrollout.render.handoutparts import A4, A5, UNITS
from kbrollout.render.svg import LINE, text_width

HANDOUTS = Path(__file__).parent.parent / "templates" / "catalogue" / "handouts"
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Beweegprogramma voor volwassenen met een langdurige ziekte van de Stichting Samen Gezond in de Wijk, locatie Noorderkade"
OFFERS = ["Wandelgroep", "Beweegtuin bij het buurthuis", "Samen fietsen", "Zwemmen voor vrouwen", "Sport voor 55-plussers", "Stoelyoga"]
LOWEST = 240
"""Millimetres: what fits on a page."""

Rect = tuple[float, float, float, float]


def step(name: str, *following: str | tuple[str, str | None], **more: Any) -> dict[str, Any]:
    ways = [{"to": way, "label": None} if isinstance(way, str) else {"to": way[0], "label": way[1]} for way in following]
    return {"id": name, "text": f"Stap {name}", "question": False, "offers": [], "blank": False, "next": ways, **more}


def handout(name: str, offers: list[list[str]], local: str | None = None) -> list[dict[str, Any]]:
    """The steps of a handout; its boxes for offers get these in turn, the names of roles become `local`."""
    data = yaml.safe_load((HANDOUTS / f"{name}.yaml").read_text(encoding="utf-8"))
    stream = next(block["stroom"] for block in data["blokken"] if "stroom" in block)
    turns = iter(offers)
    steps = []
    for each in stream:
        names = next(turns, []) if "aanbod" in each else []
        text = re.sub(r"\{([\w-]+)\}", lambda found: local or f"de {found[1]}", each["tekst"])
        ways = [{"to": way["naar"], "label": way.get("bij")} for way in each.get("verder", [])]
        blank = "aanbod" in each and not names
        steps.append({"id": each["id"], "text": text, "question": "vraag" in each, "offers": names, "blank": blank, "next": ways})
    return steps


def area(placed: Box | Label) -> Rect:
    bottom = placed.bottom
    return placed.x, placed.y, placed.x + placed.width, bottom


def meet(one: Rect, other: Rect, slack: float = 0.6) -> bool:
    return one[0] < other[2] - slack and other[0] < one[2] - slack and one[1] < other[3] - slack and other[1] < one[3] - slack


def pieces(arrow: Arrow) -> list[Rect]:
    """The straight pieces of an arrow, as flat areas."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(arrow.points):
        assert x1 == x2 or y1 == y2, "an arrow runs level or upright"
        found.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    return found


def hits(piece: Rect, place: Rect) -> bool:
    """Whether a line goes through an area, and not just along it."""
    return place[0] + 0.6 < piece[2] and piece[0] < place[2] - 0.6 and place[1] + 0.6 < piece[3] and piece[1] < place[3] - 0.6


def assert_sound(chart: Chart, page: float) -> None:
    boxes = {box.node: area(box) for box in chart.boxes}
    labels = [area(label) for label in chart.labels]
    for place in [*boxes.values(), *labels]:
        assert place[0] >= 0
        assert place[1] >= 0
        assert place[2] <= page
        assert place[3] <= chart.height
    for one, other in combinations([*boxes.values(), *labels], 2):
        assert not meet(one, other)
    for arrow in chart.arrows:
        for piece in pieces(arrow):
            assert not any(hits(piece, place) for place in [*boxes.values(), *labels])
            assert piece[0] >= 0
            assert piece[2] <= page
    assert_arrive(chart)
    assert_apart(chart)


def assert_arrive(chart: Chart) -> None:
    boxes = {box.node: box for box in chart.boxes}
    for arrow in chart.arrows:
        source, target = boxes[arrow.way.source], boxes[arrow.way.target]
        (x, y), (to_x, to_y) = arrow.points[0], arrow.points[-1]
        if y == pytest.approx(source.bottom):
            assert source.x < x < source.x + source.width
            assert target.y == pytest.approx(to_y)
            assert target.x < to_x < target.x + target.width
        else:
            assert x == pytest.approx(source.x + source.width)
            assert to_x == pytest.approx(target.x)
            assert source.y < y < source.bottom
            assert target.y < to_y < target.bottom


def assert_apart(chart: Chart) -> None:
    """Arrows to different steps cross, but never run over each other: one could not tell them apart."""
    for one, other in combinations(chart.arrows, 2):
        if one.way.target == other.way.target:
            continue
        for a in pieces(one):
            for b in pieces(other):
                wide = min(a[2], b[2]) - max(a[0], b[0])
                high = min(a[3], b[3]) - max(a[1], b[1])
                assert not (wide > -3 and high > -3 and (wide > 6 or high > 6)), (one, other)


def assert_text_inside(svg: str) -> None:
    """Every line of text is within the box that it belongs to, both ways."""
    root = ElementTree.fromstring(svg)
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "vak":
            continue
        left, top, right, bottom = shape(group[0])
        for text in group.iter(f"{SVG}text"):
            width, x, y = text_width(text.text or ""), float(text.get("x", "")), float(text.get("y", ""))
            start = x - width / 2 if text.get("text-anchor") == "middle" else x
            assert left + 4 <= start
            assert start + width <= right - 4, text.text
            assert top + LINE / 2 < y < bottom - 4


def shape(element: ElementTree.Element) -> Rect:
    if element.tag == f"{SVG}rect":
        x, y, width, height = (float(element.get(name, "")) for name in ("x", "y", "width", "height"))
        return x, y, x + width, y + height
    corners = [tuple(map(float, pair.split(","))) for pair in element.get("points", "").split()]
    xs = sorted(x for x, _ in corners)
    # The text of a question stays between the slanting sides.
    return xs[1], min(y for _, y in corners), xs[-2], max(y for _, y in corners)


LABELS = ["ja", "nee", "weet niet", None, "ja, en er is ook iemand die mee kan gaan", LONG]
TEXTS = ["Wat wil de cliënt?", "Kort", LONG, "W" * 70, "Overleg eerst met de huisarts of met de jeugdverpleegkundige."]


def any_chart(seed: int) -> list[dict[str, Any]]:
    """Any steps, each of which leads to later ones only. They are handed over in any order."""
    chance = random.Random(seed)
    count = chance.randint(1, 14)
    most = chance.choice([1, 1, 2, 2, 3])
    steps = []
    for number in range(count):
        later = range(number + 1, min(count, number + chance.choice([3, 5, 14])))
        to = [chance.choice(later) for _ in range(chance.randint(0 if chance.random() < 0.2 else 1, most))] if later else []
        ways = [(f"s{other}", chance.choice(LABELS)) for other in to]
        offers = chance.choices([*OFFERS, LONG], k=chance.choice([0, 0, 0, 3]))
        more = {"question": len(to) > 1 or chance.random() < 0.2, "blank": chance.random() < 0.1, "text": chance.choice(TEXTS)}
        steps.append(step(f"s{number}", *ways, **more, offers=offers))
    chance.shuffle(steps)
    return steps


# The last ones are dense: arrows to different steps stay apart there only by the order of their lanes.
@pytest.mark.parametrize("seed", [*range(60), 99, 194, 268, 1137, 1384])
@pytest.mark.parametrize("width", [A4, A5])
def test_nothing_overlaps_in_any_chart(seed: int, width: float) -> None:
    steps = any_chart(seed)
    chart = flow_chart(steps, width)
    assert len(chart.boxes) == len(steps)
    assert len(chart.arrows) == sum(len(each["next"]) for each in steps)
    assert len(chart.labels) == sum(bool(way["label"]) for each in steps for way in each["next"])
    assert_sound(chart, width * UNITS)
    assert_text_inside(flow_svg(steps, "Route", width))


NORMAL = [OFFERS[:4], OFFERS[2:5], OFFERS[1:4]]
CONTENTS = {
    "normal": (NORMAL, None),
    "no offers at all": ([], None),
    "six offers": ([OFFERS] * 3, None),
    "six long offers in one box": ([[LONG] * 6, OFFERS[:3], OFFERS[:3]], None),
    "long local names": (NORMAL, LONG),
    "short local names": (NORMAL, "ik"),
}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", ["HO-21", "HO-22", "HO-23"])
def test_the_charts_of_the_handouts_fit_on_a_page(name: str, content: str) -> None:
    steps = handout(name, *CONTENTS[content])
    chart = flow_chart(steps, A4)
    assert_sound(chart, A4 * UNITS)
    assert_text_inside(flow_svg(steps, "Route"))
    assert chart.height / UNITS < LOWEST


def test_the_parts_of_a_handout_stand_where_a_trainer_looks_for_them() -> None:
    """A detour beside its question, and the outcomes beside each other in the order of the answers."""
    steps = handout("HO-21", NORMAL)
    places = {steps[box.node]["id"]: box for box in flow_chart(steps).boxes}
    assert places["twijfel"].x + places["twijfel"].width < places["overleg"].x
    assert places["overleg"].bottom < places["zelf"].y
    outcomes = [places[name] for name in ("zelfstandig", "tussenstap", "met-hulpverlener")]
    assert len({box.y for box in outcomes}) == 1
    assert [box.x for box in outcomes] == sorted(box.x for box in outcomes)
    assert max(box.bottom for box in outcomes) < places["slotvraag"].y


def test_two_questions_lead_to_the_same_step() -> None:
    steps = [
        step("een", ("samen", "ja"), ("twee", "nee"), question=True),
        step("twee", ("samen", "ja"), ("drie", "nee"), question=True),
        step("drie", "samen"),
        step("samen"),
    ]
    chart = flow_chart(steps)
    assert_sound(chart, A4 * UNITS)
    assert len({arrow.points[-1] for arrow in chart.arrows if arrow.way.target == 3}) == 1, "one head, where the arrows come together"


@pytest.mark.parametrize("width", [A4, A5])
def test_a_deep_chain_stays_within_a_page(width: float) -> None:
    steps = [step(f"s{number}", *([f"s{number + 1}"] if number < 13 else [])) for number in range(14)]
    chart = flow_chart(steps, width)
    assert_sound(chart, width * UNITS)
    assert all(len(arrow.points) == 2 for arrow in chart.arrows), "straight down"
    assert chart.height / UNITS < LOWEST


def test_two_answers_may_lead_to_the_same_step() -> None:
    chart = flow_chart([step("een", ("twee", "ja"), ("twee", "ja"), ("twee", "nee"), question=True), step("twee")])
    assert_sound(chart, A4 * UNITS)
    assert len({arrow.points[0] for arrow in chart.arrows}) == 3


def test_one_step_without_arrows_is_a_chart_too() -> None:
    assert_sound(flow_chart([step("een")]), A4 * UNITS)


@pytest.mark.parametrize("width", [A4, A5])
def test_the_picture_holds_all_words_and_arrows(width: float) -> None:
    steps = handout("HO-21", NORMAL)
    root = ElementTree.fromstring(flow_svg(steps, "Keuzehulp", width))
    words = "".join("".join(root.itertext()).split())
    for each in steps:
        assert "".join(each["text"].split()) in words
        assert all("".join(name.split()) in words for name in each["offers"])
    assert words.count("•") == sum(map(len, NORMAL))
    answers = [group for group in root.iter(f"{SVG}g") if group.get("class") == "antwoord"]
    assert sorted("".join(group.itertext()) for group in answers) == ["ja"] * 3 + ["nee"] * 3
    targets = {way["to"] for each in steps for way in each["next"]}
    drawn = [group for group in root.iter(f"{SVG}g") if group.get("class") == "pijl"]
    assert len(drawn) == len(targets)
    # Every arrow is a line of its own in the group of its target; every target has a head.
    assert sum(str(group.findall(f"{SVG}path")[-1].get("d")).count("M") for group in drawn) == sum(len(each["next"]) for each in steps)
    assert all(group.findall(f"{SVG}polygon") for group in drawn)


def test_letters_are_ten_points_on_paper() -> None:
    svg = flow_svg(handout("HO-22", []), "Keuzehulp")
    units = float(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    smallest = min(map(float, re.findall(r'font-size="([\d.]+)"', svg)))
    # The text of a sheet is 174 millimetres wide, a little less than the picture was made for.
    assert smallest / units * 174 / 25.4 * 72 >= 10


def test_a_question_has_another_shape_and_a_thicker_border() -> None:
    root = ElementTree.fromstring(flow_svg([step("een", ("twee", "ja"), question=True), step("twee")], "Route"))
    question, plain = (next(iter(group)) for group in root.iter(f"{SVG}g") if group.get("class") == "vak")
    assert (question.tag, plain.tag) == (f"{SVG}polygon", f"{SVG}rect")
    assert float(question.get("stroke-width", "")) > 1.5 * float(plain.get("stroke-width", ""))


def test_a_blank_box_has_lines_to_write_on() -> None:
    def lines(**more: Any) -> int:
        group = next(ElementTree.fromstring(flow_svg([step("een", **more)], "Route")).iter(f"{SVG}g"))
        return len(group.findall(f"{SVG}path"))

    assert lines(blank=True) == 2
    assert lines() == 0
    assert lines(blank=True, offers=OFFERS) == 0, "what is known stands there instead"


def test_texts_are_escaped() -> None:
    svg = flow_svg([step("een", ("twee", "<ja>"), text="<b>&</b>", offers=["<i>"]), step("twee")], 'Een "<titel>"')
    root = ElementTree.fromstring(svg)
    assert root.get("aria-label") == 'Een "<titel>"'
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == 'Een "<titel>"'
    assert {"<b>&</b>", "<i>", "<ja>"} <= {text.text for text in root.iter(f"{SVG}text")}


def test_the_same_steps_give_the_same_picture() -> None:
    code = "from tests.test_flow import *; sys.stdout.write(flow_svg(any_chart(7), 'Route'))"
    start = [sys.executable, "-c", code]
    root = HANDOUTS.parents[2]
    runs = [
        subprocess.run(start, capture_output=True, check=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in "12"
    ]
    assert runs[0] == runs[1] != b""


def test_a_route_that_turns_back_is_refused() -> None:
    with pytest.raises(CycleError):
        flow_svg([step("een", "twee"), step("twee", "een")], "Route")


def test_words_are_never_wider_than_was_measured() -> None:
    """Of the font that is printed, in the heavier weight; for all texts of the handouts."""
    font = TTFont(source(*FACES["source-sans-semibold"]))
    widths, glyphs = font["hmtx"], font.getBestCmap()
    for path in HANDOUTS.glob("*.yaml"):
        for word in path.read_text(encoding="utf-8").split():
            real = sum(widths[glyphs[ord(letter)]][0] for letter in word) / font["head"].unitsPerEm * 15
            assert real <= text_width(word), word


def test_the_text_twin_says_the_same() -> None:
    steps = [
        step("een", ("drie", "ja"), ("twee", "nee"), question=True, text="Kan het?"),
        step("twee", "drie", offers=["Wandelgroep"]),
        step("drie", blank=True),
    ]
    assert flow_text(steps) == [
        {"number": 1, "text": "Kan het?", "question": True, "offers": [], "blank": False, "ways": ["Ja: ga naar 3.", "Nee: ga naar 2."]},
        {"number": 2, "text": "Stap twee", "question": False, "offers": ["Wandelgroep"], "blank": False, "ways": ["Ga naar 3."]},
        {"number": 3, "text": "Stap drie", "question": False, "offers": [], "blank": True, "ways": []},
    ]
