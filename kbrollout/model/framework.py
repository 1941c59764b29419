"""The closed lists of the framework: columns, layers, sorts, provenance … Their values are what authors write."""

from __future__ import annotations

from enum import StrEnum


class Column(StrEnum):
    """The two columns of the framework."""

    QUALITY = "kwaliteit"
    SUSTAINABILITY = "duurzaamheid"


class Layer(StrEnum):
    """The three layers of the framework."""

    NORMS = "normen"
    WORK = "werkafspraken"
    TECHNIQUE = "techniek"


class Sort(StrEnum):
    """What an agreement on quality is for."""

    STREAMLINE = "stroomlijnen"
    RELATION = "relatie"
    HEALTHY_WORK = "gezond werken"


class Function(StrEnum):
    """What an agreement on sustainability is for."""

    FUNDING = "financiering"
    CONTINUITY = "continuïteit"
    LEARNING = "leren"


class Provenance(StrEnum):
    """How we came by a piece of content."""

    TAKEN_OVER = "overgenomen"
    DERIVED = "afgeleid"
    PROPOSAL = "voorstel"
    OWN = "eigen"


class Binding(StrEnum):
    """How far a neighbourhood may adapt an agreement."""

    CORE = "kern"
    RECOMMENDED = "aanbevolen"
    FREE = "vrij"


class Status(StrEnum):
    """Where an agreement stands in the reference itself."""

    CURRENT = "geldend"
    RETIRED = "vervallen"


class Filling(StrEnum):
    """Who fills a role: partners that the profile names, or people who are always there."""

    PARTNERS = "partners"
    PRACTICES = "praktijken"
    EVERYONE = "allen"
    RESIDENTS = "bewoners"


class ValueKind(StrEnum):
    """The kinds of blank in the sentence of an agreement."""

    TEXT = "tekst"
    WORKING_DAYS = "werkdagen"


class Heading(StrEnum):
    """The headings that the text of an agreement may have."""

    AGREEMENT = "Afspraak"
    EXPECTATIONS = "Verwachtingen"
    EXPLANATION = "Toelichting"
    RECORDING = "Vastleggen"
    EXAMPLE = "Voorbeeld"
    DISAGREEMENT = "Niet eens"


class ThemeKind(StrEnum):
    """Themes about a subject, and themes about working with one discipline."""

    SUBJECT = "onderwerp"
    DISCIPLINE = "discipline"


class BodyFunction(StrEnum):
    """What a body of governance is for."""

    DECIDES = "besluit"
    STEERS = "stuurt"
    CARRIES_OUT = "voert uit"
    ADVISES = "adviseert"
    MEETS = "overlegt"


class UnitLevel(StrEnum):
    """What a requirement is checked for."""

    PRACTICE = "praktijk"
    NEIGHBOURHOOD = "wijk"


class Phase(StrEnum):
    """The phases of a roll-out, in their order."""

    PREPARATION = "voorbereiding"
    BASELINE = "nulmeting"
    ROLLOUT = "invoering"
    SECURING = "borging"


class IndicatorKind(StrEnum):
    """What an indicator tells: whether people fare better, or whether we do what we agreed."""

    OUTCOME = "uitkomst"
    PROCESS = "proces"


class Element(StrEnum):
    """The five elements that a change needs, after Knoster."""

    VISION = "visie"
    INTEREST = "belang"
    PLAN = "plan"
    MEANS = "middelen"
    SKILLS = "competenties"


class Weekday(StrEnum):
    """The working days of a week, Monday first."""

    MONDAY = "maandag"
    TUESDAY = "dinsdag"
    WEDNESDAY = "woensdag"
    THURSDAY = "donderdag"
    FRIDAY = "vrijdag"
