"""`kbrollout intake`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kbrollout.cli.common import CONTENT, HELP, load_reference, show
from kbrollout.errors import ContentError


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("file", metavar="BESTAND.xlsx", type=click.Path(path_type=Path))
def intake(file: Path) -> None:
    """Maakt een vraagformulier (Excel) om rond te mailen.

    Het ingevulde formulier leest u in met 'kbrollout new MAP --answers BESTAND.xlsx'.
    """
    from kbrollout.newsite.formfile import write_form

    if file.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"“{file.name}” eindigt niet op .xlsx.", param_hint="BESTAND.xlsx")
    catalogue = load_reference(as_json=False)
    try:
        write_form(file, catalogue)
    except ContentError as error:
        show(error.problems)
        sys.exit(CONTENT)
    click.echo(f"Het formulier staat in {file}.")
    click.echo("Mail het, laat het invullen, en maak dan de wijkmap:")
    click.echo(f"  kbrollout new MAP --answers {file}")
