"""`kbrollout agreement`: a few questions about one agreement, straight after people agreed on it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbrollout.cli.asking import Stopped, put, read, say
from kbrollout.cli.common import CONTENT, DONE, HELP, Day, load_reference, show
from kbrollout.errors import ContentError

if TYPE_CHECKING:
    from kbrollout.check import Checked
    from kbrollout.editing.dialogue import Asked, Dialogue
    from kbrollout.editing.saving import Change, Reading
    from kbrollout.model.catalogue import Catalogue
    from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJKMAP", type=click.Path(path_type=Path))
@click.option("--date", "day", type=Day(), default=None, help="De dag die voor vandaag doorgaat, als jjjj-mm-dd.")
def agreement(site: Path, day: date | None) -> None:
    """Voegt één afspraak toe of past er één aan.

    U krijgt een paar vragen, bijvoorbeeld na een casusbespreking. Daarna ziet u wat er in de wijkmap verandert. Pas als
    u ja zegt, wordt het opgeslagen.
    """
    from kbrollout.editing.saving import Refused, read_site

    catalogue, today = load_reference(as_json=False), day or date.today()
    try:
        reading = read_site(site, catalogue, today)
        _converse(reading, catalogue, today)
    except Stopped as stopped:
        click.echo("\nEr is niets opgeslagen.")
        sys.exit(DONE if stopped.asked else CONTENT)
    except Refused as refused:
        click.echo(f"\n{refused}", err=True)
        sys.exit(CONTENT)
    except ContentError as error:
        show(error.problems)
        click.echo("Er is niets opgeslagen.", err=True)
        sys.exit(CONTENT)
    sys.exit(DONE)


def _converse(reading: Reading, catalogue: Catalogue, today: date) -> None:
    """Ask until all is answered, then write. Raises Stopped, Refused, or ContentError when the result is not valid."""
    from kbrollout.editing.dialogue import Dialogue
    from kbrollout.editing.saving import write_change
    from kbrollout.newsite.replies import NO

    say("Typ ? voor uitleg, terug voor de vorige vraag, stop om te stoppen. Pas aan het eind wordt er iets opgeslagen.")
    say("Noem functies, geen personen, en schrijf niets op waaraan een cliënt te herkennen is.")
    dialogue = Dialogue(reading.checked.neighbourhood, today=today)
    told: set[str] = set()
    last: Asked | None = None
    change: Change | None = None
    while (step := dialogue.next_step()) is not None:
        if step != last:
            _tell(dialogue, told)
            if step.key == "opslaan":
                change = _propose(dialogue, reading, catalogue, today)
            put(step, explain=step.question.why not in told)
            told.add(step.question.why)
        last = step if _take(dialogue, step) else None
    if dialogue.answers["opslaan"] == NO or change is None:
        raise Stopped(asked=True)
    _show_written(write_change(change, reading), dialogue, reading.folder)


def _take(dialogue: Dialogue, step: Asked) -> bool:
    """Read an answer; False when the same question has to be put again as a whole. Raises Stopped, or Refused."""
    from kbrollout.editing.saving import Refused
    from kbrollout.newsite.replies import NO

    given = read(step)
    if given.lower() == "terug":
        if dialogue.back():
            return False
        click.echo("  Dit is de eerste vraag.")
        return True
    try:
        dialogue.answer(step, given)
    except ContentError as error:
        for each in error.problems:
            say(f"{each.what} {each.fix}", indent="  ! ")
    if step.key.endswith(".opnieuw") and dialogue.answers.get(step.key) == NO:
        raise Refused("De keuze die er al was, blijft staan. Er is niets opgeslagen.")
    return True


def _tell(dialogue: Dialogue, told: set[str]) -> None:
    """Show the agreement that was chosen, once."""
    from kbrollout.editing.search import title_of

    resolved = None if dialogue.kind is None else dialogue.resolved
    if resolved is None or resolved.id in told:
        return
    told.add(resolved.id)
    click.echo()
    say(f"{resolved.id} {title_of(dialogue.neighbourhood, resolved)}", bold=True)
    _show_text(dialogue.neighbourhood, resolved)
    say(f"Stand: {resolved.state.value}. {resolved.reason}", indent="  ")


def _show_text(neighbourhood: Neighbourhood, resolved: ResolvedAgreement) -> None:
    """The agreement as it is read, with what others may expect."""
    from kbrollout.editing.search import as_read
    from kbrollout.model.framework import Heading

    for paragraph in resolved.agreement.text[Heading.AGREEMENT].split("\n\n"):
        say(as_read(neighbourhood, resolved, paragraph), indent="    ")
    for expectation in resolved.agreement.expectations:
        say(as_read(neighbourhood, resolved, f"{{{expectation.role}}}: {expectation.text}"), indent="    - ")


# -- what it comes to --------------------------------------------------------------------------------------------------


def _propose(dialogue: Dialogue, reading: Reading, catalogue: Catalogue, today: date) -> Change:
    """Show what would change. Raises ContentError when the site would not be valid then, Refused when it cannot be."""
    from kbrollout.editing.saving import change_for, check_change

    change = change_for(dialogue, reading)
    try:
        checked = check_change(change, reading, catalogue, today)
    except ContentError:
        click.echo(f"\nMet deze antwoorden klopt de wijkmap niet meer. Zo zou {change.path} worden, en dit is er mis:", err=True)
        raise
    _show_result(checked, change, dialogue)
    known = {(each.code, each.what) for each in reading.checked.warnings}
    show(each for each in checked.warnings if (each.code, each.what) not in known)
    click.echo()
    if change.before:
        say(f"Dit verandert er in {reading.folder / change.path}:")
        _show_difference(change)
    else:
        say(f"Dit wordt het nieuwe bestand {reading.folder / change.path}:")
        click.echo("\n".join(f"  {line}" for line in change.after.splitlines()))
    return change


def _show_result(checked: Checked, change: Change, dialogue: Dialogue) -> None:
    """The agreement as it will be read."""
    wanted = Path(change.path).stem if dialogue.kind is None else dialogue.reference.id
    resolved = next(each for each in checked.neighbourhood.agreements if each.id == wanted)
    click.echo()
    say(f"Straks: {resolved.id} {resolved.state.value}", bold=True)
    if resolved.holds or dialogue.kind is None:
        _show_text(checked.neighbourhood, resolved)
    say(resolved.reason, indent="  ")


def _show_difference(change: Change) -> None:
    from difflib import unified_diff

    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, force_terminal=sys.stdout.isatty())
    lines = unified_diff(change.before.splitlines(), change.after.splitlines(), "nu", "straks", lineterm="")
    for line in lines:
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        console.print(Text(f"  {line}", style), soft_wrap=True)


def _show_written(path: Path, dialogue: Dialogue, folder: Path) -> None:
    from kbrollout.editing.questions import NOT_DECIDED

    click.echo(f"\nOpgeslagen: {path}")
    if dialogue.answers["besluit.door"] == NOT_DECIDED:
        say("Dit is nog een eigen voorstel. Is er een besluit? Zet dan in het bestand, boven de tweede regel met ---:")
        bodies = [body.id for body in dialogue.neighbourhood.site.profile.bodies]
        click.echo("  besluit: {op: jjjj-mm-dd, door: gremium}")
        say(f"In plaats van gremium schrijft u: {' of '.join(bodies) or 'het id van een gremium uit profiel.yaml'}.")
    click.echo(f"Maak het pakket opnieuw: kbrollout build {folder} --out pakketten")
