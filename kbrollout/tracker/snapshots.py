"""How a site stood at one moment, frozen: the nulmeting, what comes after it, and progress since then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from kbrollout.errors import ContentError
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.tracker.charts import PERCENT, Point, bar, line_chart
from kbrollout.tracker.fields import SHORTEST_REASON, Kind, check_text
from kbrollout.tracker.frozen import Row, counts_of, digest, is_whole
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Item, Site, Snapshot
from kbrollout.tracker.reading import Board, Counts, count
from kbrollout.tracker.services import Actor, lock, record

KINDS = (Snapshot.BASELINE, Snapshot.LATER)
CORE_NAME = "Kern"

Line = tuple[str, str]
"""A line by its unit and its code."""


# -- making one


def take(actor: Actor, site_slug: str, kind: str, label: str, reason: str = "") -> Snapshot:
    """Freeze how every requirement that is asked now stands, in one transaction with its event.

    A second nulmeting needs a reason, and leaves the first one as it is. Raises ContentError; then nothing was written.
    """
    with transaction.atomic():
        site = lock(site_slug)
        kept = _checked(site, kind, label, reason)
        rows = frozen_rows(site)
        made = Snapshot.objects.create(
            site=site,
            kind=kind,
            **kept,
            by=actor.person,
            by_name=actor.name,
            at=timezone.now(),
            pack=site.number,
            rows=rows,
            sha256=digest(rows),
        )
        record(site.slug, kind, actor, after={"naam": made.label, "reden": made.reason, "eisen": len(rows), "sha256": made.sha256})
    return made


def frozen_rows(site: Site) -> list[Row]:
    """The rows of a snapshot that is made now: what is asked, per unit in the order of the pack."""
    lines = site.items.filter(kind=Kind.REQUIREMENT, gone=None).select_related("unit")
    return [_row(site, item) for item in lines.order_by("unit__order", "unit_id", "order", "pk")]


def _checked(site: Site, kind: str, label: str, reason: str) -> dict[str, str]:
    """Label and reason as they are kept; every fault at once."""
    faults = [] if kind in KINDS else [problem("momentopname-onbekend", "kind", gegeven=kind[:30], mogelijk=", ".join(KINDS))]
    kept = {"label": "", "reason": ""}
    for name, text in (("label", " ".join(label.split())), ("reason", reason)):
        try:
            kept[name] = check_text(name, text)
        except ContentError as error:
            faults += error.problems
    wrong = {each.path for each in faults}
    if not kept["label"] and "label" not in wrong:
        faults.append(problem("naam-ontbreekt", "label"))
    if site.snapshots.filter(label__iexact=kept["label"]).exists():
        faults.append(problem("naam-bestaat", "label", naam=kept["label"]))
    if kind == Snapshot.BASELINE and "reason" not in wrong and len(kept["reason"]) < SHORTEST_REASON and baseline_of(site):
        faults.append(problem("nulmeting-reden-ontbreekt", "reason", minstens=SHORTEST_REASON))
    if faults:
        raise ContentError(faults)
    return kept


def _row(site: Site, item: Item) -> Row:
    return {
        "unit": item.unit.slug,
        "unit_name": item.unit.name,
        "theme": item.theme,
        "theme_name": theme_name(site, item.theme),
        "code": item.code,
        "title": item.title,
        "stand": item.stand,
        "review": item.review,
    }


def theme_name(site: Site, theme: str) -> str:
    """What a theme is called here. What belongs to no theme belongs to the core."""
    return str(site.themes.get(theme) or (CORE_NAME if theme in ("", CORE_THEME) else theme))


def baseline_of(site: Site) -> Snapshot | None:
    """What progress is compared with: the nulmeting that was made last."""
    return site.snapshots.filter(kind=Snapshot.BASELINE).order_by("pk").last()


# -- progress since the nulmeting


@dataclass(frozen=True)
class Change:
    """A unit then and now, each with the counts of its own moment.

    `added` counts what is asked now and was not then; `dropped` counts, as it stood then, what is not asked any more.
    """

    name: str
    then: Counts
    now: Counts
    added: Counts
    dropped: Counts

    @property
    def bar(self) -> str:
        """How much is arranged now, with a mark where it stood then."""
        return bar(self.then.percent, self.now.percent)

    @property
    def same(self) -> bool:
        """Whether the same requirements are asked, so that both percentages are of the same things."""
        return not self.added.asked and not self.dropped.asked


@dataclass(frozen=True)
class Moment:
    """One point of the line: a snapshot, or today."""

    name: str
    on: date
    counts: Counts


@dataclass(frozen=True)
class Since:
    """Progress of a site since its nulmeting. `later` are the snapshots since then, the oldest first."""

    baseline: Snapshot
    later: tuple[Snapshot, ...]
    board: Board

    @cached_property
    def whole(self) -> bool:
        """Whether all that was frozen is still what it was."""
        return all(is_whole(each) for each in (self.baseline, *self.later))

    @cached_property
    def total(self) -> Change:
        return _change("Alles samen", self.baseline.rows, self.board.of(Kind.REQUIREMENT))

    @cached_property
    def units(self) -> list[Change]:
        """Per unit of now, and then per unit that was there and is not any more."""
        now = {unit.slug: unit.name for unit in self.board.units}
        names = {row["unit"]: row["unit_name"] for row in self.baseline.rows} | now
        lines = self.board.of(Kind.REQUIREMENT)
        return [
            _change(names[slug], [row for row in self.baseline.rows if row["unit"] == slug], [i for i in lines if i.unit.slug == slug])
            for slug in (*now, *(each for each in names if each not in now))
        ]

    @cached_property
    def series(self) -> list[Moment]:
        """All together at the nulmeting, at each later snapshot, and now."""
        frozen = [Moment(each.label, _day(each), counts_of(each.rows)) for each in (self.baseline, *self.later)]
        return [*frozen, Moment("Nu", self.board.today, self.total.now)]

    @property
    def chart(self) -> str:
        """The series as a drawing; empty while all of it is of one day."""
        points = [
            Point(each.on, Decimal(each.counts.percent), each.counts.words) for each in self.series if each.counts.percent is not None
        ]
        return line_chart(f"Geregelde basisvoorwaarden sinds de nulmeting, {self.board.site.name}", [points], PERCENT)


def since_baseline(board: Board) -> Since | None:
    """Progress since the nulmeting that counts, in two queries; None when there is none."""
    baseline = baseline_of(board.site)
    if baseline is None:
        return None
    later = board.site.snapshots.filter(kind=Snapshot.LATER, pk__gt=baseline.pk).order_by("pk")
    return Since(baseline, tuple(later), board)


def _change(name: str, rows: list[Row], items: list[Item]) -> Change:
    then: set[Line] = {(row["unit"], row["code"]) for row in rows}
    now: set[Line] = {(item.unit.slug, item.code) for item in items}
    return Change(
        name,
        then=counts_of(rows),
        now=count(items),
        added=count(item for item in items if (item.unit.slug, item.code) not in then),
        dropped=counts_of(row for row in rows if (row["unit"], row["code"]) not in now),
    )


def _day(snapshot: Snapshot) -> date:
    return timezone.localtime(snapshot.at).date()
