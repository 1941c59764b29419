"""`kbrollout doctor`."""

from __future__ import annotations

import sys

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, JSON, echo_json
from kbrollout.grammar import capitalised, counted


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@JSON
def doctor(as_json: bool) -> None:
    """Zegt wat er op deze computer werkt, en wat u kunt doen aan wat niet werkt.

    Er blijft niets achter. ‘Let op’ betekent dat kbrollout werkt, maar iets niet kan.
    """
    from kbrollout.doctor import Outcome, examine

    found = examine()
    faults, warnings = ([each for each in found if each.outcome is outcome] for outcome in (Outcome.FAULT, Outcome.WARNING))
    if as_json:
        items = [{"name": each.name, "outcome": each.outcome.value, "what": each.what, "remedy": each.remedy} for each in found]
        echo_json({"ok": not faults, "items": items})
    else:
        for each in found:
            click.echo(f"{each.outcome:<7} {each.name}: {each.what}")
            if each.remedy:
                click.echo(f"        → {each.remedy}")
        click.echo(f"\n{_summary(len(faults), len(warnings))}")
    sys.exit(CONTENT if faults else DONE)


def _summary(faults: int, warnings: int) -> str:
    if not faults and not warnings:
        return "Alles werkt."
    parts = [counted(faults, "fout", "fouten")] if faults else []
    parts += [f"{number} om op te letten" for number in [counted(warnings, "punt", "punten")] if warnings]
    after = "Los de fouten eerst op." if faults else "kbrollout werkt."
    return f"{capitalised(' en '.join(parts))}. {after}"
