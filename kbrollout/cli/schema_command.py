"""`kbrollout schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kbrollout.cli.common import CONTENT, HELP, show
from kbrollout.errors import ContentError


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("name", metavar="[NAAM]", required=False)
@click.option("--out", metavar="MAP", type=click.Path(path_type=Path), help="Schrijf de schema's van de wijkbestanden in deze map.")
def schema(name: str | None, out: Path | None) -> None:
    """Geeft het JSON-schema van een bestand.

    Een editor vult daarmee sleutels aan en wijst fouten aan. NAAM is profiel, documenten, financiering,
    contacten, planning of manifest.
    """
    from kbrollout.schema import NAMES, schema_text, write_schemas

    if out is None and name not in NAMES:
        raise click.UsageError(f"Geef een naam ({', '.join(NAMES)}) of --out MAP.")
    try:
        if out is not None:
            click.echo("\n".join(map(str, write_schemas(out))))
        else:
            click.echo(schema_text(str(name)), nl=False)
    except ContentError as error:
        show(error.problems)
        sys.exit(CONTENT)
