"""Working days: the Dutch public holidays, free periods, the days of a role, and counting there and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbrollout.model.framework import Weekday
from kbrollout.model.planning import FreePeriod, Planning
from kbrollout.scheduling.make import Calendars
from kbrollout.scheduling.workdays import NoWorkingDayError, Workdays, public_holiday
from tests.conftest import tries

DAY = timedelta(days=1)

HOLIDAYS = {
    2026: "01-01 04-03 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26",
    2027: "01-01 03-26 03-28 03-29 04-27 05-06 05-16 05-17 12-25 12-26",
    2028: "01-01 04-14 04-16 04-17 04-27 05-25 06-04 06-05 12-25 12-26",
    2029: "01-01 03-30 04-01 04-02 04-27 05-10 05-20 05-21 12-25 12-26",
    2030: "01-01 04-19 04-21 04-22 04-27 05-05 05-30 06-09 06-10 12-25 12-26",
}
"""New Year's Day, Good Friday, Easter, the King's birthday, Liberation Day (2030), Ascension Day, Whitsun, Christmas."""


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + number * DAY for number in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_dutch_holidays(year: int) -> None:
    assert [f"{day:%m-%d}" for day in days_of(year) if public_holiday(day)] == HOLIDAYS[year].split()


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_holidays_that_move(year: int) -> None:
    birthday = date(year, 4, 27)
    if birthday.isoweekday() == 7:
        birthday -= DAY
    assert [day for day in days_of(year) if public_holiday(day) == "Koningsdag"] == [birthday]
    assert (public_holiday(date(year, 5, 5)) == "Bevrijdingsdag") == (year % 5 == 0)


def test_holidays_have_dutch_names() -> None:
    named = {day.isoformat(): public_holiday(day) for day in days_of(2027) if public_holiday(day)}
    assert named["2027-03-26"] == "Goede vrijdag"
    assert named["2027-05-17"] == "Tweede pinksterdag"


# -- what is free ----------------------------------------------------------------------------------------------------


def period(first: str, last: str, name: str = "Sluiting", practices: Iterable[str] = ()) -> FreePeriod:
    return FreePeriod.model_validate({"naam": name, "van": first, "tot": last, "praktijken": list(practices)})


def test_why_a_day_is_free() -> None:
    workdays = Workdays([period("2027-02-22", "2027-02-26", "Voorjaarsvakantie")])
    said = {
        day: workdays.reason_free(date.fromisoformat(f"2027-{day}"))
        for day in ("02-19", "02-22", "02-26", "02-27", "02-28", "03-01", "03-26")
    }
    assert said == {
        "02-19": None,
        "02-22": "Voorjaarsvakantie",
        "02-26": "Voorjaarsvakantie",
        "02-27": "zaterdag",
        "02-28": "zondag",
        "03-01": None,
        "03-26": "Goede vrijdag",
    }


def test_a_day_on_which_a_role_does_not_work_is_not_free() -> None:
    mondays = Workdays([], [Weekday.MONDAY])
    tuesday = date(2027, 2, 2)
    assert (mondays.works_on(tuesday), mondays.reason_free(tuesday)) == (False, None)
    assert mondays.first_from(tuesday) == date(2027, 2, 8)


def test_closed_weeks_of_a_practice_are_its_own() -> None:
    closed = {"naam": "Verbouwing", "van": "2027-02-01", "tot": "2027-02-05", "praktijken": ["noord"]}
    planning = Planning.model_validate({"start": "2027-01-04", "gesloten": [closed], "werkdagen": {"poh": ["dinsdag"]}})
    calendars = Calendars(planning)
    monday = date(2027, 2, 1)
    assert {unit: calendars.of(unit, "huisarts").works_on(monday) for unit in ("noord", "zuid", None)} == {
        "noord": False,
        "zuid": True,
        None: True,
    }
    assert calendars.of("noord", "poh").first_from(monday) == date(2027, 2, 9)
    assert calendars.of("zuid", "poh").first_from(monday) == date(2027, 2, 2)


def test_a_role_that_only_works_on_days_that_are_free() -> None:
    every_friday = [
        period(day.isoformat(), day.isoformat()) for year in range(2027, 2031) for day in days_of(year) if day.isoweekday() == 5
    ]
    fridays = Workdays(every_friday, [Weekday.FRIDAY])
    with pytest.raises(NoWorkingDayError) as raised:
        fridays.end(date(2027, 1, 4), 1)
    assert raised.value.day == date(2027, 1, 4)
    assert Workdays(every_friday).end(date(2027, 1, 4), 5) == date(2027, 1, 11)


# -- there and back --------------------------------------------------------------------------------------------------

DATES = st.dates(date(2026, 1, 1), date(2030, 12, 31)) | st.sampled_from([date(2028, 2, 29), date(2028, 2, 28), date(2027, 12, 31)])


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Workdays, Workdays]:
    """The working days of everybody, and of a role that does not work every day."""
    starts = draw(st.lists(st.tuples(DATES, st.integers(0, 40)), max_size=6))
    free = [period(first.isoformat(), (first + length * DAY).isoformat()) for first, length in starts]
    return Workdays(free), Workdays(free, sorted(draw(st.sets(st.sampled_from(Weekday), min_size=1))))


@settings(max_examples=tries(150), deadline=None, derandomize=True)
@given(calendars(), DATES, st.integers(1, 30))
def test_end_and_start_are_each_others_inverse(both: tuple[Workdays, Workdays], day: date, count: int) -> None:
    workdays = both[1]
    first = workdays.first_from(day)
    last = workdays.end(day, count)
    assert day <= first <= last
    assert not workdays.days(day, first - DAY)
    assert workdays.works_on(first)
    assert workdays.works_on(last)
    assert len(workdays.days(day, last)) == count
    assert workdays.start(last, count) == first
    assert workdays.end(workdays.start(day, count), count) == workdays.last_before(day) <= day


@settings(max_examples=tries(60), deadline=None, derandomize=True)
@given(calendars(), DATES, st.integers(0, 60))
def test_working_days_are_the_days_without_a_reason(both: tuple[Workdays, Workdays], first: date, length: int) -> None:
    everybody, role = both
    whole = [first + number * DAY for number in range(length + 1)]
    assert everybody.days(first, whole[-1]) == [day for day in whole if everybody.reason_free(day) is None]
    assert role.days(first, whole[-1]) == [day for day in whole if role.works_on(day)]
    assert all(everybody.works_on(day) for day in whole if role.works_on(day))
