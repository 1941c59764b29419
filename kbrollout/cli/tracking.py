"""What the commands of the tracker share: where the data is, and telling what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from kbrollout.cli.common import CONTENT, show
from kbrollout.errors import ContentError

DATA = click.option(
    "--data",
    metavar="MAP",
    type=click.Path(path_type=Path),
    default=None,
    help="De map met de voortgang. Anders: de vaste plek op deze computer.",
)
BY = click.option("--by", required=True, metavar="FUNCTIE", help="Wie dit invult: een functie, geen naam.")


@contextmanager
def tracker(data: Path | None, *, make: bool = False, options: Mapping[str, str] | None = None) -> Iterator[None]:
    """Inside, the database in the folder can be worked on; with `make` its tables are made when it has none.

    What is wrong with it, or with what is asked of it, is told and ends the command with exit code 1. `options` are the
    names that users know fields by.
    """
    try:
        from kbrollout.tracker.start import refuse_missing, start

        if data and not make:
            refuse_missing(data)
        start(data)
        from kbrollout.tracker.database import ready, told

        tell_of_copy(ready(make=make))
        with told():
            yield
    except ContentError as error:
        tell(error, options or {})
        sys.exit(CONTENT)


def tell_of_copy(copy: Path | None) -> None:
    """Say that the database was brought up to date, and where it stands as it was."""
    if copy:
        click.echo(f"De database is bijgewerkt voor deze versie van kbrollout. Zoals hij was, staat hij in {copy}.", err=True)


def tell(error: ContentError, options: Mapping[str, str]) -> None:
    """Show what is wrong, each at the name that users know its field by."""
    show(replace(each, path=options.get(each.path, each.path)) for each in error.problems)
