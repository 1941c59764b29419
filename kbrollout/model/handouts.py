"""Handouts: what trainers print and people fill in, hang up or take home. One file per handout, built of a few kinds of block."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from kbrollout.model.fields import (
    AgreementId,
    Count,
    HandoutId,
    Identifier,
    IndicatorId,
    InstrumentId,
    Line,
    Model,
    Prose,
    RequirementId,
    RoleId,
    Slug,
    ThemeId,
    YesNo,
    key,
    refuse,
)
from kbrollout.model.offers import OfferKind, Support
from kbrollout.model.sourced import Sourced


class HandoutKind(StrEnum):
    """What a handout is for."""

    FORM = "invulblad"
    EXPLANATION = "uitleg"
    CARD = "kaart"
    EXERCISE = "oefening"
    FLOW_CHART = "stroomschema"
    LEAFLET = "folder"
    TRAINING = "training"


class Paper(StrEnum):
    """How a handout comes on paper."""

    A4 = "a4"
    A5 = "a5"
    BOOKLET = "boekje"


class Drawing(StrEnum):
    """The drawings that the program makes."""

    FOUR_DOMAINS = "4d"
    LADDER = "ladder"


class LocalPiece(StrEnum):
    """What comes from the neighbourhood itself."""

    SPECIALISMS = "specialismen"
    CONTACTS = "aanspreekpunten"
    CALENDAR = "leerkalender"
    LADDER = "escalatie"


class Writing(Model):
    """A question with lines to write on."""

    question: Line = key("vraag", "Wat de lezer opschrijft.")
    lines: Count = key("regels", "Hoeveel schrijfregels.", default=2)


class Box(Model):
    """A box to write in, beside another one."""

    title: Line = key("kop", "Wat er in het vak komt.")
    hint: Line | None = key("uitleg", "Waar men aan kan denken.", default=None)
    lines: Count = key("regels", "Hoeveel schrijfregels.", default=5)


class Table(Model):
    """A table, with empty rows to fill in."""

    heads: tuple[Line, ...] = key("koppen", "De koppen van de kolommen.", min_length=2)
    rows: tuple[tuple[Line, ...], ...] = key("rijen", "De rijen met tekst.", default=())
    empty: Count = key("lege_rijen", "Hoeveel lege rijen erbij komen.", default=0)

    @model_validator(mode="after")
    def _as_wide_as_the_head(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.heads):
                raise refuse("tabel-breedte", rij=number, koppen=len(self.heads), cellen=len(row))
        return self


class Arrow(Model):
    """The way from one step of a flow chart to the next."""

    to: Slug = key("naar", "De volgende stap.")
    label: Line | None = key("bij", "Het antwoord dat daarheen leidt, zoals ja of nee.", default=None)


class LearningLevel(Model):
    """One of the levels of a drawing of levels."""

    name: Line = key("naam", "Naam van het niveau.")
    text: Line = key("tekst", "De vraag of uitleg erbij.")


class FlowStep(Model):
    """One step or question of a flow chart."""

    id: Slug = key("id", "Vaste naam van de stap.")
    text: Line = key("tekst", "De stap of de vraag.")
    question: YesNo = key("vraag", "ja als het een vraag is.", default=False)
    offers: OfferKind | None = key("aanbod", "Het soort aanbod van de wijk dat hier komt te staan.", default=None)
    support: Support | None = key("begeleiding", "Alleen aanbod met deze begeleiding.", default=None)
    next: tuple[Arrow, ...] = key("verder", "Waar het hierna heen gaat.", default=())


class Case(Model):
    """A plainly fictitious situation to practise with."""

    title: Line = key("titel", "Hoe de situatie heet.")
    story: Prose = key("verhaal", "Wat er speelt. Duidelijk verzonnen.")
    questions: tuple[Line, ...] = key("vragen", "Wat men bespreekt.", min_length=1)


class Scale(Model):
    """A row of numbers to circle."""

    least: Count = key("van", "Het laagste cijfer.")
    most: Count = key("tot", "Het hoogste cijfer.")


class Block(Model):
    """One piece of a handout: an optional heading and exactly one content."""

    heading: Line | None = key("kop", "Kop boven dit blok.", default=None)
    text: Prose | None = key("tekst", "Tekst in Markdown.", default=None)
    steps: tuple[Line, ...] = key("stappen", "Genummerde stappen.", default=())
    points: tuple[Line, ...] = key("punten", "Losse punten.", default=())
    ticks: tuple[Line, ...] = key("afvinken", "Punten met een vakje ervoor.", default=())
    writing: tuple[Writing, ...] = key("schrijven", "Vragen met schrijfregels.", default=())
    boxes: tuple[Box, ...] = key("vakken", "Vakken om in te schrijven, twee naast elkaar.", default=())
    table: Table | None = key("tabel", "Een tabel.", default=None)
    drawing: Drawing | None = key("tekening", "Een tekening die kbrollout maakt.", default=None)
    levels: tuple[LearningLevel, ...] = key("niveaus", "Niveaus die kbrollout onder elkaar tekent, het bovenste eerst.", default=())
    flow: tuple[FlowStep, ...] = key("stroom", "De stappen van een stroomschema.", default=())
    offers: OfferKind | None = key("aanbod", "Het aanbod van de wijk van deze soort.", default=None)
    local: LocalPiece | None = key("lokaal", "Gegevens van de wijk zelf.", default=None)
    roles: tuple[RoleId, ...] = key("rollen", "Bij aanspreekpunten: alleen van deze rollen. Niets is: van allemaal.", default=())
    agreement: AgreementId | None = key("afspraak", "Een afspraak zoals zij in de wijk geldt.", default=None)
    indicator: IndicatorId | None = key("indicator", "De vraag van de wijk bij een indicator.", default=None)
    per_system: tuple[RequirementId, ...] = key("per_his", "Wat basisvoorwaarden vragen per huisartsinformatiesysteem.", default=())
    case: Case | None = key("casus", "Een verzonnen situatie.", default=None)
    scale: Scale | None = key("schaal", "Een rij cijfers om te omcirkelen.", default=None)
    note: Line | None = key("let_op", "Iets om op te letten, in een kader.", default=None)
    new_page: YesNo = key("nieuwe_bladzijde", "ja als dit blok op een nieuwe bladzijde begint.", default=False)

    @model_validator(mode="after")
    def _one_content(self) -> Self:
        contents = [
            *(self.text, self.steps, self.points, self.ticks, self.writing, self.boxes, self.table),
            *(self.drawing, self.levels, self.flow, self.offers, self.local, self.case, self.scale, self.note),
            *(self.agreement, self.indicator, self.per_system),
        ]
        if sum(1 for content in contents if content) != 1:
            raise refuse("blok-inhoud")
        return self


class Handout(Sourced):
    """One handout of the reference. It is in a pack where one of its agreements holds, or when it names none."""

    id: Identifier = key("id", "Vaste naam van de handout, gelijk aan de bestandsnaam.")
    title: Line = key("titel", "Titel van de handout.")
    purpose: Line = key("doel", "Waar de handout voor dient.")
    audience: tuple[RoleId, ...] = key("voor", "Wie de handout gebruiken.", min_length=1)
    kind: HandoutKind = key("soort", "invulblad, uitleg, kaart, oefening, stroomschema, folder of training.")
    paper: Paper = key("vorm", "a4, a5 (twee op een vel) of boekje (A5, dubbelzijdig).", default=Paper.A4)
    theme: ThemeId = key("thema", "Het thema, of kern.")
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar de handout bij hoort.", default=())
    instruments: tuple[InstrumentId, ...] = key("hulpmiddelen", "De hulpmiddelen waar de handout bij hoort.", default=())
    for_residents: YesNo = key("bewoners", "ja als bewoners de handout lezen; dan is er ook een versie in grote letters.", default=False)
    blocks: tuple[Block, ...] = key("blokken", "De inhoud.", min_length=1)


class PerWhom(StrEnum):
    """What the number of copies follows from."""

    PARTICIPANT = "deelnemer"
    PAIR = "tweetal"
    GROUP = "groep"
    TRAINER = "trainer"
    ONCE = "keer"


class Print(Model):
    """How many copies of a handout a training needs."""

    handout: HandoutId = key("handout", "De handout.")
    per: PerWhom = key("per", "deelnemer, tweetal, groep, trainer of keer.")
    count: Count = key("aantal", "Hoeveel exemplaren daarvoor.", default=1)
    spare: Count = key("extra", "Hoeveel exemplaren extra.", default=0)


class ProgrammeItem(Model):
    """One part of a training."""

    minutes: Count = key("minuten", "Hoeveel minuten. Een voorstel.")
    what: Line = key("wat", "Wat u doet.")
    how: Line = key("hoe", "Hoe u het doet.")
    handouts: tuple[HandoutId, ...] = key("handouts", "De handouts die erbij horen.", default=())


class Training(Sourced):
    """A training: goals, programme, materials and what has to be printed."""

    id: Slug = key("id", "Vaste naam van de training.")
    title: Line = key("titel", "Naam van de training.")
    audience: tuple[RoleId, ...] = key("voor", "Voor wie de training is.", min_length=1)
    trainers: Line = key("trainers", "Wie de training geven.")
    goals: tuple[Line, ...] = key("doelen", "Wat deelnemers daarna kunnen.", min_length=1)
    group_size: Count = key("groep", "Hoe groot een groepje is.", default=4)
    programme: tuple[ProgrammeItem, ...] = key("programma", "De onderdelen, in volgorde.", min_length=1)
    materials: tuple[Line, ...] = key("materiaal", "Wat er verder nodig is.", default=())
    prints: tuple[Print, ...] = key("drukwerk", "Wat u print, en hoe vaak.", min_length=1)
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar de training bij hoort.", default=())
