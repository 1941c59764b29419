"""The pages of a site and “Wat nu?”: what they say to whom, and that they stay quick however much there is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Channel, Item, Membership, Person, Role, Site, Unit
from kbrollout.tracker.services import Actor, change, review
from tests.tracker.conftest import COMMAND, Cast, make_person, queries, write_pack
from tests.tracker.pages import form, said

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
REASON = "Deze praktijk heeft geen balie."


def actor(cast: Cast, who: str) -> Actor:
    person = getattr(cast, who)
    return Actor(person.name, Channel.WEB, person, person.memberships.get().role)


def url(name: str, site: Site, *more: str) -> str:
    return reverse(name, args=[site.slug, *more])


def lines(cast: Cast, unit: Unit) -> list[Item]:
    return list(cast.site.items.filter(unit=unit, kind="eis").order_by("order"))


@pytest.fixture
def planned(manifest: dict[str, Any], tmp_path: Path, cast: Cast) -> Cast:
    """The cast, with a plan: two gates, a task of a requirement in each practice, a meeting."""
    wijk = cast.site.units.get(kind="wijk")
    practices = list(cast.site.units.filter(kind="praktijk"))
    base: dict[str, Any] = {
        "who": "wijkcoordinator",
        "theme": "kern",
        "requirement": None,
        "after": [],
        "fixed": False,
        "gate": False,
        "own": False,
    }
    base |= {"start": "2027-01-11", "baseline_start": None, "baseline_end": None, "phase": "voorbereiding"}
    tasks = [
        {
            **base,
            "id": "POORT-1",
            "unit": wijk.slug,
            "what": "Sluit de voorbereiding af",
            "phase": "voorbereiding",
            "end": "2027-05-01",
            "gate": True,
        },
        {
            **base,
            "id": "POORT-2",
            "unit": wijk.slug,
            "what": "Sluit de nulmeting af",
            "phase": "nulmeting",
            "end": "2027-09-01",
            "gate": True,
        },
        *(
            {**base, "id": f"T/{unit.slug}", "unit": unit.slug, "what": "Kies wie het doet", "end": "2027-02-01"}
            | {"requirement": "BV-P-01", "after": ["POORT-2"]}
            for unit in practices
        ),
    ]
    far = (timezone.localdate() + timedelta(days=30)).isoformat()
    meeting = {
        "id": "regie-1",
        "series": "regie",
        "body": "regie",
        "name": "Regiegroep wijk",
        "day": far,
        "starts": "12:30",
        "ends": "13:30",
    }
    past = {**meeting, "id": "regie-0", "day": "2020-01-01", "name": "Voorbij"}
    load_pack(write_pack(tmp_path / "gepland", manifest, tasks=tasks, meetings=[past, meeting]), COMMAND)
    cast.site.refresh_from_db()
    return cast


# -- wat nu?


def test_who_has_no_place_is_told_what_to_do(cast: Cast) -> None:
    Membership.objects.filter(person=cast.reader).delete()
    assert "Vraag de wijkcoördinator" in said(cast.client("reader").get("/"))


def test_an_administrator_without_sites_is_told_how_to_begin(db: None) -> None:  # noqa: ARG001 - the database has to be there
    admin = make_person("eerste", Role.ADMIN)
    client = Client()
    client.force_login(admin, backend=BACKEND)
    assert "kbrollout track load" in said(client.get("/"))


def test_a_member_sees_own_lines_most_pressing_first(line: Item, cast: Cast) -> None:
    own = lines(cast, line.unit)
    change(COMMAND, own[3].pk, 0, {"stand": "Mee bezig", "date": "1-2-2020"})
    change(COMMAND, own[5].pk, 0, {"stand": "Geregeld"})
    review(actor(cast, "coordinator"), own[5].pk, 1, "teruggestuurd", "Noem de map waar het staat.")
    other = cast.site.items.filter(kind="eis", unit__kind="wijk").first()
    assert other is not None
    words = said(cast.client("member").get("/"))
    first, second, third = (words.index(item.title) for item in (own[3], own[5], own[0]))
    assert first < second < third
    assert "Te laat Mee bezig" in words
    assert "Teruggestuurd Geregeld" in words
    assert "uiterlijk 1 februari 2020" in words
    assert other.title not in words
    assert "1× te laat 1× teruggestuurd" in words


def test_ten_steps_and_a_way_to_the_rest(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    page = client.get("/").content.decode()
    own = lines(cast, line.unit)
    assert page.count('class="whole"') == 10 + 1, "ten lines, and the checklist"
    assert f"Nog {len(own) - 10} dingen te doen in {cast.site.name}" in page
    whole = client.get("/", {"wijk": cast.site.slug}).content.decode()
    assert all(reverse("line", args=[cast.site.slug, "eis", item.unit.slug, item.code]) in whole for item in own)
    assert client.get("/", {"wijk": "elders"}).content.decode().count('class="whole"') == 11, "not a site of theirs"


def test_nothing_to_do_is_said_kindly(line: Item, cast: Cast) -> None:
    Item.objects.filter(unit=line.unit).update(stand="Geregeld", version=1)
    assert "Er is nu niets te doen. Mooi zo!" in said(cast.client("member").get("/"))


def test_what_a_colleague_finished_can_be_looked_at(line: Item, cast: Cast) -> None:
    change(actor(cast, "coordinator"), line.pk, 0, {"stand": "Niet van toepassing", "missing": REASON})
    assert "Kijkt u mee?" in said(cast.client("member").get("/"))
    assert "Kijkt u mee?" not in said(cast.client("coordinator").get("/")), "nobody checks their own work"
    assert "Kijkt u mee?" not in said(cast.client("reader").get("/"))


def test_a_coordinator_sees_the_neighbourhood_and_each_practice(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Mee bezig", "date": "1-2-2020"})
    page = cast.client("coordinator").get("/")
    words = said(page)
    assert "Te doen voor de wijk" in words
    for unit in cast.site.units.all():
        assert url("checklist", cast.site, unit.slug) in page.content.decode()
    asked = len(lines(cast, line.unit))
    assert f"{line.unit.name} 1× te laat 0 van {asked} (0%) geregeld" in words


def test_who_reads_in_several_sites_sees_how_they_stand(line: Item, cast: Cast) -> None:
    elsewhere = Site.objects.exclude(pk=cast.site.pk).get()
    Membership.objects.create(person=cast.reader, role=Role.READER, site=elsewhere)
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    page = cast.client("reader").get("/")
    number = cast.site.items.filter(kind="eis").count()
    words = said(page)
    assert f"1 van {number} (1%) geregeld" in words
    assert f"0 van {number} (0%) geregeld" in words
    assert all(url("site", site) in page.content.decode() for site in (cast.site, elsewhere))
    assert "Te doen" not in words


# -- the site


def test_the_matrix_counts_each_unit_and_theme(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    other = next(item for item in lines(cast, line.unit) if item.theme == "meer-bewegen")
    for item in cast.site.items.filter(kind="eis", theme="meer-bewegen", unit=line.unit):
        change(COMMAND, item.pk, 0, {"stand": "Niet van toepassing", "missing": REASON})
    page = cast.client("reader").get(url("site", cast.site))
    words = said(page)
    core = len([item for item in lines(cast, line.unit) if item.theme == "kern"])
    where = url("checklist", cast.site, line.unit.slug)
    assert f'<a href="{where}?thema=kern">1 van {core} ({100 // core}%)</a>' in page.content.decode()
    assert f'<a href="{where}?thema={other.theme}">geen eisen</a>' in page.content.decode()
    total = cast.site.items.filter(kind="eis").exclude(stand="Niet van toepassing").count()
    assert f"Geregeld 1 van {total} (1%)" in words
    assert "Wie Samen Kern Schapenweide beweegt" in words


def test_the_phase_and_what_its_gate_waits_for(planned: Cast) -> None:
    client = planned.client("reader")
    page = client.get(url("site", planned.site))
    words = said(page)
    blocking = planned.site.items.filter(kind="eis", phase="voorbereiding")
    assert "Fase Voorbereiding" in words
    assert "Voorbereiding nu Nog niet afgesloten · uiterlijk 1 mei 2027" in words
    assert f"{blocking.count()} basisvoorwaarden nog niet geregeld" in words
    for unit in planned.site.units.all():
        assert f"{url('checklist', planned.site, unit.slug)}?fase=voorbereiding&amp;stand=nog-niet-klaar" in page.content.decode()
    gate = planned.site.items.get(code="POORT-1")
    change(COMMAND, gate.pk, 0, {"stand": "ja", "date": "2-5-2027"})
    words = said(client.get(url("site", planned.site)))
    assert "Fase Nulmeting" in words
    assert "Afgesloten op 2 mei 2027" in words


def test_meetings_that_are_still_to_come(planned: Cast) -> None:
    words = said(planned.client("reader").get(url("site", planned.site)))
    assert "Regiegroep wijk" in words
    assert "12:30 tot 13:30 uur" in words
    assert "Voorbij" not in words


def test_what_is_late_stands_together_for_the_practices(planned: Cast) -> None:
    late = planned.site.items.filter(kind="eis", code="BV-P-01")
    for item in late:
        change(COMMAND, item.pk, 0, {"date": "1-2-2020"})
    page = planned.client("reader").get(url("site", planned.site))
    words = said(page)
    assert "Te laat 2 Wat te laat is" in words
    assert "Bij 2 praktijken" in words
    assert "Wacht op “Sluit de nulmeting af”" in words
    for item in late:
        assert reverse("line", args=[planned.site.slug, "eis", item.unit.slug, item.code]) in page.content.decode()


def test_the_latest_changes_in_words(line: Item, cast: Cast) -> None:
    for number in range(10):
        change(actor(cast, "member"), line.pk, number, {"note": f"keer {number}"})
    words = said(cast.client("reader").get(url("site", cast.site)))
    assert "keer 8 → werd keer 9" in words
    assert "keer 0 → werd keer 1" not in words
    assert f"{cast.member.name} (invuller, website)" in words


# -- the checklist


def test_a_checklist_goes_by_phase(line: Item, cast: Cast) -> None:
    words = said(cast.client("member").get(url("checklist", cast.site, line.unit.slug)))
    own = lines(cast, line.unit)
    assert f"0 van {len(own)} (0%) geregeld" in words
    places = [words.index(f"{phase} (") for phase in ("Voorbereiding", "Nulmeting", "Invoering", "Borging")]
    assert places == sorted(places)
    assert all(item.title in words for item in own)


@pytest.mark.parametrize(
    ("name", "value"),
    [("thema", "meer-bewegen"), ("fase", "borging"), ("wie", "huisarts"), ("stand", "Geregeld"), ("stand", "nog-niet-klaar")],
)
def test_a_checklist_can_be_narrowed(line: Item, cast: Cast, name: str, value: str) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    own = lines(cast, line.unit)
    tests = {"thema": lambda i: i.theme, "fase": lambda i: i.phase, "wie": lambda i: i.who, "stand": lambda i: i.stand}
    kept = [item for item in own if tests[name](item) == value or (value == "nog-niet-klaar" and item.stand != "Geregeld")]
    page = cast.client("member").get(url("checklist", cast.site, line.unit.slug), {name: value})
    words = said(page)
    assert 0 < len(kept) < len(own)
    assert f"U ziet {len(kept)} van de {len(own)} basisvoorwaarden." in words
    assert [item.title for item in own if item.title in words] == [item.title for item in kept]
    assert form(page, "stand").values[name] == value


def test_another_value_in_the_address_does_nothing(line: Item, cast: Cast) -> None:
    words = said(cast.client("member").get(url("checklist", cast.site, line.unit.slug), {"thema": "<b>", "stand": "x", "kleur": "rood"}))
    assert "U ziet" not in words
    assert line.title in words


def test_nothing_fits_is_said(line: Item, cast: Cast) -> None:
    words = said(cast.client("member").get(url("checklist", cast.site, line.unit.slug), {"stand": "Geregeld"}))
    assert "Hier past geen enkele basisvoorwaarde bij." in words


def test_what_is_not_asked_any_more_stands_below(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    Item.objects.filter(pk=line.pk).update(gone=date(2026, 11, 20))
    words = said(cast.client("member").get(url("checklist", cast.site, line.unit.slug)))
    assert words.index("Vervallen (1)") < words.index(line.title)


# -- plan and points


def test_the_plan_by_phase_and_for_one_unit(planned: Cast) -> None:
    client = planned.client("reader")
    words = said(client.get(url("plan", planned.site)))
    assert "0 van 4 taken gedaan" in words
    assert words.index("Voorbereiding nu") < words.index("Kies wie het doet") < words.index("Sluit de voorbereiding af")
    assert words.index("Sluit de voorbereiding af") < words.index("Nulmeting") < words.rindex("Sluit de nulmeting af")
    assert "uiterlijk 1 mei 2027 · sluit de fase af" in words
    assert "Bij 2 praktijken" in words
    assert "0 van 2 gedaan" in words
    assert "Wacht op “Sluit de nulmeting af”" in words
    unit = planned.site.units.filter(kind="praktijk").first()
    assert unit is not None
    one = said(client.get(url("plan", planned.site), {"voor": unit.slug}))
    assert "0 van 1 taken gedaan" in one
    assert "Sluit de voorbereiding af" not in one.replace("Wacht op “Sluit de nulmeting af”", "")
    assert client.get(url("plan", planned.site), {"voor": "elders"}).status_code == 404


def test_without_a_plan_the_page_says_why(cast: Cast) -> None:
    assert "Er is nog geen plan." in said(cast.client("reader").get(url("plan", cast.site)))


def test_open_points_by_who_takes_them_up(cast: Cast) -> None:
    points = list(cast.site.items.filter(kind="punt"))
    change(COMMAND, points[0].pk, 0, {"stand": "Opgelost"})
    words = said(cast.client("reader").get(url("points", cast.site)))
    assert f"1 van {len(points)} opgelost" in words
    assert points[1].title in words
    assert points[1].details["why"] in words
    assert words.index("Opgelost (1)") < words.index(points[0].title)
    owner = cast.site.roles.get(points[1].who, points[1].who)
    assert f"{owner[:1].upper()}{owner[1:]} (" in words


# -- as quick with much as with little


def many(units: int, requirements: int) -> tuple[Person, Site]:
    """A site with so many units and requirements, a task for each, answers, checks and events."""
    site = Site.objects.create(
        slug="groot", name="Groot", municipality="Stad", code="GRO", reference="2.2", number=1, theme_list=[("t", "Thema")]
    )
    made = [
        Unit(site=site, slug="groot" if n == 0 else f"praktijk-{n}", name=f"Plek {n}", kind="wijk" if n == 0 else "praktijk", order=n)
        for n in range(units)
    ]
    Unit.objects.bulk_create(made)
    other = make_person("ander", Role.COORDINATOR, site)
    stands = ["Geregeld", "Mee bezig", "Niet van toepassing", "Nog niet bekeken"]
    common: dict[str, Any] = {"site": site, "phase": "voorbereiding", "who": "huisarts", "fingerprint": "nu", "due": date(2020, 1, 1)}
    Item.objects.bulk_create(
        Item(
            **common,
            unit=unit,
            kind=kind,
            code=f"{kind}-{n}" if kind == "eis" else f"T-{n}/{unit.slug}",
            title=f"Regel {n} {kind}",
            order=n,
            theme=("kern", "t")[n % 2],
            stand=stands[n % 4] if kind == "eis" else "nee",
            version=1,
            answered=("nu", "toen")[n % 3 == 0],
            answered_by=other,
            missing=REASON,
            evidence_until=date(2020, 1, 1),
            details={"requirement": f"eis-{n}", "after": [f"T-{n - 1}/{unit.slug}"], "gate": n == 0, "agreements": []},
        )
        for unit in made
        for kind in ("eis", "taak")
        for n in range(requirements)
    )
    for item in site.items.filter(kind="eis", unit=made[1])[:9]:
        change(COMMAND, item.pk, item.version, {"note": "gezien"})
    return make_person("wij", Role.COORDINATOR, site), site


PAGES: dict[str, list[str]] = {"start": [], "site": [], "checklist": ["praktijk-1"], "line": ["eis", "praktijk-1", "eis-3"]}


def asked(units: int, requirements: int) -> dict[str, int]:
    """How many queries each page asks."""
    found = {}
    with transaction.atomic():
        person, site = many(units, requirements)
        client = Client()
        client.force_login(person, backend=BACKEND)
        for name, more in PAGES.items():
            with queries() as seen:
                assert client.get(reverse(name, args=[] if name == "start" else [site.slug, *more])).status_code == 200
            found[name] = len(seen)
        transaction.set_rollback(True)
    return found


def test_queries_do_not_grow(db: None) -> None:  # noqa: ARG001 - the database has to be there
    small, large = asked(5, 10), asked(20, 60)
    assert small == large
    assert max(large.values()) < 16
