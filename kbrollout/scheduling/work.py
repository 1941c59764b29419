"""The tasks of a neighbourhood: every seed whose requirement is asked, per practice, with all that it waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kbrollout.model.catalogue import CORE_THEME, Catalogue
from kbrollout.model.framework import Phase, UnitLevel
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Work
from kbrollout.model.planning import OwnTask, Planning, TaskChange, wave_start
from kbrollout.model.site import Practice
from kbrollout.model.tasks import TaskSeed

COVERED_DAYS = 1
"""What a practice's MTVP plan arranges already only has to be looked at."""

PHASES = tuple(Phase)

Group = tuple[str | None, str, Phase]
"""The unit (None: the neighbourhood), theme and phase of tasks."""


def all_work(neighbourhood: Neighbourhood, planning: Planning, start: date) -> tuple[Work, ...]:
    """Every task with what it waits for, in the order of the reference; own tasks after those."""
    seeds = tuple(_seeds_here(neighbourhood))
    units = _units(neighbourhood, seeds, planning)
    tasks: list[TaskSeed | OwnTask] = [*seeds, *planning.own_tasks]
    found = [_work(neighbourhood, planning, start, task, unit) for task in tasks for unit in units[task.id]]
    return linked(found, units, _asked_after(neighbourhood.catalogue, planning), first_practices(neighbourhood, planning, start))


def first_practices(neighbourhood: Neighbourhood, planning: Planning, start: date) -> tuple[str, ...]:
    """The practices that begin first: those whose results the neighbourhood waits for before it goes on."""
    begins = {practice.id: wave_start(planning, start, practice.id, None) for practice in neighbourhood.site.profile.practices}
    return tuple(practice for practice, day in begins.items() if day == min(begins.values()))


def _seeds_here(neighbourhood: Neighbourhood) -> Iterator[TaskSeed]:
    """The seeds of requirements that are asked here, and the fixed steps of the core and of chosen themes."""
    asked = {each.id for each in neighbourhood.requirements if each.asked}
    chosen = {CORE_THEME, *(chosen.theme.id for chosen in neighbourhood.themes)}
    for seed in neighbourhood.catalogue.tasks.values():
        if seed.requirement in asked or (seed.requirement is None and (seed.theme or CORE_THEME) in chosen):
            yield seed


def _units(neighbourhood: Neighbourhood, seeds: Sequence[TaskSeed], planning: Planning) -> Mapping[str, tuple[str | None, ...]]:
    """Per task the units that do it: practices, or None for the neighbourhood."""
    practices = [practice.id for practice in neighbourhood.site.profile.practices]
    requirements = neighbourhood.catalogue.requirements
    # A practice that leaves out every agreement that a requirement serves is not asked for it.
    asked = {practice: neighbourhood.requirements_of(practice) for practice in practices}
    units: dict[str, tuple[str | None, ...]] = {}
    for seed in seeds:
        level = requirements[seed.requirement].level if seed.requirement else seed.level
        doing = tuple(each for each in practices if seed.requirement is None or seed.requirement in asked[each])
        units[seed.id] = doing if level is UnitLevel.PRACTICE else (None,)
    for task in planning.own_tasks:
        units[task.id] = (task.practices or tuple(practices)) if task.level is UnitLevel.PRACTICE else (None,)
    return units


def _work(neighbourhood: Neighbourhood, planning: Planning, start: date, task: TaskSeed | OwnTask, unit: str | None) -> Work:
    """A task for one unit, not yet linked to others."""
    catalogue = neighbourhood.catalogue
    requirement = catalogue.requirements[task.requirement] if task.requirement else None
    theme = task.theme or (requirement.theme if requirement else CORE_THEME)
    practice = next((each for each in neighbourhood.site.profile.practices if each.id == unit), None)
    earliest = wave_start(planning, start, unit, theme)
    common = Work(
        id=_id(task.id, unit),
        seed=task.id,
        unit=unit,
        what=task.what,
        who=who_in(catalogue, task.who, practice),
        phase=task.phase,
        theme=theme,
        element=task.element,
        working_days=task.working_days,
        assumed=True,
        earliest=earliest,
        after=task.after,
        requirement=task.requirement,
        agreements=_served(neighbourhood, task),
        explanation=task.explanation,
    )
    if isinstance(task, OwnTask):
        return replace(common, own=True, assumed=task.assumption, fixed=task.on, hours=task.hours)
    return _changed(_covered(replace(common, gate=task.gate, outcome=task.outcome, mtvp=task.mtvp), practice), planning.tasks.get(task.id))


def who_in(catalogue: Catalogue, role: str, practice: Practice | None) -> str:
    """The role that does something in a practice: another one where the practice does not have that function."""
    return catalogue.index.stand_in if practice and role in practice.without else role


