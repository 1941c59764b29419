"""Whether a printed page is still of now: what the code in its footer says about a pack."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from kbrollout.manifest import ASSET, Made
from kbrollout.model.manifest import FileEntry

EXAMPLE = "9F3A-12BC"

_BETWEEN = re.compile(r"[\s\-‐‑‒–—−]")
_CODE = re.compile(r"[0-9A-F]{8}")
_LOOK_ALIKES = str.maketrans("OQILSZGT", "00115267")
"""Letters that no code has, and the signs that people take for them."""

_ALIKE = 0.87
"""How much two codes resemble each other when one sign differs, is missing, or changed places with its neighbour."""


class Standing(StrEnum):
    """What is known of a code. The values are what users see."""

    CURRENT = "actueel"
    OUTDATED = "verouderd"
    UNKNOWN = "onbekend"


@dataclass(frozen=True)
class Verdict:
    """What a pack says of a code.

    `title` and `since` are of the version that has the code, `until` is when it was replaced. `now` are the files of the
    same document as they stand in the pack, none when it is not there any more. `alike` is a code that was perhaps meant.
    """

    code: str
    standing: Standing
    document: str | None = None
    title: str | None = None
    since: str | None = None
    until: str | None = None
    now: tuple[FileEntry, ...] = ()
    alike: str | None = None


def read_code(typed: str) -> str | None:
    """A code as it is printed, from how people type it; None when it is no code."""
    bare = _bare(typed)
    return _printed(bare) if _CODE.fullmatch(bare) else None


def meant(typed: str, made: Made) -> str | None:
    """The code that somebody perhaps meant who typed something that is none, or none of the pack."""
    mended = _bare(typed).translate(_LOOK_ALIKES)
    if _CODE.fullmatch(mended) and mended != _bare(typed):
        return _printed(mended)
    known = [file.code for file in _documents(made)] + [earlier.code for earlier in made.history]
    alike = get_close_matches(mended, [_bare(code) for code in known], 1, _ALIKE)
    return _printed(alike[0]) if alike else None


def verify(code: str, made: Made) -> Verdict:
    """What a pack says of a code. What stands in it now goes before what stood there earlier."""
    for file in _documents(made):
        if file.code == code:
            return Verdict(code, Standing.CURRENT, file.document, file.title, file.date, now=_now(made, file.document))
    found = [each for each in made.history if each.code == code]
    if not found:
        return Verdict(code, Standing.UNKNOWN, alike=meant(code, made))
    last = max(found, key=lambda each: each.until)
    now = _now(made, last.document)
    return Verdict(code, Standing.OUTDATED, last.document, last.title, last.since, last.until, now)


def _documents(made: Made) -> list[FileEntry]:
    return [file for file in made.files.values() if file.document != ASSET]


def _now(made: Made, document: str) -> tuple[FileEntry, ...]:
    """The files of a document, the page for the screen first."""
    files = (file for file in _documents(made) if file.document == document)
    return tuple(sorted(files, key=lambda file: (file.format != "html", file.path)))


def _bare(typed: str) -> str:
    """Without spaces, hyphens and the word that stands before a code in a footer."""
    return _BETWEEN.sub("", typed).upper().removeprefix("CODE")


def _printed(bare: str) -> str:
    return f"{bare[:4]}-{bare[4:]}"
