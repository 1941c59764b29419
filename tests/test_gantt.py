"""Gantt charts: bars on the right days, labels that never touch, signs that survive a greyscale printer, pages that fit."""

import random
import re
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from kbrollout.render.gantt import HALF_PAGE, LOOKS, PAGE, gantt_svgs
from kbrollout.render.ganttparts import FONT
from kbrollout.render.ganttrows import WIDTH
from kbrollout.render.svg import PAPER, text_width

SVG = "{http://www.w3.org/2000/svg}"
POINTS_ACROSS = (210 - 20 - 16) / 25.4 * 72
"""The width of a picture on A4 between the margins of a sheet, in points."""

Chart = dict[str, Any]


def bar(first: str, last: str, kind: str = "taak", baseline: tuple[str, str] | None = None) -> dict[str, Any]:
    return {"first": first, "last": last, "kind": kind, "baseline": baseline}


def row(label: str, *bars: dict[str, Any], points: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    return {"label": label, "bars": list(bars), "points": list(points)}


def chart(*rows: dict[str, Any], first: str = "2027-01-01", last: str = "2027-12-31", name: str | None = None, **more: Any) -> Chart:
    return {"first": first, "last": last, "free": [], "lines": [], "groups": [{"name": name, "rows": list(rows)}], **more}


def drawn(data: Chart, most: float = PAGE) -> list[ET.Element]:
    return [ET.fromstring(picture) for picture in gantt_svgs(data, "Titel.", most)]


def one(data: Chart) -> ET.Element:
    (picture,) = drawn(data)
    return picture


def sheet(picture: ET.Element) -> tuple[float, float]:
    """Where the calendar begins and ends, from left to right."""
    paper = next(each for each in picture.iter(f"{SVG}rect") if each.get("fill") == PAPER and float(each.get("height", 0)) > 9)
    left = float(paper.get("x", 0))
    return left, left + float(paper.get("width", 0))


def bars_of(picture: ET.Element, kind: str = "taak") -> list[tuple[float, float, float, float]]:
    """The bars of a kind as left, top, right, bottom; without the sample in the legend, which comes last."""
    found = [
        each for each in picture.iter(f"{SVG}rect") if (each.get("fill"), each.get("stroke")) == (LOOKS[kind].fill, LOOKS[kind].stroke)
    ]
    return [box(each) for each in found][:-1]


def box(rect: ET.Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def texts_of(picture: ET.Element) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Every text with the box that its letters take."""
    found = []
    for each in picture.iter(f"{SVG}text"):
        x, y, words = float(each.get("x", 0)), float(each.get("y", 0)), each.text or ""
        found.append((words, (x, y - 0.74 * FONT, x + text_width(words, FONT), y + 0.24 * FONT)))
    return found


def apart(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    return first[2] <= second[0] + 0.2 or second[2] <= first[0] + 0.2 or first[3] <= second[1] + 0.2 or second[3] <= first[1] + 0.2


def day(number: int) -> str:
    return (date(2027, 1, 1) + timedelta(days=number)).isoformat()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft en alle partners van de wijk samen ↔ WWW"


def wild_chart(seed: int) -> Chart:
    """Anything that a plan may hold: long names, short and long bars, points with and without labels, many lines."""
    dice = random.Random(seed)
    length = dice.choice([40, 300, 800, 1500])

    def moment() -> str:
        return day(dice.randrange(length))

    def period() -> tuple[str, str]:
        first = dice.randrange(length)
        return day(first), day(min(length, first + dice.choice([0, 5, 60, 400])))

    def wild_row(number: int) -> dict[str, Any]:
        bars = [bar(*period(), dice.choice(list(LOOKS)), dice.choice([None, period()])) for _ in range(dice.randrange(4))]
        labels = [dice.choice(["", "20 mei 2027", "31 aug 2027 (vast)"]) for _ in range(dice.randrange(3))]
        points = [{"day": moment(), "kind": "poort" if label else "vast", "label": label} for label in labels]
        return row(dice.choice([f"Taak {number}", LONG[: dice.randrange(20, 120)]]), *bars, points=tuple(points))

    rows = [wild_row(number) for number in range(dice.randrange(2, 45))]
    days = sorted(moment() for _ in range(dice.randrange(6)))
    lines = [{"day": each, "label": dice.choice(["golf 1", LONG]), "strong": dice.random() < 0.3} for each in days]
    return chart(*rows, last=day(length), name=dice.choice([None, "Groep"]), free=[list(period())], lines=lines)


def test_bars_stand_on_their_days() -> None:
    picture = one(chart(row("een", bar("2027-04-01", "2027-06-30")), row("twee", bar("2027-12-31", "2027-12-31"))))
    left, right = sheet(picture)
    per_day = (right - left) / 365
    first, second = bars_of(picture)
    assert first[0] == pytest.approx(left + 90 * per_day, abs=0.1)
    assert first[2] == pytest.approx(left + 181 * per_day, abs=0.2)
    assert second[0] == pytest.approx(left + 364 * per_day, abs=0.1)
    assert second[2] - second[0] >= 2.9, "a bar of one day can still be seen"


def test_the_calendar_has_whole_months_with_names_above_them() -> None:
    picture = one(chart(row("een", bar("2026-11-20", "2027-02-03")), first="2026-11-20", last="2027-02-03"))
    left, right = sheet(picture)
    named = {words: (place[0] + place[2]) / 2 for words, place in texts_of(picture)}
    months = {"nov": (0, 30), "dec": (30, 61), "jan": (61, 92), "feb": (92, 120)}
    for name, (first, after) in months.items():
        assert named[name] == pytest.approx(left + (first + after) / 2 / 120 * (right - left), abs=0.2)
    assert {"2026", "2027"} <= named.keys()


@pytest.mark.parametrize(("months", "shown"), [(6, "mrt"), (24, "m"), (50, "K2")])
def test_names_of_months_get_shorter_on_a_longer_calendar(months: int, shown: str) -> None:
    last = (date(2027, 1, 1) + timedelta(days=30 * months - 20)).isoformat()
    words = [words for words, _ in texts_of(one(chart(row("een", bar("2027-01-04", last)), last=last)))]
    assert shown in words


@pytest.mark.parametrize("seed", range(25))
def test_no_text_touches_another_or_leaves_its_picture(seed: int) -> None:
    for picture in drawn(wild_chart(seed)):
        texts = texts_of(picture)
        for (first, here), (second, there) in combinations(texts, 2):
            assert apart(here, there), (first, second)
        _, _, *whole = (float(each) for each in picture.get("viewBox", "").split())
        for words, (left, top, right, bottom) in texts:
            assert min(left, top) >= 0, words
            assert right <= whole[0] + 0.5, words
            assert bottom <= whole[1], words


@pytest.mark.parametrize("seed", range(25))
def test_no_sign_lies_over_a_label(seed: int) -> None:
    for picture in drawn(wild_chart(seed)):
        corners = [
            [tuple(map(float, each.split(","))) for each in sign.get("points", "").split()] for sign in picture.iter(f"{SVG}polygon")
        ]
        signs = [(min(x for x, _ in each), min(y for _, y in each), max(x for x, _ in each), max(y for _, y in each)) for each in corners]
        left, _ = sheet(picture)
        for words, place in texts_of(picture):
            assert all(apart(place, each) for each in signs if each[0] >= left - 7 and place[0] >= left), words


@pytest.mark.parametrize("seed", range(25))
def test_bars_never_lie_over_each_other_or_over_a_label(seed: int) -> None:
    for picture in drawn(wild_chart(seed)):
        fills = {(look.fill, look.stroke) for look in LOOKS.values()}
        bars = [box(each) for each in picture.iter(f"{SVG}rect") if (each.get("fill"), each.get("stroke")) in fills]
        for first, second in combinations(bars, 2):
            assert apart(first, second)
        left, _ = sheet(picture)
        for words, place in texts_of(picture):
            assert all(apart(place, each) for each in bars if each[0] >= left or place[0] < left), words


def test_the_longest_bar_ends_at_the_edge_of_the_calendar() -> None:
    picture = one(chart(row("een", bar("2027-01-01", "2027-12-31"))))
    left, right = sheet(picture)
    (whole,) = bars_of(picture)
    assert whole[0] == pytest.approx(left, abs=0.1)
    assert whole[2] == pytest.approx(right, abs=0.1)


def test_letters_are_at_least_eight_points_high_on_paper() -> None:
    assert FONT * POINTS_ACROSS / WIDTH >= 8
    assert {each.get("font-size") for each in drawn(wild_chart(3))[0].iter(f"{SVG}text")} == {str(FONT)}


def test_kinds_of_bar_differ_without_colour() -> None:
    def brightness(colour: str) -> float:
        red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    phases = [LOOKS[name] for name in ("voorbereiding", "nulmeting", "invoering", "borging")]
    for first, second in [*combinations(phases, 2), (LOOKS["taak"], LOOKS["keten"])]:
        assert first.slope != second.slope or abs(brightness(first.fill) - brightness(second.fill)) > 60
    assert LOOKS["keten"].edge >= 2 * LOOKS["taak"].edge


def test_hatching_stays_in_its_box() -> None:
    for kind in ("voorbereiding", "borging"):
        picture = one(chart(row("een", bar("2027-02-01", "2027-05-01", kind))))
        shape, path = next(
            (each, after)
            for each, after in zip(picture.iter(), list(picture.iter())[1:], strict=False)
            if each.get("stroke") == LOOKS[kind].stroke and after.tag == f"{SVG}path"
        )
        left, top, right, bottom = box(shape)
        for x, y, way in re.findall(r"M([\d.]+) ([\d.]+)([lv][-\d. ]+)", path.get("d", "")):
            numbers = [float(each) for each in way[1:].split()]
            across, down = (numbers[0], numbers[1]) if way[0] == "l" else (0.0, numbers[0])
            for at_x, at_y in ((float(x), float(y)), (float(x) + across, float(y) + down)):
                assert left - 0.1 <= at_x <= right + 0.1
                assert top - 0.1 <= at_y <= bottom + 0.1


def test_names_are_text_whatever_is_in_them() -> None:
    name = '<script>alert("x")</script> & “aanhaling”'
    data = chart(row(name, bar("2027-01-04", "2027-02-01")), name=name, lines=[{"day": "2027-03-01", "label": name, "strong": False}])
    (made,) = gantt_svgs(data, name)
    assert "<script" not in made
    said = " ".join(words for words, _ in texts_of(ET.fromstring(made)))
    assert said.count('alert("x")</script>') == 3
    assert ET.fromstring(made).findtext(f"{SVG}title") == name


def test_a_picture_says_what_it_is() -> None:
    picture = one(chart(row("een", bar("2027-01-04", "2027-02-01"))))
    assert (picture.get("role"), picture.get("aria-label"), picture.findtext(f"{SVG}title")) == ("img", "Titel.", "Titel.")


def test_a_long_chart_becomes_several_pictures_that_fit_half_a_page() -> None:
    rows = [row(f"Taak nummer {number}", bar(day(8 * number), day(8 * number + 9))) for number in range(90)]
    made = drawn(chart(*rows, last=day(800)), HALF_PAGE)
    heights = [float(picture.get("viewBox", "").split()[3]) for picture in made]
    assert len(made) == 4
    assert max(heights) <= HALF_PAGE
    assert max(heights) - min(heights) < 60, "the parts are about equally high"
    said = [words for picture in made for words, _ in texts_of(picture) if words.startswith("Taak nummer")]
    assert said == [each["label"] for each in rows]
    assert [picture.get("aria-label") for picture in made] == [f"Titel. Deel {number} van 4." for number in range(1, 5)]
    assert {sheet(picture) for picture in made} == {sheet(made[0])}, "all parts have the same calendar"


def test_a_heading_is_never_left_alone_at_the_end_of_a_part() -> None:
    groups = [{"name": f"Groep {n}", "rows": [row(f"Rij {n}.{m}", bar(day(n), day(n + 40))) for m in range(7)]} for n in range(9)]
    for most in (150, 200, 250, 300, 480):
        for picture in drawn({**chart(), "groups": groups}, most):
            names = [words for words, _ in texts_of(picture) if words.startswith(("Groep", "Rij"))]
            assert not names[-1].startswith("Groep")


def test_the_legend_has_the_signs_of_the_chart_and_no_others() -> None:
    everything = chart(
        row("een", bar("2027-01-04", "2027-02-01", "keten", ("2027-01-11", "2027-02-08"))),
        row("twee", points=({"day": "2027-03-01", "kind": "poort", "label": "1 mrt 2027"},)),
        row("drie", bar("2027-01-04", "2027-02-01"), points=({"day": "2027-02-01", "kind": "vast", "label": ""},)),
        free=[["2027-02-20", "2027-02-28"]],
    )
    words = {words for words, _ in texts_of(one(everything))}
    assert {"taak in de langste keten", "taak", "poort", "vaste dag", "vakantie of gesloten", "zoals vastgelegd"} <= words
    plain = {words for words, _ in texts_of(one(chart(row("een", bar("2027-01-04", "2027-02-01")))))}
    assert not plain & {"taak in de langste keten", "poort", "vaste dag", "vakantie of gesloten", "zoals vastgelegd"}


def test_the_plan_as_it_was_lies_as_a_thin_line_below_its_bar() -> None:
    picture = one(chart(row("een", bar("2027-05-01", "2027-06-30", "taak", ("2027-04-01", "2027-05-31")))))
    left, right = sheet(picture)
    ((_, _, _, bottom),) = bars_of(picture)
    then = next(each for each in picture.iter(f"{SVG}line") if each.get("stroke-width") == "1.8")
    assert float(then.get("x1", 0)) == pytest.approx(left + 90 / 365 * (right - left), abs=0.1)
    assert float(then.get("x2", 0)) == pytest.approx(left + 151 / 365 * (right - left), abs=0.1)
    assert bottom < float(then.get("y1", 0)) < bottom + 5


def test_the_same_chart_gives_the_same_picture() -> None:
    assert gantt_svgs(wild_chart(7), "x") == gantt_svgs(wild_chart(7), "x")
