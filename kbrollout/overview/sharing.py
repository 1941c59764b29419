"""What neighbourhoods share: the same change in several of them is a candidate for the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kbrollout.deviations import Deviation, deviations
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.slots import fill, plain

Data = dict[str, Any]


def shared(named: Sequence[tuple[str, Neighbourhood]]) -> Data:
    """Candidates (changed alike in several neighbourhoods) and all that is offered, in the order of the reference."""
    offered = [(name, each, deviation) for name, each in named for deviation in deviations(each) if deviation.resolved.share]
    alike: dict[tuple[object, ...], list[str]] = {}
    for name, _, deviation in offered:
        if not deviation.resolved.own:
            alike.setdefault(_likeness(deviation), []).append(name)
    rows = [_row(name, each, deviation) for name, each, deviation in offered]
    firsts = {_likeness(deviation): row for (_, _, deviation), row in reversed(list(zip(offered, rows, strict=True)))}
    return {
        "candidates": [{**firsts[likeness], "sites": sites} for likeness, sites in alike.items() if len(sites) > 1],
        "offers": rows,
    }


def _likeness(deviation: Deviation) -> tuple[object, ...]:
    """What two deviations must have in common to be the same: agreement, kind, values and texts (local names left out)."""
    agreement = deviation.resolved.agreement
    values = tuple((value.name, value.after) for value in deviation.values)
    changed = {change.heading for change in deviation.texts}
    texts = tuple((heading.value, agreement.text.get(heading, "")) for heading in Heading if heading in changed)
    expected = tuple((each.role, each.text) for each in agreement.expectations) if Heading.EXPECTATIONS in changed else ()
    return deviation.id, deviation.kind, values, texts, expected


def _row(name: str, neighbourhood: Neighbourhood, deviation: Deviation) -> Data:
    resolved = deviation.resolved
    whole = fill(plain(resolved.agreement.text[Heading.AGREEMENT]), neighbourhood.phrases | resolved.values)
    changes = [f"{value.question} {value.after}" for value in deviation.values]
    changes += [f"{change.heading.value}: {change.after}" for change in deviation.texts]
    return {
        "site": name,
        "id": resolved.id,
        "title": resolved.agreement.header.title,
        "kind": deviation.kind,
        "what": [whole] if resolved.own else changes,
        "reason": resolved.decision.reason if resolved.decision else None,
    }
