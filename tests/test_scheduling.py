"""The plan: what holds for any reference and any site, and the cases that a project leader would ask about."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from graphlib import CycleError
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbrollout.baseline import baseline_of
from kbrollout.catalogue import load_catalogue
from kbrollout.model.framework import Weekday
from kbrollout.model.plan import Plan, PlannedTask
from kbrollout.model.planning import Planning
from kbrollout.resolve import resolve
from kbrollout.scheduling.dates import in_time
from kbrollout.scheduling.make import Calendars, make_plan
from kbrollout.scheduling.workdays import NoWorkingDayError, public_holiday
from tests.conftest import tries
from tests.random_plans import (
    DAY,
    PHASES,
    PRACTICES,
    STAND_IN,
    Entry,
    World,
    agreement,
    own_task,
    practice,
    requirement,
    seed,
    step,
    world,
    worlds,
)

WEEKDAYS = list(Weekday)


def trying(examples: int) -> settings:
    return settings(max_examples=tries(examples), deadline=None, derandomize=True)


def planned(files: World) -> Plan:
    plan = make_plan(files.neighbourhood())
    assert plan is not None
    return plan


def days(plan: Plan, *seeds: str) -> dict[str, tuple[str, str]]:
    """The first and last day of tasks, as mm-dd."""
    return {task.id: (f"{task.start:%m-%d}", f"{task.end:%m-%d}") for task in plan.tasks if not seeds or task.work.seed in seeds}


# -- what a reader of the files would work out -----------------------------------------------------------------------


def free(files: World, unit: str | None, day: date) -> bool:
    periods = [*files.planning.get("schoolvakanties", []), *files.planning.get("gesloten", [])]
    here = [each for each in periods if not each.get("praktijken") or unit in each["praktijken"]]
    return day.isoweekday() > 5 or public_holiday(day) is not None or any(each["van"] <= day.isoformat() <= each["tot"] for each in here)


def works(files: World, task: PlannedTask, day: date) -> bool:
    """Whether whoever does a task works on a day."""
    at_work = files.planning.get("werkdagen", {}).get(task.work.who, WEEKDAYS)
    return not free(files, task.work.unit, day) and WEEKDAYS[day.weekday()] in at_work


def working_days(files: World, task: PlannedTask, first: date, last: date) -> list[date]:
    whole = [first + number * DAY for number in range((last - first).days + 1)]
    return [day for day in whole if works(files, task, day)]


def begins(files: World, unit: str | None, theme: str) -> date:
    """The day from which a unit works on a theme."""
    waves = files.planning.get("golven", [])
    found = [wave["begin"] for wave in waves if unit in wave["praktijken"] or theme in wave["themas"]]
    return date.fromisoformat(max([files.planning["start"], *found]))


def theme_of(files: World, key: str) -> str:
    task = files.tasks[key]
    return str(files.requirements[task["voorwaarde"]]["thema"] if "voorwaarde" in task else task.get("thema", "kern"))


def done_by(files: World, key: str) -> set[str | None]:
    """The units that do a task: practices, None for the neighbourhood, and nobody where it is not asked."""
    task = files.tasks[key]
    if key in files.own:
        return set(task.get("praktijken") or files.practices) if task.get("niveau") == "praktijk" else {None}
    if theme_of(files, key) not in ("kern", *files.themes):
        return set()
    if "voorwaarde" not in task:
        return set(files.practices) if task["niveau"] == "praktijk" else {None}
    condition = files.requirements[task["voorwaarde"]]
    holding = {each for each in condition["afspraken"] if files.agreements[each]["herkomst"] != "voorstel"}
    if condition["niveau"] == "wijk":
        return {None} if holding else set()
    return {each for each in files.practices if holding - {choice["id"] for choice in files.practices[each].get("afspraken", [])}}


def awaited(files: World, key: str, unit: str | None) -> Iterator[str]:
    """The tasks that stand at `na`, or what those wait for where nobody here does them."""
    first = {each for each in files.practices if begins(files, each, "") == min(begins(files, other, "") for other in files.practices)}

    def before(task: Entry) -> Iterator[str]:
        for other in task["na"]:
            units = done_by(files, other)
            if unit and None not in units:
                units &= {unit}
            elif files.tasks[key]["fase"] != "borging":
                units = units & {None, *first} or units
            yield from (f"{other}/{each}" if each else other for each in units)
            if not units:
                yield from before(files.tasks[other])

    return before(files.tasks[key])


# -- any plan --------------------------------------------------------------------------------------------------------


@trying(40)
@given(worlds())
def test_the_plan_holds_every_task_that_is_asked_and_no_other(files: World) -> None:
    expected = [(key, unit or "") for key in files.tasks for unit in done_by(files, key)]
    assert sorted((task.work.seed, task.work.unit or "") for task in planned(files).tasks) == sorted(expected)


@trying(60)
@given(worlds())
def test_nothing_begins_before_what_it_waits_for_is_finished(files: World) -> None:
    plan = planned(files)
    ends, clashes = {task.id: task.end for task in plan.tasks}, {clash.task: clash for clash in plan.clashes}
    for task in plan.tasks:
        told = set(awaited(files, task.work.seed, task.work.unit))
        assert told <= set(task.work.after)
        assert not task.work.unit or {plan.task(other).work.unit for other in task.work.after} <= {None, task.work.unit}
        late = [other for other in task.work.after if ends[other] >= task.start]
        if task.work.fixed is None:
            assert not late, f"{task.id} does not wait for {late}"
        elif late:
            assert clashes[task.id].blocker in late
            assert ends[clashes[task.id].blocker or ""] == max(ends[other] for other in task.work.after)


@trying(40)
@given(worlds())
def test_phases_follow_each_other(files: World) -> None:
    plan = planned(files)
    gates = {task.work.phase.value: task for task in plan.tasks if task.work.gate}

    def of(unit: str | None, theme: str, phases: Iterable[str]) -> list[PlannedTask]:
        return [each for each in plan.tasks if (each.work.unit, each.work.theme) == (unit, theme) and each.work.phase.value in phases]

    for task in plan.tasks:
        work, earlier = task.work, PHASES[: PHASES.index(task.work.phase.value)]
        first = [*of(work.unit, work.theme, earlier[-1:]), *(gates[phase] for phase in earlier[-1:])]
        if work.phase.value in ("invoering", "borging"):
            first += [*of(None, work.theme, ["nulmeting"]), *of(work.unit, "kern", ["nulmeting"])]
        if work.gate:
            first += [each for each in of(None, "kern", [work.phase.value]) if not each.work.gate]
        assert work.fixed or all(other.end < task.start for other in first), task.id


@trying(60)
@given(worlds())
def test_each_task_takes_its_working_days_as_early_as_it_can(files: World) -> None:
    plan = planned(files)
    ends = {task.id: task.end for task in plan.tasks}
    for task in plan.tasks:
        earliest = begins(files, task.work.unit, theme_of(files, task.work.seed))
        assert task.work.earliest == earliest
        if task.work.fixed is None:
            possible = max([earliest, *(ends[other] + DAY for other in task.work.after)])
            found = working_days(files, task, possible, task.end)
            assert found[0] == task.start, "begins on its first possible working day"
            assert found[-1] == task.end, "ends on a working day"
            assert len(found) == task.work.working_days


@trying(40)
@given(worlds())
def test_a_fixed_day_never_moves(files: World) -> None:
    plan = planned(files)
    ends, clashes = {task.id: task.end for task in plan.tasks}, {clash.task: clash for clash in plan.clashes}
    for task in plan.tasks:
        change = files.own.get(task.work.seed) or files.planning["taken"].get(task.work.seed, {})
        stands = change.get("per_praktijk", {}).get(task.work.unit, {}).get("op") or change.get("op")
        assert task.work.fixed == (date.fromisoformat(stands) if stands else None)
        if task.work.fixed:
            possible = max([task.work.earliest, *(ends[other] + DAY for other in task.work.after)])
            room = len({*working_days(files, task, possible, task.end), task.end}) if possible <= task.end else 0
            assert task.end == task.work.fixed
            assert task.start == task.end or works(files, task, task.start), "begins on a working day"
            assert (task.id in clashes) == (room < task.work.working_days)
            if task.id in clashes:
                assert (clashes[task.id].room, clashes[task.id].working_days) == (room, task.work.working_days)
            else:
                assert len({*working_days(files, task, task.start, task.end), task.end}) == task.work.working_days
                assert possible <= task.start
    assert clashes.keys() <= {task.id for task in plan.tasks if task.work.fixed}


@trying(40)
@given(worlds())
def test_who_does_it_and_how_long_it_takes(files: World) -> None:
    for task in planned(files).tasks:
        work, entry = task.work, files.tasks[task.work.seed]
        at = files.practices.get(work.unit or "", {})
        assert work.who == (STAND_IN if entry["wie"] in at.get("zonder", []) else entry["wie"])
        covered = [] if at.get("mtvp") in (None, "onbekend") else [part for part in entry.get("mtvp", []) if part in at["mtvp"]]
        assert list(work.covered) == covered
        change = files.planning["taken"].get(work.seed, {})
        assert work.working_days == int(change.get("werkdagen") or (1 if covered else entry["werkdagen"]))
        assert work.assumed == ("werkdagen" not in change)


@trying(40)
@given(worlds())
def test_the_longest_chain_decides_the_end(files: World) -> None:
    plan = planned(files)
    chain = [plan.task(key) for key in plan.chain]
    assert chain[-1].end == plan.end == max(task.end for task in plan.tasks)
    assert plan.start == files.start
    for before, after in pairwise(chain):
        assert before.id in after.work.after
        assert after.work.fixed is None, "a fixed day does not wait"
        assert working_days(files, after, before.end + DAY, after.start) == [after.start], "not the first working day after it"
        assert working_days(files, after, after.work.earliest, after.start - DAY), "would not begin earlier without it"
    first = chain[0]
    assert first.work.fixed or working_days(files, first, first.work.earliest, first.start) == [first.start]
    waves = {
        wave["begin"]: wave["naam"]
        for wave in files.planning["golven"]
        if first.work.unit in wave["praktijken"] or first.work.theme in wave["themas"]
    }
    begin = waves.get(first.work.earliest.isoformat(), "de start van het plan")
    assert plan.chain_start.startswith(
        "de dag die vaststaat" if first.work.fixed else begin if begin.startswith("de") else f"het begin van {begin}"
    )


@trying(30)
@given(worlds())
def test_a_shorter_task_never_makes_the_end_later_and_a_longer_one_of_the_chain_does(files: World) -> None:
    plan = planned(files)
    calendars = Calendars(Planning.model_validate(files.planning))
    for key in plan.chain:
        if plan.task(key).work.fixed is None:
            ends = {}
            for more in (-1, 40):
                changed = [replace(task.work, working_days=max(1, task.work.working_days + more * (task.id == key))) for task in plan.tasks]
                found, _ = in_time(changed, calendars.of)
                ends[more] = max(task.end for task in found.values())
            assert ends[-1] <= plan.end < ends[40]


@trying(40)
@given(worlds())
def test_how_late_the_plan_is(files: World) -> None:
    plan = planned(files)
    wished = date.fromisoformat(files.planning["einde"]) if "einde" in files.planning else plan.end
    after = [wished + number * DAY for number in range(1, (plan.end - wished).days + 1)]
    assert plan.late == sum(not free(files, None, day) for day in after)
    assert plan.wished_end == (wished if "einde" in files.planning else None)


@trying(40)
@given(worlds())
def test_the_hours_per_week_are_the_hours_that_were_entered(files: World) -> None:
    plan = planned(files)
    entered: dict[str, Decimal] = {}
    for task in plan.tasks:
        said = files.own.get(task.work.seed, files.planning["taken"].get(task.work.seed, {})).get("uren")
        assert task.work.hours == (Decimal(said.replace(",", ".")) if said else None)
        if task.work.hours:
            entered[task.work.who] = entered.get(task.work.who, Decimal(0)) + task.work.hours
    found: dict[str, Decimal] = {}
    for week, roles in plan.hours.items():
        assert week.weekday() == 0
        for role, hours in roles.items():
            found[role] = found.get(role, Decimal(0)) + hours
            during = [
                task
                for task in plan.tasks
                if task.work.who == role and task.work.hours and task.end >= week and task.start < week + 7 * DAY
            ]
            assert 0 < hours <= sum((task.work.hours or Decimal(0) for task in during), Decimal("0.01"))
    assert {role: round(hours, 6) for role, hours in found.items()} == {role: round(hours, 6) for role, hours in entered.items()}


# -- the same plan ---------------------------------------------------------------------------------------------------


def comparable(plan: Plan) -> Plan:
    """A plan without the order in which a task names what it waits for."""
    return replace(plan, tasks=tuple(replace(task, work=replace(task.work, after=tuple(sorted(task.work.after)))) for task in plan.tasks))


@trying(30)
@given(st.data(), worlds())
def test_the_order_of_what_is_written_does_not_matter(data: st.DataObject, files: World) -> None:
    def shuffled(entries: Mapping[str, Any]) -> dict[str, Any]:
        return dict(data.draw(st.permutations(list(entries.items()))))

    planning = shuffled({key: shuffled(value) if isinstance(value, dict) else value for key, value in files.planning.items()})
    planning |= {key: data.draw(st.permutations(planning[key])) for key in ("schoolvakanties", "gesloten", "golven", "eigen_taken")}
    other = replace(
        files,
        agreements=shuffled(files.agreements),
        requirements=shuffled(files.requirements),
        seeds={key: {**entry, "na": data.draw(st.permutations(entry["na"]))} for key, entry in shuffled(files.seeds).items()},
        practices=shuffled(files.practices),
        themes=tuple(data.draw(st.permutations(files.themes))),
        planning=planning,
    )
    assert comparable(planned(other)) == comparable(planned(files)) == comparable(planned(files))


def test_the_order_of_tasks_does_not_change_a_sum_of_hours() -> None:
    own = [own_task(f"PRO-{days}", "voorbereiding", werkdagen=str(days), uren="1") for days in (3, 6)]
    assert planned(world(eigen_taken=own)).hours == planned(world(eigen_taken=own[::-1])).hours


ELSEWHERE = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.test_scheduling import busy, planned
print(planned(busy()))
"""


