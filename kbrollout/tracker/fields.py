"""What people fill in, per kind of line, and what may stand there. Plain text in and out; a day is written 2027-03-12."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from kbrollout.errors import ContentError, Problem
from kbrollout.model.progress import Done, PointStand, Stand
from kbrollout.patientdata import findings
from kbrollout.tracker.messages import problem

Values = Mapping[str, str]
"""Per field what stands in it; nothing is the empty text."""


class Kind(StrEnum):
    """The kinds of line that a site keeps its progress on."""

    REQUIREMENT = "eis"
    TASK = "taak"
    POINT = "punt"


STANDS: dict[Kind, tuple[str, ...]] = {
    Kind.REQUIREMENT: tuple(each.value for each in Stand),
    Kind.TASK: tuple(each.value for each in Done),
    Kind.POINT: tuple(each.value for each in PointStand),
}
"""The stands that a line can have; the first one is where it begins."""

FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.REQUIREMENT: ("stand", "missing", "owner", "date", "evidence", "evidence_until", "note"),
    Kind.TASK: ("stand", "date"),
    Kind.POINT: ("stand", "note"),
}
"""What people fill in, in the order in which it is asked."""

NAMES = {
    "stand": "Stand",
    "missing": "Wat ontbreekt nog, of waarom niet van toepassing",
    "owner": "Eigenaar (functie)",
    "date": "Datum",
    "evidence": "Bewijs of vindplaats",
    "evidence_until": "Bewijs geldig tot en met",
    "note": "Toelichting",
    "review": "Controle",
    "review_note": "Bij de controle",
}
"""What a field is called on screens and in messages."""

DAYS = frozenset({"date", "evidence_until"})
LONGEST = {
    "missing": 1000,
    "owner": 120,
    "evidence": 500,
    "note": 1000,
    "review_note": 1000,
    "not_bsn": 500,
    # snapshots and measures
    "label": 120,
    "reason": 500,
    "source": 200,
    # people
    "name": 120,
}
"""In characters. A stand and a day have a form of their own."""

SHORTEST_REASON = 10
"""A reason for “Niet van toepassing” has at least so many characters: one word tells the next reader nothing."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def empty(kind: Kind) -> dict[str, str]:
    """What stands in a line that nobody has filled in."""
    return {name: STANDS[kind][0] if name == "stand" else "" for name in FIELDS[kind]}


def cleaned(kind: Kind, given: Values, *, no_bsn: bool = False) -> dict[str, str]:
    """The given fields as they are kept. Raises ContentError with a problem per field that cannot stand there.

    `no_bsn` is that the user said that a number is no BSN.
    """
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        if name not in FIELDS[kind]:
            problems.append(problem("veld-onbekend", name, veld=name))
            continue
        try:
            values[name] = _clean(kind, name, text, no_bsn)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return values


def check_whole(kind: Kind, values: Values) -> None:
    """Whether the fields of a line go together. Raises ContentError when they do not."""
    if kind is Kind.REQUIREMENT and values["stand"] == Stand.NOT_APPLICABLE and len(values["missing"]) < SHORTEST_REASON:
        raise ContentError([problem("reden-ontbreekt", "missing", minstens=SHORTEST_REASON)])


def check_text(name: str, text: str, *, no_bsn: bool = False) -> str:
    """A free text as it is kept: trimmed, without signs that nobody sees. Raises ContentError for patient data, or one too long."""
    kept = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    problems = list(_text_problems(name, kept, no_bsn))
    if problems:
        raise ContentError(problems)
    return kept


def _text_problems(name: str, text: str, no_bsn: bool) -> Iterator[Problem]:
    if len(text) > LONGEST[name]:
        yield problem("tekst-te-lang", name, lengte=len(text), hoogstens=LONGEST[name])
    for found in findings(text, no_bsn=no_bsn):
        yield problem("lijkt-op-patientgegeven", name, wat=found.what, hoe=found.fix, plek=found.shown)


def _clean(kind: Kind, name: str, text: str, no_bsn: bool) -> str:
    if name == "stand":
        if text not in STANDS[kind]:
            raise ContentError([problem("stand-onbekend", name, gegeven=text[:60], mogelijk=", ".join(STANDS[kind]))])
        return text
    return day(name, text.strip()) if name in DAYS else check_text(name, text, no_bsn=no_bsn)


def day(name: str, text: str) -> str:
    """A day as it is kept, from 12-3-2027 or 2027-03-12. Raises ContentError."""
    if not text:
        return ""
    parts = _ISO.fullmatch(text) or _DUTCH.fullmatch(text)
    if parts is None:
        raise ContentError([problem("geen-dag", name, gegeven=text[:30])])
    year, month, number = parts.groups() if len(parts[1]) == 4 else parts.groups()[::-1]
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        raise ContentError([problem("dag-bestaat-niet", name, gegeven=text[:30])]) from None
    if not 2000 <= found.year <= 2099:
        raise ContentError([problem("dag-te-ver", name, gegeven=text[:30])])
    return found.isoformat()
