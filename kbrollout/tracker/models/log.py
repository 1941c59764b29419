"""What happened, and how things stood: rows that are added and never change. The database itself refuses that."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from kbrollout.tracker.models.items import Item
from kbrollout.tracker.models.people import Person
from kbrollout.tracker.models.places import Site


class Channel(models.TextChoices):
    """By which door a change came in."""

    WEB = "web", "website"
    EXCEL = "excel", "Excel"
    COMMAND = "opdracht", "opdracht"
    SYSTEM = "systeem", "systeem"


class Event(models.Model):
    """One thing that happened in a site; `number` counts from 1 per site without gaps.

    `before` and `after` hold the fields that changed. A change of a line gives its new `version`.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=40)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="events")
    version = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=20, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    batch = models.UUIDField(null=True)
    at = models.DateTimeField()
    pack = models.PositiveIntegerField()
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)
    after: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["site", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["site", "number"], name="an_event_number_once")
        ]


class Snapshot(models.Model):
    """How a site stood at one moment. `rows` hold per line its unit, theme, code, title and stand; `sha256` is of those.

    The latest one of kind “nulmeting” is what progress is compared with; another one needs a reason.
    """

    BASELINE, LATER = "nulmeting", "tussenmeting"

    site = models.ForeignKey(Site, models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=20, choices=[(BASELINE, BASELINE), (LATER, LATER)])
    label = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True, default="")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    pack = models.PositiveIntegerField()
    rows: models.JSONField[Any, Any] = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
