"""The list of open points as its own document: who picks up what, and by when."""

from __future__ import annotations

from kbrollout.documents.parts import Data, open_point_data, site_data
from kbrollout.model.neighbourhood import Neighbourhood


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: the open points per role that picks them up."""
    title = f"Open punten {neighbourhood.site.profile.place.name}"
    by_owner: dict[str, list[Data]] = {}
    for point in neighbourhood.open_points:
        shown = open_point_data(neighbourhood, point)
        by_owner.setdefault(shown["owner"], []).append(shown)
    owners = [{"name": owner, "points": points} for owner, points in sorted(by_owner.items(), key=lambda entry: entry[0].lower())]
    return title, {**site_data(neighbourhood), "title": title, "owners": owners, "count": len(neighbourhood.open_points)}
