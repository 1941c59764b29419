"""Calendars: what is in which, what an agenda makes of them, and what happens when a newer one is read over an older one.

The readers here, vobject and dateutil, know nothing of the library that writes the files.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import example, given
from hypothesis import strategies as st

from kbrollout.check import check_site
from kbrollout.documents import agenda
from kbrollout.documents.plan import plan_documents
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan
from kbrollout.render.ics import render_ics
from tests.conftest import ROOT, SCHAPENWEIDE, TODAY, Edit, build_one, own_reference

HERE = "@" + "schapenweide.kbrollout"
"""How every UID of the test site ends."""

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EXAMPLES = sorted(path.parent.name for path in ROOT.glob("examples/*/profiel.yaml"))

PLANNING = """
start: 2027-01-11
einde: 2027-12-17
voortgang: https://voortgang.example
schoolvakanties:
  - {naam: Meivakantie, van: 2027-04-26, tot: 2027-05-07}
  - {naam: Zomervakantie, van: 2027-07-19, tot: 2027-08-27}
golven:
  - {id: tweede, naam: de tweede golf, begin: 2027-02-01, praktijken: [kersenhof], themas: [meer-bewegen]}
taken:
  BV-P-01-T1: {per_praktijk: {molenpad: {op: 2027-02-18}}}
eigen_taken:
  - {id: SCH-T1, wat: "Maak een lijst: namen, telefoons; {alles}", wie: gemeente, fase: voorbereiding, werkdagen: 3, aanname: nee}
  - {id: SCH-T2, wat: "Ruim S:\\\\Nieuw op", niveau: praktijk, praktijken: [molenpad], wie: assistente, fase: nulmeting, werkdagen: 2}
overleggen:
  - {id: sturen, gremium: stuurgroep, eerste: 2027-03-23, elke: 1 week, van: "16:00", tot: "17:30", plaats: "De Hoek, zaal 2; boven"}
  - {id: kern, gremium: kernteam, eerste: 2027-02-04, elke: 1 maand, van: 9.30, tot: 10.15}
"""

KERNTEAM = """
  - id: kernteam
    naam: Kernteam
    niveau: wijk
    taak: Regelt het werk.
    leden: [wijkcoordinator, fit-west]
