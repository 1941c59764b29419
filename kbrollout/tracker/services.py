"""The one way in: every change of a line, with its event in the same transaction. Used by website, workbook and command line.

A change is a three-way comparison: whoever fills in a form says from which version it started, so that what others did
meanwhile is kept, or shown as a clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kbrollout.errors import ContentError
from kbrollout.model.progress import Stand
from kbrollout.tracker.fields import SHORTEST_REASON, Kind, Values, check_text, check_whole, cleaned, empty
from kbrollout.tracker.merge import Collision, merge
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Channel, Event, Item, Person, Site
from kbrollout.tracker.models.items import AGREED, RETURNED

REVIEWED = frozenset({"stand", "missing", "evidence", "evidence_until"})
"""The fields that somebody looks at who checks: another value undoes the check."""

REVIEWABLE = (Stand.ARRANGED.value, Stand.NOT_APPLICABLE.value)
CHANGED, CONFIRMED, TAKEN_OVER, REVIEW = "gewijzigd", "bevestigd", "overgenomen", "gecontroleerd"
"""What events of a line say."""


@dataclass(frozen=True)
class Actor:
    """Who does something, in what role and by which door. `batch` keeps together what came in at once."""

    name: str
    channel: Channel
    person: Person | None = None
    role: str = ""
    batch: UUID | None = None


class Clash(Exception):
    """Somebody else changed the same fields meanwhile. Nothing was written; `item` is the line as it stands by now."""

    def __init__(self, item: Item, collisions: tuple[Collision, ...]) -> None:
        self.item, self.collisions = item, collisions
        super().__init__(f"{item.code}: {', '.join(each.field for each in collisions)}")


def change(actor: Actor, item_id: int, version: int, given: Values, *, not_bsn: str | None = None) -> Item:
    """Change fields of a line that looked like `version` when somebody began to fill them in.

    What is not given stays. Giving nothing new confirms an answer whose requirement was changed. `not_bsn` is the reason
    why a number is no BSN. Raises Clash, or ContentError with a problem per field; then nothing was written.
    """
    reason = _not_bsn(not_bsn)
    with transaction.atomic():
        item = locked(item_id)
        values = cleaned(Kind(item.kind), given, no_bsn=reason is not None)
        merged = merge(values_at(item, version), values, item.values)
        if merged.collisions:
            raise Clash(item, merged.collisions)
        return apply(actor, item, merged.changes, **({"geen_bsn": reason} if reason else {}))


def take_over(actor: Actor, item_id: int) -> Item:
    """Copy the answers of the line that this one replaces. Raises ContentError when there is nothing to take over."""
    with transaction.atomic():
        item = locked(item_id)
        old = item.predecessor
        if item.version or old is None:
            raise ContentError([problem("niets-over-te-nemen", item.code, code=item.code)])
        values = old.values
        changes = {name: text for name, text in values.items() if text != item.values[name]}
        return apply(actor, item, changes, what=TAKEN_OVER, van=old.code)


def review(actor: Actor, item_id: int, version: int, verdict: str, note: str = "") -> Item:
    """Say that somebody else's answer is right, or send it back with a reason. Raises ContentError when that cannot be."""
    with transaction.atomic():
        item = locked(item_id)
        kept = check_text("review_note", note)
        _check_review(actor, item, version, verdict, kept)
        return _write(actor, item, REVIEW, {"review": verdict, "review_note": kept}, {}, reviewed_by=actor.person)


def apply(actor: Actor, item: Item, changes: Values, *, what: str = CHANGED, **beside: str) -> Item:
    """Write changes of a locked line whose fields are clean; `beside` is kept in the event alone.

    Nothing to change is no event, unless it confirms an answer to a requirement that was changed.
    """
    if item.gone:
        raise ContentError([problem("regel-vervallen", item.code, code=item.code)])
    if not changes and not item.has_changed and what == CHANGED:
        return item
    check_whole(Kind(item.kind), {**item.values, **changes})
    written = dict(changes)
    if REVIEWED & changes.keys() and item.review:
        written |= {"review": "", "review_note": ""}
    if item.answered != item.fingerprint:
        written["answered"] = item.fingerprint
    by = {"answered_by": actor.person} if REVIEWED & changes.keys() else {}
    return _write(actor, item, what if changes or what != CHANGED else CONFIRMED, written, beside, **by)


