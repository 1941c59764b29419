"""Who may do what: professionals with a name, a work address and a role. No passwords by default, no shared accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from kbrollout.tracker.models.places import Site, Unit


class People(BaseUserManager["Person"]):
    """Makes persons; their first sign-in is by a one-time link, so they begin without a password that works."""

    def make(self, email: str, name: str) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_unusable_password()
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """By address, whatever the capitals."""
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody who signs in."""

    email = models.EmailField("e-mailadres", unique=True, error_messages={"unique": "Dit adres is al in gebruik."})
    name = models.CharField("naam", max_length=120)
    is_active = models.BooleanField("mag aanmelden", default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody may do. The order is from most to least."""

    ADMIN = "beheerder", "beheerder"
    COORDINATOR = "wijkcoordinator", "wijkcoördinator"
    MEMBER = "invuller", "invuller"
    READER = "meekijker", "meekijker"


class Membership(models.Model):
    """A role of a person: everywhere (beheerder), in a site, or in one unit of it (invuller). `until` is the last day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    since = models.DateField(auto_now_add=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_role_has_its_place",
                condition=Q(role=Role.ADMIN, site__isnull=True, unit__isnull=True)
                | Q(role=Role.MEMBER, site__isnull=False, unit__isnull=False)
                | Q(role__in=[Role.COORDINATOR, Role.READER], site__isnull=False, unit__isnull=True),
            ),
        ]
