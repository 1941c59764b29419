"""“Uw praktijk”: one sheet per practice with where to begin, who does what, whom to call and what is open."""

from __future__ import annotations

from kbrollout.documents import agenda, rolkaart
from kbrollout.documents.parts import Data, origin, practice_version, role_name, shown_anchor, site_data
from kbrollout.grammar import capitalised, digits
from kbrollout.model.framework import Filling
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.site import Practice
from kbrollout.scheduling.work import who_in

MOST_POINTS = 4
MOST_CALLS = 6


def view(neighbourhood: Neighbourhood, practice: Practice) -> tuple[str, Data]:
    """Title and template data of one practice's sheet."""
    title = f"Uw praktijk: {practice.name}"
    points = [point for point in neighbourhood.open_points if practice.id in point.units]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "practice": practice.name,
        "facts": [
            {"name": "AGB-code", "value": practice.agb},
            {"name": "HIS", "value": practice.his},
            {"name": "Patiënten", "value": digits(practice.patients) if practice.patients is not None else None},
        ],
        "steps": [
            {
                "title": step.title,
                "explanation": step.explanation,
                "agreements": [{"id": key, "anchor": shown_anchor(neighbourhood, key)} for key in step.agreements],
                **origin(neighbourhood.catalogue, step),
            }
            for step in neighbourhood.catalogue.first_steps
            if not step.agreements or any(shown_anchor(neighbourhood, key) for key in step.agreements)
        ],
        "roles": _roles_in_the_practice(neighbourhood, practice),
        "call": _whom_to_call(neighbourhood)[:MOST_CALLS],
        "also": [each["name"] for each in _whom_to_call(neighbourhood)[MOST_CALLS:]],
        "themes": [{"name": chosen.name, "contact": chosen.contact} for chosen in neighbourhood.themes if chosen.contact],
        "themes_without_contact": [chosen.name for chosen in neighbourhood.themes if not chosen.contact],
        "checklist": f"checklists/{practice.id}.html",
        "calendars": _calendars(neighbourhood, practice),
        "requirements": len(neighbourhood.requirements_of(practice.id)),
        "otherwise": [
            {**row, "id": resolved.id, "anchor": shown_anchor(neighbourhood, resolved.id), "title": resolved.agreement.header.title}
            for resolved in neighbourhood.agreements
            for version in resolved.practices
            if version.practice == practice.id
            for row in [practice_version(neighbourhood, resolved, version)]
        ],
        "open_points": [{"id": point.id, "what": point.asks or point.what} for point in points[:MOST_POINTS]],
        "all_points": len(neighbourhood.open_points),
    }


def _roles_in_the_practice(neighbourhood: Neighbourhood, practice: Practice) -> list[Data]:
    """The roles that people of the practice fill: in how many agreements they act, what they fill in, and their card."""
    asked = neighbourhood.requirements_of(practice.id).values()
    asked_of = [who_in(neighbourhood.catalogue, each.requirement.who, practice) for each in asked]
    rows = []
    for key in rolkaart.roles(neighbourhood):
        bound = neighbourhood.roles[key]
        if bound.role.filling is Filling.PRACTICES and key not in practice.without:
            acting = sum(1 for resolved in neighbourhood.agreements if resolved.holds and key in resolved.agreement.header.roles.does)
            card = f"rolkaarten/{key}.html"
            rows.append({"name": capitalised(bound.name), "agreements": acting, "requirements": asked_of.count(key), "card": card})
    return rows


def _calendars(neighbourhood: Neighbourhood, practice: Practice) -> list[Data]:
    """The calendars of the practice, that with everything first; without a plan there are none."""
    mine = agenda.calendars_of(neighbourhood, neighbourhood.plan, practice.id) if neighbourhood.plan else ()
    return [{"name": role_name(neighbourhood, each.role) if each.role else "alles", "path": f"{each.stem}.ics"} for each in mine]


def _whom_to_call(neighbourhood: Neighbourhood) -> list[Data]:
    """The roles outside the practice that its agreements speak of: those with a function to turn to first."""
    found = []
    for key in rolkaart.roles(neighbourhood):
        bound = neighbourhood.roles[key]
        if bound.role.filling is Filling.PARTNERS:
            found.append({"name": capitalised(bound.name), "filled_by": list(bound.filled_by), "contact": bound.contact})
    return sorted(found, key=lambda each: (not each["contact"], not each["filled_by"]))
