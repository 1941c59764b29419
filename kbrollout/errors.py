"""What can be wrong with content: a `Problem` says what, where and how to mend it; a `ContentError` carries many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is. The values are what users see."""

    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True, order=True)
class Problem:
    """One finding in a file of the reference or of a site.

    `file` is the path as the user gave it; `line` and `column` count from 1, 0 means "the file as a whole";
    `path` is the place inside the file in the form `praktijken[2].agb`. `what` and `fix` are Dutch sentences.
    """

    file: str
    line: int
    column: int
    path: str
    code: str
    what: str
    fix: str
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """`file:line:column`, or the file alone when the problem is the file."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        inside = f" in {self.path}" if self.path else ""
        where = f"{self.place}: " if self.file else ""
        return f"{where}{self.severity}{inside}: {self.what} [{self.code}]\n    → {self.fix}"


class ContentError(Exception):
    """The content cannot be used as it is. Carries every problem that was found, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
