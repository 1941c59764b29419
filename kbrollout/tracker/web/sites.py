"""The pages of a site: how it stands, its plan, its open points, its agreements."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kbrollout.tracker.access import Access, unit_in
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Agreement
from kbrollout.tracker.reading import CLOSED, Board
from kbrollout.tracker.snapshots import since_baseline
from kbrollout.tracker.web import dashboard
from kbrollout.tracker.web.common import board_of, in_site, page
from kbrollout.tracker.web.history import told
from kbrollout.tracker.web.lineparts import in_pack
from kbrollout.tracker.web.rows import Group, Row, by_phase, grouped, row_of, rows_of

MOST_LATE, MOST_STEPS, MOST_EVENTS = 6, 6, 8


@require_safe
@in_site
def site(request: HttpRequest, access: Access) -> HttpResponse:
    """How the site stands: the matrix, the phase, what presses, what happened."""
    board = board_of(access)
    late = [item for item in board.next_steps() if board.is_late(item)]
    steps = [item for item in board.next_steps(access.units) if not board.is_late(item)]
    late_groups = grouped(rows_of(board, late))
    # A group has at most one line of each unit, so these are enough.
    first = steps[: MOST_STEPS * len(board.units)]
    events = access.site.events.select_related("item__unit").order_by("-number")[:MOST_EVENTS]
    return page(
        request,
        "wijk.html",
        access,
        board=board,
        matrix=dashboard.matrix(board),
        gates=dashboard.gates(board),
        late=late_groups[:MOST_LATE],
        later=late_groups[MOST_LATE:],
        late_count=len(late),
        steps=grouped(rows_of(board, first))[:MOST_STEPS],
        meetings=dashboard.meetings(access.site, board.today),
        since=since_baseline(board),
        events=[told(event) for event in events],
    )


@require_safe
@in_site
def plan(request: HttpRequest, access: Access) -> HttpResponse:
    """The tasks per phase by date; `voor` in the address leaves those of one unit."""
    board = board_of(access)
    wanted = request.GET.get("voor", "")
    chosen = unit_in(access, wanted) if wanted else None
    tasks = sorted(board.of(Kind.TASK, chosen), key=lambda task: (task.due or date.max, task.order))
    phases = [(phase, grouped(rows)) for phase, rows in by_phase(rows_of(board, tasks))]
    done = sum(task.stand in CLOSED for task in tasks)
    return page(request, "plan.html", access, board=board, phases=phases, chosen=chosen, done=done, number=len(tasks))


@require_safe
@in_site
def points(request: HttpRequest, access: Access) -> HttpResponse:
    """What is not known or not settled, by who takes it up."""
    board = board_of(access)
    rows = rows_of(board, board.of(Kind.POINT))
    open_ = [row for row in rows if row.item.stand not in CLOSED]
    owners = sorted({row.who for row in open_}, key=str.casefold)
    return page(
        request,
        "open_punten.html",
        access,
        owners=[(owner, [row for row in open_ if row.who == owner]) for owner in owners],
        solved=[row for row in rows if row.item.stand in CLOSED],
        number=len(rows),
    )


@require_safe
@in_site
def agreement(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One agreement as it holds here, and the requirements that serve it."""
    found = get_object_or_404(Agreement, site=access.site, code=code)
    board = board_of(access)
    (linked,) = in_pack(access.site, [found])
    return page(request, "afspraak.html", access, agreement=found, serving=_serving(board, code), address=linked.address)


def _serving(board: Board, code: str) -> list[Group]:
    """The requirements that serve an agreement: one group for each, whatever days the units have."""
    found: dict[str, list[Row]] = {}
    for item in board.of(Kind.REQUIREMENT):
        if code in item.details.get("agreements", ()):
            found.setdefault(item.code, []).append(row_of(board, item))
    return [Group(tuple(rows)) for rows in found.values()]
