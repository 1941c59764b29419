"""Filters of the tracker's pages: where a line stands, days as people write them, addresses, bars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kbrollout.grammar import long_date
from kbrollout.tracker.models import Item
from kbrollout.tracker.reading import Counts
from kbrollout.tracker.web import wording

register = template.Library()
register.filter("stand_words", wording.stand_words)
register.filter("dutch_day", wording.dutch_day)

_LABELS = {"Vervallen": "", "Voorstel om over te nemen": "", "Gecontroleerd": "calm"}


@register.filter
def stand_class(stand: str) -> str:
    """The class that gives a stand its shape; the words stand beside it."""
    return wording.SHAPES.get(stand, "")


@register.filter
def label_class(label: str) -> str:
    """Whether a label warns, tells or is calm."""
    return _LABELS.get(label, "warn")


@register.filter
def day(value: date | str) -> str:
    """`22 november 2026`, also of a day as the manifest writes it."""
    return long_date(date.fromisoformat(value) if isinstance(value, str) else value)


@register.filter
def moment(value: datetime) -> str:
    """`22 november 2026, 14:03`, by the clock of this country."""
    local = timezone.localtime(value)
    return f"{long_date(local.date())}, {local:%H:%M}"


@register.filter
def line_url(item: Item) -> str:
    """Where a line is shown; its unit was fetched along."""
    return reverse("line", args=[item.site_id, item.kind, item.unit.slug, item.code])


@register.filter
def prose(text: str) -> SafeString:
    """Paragraphs and lists of a text of the pack. Nothing in it is markup."""
    blocks = [block.strip().splitlines() for block in text.split("\n\n") if block.strip()]
    return format_html_join("", "{}", ((_block(lines),) for lines in blocks))


def _block(lines: list[str]) -> SafeString:
    if all(line.startswith("- ") for line in lines):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines)))
    return format_html("<p>{}</p>", " ".join(lines))


@register.inclusion_tag("_balk.html")
def bar(counts: Counts) -> dict[str, Any]:
    """Progress as a bar. The counts stand beside it in words, so nobody needs to see it."""
    return {"percent": counts.percent}
