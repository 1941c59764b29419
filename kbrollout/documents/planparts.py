"""Pieces that the tables of the implementation plan share: days in words, tasks as rows, practices with the same days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kbrollout.documents.parts import Data, role_name
from kbrollout.documents.wording import said
from kbrollout.grammar import MONTHS, counted
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import BodyFunction, Phase, Weekday
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan, PlannedTask, Work
from kbrollout.model.planning import Planning
from kbrollout.model.site import Body, Practice

CORE_NAME = "Kern"
LONGEST_HEADING = 45
"""Characters. A longer name of a practice does not head a column."""


def short_date(day: date) -> str:
    """`3 mrt 2027`: the month as narrow tables have room for it."""
    month = "mrt" if day.month == 3 else MONTHS[day.month - 1][:3]
    return f"{day.day} {month} {day.year}"


def days_text(first: date, last: date) -> str:
    """`3 mrt 2027`, `3 – 12 mrt 2027`, `3 mrt – 2 apr 2027`, `20 dec 2027 – 14 jan 2028`: both days belong to it."""
    if first == last:
        return short_date(last)
    words = short_date(first).split()
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    begin = words[: 1 if same_month else 2 if same_year else 3]
    return f"{' '.join(begin)} – {short_date(last)}"


def weekday(day: date) -> str:
    """The name of a working day."""
    return tuple(Weekday)[day.weekday()].value


def month_text(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def what(neighbourhood: Neighbourhood, work: Work) -> str:
    """What is done, in local words."""
    return said(neighbourhood, work.what, own=work.own)


def planning_of(neighbourhood: Neighbourhood) -> Planning:
    """The planning; whoever has a plan has one."""
    assert neighbourhood.site.planning is not None
    return neighbourhood.site.planning


def of_the_neighbourhood(plan: Plan) -> list[PlannedTask]:
    return [task for task in plan.tasks if task.work.unit is None]


def of_phase(plan: Plan, phase: Phase) -> list[PlannedTask]:
    """What the neighbourhood itself does in a phase."""
    return [task for task in of_the_neighbourhood(plan) if task.work.phase is phase]


def theme_names(neighbourhood: Neighbourhood) -> dict[str, str]:
    """The core, the chosen themes in the order of the reference, and other themes that own tasks are about."""
    names = {CORE_THEME: CORE_NAME, **{chosen.theme.id: chosen.name for chosen in neighbourhood.themes}}
    planning = neighbourhood.site.planning
    for task in planning.own_tasks if planning else ():
        if task.theme and task.theme not in names:
            names[task.theme] = neighbourhood.catalogue.themes[task.theme].name
    return names


def task_data(neighbourhood: Neighbourhood, plan: Plan, task: PlannedTask) -> Data:
    """One task as tables show it. All texts are in local words already."""
    work = task.work
    return {
        "id": work.seed,
        "what": what(neighbourhood, work),
        "explanation": said(neighbourhood, work.explanation, own=work.own) if work.explanation else None,
        "outcome": said(neighbourhood, work.outcome) if work.outcome else None,
        "who": role_name(neighbourhood, work.who),
        "nobody": nobody_fills(neighbourhood, plan, work.who),
        "when": days_text(task.start, task.end),
        "days": duration(work),
        "requirement": work.requirement,
        "element": work.element.value,
        "own": work.own,
        "fixed": work.fixed is not None,
    }


def duration(work: Work) -> str:
    """`10 werkdagen (aanname)`."""
    return f"{plain_days(work.working_days)}{' (aanname)' if work.assumed and not work.covered else ''}"


def plain_days(count: int) -> str:
    """`1 werkdag`, `10 werkdagen`, as tables have it."""
    return f"{count} {'werkdag' if count == 1 else 'werkdagen'}"


def bodies_of(neighbourhood: Neighbourhood, role: str) -> list[Body]:
    """The bodies that fill a role."""
    binding = neighbourhood.site.profile.roles.get(role)
    chosen = binding.bodies if binding else ()
    return [body for body in neighbourhood.site.profile.bodies if body.id in chosen]


def formal_bodies(neighbourhood: Neighbourhood) -> list[Body]:
    """The bodies that decide, whatever role they fill."""
    return [body for body in neighbourhood.site.profile.bodies if body.function is BodyFunction.DECIDES]


def nobody_fills(neighbourhood: Neighbourhood, plan: Plan, role: str) -> bool:
    """Whether a role has nobody: no partner or practice, or no body where the role decides at a gate."""
    if any(gate.work.who == role for gate in gates(plan).values()):
        return not bodies_of(neighbourhood, role)
    return not neighbourhood.roles[role].filled_by


def gates(plan: Plan) -> dict[Phase, PlannedTask]:
    """The step that closes each phase."""
    return {task.work.phase: task for task in plan.tasks if task.work.gate}


@dataclass(frozen=True)
class Group:
    """Practices that do the same on the same days."""

    name: str
    practices: tuple[Practice, ...]
    tasks: tuple[PlannedTask, ...]

    @property
    def start(self) -> date:
        return min(task.start for task in self.tasks)

    @property
    def end(self) -> date:
        return max(task.end for task in self.tasks)


def practice_groups(neighbourhood: Neighbourhood, plan: Plan) -> list[Group]:
    """The practices with work, those with the same days together, the earliest first."""
    found: dict[object, list[Practice]] = {}
    tasks: dict[str, tuple[PlannedTask, ...]] = {}
    for practice in neighbourhood.site.profile.practices:
        tasks[practice.id] = tuple(task for task in plan.tasks if task.work.unit == practice.id)
        same = tuple((each.work.seed, each.work.who, each.start, each.end, each.work.covered) for each in tasks[practice.id])
        found.setdefault(same, []).append(practice)
    filled = [practices for practices in found.values() if tasks[practices[0].id]]
    ordered = sorted(filled, key=lambda practices: min(task.start for task in tasks[practices[0].id]))
    return [
        Group(_group_name(number, practices, len(filled)), tuple(practices), tasks[practices[0].id])
        for number, practices in enumerate(ordered, 1)
    ]


def _group_name(number: int, practices: list[Practice], groups: int) -> str:
    if len(practices) == 1 and (groups == 1 or len(practices[0].name) <= LONGEST_HEADING):
        return practices[0].name
    return "Alle praktijken" if groups == 1 else f"Groep {number}"


def seeds_of(tasks: Iterable[PlannedTask]) -> Iterator[PlannedTask]:
    """Every task once, whoever does it; of the same in several practices the first."""
    seen: set[str] = set()
    for task in tasks:
        if task.work.seed not in seen:
            seen.add(task.work.seed)
            yield task


def tasks_count(count: int) -> str:
    return counted(count, "taak", "taken")
