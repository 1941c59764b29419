"""The parts of a Gantt chart: the scale of days, the calendar along the top, and the signs for bars, gates and fixed days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import pairwise

from kbrollout.grammar import MONTHS
from kbrollout.render.svg import ACCENT, INK, PAPER, QUIET, SOFT, text_width

FONT, LINE = 12.5, 14.5
_DAY = timedelta(days=1)
_SHORTEST = 3.0
"""A bar of one day on a long calendar would be invisible."""


@dataclass(frozen=True)
class Look:
    """A kind of bar. `slope` is that of its hatching: 1 diagonal, 0 upright, None without; `edge` the width of its border."""

    name: str
    fill: str
    stroke: str
    slope: int | None = None
    edge: float = 1.1


@dataclass(frozen=True)
class Scale:
    """Days on a line: from the first of a month up to (not including) the first of another."""

    first: date
    after: date
    left: float
    right: float

    @classmethod
    def of(cls, first: date, last: date, left: float, right: float) -> Scale:
        """The whole months from a first to a last day."""
        return cls(first.replace(day=1), next_month(last), left, right)

    def x(self, day: str | date) -> float:
        """Where a day begins."""
        found = day if isinstance(day, date) else date.fromisoformat(day)
        return self.left + (found - self.first).days / (self.after - self.first).days * (self.right - self.left)

    def span(self, first: str, last: str) -> tuple[float, float]:
        """Where a period begins and ends; both days belong to it."""
        left = self.x(first)
        return left, max(self.x(date.fromisoformat(last) + _DAY), left + _SHORTEST)

    def middle(self, day: str) -> float:
        left, right = self.x(day), self.x(date.fromisoformat(day) + _DAY)
        return (left + right) / 2

    @property
    def months(self) -> Iterator[date]:
        """The first day of every month."""
        month = self.first
        while month < self.after:
            yield month
            month = next_month(month)


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def text(x: float, y: float, words: str, ink: str, weight: int = 400) -> str:
    style = f'font-family="Source Sans" font-size="{FONT}" font-weight="{weight}" fill="{ink}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def label(x: float, y: float, words: str, ink: str, ground: str) -> Iterator[str]:
    """A line of text that stays readable where a line of the calendar runs behind it."""
    yield f'<rect x="{x - 1:.1f}" y="{y + 1:.1f}" width="{text_width(words, FONT) + 1:.1f}" height="{LINE - 1.5:.1f}" fill="{ground}"/>'
    yield text(x, y + FONT - 1, words, ink, 600)


def rule(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 3"' if dashed else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    said = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plaat" role="img" aria-label="{said}" viewBox="0 0 {width:.0f} {height:.0f}">'
        f'<title>{said}</title><rect width="{width:.0f}" height="{height:.0f}" fill="{SOFT}"/>{"".join(parts)}</svg>'
    )


HEAD = 2 * LINE + 5
"""The height of years and months along the top."""


def axis(scale: Scale, top: float, bottom: float) -> Iterator[str]:
    """A light sheet with a line for every month; above it the years and the months, as far as their names fit."""
    yield f'<rect x="{scale.left:.1f}" y="{top:.1f}" width="{scale.right - scale.left:.1f}" height="{bottom - top:.1f}" fill="{PAPER}"/>'
    for month in scale.months:
        x, new_year = scale.x(month), month.month == 1
        yield rule(x, LINE if new_year else top, x, bottom, QUIET if new_year else "#d3dddc", 1.2 if new_year else 0.8)
    for first in [month for month in scale.months if month.month == 1 or month == scale.first]:
        room = scale.x(min(date(first.year + 1, 1, 1), scale.after)) - scale.x(first)
        if text_width(str(first.year), FONT) + 6 <= room:
            yield text(scale.x(first) + 3, FONT + 1, str(first.year), INK, 600)
    for x, width, name in _names(scale):
        yield text(x + (width - text_width(name, FONT)) / 2, LINE + FONT + 1, name, QUIET)


def _names(scale: Scale) -> list[tuple[float, float, str]]:
    """What stands below the years: months, or where they do not fit their first letters, or else quarters."""
    starts = [*scale.months, scale.after]
    months = [(scale.x(first), scale.x(last) - scale.x(first), first) for first, last in pairwise(starts)]
    for length in (3, 1):
        named = [(x, width, short_month(month)[:length]) for x, width, month in months]
        if all(text_width(name, FONT) + 2 <= width for _, width, name in named):
            return named
    quarters = [month for month in scale.months if month.month % 3 == 1]
    wide = [(scale.x(month), 3 * months[0][1], f"K{month.month // 3 + 1}") for month in quarters]
    return [each for each in wide if text_width(each[2], FONT) + 2 <= each[1] and each[0] + each[1] <= scale.right + 1]


def short_month(day: date) -> str:
    """The month in three letters: `jan`, `mrt`."""
    return "mrt" if day.month == 3 else MONTHS[day.month - 1][:3]


def free_days(scale: Scale, period: Sequence[str], top: float, bottom: float) -> Iterator[str]:
    """A light band over days on which nobody works, as far as they are on the calendar."""
    left, right = scale.span(*period)
    left, right = max(left, scale.left), min(right, scale.right)
    if left < right:
        yield f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" fill="#eef1f0"/>'
        yield hatching(left, top, right - left, bottom - top, "#ccd6d5", 1, 7)


def bar(x: float, y: float, width: float, height: float, look: Look) -> Iterator[str]:
    """A bar; one of the longest chain has a thick border."""
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{look.fill}" stroke="{look.stroke}" stroke-width="{look.edge}"/>'
    )
    if look.slope is not None:
        yield hatching(x, y, width, height, look.stroke, look.slope, 4)


def hatching(x: float, y: float, width: float, height: float, stroke: str, slope: int, gap: int) -> str:
    """Lines that fill a box and stay in it: diagonal (slope 1) or upright (slope 0)."""
    lines = []
    for number in range(1, int((width + (height if slope else 0)) / gap) + 1):
        reach = float(number * gap)
        left, right = (max(0.0, reach - height), min(width, reach)) if slope else (reach, reach)
        if slope:
            lines.append(f"M{x + left:.1f} {y + reach - left:.1f}l{right - left:.1f} {left - right:.1f}")
        elif reach < width:
            lines.append(f"M{x + left:.1f} {y:.1f}v{height:.1f}")
    return f'<path d="{"".join(lines)}" fill="none" stroke="{stroke}" stroke-width="0.8"/>'


def diamond(x: float, y: float) -> str:
    """The sign of a gate."""
    points = f"{x:.1f},{y - 6.5:.1f} {x + 6.5:.1f},{y:.1f} {x:.1f},{y + 6.5:.1f} {x - 6.5:.1f},{y:.1f}"
    return f'<polygon points="{points}" fill="{ACCENT}" stroke="{PAPER}" stroke-width="1"/>'


def pin(x: float, y: float) -> str:
    """The sign of a day that is fixed: a triangle that stands on the top of a bar."""
    points = f"{x - 5:.1f},{y - 4:.1f} {x + 5:.1f},{y - 4:.1f} {x:.1f},{y + 4:.1f}"
    return f'<polygon points="{points}" fill="{PAPER}" stroke="{INK}" stroke-width="1.5"/>'
