"""What an answer that was typed comes to, for the question that was put."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kbrollout.errors import ContentError
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.newsite import questions as ask
from kbrollout.newsite.draft import same
from kbrollout.newsite.questions import Choice, Kind, Question, named
from kbrollout.yamlfile import without_hidden

NOTHING = "-"
"""The answer that passes over a question, also where Enter would take a proposal."""
SEPARATOR = "\n"
"""Stands between several choices in one answer: the one thing that no name has in it."""

YES, NO = "ja", "nee"


@dataclass(frozen=True)
class Step:
    """One question as it is asked now.

    `default` is what Enter gives, if anything; the question's own default is what passing over it means.
    `taken` are names that may not be given again; `new` says that a name that is no choice may be given.
    """

    key: str
    question: Question
    text: str
    default: str | None
    choices: tuple[Choice, ...] = ()
    taken: tuple[str, ...] = ()
    new: bool = False
    passing: str = "overslaan"
    """What Enter comes to when nothing is proposed, in a word."""


def accept(step: Step, given: str) -> str:
    """The answer as it is kept. Raises ContentError when it does not fit the question."""
    text = without_hidden(given).strip()
    if text == NOTHING:
        text = step.question.default or ""
    elif not text:
        text = step.default or ""
    if not text and step.question.default is None:
        raise ContentError([problem("antwoord-nodig", _HERE, vraag=step.text)])
    if not text:
        return ""
    if step.question.kind is Kind.YES_NO:
        return _yes_or_no(text)
    if step.question.kind is Kind.SEVERAL:
        return SEPARATOR.join(_several(step, text))
    if step.choices:
        return _one(step, text).value
    if same(text) in map(same, step.taken):
        raise ContentError([problem("naam-dubbel", _HERE, naam=text, eerste="uw antwoorden")])
    ask.check(step.question, text)
    return text


_HERE = ("", 0, 0, "")


def _yes_or_no(text: str) -> str:
    answer = {"j": YES, "n": NO}.get(text.lower(), text.lower())
    if answer not in (YES, NO):
        raise ContentError([problem("geen-ja-nee", _HERE, gegeven=text)])
    return answer


def _one(step: Step, text: str) -> Choice:
    found = _choice(step, text)
    if found is None:
        words = [choice.label for choice in step.choices]
        raise ContentError([problem("niet-toegestaan", _HERE, gegeven=text, bedoelt=did_you_mean(text, words), mogelijk=listing(words))])
    return found


def _choice(step: Step, text: str) -> Choice | None:
    if text.isdecimal() and 0 < int(text[:6]) <= len(step.choices):
        return step.choices[int(text) - 1]
    return next((choice for choice in step.choices if same(text) in (same(choice.value), same(choice.label))), None)


def _several(step: Step, text: str) -> list[str]:
    """The values of all that is named: by number (`1, 3` or `1 3`), or by name with semicolons or commas between."""
    whole = _choice(step, text)
    if whole is not None:
        return [whole.value]
    if re.fullmatch(r"[\d\s,;]+", text):
        parts = re.findall(r"\d+", text)
    elif SEPARATOR in text:
        parts = text.split(SEPARATOR)
    else:
        # A name may have a comma in it, so a new one is only taken apart at semicolons.
        parts = [part for part in re.split(r"\s*;\s*" if step.new else r"\s*[;,]\s*", text) if part]
    values: list[str] = []
    for part in parts:
        found = _choice(step, part)
        if found is None and step.new and not part.isdecimal():
            ask.check(named(ask.PARTNERS, "naam"), part)
        values.append(found.value if found else part if step.new and not part.isdecimal() else _one(step, part).value)
    return list(dict.fromkeys(values))
