"""Backup and restore: what comes back is what was there, on both databases and across; what is not whole is refused."""

from __future__ import annotations

import json
import random
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection

from kbrollout.errors import ContentError
from kbrollout.tracker.archive import CONTENTS, LEFT_OUT, TABLES, Contents, check, opened
from kbrollout.tracker.backup import make_backup
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Event, Export, Item, Membership, Person, Site
from kbrollout.tracker.restore import restore
from kbrollout.tracker.services import change, differs
from kbrollout.tracker.snapshots import take
from tests.tracker.conftest import COMMAND, Cast, copied, copy_of, lived_in, the_cast, use

Everything = dict[str, list[Any]]


def everything() -> Everything:
    """Every row of every table that is kept."""
    return {label: serializers.serialize("python", apps.get_model(label)._default_manager.order_by("pk")) for label in TABLES}


def codes(error: pytest.ExceptionInfo[ContentError]) -> set[str]:
    return {each.code for each in error.value.problems}


def fill(cast: Cast) -> None:
    """Something in nearly every table, with a time that has microseconds and a text that has everything."""
    lines = list(cast.site.items.filter(kind="eis")[:3])
    for item in lines:
        change(COMMAND, item.pk, 0, {"stand": "Mee bezig", "note": "“Één” \\ regel\nen nóg één → 100% {klaar}", "date": "12-3-2027"})
    take(COMMAND, cast.site.pk, "nulmeting", "Nulmeting")
    Export.objects.create(site=cast.site, at=Event.objects.latest("pk").at, values={"a": ["b", None, 1.5]})
    apps.get_model("account.EmailAddress").objects.create(user=cast.admin, email=cast.admin.email, verified=True, primary=True)
    apps.get_model("mfa.Authenticator").objects.create(user=cast.admin, type="totp", data={"secret": "verzonnen"})


@pytest.fixture
def filled(engine: str, pack: Path, other_pack: Path) -> Iterator[Cast]:
    """A database of its own with something in nearly every table."""
    use(copy_of(lived_in(engine, pack, other_pack)))
    cast = the_cast()
    fill(cast)
    yield cast
    connection.close()


