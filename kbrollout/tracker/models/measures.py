"""Measures over time: definitions with their exact words, and the figures of units.

Definitions never change. A figure is corrected by another one, and is erased when its group turns out to be too small.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kbrollout.tracker.models.people import Person
from kbrollout.tracker.models.places import Site, Unit


class Indicator(models.Model):
    """One version of a definition in a site. Other words make another version: figures of both are not joined."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    level = models.CharField(max_length=10)
    definition = models.TextField()
    question = models.TextField(blank=True, default="")
    question_unknown = models.BooleanField(default=False)
    scale = models.TextField(blank=True, default="")
    method = models.TextField()
    when = models.TextField()
    who = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    gone = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["code", "version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["site", "code", "version"], name="a_definition_once"),
        ]


class Measurement(models.Model):
    """A figure of one unit on one day. `value` is empty when fewer than ten people answered: then it is not kept at all.

    `replaces` is an earlier figure that this one corrects.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="measurements")
    on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    answered = models.PositiveIntegerField(null=True)
    """How many people answered; empty when nobody was asked, or when they were fewer than ten."""

    suppressed = models.BooleanField(default=False)
    source = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_small_group_has_no_figure", condition=Q(suppressed=False) | Q(value=None, answered=None)),
            models.CheckConstraint(name="a_group_is_ten_or_more", condition=Q(answered=None) | Q(answered__gte=10)),
        ]
