"""`kbrollout overview`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbrollout.cli.common import (
    CONTENT,
    DONE,
    HELP,
    JSON,
    SITES,
    STRICT,
    Day,
    count_faults,
    echo_json,
    load_reference,
    problem_data,
    show,
)
from kbrollout.grammar import counted

if TYPE_CHECKING:
    from kbrollout.overview.make import Looked, Result


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@SITES
@click.option("--out", required=True, metavar="MAP", type=click.Path(path_type=Path), help="De map waarin het overzicht komt.")
@click.option(
    "--format", "formats", multiple=True, metavar="html|xlsx", type=click.Choice(["html", "xlsx"]), help="Maak alleen deze vorm. Mag vaker."
)
@click.option("--date", "day", type=Day(), default=None, help="De datum die op een nieuw overzicht komt. Anders: vandaag.")
@STRICT
@JSON
def overview(sites: tuple[Path, ...], out: Path, formats: tuple[str, ...], day: date | None, strict: bool, as_json: bool) -> None:
    """Zet wijken naast elkaar: wat zij kozen, wat open is en welke besluiten wachten.

    De wijken staan in de volgorde waarin u ze opgeeft. Er is geen rangorde. Een wijk met fouten wordt genoemd en houdt de
    andere niet tegen.
    """
    from kbrollout.overview.make import Order, make_overview

    catalogue = load_reference(as_json)
    result = make_overview(sites, catalogue, Order(out, day or date.today(), formats or None, strict))
    if as_json:
        echo_json(_result_data(result))
    else:
        _show_result(result)
    complete = result.out is not None and all(each.neighbourhood for each in result.sites)
    sys.exit(DONE if complete else CONTENT)


def _show_result(result: Result) -> None:
    for each in result.sites:
        show((*each.problems, *each.warnings))
    show((*result.problems, *result.warnings))
    for each in result.sites:
        if each.neighbourhood is None:
            click.echo(f"{each.folder}: {count_faults(each.problems)}; telt niet mee in het overzicht.")
    if result.out is None:
        click.echo("Er is geen overzicht geschreven.")
    else:
        made = [path for path in result.files if "/" not in path]
        used = counted(sum(1 for each in result.sites if each.neighbourhood), "wijk", "wijken")
        click.echo(f"Overzicht van {used} → {', '.join(str(result.out / path) for path in made)}")


def _result_data(result: Result) -> dict[str, Any]:
    return {
        "ok": result.out is not None,
        "out": str(result.out) if result.out else None,
        "files": result.files,
        "problems": [problem_data(each) for each in (*result.problems, *result.warnings)],
        "sites": [_site_data(each) for each in result.sites],
        "overview": result.data,
    }


def _site_data(each: Looked) -> dict[str, Any]:
    return {
        "site": str(each.folder),
        "id": each.neighbourhood.site.id if each.neighbourhood else None,
        "ok": each.neighbourhood is not None,
        "problems": [problem_data(found) for found in (*each.problems, *each.warnings)],
    }
