"""Drawings as SVG from plain data, for pages without scripts.

Widths are in percents and heights in em: a drawing fills the room there is, on a phone too, while its text keeps its size and grows
with the letters that the reader chose. Colours are in the style sheet (`.chart`). The same figures stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TOP, BOTTOM, HEIGHT = 1.8, 10.8, 14.4
"""In em: where the highest and the lowest value are drawn, and how high the whole is. Between lies room for labels."""


@dataclass(frozen=True)
class Point:
    """A value of one day, and how it is written."""

    on: date
    value: Decimal
    words: str


@dataclass(frozen=True)
class Scale:
    """The values at which a line is drawn from left to right, the lowest first, and what is written behind each."""

    ticks: tuple[Decimal, ...]
    sign: str = ""

    def at(self, value: Decimal) -> float:
        """How high a value is drawn, in em from the top."""
        low, high = self.ticks[0], self.ticks[-1]
        return round(BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low)), 2)


PERCENT = Scale((Decimal(0), Decimal(50), Decimal(100)), "%")


def written(value: Decimal) -> str:
    """A value as it is written here: `7,4`, `1.250`."""
    return f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))


def scale_of(values: Sequence[Decimal]) -> Scale:
    """Round values around nought and all of `values`: a line that starts elsewhere makes small differences look large."""
    low, high = min((*values, Decimal(0))), max((*values, Decimal(0)))
    step = _step(high - low or Decimal(1))
    return Scale(tuple(step * number for number in range(_floor(low / step), max(1, -_floor(-high / step)) + 1)))


def line_chart(title: str, parts: Sequence[Sequence[Point]], scale: Scale) -> str:
    """Points in the order of their days; those of one part are joined, and between two parts there is a dotted line.

    Empty when all is of one day: one value is no line.
    """
    points = [point for part in parts for point in part]
    if len({point.on for point in points}) < 2:
        return ""
    first, last = points[0].on, points[-1].on
    days = (last - first).days

    def across(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    breaks = [(across(one[-1].on) + across(other[0].on)) / 2 for one, other in pairwise(parts)]
    drawn = [*_grid(scale), *_breaks(breaks)]
    for part in parts:
        places = [(across(point.on), scale.at(point.value)) for point in part]
        drawn += [format_html('<line class="way" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>', *one, *other) for one, other in pairwise(places)]
        drawn += [format_html('<circle cx="{}%" cy="{}em" r=".3em"/>', *place) for place in places]
    drawn += [*_values(points, scale), *_days(first, last)]
    width = max(len(_tick(scale, tick)) for tick in scale.ticks)
    room = "narrow" if width <= 4 else "medium" if width <= 8 else "broad"
    return format_html(
        '<svg class="chart {}" role="img" width="100%" height="{}em"><title>{}: {}</title>{}</svg>',
        *(room, HEIGHT, title, _summary(points), format_html_join("", "{}", ((each,) for each in drawn))),
    )


def bar(then: int | None, now: int | None) -> str:
    """A bar as long as the percentage of now, with a mark at that of then. The figures stand beside it in words."""
    done = format_html('<rect class="done" width="{}%" height="100%"/>', now) if now is not None else ""
    mark = format_html('<line x1="{0}%" x2="{0}%" y1="0" y2="100%"/>', min(max(then, 1), 99)) if then is not None else ""
    return format_html('<svg class="bar then" aria-hidden="true"><rect width="100%" height="100%"/>{}{}</svg>', done, mark)


def _step(span: Decimal) -> Decimal:
    """A round number that goes into the span twice to five times."""
    power = Decimal(10) ** (span.adjusted() - 1)
    return next(step * power for step in map(Decimal, (2, 5, 10, 20, 50)) if span <= 5 * step * power)


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(rounding="ROUND_FLOOR"))


def _tick(scale: Scale, tick: Decimal) -> str:
    return written(tick) + scale.sign


def _summary(points: Sequence[Point]) -> str:
    first, last = points[0], points[-1]
    return f"van {first.words} op {_short(first.on)} naar {last.words} op {_short(last.on)}"


def _short(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _grid(scale: Scale) -> Iterator[SafeString]:
    for tick in scale.ticks:
        height = scale.at(tick)
        yield format_html('<line class="grid" x1="0" x2="100%" y1="{0}em" y2="{0}em"/>', height)
        yield format_html('<text class="tick" x="0" y="{}em" dx="-.6em" dy=".35em" text-anchor="end">{}</text>', height, _tick(scale, tick))


def _breaks(places: Sequence[float]) -> Iterator[SafeString]:
    for place in places:
        yield format_html('<line class="break" x1="{0}%" x2="{0}%" y1="{1}em" y2="{2}em"/>', place, TOP, BOTTOM)


def _values(points: Sequence[Point], scale: Scale) -> Iterator[SafeString]:
    """The first and the last value in words: the higher one above its point and the other below, so that they never meet."""
    first, last = points[0], points[-1]
    for point, other, place, anchor in ((first, last, "0", "start"), (last, first, "100%", "end")):
        above = point.value > other.value or (point.value == other.value and point is last)
        shift = "-.7em" if above else "1.4em"
        yield format_html(
            '<text class="value" x="{}" y="{}em" dy="{}" text-anchor="{}">{}</text>',
            *(place, scale.at(point.value), shift, anchor, point.words),
        )


def _days(first: date, last: date) -> Iterator[SafeString]:
    for day, place, anchor in ((first, "0", "start"), (last, "100%", "end")):
        yield format_html('<text class="tick" x="{}" y="{}em" text-anchor="{}">{}</text>', place, HEIGHT - 0.4, anchor, _short(day))