@pytest.fixture(scope="session")
def good(pack: Path, other_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that is whole; do not write in it."""
    use(copy_of(lived_in("sqlite", pack, other_pack)))
    fill(the_cast())
    path = tmp_path_factory.mktemp("kopie") / "goed.zip"
    make_backup(path)
    connection.close()
    return path


@pytest.fixture
def empty() -> Iterator[None]:
    """An empty SQLite database of its own."""
    use(copied("sqlite"))
    yield
    connection.close()


def nothing_was_written() -> bool:
    return not any(apps.get_model(label)._default_manager.exists() for label in TABLES)


# -- making one


def test_every_table_is_kept_or_left_out_for_a_reason() -> None:
    ours = {model._meta.label for model in apps.get_app_config("tracker").get_models()}
    assert {label for label in TABLES if label.startswith("tracker.")} | LEFT_OUT.keys() == ours


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_was_kept_comes_back_on_either_database(filled: Cast, engine: str, target: str, tmp_path: Path) -> None:
    before, path = everything(), tmp_path / "kopie.zip"
    made = make_backup(path)
    assert made.rows == {label: len(rows) for label, rows in before.items()}
    assert all(made.rows[label] for label in TABLES if label not in ("tracker.Measurement",))
    use(copied(target))
    assert restore(path) == made
    assert everything() == before
    assert [list(differs(site)) for site in Site.objects.all()] == [[], []]
    # What comes next gets new numbers, and signing in works as before.
    item = Item.objects.filter(version=1).latest("pk")
    change(COMMAND, item.pk, 1, {"note": "na het terugzetten"})
    assert Person.objects.make("n@" + "voorbeeld.nl", "Nieuw").pk > filled.admin.pk
    assert Membership.objects.count() == 5
    assert engine in ("sqlite", "postgresql")
    connection.close()


@pytest.mark.usefixtures("filled")
def test_only_its_owner_can_read_it_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    make_backup(tmp_path / "kopie.zip")
    assert stat.S_IMODE((tmp_path / "kopie.zip").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["kopie.zip"]


def test_no_file_is_written_over(empty: None, good: Path, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "kopie.zip").write_text("iets anders")
    with pytest.raises(ContentError) as error:
        make_backup(tmp_path / "kopie.zip")
    assert codes(error) == {"bestand-bestaat-al"}
    assert (tmp_path / "kopie.zip").read_text() == "iets anders"


def test_a_folder_that_cannot_be_written_is_told(empty: None, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "bestand").write_text("")
    with pytest.raises(ContentError) as error:
        make_backup(tmp_path / "bestand" / "kopie.zip")
    assert codes(error) == {"bestand-niet-schrijfbaar"}


def test_a_database_that_contradicts_its_log_gives_no_backup(filled: Cast, tmp_path: Path) -> None:
    item = filled.site.items.filter(version=1)[0]
    Item.objects.filter(pk=item.pk).update(stand="Geregeld")
    with pytest.raises(ContentError) as error:
        make_backup(tmp_path / "kopie.zip")
    assert codes(error) == {"database-klopt-niet"}
    assert item.code in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_an_event_that_is_missing_gives_no_backup(filled: Cast, tmp_path: Path) -> None:
    Site.objects.filter(pk=filled.site.pk).update(last_event=99)
    with pytest.raises(ContentError) as error:
        make_backup(tmp_path / "kopie.zip")
    assert codes(error) == {"database-klopt-niet"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("filled")
def test_it_is_of_one_moment(tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody fills in while it is being made: that is in none of its tables, and nobody has to wait."""
    from threading import Thread

    from kbrollout.tracker import backup

    said: list[str] = []

    def fill_in() -> None:
        item = Item.objects.filter(version=1).first()
        assert item is not None
        change(COMMAND, item.pk, 1, {"note": "intussen"})
        said.append(item.code)
        connection.close()

    write_table = backup._write_table

    def slowly(archive: zipfile.ZipFile, label: str) -> tuple[int, str]:
        if label == "tracker.Event":
            writer = Thread(target=fill_in)
            writer.start()
            writer.join()
        return write_table(archive, label)

    events = Event.objects.count()
    monkeypatch.setattr(backup, "_write_table", slowly)
    made = make_backup(tmp_path / "kopie.zip")
    assert said, engine
    assert (made.rows["tracker.Event"], Event.objects.count()) == (events, events + 1)


# -- putting one back


def read(path: Path) -> Contents | set[str]:
    """What a backup says it holds, or the codes of what is wrong with it."""
    try:
        with opened(path) as archive:
            return check(archive)
    except ContentError as error:
        return {each.code for each in error.problems}


def test_only_into_an_empty_database(filled: Cast, good: Path) -> None:
    before = everything()
    with pytest.raises(ContentError) as error:
        restore(good)
    assert codes(error) == {"database-niet-leeg"}
    assert everything() == before
    assert filled.site.pk


@pytest.mark.usefixtures("empty")
def test_a_flipped_bit_is_found_wherever_it_is(good: Path, tmp_path: Path) -> None:
    """In the notes that a zip keeps for others, such as its times, a flip harms nothing; then all is read as it was."""
    whole, chance = good.read_bytes(), random.Random(7)
    meant, refused = read(good), 0
    for place in [0, 3, len(whole) - 1, len(whole) - 10, *(chance.randrange(len(whole)) for _ in range(40))]:
        broken = bytearray(whole)
        broken[place] ^= 1 << chance.randrange(8)
        path = tmp_path / "kapot.zip"
        path.write_bytes(broken)
        found = read(path)
        assert found in (meant, {"kopie-beschadigd"}, {"kopie-van-ander"}), place
        refused += found != meant
    assert refused > 30


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("part", [0.0, 0.001, 0.5, 0.99, 0.9999])
def test_a_file_that_was_cut_off_is_refused(good: Path, tmp_path: Path, part: float) -> None:
    whole = good.read_bytes()
    path = tmp_path / "half.zip"
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(ContentError) as error:
        restore(path)
    assert codes(error) == {"kopie-beschadigd" if part > 0.0005 else "kopie-van-ander"}
    assert nothing_was_written()


def rewritten(good: Path, target: Path, edit: Callable[[dict[str, bytes]], None]) -> Path:
    """The same backup with other contents, packed anew."""
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target


def said(parts: dict[str, bytes], **changes: Any) -> None:
    parts[CONTENTS] = json.dumps({**json.loads(parts[CONTENTS]), **changes}).encode()


def resigned(parts: dict[str, bytes], name: str, content: bytes) -> None:
    """Other rows, with the hash and the count made right again: as somebody would who knows how."""
    import hashlib

    label, known = name.removeprefix("tabellen/").removesuffix(".jsonl"), json.loads(parts[CONTENTS])
    known["sha256"][label] = hashlib.sha256(content).hexdigest()
    known["regels"][label] = content.count(b"\n")
    parts[name], parts[CONTENTS] = content, json.dumps(known).encode()


EVENTS, ITEMS, PEOPLE = "tabellen/tracker.Event.jsonl", "tabellen/tracker.Item.jsonl", "tabellen/tracker.Person.jsonl"

WRONG: dict[str, tuple[Callable[[dict[str, bytes]], Any], str]] = {
    "een onderdeel te weinig": (lambda parts: parts.pop(EVENTS), "kopie-beschadigd"),
    "geen inhoudsopgave": (lambda parts: parts.pop(CONTENTS), "kopie-beschadigd"),
    "een onderdeel te veel": (lambda parts: parts.update({"../../elders.txt": b"x"}), "kopie-beschadigd"),
    "een rij minder": (lambda parts: parts.update({EVENTS: parts[EVENTS].split(b"\n", 1)[1]}), "kopie-beschadigd"),
    "een ander woord": (lambda parts: parts.update({ITEMS: parts[ITEMS].replace(b"Mee bezig", b"Geregeld!", 1)}), "kopie-beschadigd"),
    "geen json": (lambda parts: parts.update({CONTENTS: b"{"}), "kopie-beschadigd"),
    "een ander soort inhoud": (lambda parts: parts.update({CONTENTS: b"[]"}), "kopie-beschadigd"),
    "een andere soort": (lambda parts: said(parts, soort="recepten"), "kopie-beschadigd"),
    "een nieuwer formaat": (lambda parts: said(parts, formaat=2), "kopie-nieuwer"),
    "nieuwere tabellen": (lambda parts: said(parts, stap="9999_later"), "kopie-nieuwer"),
    "rijen van een andere tabel": (lambda parts: resigned(parts, PEOPLE, parts[ITEMS]), "kopie-beschadigd"),
    "een veld dat niet bestaat": (lambda p: resigned(p, PEOPLE, p[PEOPLE].replace(b'"name"', b'"naam"')), "kopie-beschadigd"),
    "een dag die niet bestaat": (lambda p: resigned(p, ITEMS, p[ITEMS].replace(b"2027-03-12", b"2027-13-12")), "kopie-beschadigd"),
    "een rij twee keer": (lambda p: resigned(p, PEOPLE, p[PEOPLE] + p[PEOPLE].splitlines(True)[0]), "kopie-beschadigd"),
    "een stand die niet bestaat": (lambda p: resigned(p, ITEMS, p[ITEMS].replace(b"Mee bezig", b"Bijna")), "kopie-beschadigd"),
    "wijst naar niets": (lambda p: resigned(p, PEOPLE, p[PEOPLE].split(b"\n", 1)[1]), "kopie-beschadigd"),
    "een regel tegen het logboek": (lambda p: resigned(p, ITEMS, p[ITEMS].replace(b"Mee bezig", b"Geregeld")), "database-klopt-niet"),
}


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_whole_is_refused_and_nothing_is_written(good: Path, tmp_path: Path, case: str) -> None:
    edit, code = WRONG[case]
    with pytest.raises(ContentError) as error:
        restore(rewritten(good, tmp_path / "kopie.zip", edit))
    assert codes(error) == {code}
    assert nothing_was_written()
    assert not (tmp_path.parent / "elders.txt").exists()


@pytest.mark.usefixtures("empty")
def test_packing_it_anew_changes_nothing(good: Path, tmp_path: Path) -> None:
    """What the cases above rest on."""
    restore(rewritten(good, tmp_path / "kopie.zip", lambda _: None))
    assert not nothing_was_written()


@pytest.mark.usefixtures("empty")
def test_a_bomb_is_not_unpacked(good: Path, tmp_path: Path) -> None:
    path = rewritten(good, tmp_path / "bom.zip", lambda parts: parts.update({EVENTS: b" " * 40_000_000}))
    with pytest.raises(ContentError, match="onwaarschijnlijk groot"):
        restore(path)
    assert nothing_was_written()


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("kind", ["tekst", "andere zip", "map", "niets"])
def test_another_file_is_no_backup(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "iets.zip"
    if kind == "tekst":
        path.write_text("hallo")
    elif kind == "andere zip":
        shutil.make_archive(str(tmp_path / "iets"), "zip", Path(__file__).parent, "__init__.py")
    elif kind == "map":
        path.mkdir()
    with pytest.raises(ContentError) as error:
        restore(path)
    assert codes(error) == ({"kopie-van-ander"} if kind in ("tekst", "andere zip") else {"bestand-onleesbaar"})


@pytest.mark.usefixtures("empty")
def test_the_same_pack_is_known_after_putting_back(good: Path, pack: Path) -> None:
    restore(good)
    assert load_pack(pack, COMMAND).same
