"""The pack's own pages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def pack(request: HttpRequest, site: str) -> HttpResponse:
    raise Http404


def pack_file(request: HttpRequest, site: str, path: str) -> HttpResponse:
    raise Http404
