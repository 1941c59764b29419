"""The days behind the implementation plan: its longest chain and milestones, what was assumed, and the plan of then beside now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kbrollout.documents.parts import MANY, Data, role_name
from kbrollout.documents.planparts import (
    bodies_of,
    days_text,
    formal_bodies,
    gates,
    plain_days,
    seeds_of,
    short_date,
    task_data,
    what,
)
from kbrollout.grammar import counted, long_date
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan, PlannedTask
from kbrollout.model.planning import FreePeriod, Planning
from kbrollout.scheduling.make import Calendars
from kbrollout.scheduling.workdays import public_holiday


def chain(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    """The tasks that decide the end, the first one first."""
    return [{**task_data(neighbourhood, plan, plan.task(key)), "unit": _unit(neighbourhood, plan.task(key))} for key in plan.chain]


def _unit(neighbourhood: Neighbourhood, task: PlannedTask) -> str | None:
    """The practice that does a task, by name; None for the neighbourhood."""
    return neighbourhood.practice_names[task.work.unit] if task.work.unit else None


def milestones(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    """The days to remember, the first one first."""
    found = sorted(dict.fromkeys(_milestones(neighbourhood, plan)), key=lambda each: each[0])
    return [{"day": short_date(day), "what": text, "kind": kind} for day, text, kind in found]


def _milestones(neighbourhood: Neighbourhood, plan: Plan) -> Iterator[tuple[date, str, str]]:
    planning, adopted = neighbourhood.site.planning, neighbourhood.site.profile.adopted
    yield plan.start, "Start van het plan", "start"
    for wave in planning.waves if planning else ():
        yield wave.start, f"Begin van {wave.name}", "golf"
    for phase, gate in gates(plan).items():
        yield gate.end, f"Poort: {phase.value} afgesloten ({role_name(neighbourhood, gate.work.who)})", "poort"
    for task in plan.tasks:
        if task.work.fixed and not task.work.gate:
            unit = _unit(neighbourhood, task)
            yield task.work.fixed, f"{what(neighbourhood, task.work)}{f' ({unit})' if unit else ''}", "vast"
    yield from _meetings(neighbourhood, plan)
    yield plan.end, "Alles is klaar", "einde"
    if plan.wished_end:
        yield plan.wished_end, "Gewenst einde", "einde"
    if adopted:
        body = next(body.name for body in neighbourhood.site.profile.bodies if body.id == adopted.by)
        yield adopted.on, f"Versie {adopted.version} van de afspraken vastgesteld door {body}", "besluit"


def _meetings(neighbourhood: Neighbourhood, plan: Plan) -> Iterator[tuple[date, str, str]]:
    """The first and the last meeting of every body that decides."""
    roles = {gate.work.who for gate in gates(plan).values()}
    deciding = [*(body for role in sorted(roles) for body in bodies_of(neighbourhood, role)), *formal_bodies(neighbourhood)]
    for body in {each.id: each for each in deciding}.values():
        days = [meeting.day for meeting in plan.meetings if meeting.body == body.id]
        if days:
            yield days[0], f"Eerste overleg van {body.name}", "overleg"
        if len(days) > 1:
            yield days[-1], f"Laatste overleg van {body.name} in dit plan", "overleg"


def assumptions(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """What the days rest on: lengths that are assumptions, free days, working days per role, meetings that lapse."""
    planning = neighbourhood.site.planning
    # Where one practice has a task arranged and another has not, the length is that of the work itself.
    different = list(seeds_of(sorted(plan.tasks, key=lambda task: bool(task.work.covered))))
    assumed = [task.work for task in different if task.work.assumed and not task.work.covered]
    lengths = sorted({work.working_days for work in assumed})
    return {
        "assumed": len(assumed),
        "different": len(different),
        "lengths": [
            {"days": plain_days(length), "tasks": sorted(work.seed for work in assumed if work.working_days == length)}
            for length in lengths
        ],
        "known": [{"id": task.work.seed, "days": plain_days(task.work.working_days)} for task in different if not task.work.assumed],
        "holidays": _holidays(plan),
        "free": [_free(neighbourhood, planning, period) for period in (planning.free_periods if planning else ()) if _during(plan, period)],
        "roles": [
            {"role": role_name(neighbourhood, role), "days": [day.value for day in days]}
            for role, days in (planning.workdays.items() if planning else ())
        ],
        "meetings": _changed_meetings(plan),
    }


def _holidays(plan: Plan) -> list[Data]:
    """The public holidays on weekdays while the plan runs."""
    days = (plan.start + timedelta(days=number) for number in range((plan.end - plan.start).days + 1))
    return [{"day": short_date(day), "name": name} for day in days if day.weekday() < 5 and (name := public_holiday(day))]


def _during(plan: Plan, period: FreePeriod) -> bool:
    return period.first <= max(plan.end, plan.wished_end or plan.end) and plan.start <= period.last


def _changed_meetings(plan: Plan) -> list[Data]:
    """Per body the meetings that move because of a free day, and those that lapse."""
    moved = [each for each in plan.meetings if each.day != each.regular]
    return [
        {
            "name": name,
            "moved": [{"then": short_date(each.regular), "now": short_date(each.day)} for each in moved if each.name == name],
            "lapsed": [{"day": short_date(each.regular), "reason": each.reason} for each in plan.lapsed if each.name == name],
        }
        for name in dict.fromkeys([*(each.name for each in moved), *(each.name for each in plan.lapsed)])
    ]


def _free(neighbourhood: Neighbourhood, planning: Planning | None, period: FreePeriod) -> Data:
    names = neighbourhood.practice_names
    everyone = len(names) > 1 and names.keys() == {*period.practices}
    school = planning is not None and period in planning.school_holidays
    return {
        "name": period.name,
        "when": days_text(period.first, period.last),
        "kind": "schoolvakantie" if school else "gesloten",
        "practices": ["alle praktijken"] if everyone else [names[each] for each in period.practices],
        "source": period.source,
    }


def baseline(neighbourhood: Neighbourhood, plan: Plan) -> Data | None:
    """The plan as it was approved beside that of now; None while none was. Practices with the same days stand together."""
    planning = neighbourhood.site.planning
    if plan.baseline_on is None or planning is None:
        return None
    calendars = Calendars(planning)
    moved = [task for task in plan.tasks if task.baseline and task.baseline != (task.start, task.end)]
    new = [task for task in plan.tasks if task.baseline is None]
    dropped: dict[str, list[str]] = {}
    for seed, _, unit in (identifier.partition("/") for identifier in plan.dropped):
        dropped.setdefault(seed, []).extend([neighbourhood.practice_names.get(unit, unit)] if unit else [])
    return {
        "on": long_date(plan.baseline_on),
        "moved": [_moved(neighbourhood, calendars, tasks) for tasks in _alike(moved)],
        "new": [_named(neighbourhood, tasks) for tasks in _alike(new)],
        "dropped": [{"id": seed, "units": _few(units)} for seed, units in dropped.items()],
    }


def _alike(tasks: Iterable[PlannedTask]) -> list[list[PlannedTask]]:
    """The same task of several practices together, where its days are the same, then and now."""
    found: dict[object, list[PlannedTask]] = {}
    for task in tasks:
        found.setdefault((task.work.seed, task.start, task.end, task.baseline), []).append(task)
    return list(found.values())


def _few(names: list[str]) -> list[str]:
    """The names of practices; many are counted."""
    return names if len(names) <= MANY else [counted(len(names), "praktijk", "praktijken")]


def _named(neighbourhood: Neighbourhood, tasks: Sequence[PlannedTask]) -> Data:
    first, names = tasks[0], neighbourhood.practice_names
    units = _few([names[task.work.unit] for task in tasks if task.work.unit])
    when = days_text(first.start, first.end)
    return {"id": first.work.seed, "what": what(neighbourhood, first.work), "units": units, "when": when}


def _moved(neighbourhood: Neighbourhood, calendars: Calendars, tasks: Sequence[PlannedTask]) -> Data:
    """A task that moved, and how many working days its end came later or earlier."""
    task = tasks[0]
    assert task.baseline
    then = task.baseline[1]
    days = len(calendars.of(task.work.unit, "").days(min(then, task.end) + timedelta(days=1), max(then, task.end)))
    word = "later" if task.end > then else "eerder"
    difference = f"{plain_days(days)} {word}" if days else "zelfde einde"
    return {**_named(neighbourhood, tasks), "then": days_text(*task.baseline), "difference": difference}
