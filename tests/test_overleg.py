"""Meeting papers: each decision in one meeting of who may take it, agendas that follow the plan, no more paper than needed."""

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kbrollout.check import check_site
from kbrollout.documents import overleg
from kbrollout.documents.overlegbesluiten import MOST_PER_MEETING, decider, decisions, gate_decider, waiting
from kbrollout.documents.parts import Data
from kbrollout.documents.planparts import gates
from kbrollout.fonts import FACES, woff2
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Binding, BodyFunction
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Meeting, Plan
from kbrollout.model.site import Level
from kbrollout.render.html import render_html
from kbrollout.render.pdf import render_pdf
from kbrollout.templating import style
from tests.conftest import ROOT, TODAY, text_of

SITES = ("overvecht", "amsterdam-zuidoost", "rotterdam-bloemhof", "den-haag-laak")
STAMP = {"root": "../", "format": "html", "code": "1A2B-3C4D", "date": "22 november 2026", "date_iso": "2026-11-22"}

Changed = Callable[[str, dict[str, str]], Neighbourhood]


@pytest.fixture(scope="module")
def neighbourhoods(catalogue: Catalogue) -> dict[str, Neighbourhood]:
    return {name: check_site(ROOT / "examples" / name, catalogue, TODAY).neighbourhood for name in SITES}


@pytest.fixture(params=SITES)
def neighbourhood(request: pytest.FixtureRequest, neighbourhoods: dict[str, Neighbourhood]) -> Neighbourhood:
    return neighbourhoods[request.param]


@pytest.fixture
def changed(site: Callable[..., Path], catalogue: Catalogue) -> Changed:
    """An example site with edits in its planning."""

    def make(name: str, edits: dict[str, str]) -> Neighbourhood:
        folder = site(ROOT / "examples" / name, name=name)
        path = folder / "planning.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in edits.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return check_site(folder, catalogue, TODAY).neighbourhood

    return make


def plan_of(neighbourhood: Neighbourhood) -> Plan:
    assert neighbourhood.plan
    return neighbourhood.plan


def papers(neighbourhood: Neighbourhood) -> dict[str, Data]:
    """The data of all papers, by series."""
    return {each.id: overleg.view(neighbourhood, plan_of(neighbourhood), each)[1] for each in overleg.series(neighbourhood)}


def choices_per_sheet(neighbourhood: Neighbourhood) -> list[tuple[str, list[str]]]:
    found = papers(neighbourhood).items()
    return [(series, [choice["id"] for choice in sheet["choices"]]) for series, data in found for sheet in data["sheets"]]


def decided_in(sheet: Data) -> list[object]:
    return [*sheet["choices"], *sheet["gates"], *([sheet["adoption"]] if sheet["adoption"] else [])]


def meeting_of_gate(neighbourhood: Neighbourhood, seed: str) -> Meeting:
    plan = plan_of(neighbourhood)
    (key,) = [key for key, each in decisions(neighbourhood, plan).items() if seed in [gate.work.seed for gate in each.gates]]
    return next(each for each in plan.meetings if each.id == key)


def test_every_choice_stands_in_one_meeting_of_the_body_that_decides(neighbourhood: Neighbourhood) -> None:
    plan = plan_of(neighbourhood)
    expected = Counter(each.id for each in waiting(neighbourhood, plan) if decider(neighbourhood, plan, each))
    shown = [choice for _, choices in choices_per_sheet(neighbourhood) for choice in choices]
    assert Counter(shown) == expected
    bodies = {series.id: series.body for series in overleg.series(neighbourhood)}
    deciders = {each.id: decider(neighbourhood, plan, each) for each in waiting(neighbourhood, plan)}
    for series, choices in choices_per_sheet(neighbourhood):
        assert all((body := deciders[choice]) and body.id == bodies[series] for choice in choices)
        assert len(choices) <= MOST_PER_MEETING


def test_the_examples_have_something_to_choose(neighbourhoods: dict[str, Neighbourhood]) -> None:
    counts = {name: sum(len(choices) for _, choices in choices_per_sheet(each)) for name, each in neighbourhoods.items()}
    assert counts["overvecht"] > 2 * MOST_PER_MEETING
    assert counts["rotterdam-bloemhof"] == 0


def test_who_only_meets_or_advises_gets_no_decisions(neighbourhood: Neighbourhood) -> None:
    bodies = {body.id: body for body in neighbourhood.site.profile.bodies}
    shown = papers(neighbourhood)
    for series in overleg.series(neighbourhood):
        body = bodies[series.body]
        if body.level is not Level.NEIGHBOURHOOD or body.function in (BodyFunction.MEETS, BodyFunction.ADVISES):
            for sheet in shown[series.id]["sheets"]:
                assert decided_in(sheet) == [], (series.id, sheet["day"])


