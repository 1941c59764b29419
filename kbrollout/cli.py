"""The command line: the only place that prints and exits.

Exit codes: 0 done, 1 problems in the content, 2 wrong usage, 3 our own bug. Heavy imports stand inside the commands,
so that `--help` comes at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbrollout.dutch import speak_dutch

speak_dutch()

import click  # noqa: E402 - click reads its language when it is imported

from kbrollout import __version__  # noqa: E402
from kbrollout.errors import ContentError, Problem, Severity  # noqa: E402

if TYPE_CHECKING:
    from kbrollout.build import SiteResult
    from kbrollout.model.catalogue import Catalogue

DONE, CONTENT, USAGE, BUG = 0, 1, 2, 3

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_SITES = click.argument("sites", nargs=-1, required=True, metavar="WIJKMAP...", type=click.Path(path_type=Path))
_STRICT = click.option("--strict", is_flag=True, help="Ook een waarschuwing telt als fout.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Schrijf het resultaat als JSON, voor andere programma's.")


class Day(click.ParamType[date]):
    """A date on the command line."""

    name = "jjjj-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is geen datum. Schrijf bijvoorbeeld 2026-11-12.", param, ctx)


@click.group(context_settings=_HELP, no_args_is_help=True, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT [...]")
@click.version_option(__version__, message="kbrollout %(version)s")
def kbrollout() -> None:
    """Maakt van een wijkprofiel en de referentie een pakket voor Krachtige basiszorg.

    Begin met 'kbrollout check WIJKMAP'. Die zegt wat er nog niet klopt. Maak daarna het pakket met
    'kbrollout build WIJKMAP --out MAP'.
    """


@kbrollout.command(context_settings=_HELP, options_metavar="[OPTIES]")
@_SITES
@_STRICT
@_JSON
def check(sites: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Controleert wijkmappen en noemt alles wat niet klopt.

    Er wordt niets geschreven.
    """
    from kbrollout.check import check_site

    catalogue = _catalogue(as_json)
    report: list[dict[str, Any]] = []
    for folder in sites:
        try:
            checked = check_site(folder, catalogue, date.today())
            found, points = checked.warnings, len(checked.neighbourhood.open_points)
        except ContentError as error:
            found, points = error.problems, 0
        failed = _counts_as_failure(found, strict)
        report.append({"site": str(folder), "ok": not failed, "open_points": points, "problems": [_problem_data(each) for each in found]})
        if not as_json:
            _show(found)
            outcome = _faults(found) if failed else f"in orde, {points} open punten"
            click.echo(f"{folder}: {outcome}.")
    if as_json:
        _echo_json({"sites": report})
    sys.exit(DONE if all(each["ok"] for each in report) else CONTENT)


@kbrollout.command(context_settings=_HELP, options_metavar="[OPTIES]")
@_SITES
@click.option("--out", required=True, metavar="MAP", type=click.Path(path_type=Path), help="De map waarin elk pakket een eigen map krijgt.")
@click.option("--only", multiple=True, metavar="DOCUMENT", help="Maak alleen dit document. Mag vaker.")
@click.option(
    "--format", "formats", multiple=True, metavar="html|pdf", type=click.Choice(["html", "pdf"]), help="Maak alleen deze vorm. Mag vaker."
)
@click.option("--date", "day", type=Day(), default=None, help="De datum die op nieuwe documenten komt. Anders: vandaag.")
@_STRICT
@click.option("--zip", "as_zip", is_flag=True, help="Maak ook een zipbestand van elk pakket.")
@_JSON
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
    catalogue = _catalogue(as_json)
    order = Order(out, day or date.today(), only or tuple(KINDS), formats or None, strict, as_zip)
    with _progress(as_json) as on_progress:
        results = list(build_packs(sites, catalogue, order, on_progress))
    if as_json:
        _echo_json({"sites": [_result_data(result) for result in results]})
    else:
        for result in results:
            _show_result(result)
    sys.exit(CONTENT if any(result.problems for result in results) else DONE)


@kbrollout.command(context_settings=_HELP, options_metavar="[OPTIES]")
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


def _catalogue(as_json: bool) -> Catalogue:
    from kbrollout.catalogue import load_catalogue

    try:
        return load_catalogue()
    except ContentError as error:
        if as_json:
            _echo_json({"sites": [], "problems": [_problem_data(each) for each in error.problems]})
        else:
            _show(error.problems)
            click.echo("De referentie zelf heeft fouten; daarom is er niets gemaakt.", err=True)
        sys.exit(CONTENT)


def _counts_as_failure(found: Iterable[Problem], strict: bool) -> bool:
    return any(strict or each.severity is Severity.ERROR for each in found)


def _show(found: Iterable[Problem]) -> None:
    for each in found:
        click.echo(str(each), err=True)


def _faults(found: Iterable[Problem]) -> str:
    errors = sum(1 for each in found if each.severity is Severity.ERROR)
    warnings = sum(1 for each in found if each.severity is Severity.WARNING)
    parts = [f"{errors} {'fout' if errors == 1 else 'fouten'}"] if errors or not warnings else []
    parts += [f"{warnings} {'waarschuwing' if warnings == 1 else 'waarschuwingen'}"] if warnings else []
    return " en ".join(parts)


def _show_result(result: SiteResult) -> None:
    _show((*result.problems, *result.warnings))
    if result.pack is None:
        click.echo(f"{result.folder}: {_faults((*result.problems, *result.warnings))}; er is niets geschreven.")
    else:
        made, kept = len(result.rendered), len(result.reused)
        click.echo(f"{result.folder}: {made} gemaakt, {kept} ongewijzigd → {result.pack / 'index.html'}")


def _problem_data(each: Problem) -> dict[str, Any]:
    return {
        "severity": each.severity.value,
        "code": each.code,
        "file": each.file,
        "line": each.line,
        "column": each.column,
        "path": each.path,
        "what": each.what,
        "fix": each.fix,
    }


def _result_data(result: SiteResult) -> dict[str, Any]:
    return {
        "site": str(result.folder),
        "id": result.site,
        "ok": result.pack is not None,
        "pack": str(result.pack) if result.pack else None,
        "rendered": result.rendered,
        "reused": result.reused,
        "problems": [_problem_data(each) for each in (*result.problems, *result.warnings)],
    }


def _echo_json(data: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


class _progress:
    """A progress bar on a terminal, once the work takes longer than a second; silent elsewhere."""

    def __init__(self, as_json: bool) -> None:
        self.wanted = sys.stderr.isatty() and not as_json
        self.bar: Any = None
        self.began = 0.0

    def __enter__(self) -> Callable[[int, int], None]:
        from time import monotonic

        self.began = monotonic()
        return self.advance

    def advance(self, done: int, total: int) -> None:
        from time import monotonic

        if self.wanted and self.bar is None and monotonic() - self.began > 1 and done < total:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.task = self.bar.add_task("Pakketten maken", total=total)
            self.bar.start()
        if self.bar is not None:
            self.bar.update(self.task, completed=done)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()


def main() -> None:
    """Run the command line; what nobody foresaw ends in a message and exit code 3."""
    try:
        kbrollout(prog_name="kbrollout")
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("Dit is een fout in kbrollout zelf, niet in uw bestanden. Stuur de regels hierboven naar de beheerder.", err=True)
        sys.exit(BUG)
