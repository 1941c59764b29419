"""Starts Django on a folder with data, and brings its database up to date."""

from __future__ import annotations

import os
from pathlib import Path


def start(data: Path | None = None) -> None:
    """Make Django ready. `data` goes before KBROLLOUT_DATA; the first call in a process decides."""
    if data is not None:
        os.environ["KBROLLOUT_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbrollout.tracker.settings")
    import django

    django.setup()


def bring_up_to_date() -> None:
    """Make the tables, or bring those of an earlier version up to date."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
