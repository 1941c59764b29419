"""Brings a workbook back in: what it would change, what collides, what is wrong with it; then all of it, or nothing.

Each cell is compared three ways: what was handed out, what the workbook says now, and what stands here by now. Where all three
differ a person chooses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.grammar import long_date
from kbrollout.tracker.cellchecks import cell_problem
from kbrollout.tracker.comparing import Change, Comparing, Conflict
from kbrollout.tracker.fields import Kind, check_whole
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Channel, Event, Export, Item, Site
from kbrollout.tracker.services import Actor, apply, lock
from kbrollout.tracker.sheets import Sheets
from kbrollout.tracker.workbook import KEPT, key_of

EXCEL, WEBSITE = "excel", "website"
"""What a person chooses where a cell collides: what the workbook says, or what stands here."""


@dataclass(frozen=True)
class Preview:
    """What bringing in a workbook would do. With a problem it does nothing; notes are about what is left as it is.

    `token` says of which workbook and of which state of the site this is.
    """

    token: str
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True)
class Imported:
    """What was brought in: so many lines, so many fields of them, and what keeps their events together."""

    lines: int
    fields: int
    batch: UUID


class Moved(Exception):
    """The site changed since the preview. Nothing was written; `preview` is what would happen now."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__("the site changed since the preview")


def preview(site: Site, sheets: Sheets, units: frozenset[int] | None = None) -> Preview:
    """Compare a workbook with the site; writes nothing. `units` are those that may be filled in, None is all.

    Raises ContentError when the workbook as a whole cannot be brought in here.
    """
    token = hashlib.sha256(f"{sheets.digest} {site.pk} {site.last_event}".encode()).hexdigest()
    found = Comparing({key_of(item): item for item in site.items.select_related("unit")}, _handed_out(site, sheets), units)
    for row in sheets.rows:
        found.take(row)
    return Preview(
        token,
        tuple(found.changes),
        tuple(_with_events(found.conflicts)),
        (*sheets.problems, *found.problems),
        tuple(replace(each, severity=Severity.WARNING) for each in (*sheets.notes, *found.notes)),
    )


def apply_import(
    actor: Actor, site: Site, sheets: Sheets, choices: Mapping[str, str], token: str, units: frozenset[int] | None = None
) -> Imported:
    """Bring in a workbook as its preview said, with a choice per key of a conflict. All of it in one transaction, or nothing.

    Raises Moved when the site changed since the preview, ContentError when something is wrong or not chosen.
    """
    with transaction.atomic():
        shown = preview(lock(site.pk), sheets, units)
        if shown.token != token:
            raise Moved(shown)
        if shown.problems:
            raise ContentError(shown.problems)
        by_item = _chosen(shown, choices)
        by = replace(actor, channel=Channel.EXCEL, batch=uuid4())
        for item, changes in by_item.values():
            apply(by, item, changes)
    assert by.batch is not None
    return Imported(len(by_item), sum(len(changes) for _, changes in by_item.values()), by.batch)


def _chosen(shown: Preview, choices: Mapping[str, str]) -> dict[int, tuple[Item, dict[str, str]]]:
    """What is written per line, once everything was chosen."""
    missing = [each for each in shown.conflicts if choices.get(each.key) not in (EXCEL, WEBSITE)]
    if missing:
        raise ContentError([problem("keuze-ontbreekt", each.key, code=each.item.code, veld=each.name) for each in missing])
    found: dict[int, tuple[Item, dict[str, str]]] = {}
    taken = [each for each in shown.conflicts if choices[each.key] == EXCEL]
    for each in (*shown.changes, *taken):
        found.setdefault(each.item.pk, (each.item, {}))[1][each.field] = each.after
    for item, changes in found.values():
        try:
            check_whole(Kind(item.kind), {**item.values, **changes})
        except ContentError as error:
            place = next(each.place for each in (*shown.changes, *taken) if each.item.pk == item.pk)
            raise ContentError([cell_problem(each, place) for each in error.problems]) from None
    return found


def _handed_out(site: Site, sheets: Sheets) -> Mapping[str, Mapping[str, str]] | None:
    """What stood in the workbook when it was handed out, per line; None for one that came with a pack, in which nothing stood."""
    if sheets.site != site.pk:
        raise ContentError([problem("werkmap-andere-wijk", "", wijk=sheets.site[:60] or "een andere wijk")])
    if not sheets.export:
        return None
    try:
        export = Export.objects.filter(pk=UUID(sheets.export), site=site).first()
    except ValueError:
        export = None
    if export is None:
        raise ContentError([problem("werkmap-onbekend", "")])
    if export.at < timezone.now() - KEPT:
        day = long_date(timezone.localdate(export.at))
        raise ContentError([problem("werkmap-te-oud", "", dag=day, dagen=KEPT // timedelta(days=1))])
    values: dict[str, dict[str, str]] = export.values
    return values


def _with_events(conflicts: list[Conflict]) -> Iterator[Conflict]:
    """The conflicts, each with the latest change of its field."""
    latest: dict[tuple[int | None, str], Event] = {}
    for event in Event.objects.filter(item__in=[each.item for each in conflicts]).order_by("number") if conflicts else ():
        latest.update({(event.item_id, name): event for name in event.after})
    yield from (replace(each, event=latest.get((each.item.pk, each.field))) for each in conflicts)