openstaand:"""

REGIEGROEP = "  regiegroep: {gremia: [stuurgroep]}\n"


def planned(folder: Path, catalogue: Catalogue, planning: str = PLANNING, edits: Edit | None = None) -> Neighbourhood:
    """Schapenweide with a planning, a second body, and a role that a body fills."""
    shutil.copytree(SCHAPENWEIDE, folder)
    profile = (SCHAPENWEIDE / "profiel.yaml").read_text(encoding="utf-8")
    profile = profile.replace("\nopenstaand:", KERNTEAM).replace("  trainer:", f"{REGIEGROEP}  trainer:")
    for old, new in (edits or {}).items():
        assert old in profile
        profile = profile.replace(old, new)
    (folder / "profiel.yaml").write_text(profile, encoding="utf-8")
    (folder / "planning.yaml").write_text(planning, encoding="utf-8")
    neighbourhood = check_site(folder, catalogue, TODAY).neighbourhood
    assert neighbourhood.plan
    return neighbourhood


@pytest.fixture(scope="module")
def meadow(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Neighbourhood:
    return planned(tmp_path_factory.mktemp("agenda") / "site", catalogue)


def plan_of(neighbourhood: Neighbourhood) -> Plan:
    assert neighbourhood.plan
    return neighbourhood.plan


def stamp_of(day: date = TODAY) -> dict[str, Any]:
    return {"date_iso": day.isoformat(), "date": "een dag", "code": "ABCD-1234"}


def files(neighbourhood: Neighbourhood, day: date = TODAY) -> dict[str, bytes]:
    """Every calendar of a neighbourhood as a file, by its path without ending."""
    plan = plan_of(neighbourhood)
    found = agenda.calendars(neighbourhood, plan)
    return {each.stem: render_ics(*agenda.view(neighbourhood, plan, each), stamp_of(day)) for each in found}


def read(content: bytes) -> Any:
    (calendar,) = vobject.readComponents(content.decode())
    return calendar


def events(content: bytes) -> dict[str, Any]:
    """The events of a file by uid, each of which stands there once."""
    found: list[Any] = read(content).contents.get("vevent", [])
    by_uid = {event.uid.value: event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def summaries(content: bytes) -> list[str]:
    return [event.summary.value for event in events(content).values()]


# --- what is in which


def test_calendars_of_a_neighbourhood(meadow: Neighbourhood) -> None:
    found = {each.stem: (each.kind, each.id) for each in agenda.calendars(meadow, plan_of(meadow))}
    assert found["agenda/wijk"] == ("agenda", "agenda-wijk")
    assert found["agenda/rol-wijkcoordinator"] == ("agenda", "agenda-rol-wijkcoordinator")
    assert found["agenda/praktijken/molenpad"] == ("praktijkagenda", "praktijkagenda-molenpad")
    assert found["agenda/praktijken/molenpad/huisarts"] == ("praktijkagenda", "praktijkagenda-molenpad/huisarts")
    assert "agenda/rol-zorgverzekeraar" not in found, "a role without tasks and meetings has no calendar"
    assert "agenda/praktijken/molenpad/gemeente" not in found
    assert all(events(content) for content in files(meadow).values()), "no calendar is empty"


def test_every_task_meeting_and_wave_stands_in_the_calendars_it_belongs_in(meadow: Neighbourhood) -> None:
    plan, made = plan_of(meadow), files(meadow)
    uids = {stem: set(events(content)) for stem, content in made.items()}
    assert len(plan.tasks) > 50
    for task in plan.tasks:
        uid = f"taak.{task.id.replace('/', '.')}" + HERE
        unit, who = task.work.unit, task.work.who
        goals = {f"agenda/praktijken/{unit}", f"agenda/praktijken/{unit}/{who}"} if unit else {"agenda/wijk", f"agenda/rol-{who}"}
        assert {stem for stem in made if uid in uids[stem]} == goals, task.id

    def where(start: str) -> set[str]:
        return {stem for stem in made if any(uid.startswith(start) for uid in uids[stem])}

    # The regiegroep is the stuurgroep itself; wijkteam and gemeente have a partner in it, both practices sit in it.
    practices = {"agenda/praktijken/molenpad", "agenda/praktijken/kersenhof"}
    partners = {"agenda/rol-sociaal-team", "agenda/rol-gemeente", "agenda/rol-regiegroep"}
    assert where("overleg.sturen-") == {"agenda/wijk", *practices, *partners}
    assert where("overleg.kern-") == {"agenda/wijk", "agenda/rol-wijkcoordinator", "agenda/rol-beweegmakelaar"}
    assert where("golf.") == {"agenda/wijk", "agenda/praktijken/kersenhof"}


def test_a_body_of_all_practices_stands_in_the_calendar_of_each(catalogue: Catalogue, tmp_path: Path) -> None:
    edits = {"[wijkteam-west, stad, molenpad, kersenhof]": "[huisartsenpraktijk]"}
    made = files(planned(tmp_path / "site", catalogue, edits=edits))
    assert all(
        any(uid.startswith("overleg.sturen") for uid in events(made[f"agenda/praktijken/{each}"])) for each in ("molenpad", "kersenhof")
    )
    assert "overleg.sturen" not in made["agenda/rol-gemeente"].decode()


def test_a_task_says_when_who_why_and_how(meadow: Neighbourhood) -> None:
    plan, made = plan_of(meadow), files(meadow)
    task = plan.task("BV-P-02-T1/kersenhof")
    event = events(made["agenda/praktijken/kersenhof"])["taak.BV-P-02-T1.kersenhof" + HERE]
    assert event.dtstart.value == task.end
    assert event.dtend.value == task.end + timedelta(days=1)
    assert event.transp.value == "TRANSPARENT"
    assert event.summary.value.startswith("Klaar: Zet Krachtige basiszorg in het praktijkplan")
    assert event.summary.value.endswith(f"({meadow.roles[task.work.who].name})")
    assert event.categories.value == ["Voorbereiding", "Huisarts"]
    lines = event.description.value.split("\n")
    assert lines[0] == task.work.what
    assert {
        f"Hoe: {task.work.explanation}",
        "Wie: huisarts",
        "Praktijk: Gezondheidscentrum Kersenhof",
        f"Eerste dag: {task.start.day} februari 2027",
        "De duur (tien werkdagen) is een aanname.",
        "Basisvoorwaarde: BV-P-02",
        f"Afspraken: {', '.join(task.work.agreements)}",
        "Klaar zetten doet u in de voortgang: https://voortgang.example",
    } <= set(lines)


def test_gates_fixed_days_and_own_tasks(meadow: Neighbourhood) -> None:
    made = files(meadow)
    here = events(made["agenda/wijk"])
    gates = [event for event in here.values() if event.summary.value.startswith("Poort: ")]
    assert len(gates) == 4, "one per phase"
    own = here["taak.SCH-T1" + HERE]
    assert own.summary.value == "Klaar: Maak een lijst: namen, telefoons; {alles}", "a text of the site stays as it is"
    assert "aanname" not in own.description.value
    practice = events(made["agenda/praktijken/molenpad"])
    fixed = practice["taak.BV-P-01-T1.molenpad" + HERE]
    assert fixed.dtstart.value == date(2027, 2, 18)
    assert fixed.summary.value.startswith("Vaste dag: ")
    assert "Deze dag staat vast." in fixed.description.value
    assert practice["taak.SCH-T2.molenpad" + HERE].summary.value == "Klaar: Ruim S:\\Nieuw op (assistente)"


def test_texts_of_the_reference_use_the_local_names(meadow: Neighbourhood) -> None:
    content = b"".join(files(meadow).values()).decode()
    unfolded = content.replace("\r\n ", "")
    assert "wijkteam" in unfolded
    assert not re.search(r"\{[a-z-]+\}", unfolded.replace("{alles}", ""))
    assert "[[" not in unfolded


def test_a_moved_meeting_says_so_and_a_lapsed_one_is_left_out(meadow: Neighbourhood) -> None:
    plan, here = plan_of(meadow), events(files(meadow)["agenda/wijk"])
    moved = here["overleg.kern-4" + HERE]
    assert moved.dtstart.value.date() == date(2027, 5, 13)
    assert moved.summary.value == "Kernteam (verplaatst)"
    assert "Verplaatst: op 6 mei 2027 is het vrij (Hemelvaartsdag)." in moved.description.value
    assert "location" not in moved.contents
    lapsed = {each.regular for each in plan.lapsed}
    assert date(2027, 4, 27) in lapsed
    days = {event.dtstart.value.date() for event in here.values() if event.uid.value.startswith("overleg.sturen-")}
    assert days
    assert not days & lapsed


# --- what an agenda makes of it


@pytest.mark.parametrize(
    ("day", "starts", "ends"),
    [
        (date(2027, 3, 23), "15:00", "16:30"),
        (date(2027, 3, 30), "14:00", "15:30"),  # summer time began on the 28th
        (date(2027, 10, 26), "14:00", "15:30"),
        (date(2027, 11, 2), "15:00", "16:30"),  # and ended on the 31st
    ],
)
def test_meetings_are_at_the_right_time_on_both_sides_of_summer_time(meadow: Neighbourhood, day: date, starts: str, ends: str) -> None:
    content = files(meadow)["agenda/rol-gemeente"]
    (event,) = (
        event for event in events(content).values() if isinstance(event.dtstart.value, datetime) and event.dtstart.value.date() == day
    )
    for moment, clock, expected in ((event.dtstart.value, "16:00", starts), (event.dtend.value, "17:30", ends)):
        assert f"{moment:%H:%M}" == clock
        assert f"{moment.astimezone(UTC):%H:%M}" == expected, "by vobject"
        local = moment.replace(tzinfo=None)
        assert f"{local.replace(tzinfo=AMSTERDAM).astimezone(UTC):%H:%M}" == expected, "by the name of the zone"
        assert f"{local.replace(tzinfo=zone_in(content)).astimezone(UTC):%H:%M}" == expected, "by the rules in the file"
    assert event.transp.value == "OPAQUE"
    assert event.location.value == "De Hoek, zaal 2; boven"
    assert f"DTSTART;TZID=Europe/Amsterdam:{day:%Y%m%d}T160000\r\n".encode() in content


def zone_in(content: bytes) -> Any:
    """The time zone as its rules in the file have it, by a reader that does not look at its name."""
    rules = re.search(r"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", content.decode(), re.DOTALL)
    assert rules
    return tzical(StringIO(rules[0].replace("Europe/Amsterdam", "Nergens"))).get("Nergens")


def test_the_rules_in_the_file_are_those_of_amsterdam(meadow: Neighbourhood) -> None:
    zone = zone_in(files(meadow)["agenda/wijk"])
    for hour in (0, 5, 12, 23):
        moment = datetime(2026, 1, 1, hour)
        while moment.year < 2041:
            assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=AMSTERDAM).utcoffset(), moment
            moment += timedelta(days=1)


def test_the_file_is_as_the_standard_wants_it(meadow: Neighbourhood) -> None:
    for content in files(meadow).values():
        assert_well_formed(content)
        calendar = read(content)
        calendar.validate(raiseException=True)
        said = {name: calendar.contents[name][0].value for name in ("version", "calscale", "method", "x-wr-timezone")}
        assert said == {"version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH", "x-wr-timezone": "Europe/Amsterdam"}
        assert "kbrollout" in calendar.prodid.value
        days = [event.dtstart.value.isoformat()[:10] for event in calendar.vevent_list]
        assert days == sorted(days)
        for event in calendar.vevent_list:
            assert len(event.summary.value) <= agenda.LONGEST_SUMMARY
            assert event.description.value
            assert (
                event.dtstamp.value == event.contents["last-modified"][0].value == datetime(2026, 11, 22, tzinfo=event.dtstamp.value.tzinfo)
            )
            assert not {"attendee", "organizer", "valarm"} & set(event.contents)
            assert event.uid.value.isascii()


def assert_well_formed(content: bytes) -> None:
    """Lines end in CR LF, are at most 75 octets, and are whole characters."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() for line in lines[:-1])


