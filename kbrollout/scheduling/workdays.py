"""Working days: weekdays without public holidays, school holidays and closed weeks, on the days that a role works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from kbrollout.model.framework import Weekday
from kbrollout.model.planning import FreePeriod

_DAY = timedelta(days=1)
_WEEKDAYS = tuple(Weekday)
_LONGEST_SEARCH = 800
"""Days without a single working day, after which something must be wrong with the free periods."""


class NoWorkingDayError(Exception):
    """There is no working day in a long stretch from `day` on."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no working day from {day} on")
        self.day = day


@cache
def public_holiday(day: date) -> str | None:
    """The Dutch name of a Dutch public holiday, or None. Good Friday counts, Liberation Day only once in five years."""
    return _public_holidays(day.year).get(day)


@cache
def _public_holidays(year: int) -> dict[date, str]:
    from holidays import country_holidays

    return dict(country_holidays("NL", years=year, language="nl"))


class Workdays:
    """The days on which work is planned, for everybody or for one practice and one role."""

    def __init__(self, free: Iterable[FreePeriod], days: Sequence[Weekday] = ()) -> None:
        self._free = tuple(free)
        self._days = frozenset(days or _WEEKDAYS)

    def reason_free(self, day: date) -> str | None:
        """Why nobody works on a day, in Dutch; None when it is a working day, perhaps not of this role."""
        if day.weekday() >= len(_WEEKDAYS):
            return "zaterdag" if day.weekday() == len(_WEEKDAYS) else "zondag"
        return public_holiday(day) or next((period.name for period in self._free if period.first <= day <= period.last), None)

    def works_on(self, day: date) -> bool:
        return day.weekday() < len(_WEEKDAYS) and _WEEKDAYS[day.weekday()] in self._days and self.reason_free(day) is None

    def first_from(self, day: date) -> date:
        """The first working day on or after `day`. Raises NoWorkingDayError."""
        return self._step(day, _DAY)

    def last_before(self, day: date) -> date:
        """The last working day on or before `day`. Raises NoWorkingDayError."""
        return self._step(day, -_DAY)

    def end(self, start: date, count: int) -> date:
        """The last of `count` working days, the first of which is `start` or the first after it."""
        day = self.first_from(start)
        for _ in range(count - 1):
            day = self.first_from(day + _DAY)
        return day

    def start(self, end: date, count: int) -> date:
        """The first of `count` working days, the last of which is `end` or the last before it."""
        day = self.last_before(end)
        for _ in range(count - 1):
            day = self.last_before(day - _DAY)
        return day

    def days(self, first: date, last: date) -> list[date]:
        """The working days from `first` up to and including `last`."""
        whole = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return [day for day in whole if self.works_on(day)]

    def _step(self, day: date, by: timedelta) -> date:
        found = day
        for _ in range(_LONGEST_SEARCH):
            if self.works_on(found):
                return found
            found += by
        raise NoWorkingDayError(day)
