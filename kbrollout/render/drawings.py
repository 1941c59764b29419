"""Drawings on handouts, as SVG from data: a person with four domains, an escalation ladder, and levels.

They grow with their texts: a long name makes a drawing higher, and never leaves its place. `width` is always how wide the
drawing will be on paper, in millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot, sqrt
from typing import Any

from kbrollout.render.handoutparts import A4, EDGE, HAND, UNITS, frame, head, lines_of, path, picture, text, texts, writing_line
from kbrollout.render.svg import ACCENT, BRAND, FONT_SIZE, LINE, PADDING, PAPER, QUIET, SOFT, text_width

_NAME, _NAME_LINE = 18.0, 22.0
"""The name of a domain."""
_GAP = 5.0
"""Half of the room between two quarters."""
_FIGURE = 46.0
"""How high the person in the middle is."""
_STAIR, _NUMBER = 40.0, 24.0
"""How much further to the right a step of the ladder begins, where there is room; and the room for its number."""
_INSET, _RIM = 20.0, 10.0
"""How far a level stands inside the next one: at the sides, and at the top."""


def four_domains_svg(labels: Mapping[str, Any], title: str, width: float = A4) -> str:
    """A circle in quarters to write in, with a person in the middle and the domains in the corners around it.

    `labels` has `person` and `domains`: four, each with `name` and `hint` (may be empty), from left to right and from above down.
    """
    page = width * UNITS
    radius, centre = page * 0.36, page / 2
    corner = max(page * 0.28, *(text_width(word, _NAME) + 4 for each in labels["domains"] for word in each["name"].split()))
    blocks = [_domain(each, corner) for each in labels["domains"]]
    # Where the corner of a text would touch the circle, the circle moves away.
    free = radius - sqrt(max(0.0, radius**2 - max(0.0, centre - corner) ** 2)) - 6
    above, below = (max(0.0, *(high - free for _, high in pair)) for pair in (blocks[:2], blocks[2:]))
    middle, height = EDGE + above + radius, 2 * EDGE + above + 2 * radius + below
    inner, lines = _inside(labels["person"], 0.22 * radius)
    parts = [_quarter(centre, middle, inner + 2 * _GAP, radius, across, down) for down in (-1, 1) for across in (-1, 1)]
    for number, (drawn, high) in enumerate(blocks):
        x, y = (page - EDGE if number % 2 else EDGE), (EDGE if number < 2 else height - EDGE - high)
        parts += [text(x, y + down, words, anchor="end" if number % 2 else "start", **style) for words, down, style in drawn]
    return picture(page, height, title, [*parts, _person(centre, middle, inner, lines)])


def _domain(each: Mapping[str, Any], width: float) -> tuple[list[tuple[str, float, dict[str, Any]]], float]:
    """The lines of a domain (with where each stands, and how it looks), and their height."""
    names = lines_of(each["name"], width * FONT_SIZE / _NAME)
    hints = lines_of(each["hint"] or "", width)
    under = _NAME_LINE * len(names)
    found: list[tuple[str, float, dict[str, Any]]] = []
    found += [(line, _NAME_LINE * n + _NAME, {"size": _NAME, "weight": 600, "ink": BRAND}) for n, line in enumerate(names)]
    found += [(line, under + LINE * n + FONT_SIZE, {"ink": QUIET}) for n, line in enumerate(hints)]
    return found, under + LINE * len(hints)


def _quarter(x: float, y: float, inner: float, outer: float, across: int, down: int) -> str:
    """A quarter of the ring around the person: to the left or the right (`across`), above or below (`down`)."""
    near, far = sqrt(inner**2 - _GAP**2), sqrt(outer**2 - _GAP**2)
    side, way = (_GAP * across, _GAP * down), across * down > 0
    outline = (
        f"M{x + near * across:.1f} {y + side[1]:.1f}H{x + far * across:.1f}"
        f"A{outer:.1f} {outer:.1f} 0 0 {int(way)} {x + side[0]:.1f} {y + far * down:.1f}V{y + near * down:.1f}"
        f"A{inner:.1f} {inner:.1f} 0 0 {int(not way)} {x + near * across:.1f} {y + side[1]:.1f}Z"
    )
    return f'<path class="kwart" d="{outline}" fill="{PAPER}" stroke="{BRAND}" stroke-width="1.3" stroke-linejoin="round"/>'


def _inside(person: str, least: float) -> tuple[float, tuple[str, ...]]:
    """How large the circle in the middle is, so that the person and the words fit, and the lines of the words."""
    radius = max(_FIGURE, least)
    while True:
        lines = lines_of(person, 1.4 * radius)
        low = (_FIGURE + LINE * len(lines)) / 2 + 4
        corners = [(text_width(line) / 2, low - LINE * n) for n, line in enumerate(reversed(lines))]
        if all(hypot(*corner) < radius for corner in [(0, low), *corners]):
            return radius, lines
        radius += 3


def _person(x: float, y: float, radius: float, lines: Sequence[str]) -> str:
    top = y - (_FIGURE + LINE * len(lines)) / 2
    body = f"M{x - 19:.1f} {top + 40:.1f}a19 17 0 0 1 38 0z"
    look = f'fill="{PAPER}" stroke="{BRAND}" stroke-width="1.6"'
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{SOFT}" stroke="{BRAND}" stroke-width="1.6"/>'
        f'<circle cx="{x:.1f}" cy="{top + 11:.1f}" r="10" {look}/><path d="{body}" {look}/>'
        f"{texts(x, top + _FIGURE, lines, weight=600, anchor='middle')}"
    )


def ladder_svg(steps: Sequence[Mapping[str, str]], title: str, width: float = A4) -> str:
    """Stairs from the first step at the bottom to the last one at the top. A step is a `text` and `who` (both may be empty).

    A step without a text gets a line to write on.
    """
    page = width * UNITS
    stair = min(_STAIR, page * 0.35 / max(1, len(steps) - 1))
    lefts = [EDGE + stair * number for number in range(len(steps))]
    heights = [_step_height(step, page - EDGE - left) for step, left in zip(steps, lefts, strict=True)]
    tops = [EDGE + sum(heights[number + 1 :]) for number in range(len(steps))]
    parts: list[str] = []
    for number, step in enumerate(steps):
        left, top, high = lefts[number], tops[number], heights[number]
        parts.append(_stair(number, step, left, top, page - EDGE - left, high))
        if number:
            start = left - stair / 2
            up = [(start, top + high - 4), (start, top + high / 2), (left, top + high / 2)]
            parts.append(f'<g class="pijl">{path(up)}{head(up[2], up[1])}</g>')
    return picture(page, 2 * EDGE + sum(heights), title, parts)


def _step_room(width: float) -> float:
    return width - 2 * PADDING - _NUMBER


def _step_height(step: Mapping[str, str], width: float) -> float:
    room = _step_room(width)
    lines = len(lines_of(step["text"], room)) + len(lines_of(step["who"], room))
    return 2 * PADDING + max(LINE * lines + (0 if step["text"] else HAND), HAND)


def _stair(number: int, step: Mapping[str, str], x: float, y: float, width: float, height: float) -> str:
    room, left = _step_room(width), x + PADDING + _NUMBER
    words, who = lines_of(step["text"], room), lines_of(step["who"], room)
    top = y + (height - LINE * len(words + who) - (0 if words else HAND)) / 2
    below = top + (LINE * len(words) if words else HAND)
    written = texts(left, top, words, weight=600) if words else writing_line(left, below - 4, room)
    count = text(x + PADDING, (top if words else below - 8 - FONT_SIZE) + FONT_SIZE, str(number + 1), ink=ACCENT, weight=600)
    return f'<g class="vak">{frame(x, y, width, height)}{count}{written}{texts(left, below, who, ink=QUIET)}</g>'


def levels_svg(levels: Sequence[Mapping[str, str]], title: str, width: float = A4) -> str:
    """Levels inside each other: the first one in the middle, every next one around it. A level is a `name` and a `text`."""
    page = width * UNITS
    bottom = EDGE + _RIM * (len(levels) - 1)
    parts: list[str] = []
    for number, level in enumerate(levels):
        depth = len(levels) - 1 - number
        left, top = EDGE + _INSET * depth, EDGE + _RIM * depth
        room = page - 2 * left - 2 * PADDING
        names, words = lines_of(f"{number + 1}. {level['name']}", room), lines_of(level["text"], room)
        start, bottom = bottom, bottom + 2 * PADDING + LINE * len(names + words)
        written = [
            texts(page / 2, start + PADDING, names, ink=BRAND, weight=600, anchor="middle"),
            texts(page / 2, start + PADDING + LINE * len(names), words, anchor="middle"),
        ]
        # The outer ones lie below the inner ones.
        around = frame(left, top, page - 2 * left, bottom - top, fill=PAPER if number % 2 else SOFT)
        parts.insert(0, f'<g class="vak">{around}{"".join(written)}</g>')
    return picture(page, bottom + EDGE, title, parts)
