"""What of a handout comes from the neighbourhood itself. What it does not know becomes a line to write on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from kbrollout.documents.parts import Data
from kbrollout.grammar import capitalised, long_date
from kbrollout.model.catalogue import SPECIALIST_THEME
from kbrollout.model.framework import Filling, Heading
from kbrollout.model.handouts import LocalPiece
from kbrollout.model.neighbourhood import Neighbourhood, State
from kbrollout.model.offers import Offer, OfferKind, Support
from kbrollout.requirements import system_of

MOST_MEETINGS, LEAST_EMPTY, CALENDAR_ROWS = 12, 3, 10
"""Of the learning calendar: the meetings that it names, the rows that always stay empty, and the rows that it has at least."""


def offers_of(neighbourhood: Neighbourhood, kind: OfferKind, support: Support | None) -> list[Data]:
    """What there is to do of one kind, and with one form of support where that is asked."""
    partners = {partner.id: partner.name for partner in neighbourhood.site.profile.partners}
    return [
        {
            "name": each.name,
            "audience": each.audience,
            "partner": _other_name(partners, each),
            "support": each.support.value if each.support else None,
            "where": each.where,
            "when": each.when,
            "costs": each.costs,
            "sign_up": each.sign_up,
        }
        for each in neighbourhood.site.offers
        if each.kind is kind and (support is None or each.support is support)
    ]


def _other_name(partners: Mapping[str, str], offer: Offer) -> str | None:
    """Who offers it, unless the offer has the same name."""
    name = partners[offer.partner] if offer.partner else None
    return name if name != offer.name else None


def local_piece(neighbourhood: Neighbourhood, piece: LocalPiece, roles: Collection[str]) -> Data:
    """The data of one local piece. Contacts are of these roles alone, or of all roles where none is given."""
    return _contacts(neighbourhood, roles) if piece is LocalPiece.CONTACTS else _PIECES[piece](neighbourhood)


def question_of(neighbourhood: Neighbourhood, indicator: str) -> Data:
    """The literal question of an indicator, once the neighbourhood gives it."""
    wording = next((each for each in neighbourhood.site.profile.wordings if each.id == indicator), None)
    return {"question": wording.question if wording else None, "scale": wording.scale if wording else None}


def agreement_here(neighbourhood: Neighbourhood, identifier: str) -> Data:
    """The sentence of an agreement as it holds here; without it where it does not hold."""
    resolved = next(each for each in neighbourhood.agreements if each.id == identifier)
    sentence = resolved.agreement.text[Heading.AGREEMENT]
    return {
        "id": identifier,
        "sentence": sentence if resolved.holds else None,
        "values": resolved.values,
        "own": resolved.state is State.ADAPTED,
    }


def _specialisms(neighbourhood: Neighbourhood) -> Data:
    partners = {partner.id: partner.name for partner in neighbourhood.site.profile.partners}
    return {
        "specialisms": [
            {"name": each.name, "partner": partners[each.partner] if each.partner else None}
            for each in neighbourhood.site.profile.specialisms
        ],
        "contact": next((each.contact for each in neighbourhood.themes if each.theme.id == SPECIALIST_THEME), None),
    }


def _contacts(neighbourhood: Neighbourhood, roles: Collection[str]) -> Data:
    """Whom to turn to, per role that partners fill."""
    bound = (
        each
        for key, each in neighbourhood.roles.items()
        if each.needed and each.role.filling is Filling.PARTNERS and (not roles or key in roles)
    )
    return {
        "contacts": [
            {"name": capitalised(each.name), "filled_by": list(each.filled_by), "contact": each.contact} for each in bound if each.filled_by
        ]
    }


def per_system(neighbourhood: Neighbourhood, requirements: Sequence[str]) -> Data:
    """Per information system that practices here have: what requirements ask of it, and the documents about it."""
    catalogue = neighbourhood.catalogue
    variants = [variant for key in requirements for variant in catalogue.requirements[key].variants]
    systems: dict[str, Data] = {}
    for practice in neighbourhood.site.profile.practices:
        system = system_of(catalogue, practice.his)
        name = system.name if system else practice.his or "Het systeem is nog niet bekend"
        here = [variant for variant in variants if system and system.id in variant.systems]
        made = {
            "name": name,
            "known": practice.his is not None,
            "practices": [],
            "texts": [variant.good_enough for variant in here],
            "documents": list(dict.fromkeys(key for variant in here for key in variant.documents)),
        }
        systems.setdefault(name, made)["practices"].append(practice.name)
    return {"systems": list(systems.values()), "everybody": len(systems) == 1}


def _calendar(neighbourhood: Neighbourhood) -> Data:
    """The first meetings of the series in which people learn together, with empty rows for whatever is not in the planning."""
    planning, plan = neighbourhood.site.planning, neighbourhood.plan
    learning = {series.id for series in planning.meetings if series.learning} if planning else set()
    found = [each for each in plan.meetings if each.series in learning][:MOST_MEETINGS] if plan else []
    return {
        "meetings": [{"day": long_date(each.day), "name": each.name, "time": f"{each.starts:%H:%M}–{each.ends:%H:%M}"} for each in found],
        "empty": max(LEAST_EMPTY, CALENDAR_ROWS - len(found)),
    }


def _ladder(neighbourhood: Neighbourhood) -> Data:
    return {"steps": list(neighbourhood.site.ladder)}


_PIECES: Mapping[LocalPiece, Callable[[Neighbourhood], Data]] = {
    LocalPiece.SPECIALISMS: _specialisms,
    LocalPiece.CALENDAR: _calendar,
    LocalPiece.LADDER: _ladder,
}
