"""Measures over time: figures of one unit on one day, each with the exact words of its definition.

Of a group of fewer than ten people neither figure nor number is kept. Nothing is added up over units, so nothing can be
subtracted either. Events say that somebody measured, never what came out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from kbrollout.errors import ContentError, Problem
from kbrollout.grammar import long_date
from kbrollout.tracker.fields import check_text, day
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Indicator, Measurement, Site, Unit
from kbrollout.tracker.services import Actor, lock, record

SMALLEST_GROUP = 10
"""Fewer people than this who answered could be recognised."""

MEASURED, CORRECTED = "meting toegevoegd", "meting verbeterd"
"""What events of measures say."""

T = TypeVar("T")

_FIGURE = re.compile(r"-?([0-9]+)(?:,([0-9]+))?")
_NUMBER = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True)
class _Given:
    """What is kept of what somebody filled in."""

    on: date
    value: Decimal | None
    answered: int | None
    source: str
    suppressed: bool


def measure(
    actor: Actor, indicator_id: int, unit_id: int, on: str, value: str, answered: str, source: str, replaces: int | None = None
) -> Measurement:
    """Add what was measured in a unit on a day, or correct an earlier one (`replaces`), in one transaction with its event.

    All as people type it: a day, a figure such as `7,4`, and how many people answered (nothing when nobody is asked).
    Raises ContentError with a problem per field; then nothing was written.
    """
    with transaction.atomic():
        indicator = Indicator.objects.get(pk=indicator_id)
        lock(indicator.site_id)
        unit = Unit.objects.get(pk=unit_id)
        old = _corrected(indicator, unit, replaces)
        _check_place(indicator, unit, old)
        given = _read(indicator, on, value, answered, source)
        _check_day(indicator, unit, given.on, old)
        made = Measurement.objects.create(
            indicator=indicator, unit=unit, **vars(given), by=actor.person, by_name=actor.name, at=timezone.now(), replaces=old
        )
        if given.suppressed:
            _forget(old)
        what = {"indicator": indicator.code, "versie": indicator.version, "eenheid": unit.slug, "dag": given.on.isoformat()}
        record(indicator.site_id, CORRECTED if old else MEASURED, actor, after={**what, "te_kleine_groep": given.suppressed})
    return made


def figures(site: Site, code: str | None = None) -> list[Measurement]:
    """What was measured, corrections in the place of what they correct, by day; of one indicator in all its versions, or of all."""
    found = Measurement.objects.filter(indicator__site=site, replaced_by=None).select_related("indicator", "unit", "replaces")
    return list((found.filter(indicator__code=code) if code else found).order_by("on", "pk"))


def pieces(measured: Iterable[Measurement]) -> list[list[Measurement]]:
    """Figures of one unit that may be joined: of one version of the definition, with no suppressed one between them."""
    found: list[list[Measurement]] = []
    joins: Measurement | None = None
    for each in measured:
        if not each.suppressed:
            if joins is not None and joins.indicator_id == each.indicator_id:
                found[-1].append(each)
            else:
                found.append([each])
        joins = None if each.suppressed else each
    return found


def figure_of(text: str) -> Decimal:
    """A figure in Dutch notation, with up to ten digits before the comma and four behind it. Raises ContentError.

    Dots are refused: 1.250 is twelve hundred and fifty to one and one and a quarter to another.
    """
    found = _FIGURE.fullmatch(text)
    if found is None:
        raise ContentError([problem("geen-cijfer", "value", gegeven=text[:30]) if text else problem("cijfer-ontbreekt", "value")])
    if len(found[1].lstrip("0")) > 10 or len((found[2] or "").rstrip("0")) > 4:
        raise ContentError([problem("cijfer-te-groot", "value")])
    return Decimal(text.replace(",", ".")) + 0  # no minus nought


def _corrected(indicator: Indicator, unit: Unit, replaces: int | None) -> Measurement | None:
    """The earlier figure that is corrected; it is of the same unit and the same words."""
    if replaces is None:
        return None
    old = Measurement.objects.select_related("replaced_by").get(pk=replaces, indicator=indicator, unit=unit)
    if hasattr(old, "replaced_by"):
        raise ContentError([problem("meting-al-verbeterd", "on")])
    return old


def _check_place(indicator: Indicator, unit: Unit, old: Measurement | None) -> None:
    if unit.site_id != indicator.site_id or unit.kind != indicator.level or (unit.gone and old is None):
        raise ContentError([problem("meting-hoort-elders", "unit", eenheid=unit.name)])
    if indicator.question_unknown:
        raise ContentError([problem("vraag-onbekend", "version")])
    asked_still = Indicator.objects.filter(site_id=indicator.site_id, code=indicator.code, gone=None)
    if old is None and not asked_still.exists():
        raise ContentError([problem("indicator-vervallen", "version")])


def _read(indicator: Indicator, on: str, value: str, answered: str, source: str) -> _Given:
    """All fields, or every fault at once. Of a small group nothing is read but the number."""
    faults: list[Problem] = []
    number = _tried(faults, lambda text: _number(indicator, text), answered)
    small = number is not None and number < SMALLEST_GROUP
    figure = None if small else _tried(faults, figure_of, value)
    day_of_it = _tried(faults, _measured_on, on)
    kept = _tried(faults, _source, source)
    if faults or day_of_it is None or kept is None:
        raise ContentError(faults)
    return _Given(day_of_it, figure, None if small else number, kept, small)


def _tried(faults: list[Problem], read: Callable[[str], T], text: str) -> T | None:
    try:
        return read(text.strip())
    except ContentError as error:
        faults.extend(error.problems)
        return None


def _number(indicator: Indicator, text: str) -> int | None:
    """How many people answered; None when nobody was asked anything."""
    if not indicator.question:
        if text:
            raise ContentError([problem("niemand-gevraagd", "answered")])
        return None
    if not text:
        raise ContentError([problem("aantal-ontbreekt", "answered")])
    if not _NUMBER.fullmatch(text):
        raise ContentError([problem("geen-aantal", "answered", gegeven=text[:30])])
    return int(text)


def _measured_on(text: str) -> date:
    if not text:
        raise ContentError([problem("dag-ontbreekt", "on")])
    found = date.fromisoformat(day("on", text))
    if found > timezone.localdate():
        raise ContentError([problem("dag-in-toekomst", "on", gegeven=text[:30])])
    return found


def _source(text: str) -> str:
    kept = check_text("source", " ".join(text.split()))
    if not kept:
        raise ContentError([problem("herkomst-ontbreekt", "source")])
    return kept


def _check_day(indicator: Indicator, unit: Unit, on: date, old: Measurement | None) -> None:
    """One figure per day: two of the same day would be two answers to one question."""
    others = Measurement.objects.filter(indicator=indicator, unit=unit, on=on, replaced_by=None)
    if (others.exclude(pk=old.pk) if old else others).exists():
        raise ContentError([problem("dag-al-gemeten", "on", dag=long_date(on))])


def _forget(old: Measurement | None) -> None:
    """A group turned out to be too small: then what was kept of it before, while it looked large enough, goes too."""
    while old is not None:
        old.value, old.answered, old.suppressed = None, None, True
        old.save(update_fields=["value", "answered", "suppressed"])
        old = old.replaces
