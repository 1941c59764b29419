"""What the command line asks of the tracker: where sites stand, filling in one line, the workbook out and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kbrollout.errors import ContentError, Problem
from kbrollout.tracker.access import is_admin
from kbrollout.tracker.fields import FIELDS, NAMES, STANDS, Kind, Values, check_text
from kbrollout.tracker.importing import Imported, Moved, Preview, apply_import, preview
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Channel, Item, Person, Role, Site, Unit
from kbrollout.tracker.reading import Board, Counts, count
from kbrollout.tracker.services import Actor, Clash, change
from kbrollout.tracker.sheets import Sheets, read_workbook
from kbrollout.tracker.workbook import progress_workbook
from kbrollout.writing import write_whole_bytes

SHOWN = 12
"""So many names of what could have been meant are still read."""


@dataclass(frozen=True)
class Standing:
    """How a site stands, or one unit of it. A unit has no phase of its own."""

    slug: str
    name: str
    counts: Counts
    late: int
    phase: str | None = None


def stand_of_sites() -> list[Standing]:
    """All sites that a pack was loaded of."""
    boards = [Board(site, timezone.localdate()) for site in Site.objects.filter(number__gt=0)]
    return [
        Standing(board.site.slug, board.site.name, count(board.items), _late(board, board.items), board.phase or _after(board))
        for board in boards
    ]


def stand_of_units(site: Site) -> list[Standing]:
    """The units of a site, in the order of its pack."""
    board = Board(site, timezone.localdate())
    found = []
    for unit in board.units:
        items = [item for item in board.items if item.unit_id == unit.pk]
        found.append(Standing(unit.slug, unit.name, count(items), _late(board, items)))
    return found


def site_of(slug: str) -> Site:
    """A site by its id. Raises ContentError."""
    site = Site.objects.filter(pk=slug, number__gt=0).first()
    if site is None:
        known = Site.objects.filter(number__gt=0).values_list("pk", flat=True)
        raise ContentError(
            [problem("wijk-onbekend", "", gegeven=slug[:60], mogelijk=", ".join(known) or "(er is nog geen pakket geladen)")]
        )
    return site


def has_admin() -> bool:
    """Whether somebody can sign in as beheerder."""
    people = Person.objects.filter(memberships__role=Role.ADMIN, is_active=True)
    return any(person.has_usable_password() for person in people if is_admin(person))


def address() -> str:
    """Where browsers reach the tracker: its name on a server, or else this machine, as `serve` has it without --port."""
    return f"https://{settings.HOSTS[0]}" if settings.HOSTS else "http://127.0.0.1:8000"


def fill_in(site: str, unit: str, code: str, given: Values, by: str, not_bsn: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """Change a line as it stands now; gives its fields before and after.

    `by` is the function of who fills in. Raises ContentError with a problem per field; then nothing was written.
    """
    item = _line(_unit(site_of(site), unit), code)
    kind = Kind(item.kind)
    problems = list(_foreign_fields(kind, given))
    if problems:
        raise ContentError(problems)
    try:
        after = change(_actor(by), item.pk, item.version, _with_stand(kind, given), not_bsn=not_bsn)
    except Clash:
        raise ContentError([problem("regel-intussen-veranderd", "")]) from None
    return item.values, after.values


def hand_out(site: str, out: Path | None) -> Path:
    """Write the workbook of a site; gives its file. Raises ContentError when that is there already, or cannot be written."""
    found = site_of(site)
    file = out or Path(f"voortgang-{found.slug}.xlsx")
    if file.exists():
        raise ContentError([problem("bestand-bestaat-al", "", file=str(file), bestand=file)])
    write_whole_bytes(file, progress_workbook(found, None, None))
    return file


def look_at(file: Path) -> tuple[Site, Sheets, Preview]:
    """A workbook that came back, and what it would change. Raises ContentError."""
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("bestand-onleesbaar", "", file=str(file), bestand=file, reden=reason)]) from error
    sheets = read_workbook(content)
    site = site_of(sheets.site)
    return site, sheets, preview(site, sheets)


def bring_in(site: Site, sheets: Sheets, shown: Preview, choose: str, by: str) -> Imported:
    """Take over what was shown; `choose` is what stays wherever it collides. Raises ContentError; then nothing was written."""
    choices = {each.key: choose for each in shown.conflicts}
    try:
        return apply_import(_actor(by), site, sheets, choices, shown.token)
    except Moved:
        raise ContentError([problem("intussen-veranderd", "")]) from None


def _actor(by: str) -> Actor:
    """Who fills in by a command: a function."""
    return Actor(check_text("name", by) or "opdracht", Channel.COMMAND)


def _late(board: Board, items: Iterable[Item]) -> int:
    return sum(board.is_late(item) for item in items)


def _after(board: Board) -> str | None:
    return "afgerond" if board.gates else None


def _unit(site: Site, slug: str) -> Unit:
    unit = site.units.filter(slug=slug).first()
    if unit is None:
        known = ", ".join(site.units.filter(gone=None).values_list("slug", flat=True))
        raise ContentError([problem("eenheid-onbekend", "", wijk=site.name, gegeven=slug[:60], mogelijk=known)])
    return unit


def _line(unit: Unit, code: str) -> Item:
    """The line of a unit with this code; the codes of requirements, tasks and points differ."""
    item = unit.items.filter(code__iexact=code).first()
    if item is None:
        known = list(unit.items.filter(gone=None).values_list("code", flat=True))
        alike = get_close_matches(code.upper(), known, n=3, cutoff=0.5) or known[:SHOWN]
        said = f"Bedoelt u een van deze? {', '.join(alike)}."
        raise ContentError([problem("code-onbekend", "", eenheid=unit.name, gegeven=code[:60], bedoelt=said)])
    return item


def _foreign_fields(kind: Kind, given: Values) -> Iterator[Problem]:
    for name in given:
        if name not in FIELDS[kind]:
            possible = ", ".join(NAMES[each] for each in FIELDS[kind])
            yield problem("niet-bij-deze-regel", name, soort=kind.value, veld=NAMES[name], mogelijk=possible)


def _with_stand(kind: Kind, given: Values) -> dict[str, str]:
    """A stand may be typed without its capital."""
    typed = given.get("stand", "")
    stand = next((each for each in STANDS[kind] if each.casefold() == typed.casefold()), typed)
    return {**given, "stand": stand} if "stand" in given else dict(given)
