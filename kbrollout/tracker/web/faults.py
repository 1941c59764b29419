"""Pages for what went wrong, in words that say what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the shape is Django's
    """The form was too old, or did not come from here."""
    return render(
        request,
        "fout.html",
        {"what": "Dit formulier is verlopen.", "fix": "Ga terug, laad de pagina opnieuw en probeer het nog eens."},
        status=403,
    )
