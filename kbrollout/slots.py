"""What authors may write in a text apart from Markdown: `{name}` for a declared name, `[[ID]]` for a reference."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kbrollout.grammar import capitalised

SLOT = re.compile(r"\{([A-Za-z][A-Za-z0-9-]*)\}")
REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")


def name_in(slot: str) -> str:
    """The declared name that a slot stands for: `Sociaal-team` at the start of a sentence is `sociaal-team`."""
    return slot[0].lower() + slot[1:]


def phrase_of(slot: str, names: Mapping[str, str]) -> str:
    """What stands in the sentence for a slot; a slot with a capital gets a capital."""
    said = names[name_in(slot)]
    return capitalised(said) if slot[0].isupper() else said


def fill(text: str, names: Mapping[str, str]) -> str:
    """Text with `{names}` replaced by their phrases."""
    return SLOT.sub(lambda match: phrase_of(match[1], names), text)
