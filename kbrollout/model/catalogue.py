"""The reference as its authors write it: themes, roles, agreements, documents, with their origin.

One model per file of `templates/catalogue/`; `Catalogue` is all of it together, once the links are checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from pydantic import model_validator

from kbrollout.model.conditions import EntryCondition, Exemption, FundingSource, Indicator, Requirement, System
from kbrollout.model.fields import (
    AgreementId,
    Article,
    Count,
    Day,
    DocumentId,
    Identifier,
    Line,
    Model,
    Prose,
    ResultId,
    RoleId,
    Slug,
    SuccessorId,
    ThemeId,
    Version,
    YesNo,
    key,
    refuse,
)
from kbrollout.model.framework import (
    Binding,
    BodyFunction,
    Column,
    Filling,
    Function,
    Heading,
    Layer,
    Sort,
    Status,
    ThemeKind,
    ValueKind,
)
from kbrollout.model.handouts import Handout, Training
from kbrollout.model.sourced import Sourced
from kbrollout.model.tasks import ElementText, MtvpPart, Risk, TaskSeed

CORE_THEME = "kern"
SPECIALIST_THEME = "wijkspecialist"
"""The theme that needs the neighbourhood's list of specialisms."""


class Source(Model):
    """A document or page that content of the reference comes from."""

    id: Slug = key("id", "Vaste naam van de bron.")
    title: Line = key("titel", "Titel van de bron.")
    short: Line = key("kort", "Korte naam, zoals hij bij elke afspraak staat.")
    publisher: Line | None = key("uitgever", "Wie de bron heeft uitgegeven.", default=None)
    date: Line = key("datum", "Datum of jaar van de bron, zoals die erop staat.")
    address: Line | None = key("adres", "Webadres, als dat er is.", default=None)


class Release(Model):
    """One release of the reference."""

    version: Version = key("versie", "Versienummer, bijvoorbeeld 2.1.")
    date: Line = key("datum", "Wanneer deze versie is uitgebracht.")
    summary: Line = key("samenvatting", "Wat deze versie brengt, in één zin.")


class Cell(Sourced):
    """One cell of the framework: a column, a layer and what belongs there."""

    column: Column = key("kolom", "kwaliteit of duurzaamheid.")
    layer: Layer = key("laag", "normen, werkafspraken of techniek.")
    question: Line = key("vraag", "De vraag die deze cel beantwoordt.")


class GroupName(Model):
    """The heading above agreements of one sort or function."""

    id: Line = key("id", "Een soort of functie.")
    name: Line = key("naam", "De kop boven werkafspraken van deze soort.")
    norms: Line = key("normen", "De kop boven normen van deze soort.")


class Index(Model):
    """`referentie.yaml`: the version, its history and the framework."""

    name: Line = key("naam", "Naam van de referentie.")
    version: Version = key("versie", "De versie die hier staat.")
    releases: tuple[Release, ...] = key("uitgaven", "Alle uitgaven, de oudste eerst.", min_length=1)
    lead: RoleId = key("trekker", "De rol die een open punt oppakt als er niets anders is afgesproken.")
    stand_in: RoleId = key("neemt_waar", "De rol die het werk doet van een functie die een praktijk niet heeft.")
    core_decided_by: BodyFunction = key("kern_besluit", "De functie van het gremium dat over de kern besluit.")
    series: tuple[Line, ...] = key("volgorde", "Het begin van de id's, in de volgorde waarin de afspraken staan.", default=())
    cells: tuple[Cell, ...] = key("cellen", "De zes cellen van het kader.")
    groups: tuple[GroupName, ...] = key("groepen", "Koppen per soort en functie.")


class Goal(Sourced):
    """One of the goals."""

    id: Identifier = key("id", "Vaste naam van het doel.")
    title: Line = key("titel", "Het doel in een paar woorden.")
    explanation: Line = key("uitleg", "Wat het doel betekent, in één zin.")


class Noun(Model):
    """A singular noun with its article, so that sentences stay Dutch."""

    name: Line = key("naam", "Het woord in het enkelvoud, zonder lidwoord.")
    article: Article = key("lidwoord", "de of het.")
    plural: Line = key("meervoud", "Het woord in het meervoud.")


class Role(Sourced, Noun):
    """What an agreement speaks of; a profile binds it to local organisations and a local name."""

    id: Slug = key("id", "Vaste naam van de rol; zo staat hij tussen accolades in een afspraak.")
    description: Line = key("omschrijving", "Wat deze rol doet, in één zin.")
    filling: Filling = key("ingevuld_door", "Wie de rol vervult: partners, praktijken, allen of bewoners.", default=Filling.PARTNERS)


