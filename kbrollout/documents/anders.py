"""“Bewust anders”: every deviation from the reference with both texts, the decision and the reason."""

from __future__ import annotations

from kbrollout.deviations import Deviation, deviations
from kbrollout.documents.parts import Data, anchor, decision_data, practice_version, shown_anchor, site_data
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.slots import fill, plain


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data of the annex: adapted, left out, own, and what practices do otherwise."""
    title = f"Bewust anders in {neighbourhood.site.profile.place.name}"
    found = [_deviation(neighbourhood, each) for each in deviations(neighbourhood)]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "adapted": [each for each in found if each["kind"] == "aangepast"],
        "dropped": [each for each in found if each["kind"] == "weggelaten"],
        "own": [each for each in found if each["kind"] == "eigen"],
        "practices": _practices(neighbourhood),
        "disagreements": [
            {
                "id": resolved.id,
                "title": resolved.agreement.header.title,
                "anchor": shown_anchor(neighbourhood, resolved.id),
                "count": len(resolved.disagreements),
            }
            for resolved in neighbourhood.agreements
            if resolved.disagreements
        ],
        "count": len(found),
    }


def _deviation(neighbourhood: Neighbourhood, deviation: Deviation) -> Data:
    resolved = deviation.resolved
    names = neighbourhood.phrases | resolved.values
    return {
        "id": resolved.id,
        "anchor": anchor(resolved.id),
        "title": resolved.agreement.header.title,
        "kind": deviation.kind,
        "text": fill(plain(resolved.agreement.text[Heading.AGREEMENT]), names, {} if resolved.own else neighbourhood.words),
        "texts": [
            {
                "heading": change.heading.value,
                "before": change.before,
                "after": change.after,
                "runs": [{"change": run.change.value, "text": run.text} for run in change.runs],
            }
            for change in deviation.texts
        ],
        "values": [{"question": each.question, "before": each.before, "after": each.after} for each in deviation.values],
        "decision": decision_data(neighbourhood, deviation.decision),
        "share": resolved.share,
    }


def _practices(neighbourhood: Neighbourhood) -> list[Data]:
    """What single practices do otherwise than the neighbourhood, with both texts."""
    return [
        {
            **practice_version(neighbourhood, resolved, version),
            "id": resolved.id,
            "anchor": shown_anchor(neighbourhood, resolved.id),
            "title": resolved.agreement.header.title,
        }
        for resolved in neighbourhood.agreements
        for version in resolved.practices
    ]