def busy() -> World:
    """A world with everything in it."""
    steps = [
        step("STAP-1", "voorbereiding", "praktijk"),
        step("STAP-2", "nulmeting", na=["STAP-1"]),
        step("STAP-3", "invoering", "praktijk", thema="bewegen", wie="poh"),
        step("STAP-4", "invoering", "praktijk"),
        step("STAP-5", "borging", na=["STAP-3", "STAP-4"]),
    ]
    return world(
        steps,
        PRACTICES,
        golven=[{"id": "g", "naam": "golf 2", "begin": "2027-04-01", "praktijken": ["west"], "themas": ["bewegen"]}],
        gesloten=[{"naam": "Dicht", "van": "2027-02-08", "tot": "2027-02-12", "praktijken": ["noord", "oost"]}],
        werkdagen={"poh": ["maandag", "donderdag"]},
        taken={"STAP-3": {"uren": "2,5"}, "STAP-4": {"op": "2027-02-03", "uren": "1"}},
        eigen_taken=[own_task("PRO-1", "invoering", niveau="praktijk", praktijken=["west", "oost"], na=["STAP-4"], uren="7")],
        einde="2027-03-01",
    )


def test_another_process_makes_the_same_plan() -> None:
    root = str(__file__).rpartition("/tests/")[0]
    command, salts = [sys.executable, "-c", ELSEWHERE, root], ("1", "2")
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONHASHSEED": salt}) for salt in salts]
    said = {process.communicate(timeout=60)[0] for process in running}
    assert said == {f"{planned(busy())}\n"}