class Programme(Sourced, Noun):
    """A programme that goes by a brand name somewhere; the reference knows only its kind."""

    id: Slug = key("id", "Vaste naam van het programma; zo staat het tussen accolades in een afspraak.")
    description: Line = key("omschrijving", "Wat het programma is, in één zin.")


class Theme(Sourced):
    """A theme that a neighbourhood can choose, with the roles it needs."""

    id: Slug = key("id", "Vaste naam van het thema.")
    name: Line = key("naam", "Naam van het thema.")
    kind: ThemeKind = key("soort", "onderwerp of discipline.")
    introduction: Prose = key("inleiding", "Waar het thema over gaat.")
    roles: tuple[RoleId, ...] = key("rollen", "De rollen die het thema nodig heeft.", min_length=1)


class Instrument(Sourced):
    """A tool that people work with: a model, a form, a flow chart, a dashboard."""

    id: Identifier = key("id", "Vaste naam van het instrument.")
    title: Line = key("titel", "Naam van het instrument.")
    purpose: Line = key("waarvoor", "Waar het voor dient.")
    theme: ThemeId = key("thema", "Het thema, of kern.")
    column: Column = key("kolom", "kwaliteit of duurzaamheid.", default=Column.QUALITY)
    documents: tuple[DocumentId, ...] = key("documenten", "De documenten waar het in staat.", default=())


class Document(Sourced):
    """A document that the reference names. Whether a neighbourhood has it is in the site folder."""

    id: Identifier = key("id", "Vaste naam van het document.")
    title: Line = key("titel", "Titel van het document.")
    kind: Line = key("soort", "Wat voor document het is.")
    theme: ThemeId = key("thema", "Het thema, of kern.")
    remark: Line | None = key("opmerking", "Wat u over dit document moet weten.", default=None)


class Result(Sourced):
    """A figure about results, with what must be said along with it."""

    id: Identifier = key("id", "Vaste naam van het cijfer.")
    what: Line = key("wat", "Wat er is gemeten.")
    figure: Line = key("cijfer", "Het cijfer met zijn eenheid.")
    scope: Line = key("bij_wie", "Over wie of waarover het cijfer gaat.")
    date: Line = key("datum", "Van wanneer het cijfer is.")
    caveat: Line = key("voorbehoud", "Wat de bron er niet bij zegt.")
    beside: tuple[ResultId, ...] = key("naast", "Andere cijfers over hetzelfde, die iets anders zeggen.", default=())


class Term(Sourced):
    """An entry of the glossary."""

    term: Line = key("begrip", "Het woord.")
    meaning: Line = key("betekenis", "Wat wij ermee bedoelen.")


class Gap(Sourced):
    """Something that the reference does not know or has not settled; an open point in every pack."""

    id: Identifier = key("id", "Vaste naam van het open punt.")
    what: Line = key("wat", "Wat er nog open is.")
    why: Line = key("waarom", "Waarom het open is.")
    owner: RoleId = key("eigenaar", "De rol die het oppakt.")
    theme: ThemeId = key("thema", "Het thema, of kern.", default=CORE_THEME)
    answers: tuple[AgreementId, ...] = key("antwoord", "Voorstellen die het punt oplossen zodra de wijk ze kiest.", default=())
    solved: Line | None = key("opgelost", "Wat in deze uitgave het punt oplost; dan is het geen open punt meer.", default=None)


class FirstStep(Sourced):
    """One of the first things that a practice does."""

    id: Identifier = key("id", "Vaste naam van de stap.")
    title: Line = key("titel", "De stap in een paar woorden, in de gebiedende wijs.")
    explanation: Line = key("uitleg", "Wat u doet, in één of twee zinnen.")
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar de stap bij hoort.", default=())


class Retired(Model):
    """The id of an agreement or a requirement that was used and never will be again."""

    id: Identifier = key("id", "Het id dat niet meer gebruikt wordt.")
    since: Version = key("sinds", "De versie waarin het verviel.")
    successors: tuple[SuccessorId, ...] = key("opgevolgd_door", "De afspraken of voorwaarden die ervoor in de plaats kwamen.", default=())
    reason: Line = key("reden", "Waarom het verviel.")


class Section(Sourced):
    """Front matter of a text in `teksten/`; the Markdown under it is its body."""

    id: Slug = key("id", "Vaste naam van de tekst, gelijk aan de bestandsnaam.")
    title: Line = key("titel", "Kop boven de tekst.")


class Involved(Model):
    """The parties to an agreement."""

    does: tuple[RoleId, ...] = key("doet", "De rollen die iets doen.", min_length=1)
    knows: tuple[RoleId, ...] = key("weet", "De rollen die ervan moeten weten.", default=())