def test_who_cannot_decide_prepares_what_others_decide(neighbourhoods: dict[str, Neighbourhood]) -> None:
    sheet = papers(neighbourhoods["overvecht"])["alliantie"]["sheets"][0]
    first = neighbourhoods["overvecht"]
    plan = plan_of(first)
    before_next = [each for each in plan.meetings if each.series == "bestuur" and date(2027, 3, 18) < each.day < date(2027, 9, 16)]
    taken = decisions(first, plan)
    assert [choice["id"] for each in sheet["prepare"] for choice in each["choices"]] == [
        choice.id for meeting in before_next for choice in taken[meeting.id].choices
    ]


def test_what_nobody_may_decide_is_said_and_stands_nowhere(neighbourhoods: dict[str, Neighbourhood]) -> None:
    bloemhof = neighbourhoods["rotterdam-bloemhof"]
    title, data = overleg.view(bloemhof, plan_of(bloemhof), overleg.series(bloemhof)[0])
    assert title == "Vergaderstukken Teamoverleg van de praktijk"
    assert data["undecided"] == f"{len(waiting(bloemhof, plan_of(bloemhof)))} keuzes wachten"
    assert f"{data['undecided']} nog, maar geen gremium" in text_of(render_html("overleg.html", data, STAMP).decode())


def test_a_kerngroep_decides_about_its_own_theme_and_never_about_the_core(neighbourhoods: dict[str, Neighbourhood]) -> None:
    zuidoost = neighbourhoods["amsterdam-zuidoost"]
    agreements = {each.id: each.agreement.header for each in zuidoost.agreements}
    shown = papers(zuidoost)
    own = [choice["id"] for sheet in shown["kern-ouderenzorg"]["sheets"] for choice in sheet["choices"]]
    assert {agreements[key].theme for key in own} == {"ouderenzorg", "wijkverpleging"}
    assert all(agreements[key].binding is not Binding.CORE for key in own)
    steering = [choice["id"] for sheet in shown["stuurgroep"]["sheets"] for choice in sheet["choices"]]
    assert {agreements[key].theme for key in steering} == {"kern"}


def test_what_belongs_to_the_core_is_not_for_a_kerngroep(neighbourhoods: dict[str, Neighbourhood]) -> None:
    zuidoost = neighbourhoods["amsterdam-zuidoost"]
    resolved = next(each for each in waiting(zuidoost, plan_of(zuidoost)) if each.id == "W-OUD-04")
    core = resolved.agreement.header.model_copy(update={"binding": Binding.CORE})
    of_the_core = replace(resolved, agreement=replace(resolved.agreement, header=core))
    found = [decider(zuidoost, plan_of(zuidoost), each) for each in (resolved, of_the_core)]
    assert [body and body.id for body in found] == ["kerngroep-ouderenzorg", "stuurgroep-kring"]


def test_what_does_not_fit_moves_on_and_is_counted(changed: Changed) -> None:
    once = changed("overvecht", {"    eerste: 2027-02-11\n": "    eerste: 2027-06-10\n    laatste: 2027-06-10\n"})
    (sheet,) = papers(once)["bestuur"]["sheets"]
    assert sheet["adoption"]
    assert len(sheet["choices"]) == MOST_PER_MEETING - 1
    expected = len(waiting(once, plan_of(once))) - len(sheet["choices"])
    assert sheet["left"] == f"{expected} keuzes"


def test_a_gate_stands_in_the_first_meeting_from_its_day_of_who_fills_its_role(neighbourhood: Neighbourhood) -> None:
    plan = plan_of(neighbourhood)
    for gate in gates(plan).values():
        body = gate_decider(neighbourhood, plan, gate)
        shown = [meeting for meeting, each in decisions(neighbourhood, plan).items() if gate in each.gates]
        if body is None:
            assert shown == []
            continue
        theirs = [each for each in plan.meetings if each.body == body.id]
        assert shown == [next((each for each in theirs if each.day >= gate.end), theirs[-1]).id]


