"""Meetings: their rhythm, what happens to one on a free day, and ids that stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kbrollout.model.plan import LapsedMeeting, Meeting
from kbrollout.model.planning import FreePeriod, MeetingSeries
from kbrollout.scheduling.meetings import meetings_of
from kbrollout.scheduling.workdays import Workdays
from tests.conftest import tries

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
NAMES = {"regiegroep": "Regiegroep"}


def series_of(first: date, every: str, last: date | None = None) -> MeetingSeries:
    entry: dict[str, Any] = {
        "id": "rg",
        "gremium": "regiegroep",
        "eerste": first.isoformat(),
        "elke": every,
        "van": "16:00",
        "tot": "17:30",
    }
    return MeetingSeries.model_validate(entry | ({"laatste": last.isoformat()} if last else {}))


def period(first: date, last: date) -> FreePeriod:
    return FreePeriod.model_validate({"naam": "Vakantie", "van": first.isoformat(), "tot": last.isoformat()})


def held(first: str, every: str, until: str, *free: tuple[str, str], last: str | None = None) -> dict[str, str]:
    """The days of the meetings by id; between brackets the regular day of those that lapse."""
    series = series_of(date.fromisoformat(first), every, date.fromisoformat(last) if last else None)
    periods = [period(date.fromisoformat(begin), date.fromisoformat(end)) for begin, end in free]
    found, lapsed = meetings_of(series, NAMES, Workdays(periods), date.fromisoformat(until))
    days = {meeting.id: meeting.day.isoformat() for meeting in found}
    return days | {f"({each.regular})": each.reason for each in lapsed}


# -- examples --------------------------------------------------------------------------------------------------------


def test_every_month_on_the_third_tuesday() -> None:
    assert held("2027-01-19", "1 maand", "2027-06-15") == {
        "rg-1": "2027-01-19",
        "rg-2": "2027-02-16",
        "rg-3": "2027-03-16",
        "rg-4": "2027-04-20",
        "rg-5": "2027-05-18",
        "rg-6": "2027-06-15",
    }


def test_months_go_on_over_the_year() -> None:
    assert list(held("2027-11-04", "3 maanden", "2028-08-31").values()) == ["2027-11-04", "2028-02-03", "2028-05-04", "2028-08-03"]


def test_weeks_go_on_over_29_february() -> None:
    assert list(held("2028-02-15", "2 weken", "2028-03-31").values()) == ["2028-02-15", "2028-02-29", "2028-03-14", "2028-03-28"]


def test_a_meeting_on_a_free_day_is_a_week_later() -> None:
    # Easter Monday 2027 is 29 March; the week after is a holiday of the school.
    assert held("2027-03-01", "4 weken", "2027-05-20") == {"rg-1": "2027-03-01", "rg-2": "2027-04-05", "rg-3": "2027-04-26"}
    shut = ("2027-04-05", "2027-04-09")
    assert held("2027-03-01", "4 weken", "2027-05-20", shut) == {"rg-1": "2027-03-01", "rg-2": "2027-04-12", "rg-3": "2027-04-26"}


def test_a_meeting_lapses_where_every_week_until_the_next_is_free() -> None:
    assert held("2027-03-22", "1 week", "2027-04-05") == {"rg-1": "2027-03-22", "(2027-03-29)": "Tweede paasdag", "rg-3": "2027-04-05"}
    summer = ("2027-07-12", "2027-08-20")
    assert held("2027-06-07", "1 maand", "2027-09-30", summer) == {
        "rg-1": "2027-06-07",
        "rg-2": "2027-07-05",
        "rg-3": "2027-08-23",
        "rg-4": "2027-09-06",
    }
    assert held("2027-07-12", "1 maand", "2027-08-08", summer) == {"(2027-07-12)": "Vakantie"}


def test_no_meeting_after_the_last_day() -> None:
    assert held("2027-02-22", "1 maand", "2027-12-31", last="2027-03-31") == {"rg-1": "2027-02-22", "rg-2": "2027-03-22"}
    # Easter Monday is the last day: a week later would be after it.
    assert held("2027-03-01", "4 weken", "2027-12-31", last="2027-03-29") == {"rg-1": "2027-03-01", "(2027-03-29)": "Tweede paasdag"}


def test_a_series_on_saturday_is_never_held() -> None:
    assert set(held("2027-03-06", "2 weken", "2027-03-31").values()) == {"zaterdag"}


def test_nothing_before_the_first_day() -> None:
    assert held("2027-03-02", "2 weken", "2027-03-01") == {}
    assert held("2027-03-02", "2 weken", "2027-03-02") == {"rg-1": "2027-03-02"}


# -- any series ------------------------------------------------------------------------------------------------------

FIRSTS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
RHYTHMS = st.sampled_from(["1 week", "2 weken", "3 weken", "6 weken", "1 maand", "2 maanden", "3 maanden", "12 maanden"])
FREE = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 50)), max_size=5)


@st.composite
def meetings(draw: st.DrawFn) -> tuple[MeetingSeries, date, list[FreePeriod]]:
    first, every = draw(FIRSTS), draw(RHYTHMS)
    assume("week" in every or "weken" in every or first.day <= 28)
    last = draw(st.none() | st.integers(0, 500).map(lambda days: first + days * DAY))
    free = [period(first + begin * DAY, first + (begin + length) * DAY) for begin, length in draw(FREE)]
    return series_of(first, every, last), first + draw(st.integers(0, 600)) * DAY, free


def found_in(series: MeetingSeries, until: date, free: list[FreePeriod]) -> tuple[list[Meeting], list[LapsedMeeting]]:
    return meetings_of(series, NAMES, Workdays(free), until)


@settings(max_examples=tries(120), deadline=None, derandomize=True)
@given(meetings())
def test_the_rhythm(given_: tuple[MeetingSeries, date, list[FreePeriod]]) -> None:
    series, until, free = given_
    found, lapsed = found_in(series, until, free)
    regular = sorted([*(meeting.regular for meeting in found), *(each.regular for each in lapsed)])
    assert len(set(regular)) == len(regular)
    end = min(until, series.last or until)
    assert all(series.first <= day <= end for day in regular)
    assert {day.weekday() for day in regular} <= {series.first.weekday()}
    if series.every.monthly:
        months = [day.year * 12 + day.month for day in regular]
        assert months == [series.first.year * 12 + series.first.month + number * series.every.count for number in range(len(months))]
        assert {(day.day - 1) // 7 for day in regular} <= {(series.first.day - 1) // 7}, "not the same weekday of the month"
    else:
        assert regular == [series.first + number * series.every.count * WEEK for number in range(len(regular))]
    if series.first <= end:
        most = timedelta(days=31) * series.every.count if series.every.monthly else series.every.count * WEEK
        assert regular[0] == series.first
        assert end - regular[-1] < most + WEEK, "the series stops too soon"


@settings(max_examples=tries(120), deadline=None, derandomize=True)
@given(meetings())
def test_a_free_day_is_avoided_and_the_next_meeting_not_passed(given_: tuple[MeetingSeries, date, list[FreePeriod]]) -> None:
    series, until, free = given_
    workdays, (found, lapsed) = Workdays(free), found_in(series, until, free)
    endless = found_in(series.model_copy(update={"last": None}), until + 400 * DAY, free)
    regular = sorted(each.regular for some in endless for each in some)

    def free_weeks(first: date, before: date) -> bool:
        return all(workdays.reason_free(first + number * WEEK) for number in range(-((first - before) // WEEK)))

    for meeting in found:
        following = next(day for day in regular if day > meeting.regular)
        assert workdays.reason_free(meeting.day) is None
        assert meeting.day.weekday() == series.first.weekday()
        assert meeting.regular <= meeting.day < following, "passes the next meeting"
        assert series.last is None or meeting.day <= series.last
        assert free_weeks(meeting.regular, meeting.day), "moved without need"
    for each in lapsed:
        following = next(day for day in regular if day > each.regular)
        assert each.reason == workdays.reason_free(each.regular)
        assert free_weeks(each.regular, min(following, series.last + DAY) if series.last else following), "could have been held"


@settings(max_examples=tries(80), deadline=None, derandomize=True)
@given(meetings(), FREE)
def test_ids_stay_when_holidays_change(given_: tuple[MeetingSeries, date, list[FreePeriod]], other: list[tuple[int, int]]) -> None:
    series, until, free = given_
    changed = [period(series.first + begin * DAY, series.first + (begin + length) * DAY) for begin, length in other]
    before, after = ({meeting.regular: meeting.id for meeting in found_in(series, until, each)[0]} for each in (free, changed))
    assert len(set(before.values())) == len(before)
    assert all(after[day] == before[day] for day in before.keys() & after.keys())
    assert {day: key for day, key in before.items() if day <= series.first + 100 * DAY}.items() <= {
        meeting.regular: meeting.id for meeting in found_in(series, until + 100 * DAY, free)[0]
    }.items(), "a longer plan gives other ids"


@pytest.mark.parametrize("first", ["2028-02-29", "2027-01-31"])
def test_a_fifth_weekday_has_no_monthly_rhythm(first: str) -> None:
    with pytest.raises(ValueError, match="ritme-valt-niet"):
        series_of(date.fromisoformat(first), "1 maand")
    assert series_of(date.fromisoformat(first), "4 weken").first == date.fromisoformat(first)
