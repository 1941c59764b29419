"""Data as lines of YAML for a file that people edit: short things on one line, long texts folded."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from kbrollout.newsite.scalar import yaml_lines, yaml_scalar
from kbrollout.yamlfile import Data

WIDEST = 120
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def lines_of(block: Mapping[str, Data], width: int = WIDEST) -> Iterator[str]:
    """The lines of a block, its own indentation left out; `width` is the room that a line has.

    Texts under a heading of an agreement (those have a capital) always get lines of their own: people will add to them.
    """
    for key, value in block.items():
        if isinstance(value, dict):
            short = f"{key}: {{{', '.join(f'{name}: {_scalar(each)}' for name, each in value.items())}}}"
            if len(short) <= min(width, 80) and all(name.islower() and _plain(each) for name, each in value.items()):
                yield short
            else:
                yield f"{key}:"
                yield from (f"  {line}" for line in lines_of(value, width - 2))
        elif isinstance(value, str):
            yield from _text(key, value, width)
        else:
            yield from yaml_lines({key: value})


def _scalar(value: Data) -> str:
    text = str(value)
    return text if _DATE.fullmatch(text) else yaml_scalar(text)


def _plain(value: Data) -> bool:
    """Whether a value can stand between braces as it is."""
    return isinstance(value, str) and _scalar(value) == value and "," not in value


def _text(key: str, text: str, width: int) -> Iterator[str]:
    one_line = f"{key}: {_scalar(text)}"
    lines = text.split("\n")
    if ("\n" in text or text.startswith("- ")) and all(line == " ".join(line.split()) for line in lines) and lines[0] and lines[-1]:
        yield f"{key}: |-"
        yield from (f"  {line}" if line else "" for line in lines)
    elif len(one_line) <= width or text != " ".join(text.split()):
        yield one_line
    else:
        yield f"{key}: >-"
        yield from (f"  {line}" for line in textwrap.wrap(text, width - 2, break_long_words=False, break_on_hyphens=False))
