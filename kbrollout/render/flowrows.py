"""The order of a flow chart: which step stands in which row, and in what order from left to right.

Layouts from the package index were tried first. What is free to use and kept up comes as young compiled code, and none keeps to the
width of a page, where a narrower box is a higher one; the one written in Python is under the GPL. A chart here has a dozen steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import combinations

Rows = list[list[int]]
"""Steps by number, per row from left to right. Where a row is above that of the step, the step stands for the way to it."""


@dataclass(frozen=True)
class Way:
    """An arrow between two steps, by their numbers; its own `number` tells two with the same answer apart."""

    number: int
    source: int
    target: int
    label: str


@dataclass(frozen=True)
class Graph:
    """The steps of a flow chart. `large` are those with more than a few words: a list, or lines to write on."""

    count: int
    ways: tuple[Way, ...]
    questions: frozenset[int] = frozenset()
    large: frozenset[int] = frozenset()

    @cached_property
    def after(self) -> Mapping[int, tuple[int, ...]]:
        return {node: tuple(way.target for way in self.ways if way.source == node) for node in range(self.count)}

    @cached_property
    def before(self) -> Mapping[int, tuple[int, ...]]:
        return {node: tuple(way.source for way in self.ways if way.target == node) for node in range(self.count)}

    @cached_property
    def sequence(self) -> tuple[int, ...]:
        """Every step after those that lead to it. A route that comes back to where it was is an error."""
        return tuple(TopologicalSorter(self.before).static_order())

    @cached_property
    def reading(self) -> Mapping[int, int]:
        """The place of every step for who takes the first answer first, and then goes back for the next one."""
        places: dict[int, int] = {}
        stack = [node for node in reversed(range(self.count)) if not self.before[node]]
        while stack:
            node = stack.pop()
            if node not in places:
                places[node] = len(places)
                stack += reversed(self.after[node])
        return places

    @cached_property
    def beside(self) -> Mapping[int, int]:
        """Per question the step that stands to the right of it: a detour on the way to its other answer, or an end."""
        found: dict[int, int] = {}
        for question in sorted(self.questions):
            for step in self.after[question]:
                others = {other for other in self.after[question] if other != step}
                if question not in found and self._small(step) and self._aside(step, others):
                    found[question] = step
        return found

    def _small(self, step: int) -> bool:
        return step not in self.large and step not in self.questions and len(self.before[step]) == 1

    def _aside(self, step: int, others: set[int]) -> bool:
        following = self.after[step]
        return set(following) <= others if following else any(self.after[other] for other in others)


@dataclass(frozen=True)
class Order:
    """Where every step stands: its row, and everything in every row from left to right."""

    graph: Graph
    rank: tuple[int, ...]
    rows: Rows

    def is_box(self, row: int, node: int) -> bool:
        """Whether the step itself stands in the row, and not the way to it."""
        return self.rank[node] == row

    @cached_property
    def links(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """What is connected between every row and the next one, and below the last row nothing."""
        return tuple(self._links(row) for row in range(len(self.rows)))

    def _links(self, row: int) -> tuple[tuple[int, int], ...]:
        rank, ways = self.rank, self.graph.ways
        direct = {(way.source, way.target) for way in ways if rank[way.source] == row < rank[way.target]}
        passing = {(way.target, way.target) for way in ways if rank[way.source] < row < rank[way.target]}
        return tuple(sorted(direct | passing))


def ordered(graph: Graph, most: int) -> Order:
    """Rows of at most so many boxes, with few crossing arrows."""
    rank = _split(graph, _ranks(graph), most)
    order = Order(graph, tuple(rank), _rows(graph, rank))
    rows = best = order.rows
    fewest = _crossings(order, rows)
    for sweep in range(12):
        rows = _swept(order, rows, down=sweep % 2 == 0)
        if (crossings := _crossings(order, rows)) < fewest:
            best, fewest = rows, crossings
    return replace(order, rows=_swapped(order, best))


def _ranks(graph: Graph) -> list[int]:
    """As high as the steps before it permit for an end, else as low as the steps after it permit: so outcomes stand beside each other."""
    pairs = set(graph.beside.items())
    rank = [0] * graph.count
    for node in graph.sequence:
        rank[node] = max((rank[source] + ((source, node) not in pairs) for source in graph.before[node]), default=0)
    asides = set(graph.beside.values())
    for node in reversed(graph.sequence):
        below = [rank[target] for target in graph.after[node] if (node, target) not in pairs]
        if below and node not in asides:
            rank[node] = min(below) - 1
        if node in graph.beside:
            rank[graph.beside[node]] = rank[node]
    return rank


def _split(graph: Graph, rank: Sequence[int], most: int) -> list[int]:
    """A row with too many boxes becomes several rows. Boxes in one row never lead to each other, but for the pairs, which stay together."""
    found = list(rank)
    row = 0
    for old in range(max(rank) + 1):
        taken = 0
        for node in _heads(graph, [node for node in range(graph.count) if rank[node] == old]):
            pair = [node, graph.beside[node]] if node in graph.beside else [node]
            if taken and taken + len(pair) > most:
                row, taken = row + 1, 0
            taken += len(pair)
            for each in pair:
                found[each] = row
        row += 1
    return found


def _rows(graph: Graph, rank: Sequence[int]) -> Rows:
    """Boxes and ways in the order of reading. All ways to one step are one in a row: they come together."""
    rows: Rows = [[] for _ in range(max(rank) + 1)]
    for node in sorted(_heads(graph, range(graph.count)), key=graph.reading.__getitem__):
        first = min((rank[source] + 1 for source in graph.before[node]), default=rank[node])
        for row in range(min(first, rank[node]), rank[node] + 1):
            rows[row].append(node)
    return [_paired(graph, rank, number, row) for number, row in enumerate(rows)]


def _heads(graph: Graph, nodes: Iterable[int]) -> list[int]:
    """The steps without those that stand beside a question, and move with it."""
    asides = set(graph.beside.values())
    return [node for node in nodes if node not in asides]


def _paired(graph: Graph, rank: Sequence[int], number: int, heads: Iterable[int]) -> list[int]:
    """The row with the steps that stand to the right of a question."""
    full: list[int] = []
    for node in heads:
        full.append(node)
        if rank[node] == number and node in graph.beside:
            full.append(graph.beside[node])
    return full


def _crossings(order: Order, rows: Rows) -> int:
    count = 0
    for number, links in enumerate(order.links[:-1]):
        above = {node: place for place, node in enumerate(rows[number])}
        below = {node: place for place, node in enumerate(rows[number + 1])}
        count += sum((above[a] - above[c]) * (below[b] - below[d]) < 0 for (a, b), (c, d) in combinations(links, 2))
    return count


def _swept(order: Order, rows: Rows, *, down: bool) -> Rows:
    """Every row once in the order of what it is connected to in the row before it."""
    graph, rank = order.graph, order.rank
    found = list(rows)
    for number in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
        near = found[number - 1 if down else number + 1]
        links = [(b, a) for a, b in order.links[number - 1]] if down else order.links[number]
        heads = _heads(graph, found[number])
        places: dict[int, float] = {}
        for place, node in enumerate(heads):
            whole = _paired(graph, rank, number, [node])
            there = [near.index(other) for one, other in links if one in whole]
            places[node] = sum(there) / len(there) if there else float(place)
        found[number] = _paired(graph, rank, number, sorted(heads, key=places.__getitem__))
    return found


def _swapped(order: Order, rows: Rows) -> Rows:
    """Neighbours change places as long as that saves a crossing."""
    best, fewest = rows, _crossings(order, rows)
    again = True
    while again and fewest:
        again = False
        for number, place in [(number, place) for number, row in enumerate(best) for place in range(len(_heads(order.graph, row)) - 1)]:
            heads = _heads(order.graph, best[number])
            heads[place : place + 2] = reversed(heads[place : place + 2])
            tried = [_paired(order.graph, order.rank, n, heads) if n == number else row for n, row in enumerate(best)]
            if (crossings := _crossings(order, tried)) < fewest:
                best, fewest, again = tried, crossings, True
    return best