# -- a baseline ------------------------------------------------------------------------------------------------------


@trying(20)
@given(worlds())
def test_the_baseline_stands_beside_the_plan_of_today(files: World) -> None:
    plan, on = planned(files), date(2027, 1, 1)
    later = files.with_planning(start=(files.start + 14 * DAY).isoformat(), eigen_taken=[], einde=None)
    later = replace(later, planning={key: value for key, value in later.planning.items() if value is not None})
    waves = [{**wave, "begin": (date.fromisoformat(wave["begin"]) + 14 * DAY).isoformat()} for wave in later.planning["golven"]]
    now = make_plan(later.with_planning(golven=waves).neighbourhood(baseline_of(plan, on)))
    assert now
    assert (now.baseline_on, plan.baseline_on) == (on, None)
    assert {task.id: task.baseline for task in now.tasks} == {task.id: (task.start, task.end) for task in plan.tasks if not task.work.own}
    assert set(now.dropped) == {task.id for task in plan.tasks if task.work.own}
    assert all(task.baseline is None for task in plan.tasks)


def test_a_task_that_came_later_has_no_baseline() -> None:
    old = planned(world())
    new = make_plan(world([step("STAP-1", "nulmeting")]).neighbourhood(baseline_of(old, date(2027, 1, 1))))
    assert new
    assert {task.id: task.baseline is None for task in new.tasks if task.work.phase.value == "nulmeting"} == {
        "STAP-1": True,
        "POORT-2": False,
    }
    assert new.task("POORT-2").baseline == (old.task("POORT-2").start, old.task("POORT-2").end)


