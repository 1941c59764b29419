"""What works on this machine, and the remedy for what does not.

Every probe is guarded: whatever goes wrong inside one is what it reports. Our own modules are imported inside the
probes, so that a half installed kbrollout can still say what it misses.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

PYTHON = (3, 11)
TIME_ZONE = "Europe/Amsterdam"

INSTALL = "Installeer alle onderdelen van kbrollout; de handleiding zegt hoe, bij Beginnen."
REPORT = "Installeer kbrollout opnieuw. Helpt dat niet, stuur deze regel dan naar wie kbrollout voor u beheert."

_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(\[[^\]]*\])?\s*(>=(?P<least>[\d.]+))?[^;]*(;.*extra == ['\"](?P<extra>\w+)['\"])?")


class Outcome(StrEnum):
    """How a probe ended. The values are what users see."""

    OK = "OK"
    WARNING = "let op"
    FAULT = "fout"


@dataclass(frozen=True)
class Finding:
    """What one probe found. `remedy` is empty when all is well."""

    name: str
    outcome: Outcome
    what: str
    remedy: str = ""


Said = tuple[Outcome, str, str]
"""Outcome, what was found, and the remedy."""


@dataclass(frozen=True)
class Probe:
    """Something to find out. `worst` is how bad it is when the probe itself goes wrong."""

    name: str
    ask: Callable[[], Said]
    worst: Outcome = Outcome.FAULT


def examine() -> tuple[Finding, ...]:
    """Do every probe. Never raises."""
    return tuple(find(probe) for probe in PROBES)


def find(probe: Probe) -> Finding:
    """Do one probe; when it goes wrong itself, that is what it found."""
    try:
        return Finding(probe.name, *probe.ask())
    except Exception as error:
        return Finding(probe.name, probe.worst, f"Nagaan lukte niet: {_reason(error)}.", REPORT)


def _reason(error: Exception) -> str:
    """The error on one line."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:200]}" if text else type(error).__name__


def _ok(what: str) -> Said:
    return Outcome.OK, what, ""


def _python() -> Said:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < PYTHON:
        least = ".".join(map(str, PYTHON))
        return Outcome.FAULT, f"Dit is Python {found}; kbrollout heeft {least} of nieuwer nodig.", f"Installeer Python {least} of nieuwer."
    return _ok(f"{found}")


def _kbrollout() -> Said:
    from kbrollout import __version__

    try:
        installed = metadata.version("kbrollout")
    except metadata.PackageNotFoundError:
        return Outcome.WARNING, f"{__version__}, maar niet geïnstalleerd: kbrollout draait zo uit zijn map.", INSTALL
    if installed != __version__:
        what = f"De bestanden zijn van versie {__version__}, maar geïnstalleerd is {installed}."
        return Outcome.WARNING, what, "Installeer kbrollout opnieuw; de handleiding zegt hoe, bij Beginnen."
    return _ok(__version__)


def _packages() -> Said:
    return _installed(None, Outcome.FAULT)


def _installed(extra: str | None, outcome: Outcome) -> Said:
    """The versions of the packages that kbrollout needs, or that an extra of it needs."""
    found, lacking = [], []
    for name, least in _required(extra):
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            lacking.append(f"{name} ontbreekt")
            continue
        found.append(f"{name} {version}")
        if least and _numbers(version) < _numbers(least):
            lacking.append(f"{name} is {version}, nodig is {least} of nieuwer")
    if lacking:
        return outcome, f"{', '.join(lacking)}.", INSTALL
    if not found:
        return Outcome.WARNING, "Deze installatie van kbrollout kent dit onderdeel niet.", "Installeer de nieuwste kbrollout."
    return _ok(", ".join(found))


