"""A site folder as its authors write it: the neighbourhood's own choices and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from pydantic import ValidationInfo, model_validator

from kbrollout.model.catalogue import Agreement
from kbrollout.model.fields import (
    Agb,
    Article,
    BodyId,
    Count,
    Day,
    Identifier,
    Line,
    Mail,
    MemberId,
    Model,
    MtvpPartId,
    OrUnknown,
    PartnerId,
    Phone,
    ProgrammeId,
    Prose,
    RoleId,
    SiteCode,
    Slug,
    ThemeId,
    Version,
    YesNo,
    key,
    refuse,
)
from kbrollout.model.framework import BodyFunction
from kbrollout.model.localfacts import Event, LocalThreshold, Specialism, Wording
from kbrollout.model.lock import Baseline
from kbrollout.model.offers import Offer
from kbrollout.model.planning import Planning
from kbrollout.model.tailoring import Choice, Disagreement, Signature


class Level(StrEnum):
    """Where a body of governance works."""

    PRACTICE = "praktijk"
    NEIGHBOURHOOD = "wijk"
    CITY = "stad"
    REGION = "regio"


class PartnerKind(StrEnum):
    """The domain of a partner."""

    MEDICAL = "medisch"
    SOCIAL = "sociaal"
    WELFARE = "welzijn"
    YOUTH = "jeugd"
    MENTAL = "ggz"
    NURSING = "wijkverpleging"
    SPORT = "sport"
    HOSPITAL = "ziekenhuis"
    PUBLIC_HEALTH = "publieke gezondheid"
    MUNICIPALITY = "gemeente"
    INSURER = "zorgverzekeraar"
    NETWORK = "netwerk"
    FUND = "fonds"
    OTHER = "overig"


class DocumentStatus(StrEnum):
    """What a neighbourhood has of a document."""

    PRESENT = "aanwezig"
    REQUESTED = "opgevraagd"
    UNKNOWN = "onbekend"
    EXPIRED = "vervallen"


class Place(Model):
    """The neighbourhood itself."""

    id: Slug = key("id", "Vaste naam van de wijk; zo heet ook de map van het pakket. Verandert nooit.")
    name: Line = key("naam", "Naam van de wijk.")
    code: SiteCode = key("code", "Twee tot vijf hoofdletters; eigen afspraken krijgen deze code in hun id.")
    municipality: Line = key("gemeente", "De gemeente waar de wijk ligt.")
    inhabitants: OrUnknown[Count] = key("inwoners", "Aantal inwoners, of onbekend.", default=None)
    source: Line | None = key("bron", "Waar deze gegevens vandaan komen, met datum.", default=None)
    example: YesNo = key(
        "voorbeeld", "ja als praktijken, functies en besluiten verzonnen zijn. Elke bladzijde zegt dat dan.", default=False
    )


class Region(Model):
    """The region, as far as the site speaks of it."""

    name: Line = key("naam", "Naam van de regio.")
    description: Line | None = key("omschrijving", "Wat de regio voor de wijk betekent.", default=None)


class Partner(Model):
    """An organisation that takes part."""

    id: Slug = key("id", "Vaste naam van de partner. Verandert nooit.")
    name: Line = key("naam", "Naam van de organisatie.")
    kind: PartnerKind = key("soort", "Het domein van de partner.")
    description: Line | None = key("omschrijving", "Wat de partner in de wijk doet.", default=None)
    source: Line | None = key("bron", "Waar dit gegeven vandaan komt, met datum.", default=None)


class Practice(Model):
    """A GP practice or health centre. Only id and name are required."""

    id: Slug = key("id", "Vaste naam van de praktijk. Verandert nooit.")
    name: Line = key("naam", "Naam van de praktijk.")
    agb: OrUnknown[Agb] = key("agb", "AGB-code van de praktijk: 8 cijfers, of onbekend.", default=None)
    his: OrUnknown[Line] = key("his", "Het huisartsinformatiesysteem, of onbekend.", default=None)
    patients: OrUnknown[Count] = key("patienten", "Aantal ingeschreven patiënten, of onbekend.", default=None)
    without: tuple[RoleId, ...] = key("zonder", "Functies die deze praktijk niet heeft, zoals praktijkmanager.", default=())
    mtvp: OrUnknown[tuple[MtvpPartId, ...]] = key("mtvp", "Wat er in het MTVP-plan van de praktijk staat, of onbekend.", default=None)
    choices: tuple[Choice, ...] = key("afspraken", "Wat deze praktijk anders doet dan de wijk, per afspraak.", default=())


class RoleBinding(Model):
    """How a role of the reference is called and filled here."""

    name: Line | None = key("naam", "Hoe de rol hier heet, in het enkelvoud en zonder lidwoord.", default=None)
    article: Article | None = key("lidwoord", "de of het; verplicht bij een eigen naam.", default=None)
    plural: Line | None = key("meervoud", "De eigen naam in het meervoud; verplicht bij een eigen naam.", default=None)
    partners: tuple[PartnerId, ...] = key("partners", "De partners die deze rol vervullen.", default=())
    bodies: tuple[BodyId, ...] = key("gremia", "De gremia die deze rol vervullen, zoals bij regiegroep.", default=())
    contact: OrUnknown[Line] = key("aanspreekpunt", "De functie die u aanspreekt. Geen naam van een persoon.", default=None)
    reason: Line | None = key("reden", "Waarom nog niemand deze rol vervult.", default=None)

    @model_validator(mode="after")
    def _name_is_a_noun(self) -> Self:
        given = {"naam": self.name, "lidwoord": self.article, "meervoud": self.plural}
        missing = [dutch for dutch, value in given.items() if value is None]
        if 0 < len(missing) < len(given):
            raise refuse("lidwoord-ontbreekt", ontbreekt=missing[0])
        return self


class ThemeChoice(Model):
    """A theme that the neighbourhood takes up."""

    id: ThemeId = key("id", "Het thema uit de referentie.")
    name: Line | None = key("naam", "Hoe het thema hier heet, als dat anders is.", default=None)
    contact: OrUnknown[Line] = key("aanspreekpunt", "De functie die over het thema gaat, of onbekend. Geen naam van een persoon.")


class ProgrammeBinding(Model):
    """How a programme of the reference is called here."""

    name: Line = key("naam", "De naam van het programma in deze wijk.")
    description: Line | None = key("omschrijving", "Wat het programma hier inhoudt.", default=None)
    source: Line | None = key("bron", "Waar dit gegeven vandaan komt, met datum.", default=None)


class Body(Model):
    """A body that decides, steers or meets."""

    id: Slug = key("id", "Vaste naam van het gremium. Verandert nooit.")
    name: Line = key("naam", "Naam van het gremium.")
    level: Level = key("niveau", "praktijk, wijk, stad of regio.")
    task: Prose = key("taak", "Wat het gremium doet of besluit.")
    function: OrUnknown[BodyFunction] = key("functie", "besluit, stuurt, voert uit, adviseert of overlegt; of onbekend.", default=None)
    themes: tuple[ThemeId, ...] = key("themas", "De thema's die het gremium uitwerkt, zoals bij een kerngroep.", default=())
    meets: OrUnknown[Line] = key("overleg", "Wanneer of hoe vaak het gremium bij elkaar komt, of onbekend.", default=None)
    members: tuple[MemberId, ...] = key("leden", "De partners, praktijken of rollen die erin zitten.", default=())
    remark: Line | None = key("opmerking", "Wat u over de samenstelling moet weten.", default=None)
    source: Line | None = key("bron", "Waar dit gegeven vandaan komt, met datum.", default=None)


class OpenPointEntry(Model):
    """An open point of the site itself, or owner and date for one that the program found."""

    id: Identifier = key("id", "Het id uit de lijst met open punten, of een eigen id.")
    what: Line | None = key("wat", "Wat er nog open is; alleen bij een eigen punt.", default=None)
    why: Line | None = key("waarom", "Waarom het open is.", default=None)
    owner: RoleId = key("eigenaar", "De rol die het oppakt.")
    due: Day | None = key("voor", "De datum waarop het geregeld moet zijn, als jjjj-mm-dd.", default=None)


class Adoption(Model):
    """The decision that takes over a release of the reference as a whole."""

    version: Version = key("versie", "De versie van de referentie die is vastgesteld.")
    on: Day = key("op", "De datum van het besluit, als jjjj-mm-dd.")
    by: BodyId = key("door", "Het gremium dat besloot.")


class Profile(Model):
    """`profiel.yaml`: one neighbourhood's choices."""

    place: Place = key("wijk", "De wijk.")
    region: Region | None = key("regio", "De regio.", default=None)
    partners: tuple[Partner, ...] = key("partners", "De organisaties die meedoen.", default=())
    practices: tuple[Practice, ...] = key("praktijken", "De huisartsenpraktijken en gezondheidscentra.", min_length=1)
    roles: dict[RoleId, RoleBinding] = key("rollen", "Wie welke rol van de referentie vervult, en hoe die hier heet.", default={})
    themes: tuple[ThemeChoice, ...] = key("themas", "De thema's die de wijk oppakt.", default=())
    programmes: dict[ProgrammeId, ProgrammeBinding] = key("programmas", "Hoe programma's hier heten.", default={})
    bodies: tuple[Body, ...] = key("gremia", "Wie besluit, stuurt en overlegt, op welk niveau.", default=())
    specialisms: tuple[Specialism, ...] = key("specialismen", "De specialismen waarvan een specialist meedenkt.", default=())
    thresholds: tuple[LocalThreshold, ...] = key("startvoorwaarden", "De drempels van regelingen en fondsen hier.", default=())
    wordings: tuple[Wording, ...] = key("indicatoren", "De letterlijke vragen die de wijk bij indicatoren gebruikt.", default=())
    timeline: tuple[Event, ...] = key("tijdlijn", "Hoe het hier ging, met bronnen.", default=())
    choices: tuple[Choice, ...] = key("afspraken", "Wat de wijk overneemt, aanpast of weglaat, per afspraak.", default=())
    disagreements: tuple[Disagreement, ...] = key("niet_eens", "Welke partijen het waarmee niet eens zijn.", default=())
    signatures: tuple[Signature, ...] = key("ondertekend", "Wie het tekenblad ondertekende, met de code die erop stond.", default=())
    open_points: tuple[OpenPointEntry, ...] = key("openstaand", "Eigen open punten, en wie welk open punt oppakt.", default=())
    adopted: Adoption | None = key(
        "vastgesteld", "Het besluit over de hele referentie. Zonder besluit is het pakket een CONCEPT.", default=None
    )


