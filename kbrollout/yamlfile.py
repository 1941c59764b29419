"""Strict YAML: every scalar stays text, every value keeps its position, and nothing clever is allowed.

PyYAML's own resolvers would turn `10:30` into 630, `0302` into 194 and `nee` into a truth value, so only its event
parser is used. Duplicate keys, anchors, aliases, tags and excess depth are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import problem

Data = dict[str, "Data"] | list["Data"] | str | None
"""What YAML holds here: blocks, lists, texts, and None for a value that was left empty."""

Path_ = tuple[str | int, ...]
DEEPEST = 20
LARGEST_KB = 500
MOST_PROBLEMS = 50
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HIDDEN = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


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
        text = _one_line_end(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ContentError([_not_utf8(_one_line_end(raw[: error.start].decode("utf-8-sig")), shown)]) from None
    if not text.strip():
        raise ContentError([problem("bestand-leeg", whole_file)])
    if "\0" in text:  # UTF-16 without a mark, or no text at all
        raise ContentError([_not_utf8(text[: text.index("\0")], shown)])
    hidden = [(number, match.start() + 1) for number, line in enumerate(text.split("\n"), 1) if (match := _HIDDEN.search(line))]
    if hidden:
        raise ContentError(problem("stuurteken", (shown, line, column, "")) for line, column in hidden[:MOST_PROBLEMS])
    return text


def without_hidden(text: str) -> str:
    """Text without the signs that are refused in a file and that nobody can see; control signs stay, to be told about."""
    return "".join(sign for sign in text if sign < " " or sign == "\x7f" or not _HIDDEN.match(sign))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(before: str, shown: str) -> Problem:
    return problem("geen-utf8", (shown, before.count("\n") + 1, len(before) - before.rfind("\n"), ""))


def parse_yaml(text: str, shown: str, shift: int = 0) -> Sourced:
    """Read YAML text. Raises ContentError for what is not YAML, and for everything that we do not allow."""
    sourced = Sourced(shown, shift=shift)
    reader = _Reader(sourced)
    documents: list[Data] = []
    try:
        documents = reader.documents(iter(yaml.parse(text, Loader=_PARSER)))
    except yaml.reader.ReaderError:  # read_text finds these first, with their place
        reader.note("stuurteken", (1, 1))
    except yaml.MarkedYAMLError as error:
        lines = text.split("\n")
        code, line, column = _fault(error, lines, reader.last)
        # At the end of a file without a last line end, the parser sees one line more than there is.
        reader.note(code, (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1))
    if reader.problems:
        raise ContentError(reader.problems)
    if not documents or documents[0] is None:
        raise ContentError([problem("bestand-leeg", (shown, 0, 0, ""))])
    sourced.data = documents[0]
    return sourced


def _fault(error: yaml.MarkedYAMLError, lines: list[str], last: yaml.Event | None) -> tuple[str, int, int]:
    """Which message tells the author best what the parser stumbled over, and the line and column to look at.

    `last` is the event before the fault.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return "yaml", 1, 1
    start = error.context_mark if error.context_mark is not None else mark
    said = f"{error.context or ''} {error.problem or ''}"
    here = lines[mark.line] if mark.line < len(lines) else ""
    at, opened = (mark.line + 1, mark.column + 1), (start.line + 1, start.column + 1)
    if "\t" in here[: len(here) - len(here.lstrip(" \t-"))]:
        return "yaml-tab", at[0], here.index("\t") + 1
    if (
        isinstance(last, yaml.ScalarEvent)
        and last.end_mark
        and last.style in ("'", '"')
        and last.end_mark.line == mark.line
        and "quoted" not in said
    ):
        return "yaml-aanhalingsteken", *_position(last)
    if isinstance(last, (yaml.SequenceEndEvent, yaml.MappingEndEvent)) and here[: mark.column].rstrip()[-1:] in ("]", "}"):
        return "yaml-haakje", *at
    if here[mark.column : mark.column + 1] in ("]", "}", ",") and "flow" not in said:
        return "yaml-haakje", *at
    if "escape" in said and "quoted" in said:
        return "yaml-backslash", at[0], here.rfind("\\", 0, at[1]) + 1 or at[1]
    if "mapping values" in said:
        # A colon right after the first word of a line: then the line itself stands wrong.
        first_word = re.fullmatch(r"[ -]*[\w-]+", here[: mark.column])
        return ("yaml-inspringing", at[0], len(here) - len(here.lstrip(" -")) + 1) if first_word else ("yaml-dubbele-punt", *at)
    if "sequence entries" in said and here[: mark.column].strip(" -"):
        return "yaml-teken", *at
    return next(((code, *(opened if look_back else at)) for words, code, look_back in _FAULTS if words in said), ("yaml", *at))


