"""Signing in with a link, and one's own account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    raise Http404


def account(request: HttpRequest) -> HttpResponse:
    raise Http404
