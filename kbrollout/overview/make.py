"""From site folders to the overview as a folder: a page, a workbook and what they need. One failing site stops no other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbrollout.assets import asset_files, file_entry
from kbrollout.check import check_site
from kbrollout.documents.plan import PlannedDocument, with_key
from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.grammar import long_date
from kbrollout.messages import problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.manifest import FileEntry
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.overview.data import Data, overview
from kbrollout.overview.sheets import sheets
from kbrollout.pack import OldPack, look_at, recover, write_pack
from kbrollout.render.html import render_html
from kbrollout.render.xlsx import available, render_xlsx

OVERVIEW = "overzicht"
TITLE = "Overzicht Krachtige basiszorg"
TEMPLATE = "overzicht.html"
FORMATS = ("html", "xlsx")
_MANIFEST_FORMAT = 1


@dataclass(frozen=True)
class Order:
    """What the user asked for. `formats` is None when the user named none."""

    out: Path
    today: date
    formats: tuple[str, ...] | None = None
    strict: bool = False


@dataclass(frozen=True)
class Looked:
    """One site folder as the overview takes it: a neighbourhood, or the problems that keep it out."""

    folder: Path
    neighbourhood: Neighbourhood | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Result:
    """What became of it. `out` is None when nothing was written; `problems` are those of the overview as a whole."""

    sites: tuple[Looked, ...]
    data: Data | None
    out: Path | None
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def make_overview(folders: Sequence[Path], catalogue: Catalogue, order: Order) -> Result:
    """Make the overview of every site that can be used. Nothing is written when there is none."""
    sites = _look_at_all(folders, catalogue, order)
    neighbourhoods = [each.neighbourhood for each in sites if each.neighbourhood]
    if not neighbourhoods:
        return Result(sites, None, None)
    data = overview(neighbourhoods)
    try:
        return _written(sites, data, order)
    except ContentError as error:
        return Result(sites, data, None, problems=error.problems)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Result(sites, data, None, problems=(problem("uitvoer-niet-schrijfbaar", _place(order), map=order.out, reden=reason),))


def _look_at_all(folders: Sequence[Path], catalogue: Catalogue, order: Order) -> tuple[Looked, ...]:
    sites: list[Looked] = []
    first: dict[str, Path] = {}
    for folder in folders:
        each = _look(folder, catalogue, order)
        if each.neighbourhood:
            site = each.neighbourhood.site.id
            if site in first:
                each = Looked(folder, None, (problem("wijk-dubbel", (str(folder), 0, 0, ""), id=site, eerste=first[site], tweede=folder),))
            first.setdefault(site, folder)
        sites.append(each)
    return tuple(sites)


def _look(folder: Path, catalogue: Catalogue, order: Order) -> Looked:
    try:
        checked = check_site(folder, catalogue, order.today)
    except ContentError as error:
        return Looked(folder, None, error.problems)
    if order.strict and checked.warnings:
        return Looked(folder, None, checked.warnings)
    return Looked(folder, checked.neighbourhood, (), checked.warnings)


def _written(sites: tuple[Looked, ...], data: Data, order: Order) -> Result:
    """Render and write. Raises ContentError or OSError; what stood there is whole then."""
    warnings = _cannot_make(order)
    target = order.out.resolve()
    recover(target)
    old = look_at(target, OVERVIEW)
    folders = [each.folder for each in sites]
    failed = [_failed(each, folders) for each in sites if each.neighbourhood is None]
    document = with_key(OVERVIEW, OVERVIEW, OVERVIEW, TITLE, TEMPLATE, FORMATS, {**data, "title": TITLE, "failed": failed})
    # A form that stands there is made along, so that page and workbook never say different things.
    wanted = [each for each in FORMATS if each in (order.formats or FORMATS) or document.path(each) in old.intact]
    files = _rendered(document, [each for each in wanted if each != "xlsx" or available()], old, order.today)
    contents = {path: content for path, (_, content) in files.items()}
    kept = write_pack(old, contents, _manifest(data, [entry for entry, _ in files.values()]))
    return Result(sites, data, target, tuple(files), warnings=(*warnings, *kept))


def _cannot_make(order: Order) -> tuple[Problem, ...]:
    """A warning when the workbook cannot be made. Raises ContentError when the user asked for it by name."""
    if available() or "xlsx" not in (order.formats or FORMATS):
        return ()
    found = problem("excel-kan-niet", ("", 0, 0, ""), Severity.WARNING)
    if order.formats or order.strict:
        raise ContentError([found])
    return (found,)


def _rendered(document: PlannedDocument, formats: list[str], old: OldPack, today: date) -> dict[str, tuple[FileEntry, bytes]]:
    """Every file of the overview with its entry, the page and the workbook first."""
    dates = (entry.date for entry in old.intact.values() if entry.document == OVERVIEW and entry.key == document.key)
    day = next((date.fromisoformat(each) for each in dates), today)
    files = {}
    for file_format in formats:
        path = document.path(file_format)
        content = _render(document, file_format, formats, day)
        files[path] = (file_entry(path, OVERVIEW, document.title, document.key, day.isoformat(), content), content)
    return files | asset_files(old, today) if "html" in formats else files


def _render(document: PlannedDocument, file_format: str, formats: list[str], day: date) -> bytes:
    data = document.data
    if file_format == "xlsx":
        footer = f"Referentie {data['reference']['version']} · code {document.code} · {long_date(day)}"
        return render_xlsx(document.title, footer, sheets(data, data["failed"]))
    stamp = {"code": document.code, "date": long_date(day), "date_iso": day.isoformat(), "root": document.root, "format": file_format}
    workbook = document.path("xlsx") if "xlsx" in formats else None
    return render_html(TEMPLATE, {**data, "workbook": workbook}, stamp)


def _failed(site: Looked, folders: Sequence[Path]) -> Data:
    """A folder that could not be used. A folder goes by its name: where it stands on whose machine is nobody's business here."""
    return {
        "site": _name(site.folder),
        "problems": [
            {
                "place": _with_names(each.place, folders),
                "path": each.path,
                "what": _with_names(each.what, folders),
                "fix": _with_names(each.fix, folders),
                "code": each.code,
            }
            for each in site.problems
        ],
    }


def _name(folder: Path) -> str:
    return folder.resolve().name or str(folder)


def _with_names(text: str, folders: Sequence[Path]) -> str:
    for folder in sorted(folders, key=lambda folder: -len(str(folder))):
        if len(folder.parts) > 1:
            text = text.replace(str(folder), _name(folder))
    return text


def _manifest(data: Data, entries: list[FileEntry]) -> bytes:
    """What says that the folder is an overview of ours, and which files in it are."""
    content = {
        "kind": OVERVIEW,
        "format": _MANIFEST_FORMAT,
        "reference": data["reference"],
        "sites": [{"id": site["id"], "name": site["name"]} for site in data["sites"]],
        "files": [entry.model_dump(mode="json") for entry in sorted(entries, key=lambda entry: entry.path)],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _place(order: Order) -> tuple[str, int, int, str]:
    return str(order.out), 0, 0, ""
