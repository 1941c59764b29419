"""How a site stands: counts, what is late or waits, the gates, and what comes first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kbrollout.tracker.models import Item, Person, Site, Unit
from kbrollout.tracker.reading import Board, Counts, count, count_stands
from tests.tracker.conftest import queries

TODAY = date(2027, 3, 12)
BEFORE, AFTER = date(2027, 3, 11), date(2027, 3, 13)


@pytest.fixture
def site(db: None) -> Site:  # noqa: ARG001 - the database has to be there
    """A site with itself and one practice as units, and no lines."""
    site = Site.objects.create(slug="hier", name="Hier", municipality="Stad", code="HIE", reference="2.2", number=1)
    Unit.objects.create(site=site, slug="hier", name="Hier", kind="wijk")
    Unit.objects.create(site=site, slug="praktijk", name="Praktijk", kind="praktijk", order=1)
    return site


def add(site: Site, kind: str, code: str, unit: str = "praktijk", **columns: Any) -> Item:
    """A line; nothing is filled in but what is given."""
    begin = {"eis": "Nog niet bekeken", "taak": "nee", "punt": "Open"}[kind]
    given = {"title": code, "who": "huisarts", "phase": "voorbereiding", "fingerprint": "nu", "stand": begin, **columns}
    return Item.objects.create(site=site, unit=site.units.get(slug=unit), kind=kind, code=code, order=site.items.count(), **given)


def board(site: Site) -> Board:
    return Board(site, TODAY)


def codes(items: Any) -> list[str]:
    return [item.code for item in items]


# -- counts


@pytest.mark.parametrize(
    ("arranged", "others", "words"),
    [
        (0, 3, "0 van 3 (0%)"),
        (2, 1, "2 van 3 (66%)"),
        (199, 1, "199 van 200 (99%)"),
        (3, 0, "3 van 3 (100%)"),
        (0, 0, "geen eisen"),
    ],
)
def test_progress_is_rounded_down_and_said_with_its_counts(arranged: int, others: int, words: str) -> None:
    assert count_stands(["Geregeld"] * arranged + ["Mee bezig"] * others).words == words


def test_what_is_not_applicable_does_not_count() -> None:
    found = count_stands(["Geregeld", "Niet van toepassing", "Nog niet bekeken", "Nog niet gestart", "Mee bezig"])
    assert found == Counts(arranged=1, applies=4, busy=1, not_begun=1, not_seen=1, not_applicable=1)
    assert count_stands(["Niet van toepassing"]).words == "geen eisen"


def test_only_requirements_that_are_asked_now_count(site: Site) -> None:
    add(site, "eis", "A", stand="Geregeld", review="akkoord")
    add(site, "eis", "B", stand="Geregeld", gone=BEFORE)
    add(site, "taak", "T", stand="ja")
    add(site, "punt", "P")
    assert count(board(site).all) == Counts(arranged=1, applies=1, reviewed=1)


def test_two_queries_however_many_lines(site: Site) -> None:
    for number in range(30):
        add(site, "eis", f"A{number}")
        add(site, "taak", f"T{number}", details={"requirement": f"A{number}", "after": [f"T{number - 1}"]}, due=BEFORE)
    with queries() as asked:
        shown = board(site)
        assert len(shown.next_steps()) == 30
        assert [shown.waits_for(item) for item in shown.items]
        assert (len(shown.gates), shown.phase, [list(shown.labels(item)) for item in shown.items][-1]) == (0, None, ["Te laat"])
    assert len(asked) == 2


# -- one line


def test_late_is_past_the_day_that_holds(site: Site) -> None:
    """The day that people chose for a requirement goes before that of the plan; the date of a task is when it was done."""
    add(site, "eis", "GISTEREN", due=BEFORE)
    add(site, "eis", "VANDAAG", due=TODAY)
    add(site, "eis", "GEREGELD", due=BEFORE, stand="Geregeld")
    add(site, "eis", "NIET-VAN-TOEPASSING", due=BEFORE, stand="Niet van toepassing")
    add(site, "eis", "UITGESTELD", due=BEFORE, date=AFTER)
    add(site, "eis", "VERVROEGD", due=AFTER, date=BEFORE)
    add(site, "eis", "ZONDER-DAG")
    add(site, "taak", "TAAK", due=BEFORE, date=AFTER)
    add(site, "taak", "GEDAAN", due=BEFORE, stand="ja")
    add(site, "punt", "PUNT", due=BEFORE)
    add(site, "punt", "OPGELOST", due=BEFORE, stand="Opgelost")
    shown = board(site)
    assert codes(item for item in shown.items if shown.is_late(item)) == ["GISTEREN", "VERVROEGD", "TAAK", "PUNT"]


def test_evidence_expires_after_its_last_day(site: Site) -> None:
    expired = add(site, "eis", "GISTEREN", stand="Geregeld", evidence_until=BEFORE)
    add(site, "eis", "VANDAAG", stand="Geregeld", evidence_until=TODAY)
    add(site, "eis", "BEZIG", stand="Mee bezig", evidence_until=BEFORE)
    add(site, "eis", "ZONDER-DAG", stand="Geregeld")
    shown = board(site)
    assert codes(item for item in shown.items if shown.is_expired(item)) == ["GISTEREN"]
    assert list(shown.labels(expired)) == ["Bewijs verlopen"]


def test_labels_stand_most_pressing_first(site: Site) -> None:
    old = add(site, "eis", "OUD", version=2, gone=BEFORE)
    item = add(site, "eis", "A", due=BEFORE, review="teruggestuurd", answered="toen", predecessor=old)
    assert list(board(site).labels(item)) == ["Te laat", "Teruggestuurd", "Eis gewijzigd", "Voorstel om over te nemen"]
    assert list(board(site).labels(old)) == ["Vervallen"]


def test_a_requirement_waits_for_what_its_tasks_wait_for(site: Site) -> None:
    """A task of another requirement stands for that requirement; a task of the same one is part of the work itself."""
    first = add(site, "eis", "A", "hier")
    add(site, "taak", "A-T1", "hier", details={"requirement": "A"})
    step = add(site, "taak", "STAP", "hier")
    add(site, "taak", "KLAAR", "hier", stand="ja")
    item = add(site, "eis", "B")
    add(site, "taak", "B-T1", details={"requirement": "B", "after": ["A-T1", "STAP", "KLAAR", "WEG"]})
    last = add(site, "taak", "B-T2", details={"requirement": "B", "after": ["B-T1"]})
    assert board(site).waits_for(item) == [first, step]
    assert board(site).waits_for(last) == [item]
    assert codes(board(site).tasks_of(item)) == ["B-T1", "B-T2"]


def test_nothing_waits_for_what_is_arranged(site: Site) -> None:
    first = add(site, "eis", "A", stand="Geregeld")
    add(site, "taak", "A-T1", details={"requirement": "A"})
    item = add(site, "eis", "B")
    add(site, "taak", "B-T1", details={"requirement": "B", "after": ["A-T1"]})
    assert board(site).waits_for(item) == []
    Item.objects.filter(pk=first.pk).update(stand="Mee bezig")
    assert board(site).waits_for(item) == [first]
    item.stand = "Geregeld"
    assert board(site).waits_for(item) == []


# -- the site


def test_a_gate_is_blocked_by_what_its_phase_has_not_arranged(site: Site) -> None:
    add(site, "taak", "POORT-2", "hier", phase="nulmeting", details={"gate": True})
    gate = add(site, "taak", "POORT-1", "hier", details={"gate": True})
    add(site, "eis", "A")
    add(site, "eis", "B", stand="Niet van toepassing")
    add(site, "eis", "C", phase="invoering")
    shown = board(site)
    assert [(each.phase, each.passed, codes(each.blocks)) for each in shown.gates] == [
        ("voorbereiding", False, ["A"]),
        ("nulmeting", False, []),
    ]
    assert shown.phase == "voorbereiding"
    Item.objects.filter(pk=gate.pk).update(stand="ja")
    assert board(site).phase == "nulmeting"
    Item.objects.filter(kind="taak").update(stand="ja")
    assert board(site).phase is None


def test_what_presses_most_comes_first(site: Site) -> None:
    old = add(site, "eis", "OUD", version=1, gone=BEFORE)
    add(site, "eis", "LATER", due=date(2027, 6, 1))
    add(site, "eis", "WACHT", due=AFTER)
    add(site, "taak", "WACHT-T", details={"requirement": "WACHT", "after": ["STAP"]})
    add(site, "punt", "ZONDER-DAG", "hier")
    add(site, "eis", "VOORSTEL", predecessor=old)
    add(site, "eis", "VERLOPEN", stand="Geregeld", evidence_until=BEFORE)
    add(site, "eis", "GEWIJZIGD", stand="Geregeld", answered="toen")
    add(site, "eis", "TERUG", stand="Geregeld", review="teruggestuurd")
    add(site, "eis", "TE-LAAT", due=BEFORE)
    add(site, "taak", "STAP", "hier", due=AFTER)
    add(site, "eis", "KLAAR", stand="Geregeld", review="akkoord")
    found = codes(board(site).next_steps())
    assert found == ["TE-LAAT", "TERUG", "GEWIJZIGD", "VERLOPEN", "VOORSTEL", "STAP", "LATER", "ZONDER-DAG", "WACHT"]


def test_next_steps_are_of_the_units_that_are_asked_for(site: Site) -> None:
    add(site, "eis", "A")
    add(site, "eis", "B", "hier")
    practice = site.units.get(slug="praktijk")
    assert codes(board(site).next_steps(frozenset([practice.pk]))) == ["A"]
    assert board(site).next_steps(frozenset()) == []


def test_a_colleague_checks_what_somebody_else_finished(site: Site) -> None:
    me, other = (Person.objects.make(f"{name}@" + "voorbeeld.nl", name) for name in ("ik", "ander"))
    add(site, "eis", "VAN-MIJ", stand="Geregeld", answered_by=me)
    add(site, "eis", "VAN-ANDER", stand="Geregeld", answered_by=other)
    add(site, "eis", "PER-OPDRACHT", "hier", stand="Niet van toepassing")
    add(site, "eis", "BEZIG", stand="Mee bezig", answered_by=other)
    add(site, "eis", "AKKOORD", stand="Geregeld", answered_by=other, review="akkoord")
    add(site, "eis", "EERST-OPNIEUW", stand="Geregeld", answered_by=other, answered="toen")
    assert codes(board(site).to_check(me)) == ["VAN-ANDER", "PER-OPDRACHT"]
    assert codes(board(site).to_check(me, frozenset([site.units.get(slug="praktijk").pk]))) == ["VAN-ANDER"]


def test_what_is_not_asked_any_more_is_kept_apart(site: Site) -> None:
    add(site, "eis", "BEANTWOORD", gone=BEFORE, version=1)
    add(site, "eis", "NOOIT-BEKEKEN", gone=BEFORE)
    add(site, "eis", "NU")
    assert codes(board(site).gone(site.units.get(slug="praktijk"))) == ["BEANTWOORD"]
    assert codes(board(site).items) == ["NU"]
