"""Facts of one neighbourhood that complete the reference: history, specialisms, thresholds, the words of a question."""

from __future__ import annotations

from kbrollout.model.fields import EntryConditionId, Identifier, IndicatorId, Line, Model, OrUnknown, PartnerId, Prose, key


class Event(Model):
    """One entry of the timeline."""

    id: Identifier = key("id", "Vaste naam van de gebeurtenis. Verandert nooit.")
    when: Line = key("wanneer", "Jaar, datum of periode, zoals de bron die geeft.")
    what: Prose = key("wat", "Wat er gebeurde, in één of twee zinnen.")
    source: Line = key("bron", "Waar dit gegeven vandaan komt, met datum.")


class Specialism(Model):
    """A medical specialism whose specialist the practices of the neighbourhood can consult."""

    name: Line = key("naam", "Het specialisme.")
    since: OrUnknown[Line] = key("sinds", "Sinds wanneer het meedoet, of onbekend.", default=None)
    partner: PartnerId | None = key("partner", "De partner waar de specialist werkt, als die bekend is.", default=None)
    source: Line = key("bron", "Waar dit gegeven vandaan komt, met datum.")


class LocalThreshold(Model):
    """The threshold that a scheme or fund uses here for an entry condition."""

    id: EntryConditionId = key("id", "De startvoorwaarde uit de referentie.")
    scheme: Line = key("regeling", "De regeling of het fonds dat dit vraagt.")
    threshold: OrUnknown[Line] = key("drempel", "De drempel, of onbekend.", default=None)
    source: Line = key("bron", "Waar dit gegeven vandaan komt, met datum.")


class Wording(Model):
    """The exact question and scale that this neighbourhood uses for an indicator."""

    id: IndicatorId = key("id", "De indicator uit de referentie.")
    question: Line = key("vraag", "De letterlijke vraag.")
    scale: OrUnknown[Line] = key("schaal", "De schaal of eenheid, of onbekend.", default=None)
    source: Line = key("bron", "Waar deze vraag vandaan komt, met datum.")
