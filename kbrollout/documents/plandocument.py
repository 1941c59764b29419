"""The implementation plan: when the neighbourhood does what, who does it, who decides, and what the days rest on."""

from __future__ import annotations

from collections import Counter

from kbrollout.documents import plandates, planpictures, planrisks, planroles, plantables
from kbrollout.documents.parts import Data, origin, role_name, site_data, text_data
from kbrollout.documents.planparts import (
    bodies_of,
    days_text,
    of_phase,
    of_the_neighbourhood,
    seeds_of,
    short_date,
    tasks_count,
    what,
)
from kbrollout.documents.wording import said
from kbrollout.grammar import counted, long_date, working_days
from kbrollout.model.framework import Phase
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Plan, PlannedTask

FIRST_STEPS = 5

CHAPTERS = {
    "samenvatting": "In het kort",
    "leeswijzer": "Zo leest u dit plan",
    "fasen": "Fasen en poorten",
    "werk-per-praktijk": "Werk per praktijk",
    "werk-per-rol": "Werk per rol",
    "wie-doet-wat": "Wie doet, wie besluit, wie weet ervan",
    "langste-keten": "De langste keten",
    "mijlpalen": "Mijlpalen",
    "risicos": "Risico’s en wie erop let",
    "geld": "Geld per fase",
    "aannames": "Waar dit plan op rust",
    "toen-en-nu": "Het vastgelegde plan en nu",
}
"""The chapters in their order: anchor → title."""


def view(neighbourhood: Neighbourhood, plan: Plan) -> tuple[str, Data]:
    """Title and template data."""
    title = f"Implementatieplan {neighbourhood.site.profile.place.name}"
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "chapters": CHAPTERS,
        "texts": {"plan": text_data(neighbourhood, "plan")},
        "summary": _summary(neighbourhood, plan),
        "overview": planpictures.overview(neighbourhood, plan),
        "elements": _elements(neighbourhood, plan),
        "phases": [_with_picture(neighbourhood, plan, phase) for phase in plantables.phases(neighbourhood, plan)],
        "practices": plantables.practices(neighbourhood, plan),
        "roles": planroles.roles(neighbourhood, plan),
        "responsibilities": planroles.responsibilities(neighbourhood, plan),
        "chain": {"start": plan.chain_start, "tasks": plandates.chain(neighbourhood, plan)},
        "milestones": plandates.milestones(neighbourhood, plan),
        "risks": planrisks.risks(neighbourhood, plan),
        "funding": planroles.funding(neighbourhood, plan),
        "assumptions": plandates.assumptions(neighbourhood, plan),
        "baseline": plandates.baseline(neighbourhood, plan),
    }


def _with_picture(neighbourhood: Neighbourhood, plan: Plan, phase: Data) -> Data:
    return {**phase, "picture": planpictures.one_phase(neighbourhood, plan, Phase(phase["id"]))}


def _summary(neighbourhood: Neighbourhood, plan: Plan) -> Data:
    planning = neighbourhood.site.planning
    practices = neighbourhood.site.profile.practices
    per_practice = sorted({sum(1 for task in plan.tasks if task.work.unit == practice.id) for practice in practices})
    ends = plan.task(plan.chain[0]).work, plan.task(plan.chain[-1]).work
    return {
        "start": long_date(plan.start),
        "end": long_date(plan.end),
        "wished_end": long_date(plan.wished_end) if plan.wished_end else None,
        "late": working_days(plan.late) if plan.late else None,
        "chain": {"count": tasks_count(len(plan.chain)), "from": what(neighbourhood, ends[0]), "to": what(neighbourhood, ends[1])},
        "remark": planning.remark if planning else None,
        "phases": [_phase(neighbourhood, tasks) for phase in Phase if (tasks := of_phase(plan, phase))],
        "steps": plantables.first_steps(neighbourhood, plan, FIRST_STEPS),
        "tasks": tasks_count(len(of_the_neighbourhood(plan))),
        "practices": counted(len(practices), "praktijk", "praktijken"),
        "per_practice": " tot ".join(dict.fromkeys([str(per_practice[0]), str(per_practice[-1])])),
        "worries": planrisks.worries(neighbourhood, plan),
    }


def _phase(neighbourhood: Neighbourhood, tasks: list[PlannedTask]) -> Data:
    """A phase on the first page: its days, and who decides at its gate."""
    gate = next((task for task in tasks if task.work.gate), None)
    return {
        "name": tasks[0].work.phase.value,
        "when": days_text(min(task.start for task in tasks), max(task.end for task in tasks)),
        "gate": gate
        and {
            "day": short_date(gate.end),
            "who": role_name(neighbourhood, gate.work.who),
            "bodies": [body.name for body in bodies_of(neighbourhood, gate.work.who)],
        },
    }


def _elements(neighbourhood: Neighbourhood, plan: Plan) -> list[Data]:
    """The elements that a change needs, with how many tasks serve each; own words of the reference."""
    counts = Counter(task.work.element for task in seeds_of(plan.tasks))
    return [
        {
            "name": element.name,
            "question": said(neighbourhood, element.question),
            "without": said(neighbourhood, element.without),
            "explanation": said(neighbourhood, element.explanation),
            "count": counts[element.id],
            **origin(neighbourhood.catalogue, element),
        }
        for element in neighbourhood.catalogue.elements
    ]
