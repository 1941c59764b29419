"""What is asked about one agreement: pure data."""

from __future__ import annotations

from typing import Any

from kbrollout.model.fields import Line, Model, Prose, key
from kbrollout.model.framework import Heading, Sort
from kbrollout.model.tailoring import ChoiceKind, Decision, OwnHeader
from kbrollout.newsite.questions import Choice, Kind, Question

OWN = "eigen"
NOT_DECIDED = "geen"


class Typed(Model):
    """What is typed freely, judged as the files of a site will judge it."""

    search: Line = key("zoek", "Een id, of woorden uit een afspraak.")
    value: Line = key("waarde", "Een hele zinsnede, of een aantal werkdagen.")
    text: Prose = key("tekst", "Eén of twee zinnen.")


def _asked(id_: str, kind: Kind, text: str, why: str, **more: Any) -> Question:
    return Question(id_, text, why, kind, **{"help": why, **more})


WHAT = _asked(
    "wat",
    Kind.CHOICE,
    "Wat wilt u doen?",
    "Een afspraak uit de referentie verandert alleen met een besluit. Een eigen afspraak mag eerst een voorstel zijn.",
    default=None,
    choices=(
        Choice(ChoiceKind.ADAPT.value, "een afspraak uit de referentie aanpassen"),
        Choice(ChoiceKind.TAKE_OVER.value, "een afspraak uit de referentie overnemen"),
        Choice(ChoiceKind.DROP.value, "een afspraak uit de referentie weglaten"),
        Choice(OWN, "een eigen afspraak toevoegen"),
    ),
)
SEARCH = _asked(
    "typ.zoek",
    Kind.TEXT,
    "Over welke afspraak gaat het?",
    "Typ het id, zoals W-CONT-02, of een paar woorden uit de afspraak.",
    default=None,
    model=Typed,
    field="search",
)
PICK = _asked(
    "uit",
    Kind.CHOICE,
    "Welke van deze afspraken bedoelt u?",
    "Typ het nummer. Staat zij er niet bij? Typ dan andere woorden.",
    default=None,
)
REPLACE = _asked(
    "opnieuw",
    Kind.YES_NO,
    "Wilt u die keuze vervangen?",
    "Over één afspraak kan maar één keuze gelden. Wat u eerder koos, krijgt u bij de vragen weer te zien.",
    default="nee",
)

VALUE = _asked("typ.waarde", Kind.TEXT, "", "", default="", model=Typed, field="value")
DEVIATE = _asked(
    "afwijken", Kind.YES_NO, "Wilt u daar bewust van afwijken?", "Dan komt er in het profiel te staan: afwijken: ja.", default="nee"
)
NEW_TEXT = _asked(
    "typ.tekst",
    Kind.TEXT,
    "Hoe luidt de afspraak voortaan?",
    "",
    default="",
    model=Typed,
    field="text",
)
ADDITION = _asked(
    "kop",
    Kind.CHOICE,
    "Wilt u nog tekst toevoegen? Onder welke kop?",
    "De tekst komt onder wat er al staat.",
    default="",
    choices=(
        Choice(Heading.EXPLANATION.value, Heading.EXPLANATION.value, "waarom, of hoe het in de praktijk gaat"),
        Choice(Heading.EXPECTATIONS.value, Heading.EXPECTATIONS.value, "wat anderen van een rol mogen verwachten"),
        Choice(Heading.RECORDING.value, Heading.RECORDING.value, "wat u waar opschrijft"),
        Choice(Heading.EXAMPLE.value, Heading.EXAMPLE.value, "hoe het bijvoorbeeld kan gaan"),
        Choice(Heading.AGREEMENT.value, Heading.AGREEMENT.value, "een zin erbij in de afspraak zelf"),
    ),
)
ADDED_ROLE = _asked(
    "rol", Kind.CHOICE, "Van wie mogen anderen dit verwachten?", "Alleen wie iets doet of weet bij deze afspraak.", default=None
)
ADDED_TEXT = _asked("typ.tekst", Kind.TEXT, "Welke tekst komt erbij?", "", default=None, model=Typed, field="text")

TITLE = _asked(
    "eigen.titel",
    Kind.TEXT,
    "Hoe heet de afspraak, in een paar woorden?",
    "De titel staat boven de afspraak en in alle lijsten.",
    default=None,
    model=OwnHeader,
    field="title",
)
THEME = _asked(
    "eigen.thema", Kind.CHOICE, "Bij welk thema hoort de afspraak?", "Een afspraak van de kern geldt voor alles wat u samen doet."
)
SORT = _asked(
    "eigen.soort",
    Kind.CHOICE,
    "Waar is de afspraak vooral voor?",
    "Zo komt de afspraak in het pakket op de goede plaats.",
    default=None,
    choices=(
        Choice(Sort.STREAMLINE.value, Sort.STREAMLINE.value, "wie wat doet, en hoe de hulp op elkaar aansluit"),
        Choice(Sort.RELATION.value, Sort.RELATION.value, "hoe u met de cliënt omgaat"),
        Choice(Sort.HEALTHY_WORK.value, Sort.HEALTHY_WORK.value, "hoe het werk voor iedereen vol te houden is"),
    ),
)
DOES = _asked(
    "eigen.doet",
    Kind.SEVERAL,
    "Wie doen er iets voor deze afspraak?",
    "Alleen wie iets doet. Wie het moet weten, kunt u later toevoegen.",
    default=None,
)
SENTENCE = _asked(
    "typ.tekst",
    Kind.TEXT,
    "Wat spreekt u af?",
    "Schrijf één of twee zinnen: wie doet wat, en wanneer.",
    default=None,
    model=Typed,
    field="text",
)
EXPECTATION = _asked(
    "typ.tekst",
    Kind.TEXT,
    "Wat mogen anderen verwachten van {wie}?",
    "Schrijf verder na de naam, bijvoorbeeld: belt binnen twee werkdagen terug.",
    default="",
    model=Typed,
    field="text",
)

DECIDED_BY = _asked(
    "besluit.door", Kind.CHOICE, "Wie besloot dit?", "Bij de afspraak komt te staan wie dit besloot, wanneer en waarom.", default=None
)
DECIDED_ON = _asked(
    "besluit.op",
    Kind.TEXT,
    "Op welke dag was dat?",
    "Schrijf de datum als jjjj-mm-dd, of als 12-11-2026.",
    model=Decision,
    field="on",
)
REASON = _asked(
    "besluit.reden",
    Kind.TEXT,
    "Wat was de reden?",
    "Eén zin. Zo begrijpt ook wie er niet bij was waarom.",
    model=Decision,
    field="reason",
)
SHARE = _asked(
    "delen",
    Kind.YES_NO,
    "Mogen andere wijken dit zien en overnemen?",
    "Met ja staat het in het overzicht van alle wijken.",
    default="nee",
)
SAVE = _asked("opslaan", Kind.YES_NO, "Opslaan?", "Met terug verandert u het laatste antwoord. Met nee verandert er niets.", default=None)