# -- cases -----------------------------------------------------------------------------------------------------------


def test_without_a_start_or_anything_to_do_there_is_no_plan() -> None:
    assert make_plan(world(start="onbekend").neighbourhood()) is None
    assert make_plan(replace(world(), seeds={}).neighbourhood()) is None


def test_a_plan_that_begins_on_a_free_day() -> None:
    plan = planned(world(start="2027-03-26"))  # Good Friday
    assert days(plan)["POORT-1"] == ("03-30", "03-30")
    assert (plan.start, plan.chain_start) == (date(2027, 3, 26), "de start van het plan, 26 maart 2027")


def test_29_february_is_a_working_day() -> None:
    plan = planned(world([step("STAP-1", "voorbereiding")], start="2028-02-28"))
    assert days(plan, "STAP-1", "POORT-1") == {"STAP-1": ("02-28", "03-01"), "POORT-1": ("03-02", "03-02")}
    assert days(planned(world(taken={"POORT-1": {"op": "2028-02-29"}}, start="2028-02-28")))["POORT-1"] == ("02-29", "02-29")


def test_a_wave_without_members_changes_nothing() -> None:
    nobody = {"id": "g", "naam": "golf", "begin": "2027-06-01"}
    assert planned(world(golven=[nobody])) == planned(world())


