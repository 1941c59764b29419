"""Calendars that every agenda can read, from plain data. Returns bytes; writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icalendar import Event, Timezone

ZONE = "Europe/Amsterdam"
_MAKER = "-//kbrollout//kbrollout//NL"
_DAY = timedelta(days=1)

_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)
_WINTER_FROM, _SUMMER_FROM = datetime(1970, 10, 25, 3), datetime(1970, 3, 29, 2)
"""The last Sunday of the month, by the clock before the change. The rule is younger; agendas know it from this year on."""

# Without the tab and the new line, which a text may hold. Some readers break lines at the others.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class _Written:
    """A value as it stands in the file."""

    value: str

    def to_ical(self) -> bytes:
        return self.value.encode()


def render_ics(title: str, data: dict[str, Any], stamp: dict[str, Any]) -> bytes:
    """A calendar called `title`.

    `data` holds `marks` (what must be seen at once, such as CONCEPT), `about`, and `events`: each with uid, summary,
    description, categories, place, day, and the clock times starts and ends, both None for a whole day.
    """
    from icalendar import Calendar

    built = date.fromisoformat(stamp["date_iso"])
    calendar = Calendar()
    calendar.add("PRODID", _MAKER)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    _write(calendar, "X-WR-CALNAME", " · ".join([*data["marks"], title]))
    _write(calendar, "X-WR-CALDESC", f"{data['about']}\nVersie van {stamp['date']}, code {stamp['code']}.")
    _write(calendar, "X-WR-TIMEZONE", ZONE)
    calendar.add_component(_timezone())
    for event in data["events"]:
        calendar.add_component(_event(event, built))
    return bytes(calendar.to_ical())


def _event(data: dict[str, Any], built: date) -> Event:
    from icalendar import Event

    event = Event()
    _write(event, "UID", data["uid"])
    _write(event, "SUMMARY", data["summary"])
    _write(event, "DESCRIPTION", data["description"])
    _write(event, "CATEGORIES", *data["categories"])
    if data["place"]:
        _write(event, "LOCATION", data["place"])
    day = date.fromisoformat(data["day"])
    if data["starts"]:
        # Local times with the name of the zone: what the clock on the wall says, whatever the zone's rules become.
        for name, clock in (("DTSTART", data["starts"]), ("DTEND", data["ends"])):
            event.add(name, datetime.combine(day, time.fromisoformat(clock)), parameters={"TZID": ZONE})
    else:
        event.add("DTSTART", day)
        event.add("DTEND", day + _DAY)
    event.add("TRANSP", "OPAQUE" if data["starts"] else "TRANSPARENT")
    # A newer file has a higher number, so that an agenda replaces what it took from an older one.
    event.add("SEQUENCE", built.toordinal())
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        event.add(name, datetime.combine(built, time(), UTC))
    return event


def _timezone() -> Timezone:
    """Summer time as a rule: Outlook does not understand a list of days, and no time zone data of this machine is needed."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("TZID", ZONE)
    for part, name, start, before, after in (
        (TimezoneDaylight(), "CEST", _SUMMER_FROM, _WINTER, _SUMMER),
        (TimezoneStandard(), "CET", _WINTER_FROM, _SUMMER, _WINTER),
    ):
        part.add("DTSTART", start)
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": start.month, "BYDAY": "-1SU"})
        part.add("TZNAME", name)
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        zone.add_component(part)
    return zone


def _write(component: Any, name: str, *texts: str) -> None:
    """Add a property of one or more texts. The library's own escaping makes a new line of the \\N in `S:\\Nieuw`."""
    component.add(name, _Written(",".join(map(_escaped, texts))), encode=False)


def _escaped(text: str) -> str:
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return text.replace("\n", "\\n")
