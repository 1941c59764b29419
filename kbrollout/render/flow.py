"""Flow charts as SVG from data, and the same steps as a numbered list.

A question is a six-sided box with a thick border, a step a box with round corners: to be told apart in grey too. Arrows to the same step
come together; where arrows to different steps cross, one is broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kbrollout.render.flowlayout import APART, BEVEL, NARROW, Box, Label, Measure, columns
from kbrollout.render.flowrows import Graph, Order, Way, ordered
from kbrollout.render.flowways import Arrow, Chart, chart
from kbrollout.render.handoutparts import A4, HAND, UNITS, frame, head, lines_of, path, picture, text, texts, writing_line
from kbrollout.render.svg import ACCENT, BRAND, LINE, PADDING, PAPER, SOFT, text_width

Step = Mapping[str, Any]
"""A step: `id`, `text`, `question`, `offers` (names that stand in its box), `blank` (lines to write on instead) and `next`
(each `to`, the id of a step, and `label`, the answer that leads there, or nothing)."""

_BULLET, _BETWEEN = 14.0, 3.0
"""Room for the dot before a name in a list, and above every name."""
_LINES = 2
"""Lines to write on in a blank box."""


def flow_svg(steps: Sequence[Step], title: str, width: float = A4) -> str:
    """The flow chart; `width` is how wide it will be on paper, in millimetres."""
    drawn = flow_chart(steps, width)
    boxes = [_box(box, steps[box.node]) for box in drawn.boxes]
    return picture(width * UNITS, drawn.height, title, [*_arrows(drawn.arrows), *boxes, *map(_label, drawn.labels)])


def flow_chart(steps: Sequence[Step], width: float = A4) -> Chart:
    """The flow chart as places, not yet drawn: with as many boxes beside each other as fit, or fewer where that saves height."""
    graph, page = _graph(steps), width * UNITS
    most = max(1, int((page + APART) // (NARROW + APART)))
    return min((_laid(steps, ordered(graph, across), page) for across in range(most, 0, -1)), key=lambda drawn: drawn.height)


def _laid(steps: Sequence[Step], order: Order, page: float) -> Chart:
    measure = Measure(lambda node: _wish(steps[node], page), lambda node, room: _height(steps[node], room))
    found = columns(order, measure, page)
    heights = {node: _height(steps[node], wide) for row in found.widths for node, wide in row.items() if wide}
    return chart(found, heights)


def flow_text(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The same as a numbered list: each step with `number`, `text`, `question`, `offers`, `blank` and `ways` ("Ja: ga naar 3.")."""
    numbers = {step["id"]: number for number, step in enumerate(steps, 1)}
    found = []
    for number, step in enumerate(steps, 1):
        ways = [_said(arrow.get("label"), numbers[arrow["to"]]) for arrow in step["next"]]
        kept = {name: step[name] for name in ("text", "question", "offers", "blank")}
        found.append({"number": number, **kept, "ways": ways})
    return found


def _said(label: str | None, number: int) -> str:
    return f"{label[:1].upper()}{label[1:]}: ga naar {number}." if label else f"Ga naar {number}."


def _graph(steps: Sequence[Step]) -> Graph:
    numbers = {step["id"]: number for number, step in enumerate(steps)}
    arrows = [(numbers[step["id"]], numbers[arrow["to"]], arrow.get("label") or "") for step in steps for arrow in step["next"]]
    ways = tuple(Way(number, *arrow) for number, arrow in enumerate(arrows))
    questions = frozenset(numbers[step["id"]] for step in steps if step["question"])
    large = frozenset(numbers[step["id"]] for step in steps if step["offers"] or step["blank"])
    return Graph(len(steps), ways, questions, large)


def _wish(step: Step, page: float) -> float:
    """A short text on one line; a longer one over about half the page, a list over most of it."""
    large = step["offers"] or step["blank"]
    longest = max([text_width(step["text"]), *(text_width(name) + _BULLET for name in step["offers"])])
    return min(max(longest + 2 * _inset(step) + 2, page * (0.45 if large else 0.34)), page * (0.8 if large else 0.5))


def _inset(step: Step) -> float:
    return PADDING + (BEVEL if step["question"] else 0)


def _words(step: Step, width: float) -> tuple[str, ...]:
    return lines_of(step["text"], width - 2 * _inset(step))


def _names(step: Step, width: float) -> list[tuple[str, ...]]:
    return [lines_of(name, width - 2 * _inset(step) - _BULLET) for name in step["offers"]]


def _height(step: Step, width: float) -> float:
    lines = len(_words(step, width)) + sum(len(name) for name in _names(step, width))
    return 2 * PADDING + LINE * lines + (_LINES * HAND if _is_blank(step) else _BETWEEN * len(step["offers"]))


def _is_blank(step: Step) -> bool:
    return bool(step["blank"]) and not step["offers"]


def _box(box: Box, step: Step) -> str:
    parts = [_hexagon(box) if box.question else frame(box.x, box.y, box.width, box.height)]
    words, names = _words(step, box.width), _names(step, box.width)
    y = box.y + PADDING + LINE * len(words)
    if not names and not _is_blank(step):
        parts.append(texts(box.middle, box.y + PADDING, words, anchor="middle", weight=600 if box.question else 400))
        return f'<g class="vak">{"".join(parts)}</g>'
    left = box.x + _inset(step)
    parts.append(texts(left, box.y + PADDING, words, weight=600))
    blank = range(1, 1 + _LINES * _is_blank(step))
    parts += [writing_line(left, y + HAND * number - 4, box.width - 2 * _inset(step)) for number in blank]
    for lines in names:
        y += _BETWEEN
        parts += [text(left, y + LINE - 4, "•"), texts(left + _BULLET, y, lines)]
        y += LINE * len(lines)
    return f'<g class="vak">{"".join(parts)}</g>'


def _hexagon(box: Box) -> str:
    left, right, middle = box.x, box.x + box.width, box.y + box.height / 2
    corners = [
        (left, middle),
        (left + BEVEL, box.y),
        (right - BEVEL, box.y),
        (right, middle),
        (right - BEVEL, box.bottom),
        (left + BEVEL, box.bottom),
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{points}" fill="{SOFT}" stroke="{BRAND}" stroke-width="2.6"/>'


def _arrows(arrows: Sequence[Arrow]) -> list[str]:
    """All arrows to one step at a time, on white sides, so that they break what they cross and not each other."""
    parts = []
    for target in sorted({arrow.way.target for arrow in arrows}):
        lines = [arrow.points for arrow in arrows if arrow.way.target == target]
        heads = sorted({head(line[-1], line[-2]) for line in lines})
        parts.append(f'<g class="pijl">{path(*lines, stroke=PAPER, width=7)}{path(*lines)}{"".join(heads)}</g>')
    return parts


def _label(label: Label) -> str:
    return f'<g class="antwoord">{texts(label.x, label.y, label.lines, ink=ACCENT, weight=600)}</g>'
