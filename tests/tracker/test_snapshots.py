"""Snapshots: frozen means frozen, and every percentage stands with the counts of its own moment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from kbrollout.errors import ContentError
from kbrollout.tracker.frozen import counts_of, digest, is_whole, table_of
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Event, Item, Snapshot
from kbrollout.tracker.reading import Board
from kbrollout.tracker.services import change
from kbrollout.tracker.snapshots import Since, baseline_of, since_baseline, take
from tests.tracker.conftest import COMMAND, Cast, queries, write_pack

REASON = "De praktijken waren nog niet klaar."


def codes(error: pytest.ExceptionInfo[ContentError]) -> set[str]:
    return {each.code for each in error.value.problems}


def since(cast: Cast) -> Since:
    cast.site.refresh_from_db()
    found = since_baseline(Board(cast.site, timezone.localdate()))
    assert found is not None
    return found


def nulmeting(cast: Cast, label: str = "Nulmeting", reason: str = "") -> Snapshot:
    return take(COMMAND, cast.site.slug, Snapshot.BASELINE, label, reason)


# -- making one


def test_every_requirement_that_is_asked_is_frozen_with_its_event(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    made = nulmeting(cast)
    asked = cast.site.items.filter(kind="eis", gone=None)
    assert len(made.rows) == asked.count()
    row = next(row for row in made.rows if (row["unit"], row["code"]) == (line.unit.slug, line.code))
    assert row["stand"] == "Geregeld"
    assert (row["unit_name"], row["title"], row["theme"]) == (line.unit.name, line.title, line.theme)
    assert row["theme_name"]
    event = Event.objects.filter(site=cast.site).last()
    assert event is not None
    assert (event.what, event.after["sha256"], event.after["eisen"]) == ("nulmeting", made.sha256, len(made.rows))


def test_frozen_stays_frozen_when_lines_and_pack_change(line: Item, cast: Cast, manifest: dict[str, Any], tmp_path: Path) -> None:
    made = nulmeting(cast)
    frozen = [dict(row) for row in made.rows]
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    renamed = [{**each, "title": "Een andere titel"} for each in manifest["requirements"]]
    units = [{**each, "name": f"{each['name']} nieuw"} for each in manifest["units"]]
    themes = [{**each, "name": "Andere naam"} for each in manifest["themes"]]
    load_pack(write_pack(tmp_path, manifest, requirements=renamed[1:], units=units, themes=themes), COMMAND)
    made.refresh_from_db()
    assert made.rows == frozen
    assert is_whole(made)
    page = cast.client("reader").get(f"/wijk/{cast.site.slug}/metingen/momentopname/{made.pk}/").content.decode()
    assert "Een andere titel" not in page
    assert "Andere naam" not in page
    assert frozen[0]["title"] in page
    assert " nieuw</th>" not in page


def test_a_second_nulmeting_needs_a_reason_and_leaves_the_first(cast: Cast) -> None:
    first = nulmeting(cast)
    for reason in ("", "te vroeg"):
        with pytest.raises(ContentError) as error:
            nulmeting(cast, "Opnieuw", reason)
        assert codes(error) == {"nulmeting-reden-ontbreekt"}
    second = nulmeting(cast, "Opnieuw", REASON)
    assert baseline_of(cast.site) == second
    assert second.reason == REASON
    assert list(cast.site.snapshots.order_by("pk")) == [first, second]


REFUSED = [
    ("eindmeting", "Naam", "", "momentopname-onbekend"),
    ("nulmeting", "  ", "", "naam-ontbreekt"),
    ("nulmeting", "x" * 121, "", "tekst-te-lang"),
    ("nulmeting", "BSN " + "1112" + "22333", "", "lijkt-op-patientgegeven"),
    ("tussenmeting", "Naam", "bel 06-" + "12345678", "lijkt-op-patientgegeven"),
    ("tussenmeting", "eerste", "", "naam-bestaat"),
]


def test_what_cannot_be_is_refused_and_nothing_is_written(cast: Cast) -> None:
    take(COMMAND, cast.site.slug, Snapshot.LATER, "Eerste")
    before = (cast.site.snapshots.count(), cast.site.events.count())
    for kind, label, reason, code in REFUSED:
        with pytest.raises(ContentError) as error:
            take(COMMAND, cast.site.slug, kind, label, reason)
        assert codes(error) == {code}, label
    assert (cast.site.snapshots.count(), cast.site.events.count()) == before


def test_the_hash_tells_when_a_row_was_changed_behind_its_back(cast: Cast) -> None:
    made = nulmeting(cast)
    assert is_whole(Snapshot.objects.get(pk=made.pk))
    made.rows[0]["stand"] = "Geregeld"
    assert not is_whole(made)


def test_the_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert digest([{"a": "1", "b": "é"}]) == digest([{"b": "é", "a": "1"}]) != digest([{"a": "1", "b": "e"}])


def test_a_broken_snapshot_says_so_on_every_page_that_shows_it(cast: Cast) -> None:
    made = nulmeting(cast)
    table = connection.ops.quote_name("tracker_snapshot")
    with connection.cursor() as cursor:
        # What the triggers forbid, somebody with the file in hand can still do.
        drop = f"DROP TRIGGER tracker_snapshot_no_{'UPDATE' if connection.vendor == 'sqlite' else 'change'}"
        cursor.execute(drop + ("" if connection.vendor == "sqlite" else f" ON {table}"))
        cursor.execute(f"UPDATE {table} SET sha256 = %s WHERE id = %s", ["0" * 64, made.pk])
    client = cast.client("reader")
    assert "na het vastleggen veranderd" in client.get(f"/wijk/{cast.site.slug}/metingen/momentopname/{made.pk}/").content.decode()
    assert "na het vastleggen veranderd" in client.get(f"/wijk/{cast.site.slug}/metingen/").content.decode()


# -- reading one


def test_the_table_counts_units_and_themes_from_the_rows() -> None:
    def row(unit: str, theme: str, stand: str) -> dict[str, str]:
        names = {"unit_name": unit.upper(), "theme_name": theme.upper()}
        return {"unit": unit, "theme": theme, "stand": stand, "review": "", "code": "c", "title": "t", **names}

    table = table_of(
        [row("a", "x", "Geregeld"), row("a", "x", "Mee bezig"), row("b", "y", "Niet van toepassing"), row("b", "x", "Geregeld")]
    )
    assert table.themes == ("X", "Y")
    assert [(unit.name, [counts.words for counts in unit.themes]) for unit in table.units] == [
        ("A", ["1 van 2 (50%)", "geen eisen"]),
        ("B", ["1 van 1 (100%)", "geen eisen"]),
    ]
    assert table.total.counts.words == "2 van 3 (66%)"


# -- progress


def test_without_a_nulmeting_there_is_nothing_to_compare(cast: Cast) -> None:
    take(COMMAND, cast.site.slug, Snapshot.LATER, "Tussendoor")
    assert since_baseline(Board(cast.site, timezone.localdate())) is None


def test_progress_is_of_the_unit_where_something_was_done(line: Item, cast: Cast) -> None:
    nulmeting(cast)
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    found = since(cast)
    assert (found.total.then.arranged, found.total.now.arranged) == (0, 1)
    assert {each.name: each.now.arranged for each in found.units if each.now.arranged} == {line.unit.name: 1}
    assert all(each.same for each in found.units)


def test_percentages_never_mix_what_was_asked_then_and_what_is_asked_now(
    cast: Cast, manifest: dict[str, Any], tmp_path: Path, line: Item
) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    made = nulmeting(cast)
    asked = len(made.rows)
    kept = [each for each in manifest["requirements"] if (each["unit"], each["id"]) != (line.unit.slug, line.code)]
    extra = [{**kept[0], "id": f"BV-Z-{number}", "unit": line.unit.slug} for number in (1, 2)]
    load_pack(write_pack(tmp_path, manifest, requirements=kept + extra), COMMAND)
    change(COMMAND, Item.objects.get(site=cast.site, code="BV-Z-1").pk, 0, {"stand": "Geregeld"})
    total = since(cast).total
    assert total.then.words == f"1 van {asked} ({100 // asked}%)"
    assert total.now.words == f"1 van {asked + 1} ({100 // (asked + 1)}%)"
    assert (total.added.asked, total.added.arranged) == (2, 1)
    assert (total.dropped.asked, total.dropped.arranged) == (1, 1)
    page = cast.client("reader").get(f"/wijk/{cast.site.slug}/metingen/").content.decode()
    assert "Erbij gekomen: 2 basisvoorwaarden, waarvan nu 1 geregeld. Weggevallen: 1 basisvoorwaarde, waarvan toen 1 geregeld." in page


def test_a_unit_that_left_is_still_compared(cast: Cast, manifest: dict[str, Any], tmp_path: Path) -> None:
    nulmeting(cast)
    practice = cast.site.units.filter(kind="praktijk").first()
    assert practice is not None
    rest = {name: [each for each in manifest[name] if each.get("unit") != practice.slug] for name in ("requirements", "tasks")}
    units = [each for each in manifest["units"] if each["id"] != practice.slug]
    load_pack(write_pack(tmp_path, manifest, units=units, **rest), COMMAND)
    last = since(cast).units[-1]
    assert (last.name, last.now.words, last.dropped.asked) == (practice.name, "geen eisen", last.then.asked)


def test_the_series_begins_at_the_nulmeting_that_counts(line: Item, cast: Cast) -> None:
    take(COMMAND, cast.site.slug, Snapshot.LATER, "Vooraf")
    nulmeting(cast)
    take(COMMAND, cast.site.slug, Snapshot.LATER, "Oud")
    nulmeting(cast, "Opnieuw", REASON)
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    take(COMMAND, cast.site.slug, Snapshot.LATER, "Later")
    found = since(cast)
    assert [(each.name, each.counts.arranged) for each in found.series] == [("Opnieuw", 0), ("Later", 1), ("Nu", 1)]
    assert found.whole


def test_progress_takes_two_queries_however_many_units(cast: Cast) -> None:
    nulmeting(cast)
    take(COMMAND, cast.site.slug, Snapshot.LATER, "Later")
    board = Board(cast.site, timezone.localdate())
    with queries() as asked:
        found = since_baseline(board)
        assert found
        assert found.units
        assert found.series
    assert len(asked) == 2


# -- the screens


def test_a_manager_sees_first_what_will_be_frozen(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    asked = cast.site.items.filter(kind="eis", gone=None).count()
    address = f"/wijk/{cast.site.slug}/metingen/momentopname/"
    client = cast.client("coordinator")
    page = client.get(address).content.decode()
    assert f"{asked - 1} van de {asked} basisvoorwaarden" in page
    assert not cast.site.snapshots.exists()
    answer = client.post(address, {"kind": "nulmeting", "label": "Nulmeting"})
    made = cast.site.snapshots.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{address}{made.pk}/")
    assert (made.by, made.by_name, counts_of(made.rows).arranged) == (cast.coordinator, "Coordinator", 1)


def test_a_fault_keeps_what_was_typed(cast: Cast) -> None:
    nulmeting(cast)
    address = f"/wijk/{cast.site.slug}/metingen/momentopname/"
    answer = cast.client("admin").post(address, {"kind": "nulmeting", "label": "Tweede <keer>", "reason": "kort"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Tweede &lt;keer&gt;"' in page
    assert ">kort</textarea>" in page
    assert 'value="nulmeting" checked' in page
    assert 'href="#veld-reason"' in page
    assert cast.site.snapshots.count() == 1


def test_only_who_manages_makes_them(cast: Cast) -> None:
    address = f"/wijk/{cast.site.slug}/metingen/momentopname/"
    for who in ("member", "reader", "outsider"):
        client = cast.client(who)
        assert client.get(address).status_code == 404
        assert client.post(address, {"kind": "nulmeting", "label": "Nulmeting"}).status_code == 404
    assert not Snapshot.objects.exists()


def test_a_snapshot_is_seen_in_its_own_site_alone(cast: Cast) -> None:
    made = nulmeting(cast)
    shown = f"metingen/momentopname/{made.pk}/"
    assert cast.client("reader").get(f"/wijk/{cast.site.slug}/{shown}").status_code == 200
    assert cast.client("outsider").get(f"/wijk/{cast.site.slug}/{shown}").status_code == 404
    assert cast.client("outsider").get(f"/wijk/elders/{shown}").status_code == 404
    assert cast.client("reader").get(f"/wijk/{cast.site.slug}/metingen/momentopname/{10**30}/").status_code == 404
