"""Changes of lines: the event goes with the state, nobody's work is lost, and the log cannot be touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kbrollout.errors import ContentError
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Channel, Event, Item, Snapshot
from kbrollout.tracker.services import Actor, Clash, change, differs, review, take_over
from tests.tracker.conftest import COMMAND, Cast

REASON = "Deze praktijk heeft geen balie."


def actor(cast: Cast, who: str) -> Actor:
    person = getattr(cast, who)
    return Actor(person.name, Channel.WEB, person, who)


def codes(error: pytest.ExceptionInfo[ContentError]) -> set[str]:
    return {each.code for each in error.value.problems}


def test_a_change_is_kept_with_its_event(line: Item, cast: Cast) -> None:
    item = change(actor(cast, "member"), line.pk, 0, {"stand": "Mee bezig", "missing": "De datum", "date": "12-3-2027"})
    assert item.values == {**line.values, "stand": "Mee bezig", "missing": "De datum", "date": "2027-03-12"}
    event = Event.objects.filter(item=line).get()
    assert (event.what, event.version, event.by, event.channel) == ("gewijzigd", 1, cast.member, "web")
    assert event.before["stand"] == "Nog niet bekeken"
    assert event.after == {"stand": "Mee bezig", "missing": "De datum", "date": "2027-03-12", "answered": line.fingerprint}
    assert list(differs(cast.site)) == []


def test_event_numbers_have_no_gaps(line: Item, cast: Cast) -> None:
    for number in range(3):
        change(COMMAND, line.pk, number, {"note": f"keer {number}"})
    assert list(cast.site.events.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_nothing_new_is_no_event(line: Item) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Nog niet bekeken", "note": ""})
    assert not Event.objects.filter(item=line).exists()


def test_different_fields_come_together(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Mee bezig"})
    item = change(actor(cast, "coordinator"), line.pk, 0, {"owner": "praktijkmanager"})
    assert (item.stand, item.owner, item.version) == ("Mee bezig", "praktijkmanager", 2)


def test_the_same_field_is_a_clash_and_writes_nothing(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Mee bezig"})
    with pytest.raises(Clash) as clash:
        change(actor(cast, "coordinator"), line.pk, 0, {"stand": "Geregeld", "note": "klaar"})
    (collision,) = clash.value.collisions
    assert (collision.field, collision.base, collision.mine, collision.theirs) == ("stand", "Nog niet bekeken", "Geregeld", "Mee bezig")
    line.refresh_from_db()
    assert (line.stand, line.note, line.version) == ("Mee bezig", "", 1)


def test_the_same_answer_of_two_people_is_no_clash(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    assert change(actor(cast, "coordinator"), line.pk, 0, {"stand": "Geregeld"}).version == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"stand": "Bijna"}, "stand-onbekend"),
        ({"stand": "Niet van toepassing", "missing": "nee"}, "reden-ontbreekt"),
        ({"stand": "Niet van toepassing"}, "reden-ontbreekt"),
        ({"kleur": "rood"}, "veld-onbekend"),
        ({"version": "3"}, "veld-onbekend"),
        ({"note": "x" * 1001}, "tekst-te-lang"),
        ({"owner": "x" * 121}, "tekst-te-lang"),
        ({"date": "morgen"}, "geen-dag"),
        ({"date": "31-2-2027"}, "dag-bestaat-niet"),
        ({"date": "12-3-2127"}, "dag-te-ver"),
        ({"note": "bel 06-" + "12345678"}, "lijkt-op-patientgegeven"),
        ({"evidence": "1112" + "22333"}, "lijkt-op-patientgegeven"),
    ],
)
def test_what_cannot_stand_there_is_refused(line: Item, given: dict[str, str], code: str) -> None:
    with pytest.raises(ContentError) as error:
        change(COMMAND, line.pk, 0, given)
    assert codes(error) == {code}
    line.refresh_from_db()
    assert (line.version, Event.objects.filter(item=line).count()) == (0, 0)


def test_all_that_is_wrong_is_said_at_once(line: Item) -> None:
    with pytest.raises(ContentError) as error:
        change(COMMAND, line.pk, 0, {"stand": "Bijna", "date": "morgen", "note": "1112" + "22333"})
    assert {each.path for each in error.value.problems} == {"stand", "date", "note"}


def test_a_number_that_is_no_bsn_passes_with_a_reason(line: Item) -> None:
    number = "1112" + "22333"
    with pytest.raises(ContentError) as error:
        change(COMMAND, line.pk, 0, {"note": number}, not_bsn="nee")
    assert codes(error) == {"bsn-reden-ontbreekt"}
    change(COMMAND, line.pk, 0, {"note": number}, not_bsn="Nummer van de factuur")
    assert Event.objects.get(item=line).after["geen_bsn"] == "Nummer van de factuur"


def test_not_applicable_needs_a_reason_that_stays(line: Item) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Niet van toepassing", "missing": REASON})
    with pytest.raises(ContentError):
        change(COMMAND, line.pk, 1, {"missing": ""})


def test_somebody_else_checks(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    with pytest.raises(ContentError) as error:
        review(actor(cast, "member"), line.pk, 1, "akkoord")
    assert codes(error) == {"controle-eigen-werk"}
    item = review(actor(cast, "coordinator"), line.pk, 1, "akkoord")
    assert (item.review, item.reviewed_by, item.version) == ("akkoord", cast.coordinator, 2)
    assert list(differs(cast.site)) == []


def test_sending_back_needs_a_reason(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    with pytest.raises(ContentError) as error:
        review(actor(cast, "coordinator"), line.pk, 1, "teruggestuurd")
    assert codes(error) == {"controle-reden-ontbreekt"}


def test_only_what_is_finished_can_be_checked(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Mee bezig"})
    with pytest.raises(ContentError) as error:
        review(actor(cast, "coordinator"), line.pk, 1, "akkoord")
    assert codes(error) == {"controle-niet-geregeld"}


def test_a_check_is_of_what_was_seen(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    change(actor(cast, "member"), line.pk, 1, {"evidence": "Map Kwaliteit"})
    with pytest.raises(ContentError) as error:
        review(actor(cast, "coordinator"), line.pk, 1, "akkoord")
    assert codes(error) == {"regel-intussen-veranderd"}


@pytest.mark.parametrize(("given", "left"), [({"evidence": "Andere map"}, ""), ({"owner": "assistente"}, "akkoord")])
def test_another_answer_undoes_the_check(line: Item, cast: Cast, given: dict[str, str], left: str) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    review(actor(cast, "coordinator"), line.pk, 1, "akkoord")
    assert change(actor(cast, "member"), line.pk, 2, given).review == left
    assert list(differs(cast.site)) == []


def test_nothing_to_take_over(line: Item) -> None:
    with pytest.raises(ContentError) as error:
        take_over(COMMAND, line.pk)
    assert codes(error) == {"niets-over-te-nemen"}


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("table", ["tracker_event", "tracker_snapshot"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET by_name = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_logged(cast: Cast, table: str, statement: str) -> None:
    Snapshot.objects.create(
        site=cast.site, kind="nulmeting", label="x", by_name="x", at="2026-11-22T12:00+01:00", pack=1, rows=[], sha256="0"
    )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_database_refuses_to_replace_an_event(own_db: dict[str, Any], engine: str, pack: Path) -> None:  # noqa: ARG001 - it writes in it
    """SQLite's REPLACE would delete the old row without firing a trigger, were it not for recursive triggers."""
    load_pack(pack, COMMAND)
    statement = (
        "INSERT OR REPLACE INTO tracker_event SELECT * FROM tracker_event" if engine == "sqlite" else "TRUNCATE tracker_event CASCADE"
    )
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 1
