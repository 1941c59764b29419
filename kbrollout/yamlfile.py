"""Strict YAML: every scalar stays text, every value keeps its position, and nothing clever is allowed.

PyYAML's own resolvers would turn `10:30` into 630, `0302` into 194 and `nee` into a truth value, so only its event
parser is used. Duplicate keys, anchors, aliases, tags and excess depth are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import problem

Data = dict[str, "Data"] | list["Data"] | str | None
"""What YAML holds here: blocks, lists, texts, and None for a value that was left empty."""

Path_ = tuple[str | int, ...]
DEEPEST = 20
LARGEST_KB = 500
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Sourced:
    """The data of one file with the position (line, column, from 1) of every key and value.

    `file` is the path to show. `shift` is the number of lines above the YAML in the file.
    """

    file: str
    data: Data = None
    shift: int = 0
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path_ = (), *, of_key: bool = False) -> tuple[str, int, int, str]:
        """Where something stands, as `problem` wants it. Falls back on the nearest enclosing thing."""
        positions = self.keys if of_key else self.values
        for length in range(len(path), -1, -1):
            found = positions.get(path[:length]) or self.values.get(path[:length])
            if found:
                return self.file, found[0] + self.shift, found[1], dotted(path)
        return self.file, 1 + self.shift, 1, dotted(path)


def dotted(path: Path_) -> str:
    """`("praktijken", 2, "agb")` as `praktijken[2].agb`; list places count from 1, as people do."""
    shown = ""
    for step in path:
        shown += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if shown else step
    return shown


def read_text(path: Path, shown: str, remedy: str) -> str:
    """The text of a file. Raises ContentError when it is missing, unreadable, too large, empty or not UTF-8."""
    whole_file = (shown, 0, 0, "")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ContentError([problem("bestand-ontbreekt", whole_file, remedie=remedy)]) from None
    except OSError as error:
        raise ContentError([problem("bestand-onleesbaar", whole_file, reden=error.strerror or type(error).__name__)]) from None
    if len(raw) > LARGEST_KB * 1024:
        raise ContentError([problem("bestand-te-groot", whole_file, kilobytes=len(raw) // 1024, hoogstens=LARGEST_KB)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ContentError([problem("geen-utf8", (shown, line, column, ""))]) from None
    if not text.strip():
        raise ContentError([problem("bestand-leeg", whole_file)])
    return text.replace("\r\n", "\n")


def parse_yaml(text: str, shown: str, shift: int = 0) -> Sourced:
    """Read YAML text. Raises ContentError for what is not YAML, and for what we do not allow, with all doubled keys."""
    sourced = Sourced(shown, shift=shift)
    problems: list[Problem] = []
    try:
        events = yaml.parse(text, Loader=_PARSER)
        documents = _Reader(sourced, problems).documents(iter(events))
    except yaml.reader.ReaderError as error:
        line, column = text.count("\n", 0, error.position) + 1, error.position - text.rfind("\n", 0, error.position)
        raise ContentError([problem("stuurteken", (shown, line + shift, column, ""))]) from None
    except yaml.MarkedYAMLError as error:
        raise ContentError([_yaml_problem(error, sourced, text)]) from None
    if problems:
        raise ContentError(problems)
    if not documents:
        raise ContentError([problem("bestand-leeg", (shown, 0, 0, ""))])
    sourced.data = documents[0]
    return sourced


def _yaml_problem(error: yaml.MarkedYAMLError, sourced: Sourced, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = f"{error.context or ''} {error.problem or ''}"
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: max(column, 1)]:
        code = "yaml-tab"
    elif "quoted scalar" in said:
        code = "yaml-aanhalingsteken"
        if error.context_mark:
            line, column = error.context_mark.line + 1, error.context_mark.column + 1
    elif "mapping values are not allowed" in said:
        code = "yaml-dubbele-punt"
    elif "flow" in said:
        code = "yaml-haakje"
    elif "undefined alias" in said or "anchor" in said or "alias" in said:
        code = "yaml-anker"
    elif "tag" in said:
        code = "yaml-tag"
    elif "block" in said or "indent" in said:
        code = "yaml-inspringing"
    else:
        code = "yaml"
    return problem(code, (sourced.file, line + sourced.shift, column, ""))


class _Reader:
    """Builds data from parser events, and notes positions on the way."""

    def __init__(self, sourced: Sourced, problems: list[Problem]) -> None:
        self.sourced = sourced
        self.problems = problems

    def documents(self, events: Iterator[yaml.Event]) -> list[Data]:
        found: list[Data] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise ContentError([self._problem("yaml-meer-documenten", event)])
                found.append(self._node(next(events), events, ()))
        return found

    def _problem(self, code: str, event: yaml.Event, path: Path_ = (), **words: Any) -> Problem:
        line, column = _position(event)
        return problem(code, (self.sourced.file, line + self.sourced.shift, column, dotted(path)), **words)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> Data:
        self._refuse_clever(event, path)
        self.sourced.values[path] = _position(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        assert isinstance(event, yaml.ScalarEvent)
        empty = event.style is None and event.value == ""
        return None if empty else str(event.value)

    def _refuse_clever(self, event: yaml.Event, path: Path_) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise ContentError([self._problem("yaml-anker", event, path)])
        if getattr(event, "tag", None) is not None:
            raise ContentError([self._problem("yaml-tag", event, path)])
        if len(path) > DEEPEST:
            raise ContentError([self._problem("yaml-diep", event, hoogstens=DEEPEST)])

    def _mapping(self, events: Iterator[yaml.Event], path: Path_) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self._refuse_clever(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                raise ContentError([self._problem("sleutel-geen-tekst", event, path)])
            name = str(event.value)
            here = (*path, name)
            if name in data:
                first = self.sourced.keys[here][0] + self.sourced.shift
                self.problems.append(self._problem("sleutel-dubbel", event, here, sleutel=name, eerste=first))
                self._node(next(events), events, here)
                continue
            self.sourced.keys[here] = _position(event)
            data[name] = self._node(next(events), events, here)
        return data

    def _sequence(self, events: Iterator[yaml.Event], path: Path_) -> list[Data]:
        data: list[Data] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            data.append(self._node(event, events, (*path, len(data))))
        return data


def _position(event: yaml.Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def read_yaml(path: Path, shown: str, remedy: str) -> Sourced:
    """Read a YAML file with positions. Raises ContentError."""
    return parse_yaml(read_text(path, shown, remedy), shown)
