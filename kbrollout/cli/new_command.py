"""`kbrollout new`: the interview on a terminal, or answers from a file, to a new site folder."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbrollout.cli.asking import Stopped, put, read, say
from kbrollout.cli.common import CONTENT, DONE, HELP, load_reference, show
from kbrollout.errors import ContentError
from kbrollout.grammar import counted

if TYPE_CHECKING:
    from kbrollout.check import Checked
    from kbrollout.model.catalogue import Catalogue
    from kbrollout.newsite.draft import Draft
    from kbrollout.newsite.interview import Interview
    from kbrollout.newsite.replies import Step

_FILE = click.Path(path_type=Path)


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
    except Stopped as stopped:
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
    """Wait for a yes; Enter is one. Raises Stopped."""
    while True:
        try:
            given = str(click.prompt(question, default="ja", prompt_suffix=" > ")).strip().lower()
        except click.Abort:
            raise Stopped(asked=False) from None
        if given in ("ja", "j"):
            return
        if given in ("nee", "n"):
            raise Stopped(asked=True)
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
        say(
            f"Met deze vragen maakt u de wijkmap {folder}. Weet u iets nog niet? Sla de vraag over met Enter; het komt dan "
            "in de lijst met open punten. Alles is later te veranderen."
        )
    say("Typ ? voor uitleg, terug voor de vorige vraag, stop om later verder te gaan. Noem functies, geen personen.")


def _converse(interview: Interview, folder: Path) -> None:
    """Ask until all is answered. Every answer is kept at once. Raises Stopped."""
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
                say(_INTRODUCTIONS[step.question.section])
        if step != last:
            put(step, explain=step.question.why not in explained)
        explained.add(step.question.why)
        last = step
        given = read(step)
        if given.lower() != "terug":
            _take(interview, step, given)
        elif interview.back():
            last = None
        else:
            click.echo("  Dit is de eerste vraag.")
        if interview.answers.get("klaar") == NO:
            interview.back()
            raise Stopped(asked=True)
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


def _take(interview: Interview, step: Step, given: str) -> None:
    try:
        interview.answer(step, given)
    except ContentError as error:
        for each in error.problems:
            say(f"{each.what} {each.fix}", indent="  ! ")


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
            say(point.what, indent="  - ")
    rest = len(points) - len(own)
    if rest:
        say(f"Daarnaast laat de referentie zelf {counted(rest, 'punt', 'punten')} open.")
    click.echo("\nHoe nu verder?")
    click.echo(f"  1. Vul aan wat u weet, in {folder / 'profiel.yaml'}")
    click.echo(f"  2. Controleer:        kbrollout check {folder}")
    click.echo(f"  3. Maak het pakket:   kbrollout build {folder} --out pakketten")
