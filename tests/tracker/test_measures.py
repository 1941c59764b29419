"""Measures: exact words, Dutch figures, and nothing at all of a group that is too small."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kbrollout.errors import ContentError
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.measuring import figure_of, figures, measure, pieces
from kbrollout.tracker.models import Event, Indicator, Measurement, Unit
from tests.tracker.conftest import COMMAND, Cast, queries, write_pack

ASKED, OTHER = "Welk cijfer geeft u uw gezondheid?", "Hoe gezond voelt u zich, van 1 tot en met 10?"
SOURCE = "Vragenlijst van de praktijk"
WEIRD = "9,876"
"""A figure that stands nowhere else."""


def codes(error: pytest.ExceptionInfo[ContentError]) -> set[str]:
    return {each.code for each in error.value.problems}


def asking(manifest: dict[str, Any], question: str | None) -> list[dict[str, Any]]:
    """The indicators of a manifest, in which the first one of practices asks a question; None is that it is not known."""
    code = next(each["id"] for each in manifest["indicators"] if each["level"] == "praktijk")
    changes = {"question": question, "question_unknown": question is None}
    return [{**each, **changes} if each["id"] == code else each for each in manifest["indicators"]]


@pytest.fixture
def asked(cast: Cast, manifest: dict[str, Any], tmp_path: Path) -> Indicator:
    """A measure of practices with a question, in the site of the cast."""
    indicators = asking(manifest, ASKED)
    load_pack(write_pack(tmp_path / "met-vraag", manifest, indicators=indicators), COMMAND)
    return Indicator.objects.get(site=cast.site, question=ASKED, gone=None)


@pytest.fixture
def counted(cast: Cast) -> Indicator:
    """A measure of the neighbourhood for which nobody is asked anything."""
    return Indicator.objects.filter(site=cast.site, level="wijk", question="", question_unknown=False, gone=None)[0]


@pytest.fixture
def practice(cast: Cast) -> Unit:
    """The practice that the member of the cast fills in."""
    found = cast.site.units.filter(kind="praktijk").first()
    assert found is not None
    return found


@pytest.fixture
def wijk(cast: Cast) -> Unit:
    return Unit.objects.get(site=cast.site, kind="wijk")


# -- figures as people write them


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,4", "7.4"),
        ("7", "7"),
        ("-0,5", "-0.5"),
        ("0,0625", "0.0625"),
        ("1250", "1250"),
        ("-0", "0"),
        ("9999999999,9999", "9999999999.9999"),
    ],
)
def test_figures_in_dutch_notation(text: str, value: str) -> None:
    assert str(figure_of(text)) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            (text, "geen-cijfer")
            for text in ("1e5", "NaN", "inf", "Infinity", "7.4", "7.4.1", "1.250", "7,", ",4", "7,4,1", "+7", "٧", "7 4", "€ 7", "0x1F")
        ),
        ("", "cijfer-ontbreekt"),
        ("9" * 11, "cijfer-te-groot"),
        ("9" * 5000, "cijfer-te-groot"),
        ("0,12345", "cijfer-te-groot"),
    ],
)
def test_what_is_no_figure(text: str, code: str) -> None:
    with pytest.raises(ContentError) as error:
        figure_of(text)
    assert codes(error) == {code}
    assert len(error.value.problems[0].what) < 200


# -- adding and correcting


def test_a_figure_is_kept_with_its_words_and_an_event_without_it(asked: Indicator, practice: Unit, cast: Cast) -> None:
    made = measure(COMMAND, asked.pk, practice.pk, "12-3-2026", "7,4", "48", f"  {SOURCE} ")
    made.refresh_from_db()
    assert (made.value, made.answered, made.on, made.source) == (Decimal("7.4"), 48, date(2026, 3, 12), SOURCE)
    assert made.indicator.question == ASKED
    event = Event.objects.filter(site=cast.site).latest("number")
    assert event.what == "meting toegevoegd"
    assert event.after == {
        "indicator": asked.code,
        "versie": asked.version,
        "eenheid": practice.slug,
        "dag": "2026-03-12",
        "te_kleine_groep": False,
    }


def test_a_count_needs_no_number_of_people(counted: Indicator, wijk: Unit) -> None:
    made = measure(COMMAND, counted.pk, wijk.pk, "2026-03-12", "1250", "", SOURCE)
    assert (made.value, made.answered, made.suppressed) == (Decimal(1250), None, False)
    with pytest.raises(ContentError) as error:
        measure(COMMAND, counted.pk, wijk.pk, "2026-03-13", "1250", "40", SOURCE)
    assert codes(error) == {"niemand-gevraagd"}


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"on": ""}, "dag-ontbreekt"),
    ({"on": "morgen"}, "geen-dag"),
    ({"on": "31-2-2026"}, "dag-bestaat-niet"),
    ({"on": "31-12-1999"}, "dag-te-ver"),
    ({"on": f"{timezone.localdate() + timedelta(days=1):%d-%m-%Y}"}, "dag-in-toekomst"),
    ({"value": "NaN"}, "geen-cijfer"),
    ({"value": ""}, "cijfer-ontbreekt"),
    ({"answered": ""}, "aantal-ontbreekt"),
    ({"answered": "veel"}, "geen-aantal"),
    ({"answered": "-12"}, "geen-aantal"),
    ({"answered": "12,5"}, "geen-aantal"),
    ({"answered": "٤٨"}, "geen-aantal"),
    ({"answered": "9" * 12}, "geen-aantal"),
    ({"source": " "}, "herkomst-ontbreekt"),
    ({"source": "x" * 201}, "tekst-te-lang"),
    ({"source": "bel 06-" + "12345678"}, "lijkt-op-patientgegeven"),
]


def test_what_cannot_be_is_refused_and_nothing_is_written(asked: Indicator, practice: Unit) -> None:
    events = Event.objects.count()
    for given, code in REFUSED:
        typed = {"on": "12-3-2026", "value": "7,4", "answered": "48", "source": SOURCE, **given}
        with pytest.raises(ContentError) as error:
            measure(COMMAND, asked.pk, practice.pk, typed["on"], typed["value"], typed["answered"], typed["source"])
        assert codes(error) == {code}, given
    assert (Measurement.objects.count(), Event.objects.count()) == (0, events)


def test_all_that_is_wrong_is_said_at_once(asked: Indicator, practice: Unit) -> None:
    with pytest.raises(ContentError) as error:
        measure(COMMAND, asked.pk, practice.pk, "morgen", "1e5", "veel", "")
    assert {each.path for each in error.value.problems} == {"on", "value", "answered", "source"}


def test_today_is_not_the_future(counted: Indicator, wijk: Unit) -> None:
    assert measure(COMMAND, counted.pk, wijk.pk, timezone.localdate().isoformat(), "1", "", SOURCE).on == timezone.localdate()


def test_a_question_that_is_not_known_gets_no_figures(cast: Cast, practice: Unit) -> None:
    unknown = Indicator.objects.filter(site=cast.site, level="praktijk", question_unknown=True, gone=None)[0]
    with pytest.raises(ContentError) as error:
        measure(COMMAND, unknown.pk, practice.pk, "12-3-2026", "7,4", "48", SOURCE)
    assert codes(error) == {"vraag-onbekend"}
    assert "indicatoren" in error.value.problems[0].fix


def test_a_measure_is_about_its_own_kind_of_unit(asked: Indicator, counted: Indicator, practice: Unit, wijk: Unit) -> None:
    elsewhere = Unit.objects.filter(site="elders", kind="praktijk")[0]
    for indicator, unit, number in ((asked, wijk, "48"), (counted, practice, ""), (asked, elsewhere, "48")):
        with pytest.raises(ContentError) as error:
            measure(COMMAND, indicator.pk, unit.pk, "12-3-2026", "7,4", number, SOURCE)
        assert codes(error) == {"meting-hoort-elders"}


def test_a_day_has_one_figure(asked: Indicator, practice: Unit) -> None:
    first = measure(COMMAND, asked.pk, practice.pk, "12-3-2026", "7,4", "48", SOURCE)
    second = measure(COMMAND, asked.pk, practice.pk, "13-3-2026", "7,5", "48", SOURCE)
    for replaces in (None, second.pk):
        with pytest.raises(ContentError) as error:
            measure(COMMAND, asked.pk, practice.pk, "12-3-2026", "7,6", "48", SOURCE, replaces)
        assert codes(error) == {"dag-al-gemeten"}
    assert "12 maart 2026" in error.value.problems[0].what
    assert first in figures(asked.site)


def test_a_correction_takes_the_place_of_what_it_corrects(asked: Indicator, practice: Unit, cast: Cast) -> None:
    old = measure(COMMAND, asked.pk, practice.pk, "12-3-2026", "7,4", "48", SOURCE)
    new = measure(COMMAND, asked.pk, practice.pk, "12-3-2026", "7,6", "48", SOURCE, old.pk)
    assert figures(cast.site, asked.code) == [new]
    old.refresh_from_db()
    assert (old.value, new.replaces) == (Decimal("7.4"), old)
    with pytest.raises(ContentError) as error:
        measure(COMMAND, asked.pk, practice.pk, "12-3-2026", "7,8", "48", SOURCE, old.pk)
    assert codes(error) == {"meting-al-verbeterd"}
    assert Event.objects.filter(site=cast.site).latest("number").what == "meting verbeterd"


# -- groups that are too small


def everything() -> str:
    """Whatever the database holds of measures and events."""
    held = [Event.objects.values("before", "after", "what"), Measurement.objects.values()]
    return json.dumps([list(each) for each in held], default=str)


def test_fewer_than_ten_are_suppressed(asked: Indicator, practice: Unit) -> None:
    for on, number in (("12-3-2026", "0"), ("13-3-2026", "9")):
        made = measure(COMMAND, asked.pk, practice.pk, on, WEIRD, number, SOURCE)
        made.refresh_from_db()
        assert (made.suppressed, made.value, made.answered) == (True, None, None)
    assert "9.876" not in everything()
    assert WEIRD not in everything()
    made = measure(COMMAND, asked.pk, practice.pk, "14-3-2026", WEIRD, "10", SOURCE)
    assert (made.suppressed, made.value, made.answered) == (False, Decimal("9.876"), 10)
    assert "9.876" in everything()


def test_nothing_of_a_small_group_is_left_after_a_correction(asked: Indicator, practice: Unit, cast: Cast) -> None:
    first = measure(COMMAND, asked.pk, practice.pk, "12-3-2026", WEIRD, "480", SOURCE)
    second = measure(COMMAND, asked.pk, practice.pk, "12-3-2026", WEIRD, "481", SOURCE, first.pk)
    measure(COMMAND, asked.pk, practice.pk, "12-3-2026", WEIRD, "8", SOURCE, second.pk)
    assert not any(text in everything() for text in ("9.876", WEIRD, '"answered": 48'))
    assert [each.suppressed for each in Measurement.objects.all()] == [True, True, True]
    page = cast.client("admin").get(f"/wijk/{cast.site.slug}/metingen/{asked.code}/").content.decode()
    assert "te kleine groep" in page
    assert WEIRD not in page


def test_the_database_itself_refuses_a_small_group(asked: Indicator, practice: Unit) -> None:
    kept: dict[str, Any] = {
        "indicator": asked,
        "unit": practice,
        "on": date(2026, 3, 12),
        "source": SOURCE,
        "by_name": "x",
        "at": timezone.now(),
    }
    for wrong in ({"value": 7, "answered": 9}, {"value": 7, "suppressed": True}, {"answered": 12, "suppressed": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measurement.objects.create(**kept, **wrong)
    assert connection.is_usable()


# -- other words are another measure


def test_figures_of_other_words_are_not_joined(
    asked: Indicator, practice: Unit, cast: Cast, manifest: dict[str, Any], tmp_path: Path
) -> None:
    for on, value in (("1-3-2026", "6,8"), ("1-4-2026", "7")):
        measure(COMMAND, asked.pk, practice.pk, on, value, "48", SOURCE)
    load_pack(write_pack(tmp_path / "anders", manifest, indicators=asking(manifest, OTHER)), COMMAND)
    newer = Indicator.objects.get(site=cast.site, code=asked.code, gone=None)
    for on, value in (("1-5-2026", "7,2"), ("1-6-2026", "7,4")):
        measure(COMMAND, newer.pk, practice.pk, on, value, "48", SOURCE)
    parts = pieces(figures(cast.site, asked.code))
    assert [[each.on.month for each in part] for part in parts] == [[3, 4], [5, 6]]
    page = cast.client("reader").get(f"/wijk/{cast.site.slug}/metingen/{asked.code}/").content.decode()
    assert page.count('class="way"') == 2
    assert page.count('class="break"') == 1
    assert ASKED in page
    assert OTHER in page


def test_a_suppressed_figure_breaks_the_line(asked: Indicator, practice: Unit, cast: Cast) -> None:
    for on, number in (("1-3-2026", "48"), ("1-4-2026", "9"), ("1-5-2026", "48")):
        measure(COMMAND, asked.pk, practice.pk, on, "7", number, SOURCE)
    assert [len(part) for part in pieces(figures(cast.site))] == [1, 1]


def test_a_late_figure_stays_with_the_words_that_were_asked(
    asked: Indicator, practice: Unit, cast: Cast, manifest: dict[str, Any], tmp_path: Path
) -> None:
    load_pack(write_pack(tmp_path / "anders", manifest, indicators=asking(manifest, OTHER)), COMMAND)
    given = {"unit": practice.slug, "version": str(asked.version), "on": "1-3-2026", "value": "7", "answered": "48", "source": SOURCE}
    assert cast.client("member").post(f"/wijk/{cast.site.slug}/metingen/{asked.code}/", given).status_code == 302
    assert Measurement.objects.get().indicator == asked


def test_a_measure_that_the_pack_dropped_gets_corrections_alone(
    asked: Indicator, practice: Unit, manifest: dict[str, Any], tmp_path: Path
) -> None:
    old = measure(COMMAND, asked.pk, practice.pk, "1-3-2026", "7", "48", SOURCE)
    rest = [each for each in manifest["indicators"] if each["id"] != asked.code]
    load_pack(write_pack(tmp_path / "zonder", manifest, indicators=rest), COMMAND)
    with pytest.raises(ContentError) as error:
        measure(COMMAND, asked.pk, practice.pk, "1-4-2026", "7", "48", SOURCE)
    assert codes(error) == {"indicator-vervallen"}
    assert measure(COMMAND, asked.pk, practice.pk, "1-3-2026", "8", "48", SOURCE, old.pk).value == 8


# -- the screens


def test_who_fills_in_a_practice_adds_and_corrects_its_figures(asked: Indicator, practice: Unit, cast: Cast) -> None:
    address, client = f"/wijk/{cast.site.slug}/metingen/{asked.code}/", cast.client("member")
    assert ASKED in client.get(address).content.decode()
    given = {"unit": practice.slug, "version": str(asked.version), "on": "1-3-2026", "value": "7,4", "answered": "48", "source": SOURCE}
    assert client.post(address, given)["Location"] == address
    old = Measurement.objects.get()
    assert (old.by, old.value) == (cast.member, Decimal("7.4"))
    form = client.get(address, {"verbeter": old.pk}).content.decode()
    assert all(f'value="{text}"' in form for text in ("01-03-2026", "7,4", "48", SOURCE))
    client.post(address, {**given, "replaces": old.pk, "value": "7,6"})
    assert [each.value for each in figures(cast.site)] == [Decimal("7.6")]
    said = client.post(address, {**given, "on": "1-4-2026", "answered": "9"}, follow=True).content.decode()
    assert "kleiner dan tien" in said


def test_a_fault_keeps_what_was_typed(asked: Indicator, practice: Unit, cast: Cast) -> None:
    address, client = f"/wijk/{cast.site.slug}/metingen/{asked.code}/", cast.client("coordinator")
    answer = client.post(address, {"version": str(asked.version), "on": "1-3-2026", "value": "7.4", "answered": "48", "source": "<b>"})
    assert answer.status_code == 422
    client.post(address, {"version": str(asked.version), "unit": practice.slug})
    page = client.post(address, {"version": str(asked.version), "unit": practice.slug, "value": "7.4", "source": "<b>"}).content.decode()
    assert f'value="{practice.slug}" selected' in page
    assert all(f'value="{text}"' in page for text in ("7.4", "&lt;b&gt;"))
    assert all(f'href="#veld-{name}"' in page for name in ("on", "value", "answered"))
    assert "Fout:" in page
    assert not Measurement.objects.exists()


def test_who_may_not_fill_in_a_unit_finds_nothing(asked: Indicator, practice: Unit, wijk: Unit, counted: Indicator, cast: Cast) -> None:
    mine = measure(COMMAND, asked.pk, practice.pk, "1-2-2026", "7", "48", SOURCE)
    other = cast.site.units.filter(kind="praktijk").exclude(pk=practice.pk).first()
    theirs = measure(COMMAND, asked.pk, other.pk, "1-2-2026", "7", "48", SOURCE) if other else None
    address = f"/wijk/{cast.site.slug}/metingen/{asked.code}/"
    given = {"unit": practice.slug, "version": str(asked.version), "on": "1-3-2026", "value": "7,4", "answered": "48", "source": SOURCE}
    for who in ("reader", "outsider"):
        client = cast.client(who)
        assert client.post(address, given).status_code == 404
        assert client.post(address, {**given, "replaces": mine.pk}).status_code == 404
        assert client.get(address, {"verbeter": mine.pk}).status_code == 404
    member = cast.client("member")
    for wrong in (
        {"unit": other.slug if other else "x"},
        {"version": "99"},
        {"replaces": theirs.pk if theirs else "0"},
        {"replaces": "9" * 30},
    ):
        assert member.post(address, {**given, **wrong}).status_code == 404
    neighbourhood = f"/wijk/{cast.site.slug}/metingen/{counted.code}/"
    assert '<form method="post" action="/wijk/' not in member.get(neighbourhood).content.decode()
    assert member.post(neighbourhood, {**given, "unit": wijk.slug, "version": str(counted.version)}).status_code == 404
    assert Measurement.objects.count() == (2 if theirs else 1)


def test_pages_ask_the_same_however_many_figures_there_are(asked: Indicator, practice: Unit, cast: Cast) -> None:
    client = cast.client("coordinator")
    pages = [f"/wijk/{cast.site.slug}/metingen/", f"/wijk/{cast.site.slug}/metingen/{asked.code}/"]

    def count(page: str) -> int:
        with queries() as found:
            assert client.get(page).status_code == 200
        return len(found)

    measure(COMMAND, asked.pk, practice.pk, "1-1-2026", "7", "48", SOURCE)
    before = [count(page) for page in pages]
    for unit in cast.site.units.filter(kind="praktijk"):
        for month in range(2, 9):
            measure(COMMAND, asked.pk, unit.pk, f"1-{month}-2026", "7", "48", SOURCE)
    assert [count(page) for page in pages] == before
    assert min(before) > 3