_FAULTS = (
    ("quoted scalar", "yaml-aanhalingsteken", True),
    ("simple key", "yaml-geen-dubbele-punt", True),
    ("flow", "yaml-haakje", True),
    ("alias", "yaml-anker", True),
    ("anchor", "yaml-anker", True),
    ("tag", "yaml-tag", True),
    ("cannot start any token", "yaml-teken", False),
    ("block scalar", "yaml-teken", True),
    ("sequence entries", "yaml-inspringing", False),
    ("block", "yaml-inspringing", False),
    ("indent", "yaml-inspringing", False),
)
"""Words in what the parser says, the code of our message, and whether to look where the thing began."""


class _Reader:
    """Builds data from parser events, and notes positions and problems on the way."""

    def __init__(self, sourced: Sourced) -> None:
        self.sourced = sourced
        self.problems: list[Problem] = []
        self.last: yaml.Event | None = None

    def note(self, code: str, position: tuple[int, int], path: Path_ = (), **words: Any) -> None:
        """Remember a problem. Raises ContentError once there are so many that more would not help."""
        line, column = position
        self.problems.append(problem(code, (self.sourced.file, line + self.sourced.shift, column, dotted(path)), **words))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ContentError(self.problems)

    def _stop(self, code: str, event: yaml.Event, **words: Any) -> NoReturn:
        self.note(code, _position(event), **words)
        raise ContentError(self.problems)

    def documents(self, events: Iterator[yaml.Event]) -> list[Data]:
        found: list[Data] = []
        watched = self._watched(events)
        for event in watched:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    self._stop("yaml-meer-documenten", event)
                found.append(self._node(next(watched), watched, ()))
        return found

    def _watched(self, events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
        for event in events:
            self.last = event
            yield event

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> Data:
        self._refuse_clever(event, path)
        if len(path) > DEEPEST:
            self._stop("yaml-diep", event, hoogstens=DEEPEST)
        self.sourced.values[path] = _position(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        if not isinstance(event, yaml.ScalarEvent) or (not event.style and event.value == ""):
            return None
        return self._text(event, path)

    def _text(self, event: yaml.ScalarEvent, path: Path_) -> str:
        if _HIDDEN.search(event.value) or "\0" in event.value:
            self.note("stuurteken", _position(event), path)
        return str(event.value)

    def _refuse_clever(self, event: yaml.Event, path: Path_) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self.note("yaml-anker", _position(event), path)
        if getattr(event, "tag", None) is not None:
            self.note("yaml-tag", _position(event), path)

    def _mapping(self, events: Iterator[yaml.Event], path: Path_) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self._refuse_clever(event, path)
            if not isinstance(event, yaml.ScalarEvent):
                self._stop("sleutel-geen-tekst", event)
            name = self._text(event, path)
            here = (*path, name)
            if name in data:
                first = self.sourced.keys[here][0] + self.sourced.shift
                self.note("sleutel-dubbel", _position(event), here, sleutel=name, eerste=first)
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
    mark = event.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def read_yaml(path: Path, shown: str, remedy: str) -> Sourced:
    """Read a YAML file with positions. Raises ContentError."""
    return parse_yaml(read_text(path, shown, remedy), shown)
