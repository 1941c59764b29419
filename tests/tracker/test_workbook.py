"""The tracker's own workbook: the same one as a pack's, with what is known here, and remembered when it goes out."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from kbrollout.documents import voortgang
from kbrollout.manifest import make_manifest, to_bytes
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.tracker import workbook
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Export, Item, Site
from kbrollout.tracker.services import change, review
from kbrollout.tracker.workbook import key_of, progress_workbook
from tests.tracker.conftest import COMMAND, Cast, write_pack
from tests.tracker.workbooks import actor_of, cell_of, make_task, opened, sheet_of


def marks(book: Any) -> dict[str, str]:
    return {row[0].value: row[1].value for row in book["_kb"].iter_rows(max_col=2)}


@pytest.mark.usefixtures("db")
def test_it_is_the_workbook_of_the_pack(overvecht: Neighbourhood, tmp_path: Path) -> None:
    """What the manifest does not say is not there: remarks beside the norm, and roles that take up nothing."""
    site = Site.objects.get(pk=load_pack(write_pack(tmp_path, json.loads(to_bytes(make_manifest(overvecht, ())))), COMMAND).site)
    ours = workbook._data(site, list(site.units.all()), list(site.items.select_related("unit")))
    theirs = voortgang.view(overvecht)[1]
    assert [unit["name"] for unit in ours["units"]] == [unit["name"] for unit in theirs["units"]]
    assert set(ours["roles"]) <= set(theirs["roles"])
    assert ours["plan"] == theirs["plan"]
    assert ours["points"] == theirs["points"]
    for mine, known in zip(ours["units"], theirs["units"], strict=True):
        for line, pack in zip(mine["lines"], known["lines"], strict=True):
            assert pack["good_enough"].startswith(line["good_enough"])
            expected = {name: value or "" for name, value in pack.items() if name != "good_enough"}
            assert {name: value or "" for name, value in line.items() if name not in ("good_enough", "review")} == expected


def test_what_is_known_stands_in_the_cells(cast: Cast, line: Item) -> None:
    given = {"stand": "Geregeld", "missing": "=1+1", "date": "2027-03-12", "evidence": "Map 3", "evidence_until": "2028-03-12"}
    change(actor_of(cast, "member"), line.pk, 0, given)
    review(actor_of(cast, "coordinator"), line.pk, 1, "teruggestuurd", "De map is leeg.")
    book = opened(progress_workbook(cast.site, None, None))
    assert cell_of(book, line, "missing").data_type == "s"
    found = {name: cell_of(book, line, name).value for name in (*given, "review")}
    days = {name: found.pop(name).date().isoformat() for name in ("date", "evidence_until")}
    assert found | days == given | {"review": "teruggestuurd: De map is leeg."}


def test_what_went_out_is_remembered(cast: Cast, line: Item) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Mee bezig"})
    book = opened(progress_workbook(cast.site, None, cast.member))
    export = Export.objects.get()
    assert marks(book)["uitgifte"] == str(export.pk)
    assert (export.site, export.by) == (cast.site, cast.member)
    assert export.values.keys() == {key_of(item) for item in cast.site.items.filter(gone=None).select_related("unit")}
    assert export.values[key_of(line)]["stand"] == "Mee bezig"


def test_what_can_no_longer_come_back_is_forgotten(cast: Cast) -> None:
    for days in (179, 181):
        Export.objects.create(site=cast.site, at=timezone.now() - timedelta(days=days), values={})
    progress_workbook(cast.site, [], None)
    assert sorted((timezone.now() - each.at).days for each in Export.objects.all()) == [0, 179]


def test_of_one_practice_there_are_its_own_lines_alone(cast: Cast, line: Item) -> None:
    for unit in cast.site.units.all():
        make_task(unit)
    book = opened(progress_workbook(cast.site, [line.unit], None))
    assert book.sheetnames == ["Uitleg", "Samenvatting", sheet_of(book, line).title, "Plan", "_lijsten", "_kb"]
    asked = set(cast.site.items.filter(unit=line.unit, gone=None).values_list("code", flat=True))
    assert {key.partition("/")[2].removeprefix(f"{line.unit.slug}/") for key in Export.objects.get().values} == asked
    assert [row[0].value for row in book["Plan"].iter_rows(min_row=4)] == [f"T-1/{line.unit.slug}"]


def test_what_is_not_asked_any_more_is_not_handed_out(cast: Cast, line: Item) -> None:
    Item.objects.filter(pk=line.pk).update(gone=timezone.localdate())
    progress_workbook(cast.site, None, None)
    assert key_of(line) not in Export.objects.get().values


def test_it_is_the_same_but_for_its_id(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "uuid4", lambda: UUID(int=7))
    one = progress_workbook(cast.site, None, None)
    Export.objects.all().delete()
    assert progress_workbook(cast.site, None, None) == one
