"""Pictures as SVG from data: boxes with wrapped labels that never overlap, whatever the length of the names.

Every picture has a text twin in its document. Colours are fixed and light: a picture is a sheet of its own, also on
a dark screen, and in greyscale the boxes keep their borders.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

INK, QUIET, BRAND, ACCENT, SOFT, PAPER = "#1f2a2e", "#526066", "#0f4c54", "#9a4310", "#f2f5f4", "#ffffff"
FONT_SIZE = 15.0
LINE = 19.0
PADDING = 9.0
GAP = 12.0
WIDTH = 900.0

_NARROW, _WIDE = set("iljtfrI.,:;'|!()[] -’‘"), set("mwMW@%—…&ÆæŒœ¼½¾Ŵŵ")


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """The width of a text in Source Sans, never too small: better a line too many than a label outside its box."""
    return sum(_width(character) for character in text) * size


def _width(character: str) -> float:
    if character in _NARROW:
        return 0.36
    if character in _WIDE or ord(character) > 0x24F:
        return 1.0
    return 0.68 if character.isupper() else 0.58


def wrapped(text: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """The text in lines that fit; a word that is too long for a line is cut."""
    lines: list[str] = []
    current = ""
    for word in [piece for long_word in text.split() for piece in _pieces(long_word, width, size)]:
        longer = f"{current} {word}".strip()
        if current and text_width(longer, size) > width:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current] if current else lines


def _pieces(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


@dataclass(frozen=True)
class Box:
    """A box with lines of text; `strong` boxes are filled dark."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    under: tuple[str, ...] = ()
    strong: bool = False

    @property
    def height(self) -> float:
        return 2 * PADDING + LINE * (len(self.lines) + len(self.under))

    def svg(self) -> str:
        fill, ink, edge = (BRAND, PAPER, BRAND) if self.strong else (PAPER, INK, BRAND)
        shape = (
            f'<rect x="{self.x:.1f}" y="{self.y:.1f}" width="{self.width:.1f}" height="{self.height:.1f}" rx="5" '
            f'fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'
        )
        first = self.y + PADDING + FONT_SIZE
        texts = [_text(self.x + PADDING, first + LINE * n, line, ink) for n, line in enumerate(self.lines)]
        below = first + LINE * len(self.lines)
        texts += [_text(self.x + PADDING, below + LINE * n, line, QUIET if not self.strong else ink) for n, line in enumerate(self.under)]
        return f'<g class="vak">{"".join([shape, *texts])}</g>'


def box(x: float, y: float, width: float, text: str, under: str = "", *, strong: bool = False) -> Box:
    """A box whose height follows from its text."""
    room = width - 2 * PADDING
    return Box(x, y, width, tuple(wrapped(text, room)), tuple(wrapped(under, room)) if under else (), strong)


def _text(x: float, y: float, text: str, ink: str, weight: int = 400) -> str:
    style = f'font-family="Source Sans" font-size="{FONT_SIZE}" font-weight="{weight}" fill="{ink}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _heading(x: float, y: float, width: float, text: str) -> tuple[str, float]:
    """A heading above a column, and the height it takes."""
    lines = wrapped(text, width)
    return "".join(_text(x, y + FONT_SIZE + LINE * n, line, ACCENT, 600) for n, line in enumerate(lines)), LINE * len(lines) + 6


def _picture(height: float, title: str, parts: Iterable[str]) -> str:
    label = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plaat" role="img" aria-label="{label}" viewBox="0 0 {WIDTH:.0f} {height:.0f}">'
        f'<title>{label}</title><rect width="{WIDTH:.0f}" height="{height:.0f}" fill="{SOFT}"/>{"".join(parts)}</svg>'
    )


def network_svg(picture: dict[str, Any], title: str) -> str:
    """The network: columns of partners with the practices in the middle, and who carries it below.

    `picture` has `columns` (three, each `name` and `names`) and `base` (`name` and `names`).
    """
    margin, gutter = 20.0, 34.0
    width = (WIDTH - 2 * margin - 2 * gutter) / 3
    parts: list[str] = []
    boxes: list[list[Box]] = []
    bottom = 0.0
    for number, column in enumerate(picture["columns"]):
        x = margin + number * (width + gutter)
        heading, used = _heading(x, margin, width, column["name"])
        parts.append(heading)
        names = [{"name": name, "under": ""} for name in column["names"] or ["nog niemand"]]
        placed = _stack(x, margin + used, width, names, strong=number == 1)
        boxes.append(placed)
        bottom = max(bottom, placed[-1].y + placed[-1].height)
    parts += _connections(boxes)
    parts += [each.svg() for column in boxes for each in column]
    base, height = _base(picture["base"], margin, bottom + 2 * GAP)
    return _picture(height, title, [*parts, *base])


