"""Pieces of the page of a line: the lines around it, and its text before and after a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from kbrollout.tracker.fields import NAMES, Kind
from kbrollout.tracker.models import Agreement, Item, Site
from kbrollout.tracker.reading import Board
from kbrollout.tracker.web.history import shown

AGREEMENTS = "afsprakenstelsel.html"
NOT_IN_TEXT = ("weggelaten", "niet van toepassing", "vervallen")
"""States whose agreements have no place of their own in the pack's text."""

_TEXTS = {"title": "Wat er staat", "good_enough": "Goed genoeg als", "evidence": "Te zien aan"}


@dataclass(frozen=True)
class Text:
    """One text that a requirement has, as it was answered and as it is now."""

    name: str
    then: str
    now: str


def texts_now_and_then(item: Item) -> list[Text]:
    """The texts that are other ones than those that were answered."""
    now = {"title": item.title, **item.details}
    then = item.answered_text
    return [Text(name, then[key], now.get(key, "")) for key, name in _TEXTS.items() if key in then and then[key] != now.get(key, "")]


@dataclass(frozen=True)
class Linked:
    """An agreement, and where it stands in the pages of the pack; empty when it does not."""

    agreement: Agreement
    address: str


def in_pack(site: Site, agreements: Iterable[Agreement]) -> list[Linked]:
    """Agreements with their places in the pack, in one query. The anchor is the one that the documents make."""
    there = site.files.filter(path=AGREEMENTS).exists()
    page = reverse("pack_file", args=[site.slug, AGREEMENTS])
    return [Linked(each, f"{page}#id-{each.code.lower()}" if there and each.state not in NOT_IN_TEXT else "") for each in agreements]


def neighbours(board: Board, item: Item) -> tuple[Item | None, Item | None]:
    """The lines before and after this one in the list of its unit."""
    codes = board.of(Kind(item.kind), item.unit)
    places = [number for number, each in enumerate(codes) if each.pk == item.pk]
    if not places:
        return None, None
    place = places[0]
    return codes[place - 1] if place else None, codes[place + 1] if place + 1 < len(codes) else None


def requirement_of(board: Board, task: Item) -> Item | None:
    """The requirement that a task helps to arrange."""
    code = task.details.get("requirement")
    return next((each for each in board.of(Kind.REQUIREMENT, task.unit) if each.code == code), None) if code else None


def answer_of(item: Item) -> list[tuple[str, str]]:
    """What was filled in: per field what it is called, and what stands there."""
    return [(NAMES[name], shown(name, text)) for name, text in item.values.items()]
