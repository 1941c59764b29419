"""The implementation plan as a document: every section says what the plan says, in words that people use, and fits its paper."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kbrollout.check import check_site
from kbrollout.documents import plandocument
from kbrollout.documents.parts import Data
from kbrollout.documents.planparts import days_text
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Element
from kbrollout.model.lock import Baseline, BaselineTask
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan
from kbrollout.render.html import render_html
from kbrollout.scheduling.make import make_plan
from tests.conftest import ROOT, SCHAPENWEIDE, TODAY, build_one, own_reference, text_of

SITES = ("overvecht", "amsterdam-zuidoost", "den-haag-laak", "rotterdam-bloemhof")

PLANNING = """
start: 2027-01-11
einde: 2027-12-17
opmerking: Dit plan is verzonnen.
schoolvakanties:
  - {naam: Zomervakantie, van: 2027-07-17, tot: 2027-08-29, bron: Verzonnen rooster}
  - {naam: Vakantie lang na het einde, van: 2029-07-17, tot: 2029-08-29}
gesloten:
  - {naam: Verhuizing, van: 2027-02-01, tot: 2027-02-05, praktijken: [kersenhof]}
werkdagen:
  wijkcoordinator: [dinsdag, donderdag]
golven:
  - {id: later, naam: de tweede golf, begin: 2027-09-06, praktijken: [kersenhof]}
taken:
  FASE-VB-06: {op: 2027-02-16}
  FASE-VB-02: {werkdagen: 12, uren: 6}
eigen_taken:
  - id: SCH-T-1
    wat: "Maak een {huisarts} folder & vraag na"
    wie: sociaal-team
    fase: invoering
    werkdagen: 4
    aanname: nee
    na: [BV-W-05-T1]
overleggen:
  - {id: stuur, gremium: stuurgroep, eerste: 2027-01-18, elke: 1 maand, van: "16:00", tot: "17:30", plaats: onbekend}
risicos:
  - {id: SCH-R-1, wat: Het gebouw gaat dicht., gevolg: onbekend, maatregel: Zoek een zaal., eigenaar: wijkcoordinator}
"""

FUNDING = """
stromen:
  - id: S-1
    betaler: welpolis
    ontvanger: huisartsenpraktijk
    waarvoor: Verzonnen toeslag
    bedrag: 3 euro
    eenheid: per patiënt
    periode: per jaar
    tot: eind 2030
    bron: V
  - {id: S-2, betaler: stad, ontvanger: samenzorg, waarvoor: Verzonnen coördinatie, bron: V}
  - {id: S-3, soort: inzet, betaler: wijkteam-west, ontvanger: sociaal-team, waarvoor: Verzonnen overleg, bron: V}
