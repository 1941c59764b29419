"""Checks on a handout as a whole: its id, and the steps of its flow charts with the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbrollout.errors import Problem
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.model.handouts import FlowStep, Handout
from kbrollout.taskchecks import ring
from kbrollout.yamlfile import Sourced


def handout_problems(handout: Handout, stem: str, source: Sourced) -> Iterator[Problem]:
    """Problems with one handout, read from the file `stem`.yaml."""
    if handout.id != stem:
        yield problem("naam-anders", source.place(("id",)), id=handout.id)
    for number, block in enumerate(handout.blocks):
        yield from _flow_problems(block.flow, ("blokken", number, "stroom"), source)


def _flow_problems(flow: Sequence[FlowStep], path: tuple[str | int, ...], source: Sourced) -> Iterator[Problem]:
    """Steps with the same id, arrows to nowhere, and ways that come back where they began."""
    known = [step.id for step in flow]
    first: dict[str, int] = {}
    for place, step in enumerate(flow):
        if first.setdefault(step.id, place) != place:
            _, line, _, shown = source.place((*path, first[step.id], "id"))
            yield problem("id-dubbel", source.place((*path, place, "id")), id=step.id, eerste=f"{shown}, regel {line}")
        for number, arrow in enumerate(step.next):
            if arrow.to not in known:
                here = source.place((*path, place, "verder", number, "naar"))
                yield problem("stap-onbekend", here, gegeven=arrow.to, bedoelt=did_you_mean(arrow.to, known), mogelijk=listing(known))
    found = ring({step.id: [arrow.to for arrow in step.next if arrow.to in known] for step in flow})
    if found:
        yield problem("stroom-in-een-kring", source.place(path), keten=" → ".join(found))
