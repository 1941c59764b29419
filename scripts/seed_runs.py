"""Write the hashes of all runs of twelve words in source documents, so that tests can guard against copying them.

Usage: seed_runs.py OUT EXEMPT SOURCE… Writes one short hash per line, sorted. EXEMPT holds one text per line whose runs
may be used: titles of documents, addresses, lists of names. The sources themselves do not travel with the project.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 12


def runs(text: str) -> Iterator[str]:
    """Every run of twelve words, without capitals and punctuation."""
    words = re.findall(r"[a-zà-ÿ0-9]+", text.lower())
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def digest(run: str) -> str:
    """48 bits: among a million runs of our own a chance equality is rarer than one in a hundred thousand."""
    return hashlib.blake2b(run.encode(), digest_size=6).hexdigest()


def main(out: str, exempt: str, *sources: str) -> None:
    found = {run for source in sources for run in runs(Path(source).read_text(encoding="utf-8"))}
    found -= {run for line in Path(exempt).read_text(encoding="utf-8").splitlines() for run in runs(line)}
    Path(out).write_text("".join(f"{each}\n" for each in sorted(map(digest, found))), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
