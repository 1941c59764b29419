"""The guard that keeps patient data out of free text: BSN, telephone numbers, e-mail addresses and dates of birth.

One guard for every door of the tracker (web form, spreadsheet, command line). It looks at a text and says what may not be in it;
it stores, logs and changes nothing. Fields with a form of their own (AGB, KvK, IBAN, postcode, contacts of a profile) are no free text
and do not come here, yet such numbers may be named in a note, so they pass here as well.

It is made for people who forget, not for people who hide: digits of any script, invisible characters, line breaks and other separators are
seen through; numbers in words and names of persons are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


class Kind(StrEnum):
    """What may not stand in free text, in the words that users see."""

    BSN = "BSN"
    PHONE = "telefoonnummer"
    MAIL = "e-mailadres"
    BIRTH = "geboortedatum"


@dataclass(frozen=True)
class Finding:
    """One thing that may not stand in a text.

    `start` and `end` are places in the text as it was given, counted from 0, `end` not included. `shown` is a short piece of the text
    around it without any digit or address. It may hold other words of the writer: show it to the writer, never log or store it.
    `what` and `fix` are Dutch sentences.
    """

    kind: Kind
    start: int
    end: int
    shown: str
    what: str
    fix: str


Span = tuple[int, int]

_SENTENCES = {
    Kind.BSN: (
        "Dit lijkt een burgerservicenummer (BSN).",
        "Haal het nummer weg. Is het iets anders? Kies dan ‘dit is geen BSN’ en geef de reden.",
    ),
    Kind.PHONE: (
        "Dit lijkt een telefoonnummer.",
        "Haal het nummer weg en schrijf de functie op. Het nummer van een balie hoort in contacten.yaml.",
    ),
    Kind.MAIL: (
        "Dit is een e-mailadres.",
        "Schrijf de functie op, of zet een functioneel adres in contacten.yaml.",
    ),
    Kind.BIRTH: (
        "Dit lijkt een geboortedatum.",
        "Haal de datum weg. Is het een andere datum? Schrijf dan alleen het jaar.",
    ),
}


def findings(text: str, *, no_bsn: bool = False) -> tuple[Finding, ...]:
    """Everything in the text that may not be there, from front to back; empty when the text may be kept.

    `no_bsn`: the writer said that the number is no BSN, and the caller keeps the reason. All else is still refused.
    """
    plain, origin = _normalised(text)
    numbers = _without_harmless_numbers(plain)
    phones = _apart(_phones(numbers))
    # The end of +31 … may pass the eleven-test; it stays a telephone number, whatever is said of BSNs.
    bsns = [] if no_bsn else [each for each in _apart(_bsns(plain, numbers)) if not any(_overlap(each, phone) for phone in phones)]
    places = {Kind.BSN: bsns, Kind.PHONE: phones, Kind.MAIL: _apart(_addresses(plain)), Kind.BIRTH: _apart(_births(plain))}
    found = sorted((origin[start], origin[end - 1] + 1, kind) for kind, spans in places.items() for start, end in spans)
    hidden = {place for start, end, kind in found if kind is Kind.MAIL for place in range(start, end)}
    return tuple(Finding(kind, start, end, _excerpt(text, start, end, hidden), *_SENTENCES[kind]) for start, end, kind in found)


def _normalised(text: str) -> tuple[str, list[int]]:
    """The text in plain small letters, and for each of its characters the place in the given text where it comes from."""
    read = [(each, place) for place, character in enumerate(text) for each in _plain(character)]
    return "".join(each for each, _ in read), [place for _, place in read]


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What one character says: `４`, `٤` and `④` are `4`, every dash is `-`, and what takes no room is nothing."""
    read = ""
    for each in unicodedata.normalize("NFKD", character):
        digit = unicodedata.digit(each, None)
        category = unicodedata.category(each)
        if digit is not None:
            read += str(digit)
        elif category == "Pd" or each == "\u2212":
            read += "-"
        # Format characters, accents and the signs that are letters by name but empty on screen.
        elif category not in {"Cf", "Mn", "Me"} and each not in "\u115f\u1160\u2800":
            read += each.lower()
    return read