def test_the_regiegroep_decides_at_gates_where_another_body_decides_about_agreements(neighbourhoods: dict[str, Neighbourhood]) -> None:
    overvecht = neighbourhoods["overvecht"]
    meeting = meeting_of_gate(overvecht, "FASE-VB-06")
    assert (meeting.body, meeting.day) == ("regiegroep", date(2027, 5, 25))
    sheet = next(each for each in papers(overvecht)["regiegroep"]["sheets"] if each["gates"])
    assert sheet["phase"] == {"name": "voorbereiding", "gate": "20 mei 2027"}
    before = papers(overvecht)["regiegroep"]["sheets"][1]
    assert [(each["phase"], each["body"], each["decided"]) for each in before["coming"]] == [
        ("voorbereiding", "Regiegroep van het netwerk Gezonde wijk", "25 mei 2027")
    ]


def test_without_a_regiegroep_who_decides_for_the_neighbourhood_decides_at_gates(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site(ROOT / "examples" / "overvecht", {"  regiegroep:\n    gremia: [regiegroep]\n": ""})
    meeting = meeting_of_gate(check_site(folder, catalogue, TODAY).neighbourhood, "FASE-VB-06")
    assert meeting.body == "bestuur-overvecht-gezond"


def test_a_gate_after_the_last_meeting_is_decided_there_and_says_so(changed: Changed) -> None:
    laak = changed("den-haag-laak", {"    eerste: 2027-02-11\n": "    eerste: 2027-02-11\n    laatste: 2028-03-01\n"})
    last = papers(laak)["stuurgroep"]["sheets"][-1]
    assert [(gate["id"], gate["early"]) for gate in last["gates"]] == [("FASE-IN-05", False), ("FASE-BO-05", True)]


def test_the_release_is_adopted_once_after_the_preparation_and_only_in_a_concept(neighbourhoods: dict[str, Neighbourhood]) -> None:
    found = {
        name: [(series, sheet["day"]) for series, data in papers(each).items() for sheet in data["sheets"] if sheet["adoption"]]
        for name, each in neighbourhoods.items()
    }
    assert found == {
        "overvecht": [("bestuur", "Donderdag 10 juni 2027")],
        "amsterdam-zuidoost": [],
        "rotterdam-bloemhof": [],
        "den-haag-laak": [],
    }


def test_every_task_begins_between_two_meetings_once(neighbourhoods: dict[str, Neighbourhood]) -> None:
    laak = neighbourhoods["den-haag-laak"]
    plan, shown = plan_of(laak), papers(laak)["netwerk"]
    rows = [*shown["sheets"], *shown["shared"]]
    first = next(each.day for each in plan.meetings if each.series == "netwerk")
    later = [task for task in plan.tasks if task.work.unit is None and not task.work.gate and task.start >= first]
    assert sum(len(row["starting"]["lines"]) + row["starting"]["more"] for row in rows) == len(later)
    last = max(each.day for each in plan.meetings if each.series == "netwerk")
    done = [task for task in plan.tasks if task.work.unit is None and not task.work.gate and task.end < last]
    assert sum(len(row["finished"]["lines"]) + row["finished"]["more"] for row in rows) == len(done)


def test_a_team_in_a_practice_sees_its_own_tasks(neighbourhoods: dict[str, Neighbourhood]) -> None:
    laak = neighbourhoods["den-haag-laak"]
    seeds = {task.work.seed for task in plan_of(laak).tasks if task.work.unit}
    lines = [line for sheet in papers(laak)["praktijken"]["sheets"] for line in sheet["starting"]["lines"]]
    assert {line["id"] for line in lines} <= seeds
    assert "praktijken van golf 1" in {line["where"] for line in lines}


def test_an_open_point_with_a_day_comes_up_once_before_that_day(neighbourhoods: dict[str, Neighbourhood]) -> None:
    laak = neighbourhoods["den-haag-laak"]
    shown = papers(laak)["stuurgroep"]
    points = [(sheet["day"], point["id"]) for sheet in [*shown["sheets"], *shown["shared"]] for point in sheet["points"]["lines"]]
    assert max(Counter(identifier for _, identifier in points).values()) == 1
    assert ("Donderdag 11 februari 2027", "LAAK-OPEN-02") in points
    dated = {point.id for point in laak.open_points if point.due}
    assert dated <= {identifier for _, identifier in points}
    assert not {"OP-TE-KIEZEN", "OP-VASTSTELLEN"} & {identifier for _, identifier in points}


def test_own_risks_come_before_who_watches_the_whole(neighbourhoods: dict[str, Neighbourhood]) -> None:
    shown = papers(neighbourhoods["den-haag-laak"])
    assert [risk["id"] for risk in shown["stuurgroep"]["risks"]] == ["LAAK-RIS-01"]
    assert shown["netwerk"]["risks"] == shown["praktijken"]["risks"] == []


def test_every_meeting_is_listed_and_a_moved_or_lapsed_one_says_why(neighbourhoods: dict[str, Neighbourhood]) -> None:
    laak = neighbourhoods["den-haag-laak"]
    shown = papers(laak)["netwerk"]
    assert len(shown["days"]) == len([each for each in plan_of(laak).meetings if each.series == "netwerk"])
    moved = [(each["day"], each["moved"]["from"], each["moved"]["reason"]) for each in shown["days"] if each["moved"]]
    assert ("Donderdag 13 januari 2028", "6 januari 2028", "Kerstvakantie 2027") in moved
    assert {"day": "Donderdag 29 april 2027", "reason": "Meivakantie 2027"} in shown["lapsed"]


def test_who_meets_often_has_one_agenda_for_all_meetings_without_decisions(neighbourhoods: dict[str, Neighbourhood]) -> None:
    shown = papers(neighbourhoods["den-haag-laak"])["netwerk"]
    assert shown["sheets"] == []
    assert len(shown["shared"]) == len(shown["days"]) > 25
    html = render_html("overleg.html", shown, STAMP).decode()
    assert html.count('class="agendablad"') == 1
    assert html.count('href="#vaste-agenda"') == len(shown["days"])


def test_a_meeting_without_anything_of_its_own_uses_the_agenda_of_all(neighbourhoods: dict[str, Neighbourhood]) -> None:
    for each in neighbourhoods.values():
        for data in papers(each).values():
            assert [row["anchor"] for row in data["days"] if row["own"]] == [sheet["anchor"] for sheet in data["sheets"]]
            for row in data["shared"]:
                assert decided_in(row) == []


@pytest.mark.parametrize(("name", "series"), [("overvecht", "bestuur"), pytest.param("den-haag-laak", "netwerk", marks=pytest.mark.slow)])
def test_sheets_begin_on_a_new_page_and_there_are_not_many(name: str, series: str, neighbourhoods: dict[str, Neighbourhood]) -> None:
    assets = {"assets/style.css": style(), **{f"assets/{name}.woff2": woff2(name) for name in FACES}}
    data = papers(neighbourhoods[name])[series]
    pages = pages_of(render_pdf(render_html("overleg.html", data, {**STAMP, "format": "pdf"}), assets, "overleggen/x.pdf"))
    heads = [page.split("\n")[0].strip() for page in pages]
    assert [head for head in heads if head in {sheet["day"] for sheet in data["sheets"]}] == [sheet["day"] for sheet in data["sheets"]]
    assert ("De vaste agenda" in heads) == bool(data["shared"])
    assert len(pages) <= 2 * (1 + len(data["sheets"])) + len(data["shared"]) // 4 + 1


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    return [page.strip("\n") for page in text.split("\f")[:-1]]


def test_items_are_numbered_without_gaps(neighbourhood: Neighbourhood) -> None:
    for series in overleg.series(neighbourhood):
        _, data = overleg.view(neighbourhood, plan_of(neighbourhood), series)
        html = render_html("overleg.html", data, STAMP).decode()
        for sheet in html.split('<section class="agendablad" id="overleg-')[1:]:
            numbers = [int(each) for each in re.findall(r"<h3>(\d)\.", sheet)]
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) >= 4


def test_no_papers_without_a_plan_or_where_nobody_asks_for_them(changed: Changed, schapenweide: Neighbourhood) -> None:
    assert overleg.series(schapenweide) == ()
    zuidoost = changed("amsterdam-zuidoost", {"    agenda: nee\n": ""})
    assert "centrum" in papers(zuidoost)
    assert "centrum" not in papers(changed("overvecht", {}))


def test_series_without_papers_have_none(neighbourhoods: dict[str, Neighbourhood]) -> None:
    zuidoost = neighbourhoods["amsterdam-zuidoost"]
    assert {"centrum"} == {each.series for each in plan_of(zuidoost).meetings} - set(papers(zuidoost))


def test_texts_of_the_site_are_data(changed: Changed) -> None:
    words = "Vraag <b>{huisarts}</b> naar [[N-01]]"
    laak = changed(
        "den-haag-laak", {"Schrijf op welke cliënten naar het wijkzorgteam gaan, en welke naar het Servicepunt XL": f"'{words}'"}
    )
    html = render_html("overleg.html", papers(laak)["stuurgroep"], STAMP).decode()
    assert "Vraag &lt;b&gt;{huisarts}&lt;/b&gt; naar [[N-01]]" in html
    assert words not in html
