"""Markdown of the reference to clean HTML, with local names filled in as text.

Names and values come from profiles: they are data. They are put in after Markdown has done its work, escaped, and
only between tags, so that nothing in them can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from kbrollout.slots import NO_WORDS, REFERENCE, SLOT, phrase_of, renamed

if TYPE_CHECKING:
    from markdown import Markdown

_ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}
_TAG = re.compile(r"(<[^>]*>)")
_ID_AT_END = re.compile(r"(\([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+\))$")
_SLOT_OR_REFERENCE = re.compile(f"{SLOT.pattern}|{REFERENCE.pattern}")

Targets = Mapping[str, Mapping[str, str | None]]
"""Per id that a text may refer to: its `label`, and the `href` that leads there, if there is one."""


def to_html(text: str, names: Mapping[str, str], targets: Targets, words: Mapping[str, str] = NO_WORDS) -> str:
    """Markdown with `{names}` and `[[references]]` as sanitised HTML, in the local `words`."""
    return "".join(part if part.startswith("<") else _with_names(part, names, targets, words) for part in _TAG.split(_clean(text)))


def to_inline_html(text: str, names: Mapping[str, str], targets: Targets, words: Mapping[str, str] = NO_WORDS) -> str:
    """One paragraph of Markdown without the paragraph around it."""
    return to_html(text, names, targets, words).removeprefix("<p>").removesuffix("</p>")


@cache
def _clean(text: str) -> str:
    import nh3

    html = _markdown().reset().convert(text)
    return nh3.clean(html, tags=_ALLOWED, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}, link_rel=None)


@cache
def _markdown() -> Markdown:
    # Making one takes longer than reading a text.
    from markdown import Markdown

    return Markdown(extensions=["sane_lists", "tables"])


def _with_names(part: str, names: Mapping[str, str], targets: Targets, words: Mapping[str, str]) -> str:
    # In one pass: what a name brings along is text, also when it looks like a slot, a reference or a word of the reference.
    # What a profile calls something is text too: it goes into finished HTML, so it is escaped.
    made, end = [], 0
    for match in _SLOT_OR_REFERENCE.finditer(part):
        made.append(renamed(part[end : match.start()], words, escape))
        made.append(_link(match[2], targets) if match[2] else escape(phrase_of(match[1], names)))
        end = match.end()
    return "".join([*made, renamed(part[end:], words, escape)])


def _link(key: str, targets: Targets) -> str:
    target = targets[key]
    # An id in brackets at the end stays in one piece.
    label = _ID_AT_END.sub(r'<span class="heel">\1</span>', escape(target["label"] or key))
    return f'<a href="{escape(target["href"])}">{label}</a>' if target["href"] else label
