"""The register of decisions: what was decided about the agreements, when, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kbrollout.documents.parts import Data, anchor, decision_data, site_data
from kbrollout.grammar import long_date
from kbrollout.model.neighbourhood import Neighbourhood, State
from kbrollout.model.tailoring import Decision

_WORDS = {State.IN_FORCE: "overgenomen", State.ADAPTED: "aangepast", State.DROPPED: "weggelaten"}


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: every decision, the oldest first."""
    title = f"Besluitenregister {neighbourhood.site.profile.place.name}"
    rows = sorted(_rows(neighbourhood), key=lambda row: (row[0], str(row[1]["id"])))
    return title, {**site_data(neighbourhood), "title": title, "rows": [row for _, row in rows]}


def _rows(neighbourhood: Neighbourhood) -> Iterator[tuple[date, Data]]:
    profile = neighbourhood.site.profile
    if profile.adopted:
        by = next(body.name for body in profile.bodies if body.id == profile.adopted.by)
        decision = {"on": long_date(profile.adopted.on), "by": by, "reason": None}
        what = f"Versie {profile.adopted.version} van de referentie vastgesteld"
        yield profile.adopted.on, {"id": "", "what": what, "decision": decision}
    for resolved in neighbourhood.agreements:
        title = resolved.agreement.header.title
        if resolved.decision:
            word = "eigen afspraak" if resolved.own else _WORDS.get(resolved.state, resolved.state.value)
            yield resolved.decision.on, _row(neighbourhood, resolved.id, f"{title}: {word}", resolved.decision)
        for version in resolved.practices:
            word = "weggelaten" if version.dropped else "aangepast"
            yield version.decision.on, _row(neighbourhood, resolved.id, f"{title}: {word} voor {version.name}", version.decision)


def _row(neighbourhood: Neighbourhood, identifier: str, what: str, decision: Decision) -> Data:
    return {"id": identifier, "anchor": anchor(identifier), "what": what, "decision": decision_data(neighbourhood, decision)}
