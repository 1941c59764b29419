"""Checks on tasks that need all of them: rings of tasks that wait for each other, gates, requirements without a task."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

from kbrollout.errors import Problem
from kbrollout.messages import problem
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.conditions import Requirement
from kbrollout.model.framework import Element, Phase, UnitLevel
from kbrollout.model.plan import Work
from kbrollout.model.tasks import ElementText, TaskSeed
from kbrollout.scheduling.work import linked
from kbrollout.yamlfile import Sourced

_A_PRACTICE = "praktijk"


def ring(after: Mapping[str, Sequence[str]]) -> list[str] | None:
    """A short ring of tasks that wait for each other, each for the next and the last the same as the first; None without."""
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        on_a_ring: list[str] = error.args[1][1:]
        return min((_shortest_ring(after, identifier) for identifier in on_a_ring), key=len)
    return None


def _shortest_ring(after: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """The shortest way back from a task that is known to be on a ring."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while start not in came_from:
        here = waiting.popleft()
        for following in after.get(here, ()):
            if following not in came_from:
                came_from[following] = here
                waiting.append(following)
    way = [start]
    while len(way) == 1 or way[0] != start:
        way.insert(0, came_from[way[0]])
    return way


def task_problems(
    tasks: Sequence[TaskSeed], requirements: Sequence[Requirement], elements: Sequence[ElementText], source: Sourced
) -> Iterator[Problem]:
    """Problems with the tasks of the reference as a whole."""
    place = source.place(("taken",))
    found = ring(_waits_for(tasks, requirements))
    if found:
        names = [identifier.partition("/")[0] for identifier in found]
        number = next(number for number, task in enumerate(tasks) if task.id == names[0])
        yield problem("taken-in-een-kring", source.place(("taken", number, "na")), keten=" → ".join(names))
    for phase in Phase:
        gates = [task.id for task in tasks if task.gate and task.phase is phase and task.level is UnitLevel.NEIGHBOURHOOD]
        if len(gates) != 1:
            yield problem("poort-per-fase", place, fase=phase.value, aantal=len(gates))
    served = {task.requirement for task in tasks}
    for requirement in requirements:
        if requirement.id not in served:
            yield problem("voorwaarde-zonder-taak", place, gegeven=requirement.id)
    explained = {each.id for each in elements}
    for element in Element:
        if element not in explained:
            yield problem("element-ontbreekt", place, gegeven=element.value)


def _waits_for(tasks: Sequence[TaskSeed], requirements: Sequence[Requirement]) -> dict[str, tuple[str, ...]]:
    """Per task all that it waits for, also because of its phase, where one practice does everything there is."""
    served = {requirement.id: requirement for requirement in requirements}
    works, units = [], {}
    for task in tasks:
        requirement = served[task.requirement] if task.requirement else None
        level = requirement.level if requirement else task.level
        unit = _A_PRACTICE if level is UnitLevel.PRACTICE else None
        units[task.id] = (unit,)
        works.append(
            Work(
                id=f"{task.id}/{unit}" if unit else task.id,
                seed=task.id,
                unit=unit,
                what=task.what,
                who=task.who,
                phase=task.phase,
                theme=requirement.theme if requirement else task.theme or CORE_THEME,
                element=task.element,
                working_days=task.working_days,
                assumed=True,
                earliest=date.min,
                after=task.after,
                gate=task.gate,
            )
        )
    return {work.id: work.after for work in linked(works, units, {task.id: task.after for task in tasks}, (_A_PRACTICE,))}