def _stack(x: float, y: float, width: float, entries: Sequence[dict[str, str]], *, strong: bool) -> list[Box]:
    placed: list[Box] = []
    for entry in entries:
        placed.append(box(x, y, width, entry["name"], entry["under"], strong=strong))
        y += placed[-1].height + GAP
    return placed


def _connections(columns: list[list[Box]]) -> list[str]:
    """Lines from every partner to the practices: a bar beside the middle column, and a short line from each box to it."""
    left, middle, right = columns
    lines: list[str] = []
    inner = middle[0]
    for side, edge, far, near in (
        (left, inner.x - 17.0, left[0].x + left[0].width, inner.x),
        (right, inner.x + inner.width + 17.0, right[0].x, inner.x + inner.width),
    ):
        heights = [each.y + each.height / 2 for each in (*side, *middle)]
        lines.append(_line(edge, min(heights), edge, max(heights)))
        lines += [_line(edge, height, far, height) for height in heights[: len(side)]]
        lines += [_line(edge, height, near, height) for height in heights[len(side) :]]
    return lines


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{BRAND}" stroke-width="1.5"/>'


def _base(base: dict[str, Any], margin: float, y: float) -> tuple[list[str], float]:
    """The row below the columns: as many boxes beside each other as fit. Gives the parts and the height of the picture."""
    if not base["names"]:
        return [], y
    heading, used = _heading(margin, y, WIDTH - 2 * margin, base["name"])
    boxes, bottom = _rows(base["names"], margin, y + used, WIDTH - 2 * margin)
    return [heading, *(each.svg() for each in boxes)], bottom + margin


def _rows(names: Sequence[str], x: float, y: float, width: float, unders: Sequence[str] = ()) -> tuple[list[Box], float]:
    """Boxes in rows of three; every row is as high as its highest box. Gives the boxes and the bottom."""
    across = 3
    each = (width - (across - 1) * GAP) / across
    placed: list[Box] = []
    for start in range(0, len(names), across):
        chunk = names[start : start + across]
        row = [box(x + n * (each + GAP), y, each, name, unders[start + n] if unders else "") for n, name in enumerate(chunk)]
        placed += row
        y += max(one.height for one in row) + GAP
    return placed, y - GAP


def streams_svg(picture: dict[str, Any], title: str) -> str:
    """Who bears on the left, who gets or gains on the right, and a line for every stream between them.

    `picture` has `bear` and `gain` (boxes with `name` and `under`) and `lines` (pairs of places in the two lists). Who
    bears is filled dark, also to be told apart in greyscale.
    """
    margin, side = 20.0, 300.0
    right = WIDTH - margin - side
    headings = [_heading(margin, margin, side, "Wie draagt"), _heading(right, margin, side, "Wie krijgt of heeft voordeel")]
    top = margin + max(used for _, used in headings)
    bear = _stack(margin, top, side, picture["bear"], strong=True)
    gain = _stack(right, top, side, picture["gain"], strong=False)
    parts = [heading for heading, _ in headings]
    parts += [_line(margin + side, _middle(bear[start]), right, _middle(gain[end])) for start, end in picture["lines"]]
    parts += [each.svg() for each in (*bear, *gain)]
    bottom = max(column[-1].y + column[-1].height for column in (bear, gain))
    return _picture(bottom + margin, title, parts)


def _middle(placed: Box) -> float:
    return placed.y + placed.height / 2


def governance_svg(levels: Sequence[dict[str, Any]], title: str) -> str:
    """The bodies per level, one band per level. `levels` have `name` and `boxes` (each `name` and `under`)."""
    margin, left = 20.0, 110.0
    y = margin
    parts: list[str] = []
    for level in levels:
        names, unders = [each["name"] for each in level["boxes"]], [each["under"] or "" for each in level["boxes"]]
        boxes, bottom = _rows(names, left, y + GAP, WIDTH - left - margin - GAP, unders)
        bottom = max(bottom, y + 2 * GAP + LINE) + GAP
        size = f'x="{margin:.1f}" y="{y:.1f}" width="{WIDTH - 2 * margin:.1f}" height="{bottom - y:.1f}"'
        parts.append(f'<rect {size} fill="{PAPER}" stroke="{QUIET}" stroke-width="1" stroke-dasharray="4 3"/>')
        parts.append(_text(margin + GAP, y + GAP + FONT_SIZE + 4, level["name"].capitalize(), ACCENT, 600))
        parts += [each.svg() for each in boxes] or [_text(left, y + GAP + FONT_SIZE + 4, "niemand opgegeven", QUIET)]
        y = bottom + GAP
    return _picture(y - GAP + margin, title, parts)