def _excerpt(text: str, start: int, end: int, hidden: set[int]) -> str:
    """Some text around a finding. Every digit is masked, since the next finding may stand close by; so is every address."""
    first, last = max(0, start - 15), min(len(text), end + 15, start + 75)
    words = " ".join("".join(_masked(text[place], place in hidden) for place in range(first, last)).split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"


def _masked(character: str, hidden: bool) -> str:
    if (hidden and character != "@") or any(each.isdigit() for each in _plain(character)):
        return "•"
    if character.isspace():
        return " "
    # Control and direction characters would change how the message itself is read.
    return "" if unicodedata.category(character).startswith("C") else character


_HARMLESS = [
    re.compile(pattern)
    for pattern in (
        # IBAN; by its form, since a mistyped one is no BSN either.
        r"(?<![a-z])nl\d\d\s?[a-z]{4}(?:\s?\d){10}(?!\d)",
        # AGB and KvK when they are named. Without a name they have eight digits, which are looked at beside the word BSN alone.
        r"(?:agb|kvk|k\.v\.k\.)(?:[- ]?(?:codes?|nummers?|nr))?[\W_]{0,3}\d\d[ .-]?\d{6}(?!\d)",
        # Dates, with the same sign twice. What goes on with that sign is no date but a number in groups.
        r"(?<!\d)(?<!\d[-./])(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?![-./]?\d)",
        r"(?<!\d)(?<!\d[-./])(?:19|20)\d\d([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?![-./]?\d)",
        # From year to year.
        r"(?<!\d)(?<!\d[-./])(?:19|20)\d\d\s?[-/]\s?(?:19|20)\d\d(?![-./]?\d)",
        # Times.
        r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])",
        r"(?<![\d.])\d{1,2}[.:]\d\d\s?(?:-\s?\d{1,2}[.:]\d\d\s?)?u(?:ur)?(?![a-z])",
        # Amounts: with cents, or with the sign in front and below a hundred million.
        r"(?<![\d.])\d{1,3}(?:\.\d{3})+,(?:\d\d(?!\d)|-)",
        r"(?:€|(?<![a-z])eur)\s?(?:\d{1,2}\.\d{3}\.\d{3}|\d{1,3}\.\d{3}|\d{1,6})(?![.\d]\d|\d)",
    )
]

_BETWEEN = re.compile(r"\s*(?:(?:_|[^\w\s€%])\s*){0,3}")
"""What may stand between the digits of one BSN: spaces, line breaks and up to three signs."""

_BETWEEN_IN_PHONE = re.compile(r"[\s./()-]*")
_DUTCH = re.compile(r"0[1-9]\d{8}|00310?[1-9]\d{8}")
_AFTER_PLUS = re.compile(r"310?[1-9]\d{8}|(?!31)[1-9]\d{8,13}")
_BSN_WORD = re.compile(r"b\.?s\.?n|(?<![a-z])sofi(?![ae])|burger[\s-]?service")


def _without_harmless_numbers(plain: str) -> str:
    """The text with a letter for each character of a number that is clearly something else, so that it joins no other number."""
    for pattern in _HARMLESS:
        plain = pattern.sub(lambda match: "x" * len(match[0]), plain)
    return plain


def _numbers(text: str, between: re.Pattern[str], longest: int) -> Iterator[tuple[int, int, str]]:
    """Place and digits of every number: one unbroken row of digits, or several in a row of up to `longest` digits in all.

    A number starts and ends where a row does. A longer unbroken row is therefore not cut up: it is the number of an order, an article or
    an account, and in twelve arbitrary digits one in three would hold a BSN by chance.
    """
    rows = [match.span() for match in re.finditer(r"\d+", text)]
    joined = [bool(between.fullmatch(text, one[1], other[0])) for one, other in pairwise(rows)]
    for number, (start, stop) in enumerate(rows):
        digits = text[start:stop]
        yield start, stop, digits
        for following in range(number + 1, len(rows)):
            after, end = rows[following]
            digits += text[after:end]
            if len(digits) > longest or not joined[following - 1]:
                break
            yield start, end, digits


def _bsns(plain: str, numbers: str) -> Iterator[Span]:
    """Nine digits that pass the eleven-test. Beside the word BSN also eight digits, a slip of the pen, or part of a longer row."""
    for start, end, digits in _numbers(numbers, _BETWEEN, 9):
        if len(digits) == 9 and _passes_eleven_test(digits):
            yield start, end
        elif len(digits) >= 8 and _BSN_WORD.search(plain, max(0, start - 30), end + 20):
            unbroken = end - start == len(digits)
            if len(digits) <= 9:
                # A mistyped BSN is still somebody's; a year and a page number that happen to have eight digits together are not.
                if unbroken or _passes_eleven_test(digits.zfill(9)):
                    yield start, end
            elif any(_passes_eleven_test(digits[first : first + 9]) for first in range(len(digits) - 8)):
                yield start, end


