"""Making a backup: everything as it stands at one moment, written aside, read back, and only then put in place."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone

from kbrollout import __version__
from kbrollout.errors import ContentError, Problem
from kbrollout.tracker.archive import CONTENTS, FORMAT, KIND, TABLES, Contents, check, entry_of, opened
from kbrollout.tracker.database import known_steps
from kbrollout.tracker.frozen import is_whole
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Site
from kbrollout.tracker.services import differs

BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def make_backup(path: Path) -> Contents:
    """Write everything as it stands at one moment into a new file, and read that back.

    Raises ContentError when it cannot be written, or when the database contradicts its own log; then there is no file.
    """
    if path.exists():
        raise ContentError([problem("bestand-bestaat-al", "", file=str(path), bestand=path)])
    aside = path.with_name(f".{path.name}.nieuw-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _one_moment():
            refuse_when_unsound()
            _write(aside)
        with opened(aside) as archive:
            contents = check(archive)
        aside.replace(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("bestand-niet-schrijfbaar", "", file=str(path), bestand=path, reden=reason)]) from error
    finally:
        with suppress(OSError):
            aside.unlink()
    return contents


def refuse_when_unsound() -> None:
    """Raises ContentError when lines are not what their events say, an event is missing, or a snapshot was touched."""
    problems = [each for site in Site.objects.all() if (each := _fault_in(site))]
    if problems:
        raise ContentError(problems)


def _fault_in(site: Site) -> Problem | None:
    codes = list(differs(site))
    events = site.events.aggregate(count=Count("pk"), last=Max("number"))
    if {events["count"], events["last"] or 0} != {site.last_event}:
        codes.append("er ontbreken gebeurtenissen")
    codes += [f"momentopname {each.label}" for each in site.snapshots.all() if not is_whole(each)]
    return problem("database-klopt-niet", "", wijk=site.name, codes=", ".join(codes[:10])) if codes else None


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, and nobody has to wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _write(aside: Path) -> None:
    rows, sha256 = {}, {}
    with open(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:  # noqa: PTH123 - it is private from the start
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for label in TABLES:
                rows[label], sha256[label] = _write_table(archive, label)
            said = {
                "soort": KIND,
                "formaat": FORMAT,
                "gemaakt": timezone.localtime().isoformat(timespec="seconds"),
                "versie": __version__,
                "stap": max(known_steps()),
                "demonstratie": settings.DEMONSTRATION,
                "regels": rows,
                "sha256": sha256,
            }
            archive.writestr(CONTENTS, json.dumps(said, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _write_table(archive: ZipFile, label: str) -> tuple[int, str]:
    """Write the rows of a table; gives how many there are, and the hash of their lines."""
    count, digest = 0, hashlib.sha256()
    with archive.open(entry_of(label), "w", force_zip64=True) as file:
        for row in apps.get_model(label)._default_manager.order_by("pk").iterator(chunk_size=100):
            (data,) = serializers.serialize("python", [row])
            line = json.dumps(data, ensure_ascii=False, default=_plain).encode() + b"\n"
            file.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _plain(value: object) -> str:
    """A value that JSON does not know. Django's own encoder drops digits of a time."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)
