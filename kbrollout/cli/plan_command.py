"""`kbrollout plan`: fixes the plan of a neighbourhood."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, STRICT, Day, load_reference, show
from kbrollout.errors import ContentError
from kbrollout.grammar import counted, long_date, working_days


@click.group(context_settings=HELP, no_args_is_help=True, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT [...]")
def plan() -> None:
    """Legt het implementatieplan van een wijk vast.

    Het plan zelf staat in het pakket: maak dat met 'kbrollout build WIJKMAP'.
    """


@plan.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJKMAP", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Vervang een plan dat al is vastgelegd.")
@STRICT
@click.option("--date", "day", type=Day(), default=None, help="De dag die voor vandaag doorgaat, als jjjj-mm-dd.")
def vastleggen(site: Path, force: bool, strict: bool, day: date | None) -> None:
    """Bewaart de datums van nu als het afgesproken plan.

    De datums komen in kbrollout.lock. Verandert het plan daarna, dan laat het
    pakket zien wat er is verschoven.
    """
    from kbrollout.baseline import fix_plan
    from kbrollout.check import check_site

    catalogue, today = load_reference(as_json=False), day or date.today()
    try:
        checked = check_site(site, catalogue, today)
        show(checked.warnings)
        made, before = checked.neighbourhood.plan, checked.neighbourhood.site.baseline
        if strict and checked.warnings:
            _stop("Er zijn waarschuwingen; met --strict legt kbrollout dan niets vast.")
        if made is None:
            _stop(f"Er is geen plan: in {site / 'planning.yaml'} staat geen start. Vul daar bij start een datum in.")
        if before and not force:
            _stop(f"Op {long_date(before.on)} is al een plan vastgelegd. Met --force vervangt u dat plan.")
        target = fix_plan(site, checked.neighbourhood, made, today)
    except ContentError as error:
        show(error.problems)
        _stop("Er is niets vastgelegd.")
    tasks = counted(len(made.tasks), "taak", "taken")
    click.echo(f"Vastgelegd in {target}: {tasks}, van {long_date(made.start)} tot en met {long_date(made.end)}.")
    if made.late and made.wished_end:
        click.echo(f"Let op: dat is {working_days(made.late)} later dan de wijk wil ({long_date(made.wished_end)}).")
    sys.exit(DONE)


def _stop(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(CONTENT)
