"""A line that a site keeps its progress on: a requirement of a unit, a task of the plan, or an open point."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from kbrollout.tracker.fields import DAYS, FIELDS, STANDS, Kind
from kbrollout.tracker.models.people import Person
from kbrollout.tracker.models.places import Site, Unit

AGREED, RETURNED = "akkoord", "teruggestuurd"


class Item(models.Model):
    """What a pack asks, and below that what people answered.

    A pack never touches the answers. `gone` is since when the pack does not ask it any more. `fingerprint` is of the text
    that an answer is about.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="items")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Kind])
    code = models.CharField(max_length=200)
    order = models.PositiveIntegerField(default=0)
    title = models.TextField()
    theme = models.CharField(max_length=60, default="")
    phase = models.CharField(max_length=20, default="")
    who = models.CharField(max_length=60)
    due = models.DateField(null=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    """What else the manifest says: why, good_enough, evidence, agreements; start, after, gate, requirement; why."""

    fingerprint = models.CharField(max_length=64)
    gone = models.DateField(null=True)
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    """The line that this one replaces: its progress is proposed here."""

    # -- what people answered: only `services` writes these
    version = models.PositiveIntegerField(default=0)
    """How often the answers changed. Nought: nobody has answered."""

    stand = models.CharField(max_length=40)
    missing = models.TextField(blank=True, default="")
    owner = models.CharField(max_length=120, blank=True, default="")
    date = models.DateField(null=True)
    evidence = models.TextField(blank=True, default="")
    evidence_until = models.DateField(null=True)
    note = models.TextField(blank=True, default="")
    answered = models.CharField(max_length=64, blank=True, default="")
    """The fingerprint of the text that was answered."""

    answered_text: models.JSONField[Any, Any] = models.JSONField(default=dict)
    """The text that was answered, once the pack has another: title, good_enough, evidence."""

    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    review = models.CharField(max_length=20, blank=True, default="")
    review_note = models.TextField(blank=True, default="")
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["site", "unit", "kind", "code"], name="a_line_once"),
            models.CheckConstraint(name="a_known_review", condition=Q(review__in=["", AGREED, RETURNED])),
            *(
                models.CheckConstraint(name=f"a_known_stand_{kind.name.lower()}", condition=~Q(kind=kind.value) | Q(stand__in=STANDS[kind]))
                for kind in Kind
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def values(self) -> dict[str, str]:
        """What people filled in, as plain text per field."""
        return {name: _plain(getattr(self, name)) for name in FIELDS[Kind(self.kind)]}

    def fill(self, values: dict[str, str]) -> None:
        """Take over fields; the row is not saved."""
        for name, text in values.items():
            setattr(self, name, (date.fromisoformat(text) if text else None) if name in DAYS else text)

    @property
    def has_changed(self) -> bool:
        """Whether the pack asks something else than what was answered."""
        return bool(self.answered) and self.answered != self.fingerprint

    @property
    def is_proposed(self) -> bool:
        """Whether nobody answered yet, and a line that this one replaces has answers."""
        return self.version == 0 and self.predecessor_id is not None


def _plain(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
