"""What a backup is: one file with all that people filled in, the same for SQLite and PostgreSQL, and reading it.

It is a zip with `inhoud.json` and per table a file with a line of JSON per row. `inhoud.json` says how many rows each
table has and what its bytes hash to, so that damage is found before anything is put back. In it are the hashes of
passwords and the seeds of sign-in codes: whoever has the file has those.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

from kbrollout.errors import ContentError
from kbrollout.tracker.database import known_steps
from kbrollout.tracker.messages import problem

FIRST = b"tabellen/tracker.Site"
"""The name of what comes first in the file: by this a damaged backup is told from another file."""

KIND, FORMAT = "reservekopie van kbrollout", 1
CONTENTS = "inhoud.json"

TABLES = (
    *("tracker.Site", "tracker.Unit", "tracker.Agreement", "tracker.Blob", "tracker.PackFile"),
    *("tracker.Person", "tracker.Membership", "account.EmailAddress", "mfa.Authenticator"),
    *("tracker.Item", "tracker.Event", "tracker.Snapshot", "tracker.Indicator", "tracker.Measurement", "tracker.Export"),
)
"""What is kept, in the order in which it is put back: what is referred to goes first."""

LEFT_OUT = {"tracker.Upload": "waits for a choice for a day at most, and nobody has looked at its texts yet"}
"""Tables of ours that are not kept, and why. Sessions, counters of tries and the like are not kept either."""

MOST_BYTES = 4 * 1024**3
MOST_TIMES_PACKED = 200
"""How much a file may grow when it is unpacked; real ones grow some ten times."""

DAMAGE = (
    *(OSError, EOFError, BadZipFile, zlib.error, struct.error, NotImplementedError),
    *(ValueError, KeyError, TypeError, RecursionError),
)
"""What reading a damaged file, or making sense of it, ends in."""

LONGEST_LINE = 256 * 1024**2


@dataclass(frozen=True)
class Contents:
    """What `inhoud.json` says. `rows` and `sha256` are per table; `step` is the shape of the tables."""

    made: str
    version: str
    step: str
    demonstration: bool
    rows: dict[str, int]
    sha256: dict[str, str]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def entry_of(label: str) -> str:
    return f"tabellen/{label}.jsonl"


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """A backup to read. Raises ContentError when it is none, or cannot be read."""
    try:
        with path.open("rb") as file:
            ours = FIRST in file.read(200)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("bestand-onleesbaar", "", file=str(path), bestand=path, reden=reason)]) from error
    if not is_zipfile(path):
        raise damaged("het eind ontbreekt") if ours else _foreign(path)
    with _whole():
        archive = ZipFile(path)
    with archive:
        if CONTENTS not in archive.namelist() and not ours:
            raise _foreign(path)
        yield archive


def check(archive: ZipFile) -> Contents:
    """Read all of a backup and see that it is whole. Raises ContentError when it is not, or when it is too new."""
    with _whole():
        _check_parts(archive)
        contents = _contents(archive.read(CONTENTS))
        for label in TABLES:
            digest, count = hashlib.sha256(), 0
            for line, _ in rows_of(archive, label):
                digest.update(line)
                count += 1
            if (count, digest.hexdigest()) != (contents.rows.get(label), contents.sha256.get(label)):
                raise damaged(f"{label} is niet wat er is opgeslagen")
    return contents


@contextmanager
def _whole() -> Iterator[None]:
    """What cannot be read of a file inside is told as damage."""
    try:
        yield
    except DAMAGE as error:
        raise damaged(f"{type(error).__name__}: {error}"[:200]) from error


def rows_of(archive: ZipFile, label: str) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """The rows of a table, as a line and as data."""
    with archive.open(entry_of(label)) as file:
        while line := file.readline(LONGEST_LINE):
            row = json.loads(line)
            if not isinstance(row, dict) or row.get("model") != label.lower():
                raise damaged(f"in {label} staat iets anders")
            yield line, row


def damaged(reason: str) -> ContentError:
    return ContentError([problem("kopie-beschadigd", "", reden=reason)])


def _foreign(path: Path) -> ContentError:
    return ContentError([problem("kopie-van-ander", "", file=str(path), bestand=path)])


def _check_parts(archive: ZipFile) -> None:
    """Exactly the parts that belong in it, and no more in them than a machine can take."""
    parts, expected = archive.infolist(), {CONTENTS, *map(entry_of, TABLES)}
    if len(parts) != len(expected) or {each.filename for each in parts} != expected:
        raise damaged(f"er horen {len(expected)} onderdelen in, met vaste namen")
    packed, size = sum(each.compress_size for each in parts), sum(each.file_size for each in parts)
    if size > MOST_BYTES or size > MOST_TIMES_PACKED * packed + 1024**2 or archive.getinfo(CONTENTS).file_size > 1024**2:
        raise damaged("uitgepakt is hij onwaarschijnlijk groot")
    if any(each.flag_bits & 1 for each in parts):
        raise damaged("er staat een wachtwoord op")


def _contents(text: bytes) -> Contents:
    said = json.loads(text)
    if said["soort"] != KIND:
        raise damaged(f"{CONTENTS} klopt niet")
    if int(said["formaat"]) > FORMAT or str(said["stap"]) > max(known_steps()):
        raise ContentError([problem("kopie-nieuwer", "", versie=str(said["versie"])[:40])])
    return Contents(said["gemaakt"], said["versie"], said["stap"], bool(said["demonstratie"]), dict(said["regels"]), dict(said["sha256"]))
