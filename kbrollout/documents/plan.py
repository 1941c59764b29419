"""The list of documents of a pack: one place that says what exists, in which formats, from which template."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kbrollout import fonts
from kbrollout.documents import (
    afsprakenstelsel,
    agenda,
    anders,
    basisvoorwaarden,
    besluiten,
    besturing,
    checklist,
    financiering,
    handout,
    openpunten,
    overleg,
    plandocument,
    praktijk,
    resultaten,
    rolkaart,
    tekenblad,
    tekiezen,
    training,
    voortgang,
    wieiswie,
)
from kbrollout.documents.parts import Data
from kbrollout.model.handouts import Handout
from kbrollout.model.manifest import code_of
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.slots import REFERENCE, SLOT, name_in
from kbrollout.templating import sources_of, style

RENDERING = 1
"""Raise when a change in the code of `render/` changes what comes out, so that packs are made anew."""

FORMATS = ("html", "pdf", "druk", "groot", "odt", "docx", "xlsx", "ics")
_BOOK = ("html", "pdf", "odt", "docx")
_SHEET = ("html", "pdf")


ENDINGS = {"druk": "druk.pdf", "groot": "groot.pdf"}
"""How a file ends, where that is not its format: imposed to print, and in large print."""


@dataclass(frozen=True)
class Kind:
    """A kind of document: its formats, its template (None: no page), and the heading under which the index page lists it.

    Without a group it is not listed there: the documents that need it lead to it.
    """

    template: str | None
    formats: tuple[str, ...]
    group: str | None


EVERYONE, DECISIONS, ROLE, PRACTICE = "Voor iedereen", "Om te besluiten", "Per rol", "Per praktijk"
PLANNING, CALENDARS = "Om te plannen en bij te houden", "Voor in uw agenda"
TRAINING, HANDOUTS = "Voor trainers", "Handouts"

KINDS: dict[str, Kind] = {
    "afsprakenstelsel": Kind("afsprakenstelsel.html", _BOOK, EVERYONE),
    "wie-is-wie": Kind("wie-is-wie.html", _SHEET, EVERYONE),
    "besturing": Kind("besturing.html", _SHEET, EVERYONE),
    "basisvoorwaarden": Kind("basisvoorwaarden.html", _SHEET, EVERYONE),
    "financiering": Kind("financiering.html", _SHEET, EVERYONE),
    "resultaten": Kind("resultaten.html", _SHEET, EVERYONE),
    "plan": Kind("plan.html", _BOOK, PLANNING),
    "overleg": Kind("overleg.html", _SHEET, PLANNING),
    "checklist": Kind("checklist.html", _SHEET, PLANNING),
    "voortgang": Kind(None, ("xlsx",), PLANNING),
    "bewust-anders": Kind("bewust-anders.html", _SHEET, DECISIONS),
    "te-kiezen": Kind("te-kiezen.html", _SHEET, DECISIONS),
    "besluiten": Kind("besluiten.html", _SHEET, DECISIONS),
    "tekenblad": Kind("tekenblad.html", _SHEET, DECISIONS),
    "open-punten": Kind("open-punten.html", _SHEET, EVERYONE),
    "rolkaart": Kind("rolkaart.html", _SHEET, ROLE),
    "praktijk": Kind("praktijk.html", _SHEET, PRACTICE),
    "drukwerk": Kind("drukwerk.html", _SHEET, TRAINING),
    "training": Kind("training.html", _SHEET, TRAINING),
    "handout": Kind("handout.html", ("html", "pdf", "druk", "groot"), HANDOUTS),
    "agenda": Kind(None, ("ics",), CALENDARS),
    "praktijkagenda": Kind(None, ("ics",), None),
}
"""The kinds of document that exist, in the order of the pack."""


@dataclass(frozen=True)
class PlannedDocument:
    """A document before it is rendered.

    `stem` is its path in the pack without the ending. `data` is plain (JSON) data for the template or, without one, for
    the workbook or the calendar; `key` is its content key.
    """

    id: str
    kind: str
    stem: str
    title: str
    template: str | None
    formats: tuple[str, ...]
    data: dict[str, Any]
    key: str

    def path(self, file_format: str) -> str:
        return f"{self.stem}.{ENDINGS.get(file_format, file_format)}"

    @property
    def root(self) -> str:
        """The way from the document back to the top of the pack."""
        return "../" * self.stem.count("/")

    @property
    def code(self) -> str:
        """The key as people read it."""
        return code_of(self.key)


def plan_documents(neighbourhood: Neighbourhood) -> tuple[PlannedDocument, ...]:
    """Every document of the neighbourhood's pack apart from the index page."""
    pages = (planned(kind, identifier, stem, title, data) for kind, identifier, stem, title, data in _views(neighbourhood))
    return (*pages, *(_handout(neighbourhood, each) for each in neighbourhood.handouts))


