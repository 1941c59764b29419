"""One line: what is asked and why, the answer, its check by somebody else, and all that happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kbrollout.errors import ContentError, Problem
from kbrollout.tracker import services
from kbrollout.tracker.access import Access, item_in, to_fill, unit_in
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Event, Item
from kbrollout.tracker.models.items import AGREED
from kbrollout.tracker.web.common import board_of, by_field, in_site, page
from kbrollout.tracker.web.forms import Entry, Form, clashed, fresh, read_entry, read_version, refused, undecided
from kbrollout.tracker.web.history import told
from kbrollout.tracker.web.lineparts import Linked, answer_of, in_pack, neighbours, requirement_of, texts_now_and_then
from kbrollout.tracker.web.rows import row_of, rows_of


@require_http_methods(["GET", "HEAD", "POST"])
@in_site
def line(request: HttpRequest, access: Access, kind: str, unit: str, code: str) -> HttpResponse:
    """A line to look at, and for who fills it in its form."""
    item = item_in(access, unit_in(access, unit), kind, code)
    if request.method != "POST":
        return _show(request, access, item)
    entry = read_entry(Kind(to_fill(access, item).kind), request.POST)
    if entry.unchosen:
        return _undecided(request, access, item, entry)
    try:
        changed = services.change(access.actor(), item.pk, entry.version, entry.given, not_bsn=entry.not_bsn)
    except services.Clash as clash:
        return _show(request, access, clash.item, clashed(clash, entry, events_of(item)), status=409)
    except ContentError as error:
        return _show(request, access, item, refused(item, entry, error.problems, events_of(item)), status=400)
    return _saved(request, access, item, changed)


@require_POST
@in_site
def review(request: HttpRequest, access: Access, kind: str, unit: str, code: str) -> HttpResponse:
    """Somebody says that a colleague's answer is right, or sends it back."""
    item = to_fill(access, item_in(access, unit_in(access, unit), kind, code))
    verdict, note = request.POST.get("review", ""), request.POST.get("review_note", "")
    try:
        services.review(access.actor(), item.pk, read_version(request.POST), verdict, note)
    except ContentError as error:
        typed = {"review": verdict, "review_note": note}
        return _show(request, access, item, problems=error.problems, review_typed=typed, status=400)
    messages.success(request, "De controle is opgeslagen.")
    return _to(item)


@require_POST
@in_site
def take_over(request: HttpRequest, access: Access, kind: str, unit: str, code: str) -> HttpResponse:
    """Take over the answers of the line that this one replaces."""
    item = to_fill(access, item_in(access, unit_in(access, unit), kind, code))
    try:
        services.take_over(access.actor(), item.pk)
    except ContentError as error:
        return _show(request, access, item, problems=error.problems, status=400)
    messages.success(request, "Het antwoord is overgenomen. Kijk of het hier klopt.")
    return _to(item)


@require_safe
@in_site
def scanned(request: HttpRequest, access: Access, unit: str, code: str) -> HttpResponse:  # noqa: ARG001 - the shape is Django's
    """From the QR code on a printed checklist to its line."""
    return _to(item_in(access, unit_in(access, unit), Kind.REQUIREMENT, code))


def events_of(item: Item) -> list[Event]:
    """What happened to a line, newest first."""
    return list(item.events.order_by("-number"))


def _to(item: Item) -> HttpResponseRedirect:
    return redirect("line", item.site_id, item.kind, item.unit.slug, item.code)


def _saved(request: HttpRequest, access: Access, item: Item, changed: Item) -> HttpResponse:
    """Say what was saved, and go on to the next line when that was asked."""
    same = changed.version == item.version
    messages.success(request, "Er was niets veranderd." if same else f"Opgeslagen: {item.title}.")
    following = neighbours(board_of(access), item)[1] if "next" in request.POST else None
    return _to(following or item)


def _undecided(request: HttpRequest, access: Access, item: Item, entry: Entry) -> HttpResponse:
    problems = undecided(Kind(item.kind), entry.unchosen)
    return _show(request, access, item, refused(item, entry, problems, events_of(item)), status=409)


def _show(
    request: HttpRequest,
    access: Access,
    item: Item,
    form: Form | None = None,
    *,
    problems: Sequence[Problem] = (),
    review_typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    board = board_of(access)
    may_fill = access.may_fill(item.unit_id) and item.gone is None
    before, after = neighbours(board, item)
    return page(
        request,
        "regel.html",
        access,
        status=status,
        item=item,
        row=row_of(board, item),
        form=(form or fresh(item)) if may_fill else None,
        problems=[*(form.problems if form else ()), *problems],
        wrong=by_field(problems),
        agreements=_agreements(access, item),
        tasks=rows_of(board, board.tasks_of(item)) if item.kind == Kind.REQUIREMENT else [],
        of_requirement=requirement_of(board, item),
        values=answer_of(item),
        proposed=answer_of(item.predecessor) if item.predecessor and item.is_proposed else [],
        texts=texts_now_and_then(item) if item.has_changed else [],
        may_take_over=may_fill and item.is_proposed,
        may_review=may_fill and _may_review(access, item),
        review_typed=review_typed or {},
        successors=_successors(item),
        history=[told(event) for event in events_of(item)],
        before=before,
        after=after,
    )


def _may_review(access: Access, item: Item) -> bool:
    """Whether the person is another one than who answered, and there is something left to check."""
    finished = item.kind == Kind.REQUIREMENT and item.stand in services.REVIEWABLE
    return finished and item.review != AGREED and item.answered_by != access.person


def _agreements(access: Access, item: Item) -> list[Linked]:
    return in_pack(access.site, access.site.agreements.filter(code__in=item.details.get("agreements", ())).order_by("code"))


def _successors(item: Item) -> Iterable[Item]:
    return item.successors.filter(gone=None).select_related("unit") if item.gone else ()
