"""Where the boxes of a flow chart stand: rows as wide as the page, boxes as wide as their text needs, steps below each other in line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kbrollout.render.flowrows import Order
from kbrollout.render.handoutparts import EDGE, lines_of
from kbrollout.render.svg import LINE, text_width

BEVEL = 13.0
"""How far the sides of a question come out."""
NARROW = 150.0
"""A box is not narrower, as long as there is room."""
APART, _BY_A_WAY = 18.0, 12.0
"""Between boxes, and beside what only passes."""
_BESIDE, _LABEL = 44.0, 110.0
"""Between a question and the step beside it: at least, and the widest label there."""


@dataclass(frozen=True)
class Measure:
    """What the boxes need: the width that a step would like to have, and its height at some width."""

    wish: Callable[[int], float]
    height: Callable[[int, float], float]


@dataclass(frozen=True)
class Box:
    """A step where it stands."""

    node: int
    x: float
    y: float
    width: float
    height: float
    question: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def flat(self) -> tuple[float, float]:
        """The part of the upper and lower side where an arrow may begin or end."""
        inset = (BEVEL if self.question else 0) + 8
        return self.x + inset, self.x + self.width - inset


@dataclass(frozen=True)
class Label:
    """The answer beside an arrow."""

    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def width(self) -> float:
        return max(text_width(line) for line in self.lines)

    @property
    def bottom(self) -> float:
        return self.y + LINE * len(self.lines)


@dataclass(frozen=True)
class Columns:
    """From left to right: the width of everything in a row, and its middle. What only passes has no width."""

    order: Order
    widths: list[dict[int, float]]
    middles: list[dict[int, float]]


def columns(order: Order, measure: Measure, page: float) -> Columns:
    widths = [_widths(order, number, measure, page) for number in range(len(order.rows))]
    return Columns(order, widths, _middles(order, widths, page))


def beside_label(order: Order, question: int) -> tuple[str, ...]:
    """The lines of the label between a question and the step beside it."""
    aside = order.graph.beside[question]
    said = next(way.label for way in order.graph.ways if way.source == question and way.target == aside)
    return lines_of(said, _LABEL)


def _between(order: Order, number: int, left: int, right: int) -> float:
    """The room between two neighbours in a row."""
    if not (order.is_box(number, left) and order.is_box(number, right)):
        return _BY_A_WAY
    if order.graph.beside.get(left) != right:
        return APART
    return max([_BESIDE, *(text_width(line) + 26 for line in beside_label(order, left))])


def _widths(order: Order, number: int, measure: Measure, page: float) -> dict[int, float]:
    """As wide as the boxes wish. Where that does not fit, the highest box gets most."""
    row = order.rows[number]
    boxes = [node for node in row if order.is_box(number, node)]
    room = page - 2 * EDGE - sum(_between(order, number, *pair) for pair in pairwise(row))
    wishes = {node: measure.wish(node) for node in boxes}
    least = min(NARROW, room / max(1, len(boxes)))
    widths = {node: min(least, wishes[node]) for node in boxes}
    while (rest := room - sum(widths.values())) > 0.1 and (growing := [node for node in boxes if widths[node] < wishes[node]]):
        node = max(growing, key=lambda node: (measure.height(node, widths[node]), -widths[node]))
        widths[node] += min(8.0, wishes[node] - widths[node], rest)
    return {node: widths.get(node, 0.0) for node in row}


def _middles(order: Order, widths: Sequence[dict[int, float]], page: float) -> list[dict[int, float]]:
    """Every box and way as near as possible to what it is connected to, first roughly, then in line with the step above it."""
    middles = [
        _placed(order, number, widths[number], dict.fromkeys(order.rows[number], page / 2), {}, page) for number in range(len(widths))
    ]
    for again in range(40):
        numbers = range(len(widths)) if again % 2 == 0 else range(len(widths) - 1, -1, -1)
        for number in numbers:
            wishes = {node: _wish(order, number, node, middles) for node in order.rows[number]}
            middles[number] = _placed(order, number, widths[number], wishes, {}, page)
    for number in range(1, len(widths)):
        above = {node: _above(order, number, node) for node in order.rows[number]}
        wishes = {node: middles[number][node] if over is None else middles[number - 1][over] for node, over in above.items()}
        weights = {node: 1.0 if over is None else 50.0 for node, over in above.items()}
        middles[number] = _placed(order, number, widths[number], wishes, weights, page)
    return middles


def _wish(order: Order, number: int, node: int, middles: Sequence[dict[int, float]]) -> float:
    near = [
        (middles[number - 1][a], _weight(order, number - 1, a, node)) for a, b in (order.links[number - 1] if number else []) if b == node
    ]
    near += [(middles[number + 1][b], _weight(order, number, node, b)) for a, b in order.links[number] if a == node]
    whole = sum(weight for _, weight in near)
    return sum(middle * weight for middle, weight in near) / whole if whole else middles[number][node]


def _weight(order: Order, number: int, above: int, below: int) -> float:
    """How much two that are connected want to stand in line."""
    if above in order.graph.beside.values() and order.is_box(number, above):
        return 0.1
    boxes = order.is_box(number, above) + order.is_box(number + 1, below)
    return (2.0, 1.0, 6.0)[boxes]


def _above(order: Order, number: int, node: int) -> int | None:
    """The one box that a box would stand right below."""
    asides = order.graph.beside.values()
    over = [a for a, b in order.links[number - 1] if b == node and a not in asides]
    if len(over) != 1 or not order.is_box(number, node) or not order.is_box(number - 1, over[0]):
        return None
    below = [b for a, b in order.links[number - 1] if a == over[0] and order.is_box(number, b)]
    return over[0] if len(below) == 1 else None


def _placed(
    order: Order, number: int, widths: dict[int, float], wishes: dict[int, float], weights: dict[int, float], page: float
) -> dict[int, float]:
    """The middles of a row, in order and within the page."""
    row = order.rows[number]
    distances = [(widths[a] + widths[b]) / 2 + _between(order, number, a, b) for a, b in pairwise(row)]
    low, high = EDGE + widths[row[0]] / 2, page - EDGE - widths[row[-1]] / 2
    asides = order.graph.beside.values()
    heavy = [weights.get(node, 0.01 if node in asides and order.is_box(number, node) else 1.0) for node in row]
    return dict(zip(row, spread([wishes[node] for node in row], distances, low, high, heavy), strict=True))


def spread(
    wishes: Sequence[float], distances: Sequence[float], low: float, high: float, weights: Sequence[float] | None = None
) -> list[float]:
    """Places from left to right, each as near as possible to what is wished, at least these distances apart, between low and high.

    Least squares with an order: neighbours that would be too close move as one block.
    """
    offsets = [0.0, *accumulate(distances)]
    blocks: list[tuple[float, float, int]] = []
    for number, wish in enumerate(wishes):
        block = (wish - offsets[number], weights[number] if weights else 1.0, 1)
        while blocks and blocks[-1][0] > block[0]:
            place, weight, size = blocks.pop()
            whole = weight + block[1]
            block = ((place * weight + block[0] * block[1]) / whole, whole, size + block[2])
        blocks.append(block)
    last = max(low, high - offsets[-1])
    found = [min(max(place, low), last) for place, _, size in blocks for _ in range(size)]
    return [place + offset for place, offset in zip(found, offsets, strict=True)]