def test_a_wave_holds_back_its_practices_and_themes() -> None:
    steps = [step("STAP-1", "voorbereiding", "praktijk"), step("STAP-2", "voorbereiding", thema="bewegen")]
    waves = [
        {"id": "g1", "naam": "golf 1", "begin": "2027-03-01", "praktijken": ["oost"], "themas": []},
        {"id": "g2", "naam": "golf 2", "begin": "2027-04-01", "praktijken": [], "themas": ["bewegen"]},
    ]
    plan = planned(world(steps, PRACTICES[:2], golven=waves))
    assert {key: first for key, (first, _) in days(plan, "STAP-1", "STAP-2").items()} == {
        "STAP-1/noord": "02-01",
        "STAP-1/oost": "03-01",
        "STAP-2": "04-01",
    }


def test_the_neighbourhood_waits_for_the_practices_that_begin_first_and_in_the_end_for_all() -> None:
    steps = [
        step("STAP-1", "voorbereiding", "praktijk"),
        step("STAP-2", "nulmeting", na=["STAP-1"]),
        step("STAP-3", "borging", na=["STAP-1"]),
    ]
    wave = {"id": "g1", "naam": "golf 1", "begin": "2028-01-03", "praktijken": ["west"], "themas": []}
    plan = planned(world(steps, PRACTICES, golven=[wave]))
    assert {"STAP-1/noord", "STAP-1/oost"} == {key for key in plan.task("STAP-2").work.after if key.startswith("STAP-1")}
    assert {f"STAP-1/{each}" for each in PRACTICES} == {key for key in plan.task("STAP-3").work.after if key.startswith("STAP-1")}
    assert plan.task("STAP-2").end < date(2027, 3, 1)
    assert plan.task("STAP-3").start == date(2028, 1, 6)


