"""The tables of tasks in the implementation plan: per phase of the neighbourhood, with its gate, and per practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbrollout.documents.parts import Data, role_name
from kbrollout.documents.planparts import (
    Group,
    bodies_of,
    days_text,
    of_phase,
    of_the_neighbourhood,
    plain_days,
    practice_groups,
    task_data,
    tasks_count,
    weekday,
)
from kbrollout.grammar import capitalised, long_date, lowered, series
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import BodyFunction, Phase
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan, PlannedTask
from kbrollout.model.site import Body
from kbrollout.tailoring import deciding_bodies

MOST_COLUMNS = 4
"""More columns with days beside the tasks of practices do not fit on paper."""


def phases(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    """What the neighbourhood does in each phase, and the gate that closes it."""
    found = []
    for phase in Phase:
        tasks = of_phase(plan, phase)
        if tasks:
            gate = next((task for task in tasks if task.work.gate), None)
            found.append(
                {
                    "id": phase.value,
                    "name": capitalised(phase.value),
                    "when": days_text(min(task.start for task in tasks), max(task.end for task in tasks)),
                    "count": tasks_count(len(tasks)),
                    "tasks": [_row(neighbourhood, plan, task) for task in tasks],
                    "gate": gate and _gate(neighbourhood, plan, gate),
                }
            )
    return found


def _row(neighbourhood: Neighbourhood, plan: Plan, task: PlannedTask) -> Data:
    return {**task_data(neighbourhood, plan, task), "gate": task.work.gate, "after": _waits_for(neighbourhood, plan, task)}


def _waits_for(neighbourhood: Neighbourhood, plan: Plan, task: PlannedTask) -> list[Data]:
    """What a task waits for apart from what the order of the phases says already. The same task of practices counts as one.

    That a gate waits for all of the core in its phase is said once, in words.
    """
    by_id = {each.id: each.work for each in plan.tasks}
    asked = _asked_after(neighbourhood, task.work.seed)
    awaited = [by_id[identifier] for identifier in task.work.after]
    told = [work for work in awaited if work.phase is task.work.phase or work.seed in asked]
    own = [work for work in told if work.unit or work.theme != CORE_THEME or not task.work.gate]
    return list({work.seed: {"id": work.seed, "practices": work.unit is not None} for work in own}.values())


def _asked_after(neighbourhood: Neighbourhood, seed: str) -> tuple[str, ...]:
    """What a task of the site itself says that it waits for; in the reference that lies within its phase."""
    own = neighbourhood.site.planning.own_tasks if neighbourhood.site.planning else ()
    return next((task.after for task in own if task.id == seed), ())


def _gate(neighbourhood: Neighbourhood, plan: Plan, gate: PlannedTask) -> Data:
    """Who decides at a gate, when, in which meeting, and what must be arranged by then."""
    bodies = bodies_of(neighbourhood, gate.work.who)
    requirements = neighbourhood.catalogue.requirements
    by_id = {each.id: each for each in plan.tasks}
    awaited = dict.fromkeys(by_id[identifier].work.requirement for identifier in gate.work.after)
    last = {task.work.requirement: task for task in sorted(of_the_neighbourhood(plan), key=lambda each: each.end)}
    arranged = [key for key in awaited if key in last and last[key].work.phase is gate.work.phase and last[key].end <= gate.end]
    return {
        **task_data(neighbourhood, plan, gate),
        "day": long_date(gate.end),
        "bodies": [body.name for body in bodies],
        "others": [body.name for body in deciding_bodies(neighbourhood.site.profile.bodies, BodyFunction.DECIDES)],
        "meeting": _first_meeting(plan, bodies, gate),
        "requirements": [{"id": key, "title": requirements[key].title} for key in arranged if key],
    }


def _first_meeting(plan: Plan, bodies: Sequence[Body], gate: PlannedTask) -> str | None:
    """The first meeting of a deciding body on or after the day of a gate, in words."""
    names = {body.id for body in bodies}
    meeting = next((each for each in plan.meetings if each.body in names and each.day >= gate.end), None)
    if meeting is None:
        return None
    return f"{meeting.name}, {weekday(meeting.day)} {long_date(meeting.day)} om {meeting.starts:%H.%M} uur"


def practices(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """The tasks of practices, each once, with a column of days per group of practices that have the same ones."""
    groups = practice_groups(neighbourhood, plan)
    return {
        "groups": [_group(group) for group in groups],
        "tables": [_practice_tables(neighbourhood, plan, part) for part in _parts(groups)],
    }


def _parts(groups: Sequence[Group]) -> list[Sequence[Group]]:
    """The groups over as few tables as possible, about equally many in each."""
    tables = -(-len(groups) // MOST_COLUMNS)
    return [groups[len(groups) * number // tables : len(groups) * (number + 1) // tables] for number in range(tables)]


def _group(group: Group) -> Data:
    return {
        "name": group.name,
        "practices": [practice.name for practice in group.practices],
        "when": days_text(group.start, group.end),
        "count": tasks_count(len(group.tasks)),
    }


def _practice_tables(neighbourhood: Neighbourhood, plan: Plan, groups: Sequence[Group]) -> Data:
    """One table per phase for some groups of practices."""
    rows = {phase: list(_practice_rows(neighbourhood, plan, groups, phase)) for phase in Phase}
    return {
        "groups": [group.name for group in groups],
        "phases": [{"name": phase.value, "rows": found} for phase, found in rows.items() if found],
    }


def _practice_rows(neighbourhood: Neighbourhood, plan: Plan, groups: Sequence[Group], phase: Phase) -> Iterator[Data]:
    """Every task of a phase with a cell per group; the earliest first."""
    cells: dict[str, dict[str, PlannedTask]] = {}
    for group in groups:
        for task in group.tasks:
            if task.work.phase is phase:
                cells.setdefault(task.work.seed, {})[group.name] = task
    for found in sorted(cells.values(), key=lambda each: (min(task.start for task in each.values()), next(iter(each.values())).work.seed)):
        first = next((task for task in found.values() if not task.work.covered), next(iter(found.values())))
        yield {
            **task_data(neighbourhood, plan, first),
            "mtvp": _maybe_covered(neighbourhood, groups, found),
            "cells": [_cell(neighbourhood, found.get(group.name), first) for group in groups],
        }


def _maybe_covered(neighbourhood: Neighbourhood, groups: Sequence[Group], found: dict[str, PlannedTask]) -> Data | None:
    """The parts of a plan for more time for the patient that may arrange the task, and who is asked where not everybody is."""
    doing = [group for group in groups if group.name in found]
    asked = [group for group in doing if any(practice.mtvp is None for practice in group.practices)]
    parts = found[doing[0].name].work.mtvp
    if not asked or not parts:
        return None
    return {"parts": _mtvp_parts(neighbourhood, parts), "groups": [group.name for group in asked] if len(asked) < len(doing) else []}


def _mtvp_parts(neighbourhood: Neighbourhood, parts: Sequence[str]) -> str:
    return series([lowered(neighbourhood.catalogue.mtvp_parts[part].name) for part in parts])


def _cell(neighbourhood: Neighbourhood, task: PlannedTask | None, first: PlannedTask) -> Data | None:
    """The days of a task in one group of practices, and who does it where that is another role."""
    if task is None:
        return None
    return {
        "when": days_text(task.start, task.end),
        "fixed": task.work.fixed is not None,
        "days": plain_days(task.work.working_days) if _other_length(task, first) else None,
        "who": role_name(neighbourhood, task.work.who) if task.work.who != first.work.who else None,
        "covered": _mtvp_parts(neighbourhood, task.work.covered) if task.work.covered else None,
    }


def _other_length(task: PlannedTask, first: PlannedTask) -> bool:
    return task.work.working_days != first.work.working_days and not task.work.covered


def first_steps(neighbourhood: Neighbourhood, plan: Plan, count: int) -> list[Data]:
    """What is done first, whoever does it."""
    by_seed = {task.work.seed: task for task in reversed(plan.tasks)}
    earliest = sorted(by_seed.values(), key=lambda task: (task.start, task.work.unit or "", task.id))[:count]
    return [{**task_data(neighbourhood, plan, task), "practices": bool(task.work.unit)} for task in earliest]
