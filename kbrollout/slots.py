"""What authors may write in a text apart from Markdown: `{name}` for a declared name, `[[ID]]` for a reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from kbrollout.grammar import capitalised

SLOT = re.compile(r"\{([A-Za-z][A-Za-z0-9-]*)\}")
NO_WORDS: Mapping[str, str] = {}

REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")


def name_in(slot: str) -> str:
    """The declared name that a slot stands for: `Sociaal-team` at the start of a sentence is `sociaal-team`."""
    return slot[0].lower() + slot[1:]


def phrase_of(slot: str, names: Mapping[str, str]) -> str:
    """What stands in the sentence for a slot; a slot with a capital gets a capital."""
    said = names[name_in(slot)]
    return capitalised(said) if slot[0].isupper() else said


def renamed(text: str, words: Mapping[str, str], written: Callable[[str], str] = str) -> str:
    """Text with whole words (or runs of words) replaced; a capital at the start of a word stays a capital.

    `written` makes of a local word what may stand in the text.
    """
    return _pattern(tuple(words)).sub(lambda match: _local(match[0], words, written), text) if words else text


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w/.:@-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/@-]|\.\w)", re.IGNORECASE)


def _local(found: str, words: Mapping[str, str], written: Callable[[str], str]) -> str:
    said = words.get(found) or words.get(found[0].lower() + found[1:])
    if said is None:
        return found
    return written(said if found in words else capitalised(said))


def plain(text: str) -> str:
    """Text with its references as bare ids, for where there are no links."""
    return REFERENCE.sub(r"\1", text)


def fill(text: str, names: Mapping[str, str], words: Mapping[str, str] = NO_WORDS) -> str:
    """Text with `{names}` replaced by their phrases, and the rest in the local words."""
    made, end = [], 0
    for match in SLOT.finditer(text):
        made += [renamed(text[end : match.start()], words), phrase_of(match[1], names)]
        end = match.end()
    return "".join([*made, renamed(text[end:], words)])
