"""How the arrows of a flow chart run: straight down where they can, else level in a lane of their own between two rows.

Arrows to the same step come together on the way; arrows to different steps share no piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kbrollout.render.flowlayout import Box, Columns, Label, beside_label, spread
from kbrollout.render.flowrows import Way
from kbrollout.render.handoutparts import EDGE, Point, lines_of
from kbrollout.render.svg import LINE, text_width

_LANE, _NEAR = 11.0, 7.0
"""From lane to lane, and how near two upright lines could be taken for one."""
_HEAD = 17.0
"""Below the last lane: the head of an arrow, and a piece of its line."""
_JOG = 18.0
"""An arrow that would step aside less than this ends beside the middle of its box."""


@dataclass(frozen=True)
class Arrow:
    """An arrow through its points, from the one box to the other."""

    way: Way
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Chart:
    """A flow chart with everything in its place."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    labels: tuple[Label, ...]
    height: float


@dataclass
class _Net:
    """All that goes to one step between two rows: where it comes in from above, and where it leaves below."""

    target: int
    end: float
    starts: dict[Way | int, float] = field(default_factory=dict)
    lane: int = 0

    @property
    def straight(self) -> bool:
        return all(abs(start - self.end) < 0.5 for start in self.starts.values())

    @property
    def reach(self) -> tuple[float, float]:
        return min(self.end, *self.starts.values()), max(self.end, *self.starts.values())


@dataclass
class _Drawing:
    """A chart in the making: from the top down."""

    columns: Columns
    heights: dict[int, float]
    boxes: dict[int, Box] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    pieces: dict[tuple[int, Way | int], list[Point]] = field(default_factory=dict)

    def row(self, number: int, top: float) -> float:
        """Places the boxes of a row. Gives its bottom."""
        order, asides = self.columns.order, self.columns.order.graph.beside
        bottom = top
        for node in [node for node in order.rows[number] if order.is_box(number, node) and node not in asides.values()]:
            pair = [node, asides[node]] if node in asides else [node]
            said = beside_label(order, node) if node in asides else ()
            height = max([*(self.heights[each] for each in pair), 2 * (LINE * len(said) + 1)])
            for each in pair:
                self._box(number, each, top + (height - self.heights[each]) / 2)
            if said:
                self.labels.append(self._aside(pair, said, top + height / 2))
            bottom = max(bottom, top + height)
        return bottom

    def _box(self, number: int, node: int, top: float) -> None:
        width, middle = self.columns.widths[number][node], self.columns.middles[number][node]
        question = node in self.columns.order.graph.questions
        self.boxes[node] = Box(node, middle - width / 2, top, width, self.heights[node], question)

    def _aside(self, pair: Sequence[int], said: tuple[str, ...], line: float) -> Label:
        left = self.boxes[pair[0]].x + self.boxes[pair[0]].width
        middle = (left + self.boxes[pair[1]].x - 8) / 2
        return Label(said, middle - max(text_width(each) for each in said) / 2, line - 3 - LINE * len(said))

    def gap(self, number: int, bottom: float) -> float:
        """Lays the arrows between a row and the next one. Gives where the next one begins."""
        nets, said = self._nets(number)
        self.labels += said
        first = max([bottom + 8, *(label.bottom + 5 for label in said)])
        lanes = _lanes(list(nets.values()))
        for net in nets.values():
            y = first + net.lane * _LANE
            for start, x in net.starts.items():
                self.pieces[number, start if isinstance(start, Way) else net.target] = [(x, y), (net.end, y)]
        return first + max(0, lanes - 1) * _LANE + _HEAD

    def _nets(self, number: int) -> tuple[dict[int, _Net], list[Label]]:
        """What has to be connected below a row, and the labels that stand right below its boxes."""
        order, below = self.columns.order, self.columns.middles[number + 1]
        nets: dict[int, _Net] = {}
        said: list[Label] = []
        for node in order.rows[number]:
            if not order.is_box(number, node):
                nets.setdefault(node, _Net(node, below[node])).starts[node] = self.columns.middles[number][node]
                continue
            ways = [way for way in order.graph.ways if way.source == node and order.rank[way.target] > number]
            ways.sort(key=lambda way: below[way.target])
            for way, x, label in _starts(self.boxes[node], ways, [below[way.target] for way in ways]):
                nets.setdefault(way.target, _Net(way.target, below[way.target])).starts[way] = x
                said += [label] if label else []
        for net in nets.values():
            net.end = self._end(number + 1, net, [x for other in nets.values() if other is not net for x in other.starts.values()])
        return nets, said

    def _end(self, number: int, net: _Net, others: Sequence[float]) -> float:
        """Where the arrows of a net leave: right below where one begins if that is near, else above the middle of the box.

        But not right below where an arrow to another step begins.
        """
        columns = self.columns
        if not columns.order.is_box(number, net.target):
            return net.end
        room = min(_JOG, columns.widths[number][net.target] / 2 - 24)
        near = min(net.starts.values(), key=lambda start: abs(start - net.end))
        places = [net.end, *(net.end + side * 1.5 * _NEAR for side in (-1, 1) if room >= 1.5 * _NEAR)]
        if abs(near - net.end) <= room:
            return near
        return next((place for place in places if all(abs(place - other) > _NEAR for other in others)), net.end)

    def arrow(self, way: Way) -> Arrow:
        """The whole way of an arrow."""
        order, source, target = self.columns.order, self.boxes[way.source], self.boxes[way.target]
        if order.graph.beside.get(way.source) == way.target:
            y = source.y + source.height / 2
            return Arrow(way, ((source.x + source.width, y), (target.x, y)))
        first, last = order.rank[way.source], order.rank[way.target]
        between = [point for number in range(first, last) for point in self.pieces[number, way if number == first else way.target]]
        return Arrow(way, _shortest([(between[0][0], source.bottom), *between, (between[-1][0], target.y)]))


