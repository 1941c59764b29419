"""`kbrollout track`: load packs, see where sites stand, and fill in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbrollout.cli.common import DONE, HELP, JSON, echo_json, show
from kbrollout.cli.track_files import admin, backup, restore
from kbrollout.cli.track_workbook import export_workbook, import_workbook
from kbrollout.cli.tracking import BY, DATA, tracker
from kbrollout.grammar import capitalised, counted

if TYPE_CHECKING:
    from kbrollout.tracker.commands import Standing
    from kbrollout.tracker.loading import Loaded

FIELDS = {
    "stand": "--stand",
    "missing": "--missing",
    "owner": "--owner",
    "date": "--date",
    "evidence": "--evidence",
    "evidence_until": "--evidence-until",
    "note": "--note",
    "not_bsn": "--not-bsn",
    "name": "--by",
}
"""What people fill in, and the option that it is given with."""


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("pack", metavar="PAKKET", type=click.Path(path_type=Path))
@DATA
def load(pack: Path, data: Path | None) -> None:
    """Laadt een pakket. Wat al is ingevuld, blijft staan.

    PAKKET is de map van het pakket, of manifest.json daarin.
    """
    with tracker(data, make=True):
        from kbrollout.tracker.loading import load_pack
        from kbrollout.tracker.models import Channel
        from kbrollout.tracker.services import Actor

        loaded = load_pack(pack.parent if pack.name == "manifest.json" else pack, Actor("opdracht", Channel.COMMAND))
        show(loaded.warnings)
        click.echo("\n".join(_as_lines(loaded)))
    sys.exit(DONE)


def _as_lines(loaded: Loaded) -> Iterator[str]:
    if loaded.same:
        yield f"Dit pakket van {loaded.site} was al geladen. Er is niets veranderd."
        return
    yield f"Geladen: {loaded.site}, pakket {loaded.number}. {capitalised(counted(len(loaded.new), 'nieuwe regel', 'nieuwe regels'))}."
    told = {
        "Eis gewijzigd, kijk het antwoord na": loaded.changed,
        "Vervallen, met een antwoord": loaded.gone,
        "Voorstel om over te nemen": loaded.proposed,
    }
    for what, codes in told.items():
        if codes:
            yield f"{what}: {', '.join(codes)}."


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJK", required=False)
@DATA
@JSON
def status(site: str | None, data: Path | None, as_json: bool) -> None:
    """Toont hoe wijken ervoor staan, of de lijsten van één wijk."""
    with tracker(data):
        from kbrollout.tracker.commands import site_of, stand_of_sites, stand_of_units

        standings = stand_of_units(site_of(site)) if site else stand_of_sites()
        if as_json:
            echo_json({"units" if site else "sites": [_as_data(each) for each in standings]})
        elif standings:
            click.echo("\n".join(_as_table(standings)))
        else:
            click.echo("Er is nog geen pakket geladen. Dat doet u met 'kbrollout track load PAKKET'.")
    sys.exit(DONE)


def _as_data(each: Standing) -> dict[str, Any]:
    counts = each.counts
    return {
        "id": each.slug,
        "name": each.name,
        "phase": each.phase,
        "arranged": counts.arranged,
        "applies": counts.applies,
        "percent": counts.percent,
        "reviewed": counts.reviewed,
        "busy": counts.busy,
        "not_begun": counts.not_begun,
        "not_seen": counts.not_seen,
        "not_applicable": counts.not_applicable,
        "late": each.late,
    }


def _as_table(standings: list[Standing]) -> Iterator[str]:
    """Columns as wide as what stands in them. A phase is of a site, so lists have none."""
    rows = [["", "naam", "geregeld", "te laat", "fase"]]
    rows += [[each.slug, each.name, each.counts.words, str(each.late), each.phase or "-"] for each in standings]
    if not any(each.phase for each in standings):
        rows = [row[:4] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield from ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


@click.command(name="set", context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJK")
@click.argument("unit", metavar="EENHEID")
@click.argument("code", metavar="CODE")
@click.option("--stand", metavar="STAND", help="De nieuwe stand, bijvoorbeeld Geregeld.")
@click.option("--missing", metavar="TEKST", help="Wat nog ontbreekt, of waarom de eis niet van toepassing is.")
@click.option("--owner", metavar="FUNCTIE", help="Wie ervoor zorgt: een functie, geen naam.")
@click.option("--date", metavar="DATUM", help="Wanneer het klaar moet zijn, als dag-maand-jaar of jjjj-mm-dd.")
@click.option("--evidence", metavar="TEKST", help="Het bewijs, of waar dat te vinden is.")
@click.option("--evidence-until", metavar="DATUM", help="Tot en met wanneer het bewijs geldt.")
@click.option("--note", metavar="TEKST", help="Een toelichting.")
@click.option("--done-on", metavar="DATUM", help="Een taak is gedaan, op deze dag.")
@click.option("--not-bsn", metavar="REDEN", help="Een nummer in de tekst is geen BSN, met de reden waarom niet.")
@BY
@DATA
def set_line(
    site: str, unit: str, code: str, data: Path | None, done_on: str | None, by: str, not_bsn: str | None, **given: str | None
) -> None:
    """Vult één regel in: een eis, een taak of een open punt.

    WIJK en EENHEID zijn de korte namen die 'kbrollout track status' toont. CODE is
    die van de eis, de taak of het open punt. Met '' maakt u een veld leeg. Wat u
    niet noemt, blijft staan.
    """
    values = {name: text for name, text in given.items() if text is not None}
    if done_on is not None:
        values |= {"stand": "ja", "date": done_on}
    if not values:
        raise click.UsageError("Noem minstens één veld om in te vullen, bijvoorbeeld --stand Geregeld.")
    with tracker(data, options=FIELDS):
        from kbrollout.tracker.commands import fill_in
        from kbrollout.tracker.fields import NAMES

        before, after = fill_in(site, unit, code, values, by, not_bsn)
        changed = {name: text for name, text in after.items() if text != before[name]}
        click.echo(f"{code} ingevuld." if changed else f"{code}: dit stond er al.")
        for name, text in changed.items():
            click.echo(f"  {NAMES[name]}: {before[name] or '(leeg)'} → {text or '(leeg)'}")
    sys.exit(DONE)


@click.group(context_settings=HELP, no_args_is_help=True, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT [...]")
def track() -> None:
    """Houdt de voortgang van wijken bij.

    Laad eerst een pakket met 'kbrollout track load PAKKET'. Daarna vult u in met
    'kbrollout track set', in Excel, of in een browser met 'kbrollout serve'.
    """


for command in (load, status, set_line, export_workbook, import_workbook, backup, restore, admin):
    track.add_command(command)
