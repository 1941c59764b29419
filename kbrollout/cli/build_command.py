"""`kbrollout build`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbrollout.cli.common import (
    BUG,
    CONTENT,
    DONE,
    HELP,
    JSON,
    SITES,
    STRICT,
    Day,
    Progress,
    count_faults,
    echo_json,
    load_reference,
    problem_data,
    show,
)

if TYPE_CHECKING:
    from kbrollout.build import SiteResult


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@SITES
@click.option("--out", required=True, metavar="MAP", type=click.Path(path_type=Path), help="De map waarin elk pakket een eigen map krijgt.")
@click.option("--only", multiple=True, metavar="DOCUMENT", help="Maak alleen dit soort document. Mag vaker.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="html|pdf|druk|groot|odt|docx|xlsx|ics",
    type=click.Choice(["html", "pdf", "druk", "groot", "odt", "docx", "xlsx", "ics"]),
    help="Maak alleen deze vorm. Mag vaker.",
)
@click.option("--date", "day", type=Day(), default=None, help="De datum die op nieuwe documenten komt. Anders: vandaag.")
@STRICT
@click.option("--zip", "as_zip", is_flag=True, help="Maak ook een zipbestand van elk pakket.")
@JSON
def build(
    sites: tuple[Path, ...],
    out: Path,
    only: tuple[str, ...],
    formats: tuple[str, ...],
    day: date | None,
    strict: bool,
    as_zip: bool,
    as_json: bool,
) -> None:
    """Maakt van elke wijkmap een pakket.

    Wat niet veranderd is, blijft zoals het was. Lukt het bij één wijk niet, dan gaan de andere gewoon door.
    """
    from kbrollout.build import build as build_packs
    from kbrollout.documents.plan import KINDS
    from kbrollout.packing import Order

    unknown = [each for each in only if each not in KINDS]
    if unknown:
        raise click.BadParameter(f"“{unknown[0]}” is geen document. Documenten zijn: {', '.join(KINDS)}.", param_hint="--only")
    catalogue = load_reference(as_json)
    order = Order(out, day or date.today(), only or tuple(KINDS), formats or None, strict, as_zip)
    with Progress(as_json) as on_progress:
        results = list(build_packs(sites, catalogue, order, on_progress))
    if as_json:
        echo_json({"sites": [_result_data(result) for result in results]})
    else:
        for result in results:
            _show_result(result)
    if any(result.trace for result in results):
        sys.exit(BUG)
    sys.exit(CONTENT if any(result.problems for result in results) else DONE)


def _show_result(result: SiteResult) -> None:
    if result.trace:
        click.echo(result.trace, err=True)
    show((*result.problems, *result.warnings))
    if result.pack is None:
        click.echo(f"{result.folder}: {count_faults((*result.problems, *result.warnings))}; er is niets geschreven.")
    else:
        made, kept = len(result.rendered), len(result.reused)
        click.echo(f"{result.folder}: {made} gemaakt, {kept} ongewijzigd → {result.pack / 'index.html'}")


def _result_data(result: SiteResult) -> dict[str, Any]:
    return {
        "site": str(result.folder),
        "id": result.site,
        "ok": result.pack is not None,
        "pack": str(result.pack) if result.pack else None,
        "rendered": result.rendered,
        "reused": result.reused,
        "problems": [problem_data(each) for each in (*result.problems, *result.warnings)],
    }
