"""The rows of a Gantt chart, before they are drawn: where every bar, sign and label gets its place, and how pages part them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kbrollout.render.ganttparts import FONT, LINE, Scale
from kbrollout.render.svg import text_width, wrapped

WIDTH = 750.0
"""Of the whole picture: across an A4 page a letter of size FONT is then more than 8 points high."""
MARGIN = 8.0
NARROWEST, WIDEST = 120.0, 320.0
"""Of the labels beside the bars: as wide as the longest one needs, within these."""
SIGN = 7.5
"""Half of what a gate or a fixed day takes."""
LANE, PAD = 10.5, 0.75
"""The height of a lane without text, and the room above and below what a row holds."""

Entry = Mapping[str, Any]
"""A piece of a chart. A chart has `first` and `last` (days as yyyy-mm-dd), `free` (pairs of days), `lines` (`day`, `label`,
`strong`) and `groups` (`name` and `rows`). A row has a `label`, `bars` (`first`, `last`, `kind` and `baseline`: a pair of
days or None) and `points` (`day`, `kind`: poort or vast, and a `label` that may be empty)."""

Extent = tuple[float, float]


@dataclass
class Row:
    """One row as it is drawn: the lines of its label, and in lanes below each other its bars and its points.

    A point comes with where its label begins. A lane is as high as a line of text where it has one.
    """

    label: list[str]
    heading: bool = False
    bars: list[tuple[int, Entry]] = field(default_factory=list)
    points: list[tuple[int, float, Entry]] = field(default_factory=list)
    lanes: list[list[Extent]] = field(default_factory=lambda: [[]])

    @property
    def heights(self) -> list[float]:
        """Of the lanes. The first stands beside the first line of the label."""
        texts = {0, *(lane for lane, _, point in self.points if point["label"])}
        return [LINE if number in texts else LANE for number in range(len(self.lanes))]

    @property
    def height(self) -> float:
        return max(LINE * len(self.label), sum(self.heights)) + 2 * PAD

    def lane(self, number: int) -> float:
        """The middle of a lane, from the top of the row."""
        return PAD + sum(self.heights[:number]) + self.heights[number] / 2


def label_width(chart: Entry) -> float:
    """The width of the column with labels."""
    longest = max(text_width(row["label"], FONT) for group in chart["groups"] for row in group["rows"])
    return min(WIDEST, max(NARROWEST, longest + 1))


def rows_of(chart: Entry, scale: Scale) -> list[Row]:
    rows: list[Row] = []
    for group in chart["groups"]:
        if group["name"]:
            rows.append(Row(wrapped(group["name"], WIDTH - 2 * MARGIN, FONT), heading=True))
        rows += [_row(each, scale) for each in group["rows"]]
    return rows


def _row(data: Entry, scale: Scale) -> Row:
    """Everything gets a place: bars that overlap in time lie in lanes below each other, and so do labels."""
    row = Row(wrapped(data["label"], scale.left - 2 * MARGIN, FONT))
    for each in data["bars"]:
        lane = _lane(row, scale.span(each["first"], each["last"]))
        row.bars.append((lane, each))
        if each["baseline"]:
            row.lanes[lane].append(scale.span(*each["baseline"]))
    for each in data["points"]:
        signs = [scale.middle(other["day"]) for other in data["points"] if other is not each]
        row.points.append((*_place(row, each, signs, scale), each))
    return row


def _lane(row: Row, extent: Extent) -> int:
    """The first lane with room, and takes it."""
    lane = next((number for number, taken in enumerate(row.lanes) if free(taken, extent)), len(row.lanes))
    if lane == len(row.lanes):
        row.lanes.append([])
    row.lanes[lane].append(extent)
    return lane


def free(taken: Sequence[Extent], extent: Extent) -> bool:
    return all(extent[1] <= start or extent[0] >= end for start, end in taken)


def _place(row: Row, point: Entry, signs: Sequence[float], scale: Scale) -> tuple[int, float]:
    """The lane of a point and where its label begins: to the right of it, else to the left, else in a lane of its own.

    `signs` is where the other points of the row are.
    """
    middle, width = scale.middle(point["day"]), text_width(point["label"], FONT)
    if not point["label"]:
        return 0, middle
    taken = [*row.lanes[0], *((sign - SIGN, sign + SIGN) for sign in signs)]
    after, before = middle + SIGN, middle - SIGN - width
    for x in (after, before):
        if scale.left <= x and x + width <= scale.right and free(taken, (x, x + width)):
            row.lanes[0].append((x, x + width))
            return 0, x
    x = after if after + width <= scale.right else max(scale.left, before)
    row.lanes.append([(min(x, middle - SIGN), max(x + width, middle + SIGN))])
    return len(row.lanes) - 1, x


def parts_of(rows: Sequence[Row], room: float) -> list[list[Row]]:
    """The rows in as few parts as fit, about equally high. A heading goes with the row below it."""
    whole, room = sum(row.height for row in rows), max(room, LINE)
    for count in range(max(1, int(-(-whole // room))), len(rows)):
        parts = _even(rows, whole, count)
        if all(sum(row.height for row in part) <= room for part in parts):
            return parts
    return [[row] for row in rows]


def _even(rows: Sequence[Row], whole: float, count: int) -> list[list[Row]]:
    parts: list[list[Row]] = [[] for _ in range(count)]
    above, headings = 0.0, []
    for row in rows:
        headings.append(row)
        if not row.heading:
            parts[int((above + row.height / 2) / whole * count)] += headings
            headings = []
        above += row.height
    return [part for part in parts if part]