def test_the_neighbourhood_waits_for_later_practices_where_no_other_does_it() -> None:
    own = [own_task("PRO-1", "invoering", niveau="praktijk", praktijken=["oost"]), own_task("PRO-2", "invoering", na=["PRO-1"])]
    wave = {"id": "g1", "naam": "golf 1", "begin": "2028-01-03", "praktijken": ["oost"], "themas": []}
    plan = planned(world(practices=PRACTICES[:2], golven=[wave], eigen_taken=own))
    assert days(plan, "PRO-1", "PRO-2") == {"PRO-1/oost": ("01-03", "01-05"), "PRO-2": ("01-06", "01-10")}


def test_a_practice_that_is_closed_all_the_time_does_not_stop_the_others() -> None:
    shut = [{"naam": "Dicht", "van": "2027-02-01", "tot": "2028-01-31", "praktijken": ["west"]}]
    steps = [step("STAP-1", "voorbereiding", "praktijk"), step("STAP-2", "invoering", na=["STAP-1"])]
    wave = {"id": "g1", "naam": "golf 1", "begin": "2027-02-02", "praktijken": ["west"], "themas": []}
    plan = planned(world(steps, PRACTICES, gesloten=shut, golven=[wave]))
    assert days(plan, "STAP-1") == {
        "STAP-1/noord": ("02-01", "02-03"),
        "STAP-1/oost": ("02-01", "02-03"),
        "STAP-1/west": ("02-01", "02-03"),
    }
    assert plan.task("STAP-1/west").start == date(2028, 2, 1)
    assert plan.task("STAP-2").end < date(2027, 3, 1)
    assert (plan.chain, plan.late) == (("STAP-1/west",), 0)


def test_a_role_without_a_single_working_day_in_years() -> None:
    shut = [{"naam": f"Dicht {year}", "van": f"{year}-01-01", "tot": f"{year}-12-31"} for year in range(2027, 2030)]
    with pytest.raises(NoWorkingDayError):
        planned(world(gesloten=shut))


def test_a_fixed_day_that_comes_too_early_is_kept_and_told() -> None:
    plan = planned(world([step("STAP-1", "voorbereiding", werkdagen="5")], taken={"POORT-1": {"op": "2027-02-04"}}))
    assert days(plan, "STAP-1", "POORT-1") == {"STAP-1": ("02-01", "02-05"), "POORT-1": ("02-04", "02-04")}
    (clash,) = plan.clashes
    assert (clash.task, clash.blocker, clash.room) == ("POORT-1", "STAP-1", 0)
    assert days(plan)["POORT-2"] == ("02-08", "02-08"), "what comes after waits for both"


def test_work_before_a_fixed_day_begins_on_a_working_day() -> None:
    own = own_task("PRO-1", "voorbereiding", werkdagen="10", op="2027-02-09")
    plan = planned(world(start="2027-02-06", eigen_taken=[own]))
    assert days(plan)["PRO-1"] == ("02-08", "02-09")
    assert [(clash.task, clash.blocker, clash.room) for clash in plan.clashes] == [("PRO-1", None, 2)]


def test_a_fixed_day_in_one_practice_is_its_own() -> None:
    change = {"op": "2027-03-01", "per_praktijk": {"oost": {"op": "2027-04-01"}}}
    plan = planned(world([step("STAP-1", "voorbereiding", "praktijk")], PRACTICES[:2], taken={"STAP-1": change}))
    assert {key: last for key, (_, last) in days(plan, "STAP-1").items()} == {"STAP-1/noord": "03-01", "STAP-1/oost": "04-01"}


def test_hours_on_a_fixed_day_outside_the_days_of_a_role() -> None:
    own = own_task("PRO-1", "voorbereiding", wie="poh", werkdagen="2", op="2027-02-10", uren="6")
    plan = planned(world(eigen_taken=[own], werkdagen={"poh": ["donderdag"]}))
    assert days(plan)["PRO-1"] == ("02-04", "02-10")
    assert plan.hours == {date(2027, 2, 1): {"poh": Decimal(3)}, date(2027, 2, 8): {"poh": Decimal(3)}}


def test_the_chain_ends_at_the_wave_that_decides() -> None:
    steps = [step("STAP-1", "voorbereiding"), step("STAP-2", "voorbereiding", thema="bewegen", na=["STAP-1"], werkdagen="60")]
    wave = {"id": "g1", "naam": "golf 1", "begin": "2027-02-27", "praktijken": [], "themas": ["bewegen"]}
    plan = planned(world(steps, golven=[wave]))
    assert (plan.chain, plan.chain_start) == (("STAP-2",), "het begin van golf 1, 27 februari 2027")