NASTY = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")) | st.sampled_from("\n;,\\:\"N'^"), max_size=200)


@given(texts=st.lists(NASTY, min_size=5, max_size=5))
@example(texts=["S:\\Nieuw\\nota; a, b", "regel\n\n\\n; ,\\", "één, twee", "zaal \\;1", "a:b\"c'^n"])
@example(texts=["é" * 200, "👩‍⚕️" * 60, "\\" * 199, ";," * 90, "\n" * 80])
def test_any_text_comes_out_as_it_went_in(texts: list[str]) -> None:
    summary, description, category, place, title = texts
    event = {"uid": "x@y", "summary": summary, "description": description, "categories": [category, "b"], "place": place}
    event |= {"day": "2027-03-30", "starts": "16:00", "ends": "17:30"}
    content = render_ics(title, {"marks": [], "about": "", "events": [event]}, stamp_of())
    assert_well_formed(content)
    (found,) = events(content).values()
    assert found.summary.value == summary
    assert found.description.value == description
    assert found.categories.value == [category, "b"]
    assert (found.location.value if place else "") == place
    assert read(content).contents["x-wr-calname"][0].value == title


def test_no_control_character_gets_into_a_file() -> None:
    event = {"uid": "x@y", "summary": "a\x00b\x0bc\x85d\u2028e\tf", "description": "een\r\ntwee\rdrie", "categories": ["c"], "place": None}
    event |= {"day": "2027-03-30", "starts": None, "ends": None}
    content = render_ics("t", {"marks": [], "about": "", "events": [event]}, stamp_of())
    (found,) = events(content).values()
    assert found.summary.value == "a b c d e\tf"
    assert found.description.value == "een\ntwee\ndrie"
    assert len(content.decode().splitlines()) == content.count(b"\r\n"), "every reader sees the same lines"