class Value(Model):
    """A blank in the sentence of an agreement, with the phrase that fills it unless a site decides otherwise."""

    kind: ValueKind = key("soort", "tekst of werkdagen.")
    question: Line = key("vraag", "De vraag die een wijk beantwoordt om de waarde te kiezen.")
    least: Count | None = key("minstens", "Het kleinste aantal werkdagen dat een wijk kan kiezen.", default=None)
    most: Count | None = key("hoogstens", "Het grootste aantal werkdagen dat een wijk kan kiezen.", default=None)
    default: Line = key("standaard", "Wat er staat als de wijk niets kiest: een hele zinsnede, of een aantal werkdagen.")
    assumption: YesNo = key("aanname", "ja als de standaard een aanname is.", default=False)

    @model_validator(mode="after")
    def _number_of_days(self) -> Self:
        if self.kind is ValueKind.WORKING_DAYS and not self.default.isdecimal():
            raise refuse("waarde-werkdagen", gegeven=self.default)
        return self


class AgreementHeader(Sourced):
    """Front matter of an agreement."""

    id: Identifier = key("id", "Vaste naam van de afspraak, gelijk aan de bestandsnaam.")
    title: Line = key("titel", "De afspraak in een paar woorden.")
    column: Column = key("kolom", "kwaliteit of duurzaamheid.")
    layer: Layer = key("laag", "normen, werkafspraken of techniek.")
    theme: ThemeId = key("thema", "Het thema, of kern.")
    sort: Sort | None = key("soort", "stroomlijnen, relatie of gezond werken; alleen bij kwaliteit.", default=None)
    function: Function | None = key("functie", "financiering, continuïteit of leren; alleen bij duurzaamheid.", default=None)
    roles: Involved = key("rollen", "Wie iets doet en wie het moet weten.")
    binding: Binding = key("hardheid", "kern, aanbevolen of vrij.")
    values: dict[Slug, Value] = key("waarden", "De open plekken in de zin.", default={})
    since: Version = key("sinds", "De versie van de referentie waarin de afspraak kwam.")
    status: Status = key("status", "geldend of vervallen.", default=Status.CURRENT)
    owner: RoleId | None = key("eigenaar", "De rol die de afspraak beheert.", default=None)
    review: Day | None = key("herzien", "De datum waarop de afspraak opnieuw bekeken wordt.", default=None)
    documents: tuple[DocumentId, ...] = key("documenten", "De documenten waar de afspraak in staat.", default=())

    @model_validator(mode="after")
    def _sort_or_function(self) -> Self:
        needed, other = ("soort", "functie") if self.column is Column.QUALITY else ("functie", "soort")
        given = {"soort": self.sort, "functie": self.function}
        if given[needed] is None or given[other] is not None:
            raise refuse("soort-of-functie", kolom=self.column.value, nodig=needed, ander=other)
        return self


@dataclass(frozen=True)
class Expectation:
    """What others may expect of one role. `text` is Markdown with slots."""

    role: str
    text: str


@dataclass(frozen=True)
class Agreement:
    """One agreement of the reference: its header and its text per heading (Markdown with slots).

    `expectations` is the heading Verwachtingen taken apart; it does not stand in `text`.
    """

    header: AgreementHeader
    text: Mapping[Heading, str]
    expectations: tuple[Expectation, ...]

    @property
    def id(self) -> str:
        return self.header.id


@dataclass(frozen=True)
class Text:
    """One text of the reference: its header and its Markdown body with slots."""

    header: Section
    body: str


@dataclass(frozen=True)
class Catalogue:
    """The whole reference. Every link between entries has been checked by the loader."""

    index: Index
    sources: Mapping[str, Source]
    goals: tuple[Goal, ...]
    roles: Mapping[str, Role]
    programmes: Mapping[str, Programme]
    themes: Mapping[str, Theme]
    instruments: tuple[Instrument, ...]
    documents: Mapping[str, Document]
    results: tuple[Result, ...]
    terms: tuple[Term, ...]
    gaps: tuple[Gap, ...]
    retired: tuple[Retired, ...]
    first_steps: tuple[FirstStep, ...]
    systems: Mapping[str, System]
    requirements: Mapping[str, Requirement]
    exemptions: tuple[Exemption, ...]
    entry_conditions: Mapping[str, EntryCondition]
    indicators: Mapping[str, Indicator]
    funding_sources: tuple[FundingSource, ...]
    tasks: Mapping[str, TaskSeed]
    risks: tuple[Risk, ...]
    elements: tuple[ElementText, ...]
    mtvp_parts: Mapping[str, MtvpPart]
    handouts: Mapping[str, Handout]
    trainings: Mapping[str, Training]
    texts: Mapping[str, Text]
    agreements: Mapping[str, Agreement]
