"""`kbrollout track`: what it prints, where, with what exit code; and that all of it goes by the same services."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test import Client

from kbrollout import cli
from kbrollout.tracker import start as starting
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Event, Item, Membership, Person, Role, Site
from kbrollout.tracker.services import change
from tests.tracker.conftest import COMMAND, copied, use, write_pack
from tests.tracker.workbooks import filled


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.kbrollout, ["track", *(str(each) for each in arguments)], catch_exceptions=False)


@pytest.fixture
def empty() -> Iterator[None]:
    """A database of its own with its tables, and nothing in them."""
    use(copied("sqlite"))
    yield
    connection.close()


@pytest.fixture
def site(empty: None, pack: Path) -> Site:  # noqa: ARG001 - the database has to be there
    return Site.objects.get(pk=load_pack(pack, COMMAND).site)


@pytest.fixture
def item(site: Site) -> Item:
    """A requirement of the first practice."""
    found = site.items.filter(kind="eis", unit__kind="praktijk").select_related("unit").first()
    assert found is not None
    return found


def place(item: Item) -> tuple[str, str, str]:
    return item.site_id, item.unit.slug, item.code


# -- load


@pytest.mark.usefixtures("empty")
def test_load_says_what_is_new_and_that_it_was_there_already(pack: Path) -> None:
    first, second = run("load", pack), run("load", pack / "manifest.json")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == f"Geladen: schapenweide, pakket 1. {Item.objects.count()} nieuwe regels.\n"
    assert (second.exit_code, second.stdout) == (0, "Dit pakket van schapenweide was al geladen. Er is niets veranderd.\n")


def test_load_says_what_to_look_at_again(item: Item, manifest: dict[str, Any], tmp_path: Path) -> None:
    other = Item.objects.filter(kind="eis", unit=item.unit).exclude(pk=item.pk)[0]
    for each in (item, other):
        change(COMMAND, each.pk, 0, {"stand": "Geregeld"})
    requirements = [
        {**each, "title": "Een heel andere eis"} if each["id"] == item.code else each
        for each in manifest["requirements"]
        if each["id"] != other.code
    ]
    done = run("load", write_pack(tmp_path, manifest, requirements=requirements))
    assert done.exit_code == 0
    assert f"Eis gewijzigd, kijk het antwoord na: {item.code}.\n" in done.stdout
    assert f"Vervallen, met een antwoord: {other.code}.\n" in done.stdout


@pytest.mark.usefixtures("empty")
def test_load_warns_of_a_file_that_was_edited(manifest: dict[str, Any], tmp_path: Path) -> None:
    write_pack(tmp_path, manifest)
    (tmp_path / "index.html").write_text("anders")
    done = run("load", tmp_path)
    assert done.exit_code == 0
    assert "waarschuwing: index.html is veranderd" in done.stderr


@pytest.mark.usefixtures("empty")
def test_load_refuses_what_is_no_pack(tmp_path: Path) -> None:
    done = run("load", tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[geen-pakket]" in done.stderr
    assert not Site.objects.exists()


# -- status


def test_status_shows_sites_and_their_lists(item: Item) -> None:
    change(COMMAND, item.pk, 0, {"stand": "Geregeld"})
    sites, units = run("status"), run("status", "schapenweide")
    assert sites.exit_code == units.exit_code == 0
    total = Item.objects.filter(kind="eis").count()
    asked = Item.objects.filter(kind="eis", unit=item.unit).count()
    header, line = sites.stdout.splitlines()
    assert header.split() == ["naam", "geregeld", "te", "laat"]
    assert line.startswith("schapenweide  ")
    assert f"1 van {total} ({100 // total}%)" in line
    assert f"1 van {asked} ({100 // asked}%)" in next(each for each in units.stdout.splitlines() if each.startswith(item.unit.slug))


def test_status_says_in_which_phase_a_site_with_a_plan_is(site: Site) -> None:
    gate = {"start": "2027-01-01", "after": [], "gate": True, "fixed": False, "requirement": None}
    unit = site.units.get(kind="wijk")
    for phase in ("voorbereiding", "nulmeting"):
        Item.objects.create(
            site=site, unit=unit, kind="taak", code=phase, title=phase, phase=phase, who="poh", stand="nee", fingerprint="0", details=gate
        )
    run("set", site.pk, unit.slug, "voorbereiding", "--done-on", "2026-11-20", "--by", "poh")
    assert run("status").stdout.splitlines()[1].endswith("  nulmeting")
    run("set", site.pk, unit.slug, "nulmeting", "--done-on", "2026-11-20", "--by", "poh")
    assert run("status").stdout.splitlines()[1].endswith("  afgerond")


def test_status_as_json_holds_every_count(item: Item) -> None:
    change(COMMAND, item.pk, 0, {"stand": "Mee bezig", "date": "1-1-2020"})
    (found,) = json.loads(run("status", "--json").stdout)["sites"]
    assert (found["id"], found["arranged"], found["busy"], found["percent"], found["late"]) == ("schapenweide", 0, 1, 0, 1)
    units = json.loads(run("status", "schapenweide", "--json").stdout)["units"]
    assert [each["id"] for each in units] == list(Site.objects.get().units.values_list("slug", flat=True))


@pytest.mark.usefixtures("empty")
def test_status_without_anything_says_how_to_begin() -> None:
    assert "kbrollout track load PAKKET" in run("status").stdout


@pytest.mark.usefixtures("site")
def test_a_site_that_is_not_there_is_told_with_those_that_are() -> None:
    done = run("status", "schapenwei")
    assert done.exit_code == 1
    assert "[wijk-onbekend]" in done.stderr
    assert "Kies uit: schapenweide." in done.stderr


# -- set


def test_set_fills_in_and_says_what_changed(item: Item) -> None:
    done = run(
        "set", *place(item), "--stand", "geregeld", "--owner", "praktijkmanager", "--date", "12-3-2027", "--by", "kwaliteitsfunctionaris"
    )
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Stand: Nog niet bekeken → Geregeld" in done.stdout
    assert "Datum: (leeg) → 2027-03-12" in done.stdout
    item.refresh_from_db()
    assert (item.stand, item.owner) == ("Geregeld", "praktijkmanager")
    event = Event.objects.get(item=item)
    assert (event.by_name, event.channel, event.by) == ("kwaliteitsfunctionaris", "opdracht", None)


def test_set_the_same_again_is_no_change(item: Item) -> None:
    for _ in range(2):
        done = run("set", *place(item), "--note", "Klaar", "--by", "poh")
    assert done.stdout == f"{item.code}: dit stond er al.\n"
    assert Event.objects.filter(item=item).count() == 1


def test_set_empties_a_field(item: Item) -> None:
    change(COMMAND, item.pk, 0, {"note": "weg ermee"})
    assert "Toelichting: weg ermee → (leeg)" in run("set", *place(item), "--note", "", "--by", "poh").stdout


def test_set_tells_every_fault_at_its_option_and_writes_nothing(item: Item) -> None:
    done = run("set", *place(item), "--stand", "Bijna", "--date", "morgen", "--note", "1112" + "22333", "--by", "poh")
    assert (done.exit_code, done.stdout) == (1, "")
    for option in ("--stand", "--date", "--note"):
        assert f"fout in {option}: " in done.stderr
    assert "1112" + "22333" not in done.stderr
    assert not Event.objects.filter(item=item).exists()


def test_set_takes_a_number_that_is_no_bsn_with_its_reason(item: Item) -> None:
    done = run("set", *place(item), "--note", "1112" + "22333", "--not-bsn", "Nummer van de factuur", "--by", "poh")
    assert done.exit_code == 0
    assert Event.objects.get(item=item).after["geen_bsn"] == "Nummer van de factuur"


def test_set_guards_the_name_of_who_fills_in(item: Item) -> None:
    done = run("set", *place(item), "--note", "x", "--by", "1112" + "22333")
    assert done.exit_code == 1
    assert "fout in --by: " in done.stderr


def test_set_finds_points_and_knows_their_fields(site: Site) -> None:
    point = site.items.filter(kind="punt").select_related("unit")[0]
    assert run("set", *place(point), "--stand", "opgelost", "--by", "poh").exit_code == 0
    point.refresh_from_db()
    assert point.stand == "Opgelost"
    done = run("set", *place(point), "--owner", "poh", "--by", "poh")
    assert done.exit_code == 1
    assert "[niet-bij-deze-regel]" in done.stderr


def test_set_says_that_a_task_is_done(site: Site) -> None:
    unit = site.units.get(kind="wijk")
    task = Item.objects.create(site=site, unit=unit, kind="taak", code="EIG-1", title="Taak", who="poh", stand="nee", fingerprint="0")
    assert run("set", *place(task), "--done-on", "20-11-2026", "--by", "poh").exit_code == 0
    task.refresh_from_db()
    assert task.values == {"stand": "ja", "date": "2026-11-20"}


@pytest.mark.parametrize(
    ("change_of", "code", "said"),
    [(1, "eenheid-onbekend", "Kies uit: "), (2, "code-onbekend", "Bedoelt u een van deze? ")],
)
def test_set_says_what_there_is_instead(item: Item, change_of: int, code: str, said: str) -> None:
    where = list(place(item))
    where[change_of] += "x"
    done = run("set", *where, "--note", "x", "--by", "poh")
    assert done.exit_code == 1
    assert f"[{code}]" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(("arguments", "said"), [(("--by", "poh"), "minstens één veld"), (("--note", "x"), "'--by'")])
def test_set_needs_a_field_and_who(arguments: tuple[str, ...], said: str) -> None:
    done = run("set", "wijk", "eenheid", "code", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


# -- export and import


def test_the_workbook_goes_out_and_comes_back(item: Item, tmp_path: Path) -> None:
    file = tmp_path / "werkmap.xlsx"
    out = run("export", "schapenweide", "--out", file)
    assert (out.exit_code, out.stdout) == (0, f"Werkmap: {file}\n")
    assert "Overgenomen: niets, alles stond er al." in run("import", file, "--by", "poh").stdout
    file.write_bytes(filled(file.read_bytes(), (item, "stand", "Mee bezig"), (item, "note", "Volgende week")))
    shown = run("import", file, "--dry-run", "--by", "poh")
    assert shown.exit_code == 0
    assert "2 wijzigingen, 0 botsingen." in shown.stdout
    assert "Stand: Nog niet bekeken → Mee bezig" in shown.stdout
    assert not Event.objects.filter(item=item).exists()
    done = run("import", file, "--by", "poh")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Overgenomen: twee velden in één regel.")
    event = Event.objects.get(item=item)
    assert (event.by_name, event.channel) == ("poh", "excel")


@pytest.mark.parametrize(("choice", "stand"), [("excel", "Mee bezig"), ("website", "Geregeld")])
def test_where_it_collides_somebody_chooses(item: Item, tmp_path: Path, choice: str, stand: str) -> None:
    file = tmp_path / "werkmap.xlsx"
    run("export", "schapenweide", "--out", file)
    change(COMMAND, item.pk, 0, {"stand": "Geregeld"})
    file.write_bytes(filled(file.read_bytes(), (item, "stand", "Mee bezig"), (item, "note", "Volgende week")))
    refused = run("import", file, "--by", "poh")
    assert refused.exit_code == 1
    assert "website: Geregeld (opdracht, opdracht)" in refused.stdout
    assert "--choose" in refused.stderr
    assert Event.objects.filter(item=item).count() == 1
    assert run("import", file, "--choose", choice, "--by", "poh").exit_code == 0
    item.refresh_from_db()
    assert (item.stand, item.note) == (stand, "Volgende week")


def test_a_cell_that_is_wrong_stops_all_of_it(item: Item, tmp_path: Path) -> None:
    file = tmp_path / "werkmap.xlsx"
    run("export", "schapenweide", "--out", file)
    file.write_bytes(filled(file.read_bytes(), (item, "stand", "Mee bezig"), (item, "note", "1112" + "22333")))
    done = run("import", file, "--by", "poh")
    assert done.exit_code == 1
    assert "burgerservicenummer" in done.stderr
    assert "1112" + "22333" not in done.output
    assert not Event.objects.filter(item=item).exists()


def test_a_workbook_is_not_written_over(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "werkmap.xlsx"
    file.write_text("ingevuld")
    done = run("export", site.pk, "--out", file)
    assert done.exit_code == 1
    assert "[bestand-bestaat-al]" in done.stderr
    assert file.read_text() == "ingevuld"


@pytest.mark.usefixtures("site")
def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("hallo")
    assert "[werkmap-onleesbaar]" in run("import", tmp_path / "x.xlsx", "--by", "poh").stderr
    assert "[bestand-onleesbaar]" in run("import", tmp_path / "weg.xlsx", "--by", "poh").stderr


# -- backup, restore, admin


@pytest.mark.usefixtures("site")
def test_backup_and_restore(tmp_path: Path) -> None:
    file = tmp_path / "kopie.zip"
    made, again = run("backup", file), run("backup", file)
    assert (made.exit_code, again.exit_code) == (0, 1)
    assert "nagelezen en heel" in made.stdout
    assert "[bestand-bestaat-al]" in again.stderr
    full = run("restore", file)
    assert full.exit_code == 1
    assert "[database-niet-leeg]" in full.stderr
    use(copied("sqlite"))
    done = run("restore", file)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Teruggezet: ")
    assert Site.objects.get().pk == "schapenweide"


@pytest.mark.usefixtures("empty")
def test_the_first_beheerder_comes_in_by_a_link() -> None:
    done = run("admin", "Beheerder", "Een@" + "voorbeeld.nl")
    assert done.exit_code == 0
    link = done.stdout.splitlines()[-1]
    assert link.startswith("http://127.0.0.1:8000/uitnodiging/")
    assert Membership.objects.get().role == Role.ADMIN
    assert Client().get(link.removeprefix("http://127.0.0.1:8000"), follow=True).status_code == 200
    person = Person.objects.get()
    person.set_password("nu-kan-iemand-aanmelden")
    person.save()
    again = run("admin", "Ander", "twee@" + "voorbeeld.nl")
    assert again.exit_code == 1
    assert "[beheerder-bestaat]" in again.stderr


@pytest.mark.usefixtures("empty")
def test_an_address_that_is_none_is_told() -> None:
    done = run("admin", "Beheerder", "geen adres")
    assert done.exit_code == 1
    assert "fout in E-MAIL: " in done.stderr


# -- the folder


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "NEEDS", ("een_pakket_dat_er_niet_is",))
    done = run("status")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[voortgang-kan-niet]" in done.stderr


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    done = run("status", "--data", tmp_path / "weg")
    assert done.exit_code == 1
    assert "[database-ontbreekt]" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_folder_that_is_named_is_the_one_that_is_used(pack: Path, tmp_path: Path) -> None:
    """As on a machine of somebody: the settings of Django are of a process, so this one takes its own."""
    environment = {name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "KBROLLOUT_DATA", "KBROLLOUT_HOSTS")}
    command = [sys.executable, "-m", "kbrollout", "track", "load", str(pack), "--data", "gegevens"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert {each.name for each in (tmp_path / "gegevens").iterdir()} == {"sleutel.txt", "voortgang.sqlite3"}
    assert (tmp_path / "gegevens").stat().st_mode & 0o077 == 0
