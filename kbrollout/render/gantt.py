"""Gantt charts as SVG from data: rows of bars on a calendar, for paper as well as for the screen.

Bars differ by pattern and border too, so that they can be told apart in greyscale. Labels get a line of their own where
they would touch another one. Every chart has a table with the same tasks in its document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kbrollout.render.ganttparts import (
    FONT,
    HEAD,
    LINE,
    Look,
    Scale,
    axis,
    bar,
    diamond,
    free_days,
    hatching,
    label,
    picture,
    pin,
    rule,
    text,
)
from kbrollout.render.ganttrows import MARGIN, PAD, WIDTH, Entry, Extent, Row, free, label_width, parts_of, rows_of
from kbrollout.render.svg import ACCENT, BRAND, INK, PAPER, QUIET, SOFT, text_width, wrapped

PAGE, HALF_PAGE = 960.0, 490.0
"""Heights that fit: a higher picture would be made smaller to fit its page. It is cut into parts."""
BAR = 8.0
"""The height of a bar."""

LOOKS: Mapping[str, Look] = {
    "voorbereiding": Look("voorbereiding", PAPER, BRAND, slope=1),
    "nulmeting": Look("nulmeting", BRAND, BRAND),
    "invoering": Look("invoering", "#b5d3d6", BRAND),
    "borging": Look("borging", PAPER, ACCENT, slope=0),
    "taak": Look("taak", "#d3e4e6", BRAND),
    "keten": Look("taak in de langste keten", BRAND, INK, edge=2.2),
}
"""What the kinds of bar look like, and what the legend calls them."""

SIGNS = {"poort": "poort", "vast": "vaste dag", "vrij": "vakantie of gesloten", "toen": "zoals vastgelegd"}
"""The other signs, and what the legend calls them."""


@dataclass(frozen=True)
class _Flag:
    """The label of an upright line, and the line of text above the chart where it begins."""

    x: float
    line: int
    words: list[str]


@dataclass(frozen=True)
class _Sample:
    """A sign of the legend."""

    x: float
    line: int
    kind: str


def gantt_svgs(chart: Entry, title: str, most: float = HALF_PAGE) -> list[str]:
    """The chart as one picture, or as several where it would be higher than `most`."""
    scale = Scale.of(date.fromisoformat(chart["first"]), date.fromisoformat(chart["last"]), label_width(chart) + 2 * MARGIN, WIDTH - MARGIN)
    flags, legend = _flags(chart["lines"], scale), _legend(chart)
    parts = parts_of(rows_of(chart, scale), most - _top(flags) - _bottom(legend))
    titles = [title] if len(parts) == 1 else [f"{title} Deel {number} van {len(parts)}." for number in range(1, len(parts) + 1)]
    return [_drawn(chart, scale, rows, flags, legend, name) for rows, name in zip(parts, titles, strict=True)]


def _flags(lines: Sequence[Entry], scale: Scale) -> list[_Flag]:
    """Where the labels of the upright lines stand, so that none touches another."""
    taken: dict[int, list[Extent]] = {}
    flags = []
    for each in lines:
        words = wrapped(each["label"], (scale.right - scale.left) * 0.45, FONT)
        width, day = max(text_width(line, FONT) for line in words) + 4, scale.x(each["day"])
        x = day + 3 if day + 3 + width <= scale.right else max(scale.left, day - 3 - width)
        first = 0
        while not all(free(taken.get(first + number, []), (x, x + width)) for number in range(len(words))):
            first += 1
        for number in range(len(words)):
            taken.setdefault(first + number, []).append((x, x + width))
        flags.append(_Flag(x, first, words))
    return flags


def _top(flags: Sequence[_Flag]) -> float:
    """Where the rows begin."""
    return HEAD + max((each.line + len(each.words) for each in flags), default=0) * LINE + (4 if flags else 0)


def _drawn(chart: Entry, scale: Scale, rows: Sequence[Row], flags: Sequence[_Flag], legend: Sequence[_Sample], title: str) -> str:
    """One picture. The order is that of layers: calendar, upright lines and their labels, rows, legend."""
    top = _top(flags)
    bottom = top + sum(row.height for row in rows)
    parts = [*axis(scale, top, bottom), *(each for period in chart["free"] for each in free_days(scale, period, top, bottom))]
    parts += _lines_svg(chart["lines"], scale, flags, bottom)
    y = top
    for row in rows:
        parts += _row_svg(row, y, scale)
        y += row.height
    parts += [part for sample in legend for part in _sample_svg(sample, bottom + 6 + sample.line * LINE)]
    return picture(WIDTH, bottom + _bottom(legend), title, parts)


def _lines_svg(lines: Sequence[Entry], scale: Scale, flags: Sequence[_Flag], bottom: float) -> Iterator[str]:
    """The upright lines, and their labels above the chart."""
    for each in lines:
        x = scale.x(each["day"])
        yield rule(x, HEAD, x, bottom, ACCENT, 2.2 if each["strong"] else 1.3, dashed=not each["strong"])
    for flag in flags:
        for number, words in enumerate(flag.words, flag.line):
            yield from label(flag.x, HEAD + number * LINE, words, ACCENT, SOFT)


def _row_svg(row: Row, y: float, scale: Scale) -> Iterator[str]:
    ink, weight = (ACCENT, 600) if row.heading else (INK, 400)
    if not row.heading:
        yield rule(MARGIN, y + row.height, scale.right, y + row.height, "#dde5e4", 1)
    for number, line in enumerate(row.label):
        yield text(MARGIN, y + PAD + LINE * number + FONT - 1, line, ink, weight)
    for lane, each in row.bars:
        at = y + row.lane(lane) - BAR / 2
        left, right = scale.span(each["first"], each["last"])
        yield from bar(left, at, right - left, BAR, LOOKS[each["kind"]])
        if each["baseline"]:
            then = scale.span(*each["baseline"])
            yield rule(then[0], at + BAR + 2.4, then[1], at + BAR + 2.4, INK, 1.8)
    for lane, x, each in row.points:
        at = y + row.lane(lane)
        if each["label"]:
            yield from label(x, at - LINE / 2, each["label"], INK, PAPER)
        yield _sign(each["kind"], scale.middle(each["day"]), at)


def _sign(kind: str, x: float, middle: float) -> str:
    return diamond(x, middle) if kind == "poort" else pin(x, middle - BAR / 2)


def _legend(chart: Entry) -> list[_Sample]:
    """What the signs mean: only those that the chart has."""
    rows = [row for group in chart["groups"] for row in group["rows"]]
    used = {each["kind"] for row in rows for each in (*row["bars"], *row["points"])}
    used |= {"vrij"} if chart["free"] else set()
    used |= {"toen"} if any(each["baseline"] for row in rows for each in row["bars"]) else set()
    placed, x, line = [], MARGIN, 0
    for kind in (*LOOKS, *SIGNS):
        if kind in used:
            width = 26 + text_width(_name(kind), FONT) + 10
            if x > MARGIN and x + width > WIDTH - MARGIN:
                x, line = MARGIN, line + 1
            placed.append(_Sample(x, line, kind))
            x += width
    return placed


def _name(kind: str) -> str:
    return LOOKS[kind].name if kind in LOOKS else SIGNS[kind]


def _bottom(legend: Sequence[_Sample]) -> float:
    """The height of the legend."""
    return (max((each.line for each in legend), default=0) + 1) * LINE + 10


def _sample_svg(sample: _Sample, y: float) -> Iterator[str]:
    """One sign with its name."""
    x, kind = sample.x, sample.kind
    if kind in LOOKS:
        yield from bar(x, y + 3, 20, BAR, LOOKS[kind])
    elif kind == "vrij":
        yield hatching(x, y + 2, 20, 11, QUIET, 1, 7)
    elif kind == "toen":
        yield rule(x, y + 7.5, x + 20, y + 7.5, INK, 1.8)
    else:
        yield _sign(kind, x + 10, y + 7.5)
    yield text(x + 25, y + FONT - 1, _name(kind), QUIET)