"""

WAVE = "golven:\n  - {id: later, naam: de tweede golf, begin: 2027-09-06, praktijken: [kersenhof]}\n"
STUURGROEP = "  regiegroep: {gremia: [stuurgroep]}\n"

Make = Callable[..., Neighbourhood]


@pytest.fixture
def make(site: Callable[..., Path], catalogue: Catalogue) -> Make:
    """Schapenweide with a planning, edits in it, and edits in its profile."""

    def made(edits: dict[str, str] | None = None, profile: dict[str, str] | None = None, funding: str = FUNDING) -> Neighbourhood:
        folder = site(SCHAPENWEIDE, {"rollen:\n": f"rollen:\n{STUURGROEP}", **(profile or {})})
        text = PLANNING
        for old, new in (edits or {}).items():
            assert old in text, old
            text = text.replace(old, new)
        (folder / "planning.yaml").write_text(text, encoding="utf-8")
        (folder / "financiering.yaml").write_text(funding, encoding="utf-8")
        found = check_site(folder, catalogue, TODAY).neighbourhood
        shutil.rmtree(folder)
        return found

    return made


@cache
def example(name: str) -> Neighbourhood:
    return check_site(ROOT / "examples" / name, own_reference(), TODAY).neighbourhood


def plan_of(neighbourhood: Neighbourhood) -> Plan:
    assert neighbourhood.plan is not None
    return neighbourhood.plan


def data_of(neighbourhood: Neighbourhood) -> Data:
    """What reaches the template: plain JSON."""
    _, data = plandocument.view(neighbourhood, plan_of(neighbourhood))
    found: Data = json.loads(json.dumps(data))
    return found


def page(neighbourhood: Neighbourhood, file_format: str = "html") -> str:
    stamp = {"root": "", "format": file_format, "code": "1A2B-3C4D", "date": "22 november 2026", "date_iso": "2026-11-22"}
    return render_html("plan.html", data_of(neighbourhood), stamp).decode()


def pdf_pages(pack: Path) -> list[str]:
    """The text of every page of the PDF."""
    text = subprocess.run(["pdftotext", "-layout", pack / "plan.pdf", "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def with_baseline(neighbourhood: Neighbourhood, moved: dict[str, tuple[str, str]]) -> Neighbourhood:
    """The same neighbourhood with a plan that was approved: as it is now, but for the tasks in `moved`."""
    days = {task.id: (task.start.isoformat(), task.end.isoformat()) for task in plan_of(neighbourhood).tasks} | moved
    then = {key: BaselineTask.model_validate({"van": first, "tot": last}) for key, (first, last) in days.items()}
    site = replace(neighbourhood.site, baseline=Baseline.model_construct(on=date(2026, 11, 1), tasks=then))
    again = replace(neighbourhood, site=site)
    return replace(again, plan=make_plan(again))


# -- the first page ----------------------------------------------------------------------------------------------------


def test_the_summary_says_when_it_ends_and_what_makes_it_late(make: Make) -> None:
    found = make()
    plan, summary = plan_of(found), data_of(found)["summary"]
    assert (summary["start"], summary["wished_end"], summary["remark"]) == ("11 januari 2027", "17 december 2027", "Dit plan is verzonnen.")
    assert plan.late > 0
    assert f"Het plan is {plan.late} werkdagen te laat" in text_of(page(found))
    assert summary["chain"]["count"].endswith(("taak", "taken"))
    assert "Dat lukt met dit plan" in text_of(page(make({"einde: 2027-12-17": "einde: 2029-12-17"})))
    assert "niet opgegeven" in text_of(page(make({"einde: 2027-12-17\n": ""})))


def test_the_summary_counts_and_begins_where_the_plan_begins(make: Make) -> None:
    found = make()
    plan, summary = plan_of(found), data_of(found)["summary"]
    assert summary["tasks"].split()[0] == str(sum(1 for task in plan.tasks if task.work.unit is None))
    per_practice = {sum(1 for task in plan.tasks if task.work.unit == unit) for unit in ("molenpad", "kersenhof")}
    assert {int(each) for each in summary["per_practice"].split(" tot ")} == per_practice
    assert [step["id"] for step in summary["steps"]] == list(dict.fromkeys(task.work.seed for task in plan.tasks))[:5]
    assert [phase["name"] for phase in summary["phases"]] == ["voorbereiding", "nulmeting", "invoering", "borging"]
    assert all(phase["gate"]["bodies"] == ["Stuurgroep Schapenweide"] for phase in summary["phases"])


def test_the_worries_are_fixed_days_work_for_nobody_and_money(make: Make) -> None:
    worries = data_of(make())["summary"]["worries"]
    assert "staat vast op 16 februari 2027, maar" in worries[0]
    assert "wijkalliantie" in worries[1]
    assert worries[2] == "Het geld is onzeker: van één van de twee geldstromen is er een risico, of is niet bekend tot wanneer."
    assert "nog geen geldstromen" in data_of(make(funding="stromen: []"))["summary"]["worries"][-1]


def test_a_gate_without_a_body_is_said_on_the_first_page_and_counts_as_work_for_nobody(make: Make) -> None:
    data = data_of(make(profile={STUURGROEP: ""}))
    assert {(phase["gate"]["who"], *phase["gate"]["bodies"]) for phase in data["summary"]["phases"]} == {("Regiegroep",)}
    assert any("regiegroep" in risk["what"] for risk in data["risks"]["found"])
    assert not any("regiegroep" in risk["what"] for risk in data_of(make())["risks"]["found"])


# -- elements, phases, gates -------------------------------------------------------------------------------------------


def test_every_element_counts_its_tasks_and_an_element_without_any_is_said_aloud(make: Make) -> None:
    found = make()
    plan = plan_of(found)
    counts = Counter({task.work.seed: task.work.element for task in plan.tasks}.values())
    names = {each["name"].lower(): each["count"] for each in data_of(found)["elements"]}
    assert names == {element.value: counts[element] for element in Element}
    data = data_of(found)
    data["elements"][0]["count"] = 0
    stamp = {"root": "", "format": "html", "code": "x", "date": "x", "date_iso": "2026-11-22"}
    assert "geen: dit plan werkt hier niet aan" in text_of(render_html("plan.html", data, stamp).decode())


@pytest.mark.parametrize("name", SITES)
def test_every_task_of_the_neighbourhood_stands_in_its_phase_once_with_its_days(name: str) -> None:
    found = example(name)
    shown = {(phase["id"], task["id"], task["when"]) for phase in data_of(found)["phases"] for task in phase["tasks"]}
    own = [task for task in plan_of(found).tasks if task.work.unit is None]
    assert shown == {(task.work.phase.value, task.id, days_text(task.start, task.end)) for task in own}
    assert sum(len(phase["tasks"]) for phase in data_of(found)["phases"]) == len(own)


def test_tasks_say_what_they_are(make: Make) -> None:
    tasks = {task["id"]: task for phase in data_of(make())["phases"] for task in phase["tasks"]}
    assert tasks["SCH-T-1"] | {"own": True, "fixed": False, "days": "4 werkdagen", "requirement": None} == tasks["SCH-T-1"]
    assert (tasks["FASE-VB-06"]["fixed"], tasks["FASE-VB-02"]["days"]) == (True, "12 werkdagen")
    assert tasks["BV-W-05-T1"]["days"] == "10 werkdagen (aanname)"
    assert tasks["BV-W-05-T1"]["requirement"] == "BV-W-05"
    assert tasks["BV-W-16-T1"]["nobody"], "nobody fills the alliance here"
    assert not tasks["FASE-VB-02"]["nobody"]


def test_a_task_says_what_it_waits_for_but_not_what_the_phases_say_already(make: Make) -> None:
    found = make()
    tasks = {task["id"]: task for phase in data_of(found)["phases"] for task in phase["tasks"]}
    assert [each["id"] for each in tasks["FASE-VB-02"]["after"]] == ["FASE-VB-01", "BV-W-05-T2"]
    assert tasks["BV-W-11-T1"]["after"] == [], "the phase before it is no news"
    assert len(plan_of(found).task("BV-W-11-T1").work.after) > 5
    assert {"id": "BV-P-07-T1", "practices": True} in tasks["FASE-NM-01"]["after"]
    assert tasks["FASE-VB-06"]["after"] == []
    assert "alles van de kern in deze fase" in text_of(page(found))
    assert [each["id"] for each in tasks["SCH-T-1"]["after"]] == ["BV-W-05-T1"], "asked by the site itself, from another phase"


def test_a_gate_says_who_decides_in_which_meeting_and_what_is_arranged(make: Make) -> None:
    found = make({"  FASE-VB-06: {op: 2027-02-16}\n": ""})
    plan = plan_of(found)
    gates = {phase["id"]: phase["gate"] for phase in data_of(found)["phases"]}
    gate = next(task for task in plan.tasks if task.id == "FASE-VB-06")
    meeting = next(each for each in plan.meetings if each.day >= gate.end)
    assert gates["voorbereiding"]["bodies"] == ["Stuurgroep Schapenweide"]
    assert f"{meeting.day.day} " in gates["voorbereiding"]["meeting"]
    assert gates["voorbereiding"]["meeting"].endswith("om 16.00 uur")
    arranged = {each["id"] for each in gates["voorbereiding"]["requirements"]}
    assert {"BV-W-01", "BV-W-05", "BV-W-09"} <= arranged
    assert not arranged & {each["id"] for each in gates["nulmeting"]["requirements"]}, "each requirement is arranged at one gate"
    ends: dict[str, date] = {}
    for task in plan.tasks:
        if task.work.requirement and task.work.unit is None:
            ends[task.work.requirement] = max(task.end, ends.get(task.work.requirement, task.end))
    assert all(ends[each] <= gate.end for each in arranged)


def test_what_is_not_ready_at_a_fixed_gate_is_not_called_arranged(make: Make) -> None:
    gate = next(phase["gate"] for phase in data_of(make())["phases"] if phase["id"] == "voorbereiding")
    assert gate["day"] == "16 februari 2027"
    assert "BV-W-09" not in {each["id"] for each in gate["requirements"]}
    assert "BV-W-05" in {each["id"] for each in gate["requirements"]}


# -- practices ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_every_task_of_every_practice_stands_in_its_column_with_its_days(name: str) -> None:
    found = example(name)
    practices = data_of(found)["practices"]
    members = {group["name"]: group["practices"] for group in practices["groups"]}
    assert sorted(each for names in members.values() for each in names) == sorted(each.name for each in found.site.profile.practices)
    shown = set()
    for table in practices["tables"]:
        assert len(table["groups"]) <= 4
        for phase in table["phases"]:
            for line in phase["rows"]:
                for group, cell in zip(table["groups"], line["cells"], strict=True):
                    shown |= {(practice, line["id"], cell["when"]) for practice in members[group] if cell}
    names = {practice.id: practice.name for practice in found.site.profile.practices}
    own = {(names[task.work.unit], task.work.seed, days_text(task.start, task.end)) for task in plan_of(found).tasks if task.work.unit}
    assert shown == own


def test_practices_with_the_same_days_share_a_column(make: Make) -> None:
    later = data_of(make())["practices"]["groups"]
    assert [group["name"] for group in later] == ["Praktijk Molenpad", "Gezondheidscentrum Kersenhof"]
    together = make({WAVE: "", ", praktijken: [kersenhof]": ""})
    (group,) = data_of(together)["practices"]["groups"]
    assert (group["name"], len(group["practices"])) == ("Alle praktijken", 2)


def test_practices_where_somebody_else_does_it_do_not_share_a_column(make: Make) -> None:
    other = make(
        {WAVE: "", ", praktijken: [kersenhof]": ""}, {"    patienten: 4.200": "    patienten: 4.200\n    zonder: [praktijkmanager]"}
    )
    practices = data_of(other)["practices"]
    assert {group["name"] for group in practices["groups"]} == {"Praktijk Molenpad", "Gezondheidscentrum Kersenhof"}
    row = next(line for phase in practices["tables"][0]["phases"] for line in phase["rows"] if line["id"] == "BV-P-03-T1")
    assert sorted(cell["who"] or row["who"] for cell in row["cells"]) == ["Huisarts", "Praktijkmanager"]


def test_what_an_mtvp_plan_covers_is_only_looked_at_and_what_is_unknown_is_asked(make: Make) -> None:
    data = data_of(make(profile={"    patienten: 4.200": "    patienten: 4.200\n    mtvp: [praktijkplan]\n    zonder: [praktijkmanager]"}))
    table = data["practices"]["tables"][0]
    rows = {line["id"]: line for phase in table["phases"] for line in phase["rows"]}
    cells = dict(zip(table["groups"], rows["BV-P-03-T1"]["cells"], strict=True))
    covered, asked = cells["Praktijk Molenpad"], cells["Gezondheidscentrum Kersenhof"]
    assert (covered["covered"], covered["who"]) == ("praktijkplan", "Huisarts")
    assert (asked["covered"], asked["who"]) == (None, None)
    assert rows["BV-P-03-T1"]["days"] == "10 werkdagen (aanname)", "the length is that of the work, not of looking it up"
    assert rows["BV-P-03-T1"]["mtvp"] == {"parts": "praktijkplan", "groups": ["Gezondheidscentrum Kersenhof"]}
    nothing = {"    patienten: 4.200": "    patienten: 4.200\n    mtvp: []", "Kersenhof\n": "Kersenhof\n    mtvp: []\n"}
    known = data_of(make(profile=nothing))
    assert not any(line["mtvp"] for phase in known["practices"]["tables"][0]["phases"] for line in phase["rows"])


# -- roles, responsibility, money --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_work_per_role_adds_up(name: str) -> None:
    found = example(name)
    rows = data_of(found)["roles"]["rows"]
    seeds = {(task.work.who, task.work.seed) for task in plan_of(found).tasks}
    assert sum(row["total"] for row in rows) == len(seeds)
    assert all(row["total"] == sum(row["counts"]) for row in rows)
    assert [row["total"] for row in rows] == sorted((row["total"] for row in rows), reverse=True)


def test_a_role_is_busiest_in_the_month_with_most_tasks(make: Make) -> None:
    found = make()
    tasks = [task for task in plan_of(found).tasks if task.work.who == "wijkcoordinator"]
    busy = Counter(
        (year, month)
        for task in tasks
        for year in (2027, 2028)
        for month in range(1, 13)
        if task.start <= date(year, month, 28) and task.end >= date(year, month, 1) and (task.start.month != month or task.start.day <= 28)
    )
    row = next(row for row in data_of(found)["roles"]["rows"] if row["name"] == "Wijkcoördinator")
    assert row["at_once"] == max(busy.values())


def test_hours_stand_there_only_where_they_were_entered(make: Make) -> None:
    found = make()
    hours = data_of(found)["roles"]["hours"]
    assert {each["name"] for week in hours for each in week["roles"]} == {"Wijkcoördinator"}
    assert "Geen enkele datum is hierom verschoven" in text_of(page(found))
    without = make({", uren: 6": ""})
    assert data_of(without)["roles"]["hours"] == []
    assert "Uren per week" not in text_of(page(without))
    assert [task.start for task in plan_of(without).tasks] == [task.start for task in plan_of(found).tasks]


@pytest.mark.parametrize("name", SITES)
def test_the_matrix_names_everybody_once_per_group_of_tasks(name: str) -> None:
    found = example(name)
    plan, data = plan_of(found), data_of(found)["responsibilities"]
    groups = {(task.work.phase.value, task.work.theme) for task in plan.tasks}
    assert sum(len(phase["rows"]) for phase in data["phases"]) == len(groups)
    assert sum(row["count"] for phase in data["phases"] for row in phase["rows"]) == len({task.work.seed for task in plan.tasks})
    for phase in data["phases"]:
        for row in phase["rows"]:
            named = [*row["does"], *row["decides"], *row["asked"], *row["knows"]]
            assert len(named) == len(set(named)), (phase["name"], row["theme"])
            assert row["decides"], row["theme"]


def test_money_per_phase_names_the_streams_and_who_nobody_is_known_to_pay(make: Make) -> None:
    funding = data_of(make())["funding"]
    first = funding["phases"][0]
    gets = {each["role"]: each["streams"] for each in first["gets"]}
    assert gets["Huisarts"] == ["S-1"], "what the practice receives goes to the people in it"
    assert gets["Netwerkorganisatie"] == ["S-2"], "by the partner that fills the role"
    assert gets["Wijkteam"] == ["S-3"]
    assert "Wijkteam" in first["unpaid"], "effort without pay is no money"
    assert "Huisarts" not in first["unpaid"]
    assert "Gemeente" in first["unpaid"]
    assert {stream["id"]: stream["unknown"] for stream in funding["streams"]} == {
        "S-1": [],
        "S-2": ["bedrag", "eenheid", "periode", "einddatum"],
        "S-3": [],
    }
    assert not re.search(r"\d+ euro", text_of(page(make())).replace("3 euro per patiënt", "")), "nothing is added up"


# -- chain, milestones, risks, assumptions -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_the_chain_stands_in_order_and_ends_the_plan(name: str) -> None:
    found = example(name)
    plan, chain = plan_of(found), data_of(found)["chain"]
    assert [task["id"] for task in chain["tasks"]] == [each.partition("/")[0] for each in plan.chain]
    assert chain["start"] == plan.chain_start
    assert chain["tasks"][-1]["when"].endswith(str(plan.end.year))


def test_milestones_are_gates_fixed_days_waves_and_meetings_of_who_decides(make: Make) -> None:
    milestones = data_of(make({"  FASE-VB-02: {werkdagen: 12, uren: 6}": "  FASE-VB-02: {op: 2027-02-09}"}))["milestones"]
    said = [(each["day"], each["what"], each["kind"]) for each in milestones]
    assert said[0] == ("1 jun 2026", "Versie 2.1 van de afspraken vastgesteld door Stuurgroep Schapenweide", "besluit")
    assert ("11 jan 2027", "Start van het plan", "start") in said
    assert ("6 sep 2027", "Begin van de tweede golf", "golf") in said
    assert ("16 feb 2027", "Poort: voorbereiding afgesloten (Regiegroep)", "poort") in said
    assert ("9 feb 2027", "Houd een startgesprek met alle partners", "vast") in said
    assert ("18 jan 2027", "Eerste overleg van Stuurgroep Schapenweide", "overleg") in said
    assert ("17 dec 2027", "Gewenst einde", "einde") in said
    assert sum(1 for each in said if each[2] == "poort") == 4
    assert sum(1 for each in said if each[2] == "overleg") == 2


def test_risks_have_an_owner_and_say_where_they_come_from(make: Make) -> None:
    found = make()
    risks = data_of(found)["risks"]
    assert len(risks["known"]) == len(found.catalogue.risks)
    assert all(risk["owner"] and risk["provenance"] for risk in risks["known"])
    assert risks["own"] == [
        {"id": "SCH-R-1", "what": "Het gebouw gaat dicht.", "consequence": None, "measure": "Zoek een zaal.", "owner": "Wijkcoördinator"}
    ]
    told = " ".join(risk["what"] for risk in risks["found"])
    assert "staat vast op 16 februari 2027, maar" in told
    assert "Niemand vervult de rol van wijkalliantie" in told
    assert "Geld van Verzonnenstad: één geldstroom" in told
    assert "Welpolis" not in told, "an end is known, and no risk"
    waiting = next(risk for risk in risks["found"] if risk["what"].startswith("Buiten dit plan"))
    assert {each["id"] for each in waiting["about"]} == {key for each in found.requirements if not each.asked for key in each.waits_for}
    assert all(risk["owner"] and risk["measure"] for risk in risks["found"])
    assert "Gevolg: nog niet bekend" in text_of(page(found))


@pytest.mark.parametrize("name", SITES)
def test_every_length_that_is_an_assumption_is_listed(name: str) -> None:
    found = example(name)
    assumptions = data_of(found)["assumptions"]
    listed = {task: each["days"] for each in assumptions["lengths"] for task in each["tasks"]}
    worked = {task.work.seed: task.work for task in plan_of(found).tasks if not task.work.covered}
    assert {task: int(days.split()[0]) for task, days in listed.items()} == {
        seed: work.working_days for seed, work in worked.items() if work.assumed
    }
    assert assumptions["assumed"] == len(listed)
    assert {each["id"] for each in assumptions["known"]} >= {seed for seed, work in worked.items() if not work.assumed}


def test_free_days_are_listed_with_their_source(make: Make) -> None:
    found = make({"elke: 1 maand": "elke: 1 week", "eerste: 2027-01-18": "eerste: 2027-01-19"})
    assumptions, text = data_of(found)["assumptions"], text_of(page(found))
    assert {"day": "26 mrt 2027", "name": "Goede vrijdag"} in assumptions["holidays"]
    assert not any(each["name"] == "Bevrijdingsdag" for each in assumptions["holidays"])
    assert [(each["name"], each["practices"], each["source"]) for each in assumptions["free"]] == [
        ("Zomervakantie", [], "Verzonnen rooster"),
        ("Verhuizing", ["Gezondheidscentrum Kersenhof"], None),
    ], "a holiday after the end is left out"
    assert assumptions["roles"] == [{"role": "Wijkcoördinator", "days": ["dinsdag", "donderdag"]}]
    (meetings,) = assumptions["meetings"]
    assert {"day": "20 jul 2027", "reason": "Zomervakantie"} in meetings["lapsed"]
    assert "Goede Vrijdag telt als vrije dag" in text
    assert "Bevrijdingsdag eens in de vijf jaar" in text
    assert "geen bron opgegeven" in text


# -- then and now ------------------------------------------------------------------------------------------------------


def test_without_a_baseline_the_plan_says_how_to_keep_one(make: Make) -> None:
    assert data_of(make())["baseline"] is None
    assert "kbrollout plan vastleggen WIJKMAP" in text_of(page(make()))


def test_moved_new_and_dropped_tasks_stand_beside_the_plan_of_then(make: Make) -> None:
    found = make()
    then = plan_of(found).task("BV-W-05-T1")
    moved = with_baseline(found, {"BV-W-05-T1": ("2027-01-11", "2027-01-15"), "OUD-1/molenpad": ("2027-01-11", "2027-01-15")})
    assert moved.site.baseline is not None
    del moved.site.baseline.tasks["SCH-T-1"]
    moved = replace(moved, plan=make_plan(moved))
    baseline = data_of(moved)["baseline"]
    (task,) = baseline["moved"]
    assert (task["then"], task["when"]) == ("11 – 15 jan 2027", days_text(then.start, then.end))
    assert task["difference"] == "5 werkdagen later"
    assert [each["id"] for each in baseline["new"]] == ["SCH-T-1"]
    assert baseline["dropped"] == [{"id": "OUD-1", "units": ["Praktijk Molenpad"]}]
    picture = next(phase["picture"] for phase in data_of(moved)["phases"] if phase["id"] == "voorbereiding")
    bars = {row["label"].split()[-1]: row["bars"][0] for row in picture["groups"][0]["rows"]}
    assert bars["BV-W-05-T1"]["baseline"] == ["2027-01-11", "2027-01-15"]


def test_practices_that_moved_alike_stand_in_one_row(make: Make) -> None:
    found = make({"begin: 2027-09-06": "begin: 2027-01-11", ", praktijken: [kersenhof]}\nwerkdagen": "}\nwerkdagen"})
    both = ("BV-P-01-T1/molenpad", "BV-P-01-T1/kersenhof")
    moved = with_baseline(found, dict.fromkeys(both, ("2027-01-04", "2027-01-08")))
    (row,) = data_of(moved)["baseline"]["moved"]
    assert sorted(row["units"]) == ["Gezondheidscentrum Kersenhof", "Praktijk Molenpad"]


# -- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_pictures_have_the_days_of_the_tables(name: str) -> None:
    found = example(name)
    plan, data = plan_of(found), data_of(found)
    for phase in data["phases"]:
        rows = phase["picture"]["groups"][0]["rows"]
        assert [row["label"].split()[-1] for row in rows] == [task["id"] for task in phase["tasks"]]
        for row in rows:
            task = plan.task(row["label"].split()[-1])
            assert [(each["first"], each["last"], each["kind"] == "keten") for each in row["bars"]] == [
                (task.start.isoformat(), task.end.isoformat(), task.id in plan.chain)
            ]
    gates = [point for row in data["overview"]["groups"][0]["rows"] for point in row["points"] if point["kind"] == "poort"]
    assert sorted(each["day"] for each in gates) == sorted(task.end.isoformat() for task in plan.tasks if task.work.gate)


def test_the_overview_shows_waves_also_after_the_end(make: Make) -> None:
    later = {"begin: 2027-09-06, praktijken: [kersenhof]": "begin: 2029-09-06, themas: [meer-bewegen]", "einde: 2027-12-17\n": ""}
    overview = data_of(make(later))["overview"]
    assert [line["label"] for line in overview["lines"]] == ["de tweede golf"]
    assert overview["last"] >= "2029-09-06"


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_all_chapters_are_there_in_order_and_every_link_within_the_page_leads_somewhere(name: str) -> None:
    html = page(example(name))
    places = [html.index(f'<h2 id="{anchor}">') for anchor in plandocument.CHAPTERS]
    assert places == sorted(places)
    anchors = set(re.findall(r'\bid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) - {"inhoud"} <= anchors
    assert len(anchors) == len(re.findall(r'\bid="([^"]+)"', html)), "every id stands once"


def test_long_names_and_marks_of_a_site_stay_text(make: Make) -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    long = f"{word} <b>&</b> {{huisarts}} [[N-01]] **vet** en nog wat"[:120]
    assert len(long) == 120
    planning = ("naam: de tweede golf", "wat: Het gebouw gaat dicht.", 'wat: "Maak een {huisarts} folder & vraag na"')
    names = ("naam: Gezondheidscentrum Kersenhof", "naam: Schapenweide beweegt", "naam: Stuurgroep Schapenweide")
    edits, profile = ({old: f'{old.split(":")[0]}: "{long}"' for old in each} for each in (planning, names))
    found = make(edits, profile)
    html = page(found)
    assert "<b>" not in html
    assert text_of(html).count(long) > 10
    assert "Gezondheidscentrum" not in html
    assert data_of(found)["practices"]["groups"][1]["name"] == "Groep 2", "a name of 120 characters heads no column"


@pytest.mark.parametrize("file_format", ["odt", "docx"])
def test_editable_copies_leave_the_pictures_out_and_say_where_they_are(make: Make, file_format: str) -> None:
    html = page(make(), file_format)
    assert "<svg" not in html
    assert html.count("Het balkenplan staat in de versie voor het scherm en in de PDF") == 5
    assert "<main" not in html
    assert "1A2B-3C4D" in html
    assert page(make()).count("<svg") >= 5


def test_the_content_has_no_date_of_today(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site(ROOT / "examples" / "overvecht", name="overvecht")
    first, second = (check_site(folder, catalogue, today).neighbourhood for today in (TODAY, date(2026, 12, 24)))
    assert data_of(first) == data_of(second)


def test_on_paper_the_summary_takes_one_page_and_the_whole_is_no_book(overvecht_pack: Path) -> None:
    assert_no_book(pdf_pages(overvecht_pack), most=29)


@pytest.mark.slow
def test_on_paper_the_plan_of_a_small_neighbourhood_is_no_book_either(catalogue: Catalogue, tmp_path: Path) -> None:
    pack = build_one(ROOT / "examples" / "rotterdam-bloemhof", catalogue, tmp_path, formats=("pdf",), only=("plan",)).pack
    assert pack
    assert_no_book(pdf_pages(pack), most=24)


def assert_no_book(pages: list[str], most: int) -> None:
    assert len(pages) <= most
    for said in ("In het kort", "Zo begint u", "Dit vraagt nu aandacht", "De wijk, per fase", "Per praktijk", "gewenst einde"):
        assert said in pages[0], said
    assert "Inhoud" in pages[1]
    assert "Inhoud" not in pages[0]
    assert all(len(text.split()) > 60 for text in pages[:-1]), "no page is nearly empty"


def test_the_plan_of_nine_practices_is_made_of_modest_data() -> None:
    assert len(json.dumps(data_of(example("overvecht")))) < 250_000
