"""What a practice and a neighbourhood must have arranged, what they must meet to start, what they measure, who may pay."""

from __future__ import annotations

from kbrollout.model.fields import (
    UNKNOWN,
    AgreementId,
    DocumentId,
    Identifier,
    Line,
    Model,
    OrUnknown,
    RoleId,
    Slug,
    SystemId,
    ThemeId,
    Version,
    key,
)
from kbrollout.model.framework import IndicatorKind, Phase, UnitLevel
from kbrollout.model.sourced import Sourced, SourceRef


class System(Sourced):
    """A GP information system (HIS), by all the names that people know it by."""

    id: Slug = key("id", "Vaste naam van het systeem.")
    name: Line = key("naam", "Naam van het systeem.")
    aliases: tuple[Line, ...] = key("ook", "Andere namen van hetzelfde systeem.", default=())
    remark: Line | None = key("opmerking", "Wat u over dit systeem moet weten.", default=None)


class SystemVariant(Model):
    """What a requirement asks of practices with certain systems, in place of the general text."""

    systems: tuple[SystemId, ...] = key("systemen", "De systemen waarvoor deze tekst geldt.", min_length=1)
    good_enough: Line = key("goed_genoeg", "Wanneer het met deze systemen goed genoeg is.")
    documents: tuple[DocumentId, ...] = key("documenten", "De handleidingen voor deze systemen.", default=())


class Requirement(Sourced):
    """One checkable thing that a practice or the neighbourhood must have arranged."""

    id: Identifier = key("id", "Vaste naam van de basisvoorwaarde.")
    title: Line = key("titel", "Wat er geregeld moet zijn, in één korte zin.")
    level: UnitLevel = key("niveau", "praktijk of wijk.")
    theme: ThemeId = key("thema", "Het thema, of kern.")
    why: Line = key("waarom", "Waarom het nodig is.")
    good_enough: Line = key("goed_genoeg", "Wanneer het goed genoeg is.")
    evidence: Line = key("bewijs", "Waaraan anderen dat kunnen zien.")
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar de voorwaarde bij hoort.", min_length=1)
    who: RoleId = key("wie", "De rol die dit invult.")
    phase: Phase = key("fase", "voorbereiding, nulmeting, invoering of borging.")
    since: Version = key("sinds", "De versie van de referentie waarin de voorwaarde kwam.")
    variants: tuple[SystemVariant, ...] = key("per_his", "Wat anders is per huisartsinformatiesysteem.", default=())


class Exemption(Sourced):
    """Agreements that need no requirement, with the reason."""

    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken zonder basisvoorwaarde.", min_length=1)
    reason: Line = key("reden", "Waarom deze afspraken geen basisvoorwaarde hebben.")


class Threshold(Model):
    """A threshold that some scheme elsewhere uses, as an example."""

    scheme: Line = key("regeling", "Wat voor regeling het is, zonder eigennaam.")
    threshold: Line = key("drempel", "De drempel van die regeling.")
    sources: tuple[SourceRef, ...] = key("bron", "Waar dit vandaan komt.", min_length=1)


class EntryCondition(Sourced):
    """Something that a scheme or fund asks before a practice or neighbourhood can start; the threshold is local."""

    id: Identifier = key("id", "Vaste naam van de startvoorwaarde.")
    title: Line = key("titel", "De startvoorwaarde in een paar woorden.")
    question: Line = key("vraag", "De vraag die u beantwoordt.")
    why: Line = key("waarom", "Waarom dit telt bij de start.")
    level: UnitLevel = key("niveau", "praktijk of wijk.")
    who: RoleId = key("wie", "De rol die dit nagaat.")
    examples: tuple[Threshold, ...] = key("voorbeelden", "Drempels die elders gelden.", default=())


class Indicator(Sourced):
    """A measure by its definition; the exact question is unknown until a source or a site gives it."""

    id: Identifier = key("id", "Vaste naam van de indicator.")
    title: Line = key("titel", "Naam van de indicator.")
    kind: IndicatorKind = key("soort", "uitkomst of proces.")
    level: UnitLevel = key("niveau", "praktijk of wijk.")
    definition: Line = key("definitie", "Wat u meet of telt.")
    question: Line | None = key("vraag", "De letterlijke vraag, of onbekend. Weglaten als er niemand iets gevraagd wordt.", default=None)
    scale: OrUnknown[Line] = key("schaal", "De schaal of eenheid, of onbekend.", default=None)
    method: Line = key("werkwijze", "Hoe u meet of telt, zonder extra registratie waar dat kan.")
    when: Line = key("wanneer", "Wanneer u meet.")
    who: RoleId = key("wie", "De rol die meet of telt.")
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar de indicator bij hoort.", default=())
    caution: Line | None = key("let_op", "Wat u bij het lezen moet weten.", default=None)

    @property
    def asks_unknown(self) -> bool:
        """True when people are asked something, and the exact question is not known."""
        return self.question == UNKNOWN


class FundingSource(Sourced):
    """A stream of money that a neighbourhood may count on, as public sources describe it."""

    id: Identifier = key("id", "Vaste naam van de geldbron.")
    title: Line = key("titel", "Naam van de geldbron.")
    payer: RoleId = key("betaler", "De rol die betaalt.")
    purpose: Line = key("waarvoor", "Waar het geld voor is.")
    amount: OrUnknown[Line] = key("bedrag", "Het bedrag, of onbekend.", default=None)
    unit: OrUnknown[Line] = key("eenheid", "Waar het bedrag over gaat, of onbekend.", default=None)
    period: OrUnknown[Line] = key("periode", "Over welke periode het bedrag gaat, of onbekend.", default=None)
    date: Line = key("datum", "Van wanneer dit gegeven is.")
    ends: OrUnknown[Line] = key("tot", "Tot wanneer het geld er is, of onbekend.", default=None)
    caution: Line | None = key("let_op", "Wat u moet weten voor u erop rekent.", default=None)
