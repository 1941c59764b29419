"""Parts of the drawings on handouts: measures on paper, text, lines and arrows.

A drawing is made for the width that it will have on paper, so that its letters are the same size on every handout.
Little ink: people write in these drawings, and they are copied in grey.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from kbrollout.render.svg import BRAND, FONT_SIZE, INK, LINE, PAPER, QUIET, wrapped

A4, A5 = 178.0, 128.0
"""The width in millimetres of a drawing that fills a page."""
UNITS = 4.1
"""To a millimetre: a letter of size FONT_SIZE is then 10.4 points high, and still 10 on a page that is a little narrower."""
EDGE = 4.0
"""Room for the lines along the sides of a drawing."""
HAND = 30.0
"""Between lines for handwriting: more than 7 millimetres."""

Point = tuple[float, float]


def text(x: float, y: float, words: str, *, ink: str = INK, weight: int = 400, anchor: str = "start", size: float = FONT_SIZE) -> str:
    """One line of text; `y` is the line that it stands on."""
    style = f'font-family="Source Sans" font-size="{size:g}" font-weight="{weight}" fill="{ink}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(words)}</text>'


def texts(x: float, top: float, lines: Sequence[str], *, ink: str = INK, weight: int = 400, anchor: str = "start") -> str:
    """Lines of text below each other, the first right below `top`."""
    return "".join(text(x, top + FONT_SIZE + LINE * n, line, ink=ink, weight=weight, anchor=anchor) for n, line in enumerate(lines))


@lru_cache(4096)
def lines_of(words: str, width: float) -> tuple[str, ...]:
    """The lines of a text that has to fit in a width. Kept, as a layout asks for the same ones over and over."""
    return tuple(wrapped(words, width))


def path(*lines: Sequence[Point], stroke: str = BRAND, width: float = 1.6) -> str:
    """Lines through points, as one stroke: where they share a piece it is no darker."""
    way = "".join(f"{'L' if n else 'M'}{x:.1f} {y:.1f}" for points in lines for n, (x, y) in enumerate(points))
    return f'<path d="{way}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"/>'


def head(tip: Point, before: Point) -> str:
    """The head of an arrow that comes from `before`, straight or level."""
    (x, y), (from_x, from_y) = tip, before
    along_x, along_y = (0, 1) if from_x == x else (1, 0)
    back = 9.0 if (from_x < x or from_y < y) else -9.0
    left, top = x - along_x * back, y - along_y * back
    points = f"{x:.1f},{y:.1f} {left - 4.5 * along_y:.1f},{top - 4.5 * along_x:.1f} {left + 4.5 * along_y:.1f},{top + 4.5 * along_x:.1f}"
    return f'<polygon points="{points}" fill="{BRAND}"/>'


def frame(x: float, y: float, width: float, height: float, *, edge: float = 1.3, fill: str = PAPER) -> str:
    """A box with round corners."""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="6"'
    return f'<rect {size} fill="{fill}" stroke="{BRAND}" stroke-width="{edge:g}"/>'


def writing_line(x: float, y: float, width: float) -> str:
    return path([(x, y), (x + width, y)], stroke=QUIET, width=0.9)


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """The whole drawing, on white."""
    said = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plaat" role="img" aria-label="{said}" viewBox="0 0 {width:.0f} {height:.0f}">'
        f'<title>{said}</title><rect width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )
