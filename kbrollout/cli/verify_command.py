"""`kbrollout verify`: is this print still of now?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, JSON, echo_json
from kbrollout.grammar import long_date, series

if TYPE_CHECKING:
    from kbrollout.manifest import Made
    from kbrollout.verify import Verdict


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("pack", metavar="PAKKET", type=click.Path(path_type=Path))
@click.argument("typed", metavar="CODE", nargs=-1, required=True)
@JSON
def verify(pack: Path, typed: tuple[str, ...], as_json: bool) -> None:
    """Zegt of een print nog actueel is, aan de code onderaan de bladzijde.

    PAKKET is de map van het pakket, of manifest.json daarin. U mag de code met
    kleine letters typen, en met of zonder streepje.
    """
    from kbrollout import verify as verifying

    folder = pack.parent if pack.name == "manifest.json" else pack
    made = _made_in(folder)
    code = verifying.read_code(" ".join(typed))
    if code is None:
        raise click.BadParameter(_no_code(" ".join(typed), made), param_hint="CODE")
    verdict = verifying.verify(code, made)
    if as_json:
        echo_json(_as_data(verdict, made))
    else:
        click.echo("\n".join(_as_lines(verdict, made, folder)))
    sys.exit(CONTENT if verdict.standing is verifying.Standing.UNKNOWN else DONE)


def _made_in(folder: Path) -> Made:
    from kbrollout.manifest import NAME, made_in

    made = made_in(folder)
    if made is not None:
        return made
    if not folder.exists():
        said = f"{folder} bestaat niet. Geef de map van het pakket op."
    elif folder.suffix == ".zip":
        said = f"{folder} is een zipbestand. Pak het eerst uit en geef dan de map op."
    else:
        said = f"{folder} is geen pakket van kbrollout: er is geen leesbare {NAME}. Geef de map op waar index.html in staat."
        packs = sorted(each.name for each in folder.iterdir() if made_in(each)) if folder.is_dir() else []
        said += f" In deze map staan wel de pakketten {series(packs)}." if packs[1:] else ""
        said += f" In deze map staat wel het pakket {packs[0]}." if len(packs) == 1 else ""
    raise click.BadParameter(said, param_hint="PAKKET")


def _no_code(typed: str, made: Made) -> str:
    from kbrollout.verify import EXAMPLE, meant

    said = f"“{typed}” is geen code. Een code heeft acht tekens: cijfers en de letters A tot en met F, bijvoorbeeld {EXAMPLE}."
    alike = meant(typed, made)
    return f"{said} Bedoelt u {alike}?" if alike else f"{said} U vindt de code onderaan de bladzijde."


def _as_lines(verdict: Verdict, made: Made, folder: Path) -> Iterator[str]:
    from kbrollout.verify import Standing

    place = f"het pakket van {made.name}" if made.name else "dit pakket"
    if verdict.standing is Standing.UNKNOWN:
        yield f"Onbekend: {place} kent code {verdict.code} niet."
        if verdict.alike:
            yield f"Bedoelt u {verdict.alike}? Kijk of u de code goed hebt overgenomen."
        yield "Misschien hoort de print bij een andere wijk, is hij nieuwer dan dit pakket, of zo oud dat het pakket hem niet meer kent."
        return
    if verdict.standing is Standing.CURRENT:
        yield f"Actueel: code {verdict.code} is “{verdict.title}”, zoals het nu in {place} staat."
        yield f"De tekst is van {_day(verdict.since)} en is daarna niet veranderd."
    else:
        yield f"Verouderd: code {verdict.code} is een eerdere versie van “{verdict.title}” in {place}."
        yield f"Die versie is van {_day(verdict.since)} en is verouderd sinds {_day(verdict.until)}."
        if not verdict.now:
            yield "Het document zit niet meer in het pakket."
            return
        yield f"Nu is er code {verdict.now[0].code}, van {_day(verdict.now[0].date)}."
    files = [str(folder / file.path) for file in verdict.now]
    yield f"{'Bestand' if len(files) == 1 else 'Bestanden'}: {', '.join(files)}"


def _day(day: str | None) -> str:
    return long_date(date.fromisoformat(day)) if day else "een onbekende dag"


def _as_data(verdict: Verdict, made: Made) -> dict[str, Any]:
    now = verdict.now
    return {
        "code": verdict.code,
        "standing": verdict.standing.value,
        "site": made.name,
        "document": verdict.document,
        "title": verdict.title,
        "since": verdict.since,
        "until": verdict.until,
        "now": {"code": now[0].code, "since": now[0].date, "files": [file.path for file in now]} if now else None,
        "alike": verdict.alike,
    }