def test_long_texts_and_names_leave_a_line_for_a_phone(meadow: Neighbourhood) -> None:
    task = replace(plan_of(meadow).task("SCH-T2/molenpad"))
    long = replace(task, work=replace(task.work, what="Overleg " + "zeer" * 40))
    bound = replace(meadow.roles["assistente"], name="doktersassistente met een bijzonder lange naam erbij")
    there = replace(meadow, plan=replace(plan_of(meadow), tasks=(long,)), roles={**meadow.roles, "assistente": bound})
    (calendar,) = (each for each in agenda.calendars(there, plan_of(there)) if each.id == "praktijkagenda-molenpad/assistente")
    (event,) = agenda.view(there, plan_of(there), calendar)[1]["events"]
    assert len(event["summary"]) <= agenda.LONGEST_SUMMARY
    assert event["summary"].startswith("Klaar: Overleg zeerzeer")
    assert event["summary"].endswith("… (doktersassistente met een…)")
    assert event["description"].startswith(long.work.what)


# --- names, marks, bytes


def test_concept_and_example_are_recognisable_everywhere(catalogue: Catalogue, tmp_path: Path, meadow: Neighbourhood) -> None:
    edits = {'vastgesteld:\n  versie: "2.1"\n  op: 2026-06-01\n  door: stuurgroep\n': "", "  code: SCH\n": "  code: SCH\n  voorbeeld: ja\n"}
    for content in files(planned(tmp_path / "site", catalogue, edits=edits)).values():
        calendar = read(content)
        assert calendar.contents["x-wr-calname"][0].value.startswith("CONCEPT · verzonnen voorbeeld · Agenda van ")
        for event in calendar.vevent_list:
            assert "CONCEPT: de wijk heeft deze afspraken nog niet vastgesteld." in event.description.value
            assert "Verzonnen voorbeeld: " in event.description.value
    said = b"".join(files(meadow).values()).decode()
    assert "CONCEPT" not in said
    assert "erzonnen voorbeeld" not in said


