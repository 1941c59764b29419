"""The words of lists and pages that stand in no pack: stands, days, themes, hints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import Phase
from kbrollout.model.progress import MEANINGS, Done, PointStand, Stand
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Item, Site
from kbrollout.tracker.snapshots import theme_name

SHAPES = {
    Stand.BUSY.value: "bezig",
    Stand.ARRANGED.value: "klaar",
    Stand.NOT_APPLICABLE.value: "nvt",
    PointStand.SOLVED.value: "klaar",
    Done.YES.value: "klaar",
}
"""Per stand the class that draws its shape; the others are an empty circle."""

_DONE = {Done.YES.value: "Gedaan", Done.NO.value: "Nog niet gedaan"}

QUESTIONS = {
    Kind.REQUIREMENT: "Hoe staat het ervoor?",
    Kind.TASK: "Is deze taak gedaan?",
    Kind.POINT: "Is dit punt opgelost?",
}
"""What is asked, where NAMES say “Stand”."""

HINTS = {
    (Kind.REQUIREMENT, "missing"): "Bij “Niet van toepassing” is een reden nodig.",
    (Kind.REQUIREMENT, "owner"): "Een functie, geen naam. Kies uit de lijst of typ een andere.",
    (Kind.REQUIREMENT, "date"): "De dag waarop het klaar is of klaar moet zijn. Zo geschreven: 12-3-2027.",
    (Kind.REQUIREMENT, "evidence"): "Waar een ander het kan zien, zoals een map of een document. Geen bijlage.",
    (Kind.REQUIREMENT, "evidence_until"): "Alleen als het daarna opnieuw moet. Zo geschreven: 12-3-2027.",
    (Kind.REQUIREMENT, "note"): "Wat een collega nog moet weten. Nooit iets over een patiënt.",
    (Kind.TASK, "date"): "De dag waarop de taak klaar was. Zo geschreven: 12-3-2027.",
    (Kind.POINT, "note"): "Wat er is afgesproken of uitgezocht. Nooit iets over een patiënt.",
}
"""What helps to fill in a field."""


def stand_words(stand: str) -> str:
    """A stand as it reads without its question: a task is done, or not yet."""
    return _DONE.get(stand, stand)


def meaning(stand: str) -> str:
    """What a stand of a requirement means; nothing for the others."""
    return MEANINGS.get(Stand(stand), "") if stand in list(Stand) else ""


def dutch_day(text: str) -> str:
    """A day that is kept as 2027-03-12 in the form in which people type it."""
    return f"{date.fromisoformat(text):%d-%m-%Y}" if text else ""


def themes_of(site: Site, items: Iterable[Item]) -> dict[str, str]:
    """Per theme of these lines its name here: the core first, then in the order of the pack."""
    used = {item.theme for item in items}
    ordered = [key for key in (CORE_THEME, *site.themes) if key in used]
    return {key: theme_name(site, key) for key in (*ordered, *sorted(used.difference(ordered)))}


def phases_of(items: Iterable[Item]) -> list[str]:
    """The phases of these lines, in their order."""
    used = {item.phase for item in items}
    ordered = [phase.value for phase in Phase if phase.value in used]
    return [*ordered, *sorted(used.difference(ordered))]