def _required(extra: str | None) -> Iterator[tuple[str, str | None]]:
    """Name and least version of every package that kbrollout, or an extra of it, says it needs."""
    for requirement in metadata.requires("kbrollout") or []:
        match = _REQUIREMENT.match(requirement)
        if match and match["extra"] == extra and match["name"] != "kbrollout":
            yield match["name"], match["least"]


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers at the start of a version: `2.10.1rc1` as (2, 10, 1)."""
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _reference() -> Said:
    from kbrollout.catalogue import load_catalogue
    from kbrollout.errors import ContentError
    from kbrollout.resources import templates

    if not templates().is_dir():
        return Outcome.FAULT, f"De map {templates()} ontbreekt.", "Installeer kbrollout opnieuw, met de map templates erbij."
    try:
        catalogue = load_catalogue()
    except ContentError as error:
        first, more = error.problems[0], len(error.problems) - 1
        what = f"{first.place}: {first.what} [{first.code}]" + (f" En nog {more} meer." if more else "")
        return Outcome.FAULT, what, "Installeer kbrollout opnieuw, of herstel de referentie; ‘kbrollout check’ noemt alles wat niet klopt."
    return _ok(f"versie {catalogue.index.version}, {len(catalogue.agreements)} afspraken, {len(catalogue.themes)} thema’s")


def _document_templates() -> Said:
    from kbrollout.templating import folder, style

    count = len(list(folder().glob("*.html")))
    if not count or not style():
        return Outcome.FAULT, f"In {folder()} staan geen sjablonen.", "Installeer kbrollout opnieuw, met de map templates erbij."
    return _ok(f"{count} gevonden")


def _fonts() -> Said:
    from kbrollout import fonts

    missing = [file for package, file in fonts.FACES.values() if not fonts.source(package, file).is_file()]
    if missing:
        return Outcome.FAULT, f"Niet gevonden: {', '.join(missing)}.", INSTALL
    cut = fonts.woff2(next(iter(fonts.FACES)))  # one shows that cutting works; all four take a second
    return _ok(f"{len(fonts.FACES)} gevonden; op maat maken lukt ({len(cut) // 1024} kB)")


def _pdf() -> Said:
    from kbrollout.render.pdf import unavailable

    if reason := unavailable():
        return Outcome.WARNING, f"{reason[0]}. Alles behalve PDF werkt wel.", reason[1]
    return _ok(f"WeasyPrint {metadata.version('weasyprint')}, Pango gevonden")


def _excel() -> Said:
    return _installed("excel", Outcome.WARNING)


def _tracker() -> Said:
    return _installed("voortgang", Outcome.WARNING)


def _pandoc() -> Said:
    if find_spec("pypandoc") is None:
        return Outcome.WARNING, "pypandoc ontbreekt. Kopieën om te bewerken (ODT, DOCX) zijn er dan niet.", INSTALL
    try:
        return _ok(f"pandoc {import_module('pypandoc').get_pandoc_version()}")
    except OSError:
        return Outcome.WARNING, "pandoc ontbreekt. Kopieën om te bewerken (ODT, DOCX) zijn er dan niet.", INSTALL


def _write_here() -> Said:
    """Really write, and move aside as a pack does; all of it is gone afterwards."""
    here = Path()
    try:
        here = here.absolute()
        with TemporaryDirectory(prefix=".kbrollout-doctor-", dir=here) as name:
            made = Path(name) / "proef"
            made.mkdir()
            (made / "é.txt").write_text("proef", encoding="utf-8")
            made.rename(Path(name) / "proef.oud")
    except OSError as error:
        from kbrollout.messages import problem

        what = problem("uitvoer-niet-schrijfbaar", ("", 0, 0, ""), map=here, reden=error.strerror or type(error).__name__).what
        return Outcome.WARNING, what, "Ga naar een map van uzelf, of geef met --out een map op waarin u mag schrijven."
    return _ok(str(here))


def _time_zone() -> Said:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(TIME_ZONE)
    except ZoneInfoNotFoundError:
        return Outcome.WARNING, f"De tijdzone {TIME_ZONE} ontbreekt.", "Typ: python -m pip install tzdata"
    return _ok(TIME_ZONE)


def _terminal() -> Said:
    encoding = getattr(sys.stdout, "encoding", None) or "onbekend"
    if encoding == "onbekend" or codecs.lookup(encoding).name != "utf-8":
        remedy = "Typ chcp 65001 in dit venster en probeer het opnieuw." if os.name == "nt" else "Typ: export PYTHONUTF8=1"
        return Outcome.WARNING, f"Dit venster gebruikt {encoding}, geen UTF-8. Letters als é en ’ kunnen verkeerd staan.", remedy
    return _ok("UTF-8: é, ’ en → staan er goed")


PROBES = (
    Probe("Python", _python),
    Probe("kbrollout", _kbrollout),
    Probe("Onderdelen", _packages),
    Probe("Referentie", _reference),
    Probe("Sjablonen", _document_templates),
    Probe("Letters", _fonts),
    Probe("PDF", _pdf, Outcome.WARNING),
    Probe("Excel", _excel, Outcome.WARNING),
    Probe("ODT en DOCX", _pandoc, Outcome.WARNING),
    Probe("Voortgang", _tracker, Outcome.WARNING),
    Probe("Schrijven in deze map", _write_here, Outcome.WARNING),
    Probe("Tijdzone", _time_zone, Outcome.WARNING),
    Probe("Tekens in dit venster", _terminal, Outcome.WARNING),
)
