"""How the Excel form is laid out: which sheet, row and column holds the answer to which question.

Written by `form`, read back by `formreader`. Row 1 and column A of every sheet are hidden and hold ids that do not change,
so that headings may be reworded. Row 2 says what the sheet is for, row 3 holds the headings, row 4 why we ask.
"""

from __future__ import annotations

from dataclasses import dataclass

from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Filling
from kbrollout.newsite import questions as ask
from kbrollout.newsite.draft import needed_roles
from kbrollout.newsite.questions import Choice, Kind, Question, named

ID_ROW, TITLE_ROW, HEAD_ROW, WHY_ROW, FIRST_ROW = 1, 2, 3, 4, 5
MARK = "kbrollout"
FORM_PROPERTY, REFERENCE_PROPERTY = "kbrollout-formulier", "kbrollout-referentie"
PARTNER_SHEET, PARTNERS_PER_ROLE = "Partners", 3
_YES_NO = (Choice("ja", "ja"), Choice("nee", "nee"))


@dataclass(frozen=True)
class Column:
    """One column: its id, heading and explanation. Without a question it only shows something."""

    id: str
    head: str
    why: str
    width: int
    question: Question | None = None
    choices: tuple[Choice, ...] = ()
    names_of: str = ""
    """The sheet whose names can be chosen here."""


@dataclass(frozen=True)
class Row:
    """A row that is there from the start, with what its columns without a question show."""

    id: str
    shown: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet. With `rows` those are all; without, people fill up to `room` rows themselves."""

    name: str
    section: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    room: int = 0
    break_after: str = ""
    """The column after which a printed page ends, for a sheet that does not fit on one page across."""


def layout(catalogue: Catalogue) -> tuple[Sheet, ...]:
    """The sheets of the form for a reference."""
    return (
        _place(catalogue),
        _listing("Partners", "partners", ask.PARTNERS, "De organisaties die meedoen, behalve de huisartsenpraktijken. Eén per rij.", 40),
        _listing("Praktijken", "praktijken", ask.PRACTICES, "De huisartsenpraktijken en gezondheidscentra. Eén per rij.", 30),
        _roles(catalogue),
        _themes(catalogue),
        _listing("Gremia", "gremia", ask.BODIES, "De groepen die besluiten, sturen of overleggen. Eén per rij.", 20),
    )


def _column(question: Question, **more: object) -> Column:
    why = question.why + (" Verplicht." if question.default is None and question.section != "rollen" else "")
    if question.key == "leden":
        why += " Zet een puntkomma tussen de namen."
    choices = question.choices or (_YES_NO if question.id == "themas.id" else ())
    given = {"head": question.short, "why": why, "width": question.width, "choices": choices, **more}
    return Column(question.key, question=question, **given)  # type: ignore[arg-type]


def _place(catalogue: Catalogue) -> Sheet:
    rows = tuple(Row(question.id, (question.short, _why_place(question)), question.choices) for question in ask.PLACE)
    programmes = tuple(
        Row(
            f"programmas.{key}",
            (f"Naam van {programme.article.value} {programme.name}", f"{programme.description} {ask.PROGRAMMES[0].why}"),
        )
        for key, programme in catalogue.programmes.items()
    )
    columns = (
        Column("vraag", "Vraag", "", 34),
        Column("uitleg", "Uitleg", "", 70),
        Column("antwoord", "Uw antwoord", "", 44, question=ask.PLACE[0]),
    )
    return Sheet(
        "Wijk",
        "wijk",
        "Vraagformulier voor een nieuwe wijk. Vul op de zes bladen de witte vakken in. Een leeg vak betekent: nog niet bekend.",
        columns,
        (*rows, *programmes),
    )


def _why_place(question: Question) -> str:
    own = " Laat leeg, dan maakt kbrollout er een." if question.key in ("id", "code") else ""
    return question.why + own + (" Verplicht." if question.default is None else "")


def _listing(name: str, section: str, questions: tuple[Question, ...], title: str, room: int) -> Sheet:
    return Sheet(name, section, title, tuple(_column(question) for question in questions), room=room)


def _roles(catalogue: Catalogue) -> Sheet:
    core = needed_roles(catalogue, ())
    by_theme = {theme.name: needed_roles(catalogue, (theme.id,)) for theme in catalogue.themes.values()}
    rows = tuple(
        Row(
            role.id,
            (
                role.name,
                role.description,
                "kern" if role.id in core else ", ".join(theme for theme, needed in by_theme.items() if role.id in needed),
            ),
        )
        for role in catalogue.roles.values()
        if role.filling is Filling.PARTNERS
    )
    partner = named(ask.ROLES, "partners")
    partners = tuple(
        _column(
            partner,
            head=f"{partner.short} {number}",
            names_of=PARTNER_SHEET,
            width=19,
            why="Kies uit de lijst." if number == 1 else "Als er meer zijn.",
        )
        for number in range(1, PARTNERS_PER_ROLE + 1)
    )
    columns = (
        Column("rol", "Rol", "Zo heet de rol in de afspraken.", 20),
        Column("omschrijving", "Wat de rol doet", "", 48),
        Column("nodig", "Nodig voor", "De kern geldt altijd.", 20),
        *(Column(f"partner-{number}", *_rest(column)) for number, column in enumerate(partners, 1)),
        *(_column(question, width=min(question.width, 20)) for question in ask.ROLES[1:]),
    )
    return Sheet(
        "Rollen",
        "rollen",
        "Wie vervult welke rol? Kies organisaties die u op het blad Partners hebt gezet.",
        columns,
        rows,
        break_after="partner-3",
    )


def _rest(column: Column) -> tuple[str, str, int, Question | None, tuple[Choice, ...], str]:
    return column.head, column.why, column.width, column.question, column.choices, column.names_of


def _themes(catalogue: Catalogue) -> Sheet:
    rows = tuple(Row(choice.value, (choice.label, choice.note.removeprefix(ask.NEEDS))) for choice in ask.theme_choices(catalogue))
    columns = (
        Column("thema", "Thema", "", 26),
        Column("rollen", "Welke rollen het thema nodig heeft", "", 60),
        *(_column(question) for question in ask.THEMES),
    )
    return Sheet("Thema's", "themas", "Welke thema's pakt de wijk op? De kern geldt altijd en staat hier niet.", columns, rows)


def kind_of_list(question: Question) -> bool:
    """Whether an answer holds several names."""
    return question.kind is Kind.SEVERAL and question.key == "leden"
