"""The Gantt charts of the implementation plan as plain data: one overview, and one per phase of the neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kbrollout.documents.parts import Data
from kbrollout.documents.planparts import Group, gates, of_phase, practice_groups, short_date, theme_names, what
from kbrollout.grammar import capitalised, counted, long_date
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import Phase
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan, PlannedTask

CHAIN, TASK = "keten", "taak"


def overview(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    """Phases of the neighbourhood with their gates, themes, and practices; waves and the wished end as lines."""
    groups = practice_groups(neighbourhood, plan)
    names = {theme: name for theme, name in theme_names(neighbourhood).items() if theme != CORE_THEME}
    themes = [{"label": name, **_by_phase(_of_theme(plan, theme))} for theme, name in names.items()]
    practices = [{"label": _group_label(group), **_by_phase(group.tasks)} for group in groups]
    lines = list(_lines(neighbourhood, plan))
    return {
        "first": plan.start.isoformat(),
        "last": max([plan.end.isoformat(), *(line["day"] for line in lines)]),
        "free": _free(neighbourhood),
        "lines": lines,
        "groups": [
            {"name": name, "rows": rows}
            for name, rows in (
                ("De wijk, per fase", list(_phase_rows(plan))),
                ("Per thema", [row for row in themes if row["bars"]]),
                ("Per praktijk", practices),
            )
            if rows
        ],
    }


def _phase_rows(plan: Plan) -> Iterator[Data]:
    for phase in Phase:
        tasks = of_phase(plan, phase)
        gate = gates(plan).get(phase)
        if tasks:
            found = _by_phase([task for task in tasks if task is not gate])
            yield {"label": capitalised(phase.value), **found, "points": [*found["points"], *([_gate(gate)] if gate else [])]}


def _gate(gate: PlannedTask) -> Data:
    label = f"{short_date(gate.end)}{' (vast)' if gate.work.fixed else ''}"
    return {"day": gate.end.isoformat(), "kind": "poort", "label": label}


def _of_theme(plan: Plan, theme: str) -> list[PlannedTask]:
    return [task for task in plan.tasks if task.work.theme == theme]


def _by_phase(tasks: Iterable[PlannedTask]) -> Data:
    """One bar per phase, from the first day to the last, and the days that are fixed."""
    found: dict[Phase, list[PlannedTask]] = {}
    for task in tasks:
        found.setdefault(task.work.phase, []).append(task)
    bars = [
        _bar(min(task.start for task in found[phase]), max(task.end for task in found[phase]), phase.value)
        for phase in Phase
        if phase in found
    ]
    days = sorted({task.work.fixed for members in found.values() for task in members if task.work.fixed})
    return {"bars": bars, "points": [{"day": day.isoformat(), "kind": "vast", "label": ""} for day in days]}


def _bar(first: date, last: date, kind: str, baseline: tuple[date, date] | None = None) -> Data:
    then = [day.isoformat() for day in baseline] if baseline else None
    return {"first": first.isoformat(), "last": last.isoformat(), "kind": kind, "baseline": then}


def _group_label(group: Group) -> str:
    count = len(group.practices)
    return group.name if count == 1 else f"{group.name} ({counted(count, 'praktijk', 'praktijken')})"


def _free(neighbourhood: Neighbourhood) -> list[list[str]]:
    """The periods in which nobody works."""
    planning = neighbourhood.site.planning
    periods = planning.free_periods if planning else ()
    return [[period.first.isoformat(), period.last.isoformat()] for period in periods if not period.practices]


def _lines(neighbourhood: Neighbourhood, plan: Plan) -> Iterator[Data]:
    planning = neighbourhood.site.planning
    for wave in sorted(planning.waves if planning else (), key=lambda each: each.start):
        yield {"day": wave.start.isoformat(), "label": wave.name, "strong": False}
    if plan.wished_end:
        yield {"day": plan.wished_end.isoformat(), "label": f"gewenst einde: {long_date(plan.wished_end)}", "strong": True}


def one_phase(neighbourhood: Neighbourhood, plan: Plan, phase: Phase) -> Data:
    """Every task of the neighbourhood in one phase; the longest chain stands out, and the plan as it was approved lies below."""
    tasks = of_phase(plan, phase)
    days = [day for task in tasks for day in (task.start, task.end, *(task.baseline or ()))]
    return {
        "first": min(days).isoformat(),
        "last": max(days).isoformat(),
        "free": _free(neighbourhood),
        "lines": [],
        "groups": [{"name": None, "rows": [_task_row(neighbourhood, plan, task) for task in tasks]}],
    }


def _task_row(neighbourhood: Neighbourhood, plan: Plan, task: PlannedTask) -> Data:
    points = [{"day": task.work.fixed.isoformat(), "kind": "vast", "label": ""}] if task.work.fixed else []
    kind = CHAIN if task.id in plan.chain else TASK
    return {
        "label": f"{what(neighbourhood, task.work)} {task.work.seed}",
        "bars": [_bar(task.start, task.end, kind, task.baseline)],
        "points": [_gate(task)] if task.work.gate else points,
    }
