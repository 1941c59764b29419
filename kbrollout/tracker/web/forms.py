"""The form of a line: what is asked, what somebody typed, and what collided with somebody else's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import BadRequest
from django.http import QueryDict

from kbrollout.errors import Problem
from kbrollout.patientdata import Kind as Found
from kbrollout.patientdata import findings
from kbrollout.tracker.fields import DAYS, FIELDS, NAMES, STANDS, Kind, cleaned
from kbrollout.tracker.merge import merge
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Event, Item
from kbrollout.tracker.services import Clash, values_at
from kbrollout.tracker.web.common import by_field
from kbrollout.tracker.web.wording import HINTS, QUESTIONS, dutch_day, meaning, stand_words

MINE, THEIRS = "mijn", "ander"


@dataclass(frozen=True)
class Entry:
    """What came in by the form. `mine` is what was typed in fields that collided, `chosen` what the person made of that."""

    version: int
    given: dict[str, str]
    mine: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    not_bsn: str | None = None

    @property
    def unchosen(self) -> list[str]:
        """The collisions that nobody decided yet."""
        return [name for name in self.mine if self.chosen[name] not in (MINE, THEIRS)]

    @property
    def asks_about_bsn(self) -> bool:
        """Whether something was typed that looks like a BSN, or was said not to be one."""
        return self.not_bsn is not None or any(each.kind is Found.BSN for text in self.given.values() for each in findings(text))


def read_entry(kind: Kind, data: QueryDict) -> Entry:
    """What somebody typed. A field that is not in the form stays as it is."""
    mine = {name: str(data[f"{MINE}-{name}"]) for name in FIELDS[kind] if f"{MINE}-{name}" in data}
    chosen = {name: data.get(f"keuze-{name}", "") for name in mine}
    given = {name: str(data[name]) for name in FIELDS[kind] if name in data and name not in mine}
    given |= {name: text for name, text in mine.items() if chosen[name] == MINE}
    return Entry(read_version(data), given, mine, chosen, data.get("not_bsn", "") if "is_not_bsn" in data else None)


def read_version(data: QueryDict) -> int:
    """The version that somebody looked at. Raises BadRequest when the form is not one of ours."""
    text = data.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BadRequest("version")
    return int(text)


@dataclass(frozen=True)
class Choice:
    """A stand that can be chosen."""

    value: str
    words: str
    meaning: str


@dataclass(frozen=True)
class Collision:
    """Two answers to one field. `mine` goes along in the form; the words are those of the screen."""

    mine: str
    my_words: str
    their_words: str
    chosen: str
    by: Event | None
    """The event with which the other answer came."""


@dataclass(frozen=True)
class Field:
    """One field of the form, with what stands in it."""

    name: str
    label: str
    hint: str
    value: str
    choices: tuple[Choice, ...] = ()
    problem: Problem | None = None
    collision: Collision | None = None

    @property
    def is_day(self) -> bool:
        return self.name in DAYS

    @property
    def is_long(self) -> bool:
        return self.name in ("missing", "evidence", "note")


@dataclass(frozen=True)
class Form:
    """The form as it is shown; `version` is what the person looks at."""

    version: int
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...] = ()
    entry: Entry | None = None

    @property
    def by_field(self) -> dict[str, Problem]:
        return by_field(self.problems)


def fresh(item: Item) -> Form:
    """The form with what stands in the line."""
    return _form(item, item.version, _typed(item.values), {}, (), None)


def refused(item: Item, entry: Entry, problems: Iterable[Problem], events: Sequence[Event]) -> Form:
    """The form with everything as it was typed, and what is wrong with it. `events` are those of the line, newest first."""
    theirs = _typed(values_at(item, entry.version))
    collisions = {name: _collision(name, text, theirs[name], entry.chosen[name], events) for name, text in entry.mine.items()}
    order = [*FIELDS[Kind(item.kind)], "not_bsn"]
    ordered = sorted(problems, key=lambda each: order.index(each.path) if each.path in order else -1)
    return _form(item, entry.version, {**theirs, **entry.given}, collisions, tuple(ordered), entry)


def clashed(clash: Clash, entry: Entry, events: Sequence[Event]) -> Form:
    """The form on top of what somebody else answered meanwhile: what collides is to be chosen, all else that was typed is kept."""
    item = clash.item
    given = cleaned(Kind(item.kind), entry.given, no_bsn=entry.not_bsn is not None)
    kept = merge(values_at(item, entry.version), given, item.values).changes
    mine, theirs = _typed({each.field: each.mine for each in clash.collisions}), _typed(item.values)
    collisions = {name: _collision(name, text, theirs[name], "", events) for name, text in mine.items()}
    return _form(item, item.version, _typed({**item.values, **kept}), collisions, undecided(Kind(item.kind), collisions), entry)


def undecided(kind: Kind, names: Iterable[str]) -> tuple[Problem, ...]:
    """That somebody has to choose between two answers."""
    return tuple(problem("antwoorden-botsen", name, veld=label(kind, name)) for name in names)


def label(kind: Kind, name: str) -> str:
    """What a field is called in the form of a kind of line."""
    return QUESTIONS[kind] if name == "stand" else NAMES[name]


def _form(
    item: Item,
    version: int,
    values: Mapping[str, str],
    collisions: Mapping[str, Collision],
    problems: tuple[Problem, ...],
    entry: Entry | None,
) -> Form:
    kind, wrong = Kind(item.kind), by_field(problems)
    fields = tuple(
        Field(
            name,
            label(kind, name),
            HINTS.get((kind, name), ""),
            values[name],
            _choices(kind) if name == "stand" else (),
            wrong.get(name),
            collisions.get(name),
        )
        for name in FIELDS[kind]
    )
    return Form(version, fields, problems, entry)


def _choices(kind: Kind) -> tuple[Choice, ...]:
    return tuple(Choice(stand, stand_words(stand), meaning(stand) if kind is Kind.REQUIREMENT else "") for stand in STANDS[kind])


def _typed(values: Mapping[str, str]) -> dict[str, str]:
    """Values in the form in which people type them."""
    return {name: dutch_day(text) if name in DAYS else text for name, text in values.items()}


def _collision(name: str, mine: str, theirs: str, chosen: str, events: Sequence[Event]) -> Collision:
    by = next((event for event in events if name in event.before), None)
    my_words, their_words = (stand_words(text) if name == "stand" else text for text in (mine, theirs))
    return Collision(mine, my_words, their_words, chosen, by)
