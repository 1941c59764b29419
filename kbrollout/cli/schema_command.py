"""`kbrollout schema`."""

from __future__ import annotations

from pathlib import Path

import click

from kbrollout.cli.common import HELP


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("name", metavar="[NAAM]", required=False)
@click.option("--out", metavar="MAP", type=click.Path(path_type=Path), help="Schrijf de schema's van de wijkbestanden in deze map.")
def schema(name: str | None, out: Path | None) -> None:
    """Geeft het JSON-schema van een bestand.

    Een editor vult daarmee sleutels aan en wijst fouten aan. NAAM is profiel, documenten, financiering of manifest.
    """
    from kbrollout.schema import NAMES, schema_text, write_schemas

    if out is not None:
        for path in write_schemas(out):
            click.echo(str(path))
    elif name is not None and name in NAMES:
        click.echo(schema_text(name), nl=False)
    else:
        raise click.UsageError(f"Geef een naam ({', '.join(NAMES)}) of --out MAP.")
