"""The list of documents of a pack: one place that says what exists, in which formats, from which template."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from kbrollout.documents import afsprakenstelsel
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.templating import sources_of, style

RENDERING = 1
"""Raise when a change in the code of `render/` changes what comes out, so that packs are made anew."""

KINDS: dict[str, tuple[str, ...]] = {"afsprakenstelsel": ("html", "pdf")}
"""The documents that exist, with their formats, in the order of the pack."""

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class PlannedDocument:
    """A document before it is rendered. `data` is plain (JSON) data for the template; `key` is its content key."""

    id: str
    title: str
    template: str
    formats: tuple[str, ...]
    data: dict[str, Any]
    key: str

    def path(self, file_format: str) -> str:
        return f"{self.id}.{file_format}"

    @property
    def code(self) -> str:
        """The key as people read it: twice four characters."""
        return f"{self.key[:4]}-{self.key[4:8]}".upper()


def plan_documents(neighbourhood: Neighbourhood) -> tuple[PlannedDocument, ...]:
    """Every document of the neighbourhood's pack apart from the index page."""
    title, data = afsprakenstelsel.view(neighbourhood)
    return (planned("afsprakenstelsel", title, "afsprakenstelsel.html", KINDS["afsprakenstelsel"], data),)


def planned(document: str, title: str, template: str, formats: tuple[str, ...], data: dict[str, Any]) -> PlannedDocument:
    """A document with its content key: the hash of template, style and data, without any date."""
    content = json.dumps([RENDERING, sources_of(template), style().decode(), title, data], ensure_ascii=False, sort_keys=True)
    return PlannedDocument(document, title, template, formats, data, hashlib.sha256(content.encode()).hexdigest())
