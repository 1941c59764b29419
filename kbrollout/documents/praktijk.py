"""“Uw praktijk”: one sheet per practice with where to begin, who does what, whom to call and what is open."""

from __future__ import annotations

from kbrollout.documents import rolkaart
from kbrollout.documents.parts import Data, origin, practice_version, shown_anchor, site_data
from kbrollout.grammar import capitalised, digits
from kbrollout.model.framework import Filling, UnitLevel
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedRequirement
from kbrollout.model.site import Practice

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
        "requirements": len(_requirements(neighbourhood, practice)),
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
    rows = []
    for key in rolkaart.roles(neighbourhood):
        bound = neighbourhood.roles[key]
        if bound.role.filling is Filling.PRACTICES:
            acting = sum(1 for resolved in neighbourhood.agreements if resolved.holds and key in resolved.agreement.header.roles.does)
            filling = sum(1 for each in _requirements(neighbourhood, practice) if each.requirement.who == key)
            card = f"rolkaarten/{key}.html"
            rows.append({"name": capitalised(bound.name), "agreements": acting, "requirements": filling, "card": card})
    return rows


def _requirements(neighbourhood: Neighbourhood, practice: Practice) -> list[ResolvedRequirement]:
    """What is asked of this practice: not what only serves agreements that it leaves out."""
    dropped = {
        each.id for each in neighbourhood.agreements for version in each.practices if version.dropped and version.practice == practice.id
    }
    asked = (each for each in neighbourhood.requirements if each.asked and each.requirement.level is UnitLevel.PRACTICE)
    return [each for each in asked if not dropped.issuperset(each.serves)]


def _whom_to_call(neighbourhood: Neighbourhood) -> list[Data]:
    """The roles outside the practice that its agreements speak of: those with a function to turn to first."""
    found = []
    for key in rolkaart.roles(neighbourhood):
        bound = neighbourhood.roles[key]
        if bound.role.filling is Filling.PARTNERS:
            found.append({"name": capitalised(bound.name), "filled_by": list(bound.filled_by), "contact": bound.contact})
    return sorted(found, key=lambda each: (not each["contact"], not each["filled_by"]))
