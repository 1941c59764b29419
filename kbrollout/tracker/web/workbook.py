"""The workbook of a site: out to fill in elsewhere, and back, with a look at what it changes before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from kbrollout.errors import ContentError, Problem
from kbrollout.patientdata import findings
from kbrollout.tracker.access import Access, unit_in
from kbrollout.tracker.comparing import Change, Conflict
from kbrollout.tracker.importing import EXCEL, WEBSITE, Imported, Moved, Preview, apply_import, preview
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Item, Upload
from kbrollout.tracker.sheets import LIMITS, Sheets, read_workbook
from kbrollout.tracker.web.common import in_site, page
from kbrollout.tracker.web.history import shown, who_did
from kbrollout.tracker.workbook import progress_workbook

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITS = timedelta(days=1)
"""How long a workbook that was sent in waits for its sender."""

_UNNAMED = "werkmap.xlsx"


@dataclass(frozen=True)
class Cell:
    """A field that changes, as people read it. With a key somebody has to choose: `by` did what stands here, `chosen` is the choice."""

    name: str
    before: str
    after: str
    place: str
    key: str = ""
    by: str = ""
    at: object = None
    chosen: str = ""


@dataclass(frozen=True)
class Line:
    """A line with the cells that change."""

    item: Item
    cells: list[Cell] = field(default_factory=list)


@require_http_methods(["GET", "HEAD", "POST"])
@in_site
def workbook(request: HttpRequest, access: Access) -> HttpResponse:
    """Fetch the workbook, or send it in: what was read from it is kept until its sender has looked at it."""
    if request.method != "POST":
        return _show(request, access)
    _must_fill(access)
    Upload.objects.filter(at__lt=timezone.now() - WAITS).delete()
    try:
        name, content = _sent(request)
        sheets = read_workbook(content)
        found = preview(access.site, sheets, _fills(access))
    except ContentError as error:
        return _show(request, access, error.problems)
    if found.problems:
        return _show(request, access, found.problems)
    kept = Upload.objects.create(site=access.site, by=access.person, at=timezone.now(), name=name, content=sheets.to_bytes())
    return redirect("workbook_preview", access.site.slug, kept.pk)


@require_POST
@in_site
def workbook_file(request: HttpRequest, access: Access) -> HttpResponse:
    """The workbook as it stands now, of all units or of one. No GET: what goes out is remembered."""
    slug = request.POST.get("unit", "")
    content = progress_workbook(access.site, [unit_in(access, slug)] if slug else None, access.person)
    name = "-".join(["voortgang", access.site.slug, *([slug] if slug else []), timezone.localdate().isoformat()])
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    return HttpResponse(content, content_type=TYPE, headers={"Content-Disposition": disposition})


@require_http_methods(["GET", "HEAD", "POST"])
@in_site
def workbook_preview(request: HttpRequest, access: Access, upload: UUID) -> HttpResponse:
    """What a workbook that was sent in changes; its sender takes it over, or puts it away."""
    _must_fill(access)
    kept = Upload.objects.filter(pk=upload, site=access.site, by=access.person, at__gte=timezone.now() - WAITS).first()
    if kept is None:
        raise Http404
    if request.method == "POST" and "discard" in request.POST:
        kept.delete()
        messages.success(request, "De werkmap is weggelegd. Er is niets veranderd.")
        return redirect("workbook", access.site.slug)
    sheets = Sheets.from_bytes(bytes(kept.content))
    try:
        return _take_over(request, access, kept, sheets) if request.method == "POST" else _show_preview(request, access, kept, sheets)
    except ContentError as error:
        return _show(request, access, error.problems)


def _take_over(request: HttpRequest, access: Access, kept: Upload, sheets: Sheets) -> HttpResponse:
    choices = {key: text for key, text in request.POST.items() if text in (EXCEL, WEBSITE)}
    try:
        done = apply_import(access.actor(), access.site, sheets, choices, request.POST.get("preview", ""), _fills(access))
    except Moved as moved:
        return _show_preview(request, access, kept, sheets, found=moved.preview, faults=[problem("intussen-veranderd", "")], status=409)
    except ContentError as error:
        choose = [each for each in error.problems if each.code == "keuze-ontbreekt"]
        faults = [each for each in error.problems if each not in choose]
        return _show_preview(request, access, kept, sheets, choices=choices, choose=choose, faults=faults, status=422)
    kept.delete()
    messages.success(request, _told(done))
    return redirect("workbook", access.site.slug)


def _show(request: HttpRequest, access: Access, faults: Sequence[Problem] = ()) -> HttpResponse:
    units = list(access.site.units.filter(gone=None))
    own = next((unit.slug for unit in units if access.units and unit.pk in access.units), "")
    return page(request, "excel.html", access, status=422 if faults else 200, units=units, own=own, faults=faults, megabytes=LIMITS.packed)


def _show_preview(
    request: HttpRequest,
    access: Access,
    kept: Upload,
    sheets: Sheets,
    *,
    found: Preview | None = None,
    choices: dict[str, str] | None = None,
    choose: Sequence[Problem] = (),
    faults: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    found = found or preview(access.site, sheets, _fills(access))
    return page(
        request,
        "excel_nakijken.html",
        access,
        status=status,
        name=kept.name,
        token=found.token,
        conflicts=_by_unit(found.conflicts, choices or {}),
        changes=_by_unit(found.changes, {}),
        number=len(found.changes),
        notes=found.notes,
        blocked=bool(found.problems),
        problems=choose,
        faults=[*faults, *found.problems],
        unchosen={each.path: each for each in choose},
    )


def _by_unit(changes: Iterable[Change], choices: dict[str, str]) -> list[tuple[str, list[Line]]]:
    """The changes per unit and per line, in the order of the pack."""
    units: dict[str, dict[int, Line]] = {}
    for each in sorted(changes, key=lambda change: (change.item.unit.order, change.item.order)):
        lines = units.setdefault(each.item.unit.name, {})
        lines.setdefault(each.item.pk, Line(each.item)).cells.append(_cell(each, choices))
    return [(unit, list(lines.values())) for unit, lines in units.items()]


def _cell(change: Change, choices: dict[str, str]) -> Cell:
    said = (change.name, shown(change.field, change.before), shown(change.field, change.after), change.place)
    if not isinstance(change, Conflict):
        return Cell(*said)
    by, at = (who_did(change.event), change.event.at) if change.event else ("", None)
    return Cell(*said, change.key, by, at, choices.get(change.key, ""))


def _sent(request: HttpRequest) -> tuple[str, bytes]:
    """Name and bytes of the file that was sent. One that is too large was never kept. Raises ContentError when there is none."""
    sent = request.FILES.get("workbook")
    if not isinstance(sent, UploadedFile) or not sent.size:
        raise ContentError([problem("geen-bestand", "")])
    name = sent.name or ""
    # The name is kept for a day too.
    return _UNNAMED if not name or findings(name) else name[:200], bytes(sent.read(LIMITS.packed * 1024 * 1024 + 1))


def _fills(access: Access) -> frozenset[int] | None:
    return access.units if access.fills else frozenset()


def _must_fill(access: Access) -> None:
    if not access.fills:
        raise Http404


def _told(done: Imported) -> str:
    if not done.fields:
        return "Er is niets veranderd."
    fields = "1 wijziging" if done.fields == 1 else f"{done.fields} wijzigingen"
    return f"Overgenomen uit Excel: {fields} in {'1 regel' if done.lines == 1 else f'{done.lines} regels'}."
