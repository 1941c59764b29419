"""`kbrollout track backup`, `restore` and `admin`: keeping what was filled in, and letting the first person in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kbrollout.cli.common import DONE, HELP
from kbrollout.cli.tracking import DATA, tracker
from kbrollout.grammar import digits

FILE = click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@FILE
@DATA
def backup(file: Path, data: Path | None) -> None:
    """Maakt een reservekopie van alles, en leest die na.

    Geef een nieuw BESTAND op. In het bestand staan ook de versleutelde wachtwoorden:
    bewaar het waar alleen u erbij kunt.
    """
    with tracker(data):
        from kbrollout.tracker.backup import make_backup

        contents = make_backup(file)
        click.echo(f"Reservekopie: {file}, {digits(contents.total)} rijen, nagelezen en heel.")
        click.echo("Er staan versleutelde wachtwoorden in. Bewaar het bestand waar alleen u erbij kunt.")
    sys.exit(DONE)


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@FILE
@DATA
def restore(file: Path, data: Path | None) -> None:
    """Zet een reservekopie terug, in een map zonder voortgang.

    Zo verhuist u ook naar een andere computer, of van SQLite naar PostgreSQL.
    """
    with tracker(data, make=True):
        from kbrollout.tracker.restore import restore as put_back

        contents = put_back(file)
        click.echo(f"Teruggezet: {digits(contents.total)} rijen, zoals ze waren op {contents.made[:16].replace('T', ' ')}.")
    sys.exit(DONE)


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("name", metavar="NAAM")
@click.argument("email", metavar="E-MAIL")
@DATA
def admin(name: str, email: str, data: Path | None) -> None:
    """Maakt een link waarmee een beheerder een wachtwoord kiest.

    Voor de eerste beheerder, of voor wie er niet meer in kan: geef dan hetzelfde
    adres op. De code van de telefoon gaat daarbij uit. De link werkt één keer,
    drie dagen lang, terwijl 'kbrollout serve' draait.
    """
    with tracker(data, make=True, options={"name": "NAAM", "email": "E-MAIL"}):
        from kbrollout.tracker.commands import address
        from kbrollout.tracker.people import admin_link

        click.echo(f"Open deze link één keer, binnen drie dagen:\n{address()}{admin_link(name, email)}")
    sys.exit(DONE)
