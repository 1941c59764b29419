"""How signing in behaves: by invitation alone, in our words, and with a page of its own for who tried too often."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kbrollout.tracker.models import Person
from kbrollout.tracker.web.faults import no_longer

TOO_OFTEN = frozenset({"too_many_login_attempts", "rate_limited"})
"""What allauth says at a field, where we show a page."""

WRONG_CODE = "Deze code klopt niet. Kijk in de app op uw telefoon welke code er nu staat."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    """Signing in with an address and a password."""

    error_messages = {  # noqa: RUF012 - the shape is allauth's
        **DefaultAccountAdapter.error_messages,
        # The same for an unknown address and a wrong password: who tries learns nothing about who takes part.
        "email_password_mismatch": "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Kijk beide na.",
        "incorrect_password": "Dit wachtwoord klopt niet. Vul het wachtwoord in waarmee u zich aanmeldt.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the shape is allauth's
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A fault to show at a field; too many tries end the request with a page of their own."""
        if code in TOO_OFTEN:
            raise ImmediateHttpResponse(respond_429(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:  # noqa: ARG002
        return no_longer(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("account")


class CodeAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Signing in with a code on top of the password."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Herstelcodes zijn er alleen als u zich aanmeldt met een code. Zet de code eerst aan.",
    }
