"""Which requirements are asked in a neighbourhood, and what they ask of practices with a certain information system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from kbrollout.model.catalogue import Catalogue
from kbrollout.model.conditions import System
from kbrollout.model.handouts import Handout
from kbrollout.model.neighbourhood import ResolvedAgreement, ResolvedRequirement, State


def resolve_requirements(
    catalogue: Catalogue, agreements: tuple[ResolvedAgreement, ...], chosen: Set[str]
) -> tuple[ResolvedRequirement, ...]:
    """The requirements that apply here, in the order of the reference.

    A requirement is asked where one of its agreements holds. Where all of them still wait to be chosen, it waits too;
    where none applies, or where its theme was not chosen, it is left out.
    """
    by_id = {resolved.id: resolved for resolved in agreements}
    return tuple(_resolved(catalogue, by_id, chosen))


def resolve_handouts(catalogue: Catalogue, agreements: tuple[ResolvedAgreement, ...], chosen: Set[str]) -> tuple[Handout, ...]:
    """The handouts of the core and of chosen themes of which an agreement holds, or that name none."""
    holding = {resolved.id for resolved in agreements if resolved.holds}
    here = (each for each in catalogue.handouts.values() if each.theme in chosen)
    return tuple(each for each in here if not each.agreements or not holding.isdisjoint(each.agreements))


def _resolved(catalogue: Catalogue, by_id: dict[str, ResolvedAgreement], chosen: Set[str]) -> Iterator[ResolvedRequirement]:
    for requirement in catalogue.requirements.values():
        if requirement.theme not in chosen:
            continue
        here = [by_id[key] for key in requirement.agreements]
        holding = tuple(resolved.id for resolved in here if resolved.holds)
        waiting = tuple(resolved.id for resolved in here if resolved.state in (State.TO_CHOOSE, State.TO_REVIEW))
        if holding or waiting:
            yield ResolvedRequirement(requirement, serves=holding, waits_for=() if holding else waiting)


def system_of(catalogue: Catalogue, his: str | None) -> System | None:
    """The system that a practice means by what it wrote as its HIS; None when that is unknown or not in the reference."""
    if his is None:
        return None
    written = plain_name(his)
    return next((system for system in catalogue.systems.values() if written in map(plain_name, (system.name, *system.aliases))), None)


def plain_name(name: str) -> str:
    """A name without capitals, spaces and hyphens: people write Promedico-ASP in many ways."""
    return re.sub(r"[\s-]+", "", name).casefold()
