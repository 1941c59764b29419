"""Choosing a password by a one-time link, and one's own account. Signing in itself is allauth's, with our templates."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from kbrollout.tracker.access import is_admin, memberships
from kbrollout.tracker.passwords import ChooseForm
from kbrollout.tracker.web.common import page, person_of


class _Invitation(PasswordResetConfirmView):
    """Django's page for a one-time link: the token goes to the session, and the address shown no longer has it."""

    template_name = "account/uitnodiging.html"
    form_class = ChooseForm
    reset_url_token = "wachtwoord"

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.save()
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        # By the same road as with a password: who uses a code is asked for it here too.
        response: HttpResponse = perform_login(self.request, person)
        return response

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, status=200 if self.validlink else 410, **response_kwargs)


def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponseBase:
    """Choose a password, and be signed in. A link that was used, or is older than three days, says what to do."""
    return _Invitation.as_view()(request, uidb64=uid, token=token)


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I sign in."""
    person = person_of(request)
    return page(
        request,
        "account/account.html",
        None,
        held=memberships(person).select_related("site", "unit").order_by("site__name", "pk"),
        admin=is_admin(person),
        with_code=is_mfa_enabled(person, [Authenticator.Type.TOTP]),
    )
