"""One pack in the making: what can be taken over from the old pack, what has to be rendered, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kbrollout.assets import asset_files, file_entry
from kbrollout.documents import start
from kbrollout.documents.plan import FORMATS, KINDS, PlannedDocument, plan_documents, with_key
from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.grammar import counted, long_date
from kbrollout.manifest import NAME, make_manifest, remember, to_bytes
from kbrollout.messages import listing, problem
from kbrollout.model.manifest import FileEntry
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.pack import OldPack, is_our_zip, refuse_foreign_zip, write_pack, write_zip
from kbrollout.render import office, xlsx
from kbrollout.render.html import render_html
from kbrollout.render.ics import render_ics
from kbrollout.render.imposition import imposed
from kbrollout.render.office import render_office
from kbrollout.render.pdf import render_pdf, unavailable
from kbrollout.render.progress import render_progress

INDEX = "index"


@dataclass(frozen=True)
class Order:
    """What the user asked for. `formats` is None when the user named none."""

    out: Path
    today: date
    only: tuple[str, ...] = tuple(KINDS)
    formats: tuple[str, ...] | None = None
    strict: bool = False
    zip: bool = False


@dataclass(frozen=True)
class Job:
    """One file to render, with all it takes: work for any executor."""

    path: str
    format: str
    title: str
    template: str | None
    data: dict[str, Any]
    stamp: dict[str, Any]
    assets: Mapping[str, bytes]


def run_job(job: Job) -> bytes:
    """Render one file."""
    if job.format == "ics":
        return render_ics(job.title, job.data, job.stamp)
    if job.format == "xlsx":
        return render_progress(job.title, job.data, job.stamp)
    assert job.template, "only calendars and workbooks have no page"
    html = render_html(job.template, job.data, job.stamp)
    if job.format in _PDFS:
        pdf = render_pdf(html, job.assets, job.path)
        return imposed(pdf, job.data["paper"]) if job.format == "druk" else pdf
    return html if job.format == "html" else render_office(html, job.format, job.stamp["date_iso"])


_PDFS = ("pdf", "druk", "groot")
"""The formats that are PDF: to read, imposed to print, in large print."""


@dataclass
class Packing:
    """A pack in the making. `files` and `entries` fill up; `pending` empties as the executor delivers."""

    folder: Path
    neighbourhood: Neighbourhood
    old: OldPack
    order: Order
    warnings: list[Problem]
    documents: tuple[PlannedDocument, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, FileEntry] = field(default_factory=dict)
    pending: dict[str, tuple[PlannedDocument, date, Future[bytes]]] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)
    reused: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def begin(folder: Path, neighbourhood: Neighbourhood, old: OldPack, order: Order, warnings: tuple[Problem, ...]) -> Packing:
    """Plan a pack. Raises ContentError when the user asked for something that cannot be made here."""
    packing = Packing(folder, neighbourhood, old, order, [*warnings], plan_documents(neighbourhood))
    if order.zip:
        refuse_foreign_zip(_zip_of(packing))
    impossible = list(_impossible(packing))
    if impossible and (order.formats or order.strict):
        raise ContentError(impossible)
    packing.warnings += impossible
    return packing


def _impossible(packing: Packing) -> Iterator[Problem]:
    """What was asked for and cannot be made on this machine. Heavy libraries are not touched when nothing has to be made."""
    if pdfs_to_render(packing) and (reason := unavailable()):
        yield problem("pdf-kan-niet", ("", 0, 0, ""), Severity.WARNING, reden=reason[0], remedie=reason[1])
    if any(_to_render(packing, each) for each in office.STYLES) and not office.available():
        yield problem("bewerkbaar-kan-niet", ("", 0, 0, ""), Severity.WARNING)
    if _to_render(packing, "xlsx") and not xlsx.available():
        yield problem("excel-kan-niet", ("", 0, 0, ""), Severity.WARNING)


def pdfs_to_render(packing: Packing) -> list[str]:
    """The PDF files that are wanted and not current."""
    return [path for each in _PDFS for path in _to_render(packing, each)]


def _to_render(packing: Packing, file_format: str) -> list[str]:
    wanted = (each for each in packing.documents if file_format in each.formats and _asked_for(packing, each, file_format))
    return [each.path(file_format) for each in wanted if not _is_current(packing, each.path(file_format), each.key)]


def submit(packing: Packing, executor: Executor) -> None:
    """Take over what is current from the old pack, and hand the rest to the executor."""
    assets = _add_assets(packing)
    listed = []
    dates: dict[str, str] = {}
    for document in packing.documents:
        day = _date_of(packing, document)
        for file_format in document.formats:
            if _belongs(packing, document, file_format):
                _place(packing, executor, document, file_format, day, assets)
        present = {each: document.path(each) for each in document.formats if document.path(each) in {*packing.files, *packing.pending}}
        group = KINDS[document.kind].group
        if present and group:
            listed.append({"id": document.id, "group": group, "title": document.title, "code": document.code, "files": present})
            dates[document.id] = long_date(day)
    if packing.dropped:
        words: dict[str, Any] = {"aantal": counted(len(packing.dropped), "bestand", "bestanden"), "namen": listing(packing.dropped)}
        packing.warnings.append(problem("document-vervallen", (str(packing.old.folder), 0, 0, ""), Severity.WARNING, **words))
    title, data = start.view(packing.neighbourhood, listed)
    index = with_key(INDEX, INDEX, INDEX, title, "start.html", ("html",), data)
    _place(packing, executor, index, "html", _date_of(packing, index), assets, dates)


def collect(packing: Packing, path: str) -> None:
    """Wait for one file that the executor renders."""
    document, day, future = packing.pending.pop(path)
    _add(packing, path, document, day, future.result())
    packing.rendered.append(path)


def finish(packing: Packing) -> tuple[Path, tuple[Problem, ...]]:
    """Write the pack, now that everything in it is there; gives its folder and all warnings. Raises ContentError."""
    target, order = packing.old.folder, packing.order
    if order.strict and packing.warnings:
        raise ContentError(packing.warnings)
    entries = tuple(packing.entries[path] for path in sorted(packing.entries))
    history = remember(packing.old.history, packing.old.listed, entries, order.today)
    manifest = to_bytes(make_manifest(packing.neighbourhood, entries, history))
    kept = write_pack(packing.old, packing.files, manifest, strict=order.strict)
    zipped = _zip_of(packing)
    if order.zip or (zipped.exists() and is_our_zip(zipped)):  # an old zip never stays behind with outdated documents
        write_zip(zipped, target.name, {**packing.files, NAME: manifest})
    return target, (*packing.warnings, *kept)


def _zip_of(packing: Packing) -> Path:
    target = packing.old.folder
    return target.with_name(f"{target.name}.zip")


def _asked_for(packing: Packing, document: PlannedDocument, file_format: str) -> bool:
    return document.kind in packing.order.only and file_format in (packing.order.formats or FORMATS)


def _is_current(packing: Packing, path: str, key: str) -> bool:
    entry = packing.old.intact.get(path)
    return entry is not None and entry.key == key


def _belongs(packing: Packing, document: PlannedDocument, file_format: str) -> bool:
    """Whether a file comes in the pack: it can be made and was asked for, or the one that stands there is still current."""
    path = document.path(file_format)
    if _is_current(packing, path, document.key):
        return True
    if _asked_for(packing, document, file_format) and _can_make(file_format):
        return True
    if path in packing.old.intact:
        packing.dropped.append(path)
    return False


def _can_make(file_format: str) -> bool:
    if file_format in _PDFS:
        return unavailable() is None
    if file_format == "xlsx":
        return xlsx.available()
    return file_format in ("html", "ics") or office.available()


def _place(
    packing: Packing,
    executor: Executor,
    document: PlannedDocument,
    file_format: str,
    day: date,
    assets: Mapping[str, bytes],
    dates: Mapping[str, str] | None = None,
) -> None:
    """Take a file over from the old pack, or order it. `dates` are those of the other documents, for the index page."""
    path = document.path(file_format)
    if _is_current(packing, path, document.key):
        _add(packing, path, document, day, packing.old.read(path))
        packing.reused.append(path)
        return
    stamp = {"code": document.code, "date": long_date(day), "date_iso": day.isoformat(), "dates": dates}
    stamp |= {"root": document.root, "format": file_format}
    job = Job(path, file_format, document.title, document.template, document.data, stamp, assets if file_format in _PDFS else {})
    packing.pending[path] = (document, day, executor.submit(run_job, job))


def _date_of(packing: Packing, document: PlannedDocument) -> date:
    """The day on which the content of a document last changed: that of the old pack while its key is the same."""
    dates = (entry.date for entry in packing.old.intact.values() if entry.document == document.id and entry.key == document.key)
    return next((date.fromisoformat(day) for day in dates), packing.order.today)


def _add_assets(packing: Packing) -> dict[str, bytes]:
    """Style and fonts: taken over from the old pack when current, made otherwise."""
    assets = asset_files(packing.old, packing.order.today, packing.neighbourhood.site.house_style)
    for path, (entry, content) in assets.items():
        packing.files[path], packing.entries[path] = content, entry
    return {path: content for path, (_, content) in assets.items()}


def _add(packing: Packing, path: str, document: PlannedDocument, day: date, content: bytes) -> None:
    packing.files[path] = content
    packing.entries[path] = file_entry(path, document.id, document.title, document.key, day.isoformat(), content)