def _served(neighbourhood: Neighbourhood, task: TaskSeed | OwnTask) -> tuple[str, ...]:
    """The agreements that hold and that a task helps to carry out."""
    serves = next((each.serves for each in neighbourhood.requirements if each.id == task.requirement), ())
    return tuple(dict.fromkeys([*serves, *(each for each in task.agreements if each in neighbourhood.holding)]))


def _covered(work: Work, practice: Practice | None) -> Work:
    covered = tuple(part for part in work.mtvp if practice and practice.mtvp and part in practice.mtvp)
    return replace(work, covered=covered, working_days=COVERED_DAYS) if covered else work


def _changed(work: Work, change: TaskChange | None) -> Work:
    """The task with what the neighbourhood knows of it."""
    if change is None:
        return work
    in_practice = change.per_practice.get(work.unit) if work.unit else None
    fixed = in_practice.on if in_practice else change.on
    if change.working_days:
        work = replace(work, working_days=change.working_days, assumed=False)
    return replace(work, fixed=fixed, hours=change.hours)


def _asked_after(catalogue: Catalogue, planning: Planning) -> Mapping[str, tuple[str, ...]]:
    """Per task what it waits for by its own words, also for tasks that are not done here."""
    tasks: list[TaskSeed | OwnTask] = [*catalogue.tasks.values(), *planning.own_tasks]
    return {task.id: task.after for task in tasks}


def linked(
    found: Sequence[Work], units: Mapping[str, tuple[str | None, ...]], asked_after: Mapping[str, tuple[str, ...]], first: tuple[str, ...]
) -> tuple[Work, ...]:
    """The tasks with everything that each of them waits for."""
    groups: dict[Group, list[Work]] = {}
    for work in found:
        groups.setdefault((work.unit, work.theme, work.phase), []).append(work)

    def awaited(work: Work) -> Iterator[str]:
        yield from _by_its_words(work, units, asked_after, first)
        yield from (each.id for each in _by_phase(work, groups))

    return tuple(replace(work, after=tuple(dict.fromkeys(awaited(work)))) for work in found)


def _by_phase(work: Work, groups: Mapping[Group, list[Work]]) -> Iterator[Work]:
    """What a task waits for because of its phase.

    The earlier phases of the same unit and theme, and the gate that the neighbourhood passed. To roll out, what the
    neighbourhood prepares for the theme and what the unit does first for the core. A gate waits for its phase.
    """
    yield from _earlier(groups, work.unit, work.theme, work.phase)
    yield from (each for each in _earlier(groups, None, CORE_THEME, work.phase) if each.gate)
    if PHASES.index(work.phase) >= PHASES.index(Phase.ROLLOUT):
        if work.unit:
            yield from _earlier(groups, None, work.theme, Phase.ROLLOUT)
        if work.theme != CORE_THEME:
            yield from _earlier(groups, work.unit, CORE_THEME, Phase.ROLLOUT)
    if work.gate:
        yield from (each for each in groups[work.unit, work.theme, work.phase] if not each.gate)


def _earlier(groups: Mapping[Group, list[Work]], unit: str | None, theme: str, phase: Phase) -> list[Work]:
    """The work of a unit on a theme in the nearest phase before `phase` in which it has any."""
    before = reversed(PHASES[: PHASES.index(phase)])
    return next((groups[group] for each in before if (group := (unit, theme, each)) in groups), [])


def _by_its_words(
    work: Work, units: Mapping[str, tuple[str | None, ...]], asked_after: Mapping[str, tuple[str, ...]], first: tuple[str, ...]
) -> Iterator[str]:
    """What a task waits for by its own words; for a task that is not done here, what that one would have waited for."""
    waiting, seen = list(work.after), set[str]()
    while waiting:
        seed = waiting.pop(0)
        if seed not in seen:
            seen.add(seed)
            found = _units_awaited(work, units.get(seed, ()), first)
            waiting += () if found else asked_after[seed]
            yield from (_id(seed, unit) for unit in found)


def _units_awaited(work: Work, units: tuple[str | None, ...], first: tuple[str, ...]) -> tuple[str | None, ...]:
    """Whose work a task waits for: in the same practice, or of the neighbourhood.

    The neighbourhood waits for the practices that begin first, where one of those does the task, and only when it secures
    what was done for all of them.
    """
    if units == (None,):
        return units
    if work.unit:
        return (work.unit,) if work.unit in units else ()
    at_first = () if work.phase is Phase.SECURING else tuple(unit for unit in units if unit in first)
    return at_first or units


def _id(seed: str, unit: str | None) -> str:
    return f"{seed}/{unit}" if unit else seed
