"""The demonstration: plausible, plainly made up, the same every time, and without anything that looks like a patient."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from kbrollout.patientdata import findings
from kbrollout.tracker.demo import fill_in, make_people
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Event, Item, Measurement, Membership, Person, Role, Site, Snapshot
from kbrollout.tracker.reading import Board
from kbrollout.tracker.services import differs
from kbrollout.tracker.snapshots import since_baseline
from tests.tracker.conftest import COMMAND, copied, use

TODAY = timezone.localdate()


def tell(packs: tuple[Path, Path], today: date) -> dict[str, Any]:
    """Two small sites with the story of the demonstration; gives the settings of their database."""
    config = copied("sqlite")
    use(config)
    for each in packs:
        fill_in(load_pack(each, COMMAND).site, today)
    return config


@pytest.fixture(scope="module")
def story(pack: Path, other_pack: Path) -> dict[str, Any]:
    return tell((pack, other_pack), TODAY)


@pytest.fixture
def told(story: dict[str, Any]) -> Iterator[None]:
    """A database with the story; tests only look."""
    use(story)
    yield
    connection.close()


def answers() -> list[tuple[str, dict[str, str], str]]:
    return [(item.code, item.values, item.review) for item in Item.objects.order_by("site_id", "unit__order", "order", "code")]


@pytest.mark.usefixtures("told")
def test_progress_grew_since_the_nulmeting_and_the_log_says_how() -> None:
    for site in Site.objects.all():
        since = since_baseline(Board(site, TODAY))
        assert since
        percents = [moment.counts.percent or 0 for moment in since.series]
        assert len(percents) == 3
        assert percents == sorted(percents)
        assert percents[0] < percents[-1] < 100
        assert list(differs(site)) == []
        assert set(site.snapshots.values_list("kind", flat=True)) == {Snapshot.BASELINE, Snapshot.LATER}


@pytest.mark.usefixtures("told")
def test_there_is_something_of_everything_to_see() -> None:
    boards = [Board(site, TODAY) for site in Site.objects.all()]
    items = [(board, item) for board in boards for item in board.items]
    labels = {label for board, item in items for label in board.labels(item)}
    assert labels >= {"Te laat", "Gecontroleerd"}
    stands = {item.stand for _, item in items if item.kind == "eis"}
    assert stands >= {"Nog niet bekeken", "Nog niet gestart", "Mee bezig", "Geregeld"}
    assert Measurement.objects.exists()
    assert Item.objects.filter(kind="punt", stand="Opgelost").exists()


@pytest.mark.usefixtures("told")
def test_earlier_phases_are_further() -> None:
    def arranged(phase: str) -> float:
        found = list(Item.objects.filter(kind="eis", phase=phase))
        return sum(item.stand == "Geregeld" for item in found) / len(found)

    assert arranged("voorbereiding") > arranged("invoering")


@pytest.mark.usefixtures("told")
def test_whatever_people_wrote_says_that_it_is_made_up() -> None:
    for item in Item.objects.exclude(version=0):
        written = [text for text in (item.missing, item.evidence, item.note, item.review_note) if text]
        assert all(text.startswith("Verzonnen: ") for text in written), item.code
    actors = set(Event.objects.values_list("by_name", flat=True)) - {"opdracht", "Voorbeeld beheerder"}
    assert actors
    assert all(name.endswith(" (verzonnen)") for name in actors)
    assert set(Measurement.objects.values_list("source", flat=True)) == {"Verzonnen voor de demonstratie"}
    assert not list(findings(json.dumps([values for _, values, _ in answers()])))


@pytest.mark.usefixtures("told")
def test_it_is_the_same_every_time(pack: Path, other_pack: Path) -> None:
    first = answers()
    tell((pack, other_pack), TODAY - timedelta(days=200))
    other = answers()
    assert [(code, values["stand"], review) for code, values, review in other] == [
        (code, values["stand"], review) for code, values, review in first
    ]
    moved = [(values["date"], then["date"]) for (_, values, _), (_, then, _) in zip(first, other, strict=True) if values.get("date")]
    assert moved
    assert all(date.fromisoformat(now) - date.fromisoformat(then) == timedelta(days=200) for now, then in moved)


def test_everybody_can_sign_in_with_the_password_of_this_start(db: None, pack: Path, other_pack: Path) -> None:  # noqa: ARG001
    for each in (pack, other_pack):
        load_pack(each, COMMAND)
    make_people("eerste-wachtwoord")
    players = make_people("tweede-wachtwoord")
    assert [player.role for player in players] == list(Role)
    assert (Person.objects.count(), Membership.objects.count()) == (4, 5)
    for player in players:
        assert player.email.endswith("@voorbeeld.nl")
        answer = Client().post("/aanmelden/", {"login": player.email, "password": "tweede-wachtwoord"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Client().post("/aanmelden/", {"login": players[0].email, "password": "eerste-wachtwoord"}).status_code == 200


@pytest.mark.parametrize("made_up", [True, False])
def test_every_page_of_a_demonstration_says_so(db: None, made_up: bool) -> None:  # noqa: ARG001
    with override_settings(DEMONSTRATION=made_up):
        page = Client().get("/aanmelden/").content.decode()
    assert ("Demonstratie: alle voortgang is verzonnen." in page) == made_up
