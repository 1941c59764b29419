"""“Uw praktijk”: one sheet per practice with where to begin, who does what, whom to call and what is open."""

from __future__ import annotations

from kbrollout.documents import rolkaart
from kbrollout.documents.parts import Data, anchor, origin, site_data
from kbrollout.grammar import capitalised, digits
from kbrollout.model.framework import Filling
from kbrollout.model.neighbourhood import Neighbourhood
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
                "agreements": [{"id": key, "anchor": anchor(key)} for key in step.agreements],
                **origin(neighbourhood.catalogue, step),
            }
            for step in neighbourhood.catalogue.first_steps
        ],
        "roles": _roles_in_the_practice(neighbourhood),
        "call": _whom_to_call(neighbourhood)[:MOST_CALLS],
        "also": [each["name"] for each in _whom_to_call(neighbourhood)[MOST_CALLS:]],
        "themes": [{"name": chosen.name, "contact": chosen.contact} for chosen in neighbourhood.themes],
        "open_points": [{"id": point.id, "what": point.asks or point.what} for point in points[:MOST_POINTS]],
        "all_points": len(neighbourhood.open_points),
    }


def _roles_in_the_practice(neighbourhood: Neighbourhood) -> list[Data]:
    """The roles that people of the practice fill, with the number of agreements in which they act and their card."""
    rows = []
    for key in rolkaart.roles(neighbourhood):
        bound = neighbourhood.roles[key]
        if bound.role.filling is Filling.PRACTICES:
            acting = sum(1 for resolved in neighbourhood.agreements if resolved.holds and key in resolved.agreement.header.roles.does)
            card = f"rolkaarten/{key}.html"
            rows.append({"name": capitalised(bound.name), "description": bound.role.description, "agreements": acting, "card": card})
    return rows


def _whom_to_call(neighbourhood: Neighbourhood) -> list[Data]:
    """The roles outside the practice that its agreements speak of: those with a function to turn to first."""
    found = []
    for key in rolkaart.roles(neighbourhood):
        bound = neighbourhood.roles[key]
        if bound.role.filling is Filling.PARTNERS:
            found.append({"name": capitalised(bound.name), "filled_by": list(bound.filled_by), "contact": bound.contact})
    return sorted(found, key=lambda each: (not each["contact"], not each["filled_by"]))