def test_titles_say_whose_calendar_it_is(meadow: Neighbourhood) -> None:
    titles = {each.stem: agenda.view(meadow, plan_of(meadow), each)[0] for each in agenda.calendars(meadow, plan_of(meadow))}
    assert titles["agenda/wijk"] == "Agenda van de wijk Schapenweide"
    assert titles["agenda/rol-sociaal-team"] == "Agenda van het wijkteam in Schapenweide"
    assert titles["agenda/praktijken/molenpad"] == "Agenda van Praktijk Molenpad"
    assert titles["agenda/praktijken/molenpad/huisarts"] == "Agenda van Praktijk Molenpad: huisarts"
    assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize("practice", ["wijk", "rol-gemeente", "praktijken", "molenpad-huisarts"])
def test_no_name_of_a_practice_takes_the_place_of_another_calendar(catalogue: Catalogue, tmp_path: Path, practice: str) -> None:
    edits = {"- id: kersenhof": f"- id: {practice}", "molenpad, kersenhof]": f"molenpad, {practice}]"}
    neighbourhood = planned(tmp_path / "site", catalogue, PLANNING.replace("kersenhof", practice), edits)
    found = agenda.calendars(neighbourhood, plan_of(neighbourhood))
    assert any(each.practice == practice for each in found)
    assert len({each.stem for each in found}) == len({each.id for each in found}) == len(found)


def test_a_task_a_meeting_and_a_wave_of_one_name_are_three_things(catalogue: Catalogue, tmp_path: Path) -> None:
    planning = PLANNING.replace("id: SCH-T1", "id: SCH-1").replace("id: tweede", "id: sturen-1")
    here = events(files(planned(tmp_path / "site", catalogue, planning))["agenda/wijk"])
    assert {"golf.sturen-1" + HERE, "overleg.sturen-1" + HERE} <= set(here)


def test_the_same_day_gives_the_same_bytes_and_another_day_the_same_content(meadow: Neighbourhood) -> None:
    first, again, later = files(meadow), files(meadow), files(meadow, TODAY + timedelta(days=9))
    assert first == again
    dated = re.compile(rb"(SEQUENCE|DTSTAMP|LAST-MODIFIED):.*")
    assert {stem: dated.sub(b"", content) for stem, content in first.items()} == {
        stem: dated.sub(b"", content) for stem, content in later.items()
    }
    assert first["agenda/wijk"] != later["agenda/wijk"]


def test_without_a_plan_there_is_no_calendar(schapenweide: Neighbourhood) -> None:
    assert not [each for each in plan_documents(schapenweide) if each.formats == ("ics",)]


# --- a newer file over an older one


