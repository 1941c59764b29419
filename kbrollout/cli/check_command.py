"""`kbrollout check`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from kbrollout.cli.common import (
    CONTENT,
    DONE,
    HELP,
    JSON,
    SITES,
    STRICT,
    count_faults,
    counts_as_failure,
    echo_json,
    load_reference,
    problem_data,
    show,
)
from kbrollout.errors import ContentError
from kbrollout.grammar import counted


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@SITES
@STRICT
@JSON
def check(sites: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Controleert wijkmappen en noemt alles wat niet klopt.

    Er wordt niets geschreven.
    """
    from kbrollout.check import check_site

    catalogue = load_reference(as_json)
    report: list[dict[str, Any]] = []
    for folder in sites:
        try:
            checked = check_site(folder, catalogue, date.today())
            found, points = checked.warnings, len(checked.neighbourhood.open_points)
        except ContentError as error:
            found, points = error.problems, 0
        failed = counts_as_failure(found, strict)
        report.append({"site": str(folder), "ok": not failed, "open_points": points, "problems": [problem_data(each) for each in found]})
        if not as_json:
            show(found)
            outcome = count_faults(found) if failed else f"in orde, {counted(points, 'open punt', 'open punten')}"
            click.echo(f"{folder}: {outcome}.")
    if as_json:
        echo_json({"sites": report})
    sys.exit(DONE if all(each["ok"] for each in report) else CONTENT)
