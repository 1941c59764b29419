"""Snapshots of a site, and measures with their figures over time."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kbrollout.errors import ContentError, Problem
from kbrollout.tracker.access import Access, to_manage, unit_in
from kbrollout.tracker.frozen import counts_of, is_whole, table_of
from kbrollout.tracker.measuring import measure
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Measurement, Snapshot, Unit
from kbrollout.tracker.snapshots import baseline_of, frozen_rows, since_baseline, take
from kbrollout.tracker.web.common import board_of, by_field, in_site, page
from kbrollout.tracker.web.figures import Definition, Form, definition_of, definitions, form_of

MEASURED = ("on", "value", "answered", "source")
FIELDS = ("unit", "version", *MEASURED)

KEPT = "De meting is opgeslagen."
IMPROVED = "De meting is verbeterd."
TOO_SMALL = "Opgeslagen is dat er is gemeten. De groep was kleiner dan tien: het cijfer en het aantal zijn niet bewaard."


@require_safe
@in_site
def measures(request: HttpRequest, access: Access) -> HttpResponse:
    """The nulmeting and what came after it; the indicators with what was measured last."""
    taken = [(each, counts_of(each.rows)) for each in access.site.snapshots.order_by("-pk")]
    since = since_baseline(board_of(access))
    return page(request, "metingen.html", access, taken=taken, since=since, definitions=definitions(access.site))


@in_site
def snapshot(request: HttpRequest, access: Access) -> HttpResponse:
    """What will be frozen, to look at first; and then to freeze it."""
    to_manage(access)
    old = baseline_of(access.site)
    given = {"kind": Snapshot.LATER, "label": "", "reason": ""} if old else {"kind": Snapshot.BASELINE, "label": "Nulmeting", "reason": ""}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        given |= {name: request.POST.get(name, "") for name in given}
        try:
            made = take(access.actor(), access.site.slug, **given)
        except ContentError as error:
            problems = tuple(error.problems)
        else:
            messages.success(request, f"Vastgelegd: {made.label}.")
            return redirect("snapshot_shown", access.site.slug, made.pk)
    shown = {"given": given, "old": old, "table": table_of(frozen_rows(access.site)), "problems": problems, "wrong": by_field(problems)}
    return page(request, "momentopname_maken.html", access, status=422 if problems else 200, **shown)


@require_safe
@in_site
def snapshot_shown(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """A snapshot, read from what was frozen."""
    found = access.site.snapshots.filter(pk=number).first()
    if found is None:
        raise Http404
    active = baseline_of(access.site)
    return page(
        request,
        "momentopname.html",
        access,
        snapshot=found,
        table=table_of(found.rows),
        whole=is_whole(found),
        active=active == found,
    )


@in_site
def indicator(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """A measure with its exact words and its figures; who fills in a unit adds or corrects them here."""
    definition = definition_of(access.site, code)
    if definition is None:
        raise Http404
    units = [unit for unit in definition.units if access.may_fill(unit.pk)]
    if request.method == "POST":
        return _measure(request, access, definition, units)
    old = _old(access, definition, request.GET["verbeter"]) if "verbeter" in request.GET else None
    return _shown(request, access, definition, form_of(definition, units, old))


def _measure(request: HttpRequest, access: Access, definition: Definition, units: list[Unit]) -> HttpResponse:
    """Keep what was filled in, or show it again with what is wrong."""
    given = {name: request.POST.get(name, "") for name in FIELDS}
    old = _old(access, definition, request.POST["replaces"]) if request.POST.get("replaces") else None
    version = old.indicator if old else next((each for each in definition.versions if str(each.version) == given["version"]), None)
    if version is None or not units:
        raise Http404
    try:
        unit = old.unit if old else _chosen(access, given["unit"])
        made = measure(access.actor(), version.pk, unit.pk, **{name: given[name] for name in MEASURED}, replaces=old.pk if old else None)
    except ContentError as error:
        form = form_of(definition, units, old, given, error.problems)
        return _shown(request, access, definition, form, error.problems)
    messages.success(request, TOO_SMALL if made.suppressed else IMPROVED if old else KEPT)
    return redirect("indicator", access.site.slug, definition.code)


def _shown(
    request: HttpRequest, access: Access, definition: Definition, form: Form | None, problems: Sequence[Problem] = ()
) -> HttpResponse:
    mine = {each.unit_id for each in definition.figures if access.may_fill(each.unit_id)}
    shown = {"definition": definition, "form": form, "problems": problems, "mine": mine}
    return page(request, "indicator.html", access, status=422 if problems else 200, **shown)


def _old(access: Access, definition: Definition, number: str) -> Measurement:
    """The figure that somebody wants to correct. Raises Http404 when it is not there, or not theirs to correct."""
    found = next((each for each in definition.figures if str(each.pk) == number), None)
    if found is None or not access.may_fill(found.unit_id):
        raise Http404
    return found


def _chosen(access: Access, slug: str) -> Unit:
    """The unit that was measured. Raises Http404 when it is not theirs, ContentError when none was chosen."""
    if not slug:
        raise ContentError([problem("meting-eenheid-ontbreekt", "unit")])
    unit = unit_in(access, slug)
    if not access.may_fill(unit.pk):
        raise Http404
    return unit