class Book:
    """An agenda as the standard wants it: one event per uid, and the one with the highest number stays."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}

    def take(self, content: bytes) -> None:
        for uid, event in events(content).items():
            old = self.events.get(uid)
            if old is None or int(event.sequence.value) >= int(old.sequence.value):
                self.events[uid] = event


@pytest.fixture
def moved(catalogue: Catalogue, tmp_path: Path) -> Neighbourhood:
    """The neighbourhood after its plan changed: another fixed day, another first meeting, and one task gone."""
    planning = PLANNING.replace("op: 2027-02-18", "op: 2027-02-25").replace("eerste: 2027-02-04", "eerste: 2027-02-05")
    own = next(line for line in PLANNING.splitlines() if "SCH-T1" in line)
    return planned(tmp_path / "moved", catalogue, planning.replace(f"{own}\n", ""))


FIXED, MEETING, GONE = (f"{name}" + HERE for name in ("taak.BV-P-01-T1.molenpad", "overleg.kern-1", "taak.SCH-T1"))


def test_a_newer_file_updates_and_never_doubles(meadow: Neighbourhood, moved: Neighbourhood) -> None:
    older, newer = files(meadow), files(moved, TODAY + timedelta(days=1))
    book = Book()
    for stem in ("agenda/wijk", "agenda/praktijken/molenpad"):
        book.take(older[stem])
    known = set(book.events)
    assert book.events[FIXED].dtstart.value == date(2027, 2, 18)
    for stem in ("agenda/wijk", "agenda/praktijken/molenpad"):
        book.take(newer[stem])
    assert set(book.events) == known, "nothing is there twice, and nothing came under another uid"
    assert book.events[FIXED].dtstart.value == date(2027, 2, 25)
    assert book.events[MEETING].dtstart.value.date() == date(2027, 2, 5)
    assert GONE in book.events, "what left the plan stays: the manual says so"
    assert GONE not in events(newer["agenda/wijk"])


def test_an_older_file_does_not_take_a_newer_one_back(meadow: Neighbourhood, moved: Neighbourhood) -> None:
    book = Book()
    book.take(files(moved, TODAY + timedelta(days=1))["agenda/praktijken/molenpad"])
    book.take(files(meadow)["agenda/praktijken/molenpad"])
    assert book.events[FIXED].dtstart.value == date(2027, 2, 25)


def test_numbers_rise_with_the_day_over_years(meadow: Neighbourhood) -> None:
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2028, 3, 1)]
    data = {
        "marks": [],
        "about": "",
        "events": agenda.view(meadow, plan_of(meadow), agenda.calendars(meadow, plan_of(meadow))[0])[1]["events"][:1],
    }
    numbers = [int(next(iter(events(render_ics("t", data, stamp_of(day))).values())).sequence.value) for day in days]
    assert numbers == sorted(set(numbers))
    assert 0 < numbers[0] < 2**31


# --- every site


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_file_of_an_example(name: str) -> None:
    neighbourhood = check_site(ROOT / "examples" / name, own_reference(), TODAY).neighbourhood
    seen: dict[str, str] = {}
    for stem, content in files(neighbourhood).items():
        assert_well_formed(content)
        events(content)  # every uid once
        for uid, text in texts(content):
            assert uid.endswith(f"@{name}.kbrollout")
            assert seen.setdefault(uid, text) == text, f"{uid} is another event in {stem}"
    plan = plan_of(neighbourhood)
    waves = neighbourhood.site.planning.waves if neighbourhood.site.planning else ()
    assert len(seen) == len(plan.tasks) + len(plan.meetings) + len(waves)


def texts(content: bytes) -> Iterator[tuple[str, str]]:
    """The uid and the whole text of every event."""
    for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", content.decode().replace("\r\n ", ""), re.DOTALL):
        yield re.findall(r"UID:(.*)\r", event)[0], event


def test_a_pack_holds_the_calendars(meadow: Neighbourhood, catalogue: Catalogue, tmp_path: Path) -> None:
    planned(tmp_path / "site", catalogue)
    result = build_one(tmp_path / "site", catalogue, tmp_path / "packs", formats=("ics", "html"), only=("agenda", "praktijkagenda"))
    assert result.pack, result.problems
    found = {path.relative_to(result.pack).with_suffix("").as_posix() for path in result.pack.rglob("*.ics")}
    assert found == {each.stem for each in agenda.calendars(meadow, plan_of(meadow))}
    index = (result.pack / "index.html").read_text(encoding="utf-8")
    assert 'href="agenda/wijk.ics"' in index
    assert "agenda/praktijken" not in index, "those of practices stand with the practice"
