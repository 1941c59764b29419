"""Workbooks that went out, with what stood in them, and workbooks that came in and wait for somebody's choices."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from kbrollout.tracker.models.people import Person
from kbrollout.tracker.models.places import Site


class Export(models.Model):
    """A workbook that was handed out. `values` hold per line (its key in the workbook) what people had filled in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.PROTECT)
    by = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField()
    values: models.JSONField[Any, Any] = models.JSONField()


class Upload(models.Model):
    """A workbook that somebody sent in and looks at before it counts. Gone once it was applied, or after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    site = models.ForeignKey(Site, models.PROTECT)
    by = models.ForeignKey(Person, models.PROTECT, null=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    content = models.BinaryField()