def test_the_chain_does_not_blame_a_task_for_closed_weeks() -> None:
    # The wave begins in a week in which only the neighbourhood's partners are free; the practice is ready before it is over.
    steps = [
        step("STAP-1", "voorbereiding", "praktijk"),
        step("STAP-2", "voorbereiding", na=["STAP-1"], thema="bewegen", wie="poh", werkdagen="30"),
    ]
    wave = {"id": "g1", "naam": "golf 1", "begin": "2027-02-02", "praktijken": [], "themas": ["bewegen"]}
    plan = planned(world(steps, golven=[wave], werkdagen={"poh": ["maandag"]}))
    assert days(plan, "STAP-1", "STAP-2")["STAP-2"][0] == "02-08"
    assert plan.chain == ("STAP-2",), "it works on Mondays; without STAP-1 it would begin on the same day"


# -- what is not done here -------------------------------------------------------------------------------------------


def with_requirement(level: str = "praktijk", provenance: str = "voorstel", **practices: Entry) -> World:
    """STAP-2 waits for BV-1-T1, which waits for STAP-1."""
    steps = [
        step("STAP-1", "voorbereiding", level, werkdagen="5"),
        seed("BV-1-T1", "voorbereiding", voorwaarde="BV-1", na=["STAP-1"]),
        step("STAP-2", "voorbereiding", level, na=["BV-1-T1"]),
    ]
    condition = requirement("BV-1", level, "kern", ["N-1"], "borging")
    return replace(
        world(steps),
        agreements={"N-1": agreement("N-1", "kern", provenance)},
        requirements={"BV-1": condition},
        practices=practices or {"noord": practice("noord")},
    )


@pytest.mark.parametrize("level", ["praktijk", "wijk"])
def test_what_waited_for_a_task_that_is_not_asked_waits_for_what_comes_before_that(level: str) -> None:
    unit = "/noord" if level == "praktijk" else ""
    asked, not_asked = (days(planned(with_requirement(level, each))) for each in ("afgeleid", "voorstel"))
    assert (asked[f"BV-1-T1{unit}"], asked[f"STAP-2{unit}"]) == (("02-08", "02-10"), ("02-11", "02-15"))
    assert f"BV-1-T1{unit}" not in not_asked
    assert not_asked[f"STAP-2{unit}"] == ("02-08", "02-10")


def test_a_practice_that_leaves_an_agreement_out_does_not_wait_for_its_task() -> None:
    choice = {"id": "N-1", "keuze": "weglaten", "besluit": {"op": "2026-01-01", "door": "raad", "reden": "Zo."}}
    plan = planned(with_requirement(provenance="afgeleid", noord=practice("noord"), oost=practice("oost", afspraken=[choice])))
    assert [task.id for task in plan.tasks if task.work.seed == "BV-1-T1"] == ["BV-1-T1/noord"]
    assert days(plan, "STAP-2") == {"STAP-2/noord": ("02-11", "02-15"), "STAP-2/oost": ("02-08", "02-10")}
    assert "STAP-1/oost" in plan.task("STAP-2/oost").work.after


def test_an_own_task_has_the_theme_of_its_requirement() -> None:
    files = with_requirement(provenance="afgeleid")
    condition = requirement("BV-1", "praktijk", "bewegen", ["N-1"], "borging")
    files = replace(files, requirements={"BV-1": condition}).with_planning(eigen_taken=[own_task("PRO-1", "invoering", voorwaarde="BV-1")])
    assert planned(files).task("PRO-1").work.theme == "bewegen"


def test_a_requirement_of_a_later_phase_does_not_hold_its_task_back() -> None:
    files = with_requirement(provenance="afgeleid")
    assert {each["fase"] for each in files.requirements.values()} == {"borging"}
    assert days(planned(files))["BV-1-T1/noord"] == ("02-08", "02-10")


