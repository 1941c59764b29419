"""The checklist of a unit: its requirements by phase, and what may be left out of sight."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from kbrollout.grammar import capitalised
from kbrollout.model.progress import Stand
from kbrollout.tracker.access import Access, unit_in
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Item, Site
from kbrollout.tracker.reading import CLOSED, count
from kbrollout.tracker.web.common import board_of, in_site, page
from kbrollout.tracker.web.rows import by_phase, rows_of
from kbrollout.tracker.web.wording import phases_of, themes_of

UNFINISHED = "nog-niet-klaar"


@dataclass(frozen=True)
class Filter:
    """One thing by which a checklist can be narrowed: its name in the address, and per value what it is called."""

    name: str
    label: str
    options: dict[str, str]
    chosen: str

    def keeps(self, item: Item) -> bool:
        if not self.chosen:
            return True
        if self.chosen == UNFINISHED:
            return item.stand not in CLOSED
        return self.chosen == {"thema": item.theme, "fase": item.phase, "wie": item.who, "stand": item.stand}[self.name]


def filters(site: Site, items: list[Item], asked: QueryDict) -> list[Filter]:
    """The filters of a checklist, with the values that occur in it; another value in the address does nothing."""
    roles = {item.who: site.roles.get(item.who, item.who) for item in items}
    stands = {UNFINISHED: "Nog niet klaar", **{stand.value: stand.value for stand in Stand}}
    options = {
        "thema": ("Thema", themes_of(site, items)),
        "fase": ("Fase", {phase: capitalised(phase) for phase in phases_of(items)}),
        "wie": ("Wie", dict(sorted(roles.items(), key=lambda each: each[1].casefold()))),
        "stand": ("Stand", stands),
    }
    return [
        Filter(name, label, values, asked.get(name, "") if asked.get(name, "") in values else "")
        for name, (label, values) in options.items()
    ]


@require_safe
@in_site
def checklist(request: HttpRequest, access: Access, unit: str) -> HttpResponse:
    """The requirements of one unit, by phase."""
    found = unit_in(access, unit)
    board = board_of(access)
    items = board.of(Kind.REQUIREMENT, found)
    narrowed = filters(access.site, items, request.GET)
    shown = [item for item in items if all(each.keeps(item) for each in narrowed)]
    return page(
        request,
        "lijst.html",
        access,
        unit=found,
        counts=count(items),
        filters=narrowed,
        narrowed=any(each.chosen for each in narrowed),
        phases=by_phase(rows_of(board, shown)),
        shown=len(shown),
        number=len(items),
        gone=rows_of(board, [item for item in board.gone(found) if item.kind == Kind.REQUIREMENT]),
        may_fill=access.may_fill(found.pk),
    )
