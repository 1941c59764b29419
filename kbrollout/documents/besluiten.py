"""The register of decisions: what was decided about the agreements, when, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kbrollout.documents.parts import Data, decision_data, shown_anchor, site_data
from kbrollout.grammar import long_date
from kbrollout.model.neighbourhood import DECIDED, Neighbourhood, ResolvedAgreement
from kbrollout.model.tailoring import Decision


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: every decision, the oldest first."""
    title = f"Besluitenregister {neighbourhood.site.profile.place.name}"
    rows = sorted(_rows(neighbourhood), key=lambda row: row[0])
    return title, {**site_data(neighbourhood), "title": title, "rows": [row for _, row in rows]}


def _rows(neighbourhood: Neighbourhood) -> Iterator[tuple[date, Data]]:
    profile = neighbourhood.site.profile
    if profile.adopted:
        by = next(body.name for body in profile.bodies if body.id == profile.adopted.by)
        decision = {"on": long_date(profile.adopted.on), "by": by, "reason": None}
        what = f"versie {profile.adopted.version} vastgesteld"
        yield profile.adopted.on, {"id": "", "title": "De hele referentie", "what": what, "decision": decision}
    for resolved in neighbourhood.agreements:
        if resolved.decision and resolved.decided:
            yield resolved.decision.on, _row(neighbourhood, resolved, resolved.decided, resolved.decision)
        for version in resolved.practices:
            word = f"{DECIDED[version.kind]} voor {version.name}"
            yield version.decision.on, _row(neighbourhood, resolved, word, version.decision)


def _row(neighbourhood: Neighbourhood, resolved: ResolvedAgreement, what: str, decision: Decision) -> Data:
    return {
        "id": resolved.id,
        "anchor": shown_anchor(neighbourhood, resolved.id),
        "title": resolved.agreement.header.title,
        "what": what,
        "decision": decision_data(neighbourhood, decision),
    }