def test_own_tasks_of_one_practice_that_wait_for_each_other_are_a_ring_and_not_an_endless_search() -> None:
    own = [
        own_task("PRO-1", "voorbereiding", niveau="praktijk", praktijken=["noord"], na=["PRO-2"]),
        own_task("PRO-2", "voorbereiding", niveau="praktijk", praktijken=["noord"], na=["PRO-1"]),
        own_task("PRO-3", "voorbereiding", niveau="praktijk", praktijken=["oost"], na=["PRO-1"]),
    ]
    with pytest.raises(CycleError):
        planned(world(practices=PRACTICES[:2], eigen_taken=own))


# -- own tasks between practice and neighbourhood, and rings ---------------------------------------------------------


def test_own_tasks_of_practices_and_of_the_neighbourhood_wait_for_each_other() -> None:
    own = [
        own_task("PRO-1", "voorbereiding"),
        own_task("PRO-2", "voorbereiding", niveau="praktijk", na=["PRO-1"]),
        own_task("PRO-3", "voorbereiding", na=["PRO-2"]),
    ]
    shut = [{"naam": "Dicht", "van": "2027-02-04", "tot": "2027-02-05", "praktijken": ["oost"]}]
    plan = planned(world(practices=PRACTICES[:2], eigen_taken=own, gesloten=shut))
    assert days(plan, "PRO-1", "PRO-2", "PRO-3") == {
        "PRO-1": ("02-01", "02-03"),
        "PRO-2/noord": ("02-04", "02-08"),
        "PRO-2/oost": ("02-08", "02-10"),
        "PRO-3": ("02-11", "02-15"),
    }
    assert days(plan)["POORT-1"] == ("02-16", "02-16"), "the gate waits for what the neighbourhood added"


@pytest.mark.parametrize(
    "own",
    [
        own_task("PRO-1", "voorbereiding", na=["PRO-1"]),
        own_task("PRO-1", "voorbereiding", na=["POORT-1"]),
        own_task("PRO-1", "voorbereiding", na=["STAP-1"]),
        own_task("PRO-1", "voorbereiding", niveau="praktijk", na=["STAP-1"]),
        own_task("PRO-1", "nulmeting", thema="bewegen", na=["POORT-3"]),
    ],
    ids=["itself", "its own gate", "a later phase", "a later phase of its practice", "a later gate"],
)
def test_a_ring_through_phases_is_found(own: Entry) -> None:
    with_last = world([step("STAP-1", "borging", "praktijk"), step("STAP-2", "invoering", na=["STAP-0"]), step("STAP-0", "voorbereiding")])
    looped = with_last.with_planning(eigen_taken=[own])
    if own["na"] == ["POORT-3"]:
        later = {**with_last.seeds, "STAP-2": step("STAP-2", "invoering", "wijk", thema="bewegen")}
        looped = replace(looped, seeds=later)
        looped = looped.with_planning(eigen_taken=[own, own_task("PRO-2", "invoering", na=["PRO-1"])])
    with pytest.raises(CycleError):
        planned(looped)


def test_a_gate_of_a_theme_closes_the_phase_of_the_theme() -> None:
    steps = [
        step("STAP-1", "voorbereiding", thema="bewegen"),
        step("STAP-2", "voorbereiding", thema="bewegen", poort="ja", werkdagen="1"),
        step("STAP-3", "nulmeting", "praktijk", thema="bewegen", poort="ja"),
    ]
    plan = planned(world(steps))
    assert plan.task("STAP-2").start > plan.task("STAP-1").end
    assert plan.task("STAP-3/noord").start > plan.task("POORT-1").end


# -- the reference itself --------------------------------------------------------------------------------------------


def test_twenty_practices_with_the_whole_reference_take_no_time() -> None:
    catalogue = load_catalogue()
    practices = {f"praktijk-{number}": practice(f"praktijk-{number}") for number in range(20)}
    shut = [{"naam": f"Dicht {key}", "van": "2027-08-02", "tot": "2027-08-20", "praktijken": [key]} for key in practices]
    part_time = {"huisarts": ["maandag", "donderdag"], "poh": ["dinsdag"]}
    files = replace(world(gesloten=shut, werkdagen=part_time), practices=practices, themes=tuple(catalogue.themes))
    neighbourhood = resolve(catalogue, files.site())
    began = time.process_time()
    plan = make_plan(neighbourhood)
    assert plan
    assert len(plan.tasks) > 400
    assert time.process_time() - began < 1