def _handout(neighbourhood: Neighbourhood, each: Handout) -> PlannedDocument:
    """A handout, in the forms that it has."""
    title, data = handout.view(neighbourhood, each)
    return with_key("handout", each.id, f"handouts/{each.id}", title, KINDS["handout"].template, handout.formats(each), data)


def _views(neighbourhood: Neighbourhood) -> Iterator[tuple[str, str, str, str, Data]]:
    """Kind, id, path, title and data of every document."""
    yield "afsprakenstelsel", "afsprakenstelsel", "afsprakenstelsel", *afsprakenstelsel.view(neighbourhood)
    yield "wie-is-wie", "wie-is-wie", "wie-is-wie", *wieiswie.view(neighbourhood)
    yield "besturing", "besturing", "besturing", *besturing.view(neighbourhood)
    yield "basisvoorwaarden", "basisvoorwaarden", "basisvoorwaarden", *basisvoorwaarden.view(neighbourhood)
    yield "financiering", "financiering", "financiering", *financiering.view(neighbourhood)
    yield "resultaten", "resultaten", "resultaten", *resultaten.view(neighbourhood)
    if neighbourhood.plan:
        yield "plan", "plan", "plan", *plandocument.view(neighbourhood, neighbourhood.plan)
        for series in overleg.series(neighbourhood):
            yield "overleg", f"overleg-{series.id}", f"overleggen/{series.id}", *overleg.view(neighbourhood, neighbourhood.plan, series)
    for unit in checklist.units(neighbourhood):
        yield "checklist", f"checklist-{unit.id}", f"checklists/{unit.id}", *checklist.view(neighbourhood, unit)
    yield "voortgang", "voortgang", "voortgang", *voortgang.view(neighbourhood)
    yield "bewust-anders", "bewust-anders", "bewust-anders", *anders.view(neighbourhood)
    yield "te-kiezen", "te-kiezen", "te-kiezen", *tekiezen.view(neighbourhood)
    yield "besluiten", "besluiten", "besluiten", *besluiten.view(neighbourhood)
    yield "tekenblad", "tekenblad", "tekenblad", *tekenblad.view(neighbourhood)
    yield "open-punten", "open-punten", "open-punten", *openpunten.view(neighbourhood)
    for role in rolkaart.roles(neighbourhood):
        yield "rolkaart", f"rolkaart-{role}", f"rolkaarten/{role}", *rolkaart.view(neighbourhood, role)
    for practice in neighbourhood.site.profile.practices:
        yield "praktijk", f"praktijk-{practice.id}", f"praktijken/{practice.id}", *praktijk.view(neighbourhood, practice)
    yield "drukwerk", "drukwerk", "drukwerk", *training.index_view(neighbourhood)
    for one in training.trainings(neighbourhood):
        yield "training", f"training-{one.id}", f"trainingen/{one.id}", *training.view(neighbourhood, one)
    if neighbourhood.plan:
        for each in agenda.calendars(neighbourhood, neighbourhood.plan):
            yield each.kind, each.id, each.stem, *agenda.view(neighbourhood, neighbourhood.plan, each)


def planned(kind: str, identifier: str, stem: str, title: str, data: Data) -> PlannedDocument:
    """A document of a known kind with its content key."""
    return with_key(kind, identifier, stem, title, KINDS[kind].template, KINDS[kind].formats, data)


def with_key(
    kind: str, identifier: str, stem: str, title: str, template: str | None, formats: tuple[str, ...], data: Data
) -> PlannedDocument:
    """A document with its content key: the hash of template, style, fonts and the data it uses, without any date."""
    used = _used(data)
    made_with = [RENDERING, *([sources_of(template), style().decode(), fonts.RECIPE] if template else formats)]
    content = json.dumps([*made_with, title, used], ensure_ascii=False, sort_keys=True)
    return PlannedDocument(identifier, kind, stem, title, template, formats, used, hashlib.sha256(content.encode()).hexdigest())


def _used(data: Data) -> Data:
    """The data without the names and the goals of references that no text in it speaks of: they are not its content."""
    rest = json.dumps({key: value for key, value in data.items() if key not in ("names", "targets", "words")}, ensure_ascii=False)
    said = rest.casefold()
    names = {name_in(match[1]) for match in SLOT.finditer(rest)}
    targets = {match[1] for match in REFERENCE.finditer(rest)}
    return {
        **data,
        "names": {name: phrase for name, phrase in data.get("names", {}).items() if name in names},
        "words": {old: new for old, new in data.get("words", {}).items() if old.casefold() in said},
        "targets": {key: target for key, target in data.get("targets", {}).items() if key in targets},
    }
