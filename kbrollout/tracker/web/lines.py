"""One line."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from kbrollout.tracker.access import Access
from kbrollout.tracker.web.common import in_site


@in_site
def line(request: HttpRequest, access: Access, kind: str, unit: str, code: str) -> HttpResponse:
    raise Http404


@in_site
def review(request: HttpRequest, access: Access, kind: str, unit: str, code: str) -> HttpResponse:
    raise Http404


@in_site
def take_over(request: HttpRequest, access: Access, kind: str, unit: str, code: str) -> HttpResponse:
    raise Http404


@in_site
def scanned(request: HttpRequest, access: Access, unit: str, code: str) -> HttpResponse:
    raise Http404
