"""Puts a choice in the text of `profiel.yaml`; every other character of the file stays what it was.

Editors that load and dump YAML (ruamel.yaml too) tidy up what they do not like, and hang the comment above the next
section on to the end of the list before it. Here lines are put in their place, and the result is read back: when it
is not exactly the old data with the choice in it, nothing is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO

import yaml

from kbrollout.editing.lines import lines_of
from kbrollout.errors import ContentError
from kbrollout.model.site import Profile
from kbrollout.yamlfile import Data, parse_yaml

KEY = "afspraken"
_INTRODUCTION = "# Wat de wijk met afspraken uit de referentie doet, met het besluit erover."
_ORDER = [field.alias for field in Profile.model_fields.values()]


class NotEditable(Exception):
    """The file has a form that cannot be added to line by line. Says which lines its author can put there."""


def with_choice(text: str, entry: Mapping[str, Data]) -> str:
    """The text of a profile with a choice in it, in the place of an earlier one about the same agreement. Raises NotEditable."""
    data = parse_yaml(text, "").data
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(data, dict)
    assert isinstance(root, yaml.MappingNode)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = StringIO(text, newline="").readlines()
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    old = data.get(KEY) or []
    assert isinstance(old, list)
    number = next((place for place, each in enumerate(old) if isinstance(each, dict) and each.get("id") == entry["id"]), len(old))
    new = "".join(_changed(lines, root, number, entry, end))
    expected = {**data, KEY: [*old[:number], dict(entry), *old[number + 1 :]]}
    if not _reads_as(new, expected):
        raise NotEditable("\n".join(_entry_lines(entry, 2)))
    return new


def _reads_as(text: str, expected: Mapping[str, Data]) -> bool:
    try:
        return parse_yaml(text, "").data == expected
    except ContentError:
        return False


def _changed(lines: list[str], root: yaml.MappingNode, number: int, entry: Mapping[str, Data], end: str) -> list[str]:
    section = next(((key, value) for key, value in root.value if key.value == KEY), None)
    if section is None:
        return _with_section(lines, root, entry, end)
    key, node = section
    if not isinstance(node, yaml.SequenceNode) or not node.value:  # `afspraken: []`
        start, stop = node.start_mark, node.end_mark
        line = lines[start.line]
        opened = (line[: start.column].rstrip() + line[stop.column :]) if start.line == stop.line == key.start_mark.line else line
        return [*lines[: start.line], opened, *_ended(_entry_lines(entry, 2), end), *lines[start.line + 1 :]]
    column = node.start_mark.column
    made = _ended(_entry_lines(entry, column), end)
    if number == len(node.value):
        after = _last_line(node, lines) + 1
        while after < len(lines) and _comment_within(lines[after], column):
            after += 1
        return [*lines[:after], *made, *lines[after:]]
    first, after = node.value[number].start_mark.line, _last_line(node.value[number], lines) + 1
    while lines[first][column : column + 1] != "-" and first > node.start_mark.line:
        first -= 1
    return [*lines[:first], *made, *_comments(lines, node.value[number]), *lines[after:]]


def _with_section(lines: list[str], root: yaml.MappingNode, entry: Mapping[str, Data], end: str) -> list[str]:
    """The lines with a new section, after what comes before it in the order of the model."""
    later = set(_ORDER[_ORDER.index(KEY) :])
    names = [key.value for key, _ in root.value]
    place = next((number for number, name in enumerate(names) if name in later), len(names)) or len(names)
    key, node = root.value[place - 1]
    after = max(_last_line(node, lines), key.start_mark.line) + 1
    while after < len(lines) and _comment_within(lines[after], 0):
        after += 1
    made = ["", _INTRODUCTION, f"{KEY}:", *_entry_lines(entry, 2)]
    if after < len(lines) and lines[after].strip():
        made.append("")
    return [*lines[:after], *_ended(made, end), *lines[after:]]


def _entry_lines(entry: Mapping[str, Data], column: int) -> list[str]:
    return [f"{' ' * column}{'  ' if number else '- '}{line}".rstrip() for number, line in enumerate(lines_of(entry, 118 - column))]


def _ended(lines: list[str], end: str) -> list[str]:
    return [f"{line}{end}" for line in lines]


def _last_line(node: yaml.Node, lines: list[str]) -> int:
    """The number of the last line with something of a node on it; blank lines and comments after it do not count."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last, lines)
    end = node.end_mark
    number = int(end.line) if end.column else int(end.line) - 1  # a folded text ends where the next line begins
    while not lines[number].strip():
        number -= 1
    return number


def _comment_within(line: str, column: int) -> bool:
    """Whether a line is a comment that stands further in than `column`, so that it belongs to what is above it."""
    words = line.lstrip(" ")
    return words.startswith("#") and len(line) - len(words) > column


def _comments(lines: list[str], node: yaml.Node) -> list[str]:
    """The comments on lines of their own in an entry that is replaced: whoever wrote them may still need them."""
    within = range(node.start_mark.line, _last_line(node, lines) + 1)
    texts = {number for scalar in _scalars(node) for number in range(scalar.start_mark.line + 1, _last_line(scalar, lines) + 1)}
    return [lines[number] for number in within if number not in texts and lines[number].lstrip().startswith("#")]


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for part in node.value:
            for each in part if isinstance(part, tuple) else (part,):
                yield from _scalars(each)
