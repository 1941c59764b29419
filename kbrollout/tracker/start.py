"""Starts Django on a folder with data, and brings its database up to date."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from kbrollout.errors import ContentError
from kbrollout.tracker.messages import problem
from kbrollout.tracker.place import data_folder, synced

NEEDS = ("django", "allauth", "allauth.mfa", "argon2", "dj_database_url", "waitress", "whitenoise")
"""What the extra `voortgang` brings."""


def start(data: Path | None = None) -> None:
    """Make Django ready. `data` goes before KBROLLOUT_DATA; the first call in a process decides.

    Raises ContentError when the tracker is not installed, or when the folder is no place for a database.
    """
    if not all(map(_is_there, NEEDS)):
        raise ContentError([problem("voortgang-kan-niet", "")])
    folder = (data or data_folder()).absolute()
    if service := synced(folder):
        raise ContentError([problem("map-wordt-gedeeld", "", file=str(folder), map=folder, dienst=service)])
    os.environ["KBROLLOUT_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbrollout.tracker.settings")
    import django

    django.setup()


def refuse_missing(data: Path) -> None:
    """Raises ContentError when a folder that was named is not there: looking at it would make it."""
    if not data.is_dir():
        raise ContentError([problem("database-ontbreekt", "", plek=data)])


def bring_up_to_date() -> None:
    """Make the tables, or bring those of an earlier version up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ImportError:
        return False
