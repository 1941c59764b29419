"""Drawings: the right places, labels that never meet, and text that stays text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kbrollout.tracker.charts import PERCENT, Point, bar, line_chart, scale_of, written

START = date(2026, 3, 1)


def points(*values: str, gap: int = 100) -> list[Point]:
    return [Point(START + timedelta(days=gap * number), Decimal(value), value) for number, value in enumerate(values)]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def places(svg: str, name: str) -> list[dict[str, str]]:
    return [dict(each.attrib) for each in drawn(svg).iter() if each.get("class") == name]


@pytest.mark.parametrize(
    ("value", "text"),
    [("7.4000", "7,4"), ("7", "7"), ("0", "0"), ("-2.5", "-2,5"), ("1250000", "1.250.000"), ("1000.0625", "1.000,0625"), ("100", "100")],
)
def test_values_are_written_as_here(value: str, text: str) -> None:
    assert written(Decimal(value)) == text


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        (["6.8", "7.4"], ["0", "2", "4", "6", "8"]),
        (["0"], ["0", "0,2", "0,4", "0,6", "0,8", "1"]),
        (["100"], ["0", "20", "40", "60", "80", "100"]),
        (["-2.5", "4"], ["-4", "-2", "0", "2", "4"]),
        (["11900000.5", "12500000"], ["0", "5.000.000", "10.000.000", "15.000.000"]),
        ([], ["0", "0,2", "0,4", "0,6", "0,8", "1"]),
    ],
)
def test_scales_are_round_and_hold_nought_and_all_values(values: list[str], ticks: list[str]) -> None:
    given = [Decimal(value) for value in values]
    scale = scale_of(given)
    if values != ["0"] and values:
        assert [written(tick) for tick in scale.ticks] == ticks
    assert 2 <= len(scale.ticks) <= 7
    assert scale.ticks[0] <= min([*given, Decimal(0)]) <= max([*given, Decimal(0)]) <= scale.ticks[-1]


def test_a_line_goes_from_left_to_right_by_its_days() -> None:
    early, middle, late = (
        Point(START, Decimal(0), "a"),
        Point(START + timedelta(25), Decimal(50), "b"),
        Point(START + timedelta(100), Decimal(100), "c"),
    )
    svg = line_chart("Voortgang", [[early, middle, late]], PERCENT)
    ways = places(svg, "way")
    assert [(way["x1"], way["x2"]) for way in ways] == [("0.0%", "25.0%"), ("25.0%", "100.0%")]
    heights = [float(way["y1"].removesuffix("em")) for way in ways]
    assert heights[0] > heights[1]  # higher values stand higher
    assert not places(svg, "break")


def test_it_says_in_words_what_it_shows() -> None:
    svg = line_chart("Voortgang", [points("10", "40")], PERCENT)
    root = drawn(svg)
    assert root.get("role") == "img"
    assert root.findtext("title") == "Voortgang: van 10 op 1-3-2026 naar 40 op 9-6-2026"


def test_parts_are_not_joined() -> None:
    first, second, third, fourth = points("1", "2", "3", "4")
    svg = line_chart("x", [[first, second], [third, fourth]], scale_of([Decimal(4)]))
    assert [(way["x1"], way["x2"]) for way in places(svg, "way")] == [("0.0%", "33.33%"), ("66.67%", "100.0%")]
    assert [each["x1"] for each in places(svg, "break")] == ["50.0%"]


@pytest.mark.parametrize("values", [("10", "40"), ("40", "10"), ("50", "50"), ("0", "0"), ("100", "100"), ("0", "100")])
def test_labels_never_meet(values: tuple[str, str]) -> None:
    """First and last value stand on different heights, or at either side of all there is between; days stand below both."""
    svg = line_chart("x", [points(*values)], PERCENT)
    first, last = places(svg, "value")

    def baseline(label: dict[str, str]) -> float:
        return float(label["y"].removesuffix("em")) + float(label.get("dy", "0em").removesuffix("em"))

    assert (first["text-anchor"], last["text-anchor"]) == ("start", "end")
    assert abs(baseline(first) - baseline(last)) >= 1.2
    days = [each for each in places(svg, "tick") if "dx" not in each]
    assert len(days) == 2
    assert all(baseline(day) - baseline(label) >= 1.2 for day in days for label in (first, last))
    assert all(0.8 <= baseline(label) <= float(drawn(svg).attrib["height"].removesuffix("em")) for label in (first, last, *days))


@pytest.mark.parametrize("parts", [[], [[]], [points("3")], [points("3", "4", gap=0)]])
def test_what_is_no_line_is_not_drawn(parts: list[list[Point]]) -> None:
    assert line_chart("x", parts, PERCENT) == ""


def test_text_stays_text_and_nothing_needs_a_style_attribute() -> None:
    evil = '<script>alert("1")</script>'
    found = [Point(each.on, each.value, evil) for each in points("1", "2")]
    svg = line_chart(evil, [found], PERCENT)
    assert "<script" not in svg
    assert svg.count("&lt;script&gt;") >= 3
    assert not re.search(r"\sstyle=|\son\w+=", svg)


@pytest.mark.parametrize(("then", "now"), [(10, 40), (0, 0), (100, 100), (None, 40), (10, None), (None, None)])
def test_a_bar_shows_now_and_a_mark_shows_then(then: int | None, now: int | None) -> None:
    root = drawn(bar(then, now))
    assert root.get("aria-hidden") == "true"
    assert [each.get("width") for each in root.iter("rect")][1:] == ([f"{now}%"] if now is not None else [])
    marks = [each.get("x1") for each in root.iter("line")]
    assert marks == ([f"{min(max(then, 1), 99)}%"] if then is not None else [])
