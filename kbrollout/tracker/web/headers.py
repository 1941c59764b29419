"""What every answer tells a browser: load nothing from elsewhere, keep nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = "; ".join(
    [
        *("default-src 'none'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "form-action 'self'"),
        *("frame-ancestors 'none'", "base-uri 'none'"),
    ]
)
"""The pages have no script at all."""


def headers(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware. A view that needs another policy sets its own."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return with_headers
