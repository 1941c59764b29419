"""Choosing a password: Django's forms and rules, with each message in Dutch and at the field that it is about."""

from __future__ import annotations

from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import MinimumLengthValidator

from kbrollout.tracker.models import Person


class MinimumLength(MinimumLengthValidator):
    """How long a password has to be; Django says this one in English."""

    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Kies er een van minstens {self.min_length} tekens."


class ChooseForm(SetPasswordForm):  # type: ignore[type-arg]  # not generic at run time
    """A first password, or another one by a link."""

    def validate_password_for_user(self, user: Person, password_field_name: str = "") -> None:  # noqa: ARG002
        """What is wrong with a password is said where it is typed first, not where it is repeated."""
        super().validate_password_for_user(user, "new_password1")


class ChangeForm(ChooseForm, PasswordChangeForm):
    """Another password, by who knows the present one."""
