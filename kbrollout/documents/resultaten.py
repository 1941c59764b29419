"""Figures about results with source, date and caveat, and the history of this neighbourhood."""

from __future__ import annotations

from kbrollout.documents.parts import Data, result_data, site_data, text_data
from kbrollout.model.neighbourhood import Neighbourhood


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data of results and timeline."""
    title = f"Resultaten en tijdlijn {neighbourhood.site.profile.place.name}"
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "texts": {key: text_data(neighbourhood, key) for key in ("resultaten", "tijdlijn")},
        "results": [result_data(neighbourhood.catalogue, result) for result in neighbourhood.catalogue.results],
        "events": [
            {"when": event.when, "what": event.what, "source": event.source, "id": event.id}
            for event in neighbourhood.site.profile.timeline
        ],
    }
