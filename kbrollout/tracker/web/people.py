"""People of a site, and what an administrator looks after."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def people(request: HttpRequest, site: str) -> HttpResponse:
    raise Http404


def member(request: HttpRequest, site: str, number: int) -> HttpResponse:
    raise Http404


def admin(request: HttpRequest) -> HttpResponse:
    raise Http404
