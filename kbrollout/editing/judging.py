"""Judges what is typed at once, as the check of the site would later: then nobody loses a whole row of answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kbrollout.agreementfile import unknown_names
from kbrollout.editing.search import remark
from kbrollout.errors import ContentError
from kbrollout.grammar import number
from kbrollout.messages import problem
from kbrollout.model.catalogue import Value
from kbrollout.model.framework import ValueKind
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.newsite.questions import Kind, Question
from kbrollout.ownagreements import for_texts

Judge = Callable[[str], str]
"""What a typed text comes to. Raises ContentError when it cannot be."""

_HERE = ("", 0, 0, "")
_DAYS = re.compile(r"(\S+)(?: werkdag(?:en)?)?", re.IGNORECASE)
_NUMBERS = {number(count): str(count) for count in range(21)} | {"een": "1"}
_ARTICLE = re.compile(r"(^|[,;]\s*)(?:de|het) ", re.IGNORECASE)
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def text_judge(neighbourhood: Neighbourhood, values: list[str]) -> Judge:
    """For a text that may use `{names}` and `[[references]]`; `values` are those of the agreement itself."""
    catalogue = neighbourhood.catalogue
    known = for_texts({"afspraak": list(catalogue.agreements)}, catalogue)

    def judge(text: str) -> str:
        if not re.search(r"[^\W\d_]{2}", text):
            raise remark(f"“{text}” is geen zin.", "Typ de tekst voluit, of ga met terug naar de vorige vraag.")
        found = [problem(code, _HERE, **words) for code, _, words in unknown_names(text, known, values)]
        if found:
            raise ContentError(found)
        return text

    return judge


def value_judge(value: Value) -> Judge:
    """For what stands on a blank. A full stop at the end goes: the sentence around it has its own."""

    def judge(text: str) -> str:
        if "{" in text or "}" in text:
            raise ContentError([problem("waarde-met-accolades", _HERE, gegeven=text)])
        if value.kind is not ValueKind.WORKING_DAYS:
            return text.rstrip(".")
        days = _DAYS.fullmatch(text)
        count = _NUMBERS.get(days[1].lower(), days[1]) if days else ""
        if not re.fullmatch(r"[0-9]{1,4}", count):
            raise remark(f"“{text}” is geen aantal werkdagen.", "Typ een getal, bijvoorbeeld 3.")
        return str(int(count))

    return judge


def outside(value: Value, given: str) -> bool:
    """Whether a value that was judged lies outside its limits."""
    if value.kind is not ValueKind.WORKING_DAYS or not given:
        return False
    return (value.least is not None and int(given) < value.least) or (value.most is not None and int(given) > value.most)


def limits(value: Value) -> str:
    """`minstens 1 en hoogstens 5 werkdagen`, or nothing."""
    parts = [f"minstens {value.least}" if value.least is not None else "", f"hoogstens {value.most}" if value.most is not None else ""]
    told = " en ".join(filter(None, parts))
    return f"{told} werkdagen" if told else ""


def day_judge(today: date) -> Judge:
    """For the day of a decision, which cannot be a day to come."""

    def judge(text: str) -> str:
        if date.fromisoformat(text) > today:
            raise ContentError([problem("besluit-in-toekomst", _HERE, gegeven=text)])
        return text

    return judge


def tidy(question: Question, given: str) -> str:
    """What was typed, as the question wants it: spaces of a text, the form of a date, no articles before names in a row."""
    text = given.strip()
    if question.kind is Kind.SEVERAL:
        return _ARTICLE.sub(r"\1", text)
    if question.kind is Kind.TEXT:
        text = " ".join(text.split())
    dutch = _DUTCH_DATE.fullmatch(text) if question.field == "on" else None
    return f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}" if dutch else text
