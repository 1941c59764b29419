"""“Wat nu?”: over all sites that somebody sees, what to do next, most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kbrollout.tracker.access import Access, access_to, is_admin, sites_of
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Item, Unit
from kbrollout.tracker.reading import PRESSING, Board, Counts, count
from kbrollout.tracker.web.common import board_of, page, person_of
from kbrollout.tracker.web.rows import Row, rows_of

MOST_STEPS, MOST_CHECKS = 10, 5


@dataclass(frozen=True)
class UnitWork:
    """How one unit stands: what it has arranged, and how often each pressing label occurs in it."""

    unit: Unit
    counts: Counts
    labels: dict[str, int]


@dataclass(frozen=True)
class Work:
    """What somebody can do in one site. `whole`: everything is shown, and not only what comes first."""

    access: Access
    board: Board
    whole: bool

    @property
    def counts(self) -> Counts:
        return count(self.board.items)

    @cached_property
    def _own(self) -> frozenset[int]:
        """The units whose lines are named one by one: for who looks after the site, those of the neighbourhood as a whole."""
        if self.access.units is not None:
            return self.access.units
        return frozenset(unit.pk for unit in self.board.units if unit.is_site)

    @property
    def several(self) -> bool:
        """Whether the lines of what is to do are of more than one unit."""
        return len(self._own) > 1

    @cached_property
    def units(self) -> list[UnitWork]:
        """How each unit stands that somebody fills in."""
        filled = [unit for unit in self.board.units if self.access.may_fill(unit.pk)]
        return [UnitWork(unit, count(self.board.of(Kind.REQUIREMENT, unit)), self._pressing(unit)) for unit in filled]

    def _pressing(self, unit: Unit) -> dict[str, int]:
        found = (next(self.board.labels(item), "") for item in self.board.items if item.unit_id == unit.pk)
        number = Counter(found)
        return {label: number[label] for label in PRESSING if number[label]}

    @cached_property
    def _steps(self) -> list[Item]:
        return self.board.next_steps(self._own) if self.access.fills else []

    @cached_property
    def _checks(self) -> list[Item]:
        return self.board.to_check(self.access.person, self.access.units) if self.access.fills else []

    @cached_property
    def steps(self) -> list[Row]:
        return rows_of(self.board, self._steps if self.whole else self._steps[:MOST_STEPS])

    @cached_property
    def checks(self) -> list[Row]:
        return rows_of(self.board, self._checks if self.whole else self._checks[:MOST_CHECKS])

    @property
    def more_steps(self) -> int:
        return len(self._steps) - len(self.steps)

    @property
    def more_checks(self) -> int:
        return len(self._checks) - len(self.checks)


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """What to do now. `wijk` in the address asks for all there is to do in one site."""
    person = person_of(request)
    wanted = request.GET.get("wijk", "")
    sites = list(sites_of(person))
    whole = [site for site in sites if site.slug == wanted]
    works = list(_works(request, [site.slug for site in whole or sites], whole=bool(whole)))
    return page(request, "wat_nu.html", None, works=works, several=len(sites) > 1, whole=bool(whole), admin=is_admin(person))


def _works(request: HttpRequest, slugs: list[str], *, whole: bool) -> Iterator[Work]:
    for slug in slugs:
        access = access_to(person_of(request), slug)
        yield Work(access, board_of(access), whole)
