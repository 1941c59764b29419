"""Putting a backup back into an empty database: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DataError, IntegrityError, connection, transaction

from kbrollout.errors import ContentError
from kbrollout.tracker.archive import TABLES, Contents, check, damaged, opened, rows_of
from kbrollout.tracker.backup import refuse_when_unsound
from kbrollout.tracker.database import place
from kbrollout.tracker.messages import problem
from kbrollout.tracker.place import mark_as_demonstration


def restore(path: Path) -> Contents:
    """Put back a whole backup, in one transaction. Raises ContentError when it cannot be; then nothing was written.

    A file of an earlier version has its fields of now by their defaults. A step that renames or drops a field has to
    say here how older files are read.
    """
    with opened(path) as archive:
        contents = check(archive)
        try:
            with transaction.atomic():
                if any(apps.get_model(label)._default_manager.exists() for label in TABLES):
                    raise ContentError([problem("database-niet-leeg", "", plek=place())])
                for label in TABLES:
                    _load(archive, label)
                _count_on()
                refuse_when_unsound()
        except (IntegrityError, DataError) as error:
            raise damaged("wat erin staat past niet bij elkaar") from error
    if contents.demonstration:
        mark_as_demonstration(settings.DATA)
    return contents


def _load(archive: ZipFile, label: str) -> None:
    for _, row in rows_of(archive, label):
        try:
            (found,) = serializers.deserialize("python", [row])
        except (DeserializationError, ValidationError, FieldDoesNotExist, ValueError, TypeError, KeyError) as error:
            raise damaged(f"een rij van {label} past niet") from error
        # As it is: not with the moment of now where a table notes when a row was made.
        found.save(force_insert=True)


def _count_on() -> None:
    """New rows get numbers after those that were put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [apps.get_model(label) for label in TABLES]):
            cursor.execute(statement)
