"""What all commands share: exit codes, the reference, showing problems, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import click

from kbrollout.errors import ContentError, Problem, Severity

if TYPE_CHECKING:
    from kbrollout.model.catalogue import Catalogue

DONE, CONTENT, USAGE, BUG = 0, 1, 2, 3

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
SITES = click.argument("sites", nargs=-1, required=True, metavar="WIJKMAP...", type=click.Path(path_type=Path))
STRICT = click.option("--strict", is_flag=True, help="Ook een waarschuwing telt als fout.")
JSON = click.option("--json", "as_json", is_flag=True, help="Schrijf het resultaat als JSON, voor andere programma's.")


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


def load_reference(as_json: bool) -> Catalogue:
    from kbrollout.catalogue import load_catalogue

    try:
        return load_catalogue()
    except ContentError as error:
        if as_json:
            echo_json({"sites": [], "problems": [problem_data(each) for each in error.problems]})
        else:
            show(error.problems)
            click.echo("De referentie zelf heeft fouten; daarom is er niets gemaakt.", err=True)
        sys.exit(CONTENT)


def counts_as_failure(found: Iterable[Problem], strict: bool) -> bool:
    return any(strict or each.severity is Severity.ERROR for each in found)


def show(found: Iterable[Problem]) -> None:
    for each in found:
        click.echo(str(each), err=True)


def count_faults(found: Iterable[Problem]) -> str:
    errors = sum(1 for each in found if each.severity is Severity.ERROR)
    warnings = sum(1 for each in found if each.severity is Severity.WARNING)
    parts = [f"{errors} {'fout' if errors == 1 else 'fouten'}"] if errors or not warnings else []
    parts += [f"{warnings} {'waarschuwing' if warnings == 1 else 'waarschuwingen'}"] if warnings else []
    return " en ".join(parts)


def problem_data(each: Problem) -> dict[str, Any]:
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


def echo_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, indent=2))


class Progress:
    """A progress bar on a terminal, once the work takes longer than a second; silent elsewhere."""

    def __init__(self, as_json: bool) -> None:
        self.wanted = sys.stderr.isatty() and not as_json
        self.bar: Any = None
        self.timer: Timer | None = None
        self.done, self.total = 0, 0

    def __enter__(self) -> Callable[[int, int], None]:
        if self.wanted:
            self.timer = Timer(1, self._show)
            self.timer.daemon = True
            self.timer.start()
        return self._advance

    def _advance(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self.bar is not None:
            self.bar.update(self.task, completed=done, total=total)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        bar = Bar(console=Console(stderr=True), transient=True)
        self.task = bar.add_task("Pakketten maken", total=self.total or None, completed=self.done)
        bar.start()
        self.bar = bar

    def __exit__(self, *_: object) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer.join()
        if self.bar is not None:
            self.bar.stop()
