"""A site and its lists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from kbrollout.tracker.access import Access
from kbrollout.tracker.web.common import in_site, page


@in_site
def site(request: HttpRequest, access: Access) -> HttpResponse:
    return page(request, "wat_nu.html", access)


@in_site
def checklist(request: HttpRequest, access: Access, unit: str) -> HttpResponse:
    raise Http404


@in_site
def plan(request: HttpRequest, access: Access) -> HttpResponse:
    raise Http404


@in_site
def points(request: HttpRequest, access: Access) -> HttpResponse:
    raise Http404


@in_site
def agreement(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    raise Http404
