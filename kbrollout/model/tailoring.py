"""How a neighbourhood or a practice deviates from the reference, agreement by agreement, and who decided that."""

from __future__ import annotations

from enum import StrEnum

from kbrollout.model.catalogue import AgreementHeader
from kbrollout.model.fields import AgreementId, BodyId, Day, Line, MemberId, Model, Prose, SheetCode, Slug, YesNo, key
from kbrollout.model.framework import Binding, Heading, Provenance
from kbrollout.model.sourced import SourceRef


class ChoiceKind(StrEnum):
    """What can be done with an agreement of the reference."""

    TAKE_OVER = "overnemen"
    ADAPT = "aanpassen"
    DROP = "weglaten"


class Decision(Model):
    """Who decided, when and why."""

    on: Day = key("op", "De datum van het besluit, als jjjj-mm-dd.")
    by: BodyId = key("door", "Het gremium dat besloot.")
    reason: Line | None = key("reden", "Waarom. Verplicht bij aanpassen en weglaten.", default=None)


class Choice(Model):
    """What is done with one agreement of the reference."""

    id: AgreementId = key("id", "De afspraak uit de referentie.")
    kind: ChoiceKind = key("keuze", "overnemen, aanpassen of weglaten.")
    values: dict[Slug, Line] = key("waarden", "Wat er hier op de open plekken in de zin staat.", default={})
    additions: dict[Heading, Prose] = key("aanvullen", "Tekst die erbij komt, per kop van de afspraak.", default={})
    replacements: dict[Heading, Prose] = key("vervangen", "Tekst die ervoor in de plaats komt, per kop van de afspraak.", default={})
    beyond_limits: YesNo = key("afwijken", "ja als een waarde bewust buiten haar grens ligt.", default=False)
    decision: Decision | None = key("besluit", "Wanneer, door wie en waarom.", default=None)
    share: YesNo = key("delen", "ja als anderen deze keuze mogen zien en overnemen.", default=False)


class OwnHeader(AgreementHeader):
    """Front matter of a neighbourhood's own agreement: the same as in the reference, with its decision."""

    sources: tuple[SourceRef, ...] = key("bron", "Waar dit vandaan komt, als er een bron is.", default=())
    provenance: Provenance = key("herkomst", "eigen, of overgenomen, afgeleid of voorstel.", default=Provenance.OWN)
    binding: Binding = key("hardheid", "kern, aanbevolen of vrij.", default=Binding.FREE)
    since: Line = key("sinds", "Sinds wanneer de afspraak hier geldt.", default="het besluit")
    decision: Decision | None = key("besluit", "Wanneer, door wie en waarom. Zonder besluit is het een eigen voorstel.", default=None)
    share: YesNo = key("delen", "ja als anderen deze afspraak mogen zien en overnemen.", default=False)


class Disagreement(Model):
    """Parties that do not agree with an agreement, and with what."""

    id: AgreementId = key("id", "De afspraak waar het om gaat.")
    parties: tuple[MemberId, ...] = key("partijen", "De partners, praktijken of rollen die het niet eens zijn.", min_length=1)
    what: Prose = key("wat", "Waarmee zij het niet eens zijn, in één of twee zinnen.")


class Signature(Model):
    """A party that signed the sheet, and the code that was on it."""

    who: MemberId = key("wie", "De partner, praktijk of rol die tekende.")
    on: Day = key("op", "De datum van de handtekening, als jjjj-mm-dd.")
    code: SheetCode = key("code", "De code van het tekenblad, zoals 1A2B-3C4D.")
