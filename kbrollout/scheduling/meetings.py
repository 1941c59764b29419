"""Meetings from their rhythm. A meeting on a free day is held one or more weeks later, or lapses."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count

from kbrollout.model.plan import LapsedMeeting, Meeting
from kbrollout.model.planning import MeetingSeries
from kbrollout.scheduling.workdays import Workdays

_WEEK = timedelta(weeks=1)


def meetings_of(
    series: MeetingSeries, names: Mapping[str, str], workdays: Workdays, until: date
) -> tuple[list[Meeting], list[LapsedMeeting]]:
    """The meetings whose regular day is not after `until`, and those that lapse. `names` are those of the bodies.

    The number in an id counts the days of the rhythm, held or not, so that it stays when holidays change.
    """
    held: list[Meeting] = []
    lapsed: list[LapsedMeeting] = []
    days = list(_regular_days(series, min(until, series.last or until)))
    for number, regular in enumerate(days):
        day = next((each for each in _possible(series, number) if workdays.reason_free(each) is None), None)
        if day is None:
            lapsed.append(LapsedMeeting(series.id, names[series.body], regular, workdays.reason_free(regular) or ""))
        else:
            held.append(
                Meeting(
                    f"{series.id}-{number + 1}",
                    series.id,
                    series.body,
                    names[series.body],
                    day,
                    regular,
                    series.starts,
                    series.ends,
                    series.place,
                )
            )
    return held, lapsed


def next_day(series: MeetingSeries, number: int) -> date:
    """The day of the rhythm with a number, counted from 0."""
    if not series.every.monthly:
        return series.first + number * series.every.count * _WEEK
    months = series.first.year * 12 + series.first.month - 1 + number * series.every.count
    return _same_weekday(series.first, months // 12, months % 12 + 1)


def _same_weekday(first: date, year: int, month: int) -> date:
    """The day of a month with the weekday and the week of `first`, such as its third Tuesday."""
    ordinal = (first.day - 1) // 7
    starts_on = calendar.monthrange(year, month)[0]
    return date(year, month, 1 + (first.weekday() - starts_on) % 7 + ordinal * 7)


def _regular_days(series: MeetingSeries, until: date) -> Iterator[date]:
    for number in count():
        day = next_day(series, number)
        if day > until:
            return
        yield day


def _possible(series: MeetingSeries, number: int) -> Iterator[date]:
    """The days on which a meeting can be held: its own, and week by week the ones before the next, up to the last day."""
    day, following = next_day(series, number), next_day(series, number + 1)
    while day < following and (series.last is None or day <= series.last):
        yield day
        day += _WEEK
