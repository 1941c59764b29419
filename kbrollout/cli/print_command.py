"""`kbrollout print`: everything that a training needs on paper, in one file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, Day, load_reference, show
from kbrollout.errors import ContentError
from kbrollout.grammar import counted


@click.command("print", context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJKMAP", type=click.Path(path_type=Path))
@click.option("--training", "training_id", required=True, metavar="ID", help="De training, zoals 4d-dagdeel.")
@click.option("--participants", required=True, type=click.IntRange(1, 200), metavar="N", help="Hoeveel deelnemers er komen.")
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="BESTAND", help="De pdf. Anders: drukwerk-ID-N.pdf.")
@click.option("--date", "day", type=Day(), default=None, help="De datum die op het drukwerk komt. Anders: vandaag.")
def print_run(site: Path, training_id: str, participants: int, out: Path | None, day: date | None) -> None:
    """Maakt één pdf met al het papier voor een training.

    Eerst een voorblad met wat erin zit, dan het draaiboek, en dan elke
    handout zo vaak als nodig. Print dubbelzijdig en draai om over de
    lange kant.
    """
    from kbrollout.check import check_site
    from kbrollout.printing import print_run_of

    catalogue, today = load_reference(as_json=False), day or date.today()
    target = out or Path(f"drukwerk-{training_id}-{participants}.pdf")
    try:
        checked = check_site(site, catalogue, today)
        made = print_run_of(checked.neighbourhood, training_id, participants, today, target)
    except ContentError as error:
        show(error.problems)
        click.echo("Er is niets gemaakt.", err=True)
        sys.exit(CONTENT)
    for line in made.lines:
        click.echo(f"{line.copies:4} × {line.title} ({line.id}), {line.paper}")
    click.echo(f"{counted(made.pages, 'bladzijde', 'bladzijden')} in {target}. Print dubbelzijdig, draai om over de lange kant.")
    sys.exit(DONE)
