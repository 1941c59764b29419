"""Filters of the pages about measures."""

from __future__ import annotations

from django import template

from kbrollout.tracker.charts import written

register = template.Library()
register.filter("written", written)
