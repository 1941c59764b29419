"""Pages for what went wrong, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - the shape is Django's
    """The form was too old, or did not come from here."""
    return _page(request, 403, "Dit formulier is verlopen.", "Ga terug, laad de pagina opnieuw en probeer het nog eens.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Not there, or not for this person: both look the same."""
    return _page(
        request, 404, "Deze pagina is er niet.", "Klopt het adres? Dan hebt u er misschien geen toegang toe. Vraag het uw wijkcoördinator."
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 403, "Dit mag hier niet.", "Ga terug. Lukt het daarna nog niet? Vraag het uw wijkcoördinator of beheerder.")


def too_often(request: HttpRequest) -> HttpResponse:
    """Tried too often in a short time."""
    return _page(
        request,
        429,
        "U hebt het te vaak geprobeerd.",
        "Wacht een kwartier. Weet u uw wachtwoord niet meer? Vraag dan uw wijkcoördinator of beheerder om een nieuwe link.",
    )


def no_longer(request: HttpRequest) -> HttpResponse:
    """Right password, but the person was set inactive."""
    return _page(request, 403, "U kunt zich niet meer aanmelden.", "Denkt u dat dit niet klopt? Vraag het uw wijkcoördinator of beheerder.")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, 400, "Dit verzoek klopt niet.", "Ga terug en probeer het opnieuw.")


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; what people typed is not in it."""
    return _page(
        request,
        500,
        "Er ging hier iets mis.",
        "Uw laatste wijziging is misschien niet opgeslagen. Probeer het opnieuw, en vertel het uw beheerder als het blijft.",
    )


class Busy:
    """Middleware: that others keep the database busy for so long is no fault of ours, and trying again helps."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        fix = "Er is niets opgeslagen. Ga terug: wat u typte, staat er nog. Probeer het over een minuut opnieuw."
        return _page(request, 503, "Het is hier nu even te druk.", fix)


def _page(request: HttpRequest, status: int, what: str, fix: str) -> HttpResponse:
    return render(request, "fout.html", {"what": what, "fix": fix}, status=status)
