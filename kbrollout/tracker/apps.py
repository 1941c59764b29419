"""What Django needs to know of the app."""

from __future__ import annotations

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "kbrollout.tracker"
    label = "tracker"
    verbose_name = "Voortgang"
    default_auto_field = "django.db.models.BigAutoField"