def locked(item_id: int) -> Item:
    """A line that nobody else can change before this transaction ends."""
    item = Item.objects.only("site_id").get(pk=item_id)
    lock(item.site_id)
    return Item.objects.select_related("site", "unit", "predecessor").get(pk=item_id)


def lock(slug: str) -> Site:
    """A site that nobody else can change before this transaction ends."""
    return Site.objects.select_for_update().get(pk=slug)


def values_at(item: Item, version: int) -> dict[str, str]:
    """What stood in a line when it had `version`: what stands there now, with later changes undone."""
    values = item.values
    if version != item.version:
        for event in item.events.filter(version__gt=version).order_by("-version"):
            values |= {name: text for name, text in event.before.items() if name in values}
    return values


def record(site_id: str, what: str, actor: Actor, *, item: Item | None = None, before: Any = None, after: Any = None) -> Event:
    """Add an event; the site is locked. Numbers have no gaps, because the row that counts them is locked."""
    site = lock(site_id)
    site.last_event += 1
    site.save(update_fields=["last_event"])
    return Event.objects.create(
        site=site,
        number=site.last_event,
        what=what,
        item=item,
        version=item.version if item else None,
        by=actor.person,
        by_name=actor.name,
        by_role=actor.role,
        channel=actor.channel,
        batch=actor.batch,
        at=timezone.now(),
        pack=site.number,
        before=before or {},
        after=after or {},
    )


def differs(site: Site) -> Iterable[str]:
    """The codes of lines that are not what their events say: none, or something is badly wrong."""
    said: dict[int, dict[str, str]] = {}
    versions: dict[int, int] = {}
    for event in Event.objects.filter(site=site, item__isnull=False).order_by("number"):
        assert event.item_id is not None
        said.setdefault(event.item_id, {}).update(event.after)
        versions[event.item_id] = event.version or 0
    for item in Item.objects.filter(site=site):
        told, stands = said.get(item.pk, {}), projection(item)
        begun = _begun(Kind(item.kind))
        if versions.get(item.pk, 0) != item.version or any(told.get(name, begun[name]) != stands[name] for name in stands):
            yield item.code


def projection(item: Item) -> dict[str, str]:
    """All that events say of a line."""
    return {**item.values, "review": item.review, "review_note": item.review_note, "answered": item.answered}


def _begun(kind: Kind) -> dict[str, str]:
    return {**empty(kind), "review": "", "review_note": "", "answered": ""}


def _write(actor: Actor, item: Item, what: str, written: Mapping[str, str], beside: Mapping[str, str], **persons: Person | None) -> Item:
    before = {name: text for name, text in projection(item).items() if name in written}
    item.fill(dict(written))
    for name, person in persons.items():
        setattr(item, name, person)
    if "answered" in written:
        item.answered_text = {}
    item.version += 1
    item.save()
    record(item.site_id, what, actor, item=item, before=before, after={**written, **beside})
    return item


def _not_bsn(reason: str | None) -> str | None:
    if reason is None:
        return None
    kept = check_text("not_bsn", reason)
    if len(kept) < SHORTEST_REASON:
        raise ContentError([problem("bsn-reden-ontbreekt", "not_bsn", minstens=SHORTEST_REASON)])
    return kept


def _check_review(actor: Actor, item: Item, version: int, verdict: str, note: str) -> None:
    if verdict not in (AGREED, RETURNED):
        raise ContentError([problem("controle-onbekend", "review")])
    if version != item.version:
        raise ContentError([problem("regel-intussen-veranderd", "review")])
    if item.stand not in REVIEWABLE or Kind(item.kind) is not Kind.REQUIREMENT:
        raise ContentError([problem("controle-niet-geregeld", "review")])
    if actor.person is None or actor.person == item.answered_by:
        raise ContentError([problem("controle-eigen-werk", "review")])
    if verdict == RETURNED and len(note) < SHORTEST_REASON:
        raise ContentError([problem("controle-reden-ontbreekt", "review_note", minstens=SHORTEST_REASON)])