def _passes_eleven_test(digits: str) -> bool:
    """Whether nine digits form a possible BSN: weights 9 to 2 and then -1, the sum a multiple of eleven; nine zeros are none."""
    total = sum(weight * int(digit) for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return total % 11 == 0 and digits != "000000000"


def _phones(numbers: str) -> Iterator[Span]:
    """Dutch numbers of ten digits, and any number with its country. Short service numbers (112, 0800-…) are nobody's, and pass."""
    for start, end, digits in _numbers(numbers, _BETWEEN_IN_PHONE, 14):
        if digits.startswith("0"):
            # A land line starts with its area code unbroken, so 01.02.03.04.05 is none; the rest is also written digit by digit.
            if _DUTCH.fullmatch(digits) and (digits.startswith(("06", "00")) or numbers[start : start + 3].isdigit()):
                yield start, end
        elif numbers[max(0, start - 2) : start].rstrip().endswith("+") and _AFTER_PLUS.fullmatch(digits):
            yield start, end


_AT = re.compile(r"\s?(?:@|[(\[{]\s?at\s?[)\]}])\s?")
_DOMAIN = re.compile(r"[\w.-]+")


def _addresses(plain: str) -> Iterator[Span]:
    """Every e-mail address. Whether it is a person's or a desk's cannot be seen with certainty, so none may stand in free text."""
    for at in _AT.finditer(plain):
        start = at.start()
        while start and (plain[start - 1].isalnum() or plain[start - 1] in "._%+-'"):
            start -= 1
        domain = _DOMAIN.match(plain, at.end())
        if domain and re.search(r"\w", plain[start : at.start()]) and re.search(r"[\w-]\.[^\W\d_]{2}", domain[0]):
            yield start, at.end() + len(domain[0].rstrip(".-"))


_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mrt|maart|apr(?:il)?|mei|ju[nl]i?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|(?:nov|dec)(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DAY_AND_MONTH = rf"(?:{_DAY}[\W_]{{1,3}}(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[\W_]{{1,3}}{_DAY})"
_YEAR = r"(?:19|20)\d\d"

_BIRTH_WORD = re.compile(r"(?<![a-z])(?:geb(?:oren|oorte(?:dat[a-z]*|dag)|\.?\s?dat[a-z]*)?|datum\s(?:van\s)?geboorte|dob)(?![a-z])")
_ANY_DATE = re.compile(
    rf"(?<!\d)(?=({_DAY_AND_MONTH}[\W_]{{1,3}}(?:{_YEAR}|\d\d)(?!\d)"
    rf"|{_YEAR}[\W_]{{1,3}}{_DAY_AND_MONTH}(?!\d)"
    rf"|(?:{_DAY}e?[\W_]{{0,3}})?{_MONTH}[\W_]{{0,3}}(?:{_YEAR}|\d\d)(?!\d)"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d(?!\d)"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)))"
)
_MONTH_BETWEEN = r"(?P<{0}>\s?[-./]\s?|\s)(?:0?[1-9]|1[0-2])(?P={0})"
_DATE_BEFORE_2000 = re.compile(
    rf"(?<!\d)(?=({_DAY}{_MONTH_BETWEEN.format('sign')}19\d\d(?!\d)"
    rf"|19\d\d{_MONTH_BETWEEN.format('mark')}{_DAY}(?!\d)"
    rf"|{_DAY}e?[\W_]{{0,3}}{_MONTH}[\W_]{{0,3}}19\d\d(?!\d)))"
)


def _births(plain: str) -> Iterator[Span]:
    """A date beside a word for birth; and any full date before 2000.

    Notes are full of dates, of the planning and of what was done, so a date by itself passes. But nothing that this progress is about
    happened on a day before 2000: such a day is most likely somebody's birthday, and whoever means something else needs the year alone.
    """
    for date in _ANY_DATE.finditer(plain):
        if _BIRTH_WORD.search(plain, max(0, date.start() - 30), date.end(1) + 20):
            yield date.span(1)
    yield from (date.span(1) for date in _DATE_BEFORE_2000.finditer(plain))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans from front to back; of those that overlap the first, and the longest of those that start together."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each[0], -each[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
