"""The workbook in which a neighbourhood keeps its progress: lines per unit, the plan and the open points, nothing filled in."""

from __future__ import annotations

from datetime import date

from kbrollout.checklines import CheckLine, Unit, lines, units
from kbrollout.documents.parts import Data, document_data, role_name
from kbrollout.documents.wording import covered_text, said
from kbrollout.grammar import capitalised
from kbrollout.model.framework import Filling
from kbrollout.model.neighbourhood import Neighbourhood, OpenPoint
from kbrollout.model.plan import Plan, PlannedTask, awaited
from kbrollout.model.progress import Done, PointStand, Stand


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and data of the workbook. What people fill in is there with its value: the tracker gives other ones."""
    place = neighbourhood.site.profile.place
    plan, planning = neighbourhood.plan, neighbourhood.site.planning
    return f"Voortgang {place.name}", {
        "site": {"id": place.id, "name": place.name, "example": place.example},
        "reference": {"version": neighbourhood.catalogue.index.version},
        "concept": neighbourhood.concept,
        "remark": planning.remark if plan and planning else None,
        "roles": _owners(neighbourhood),
        "units": [_unit(neighbourhood, unit) for unit in units(neighbourhood)],
        "plan": _tasks(neighbourhood, plan) if plan else [],
        "points": [_point(neighbourhood, point) for point in neighbourhood.open_points],
    }


def _owners(neighbourhood: Neighbourhood) -> list[str]:
    """The local names of the roles that can take something up, each once."""
    able = (key for key, bound in neighbourhood.roles.items() if bound.needed and bound.role.filling is not Filling.RESIDENTS)
    return list(dict.fromkeys(role_name(neighbourhood, key) for key in able))


def _unit(neighbourhood: Neighbourhood, unit: Unit) -> Data:
    return {"id": unit.id, "name": _name(unit), "lines": [_line(neighbourhood, line) for line in lines(neighbourhood, unit)]}


def _name(unit: Unit) -> str:
    """The name of a unit to stand alone, as on a tab."""
    return unit.name if unit.practice else capitalised(unit.name.removeprefix("de "))


def _line(neighbourhood: Neighbourhood, line: CheckLine) -> Data:
    """One requirement of one unit. From `stand` on it is what people fill in."""
    requirement = line.resolved.requirement
    return {
        "id": line.id,
        "code": line.id,
        "what": said(neighbourhood, requirement.title),
        "good_enough": " ".join([said(neighbourhood, line.good_enough), *_beside(neighbourhood, line)]),
        "asked": said(neighbourhood, requirement.evidence),
        "who": role_name(neighbourhood, line.who),
        "phase": capitalised(line.phase.value),
        "due": _iso(line.due),
        "stand": Stand.NOT_SEEN.value,
        "missing": "",
        "owner": "",
        "date": None,
        "evidence": "",
        "evidence_until": None,
        "note": "",
    }


def _beside(neighbourhood: Neighbourhood, line: CheckLine) -> list[str]:
    """What a unit should know beside the norm, each as a sentence."""
    found = []
    if line.documents:
        found.append(f"Zie {', '.join(document_data(neighbourhood, key)['label'] for key in line.documents)}.")
    if line.system_unknown:
        found.append("Het HIS van deze praktijk is niet bekend; per HIS kan dit anders zijn.")
    if line.covered:
        found.append(covered_text(neighbourhood, line.covered))
    return found


def _tasks(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    after = awaited({task.id: task.work.after for task in plan.tasks})
    return [_task(neighbourhood, task, after[task.id]) for task in plan.tasks]


def _task(neighbourhood: Neighbourhood, task: PlannedTask, after: str) -> Data:
    """One task of the plan. From `done` on it is what people fill in."""
    work = task.work
    what = said(neighbourhood, work.what, own=work.own)
    return {
        "id": work.id,
        "code": work.seed,
        "what": f"{what}. {covered_text(neighbourhood, work.covered)}" if work.covered else what,
        "who": role_name(neighbourhood, work.who),
        "unit": work.unit or neighbourhood.site.profile.place.id,
        "phase": capitalised(work.phase.value),
        "start": _iso(task.start),
        "end": _iso(task.end),
        "fixed": "ja" if work.fixed else "",
        "after": after,
        "done": Done.NO.value,
        "done_on": None,
    }


def _point(neighbourhood: Neighbourhood, point: OpenPoint) -> Data:
    """One open point. From `stand` on it is what people fill in."""
    practices = neighbourhood.practice_names
    some = [practices[unit] for unit in point.units] if len(point.units) < len(practices) else []
    return {
        "id": point.id,
        "code": point.id,
        "what": point.what,
        "why": f"{point.why} Praktijken: {', '.join(some)}." if some else point.why,
        "owner": role_name(neighbourhood, point.owner),
        "due": _iso(point.due),
        "stand": PointStand.OPEN.value,
        "remark": "",
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
