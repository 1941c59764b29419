"""`aanbod.yaml`: what there is to do in the neighbourhood, and who residents can turn to."""

from __future__ import annotations

from enum import StrEnum

from kbrollout.model.fields import Line, Model, OrUnknown, PartnerId, Slug, key


class OfferKind(StrEnum):
    """What an offer is about."""

    EXERCISE = "bewegen"
    CHILDREN = "kinderen"
    MEETING = "ontmoeten"
    MONEY = "geld"
    MENTAL = "mentaal"


class Support(StrEnum):
    """How much support comes with an offer."""

    ALONE = "zelfstandig"
    BETWEEN = "tussenstap"
    PROFESSIONAL = "met hulpverlener"


class Offer(Model):
    """One thing that residents can take part in."""

    id: Slug = key("id", "Vaste naam van het aanbod. Verandert nooit.")
    name: Line = key("naam", "Naam van het aanbod.")
    kind: OfferKind = key("soort", "bewegen, kinderen, ontmoeten, geld of mentaal.")
    support: OrUnknown[Support] = key("begeleiding", "zelfstandig, tussenstap of met hulpverlener; of onbekend.", default=None)
    audience: OrUnknown[Line] = key("voor_wie", "Voor wie het is, of onbekend.", default=None)
    partner: OrUnknown[PartnerId] = key(
        "partner", "De partner die het aanbiedt, als die in het wijkprofiel staat; of onbekend.", default=None
    )
    where: OrUnknown[Line] = key("waar", "Waar het is, of onbekend.", default=None)
    when: OrUnknown[Line] = key("wanneer", "Wanneer het is, of onbekend.", default=None)
    costs: OrUnknown[Line] = key("kosten", "Wat het kost, of onbekend.", default=None)
    sign_up: OrUnknown[Line] = key("aanmelden", "Hoe men zich aanmeldt, of onbekend. Geen naam van een persoon.", default=None)
    source: Line | None = key("bron", "Waar dit gegeven vandaan komt, met datum.", default=None)


class OffersFile(Model):
    """`aanbod.yaml`."""

    offers: tuple[Offer, ...] = key("aanbod", "Het aanbod in de wijk.", default=())
    ladder: tuple[Line, ...] = key(
        "escalatie", "De stappen hier als een cliënt vastloopt, de eerste eerst. Functies, geen namen.", default=()
    )
