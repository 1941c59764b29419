"""Whether the database can be worked on, and making its tables. What is not whole is refused, never mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from kbrollout.errors import ContentError
from kbrollout.tracker.messages import problem
from kbrollout.tracker.place import synced
from kbrollout.tracker.start import bring_up_to_date

APP = "tracker"
HEADER = b"SQLite format 3\0"


def ready(*, make: bool) -> Path | None:
    """See to it that this program can work on the database; with `make` its tables are made when they are not there.

    Tables of an earlier version are brought up to date; of a SQLite file a copy is left beside it first, whose path is
    given. Raises ContentError when there is nothing to work on, when it is not whole, or when a newer version made it.
    """
    file = file_of_database()
    if file:
        if not file.exists() and not make:
            raise ContentError([problem("database-ontbreekt", "", plek=place())])
        _check_file(file)
    with told():
        executor = MigrationExecutor(connection)
        done = {name for app, name in executor.loader.applied_migrations if app == APP}
        unknown = sorted(done - known_steps())
        if unknown:
            raise ContentError([problem("database-nieuwer", "", file=place(), stap=unknown[-1])])
        if not done and not make:
            raise ContentError([problem("database-ontbreekt", "", plek=place())])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return None
        copy = _copy_beside(file, max(done)) if file and done else None
        bring_up_to_date()
    return copy


def place() -> str:
    """Where the database is, as people may see it: never with a password in it."""
    file = file_of_database()
    return str(file) if file else f"de database {connection.settings_dict['NAME']}"


def file_of_database() -> Path | None:
    """The file of the database; None for PostgreSQL."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def close() -> None:
    """Let go of the database: on Windows its file could not be removed otherwise."""
    connections.close_all()


def known_steps() -> set[str]:
    """The steps by which this program makes its tables; the last one names the shape of the data."""
    return {name for app, name in MigrationLoader(None).disk_migrations if app == APP}


@contextmanager
def told() -> Iterator[None]:
    """What the database refuses is told as a problem, without its address or what was written."""
    try:
        yield
    except DatabaseError as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        reason = "een ander programma is ermee bezig" if "locked" in reason else reason
        code = "database-weigert" if connection.connection else "database-onbereikbaar"
        raise ContentError([problem(code, "", reden=reason)]) from error


def _check_file(file: Path) -> None:
    """Raises ContentError when the file is no whole database of ours. Only reads, so that nothing is made worse."""
    if service := synced(file.parent):
        raise ContentError([problem("map-wordt-gedeeld", "", file=str(file), map=file.parent, dienst=service)])
    if not file.exists():
        return
    reason = _fault_in(file)
    if reason:
        raise ContentError([problem("database-beschadigd", "", file=str(file), bestand=file, reden=reason)])


def _fault_in(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            start = stream.read(len(HEADER))
        if start != HEADER:
            return "het begin ontbreekt" if start else "het bestand is leeg"
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if tables and "django_migrations" not in tables:
                raise ContentError([problem("database-van-ander", "", file=str(file), bestand=file)])
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except (OSError, sqlite3.Error) as error:
        return str(error)
    return "" if said == "ok" else str(said)


def _copy_beside(file: Path, step: str) -> Path:
    """A copy of the database as it was before its tables changed, for who has to go back."""
    copy = file.with_name(f"{file.stem}-{step[:4]}-{timezone.localtime():%Y%m%d-%H%M%S}{file.suffix}")
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
