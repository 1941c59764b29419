"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"[\w’'-]+|\s|[^\w\s]")


class Change(StrEnum):
    """What happened to a run of words."""

    SAME = "gelijk"
    GONE = "weg"
    NEW = "nieuw"


@dataclass(frozen=True)
class Run:
    """A run of words that stayed, went or came."""

    change: Change
    text: str


def word_differences(before: str, after: str) -> tuple[Run, ...]:
    """The two texts as one row of runs: leaving out what is new gives `before`, leaving out what is gone gives `after`.

    White space is made one space; punctuation stands apart from words, so that a comma more does not change a word.
    """
    old, new = (_TOKEN.findall(" ".join(text.split())) for text in (before, after))
    runs: list[Run] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run(Change.SAME, "".join(old[old_start:old_end])))
        else:
            runs += [
                Run(change, "".join(words))
                for change, words in ((Change.GONE, old[old_start:old_end]), (Change.NEW, new[new_start:new_end]))
                if words
            ]
    return tuple(runs)


def as_text(runs: tuple[Run, ...]) -> str:
    """Runs as plain text: what went between [- and -], what came between {+ and +}."""
    marks = {Change.SAME: "{}", Change.GONE: "[-{}-]", Change.NEW: "{{+{}+}}"}
    return "".join(marks[run.change].format(run.text) for run in runs)
