"""What happened, in words: who did what, when, and which fields it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kbrollout.grammar import capitalised
from kbrollout.tracker.fields import DAYS, NAMES
from kbrollout.tracker.models import Event, Item, Role
from kbrollout.tracker.services import CHANGED, CONFIRMED, REVIEW, TAKEN_OVER
from kbrollout.tracker.web.wording import dutch_day, stand_words

_WORDS = {
    CHANGED: "Gewijzigd",
    CONFIRMED: "Bevestigd dat het antwoord nog klopt",
    TAKEN_OVER: "Antwoord overgenomen",
    REVIEW: "Gecontroleerd",
}
_EMPTY = {"review": "nog niet gecontroleerd"}


@dataclass(frozen=True)
class Change:
    """One field that was changed, as people read it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One event in words."""

    what: str
    who: str
    at: datetime
    item: Item | None
    changes: tuple[Change, ...]


def told(event: Event) -> Told:
    what = _WORDS.get(event.what, capitalised(event.what))
    if "van" in event.after and event.what == TAKEN_OVER:
        what = f"{what} van {event.after['van']}"
    return Told(what, who_did(event), event.at, event.item, tuple(_changes(event)) if event.item_id else ())


def who_did(event: Event) -> str:
    """The person with the role and the door at that time."""
    role = Role(event.by_role).label if event.by_role in Role.values else event.by_role
    beside = [each for each in (role, event.get_channel_display()) if each and each != event.by_name]
    return f"{event.by_name} ({', '.join(beside)})" if beside else event.by_name


def shown(name: str, text: str) -> str:
    """A field as people read it."""
    if not text:
        return _EMPTY.get(name, "niet ingevuld")
    if name in DAYS:
        return dutch_day(text)
    return stand_words(text) if name == "stand" else text


def _changes(event: Event) -> Iterator[Change]:
    for name, label in NAMES.items():
        before, after = event.before.get(name, ""), event.after.get(name, "")
        if before != after:
            yield Change(label, shown(name, before), shown(name, after))
    if "geen_bsn" in event.after:
        yield Change("Reden dat een nummer geen BSN is", "", event.after["geen_bsn"])