def chart(columns: Columns, heights: dict[int, float]) -> Chart:
    """The chart, row by row."""
    drawing = _Drawing(columns, heights)
    top = bottom = EDGE
    for number in range(len(columns.order.rows)):
        bottom = drawing.row(number, top)
        if number + 1 < len(columns.order.rows):
            top = drawing.gap(number, bottom)
    boxes = tuple(box for _, box in sorted(drawing.boxes.items()))
    return Chart(boxes, tuple(drawing.arrow(way) for way in columns.order.graph.ways), tuple(drawing.labels), bottom + EDGE)


def _starts(box: Box, ways: Sequence[Way], wishes: Sequence[float]) -> list[tuple[Way, float, Label | None]]:
    """Where the arrows leave a box: as near above their target as their labels permit, and each label to the right of its arrow."""
    if not ways:
        return []
    low, high = box.flat
    room = (high - low) / len(ways)
    wishes = [_start(wish, low + room * (number + 0.5), room) for number, wish in enumerate(wishes)]
    said = [lines_of(way.label, room - 12) for way in ways]
    needs = [max((text_width(line) for line in lines), default=0.0) + 12 for lines in said]
    places = spread(wishes, needs[:-1], low, high - (needs[-1] if said[-1] else 0))
    labels = [Label(lines, x + 5, box.bottom + 3) if lines else None for lines, x in zip(said, places, strict=True)]
    return list(zip(ways, places, labels, strict=True))


def _start(wish: float, middle: float, room: float) -> float:
    """Right above the target if that is near the part of the side that an arrow has for itself, else the middle of that part."""
    if abs(wish - middle) <= 0.6 * room:
        return wish
    return middle


def _lanes(nets: list[_Net]) -> int:
    """Gives every net that steps aside a lane, and changes lanes as long as that saves a crossing. Gives the number of lanes."""
    best = sorted((net for net in nets if not net.straight), key=lambda net: net.reach)
    least = _cost(best, nets)
    again = True
    while again:
        again = False
        for one, other in combinations(range(len(best)), 2):
            tried = list(best)
            tried[one], tried[other] = best[other], best[one]
            if (cost := _cost(tried, nets)) < least:
                best, least, again = tried, cost, True
    return _stacked(best)


def _stacked(order: Sequence[_Net]) -> int:
    """Lanes from the top down: nets that do not meet may share one."""
    for number, net in enumerate(order):
        left, right = net.reach
        meeting = [other.lane for other in order[:number] if other.reach[0] - 12 < right and left < other.reach[1] + 12]
        net.lane = max(meeting, default=-1) + 1
    return max((net.lane + 1 for net in order), default=0)


def _cost(order: Sequence[_Net], nets: Sequence[_Net]) -> float:
    lanes = _stacked(order)
    crossings = sum(_crossed(net, other) for net in nets for other in order if net is not other)
    shared = sum(_shared(net, other) for net in order for other in order if net is not other)
    return 100 * shared + crossings + lanes / 10


def _crossed(net: _Net, other: _Net) -> int:
    """How often the upright pieces of a net cross the lane of another one."""
    left, right = other.reach
    upper = [start for start in net.starts.values() if net.straight or other.lane < net.lane]
    lower = [net.end] if not net.straight and other.lane > net.lane else []
    return sum(left < x < right for x in (*upper, *lower))


def _shared(net: _Net, other: _Net) -> int:
    """How often an upright piece of a net would lie on one of another net."""
    return sum(abs(start - other.end) < _NEAR and net.lane >= other.lane for start in net.starts.values())


def _shortest(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same line without steps too small to see, and without points that it passes straight."""
    found: list[Point] = []
    for x, y in points:
        point = (found[-1][0] if found and _same(x, found[-1][0]) else x, found[-1][1] if found and _same(y, found[-1][1]) else y)
        if found and point == found[-1]:
            continue
        if len(found) > 1 and any(found[-2][axis] == found[-1][axis] == point[axis] for axis in (0, 1)):
            found.pop()
        found.append(point)
    return tuple(found)


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 0.5
