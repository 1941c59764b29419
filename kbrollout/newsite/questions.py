"""What a new neighbourhood is asked: pure data, shared by the interview, the answers file and the Excel form.

What can be chosen, and the words of the help, come from the models. A question here adds how it is asked and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args

from pydantic import create_model

from kbrollout.model.catalogue import Catalogue
from kbrollout.model.fields import UNKNOWN, Model
from kbrollout.model.site import Body, Partner, Place, Practice, ProgrammeBinding, Region, RoleBinding, ThemeChoice
from kbrollout.validate import Known, validate
from kbrollout.yamlfile import Sourced

FORM_VERSION = "1"
"""Goes up when a question gets another meaning or another place in the form."""


class Kind(StrEnum):
    """What an answer looks like."""

    TEXT = "tekst"
    NUMBER = "getal"
    CHOICE = "keuze"
    SEVERAL = "meer keuzes"
    YES_NO = "ja of nee"
    LIST = "lijst"


@dataclass(frozen=True)
class Choice:
    """One possible answer: what is stored, what people see, and what they should know about it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `id` is the place of its answer in the profile; `default` is what no answer means.

    A `default` of None: an answer is needed. `short` is its heading in the form; a question without one is for the
    interview alone. `width` is that of its column. `{wie}` in `text` is what the question is about.
    """

    id: str
    text: str
    why: str
    kind: Kind
    help: str
    short: str = ""
    default: str | None = ""
    choices: tuple[Choice, ...] = ()
    width: int = 20
    model: type[Model] | None = None
    field: str = ""

    @property
    def section(self) -> str:
        return self.id.partition(".")[0]

    @property
    def key(self) -> str:
        return self.id.rpartition(".")[2]


def _about(section: str, model: type[Model], field: str, text: str, why: str, **more: Any) -> Question:
    """A question about a field of a model, which gives it its help, its kind and its choices."""
    info = model.model_fields[field]
    types = [part for part in _parts(info.annotation) if isinstance(part, type)]
    choices = tuple(Choice(word.value, word.value) for part in types if issubclass(part, StrEnum) for word in part)
    given = {
        "kind": Kind.CHOICE if choices else Kind.NUMBER if int in types else Kind.TEXT,
        "choices": choices,
        "default": None if info.is_required() else "",
        "short": (info.alias or "").capitalize(),
        **more,
    }
    return Question(f"{section}.{info.alias}", text, why, help=info.description or "", model=model, field=field, **given)


def _parts(annotation: Any) -> list[Any]:
    return [annotation, *(inner for part in get_args(annotation) for inner in _parts(part))]


def _extra(id_: str, kind: Kind, text: str, why: str, **more: Any) -> Question:
    """A question that is no field of a model by itself."""
    return Question(id_, text, why, kind, **{"help": why, **more})


SOURCE_WHY = "Zo kan iedereen nagaan waar een gegeven vandaan komt."

PLACE = (
    _about("wijk", Place, "name", "Hoe heet uw wijk?", "Deze naam staat op elke bladzijde van het pakket.", short="Naam van de wijk"),
    _about("wijk", Place, "municipality", "In welke gemeente ligt de wijk?", "De gemeente staat bij de gegevens van de wijk."),
    _about(
        "wijk",
        Place,
        "id",
        "Welk id krijgt de wijk?",
        "Zo heet straks de map van het pakket. Het id verandert nooit meer. Het heeft kleine letters, cijfers en streepjes.",
        short="Id van de wijk",
        default="",
    ),
    _about(
        "wijk",
        Place,
        "code",
        "Welke code krijgt de wijk?",
        "Eigen afspraken en open punten van de wijk beginnen met deze code. Twee tot vijf hoofdletters.",
        short="Code van de wijk",
        default="",
    ),
    _about(
        "wijk", Place, "inhabitants", "Hoeveel inwoners heeft de wijk?", "Weet u het niet? Dan wordt het een open punt.", default=UNKNOWN
    ),
    _about("wijk", Place, "source", "Waar komt dat aantal vandaan, en van wanneer is het?", SOURCE_WHY, short="Bron van deze gegevens"),
    _about("regio", Region, "name", "Hoe heet de regio?", "De regio staat bij de gegevens van de wijk.", short="Regio", default=""),
)

PRACTICES = (
    _about(
        "praktijken",
        Practice,
        "name",
        "Hoe heet de {wie} huisartsenpraktijk of het gezondheidscentrum?",
        "Elke praktijk krijgt straks een eigen bladzijde.",
        short="Naam van de praktijk",
        kind=Kind.LIST,
        width=36,
    ),
    _about(
        "praktijken",
        Practice,
        "agb",
        "Wat is de AGB-code van {wie}?",
        "Aan de AGB-code is een praktijk te herkennen.",
        short="AGB-code",
        default=UNKNOWN,
    ),
    _about(
        "praktijken",
        Practice,
        "his",
        "Welk huisartsinformatiesysteem (HIS) gebruikt {wie}?",
        "Sommige afspraken gaan over vastleggen in het HIS.",
        short="HIS",
        default=UNKNOWN,
    ),
    _about(
        "praktijken",
        Practice,
        "patients",
        "Hoeveel patiënten staan bij {wie} ingeschreven?",
        "Een aantal, nooit gegevens van patiënten zelf.",
        short="Aantal patiënten",
        default=UNKNOWN,
    ),
)
PRACTICE_FACTS = _extra(
    "praktijken.weten",
    Kind.YES_NO,
    "Hebt u AGB-codes, systemen en aantallen patiënten bij de hand?",
    "Zo niet, dan wordt dat een open punt. U vult het later in profiel.yaml in.",
    default="nee",
)

PARTNERS = (
    _about(
        "partners",
        Partner,
        "name",
        "Hoe heet de {wie} organisatie die meedoet?",
        "Denk aan het sociaal team, welzijn, de gemeente en de zorgverzekeraar. Huisartsenpraktijken horen hier niet bij.",
        short="Naam van de organisatie",
        kind=Kind.LIST,
        width=36,
    ),
    _about("partners", Partner, "kind", "Wat voor organisatie is {wie}?", "Zo staan de partners in het pakket bij elkaar."),
    _about(
        "partners",
        Partner,
        "description",
        "Wat doet {wie} in de wijk?",
        "Wie de organisatie niet kent, leest hier wat zij doet.",
        short="Wat doet deze organisatie?",
        width=50,
    ),
    _about("partners", Partner, "source", "Waar komt dit gegeven vandaan?", SOURCE_WHY, width=30),
)

THEMES = (
    _extra(
        "themas.id",
        Kind.SEVERAL,
        "Welke thema's pakt de wijk op?",
        "De kern geldt altijd. Een thema voegt afspraken toe, en heeft bepaalde rollen nodig.",
        short="Pakt de wijk dit op?",
    ),
    _about(
        "themas",
        ThemeChoice,
        "name",
        "Hoe heet het thema {wie} bij u?",
        "Alleen nodig als het bij u anders heet.",
        short="Naam in uw wijk",
        width=26,
    ),
    _about(
        "themas",
        ThemeChoice,
        "contact",
        "Welke functie gaat over het thema {wie}?",
        "Wie een vraag heeft, weet dan bij wie die moet zijn. Noem een functie, geen persoon.",
        default=UNKNOWN,
        width=26,
    ),
)

ROLES = (
    _extra(
        "rollen.partners",
        Kind.SEVERAL,
        "Wie vervult de rol van {wie}?",
        "Het pakket noemt de organisaties die een rol in uw wijk vervullen.",
        short="Partner",
    ),
    _about(
        "rollen",
        RoleBinding,
        "reason",
        "Waarom vervult nog niemand de rol van {wie}?",
        "De rol komt met deze reden in de lijst met open punten.",
        short="Nog niemand? Waarom?",
        width=26,
    ),
    _about(
        "rollen",
        RoleBinding,
        "name",
        "Hoe heet {wie} bij u?",
        "Het pakket gebruikt dit woord in de zinnen. Enkelvoud, zonder lidwoord.",
        short="Naam bij u",
        default=None,
    ),
    _about("rollen", RoleBinding, "article", "Is het “de {wie}” of “het {wie}”?", "Anders kloppen de zinnen niet.", default=None, width=9),
    _about("rollen", RoleBinding, "plural", "Wat is het meervoud van {wie}?", "Anders kloppen de zinnen niet.", default=None, width=18),
    _about("rollen", RoleBinding, "contact", "Welke functie spreekt men aan bij {wie}?", "Noem een functie, geen persoon.", width=22),
)
ROLES_REASONS = _extra(
    "rollen.redenen",
    Kind.SEVERAL,
    "Deze rollen vervult nog niemand. Weet u van een rol waarom niet?",
    "Alle staan straks bij de open punten. Met een reden erbij begrijpt de lezer waarom.",
)
ROLES_OTHERWISE = _extra(
    "rollen.anders",
    Kind.SEVERAL,
    "Heet een van deze rollen bij u anders?",
    "Noem alleen de rollen met een eigen naam. Een sociaal team heet bijvoorbeeld vaak wijkteam of buurtteam.",
)

PROGRAMMES = (
    _about(
        "programmas",
        ProgrammeBinding,
        "name",
        "Hoe heet {wie} bij u?",
        "Een programma heeft in elke wijk een andere naam. Is er geen, of weet u het niet? Sla de vraag dan over.",
        default="",
    ),
)

BODIES = (
    _about(
        "gremia",
        Body,
        "name",
        "Hoe heet de {wie} groep die besluit, stuurt of overlegt?",
        "Denk aan een stuurgroep, een bestuur of een overleg van praktijken. Een van deze groepen stelt straks de afspraken vast.",
        short="Naam van de groep",
        kind=Kind.LIST,
        width=36,
    ),
    _about("gremia", Body, "level", "Op welk niveau werkt {wie}?", "Zo is te zien wie waarover besluit."),
    _about("gremia", Body, "task", "Wat doet of besluit {wie}?", "Eén of twee zinnen is genoeg.", width=50),
    _extra(
        "gremia.leden",
        Kind.SEVERAL,
        "Wie zitten er in {wie}?",
        "Noem organisaties, praktijken of rollen, geen personen.",
        short="Leden",
        width=44,
    ),
)

DONE = _extra(
    "klaar",
    Kind.YES_NO,
    "Zal ik de wijkmap nu maken?",
    "Met terug gaat u naar de vorige vraag. Met nee stopt u; uw antwoorden blijven bewaard.",
    default="ja",
)

SECTIONS: Mapping[str, tuple[Question, ...]] = {
    "wijk": PLACE,
    "partners": PARTNERS,
    "praktijken": PRACTICES,
    "rollen": ROLES,
    "themas": THEMES,
    "programmas": PROGRAMMES,
    "gremia": BODIES,
}


def named(questions: tuple[Question, ...], key: str) -> Question:
    """The question of a section about one key."""
    return next(question for question in questions if question.key == key)


def check(question: Question, given: str, known: Known | None = None) -> None:
    """Judge an answer as the profile will. Raises ContentError."""
    assert question.model is not None
    info = question.model.model_fields[question.field]
    fields: Any = {question.field: (info.annotation, info)}
    validate(create_model("Answer", __base__=Model, **fields), Sourced("", {question.key: given}), known)


NEEDS = "heeft nodig: "


def theme_choices(catalogue: Catalogue) -> tuple[Choice, ...]:
    """The themes, each with the roles that it needs."""
    roles = catalogue.roles
    return tuple(
        Choice(theme.id, theme.name, f"{NEEDS}{', '.join(roles[role].name for role in theme.roles)}") for theme in catalogue.themes.values()
    )
