"""Who decides, who carries out, who meets when: the bodies per level, as a picture and as a table."""

from __future__ import annotations

from kbrollout.documents.parts import Data, body_data, site_data
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.site import Level

_FROM_FAR_TO_NEAR = (Level.REGION, Level.CITY, Level.NEIGHBOURHOOD, Level.PRACTICE)


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: every level has a place, also when nobody stands there."""
    title = f"Wie besluit wat in {neighbourhood.site.profile.place.name}"
    bodies = neighbourhood.site.profile.bodies
    levels: list[Data] = []
    for level in _FROM_FAR_TO_NEAR:
        here = [body_data(neighbourhood, body) for body in bodies if body.level is level]
        levels.append({"name": level.value, "bodies": here})
    picture = [{"name": each["name"], "boxes": [_box(body) for body in each["bodies"]]} for each in levels]
    return title, {**site_data(neighbourhood), "title": title, "levels": levels, "picture": picture}


def _box(body: Data) -> Data:
    return {"name": body["name"], "under": "; ".join(part for part in (body["function"], body["meets"]) if part)}
