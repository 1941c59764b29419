"""Whether a database can be worked on: what is not whole, not ours or too new is refused, and never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from kbrollout.errors import ContentError
from kbrollout.tracker import start as starting
from kbrollout.tracker.database import place, ready, told
from kbrollout.tracker.models import Site
from kbrollout.tracker.place import is_for_real, mark_as_demonstration, synced
from kbrollout.tracker.settings import database
from tests.tracker.conftest import copied, use


def codes(error: pytest.ExceptionInfo[ContentError]) -> set[str]:
    return {each.code for each in error.value.problems}


@pytest.fixture
def file() -> Iterator[Path]:
    """A SQLite database of its own with its tables."""
    config = copied("sqlite")
    use(config)
    yield Path(config["NAME"])
    connection.close()


# -- the place


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/ik/OneDrive - Praktijk/kbrollout", "OneDrive"),
        ("/home/ik/onedrive/kbrollout", "OneDrive"),
        ("/home/ik/Dropbox/kb", "Dropbox"),
        ("/Users/ik/Library/Mobile Documents/com~apple~CloudDocs/kb", "iCloud"),
        ("/Users/ik/Library/CloudStorage/Box/kb", "een dienst in de cloud"),
        ("/home/ik/Google Drive/kb", "Google Drive"),
        ("//server/praktijk/kb", "het netwerk"),
        (r"\\server\praktijk\kb", "het netwerk"),
        ("/home/ik/.local/share/kbrollout", None),
        ("/home/ik/dropboxen/kb", None),
    ],
)
def test_a_folder_that_is_copied_to_elsewhere_is_known(folder: str, service: str | None) -> None:
    assert synced(Path(folder)) == service


def test_the_tracker_does_not_start_in_such_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive" / "kb"
    with pytest.raises(ContentError) as error:
        starting.start(folder)
    assert codes(error) == {"map-wordt-gedeeld"}
    assert not folder.parent.exists()


def test_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "NEEDS", ("django", "een.pakket.dat.er.niet.is"))
    with pytest.raises(ContentError) as error:
        starting.start()
    assert codes(error) == {"voortgang-kan-niet"}


def test_a_demonstration_is_marked_for_good(tmp_path: Path) -> None:
    (tmp_path / "voortgang.sqlite3").touch()
    assert is_for_real(tmp_path)
    mark_as_demonstration(tmp_path)
    assert not is_for_real(tmp_path)


# -- the file


@pytest.mark.usefixtures("file")
def test_a_database_that_is_up_to_date_is_ready() -> None:
    assert ready(make=False) is None


def test_tables_are_made_only_when_asked(tmp_path: Path) -> None:
    config = database("", tmp_path)
    use(config)
    with pytest.raises(ContentError) as error:
        ready(make=False)
    assert codes(error) == {"database-ontbreekt"}
    assert list(tmp_path.iterdir()) == []
    assert ready(make=True) is None
    assert Site.objects.count() == 0
    connection.close()


def halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "leeg": lambda _: b"",
    "tekst": lambda _: b"Beste collega, hierbij de lijst.",
    "half": halved,
    "een blok minder": lambda content: content[:-4096],
    "begin weg": lambda content: content[100:],
    "midden weg": lambda content: content[:8192] + b"\xff" * 4096 + content[12288:],
}


@pytest.mark.parametrize("case", DAMAGE)
def test_a_file_that_is_not_whole_is_refused_and_stays_as_it_is(file: Path, case: str) -> None:
    connection.close()
    broken = DAMAGE[case](file.read_bytes())
    file.write_bytes(broken)
    with pytest.raises(ContentError) as error:
        ready(make=True)
    assert codes(error) == {"database-beschadigd"}
    assert "reservekopie" in str(error.value)
    assert file.read_bytes() == broken


def test_a_database_of_another_program_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    config = database("", tmp_path)
    with closing(sqlite3.connect(config["NAME"])) as other:
        other.execute("CREATE TABLE recepten (naam TEXT)")
    before = Path(config["NAME"]).read_bytes()
    use(config)
    with pytest.raises(ContentError) as error:
        ready(make=True)
    assert codes(error) == {"database-van-ander"}
    assert Path(config["NAME"]).read_bytes() == before


# -- its version


def add_step(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tracker', %s, '2030-01-01 00:00:00')", [name])


@pytest.mark.usefixtures("own_db")
def test_a_newer_database_is_refused() -> None:
    add_step("9999_later")
    with pytest.raises(ContentError) as error:
        ready(make=True)
    assert codes(error) == {"database-nieuwer"}
    assert "9999_later" in str(error.value)


def test_an_older_database_is_brought_up_to_date_after_a_copy(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'tracker' AND name > '0002'")
        for name in ("tracker_event_no_UPDATE", "tracker_event_no_DELETE", "tracker_snapshot_no_UPDATE", "tracker_snapshot_no_DELETE"):
            cursor.execute(f"DROP TRIGGER {name}")
    connection.close()
    copy = ready(make=False)
    assert copy is not None
    assert copy.parent == file.parent
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(file)) as new:
        triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        assert (old.execute(triggers).fetchone(), new.execute(triggers).fetchone()) == ((0,), (4,))
    assert ready(make=False) is None


# -- what it says


def test_a_server_that_does_not_answer_is_told_without_its_password() -> None:
    use({**database("postgresql://iemand:geheim-woord@127.0.0.1:9/niets", Path()), "CONN_MAX_AGE": 0})
    with pytest.raises(ContentError) as error:
        ready(make=True)
    assert codes(error) == {"database-onbereikbaar"}
    assert "geheim-woord" not in str(error.value)
    assert place() == "de database niets"


@pytest.mark.usefixtures("own_db")
def test_what_a_database_refuses_is_told() -> None:
    with pytest.raises(ContentError) as error, told(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bestaat_niet")
    assert codes(error) == {"database-weigert"}
    assert isinstance(error.value.__cause__, DatabaseError)


def test_a_database_that_somebody_else_writes_in_is_told_in_dutch(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ContentError, match="een ander programma is ermee bezig") as error, told():
            Site.objects.create(slug="nieuw")
    assert codes(error) == {"database-weigert"}


def test_every_step_is_known(file: Path) -> None:
    """Django finds nothing that the tables lack."""
    call_command("makemigrations", "tracker", check=True, dry_run=True, verbosity=0)
    assert file.exists()
