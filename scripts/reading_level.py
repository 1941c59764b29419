"""The reading ease of a Dutch page from a pack: `python scripts/reading_level.py PACK/handouts/HO-28.html`.

Douma's version of Flesch for Dutch: 206.84 − 0.77 × syllables per 100 words − 0.93 × words per sentence. Higher is easier:
80 and more is called easy, 90 and more very easy.

What the measure cannot do. It sees lengths alone: a short word may still be unknown, and it knows nothing of layout, order
or whether the text answers what the reader wants to know. It is no measure of A2 or B1; residents who try the page out are.
It was made for running text, and short lines in a list, which count as a sentence each here, lift it. Syllables are counted
by pyphen, which gives the places to hyphenate. No hyphen leaves a single letter behind (“adem” has two syllables and no
place), so long texts get a few syllables too few, and a score that is a few points too high. The word “AOW” counts as one.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

BLOCKS = frozenset({"h1", "h2", "h3", "p", "li", "td", "th"})
SKIPPED = frozenset({"header", "footer", "figure", "details", "style", "script"})
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def reading_ease(blocks: list[str]) -> float:
    """Flesch-Douma of a text, given as its paragraphs, headings and list items: each ends a sentence."""
    sentences = [part for block in blocks for part in re.split(r"[.!?…]+(?=\s|[”’\"]|$)", block) if WORD.search(part)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        raise ValueError("A text without words has no reading level")
    syllables = sum(syllables_of(word) for word in words)
    return 206.84 - 77 * syllables / len(words) - 0.93 * len(words) / len(sentences)


def syllables_of(word: str) -> int:
    """The syllables of a word, as far as hyphens may stand between them."""
    return len(_dutch().positions(word.lower())) + 1


@cache
def _dutch() -> Any:
    import pyphen  # comes with WeasyPrint

    return pyphen.Pyphen(lang="nl_NL", left=1, right=1)


def blocks_of(html: str) -> list[str]:
    """The text of a page that is read: no head, no foot, no drawings."""
    page = _Page()
    page.feed(html)
    return [" ".join(block.split()) for block in page.blocks if block.strip()]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.inside = False
        self.skipping = 0

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.skipping += tag in SKIPPED
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.skipping -= tag in SKIPPED
        if tag in BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipping and self.blocks:
            self.blocks[-1] += data


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(f"{reading_ease(blocks_of(Path(name).read_text(encoding='utf-8'))):5.1f}  {name}\n")
