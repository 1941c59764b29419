"""`kbrollout new`: the interview on a terminal, or answers from a file, to a new site folder."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, load_reference, show
from kbrollout.errors import ContentError
from kbrollout.grammar import counted

if TYPE_CHECKING:
    from kbrollout.check import Checked
    from kbrollout.model.catalogue import Catalogue
    from kbrollout.newsite.draft import Draft
    from kbrollout.newsite.interview import Interview
    from kbrollout.newsite.replies import Step

WIDTH = 88
_FILE = click.Path(path_type=Path)


class _Stopped(Exception):
    """The user stops; answers are kept. `asked` says that it was by a word, not by breaking off."""

    def __init__(self, asked: bool) -> None:
        self.asked = asked


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("folder", metavar="MAP", type=_FILE)
@click.option("--answers", metavar="BESTAND", type=_FILE, help="Neem de antwoorden uit dit bestand (YAML, of het ingevulde formulier).")
@click.option("--from", "like", metavar="WIJKMAP", type=_FILE, help="Begin met de keuzes van een andere wijk, zonder haar organisaties.")
@click.option("--no-input", is_flag=True, help="Vraag niets. Hoort bij --answers.")
def new(folder: Path, answers: Path | None, like: Path | None, no_input: bool) -> None:
    """Maakt de map van een nieuwe wijk.

    MAP wordt de wijkmap; die mag nog niet bestaan of moet leeg zijn. U krijgt vragen op het scherm. Stoppen mag altijd:
    met dezelfde opdracht gaat u verder.
    """
    if no_input and answers is None:
        raise click.UsageError("Bij --no-input hoort --answers BESTAND.")
    catalogue = load_reference(as_json=False)
    try:
        made = _from_file(folder, answers, like, catalogue, no_input) if answers else _by_interview(folder, like, catalogue)
    except _Stopped as stopped:
        _say_goodbye(folder)
        sys.exit(DONE if stopped.asked else CONTENT)
    except ContentError as error:
        show(error.problems)
        click.echo("Er is niets gemaakt.", err=True)
        sys.exit(CONTENT)
    _show_made(folder, made)


def _say_goodbye(folder: Path) -> None:
    from kbrollout.newsite.saving import place_of

    if place_of(folder).exists():
        click.echo(f"\nUw antwoorden zijn bewaard in {place_of(folder)}.\nTyp dezelfde opdracht om verder te gaan.")
    else:
        click.echo("\nEr is niets gemaakt.")


# -- from a file -------------------------------------------------------------------------------------------------------


def _from_file(folder: Path, answers: Path, like: Path | None, catalogue: Catalogue, no_input: bool) -> Checked:
    from kbrollout.newsite.answerfile import read_answers
    from kbrollout.newsite.draft import complete
    from kbrollout.newsite.scaffold import make_site, refuse_taken
    from kbrollout.newsite.start import choices_of

    today = date.today()
    refuse_taken(folder)
    start = choices_of(like, catalogue, today) if like else None
    draft = complete(read_answers(answers, catalogue), catalogue, start)
    if not no_input:
        _show_draft(draft, catalogue)
        _ask_to_go_on(f"Zal ik {folder} nu maken?")
    return make_site(folder, draft, catalogue, today, str(answers))


def _ask_to_go_on(question: str) -> None:
    """Wait for a yes; Enter is one. Raises _Stopped."""
    while True:
        try:
            given = str(click.prompt(question, default="ja", prompt_suffix=" > ")).strip().lower()
        except click.Abort:
            raise _Stopped(asked=False) from None
        if given in ("ja", "j"):
            return
        if given in ("nee", "n"):
            raise _Stopped(asked=True)
        click.echo("  ! Typ ja of nee.")


def _show_draft(draft: Draft, catalogue: Catalogue) -> None:
    profile = draft.profile
    filled = sum(1 for binding in profile.roles.values() if binding.partners)
    themes = ", ".join(catalogue.themes[theme.id].name for theme in profile.themes) or "geen"
    click.echo(f"Wijk:       {profile.place.name} ({profile.place.municipality})")
    click.echo(f"Praktijken: {', '.join(practice.name for practice in profile.practices)}")
    click.echo(f"Partners:   {', '.join(partner.name for partner in profile.partners) or 'geen'}")
    click.echo(f"Thema's:    {themes}")
    click.echo(f"Rollen:     {counted(filled, 'rol', 'rollen')} ingevuld")
    click.echo(f"Gremia:     {', '.join(body.name for body in profile.bodies) or 'geen'}")


# -- interview ---------------------------------------------------------------------------------------------------------


def _by_interview(folder: Path, like: Path | None, catalogue: Catalogue) -> Checked:
    from kbrollout.newsite.draft import complete
    from kbrollout.newsite.interview import Interview
    from kbrollout.newsite.saving import forget_answers, load_answers
    from kbrollout.newsite.scaffold import make_site, refuse_taken
    from kbrollout.newsite.start import choices_of
    from kbrollout.yamlfile import Sourced

    today = date.today()
    refuse_taken(folder)
    interview = Interview(catalogue, choices_of(like, catalogue, today) if like else {})
    interview.resume(load_answers(folder))
    _welcome(folder, len(interview.answers))
    _converse(interview, folder)
    draft = complete(Sourced("uw antwoorden", interview.data()), catalogue)
    made = make_site(folder, draft, catalogue, today, "uw antwoorden")
    forget_answers(folder)
    return made


def _welcome(folder: Path, answered: int) -> None:
    if answered:
        click.echo(f"U gaat verder waar u was: {counted(answered, 'vraag is', 'vragen zijn')} al beantwoord.")
    else:
        _say(
            f"Met deze vragen maakt u de wijkmap {folder}. Weet u iets nog niet? Sla de vraag over met Enter; het komt dan "
            "in de lijst met open punten. Alles is later te veranderen."
        )
    _say("Typ ? voor uitleg, terug voor de vorige vraag, stop om later verder te gaan. Noem functies, geen personen.")


def _converse(interview: Interview, folder: Path) -> None:
    """Ask until all is answered. Every answer is kept at once. Raises _Stopped."""
    from kbrollout.newsite.replies import NO
    from kbrollout.newsite.saving import save_answers

    shown: set[str] = set()
    explained: set[str] = set()
    last: Step | None = None
    while (step := interview.next_step()) is not None:
        heading = _HEADINGS.get(step.question.section, "")
        if heading and heading not in shown:
            shown.add(heading)
            click.echo(f"\n{click.style(f'{list(_HEADINGS.values()).index(heading) + 1} van {len(_HEADINGS)}. {heading}', bold=True)}")
            if step.question.section in _INTRODUCTIONS:
                _say(_INTRODUCTIONS[step.question.section])
        if step != last:
            _put(step, explain=step.question.why not in explained)
        explained.add(step.question.why)
        last = step
        given = _read(step)
        if given == "stop":
            raise _Stopped(asked=True)
        if given != "terug":
            _take(interview, step, given)
        elif interview.back():
            last = None
        else:
            click.echo("  Dit is de eerste vraag.")
        if interview.answers.get("klaar") == NO:
            interview.back()
            raise _Stopped(asked=True)
        # Not the last one: when the folder cannot be made, going on comes back to that question.
        save_answers(folder, {key: answer for key, answer in interview.answers.items() if key != "klaar"})


_HEADINGS = {
    "wijk": "De wijk",
    "praktijken": "De huisartsenpraktijken",
    "themas": "De thema's",
    "partners": "De partners",
    "rollen": "De rollen",
    "programmas": "De programma's",
    "gremia": "De gremia: wie besluit en overlegt",
}
_INTRODUCTIONS = {
    "rollen": "De afspraken spreken van rollen. Typ bij elke rol het nummer van een organisatie, of een naam die er nog niet bij staat. "
    "Meer dan één mag: 1, 3.",
}
_MANY_CHOICES = 7


def _put(step: Step, *, explain: bool) -> None:
    """Show one question with its choices; `explain` says why it is asked."""
    click.echo()
    _say(step.text, bold=True)
    if explain:
        _say(step.question.why, indent="  ")
    if len(step.choices) > _MANY_CHOICES and not any(choice.note for choice in step.choices):
        # No-break spaces keep a number and its word on one line.
        several = (f"{number} {choice.label}".replace(" ", "\N{NO-BREAK SPACE}") for number, choice in enumerate(step.choices, 1))
        _say("   ".join(several), indent="  ")
        return
    for number, choice in enumerate(step.choices, 1):
        note = f" ({choice.note})" if choice.note else ""
        _say(f"{choice.label}{note}", indent=f"  {number:>2} ")


def _read(step: Step) -> str:
    """What is typed, once it is something other than a request for help. Raises _Stopped."""
    while True:
        try:
            given: str = click.prompt("", default="", show_default=False, prompt_suffix=_prompt(step)).strip()
        except click.Abort:
            raise _Stopped(asked=False) from None
        if given.lower() in ("terug", "stop"):
            return given.lower()
        if given != "?":
            return given
        _help(step)


def _prompt(step: Step) -> str:
    """What stands before the cursor: what Enter does."""
    from kbrollout.newsite.replies import SEPARATOR

    if step.default:
        labels = {choice.value: choice.label for choice in step.choices}
        shown = "; ".join(labels.get(each, each) for each in step.default.split(SEPARATOR))
        return f"  [Enter = {shown}] > "
    return "  > " if step.question.default is None else f"  [Enter = {step.passing}] > "


def _help(step: Step) -> None:
    from kbrollout.newsite.questions import Kind

    for text in dict.fromkeys((step.question.why, step.question.help)):
        _say(text, indent="  ")
    forms = {
        Kind.CHOICE: "Typ het nummer of het woord.",
        Kind.SEVERAL: "Typ de nummers met een komma ertussen, bijvoorbeeld 1, 3."
        + (" Een nieuwe naam mag ook, of meer met een puntkomma ertussen." if step.new else ""),
        Kind.NUMBER: "Typ een getal, of: onbekend.",
        Kind.YES_NO: "Typ ja of nee.",
        Kind.LIST: "Typ één naam. Daarna komt de vraag naar de volgende; met Enter gaat u door.",
        Kind.TEXT: "Typ een antwoord op één regel.",
    }
    _say(forms[step.question.kind], indent="  ")
    if step.default:
        _say("Met Enter antwoordt u wat er al staat. Met een streepje (-) laat u het leeg.", indent="  ")


def _take(interview: Interview, step: Step, given: str) -> None:
    try:
        interview.answer(step, given)
    except ContentError as error:
        for each in error.problems:
            _say(f"{each.what} {each.fix}", indent="  ! ")


def _say(text: str, *, indent: str = "", **style: Any) -> None:
    wrapped = click.wrap_text(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))
    click.echo(click.style(wrapped, **style) if style else wrapped)


# -- afterwards --------------------------------------------------------------------------------------------------------


def _show_made(folder: Path, made: Checked) -> None:
    """What came of it, what is still missing, and what to do next."""
    show(made.warnings)
    points = made.neighbourhood.open_points
    gaps = {gap.id for gap in made.neighbourhood.catalogue.gaps}
    own = [point for point in points if point.id not in gaps]
    click.echo(f"\nDe wijkmap {folder} is gemaakt en klopt.")
    if own:
        click.echo("\nDit mist nog. Alles hiervan komt in het pakket, in de lijst met open punten:")
        for point in own:
            _say(point.what, indent="  - ")
    rest = len(points) - len(own)
    if rest:
        _say(f"Daarnaast laat de referentie zelf {counted(rest, 'punt', 'punten')} open.")
    click.echo("\nHoe nu verder?")
    click.echo(f"  1. Vul aan wat u weet, in {folder / 'profiel.yaml'}")
    click.echo(f"  2. Controleer:        kbrollout check {folder}")
    click.echo(f"  3. Maak het pakket:   kbrollout build {folder} --out pakketten")
