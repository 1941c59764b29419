"""`kbrollout track export` and `import`: the workbook of a site, out to fill in and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, show
from kbrollout.cli.tracking import BY, DATA, tracker
from kbrollout.grammar import counted

if TYPE_CHECKING:
    from kbrollout.tracker.comparing import Change
    from kbrollout.tracker.importing import Preview


@click.command(name="export", context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJK")
@click.option("--out", metavar="BESTAND", type=click.Path(path_type=Path), help="Waar de werkmap komt. Anders: voortgang-WIJK.xlsx hier.")
@DATA
def export_workbook(site: str, out: Path | None, data: Path | None) -> None:
    """Maakt een werkmap (Excel) om elders in te vullen.

    Breng haar terug met 'kbrollout track import BESTAND', of op de website. Dat kan een half jaar lang.
    """
    with tracker(data):
        from kbrollout.tracker.commands import hand_out

        file = hand_out(site, out)
        click.echo(f"Werkmap: {file}")
    sys.exit(DONE)


@click.command(name="import", context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option(
    "--choose",
    metavar="excel|website",
    type=click.Choice(["excel", "website"]),
    help="Wat blijft staan waar iemand intussen iets anders invulde.",
)
@click.option("--dry-run", is_flag=True, help="Laat alleen zien wat er verandert.")
@BY
@DATA
def import_workbook(file: Path, choose: str | None, dry_run: bool, by: str, data: Path | None) -> None:
    """Brengt een ingevulde werkmap terug: alles, of niets.

    U ziet eerst wat er verandert. Vulde iemand intussen in dezelfde cel iets anders
    in? Dan kiest u met --choose.
    """
    with tracker(data):
        from kbrollout.tracker.commands import bring_in, look_at

        site, sheets, found = look_at(file)
        show((*found.problems, *found.notes))
        click.echo("\n".join(_as_lines(found)))
        if found.problems:
            _stop("Er is niets overgenomen. Verbeter de werkmap en probeer het opnieuw.")
        if found.conflicts and not choose:
            _stop("Er is niets overgenomen. Kies met --choose excel of --choose website wat er moet staan.")
        if dry_run:
            click.echo("Er is niets overgenomen: --dry-run laat alleen zien.")
            sys.exit(DONE)
        done = bring_in(site, sheets, found, choose or "", by)
        lines, fields = counted(done.lines, "regel", "regels"), counted(done.fields, "veld", "velden")
        click.echo(f"Overgenomen: {fields} in {lines}." if done.fields else "Overgenomen: niets, alles stond er al.")
    sys.exit(DONE)


def _as_lines(found: Preview) -> Iterator[str]:
    yield f"{len(found.changes)} wijzigingen, {len(found.conflicts)} botsingen."
    for each in found.changes:
        yield f"  {_line(each)}: {each.before or '(leeg)'} → {each.after or '(leeg)'}"
    for conflict in found.conflicts:
        who = f" ({conflict.event.by_name}, {conflict.event.get_channel_display()})" if conflict.event else ""
        yield f"  botst: {_line(conflict)}"
        yield f"    website: {conflict.before or '(leeg)'}{who}"
        yield f"    excel: {conflict.after or '(leeg)'}"


def _line(each: Change) -> str:
    return f"{each.item.code} ({each.place}), {each.name}"


def _stop(reason: str) -> None:
    click.echo(reason, err=True)
    sys.exit(CONTENT)
