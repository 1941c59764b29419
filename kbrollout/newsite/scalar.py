"""Text as YAML that reads back as exactly that text, quoted only where it must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kbrollout.yamlfile import Data

WIDEST_LIST = 80

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,;()/&+’'–-]*[\w.)’])?|[1-9]\d*")
_MEANS_SOMETHING_ELSEWHERE = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""Plain words that other readers of YAML, an editor for one, do not take for text."""


def yaml_scalar(text: str) -> str:
    """`text` as it may stand after a key: as it is where that is safe, between double quotes elsewhere."""
    if _PLAIN.fullmatch(text) and text.lower() not in _MEANS_SOMETHING_ELSEWHERE:
        return text
    inside = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{inside}"'


def yaml_lines(block: Mapping[str, Data]) -> list[str]:
    """The lines of a block, its own indentation left out. Lists of texts stand on one line while they are short."""
    return [line for key, value in block.items() if value is not None for line in _entry(key, value)]


def _entry(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{key}: {yaml_scalar(value)}"
    elif isinstance(value, list):
        parts = [yaml_scalar(str(each)) for each in value]
        short = f"{key}: [{', '.join(parts)}]"
        if len(short) <= WIDEST_LIST and not any("," in part for part in parts):
            yield short
        else:
            yield f"{key}:"
            yield from (f"  - {part}" for part in parts)
    else:
        yield f"{key}:"
        yield from (f"  {line}" for line in yaml_lines(value))