class LocalDocument(Model):
    """What the neighbourhood has of a document of the register, or a document of its own."""

    id: Identifier = key("id", "Het id uit het documentenregister, of een eigen id.")
    title: Line | None = key("titel", "Titel; alleen bij een eigen document.", default=None)
    kind: Line | None = key("soort", "Wat voor document het is; alleen bij een eigen document.", default=None)
    status: DocumentStatus = key("status", "aanwezig, opgevraagd, onbekend of vervallen.")
    location: Line | None = key("plaats", "Waar het document te vinden is.", default=None)
    owner: RoleId | None = key("eigenaar", "De rol die het document beheert.", default=None)
    remark: Line | None = key("opmerking", "Wat u over dit document moet weten.", default=None)

    @model_validator(mode="after")
    def _own_document_has_a_title(self, info: ValidationInfo) -> Self:
        register = (info.context or {}).get("document")
        if register is not None and self.id not in register and (self.title is None or self.kind is None):
            raise refuse("document-onbekend", gegeven=self.id, bekend=tuple(register))
        return self


class DocumentsFile(Model):
    """`documenten.yaml`."""

    documents: tuple[LocalDocument, ...] = key("documenten", "De documenten van de wijk.", default=())


class StreamKind(StrEnum):
    """Whether a stream is money, or work without pay."""

    MONEY = "geld"
    EFFORT = "inzet"


