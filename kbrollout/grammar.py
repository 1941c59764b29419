"""Small Dutch formatters: noun phrases, lists, numbers and dates as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
_SMALL_NUMBERS = (
    *("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"),
)


def capitalised(text: str) -> str:
    """The text with a capital at the start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with a small letter at the start, unless it starts with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def series(words: Sequence[str]) -> str:
    """`a`, `a en b`, `a, b en c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}" if words else ""


def number(count: int) -> str:
    """A count as running text wants it: words up to twenty, then digits with dots."""
    return _SMALL_NUMBERS[count] if 0 <= count < len(_SMALL_NUMBERS) else digits(count)


def digits(count: int) -> str:
    """`34000` as `34.000`."""
    return f"{count:,}".replace(",", ".")


def counted(count: int, singular: str, plural: str) -> str:
    """`één afspraak`, `twee afspraken`."""
    return f"{number(count)} {singular if count == 1 else plural}"


def working_days(count: int) -> str:
    """A term as a whole phrase: `één werkdag`, `drie werkdagen`."""
    return counted(count, "werkdag", "werkdagen")


def long_date(day: date) -> str:
    """`22 november 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
