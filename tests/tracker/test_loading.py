"""A newer pack never takes away what a site filled in: changed, vanished and replaced requirements say so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kbrollout.errors import ContentError
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.loading import MANIFEST, Loaded, load_pack
from kbrollout.tracker.models import Blob, Event, Item, PackFile, Site
from kbrollout.tracker.services import change, differs, take_over
from tests.tracker.conftest import COMMAND, PAGE, write_pack

Make = Callable[..., Loaded]


@pytest.fixture
def load(db: None, manifest: dict[str, Any], tmp_path: Path) -> Make:  # noqa: ARG001 - the database has to be there
    """Loads the small pack, with parts of its manifest changed."""

    def make(**changes: Any) -> Loaded:
        return load_pack(write_pack(tmp_path / "pakket", manifest, **changes), COMMAND)

    return make


def requirement(manifest: dict[str, Any], position: int = 0) -> dict[str, Any]:
    """One of a practice."""
    found: dict[str, Any] = [each for each in manifest["requirements"] if each["unit"] != manifest["site"]["id"]][position]
    return found


def item_of(entry: dict[str, Any]) -> Item:
    return Item.objects.get(kind=Kind.REQUIREMENT, unit__slug=entry["unit"], code=entry["id"])


def changed(entries: list[dict[str, Any]], entry: dict[str, Any], **values: Any) -> list[dict[str, Any]]:
    return [{**each, **values} if each == entry else each for each in entries]


def refused(folder: Path) -> set[str]:
    with pytest.raises(ContentError) as error:
        load_pack(folder, COMMAND)
    return {each.code for each in error.value.problems}


def test_a_pack_brings_all_that_is_asked(load: Make, manifest: dict[str, Any]) -> None:
    loaded = load()
    site = Site.objects.get(pk=loaded.site)
    kinds = [site.items.filter(kind=kind).count() for kind in (Kind.REQUIREMENT, Kind.TASK, Kind.POINT)]
    assert kinds == [len(manifest["requirements"]), len(manifest["tasks"]), len(manifest["open_points"])]
    assert kinds[0] > 20
    assert [unit.slug for unit in site.units.all()] == [unit["id"] for unit in manifest["units"]]
    assert list(site.themes.items()) == [(theme["id"], theme["name"]) for theme in manifest["themes"]]
    assert site.agreements.count() == len(manifest["agreements"])
    assert site.indicators.count() == len(manifest["indicators"]) > 5
    assert bytes(site.files.get(path="index.html").blob.content) == PAGE
    assert set(site.items.values_list("version", flat=True)) == {0}
    assert [event.what for event in site.events.all()] == ["pakket geladen"]


def test_the_same_pack_twice_does_nothing(load: Make) -> None:
    load()
    assert load().same
    assert (Site.objects.get().number, Event.objects.count()) == (1, 1)


def test_another_text_asks_to_look_again(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = requirement(manifest)
    change(COMMAND, item_of(entry).pk, 0, {"stand": "Geregeld", "note": "Sinds maart"})
    loaded = load(requirements=changed(manifest["requirements"], entry, good_enough="Nu ook met de apotheek."))
    assert loaded.changed == (entry["id"],)
    item = item_of(entry)
    assert (item.stand, item.note, item.has_changed) == ("Geregeld", "Sinds maart", True)
    assert item.answered_text["good_enough"] == entry["good_enough"]
    confirmed = change(COMMAND, item.pk, 1, {})
    assert (confirmed.has_changed, confirmed.answered_text, confirmed.events.get(version=2).what) == (False, {}, "bevestigd")
    assert list(differs(Site.objects.get())) == []


def test_twice_another_text_keeps_the_one_that_was_answered(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = requirement(manifest)
    change(COMMAND, item_of(entry).pk, 0, {"stand": "Geregeld"})
    load(requirements=changed(manifest["requirements"], entry, title="Eerst dit"))
    load(requirements=changed(manifest["requirements"], entry, title="Toen dat"))
    item = item_of(entry)
    assert (item.title, item.answered_text["title"]) == ("Toen dat", entry["title"])
    load()
    assert (item_of(entry).has_changed, item_of(entry).answered_text) == (False, {})


@pytest.mark.parametrize("values", [{"due": "2027-06-01"}, {"phase": "borging"}, {"who": "huisarts"}, {"why": "Een andere reden."}])
def test_when_who_and_why_ask_nobody_to_look_again(load: Make, manifest: dict[str, Any], values: dict[str, str]) -> None:
    load()
    entry = requirement(manifest)
    change(COMMAND, item_of(entry).pk, 0, {"stand": "Geregeld"})
    assert load(requirements=changed(manifest["requirements"], entry, **values)).changed == ()
    assert not item_of(entry).has_changed


def test_what_nobody_answered_just_changes(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = requirement(manifest)
    assert load(requirements=changed(manifest["requirements"], entry, title="Anders")).changed == ()
    assert item_of(entry).title == "Anders"


def test_what_vanished_keeps_its_answers_and_can_come_back(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = requirement(manifest)
    change(COMMAND, item_of(entry).pk, 0, {"stand": "Geregeld"})
    loaded = load(requirements=[each for each in manifest["requirements"] if each != entry])
    assert loaded.gone == (entry["id"],)
    assert (item_of(entry).gone is not None, item_of(entry).stand) == (True, "Geregeld")
    with pytest.raises(ContentError):
        change(COMMAND, item_of(entry).pk, 1, {"stand": "Mee bezig"})
    load()
    assert (item_of(entry).gone, item_of(entry).stand) == (None, "Geregeld")


def test_a_successor_gets_progress_as_a_proposal(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = requirement(manifest)
    change(COMMAND, item_of(entry).pk, 0, {"stand": "Geregeld", "evidence": "Map Kwaliteit"})
    retired = [{"id": entry["id"], "since": "2.3", "successors": ["BV-P-99"], "reason": "Samengevoegd."}]
    moved = changed(manifest["requirements"], entry, id="BV-P-99")
    loaded = load(requirements=moved, retired=retired)
    assert loaded.proposed == ("BV-P-99",)
    item = item_of({**entry, "id": "BV-P-99"})
    assert (item.is_proposed, item.stand) == (True, "Nog niet bekeken")
    taken = take_over(COMMAND, item.pk)
    assert (taken.stand, taken.evidence, taken.is_proposed) == ("Geregeld", "Map Kwaliteit", False)
    assert taken.events.get().after["van"] == entry["id"]
    assert list(differs(Site.objects.get())) == []


def test_a_practice_that_left_keeps_its_answers(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = requirement(manifest)
    change(COMMAND, item_of(entry).pk, 0, {"stand": "Geregeld"})
    unit = entry["unit"]
    left = {key: [each for each in manifest[key] if each["unit"] != unit] for key in ("requirements", "tasks")}
    load(units=[each for each in manifest["units"] if each["id"] != unit], **left)
    assert Site.objects.get().units.get(slug=unit).gone is not None
    assert item_of(entry).stand == "Geregeld"


def test_other_words_of_an_indicator_are_another_version(load: Make, manifest: dict[str, Any]) -> None:
    load()
    entry = manifest["indicators"][0]
    load(indicators=changed(manifest["indicators"], entry, question="Hoe gezond voelt u zich?", question_unknown=False))
    versions = Site.objects.get().indicators.filter(code=entry["id"])
    assert [(each.version, each.gone is None) for each in versions] == [(1, False), (2, True)]


def test_files_of_an_earlier_pack_go(load: Make, manifest: dict[str, Any], tmp_path: Path) -> None:
    load()
    folder = write_pack(tmp_path / "nieuw", {**manifest, "concept": not manifest["concept"]})
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / "index.html").write_bytes(b"nieuw")
    content["files"][0]["sha256"] = hashlib.sha256(b"nieuw").hexdigest()
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    load_pack(folder, COMMAND)
    assert [bytes(blob.content) for blob in Blob.objects.all()] == [b"nieuw"]


# -- packs that cannot be loaded


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("content", [None, "{", "[]", "{}", '{"site": 1}', "[" * 100_000])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    assert refused(tmp_path) == {"geen-pakket"}
    assert not Site.objects.exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"format": 2}, "pakket-nieuwer"),
        ({"units": [{"id": "x", "name": "X", "kind": "gemeente"}]}, "pakket-onleesbaar"),
        ({"requirements": []}, "pakket-zonder-eisen"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused(tmp_path: Path, manifest: dict[str, Any], changes: dict[str, Any], code: str) -> None:
    assert refused(write_pack(tmp_path, manifest, **changes)) == {code}
    assert not Site.objects.exists()


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("path", ["weg.html", "../elders.html", "/etc/passwd"])
def test_a_file_that_is_not_in_the_pack_is_refused(tmp_path: Path, manifest: dict[str, Any], path: str) -> None:
    (tmp_path / "elders.html").write_text("geheim", encoding="utf-8")
    folder = write_pack(tmp_path / "pakket", manifest)
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    content["files"][0]["path"] = path
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    assert refused(folder) == {"pakket-bestand-ontbreekt"}
    assert not PackFile.objects.exists()


@pytest.mark.usefixtures("db")
def test_a_file_that_somebody_edited_comes_with_a_warning(tmp_path: Path, manifest: dict[str, Any]) -> None:
    folder = write_pack(tmp_path, manifest)
    (folder / "index.html").write_bytes(b"met de hand")
    loaded = load_pack(folder, COMMAND)
    assert [each.code for each in loaded.warnings] == ["pakket-bestand-anders"]
    assert bytes(PackFile.objects.get().blob.content) == b"met de hand"