class Stream(Model):
    """One stream of money or unpaid effort: who bears it, who gets it and who gains by it."""

    id: Identifier = key("id", "Vaste naam van de geldstroom. Verandert nooit.")
    kind: StreamKind = key("soort", "geld, of inzet zonder vergoeding.", default=StreamKind.MONEY)
    payer: OrUnknown[MemberId] = key("betaler", "De partner, praktijk of rol die betaalt of bijdraagt, of onbekend.")
    receiver: OrUnknown[MemberId] = key("ontvanger", "De partner, praktijk of rol die het krijgt, of onbekend.", default=None)
    gains: OrUnknown[tuple[MemberId, ...]] = key("voordeel", "Wie er volgens de bron voordeel van heeft, of onbekend.", default=None)
    purpose: Line = key("waarvoor", "Waar het geld of de inzet voor is.")
    amount: OrUnknown[Line] = key("bedrag", "Het bedrag, of onbekend.", default=None)
    unit: OrUnknown[Line] = key("eenheid", "Waar het bedrag over gaat, zoals per patiënt, of onbekend.", default=None)
    period: OrUnknown[Line] = key("periode", "Over welke periode het bedrag gaat, of onbekend.", default=None)
    date: OrUnknown[Line] = key("datum", "Van wanneer dit gegeven is, of onbekend.", default=None)
    ends: OrUnknown[Line] = key("tot", "Tot wanneer, of onbekend.", default=None)
    risk: Line | None = key("risico", "Wat er mis kan gaan, of waarom de stroom onzeker is.", default=None)
    source: Line = key("bron", "Waar dit gegeven vandaan komt.")

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is not known of the stream. Effort without pay has no amount to know."""
        facts: dict[str, object] = {"betaler": self.payer}
        if self.kind is StreamKind.MONEY:
            facts |= {"bedrag": self.amount, "eenheid": self.unit, "periode": self.period, "einddatum": self.ends}
        return tuple(name for name, value in facts.items() if value is None)


class FundingFile(Model):
    """`financiering.yaml`."""

    streams: tuple[Stream, ...] = key("stromen", "De geldstromen en bijdragen.", default=())


class Contact(Model):
    """How to reach a role or a partner. A desk or a function, never a person."""

    who: MemberId = key("wie", "De rol, partner of praktijk die u zo bereikt.")
    function: Line = key("functie", "De balie of functie die u aanspreekt. Geen naam van een persoon.")
    hours: OrUnknown[Line] = key("bereikbaar", "Wanneer de balie of functie bereikbaar is, of onbekend.", default=None)
    phone: OrUnknown[Phone] = key("telefoon", "Het nummer van de balie of functie, of onbekend.", default=None)
    mail: OrUnknown[Mail] = key("mail", "Het functionele mailadres, of onbekend.", default=None)


class ContactsFile(Model):
    """`contacten.yaml`: printed only on the local who-is-who."""

    contacts: tuple[Contact, ...] = key("contacten", "Hoe men rollen en partners bereikt.", default=())


@dataclass(frozen=True)
class Site:
    """Everything that a site folder holds."""

    profile: Profile
    documents: Mapping[str, LocalDocument]
    streams: tuple[Stream, ...]
    contacts: tuple[Contact, ...] = ()
    house_style: str | None = None
    own: Mapping[str, Agreement] = field(default_factory=dict)
    """The neighbourhood's own agreements, by id; their headers are `OwnHeader`s."""
    accepted: Mapping[str, str] = field(default_factory=dict)
    """Per agreement the fingerprint of the text that the neighbourhood accepted, as far as its lock says."""
    planning: Planning | None = None
    baseline: Baseline | None = None
    """The plan as it was approved, as far as the lock says."""
    offers: tuple[Offer, ...] = ()
    ladder: tuple[str, ...] = ()
    """The steps of the neighbourhood when somebody gets stuck in rules, the first one first."""

    @property
    def id(self) -> str:
        return self.profile.place.id
