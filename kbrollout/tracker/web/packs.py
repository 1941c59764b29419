"""The pack's own pages and downloads, as they were loaded last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from kbrollout.tracker.access import Access
from kbrollout.tracker.models import PackFile
from kbrollout.tracker.web.common import in_site, page

POLICY = "; ".join(
    [
        # Columns of tables in packs have their widths inline, and a browser shows a PDF as an object with styles of its own.
        *("default-src 'none'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "font-src 'self'", "object-src 'self'"),
        *("form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'"),
    ]
)
"""What a page of a pack may do: no script, whoever edited the pack."""

CACHE = "private, no-cache"
"""A browser may keep a file, but asks every time: then access is checked, and what did not change is not sent again."""

SHOWN = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "woff2": "font/woff2",
}
"""Endings that a browser shows itself, with the type of their content. Everything else is saved."""

SAVED = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "ics": "text/calendar; charset=utf-8",
}
FORMATS = {
    "html": "Scherm",
    "pdf": "PDF",
    "druk": "Om te printen",
    "groot": "Grote letters",
    "odt": "ODT",
    "docx": "Word",
    "xlsx": "Excel",
    "ics": "Agenda",
}
"""What the formats are called, as in the pack itself, in the order in which they are offered."""

FOLDERS = {
    "": "Documenten",
    "praktijken": "Per praktijk",
    "checklists": "Checklists",
    "rolkaarten": "Rolkaarten",
    "overleggen": "Vergaderstukken",
    "agenda": "Voor in uw agenda",
    "trainingen": "Trainingen",
    "handouts": "Handouts",
}
"""The folders of a pack and their headings, in the order in which they are shown; another folder goes by its own name."""

START, LOOK = "index.html", "vormgeving"


@dataclass(frozen=True)
class Document:
    """A document with its files. `date` is that of the file that changed last."""

    title: str
    files: list[tuple[str, str]]
    """What each format is called, and its path."""

    date: date


@in_site
@require_safe
def pack(request: HttpRequest, access: Access) -> HttpResponse:
    """All documents of the pack."""
    files = list(access.site.files.exclude(document=LOOK).order_by("path"))
    return page(request, "pakket.html", access, groups=_groups(files), start=any(each.path == START for each in files))


@in_site
@require_safe
def pack_file(request: HttpRequest, access: Access, path: str) -> HttpResponse:
    """One file of the pack. Links inside the pack are relative, so they work here too."""
    file = access.site.files.filter(path=path).first()
    if file is None:
        raise Http404
    etag = quote_etag(file.blob_id)
    response = get_conditional_response(request, etag=etag) or _whole(file)
    # On “not changed” too: a browser takes these in the place of those that it kept.
    for name, value in (("ETag", etag), ("Cache-Control", CACHE), ("Content-Security-Policy", POLICY)):
        response.headers[name] = value
    return response


def _whole(file: PackFile) -> HttpResponse:
    name = file.path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower()
    kind = SHOWN.get(ending) or SAVED.get(ending, "application/octet-stream")
    disposition = content_disposition_header(as_attachment=ending not in SHOWN, filename=name)
    return HttpResponse(bytes(file.blob.content), content_type=kind, headers={"Content-Disposition": disposition})


def _groups(files: Iterable[PackFile]) -> list[tuple[str, list[Document]]]:
    """The documents per folder, with a heading."""
    found: dict[str, dict[str, list[PackFile]]] = {}
    for file in files:
        if file.path != START:
            found.setdefault(file.path.rpartition("/")[0], {}).setdefault(file.document, []).append(file)
    order = [*FOLDERS, *found]
    return [
        (FOLDERS.get(folder, folder.capitalize()), [_document(each) for each in documents.values()])
        for folder, documents in sorted(found.items(), key=lambda entry: order.index(entry[0]))
    ]


def _document(files: list[PackFile]) -> Document:
    order = list(FORMATS)
    ordered = sorted(files, key=lambda each: order.index(each.format) if each.format in order else len(order))
    return Document(
        ordered[0].title, [(FORMATS.get(each.format, each.format), each.path) for each in ordered], max(each.date for each in files)
    )
