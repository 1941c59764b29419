"""`manifest.json`: what is in a pack. The contract with everything that comes after the pack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import DECIDED, Neighbourhood, State
from kbrollout.model.tailoring import Decision
from kbrollout.slots import fill, plain, renamed

NAME = "manifest.json"
PACK = "pakket"
"""The kind of folder that a manifest without a kind describes."""

FORMAT = 1
"""Version of the format. Raise it when a reader of the old format would go wrong."""


class Entry(BaseModel):
    """Base of everything in a manifest."""

    model_config = ConfigDict(frozen=True)


class FileEntry(Entry):
    """One file of the pack. `date` is that of the build that last changed its key."""

    path: str
    document: str
    format: str
    title: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    key: str = Field(pattern="^[0-9a-f]{64}$")
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class SiteEntry(Entry):
    id: str
    name: str
    municipality: str
    code: str
    example: bool = False
    """True when practices, functions and decisions are made up."""


class ReferenceEntry(Entry):
    name: str
    version: str


class AdoptedEntry(Entry):
    """The decision that took over a release as a whole."""

    version: str
    on: str
    by: str


class AgreementEntry(Entry):
    """One agreement with its state here. `text` is the sentence as it stands in the documents, names filled in."""

    id: str
    title: str
    state: State
    reason: str
    text: str
    fingerprint: str
    theme: str
    does: tuple[str, ...]
    knows: tuple[str, ...]
    own: bool = False


class DecisionEntry(Entry):
    """A decision about one agreement, or about the whole reference when `agreement` is None. `practice` is set when it is one's own."""

    agreement: str | None
    practice: str | None
    what: Literal["vastgesteld", "overgenomen", "aangepast", "weggelaten", "eigen afspraak"]
    on: str
    by: str
    reason: str | None


class RoleEntry(Entry):
    id: str
    name: str
    filled_by: tuple[str, ...]


class UnitEntry(Entry):
    """A practice, or the neighbourhood as a whole."""

    id: str
    name: str
    kind: str = Field(pattern="^(praktijk|wijk)$")


class ThemeEntry(Entry):
    id: str
    name: str


class OpenPointEntry(Entry):
    id: str
    what: str
    why: str
    owner: str
    due: str | None
    units: tuple[str, ...]


class Manifest(Entry):
    """The whole manifest."""

    format: int
    site: SiteEntry
    reference: ReferenceEntry
    concept: bool
    adopted: AdoptedEntry | None
    files: tuple[FileEntry, ...]
    agreements: tuple[AgreementEntry, ...]
    roles: tuple[RoleEntry, ...]
    units: tuple[UnitEntry, ...]
    themes: tuple[ThemeEntry, ...]
    decisions: tuple[DecisionEntry, ...] = ()
    open_points: tuple[OpenPointEntry, ...]


def make_manifest(neighbourhood: Neighbourhood, files: tuple[FileEntry, ...]) -> Manifest:
    """The manifest of a pack that holds `files`."""
    place, adopted = neighbourhood.site.profile.place, neighbourhood.site.profile.adopted
    index = neighbourhood.catalogue.index
    return Manifest(
        format=FORMAT,
        site=SiteEntry(id=place.id, name=place.name, municipality=place.municipality, code=place.code, example=place.example),
        reference=ReferenceEntry(name=index.name, version=index.version),
        concept=neighbourhood.concept,
        adopted=AdoptedEntry(version=adopted.version, on=adopted.on.isoformat(), by=adopted.by) if adopted else None,
        files=files,
        agreements=_agreements(neighbourhood),
        roles=tuple(
            RoleEntry(id=key, name=bound.name, filled_by=bound.filled_by) for key, bound in neighbourhood.roles.items() if bound.needed
        ),
        units=(
            UnitEntry(id=place.id, name=place.name, kind="wijk"),
            *(UnitEntry(id=practice.id, name=practice.name, kind="praktijk") for practice in neighbourhood.site.profile.practices),
        ),
        themes=tuple(ThemeEntry(id=chosen.theme.id, name=chosen.name) for chosen in neighbourhood.themes),
        decisions=tuple(_decisions(neighbourhood)),
        open_points=tuple(
            OpenPointEntry(
                id=point.id,
                what=point.what,
                why=point.why,
                owner=point.owner,
                due=point.due.isoformat() if point.due else None,
                units=point.units,
            )
            for point in neighbourhood.open_points
        ),
    )


def _agreements(neighbourhood: Neighbourhood) -> tuple[AgreementEntry, ...]:
    phrases = neighbourhood.phrases
    return tuple(
        AgreementEntry(
            id=resolved.id,
            title=renamed(resolved.agreement.header.title, neighbourhood.words),
            state=resolved.state,
            reason=resolved.reason,
            text=fill(plain(resolved.agreement.text[Heading.AGREEMENT]), {**phrases, **resolved.values}, neighbourhood.words),
            fingerprint=resolved.fingerprint,
            theme=resolved.agreement.header.theme,
            does=resolved.agreement.header.roles.does,
            knows=resolved.agreement.header.roles.knows,
            own=resolved.own,
        )
        for resolved in neighbourhood.agreements
    )


def _decisions(neighbourhood: Neighbourhood) -> Iterator[DecisionEntry]:
    adopted = neighbourhood.site.profile.adopted
    if adopted:
        on = adopted.on.isoformat()
        yield DecisionEntry(agreement=None, practice=None, what="vastgesteld", on=on, by=adopted.by, reason=None)
    for resolved in neighbourhood.agreements:
        if resolved.decision and resolved.decided:
            yield _decision(resolved.id, None, resolved.decided, resolved.decision)
        for version in resolved.practices:
            yield _decision(resolved.id, version.practice, DECIDED[version.kind], version.decision)


def _decision(agreement: str, practice: str | None, what: str, decision: Decision) -> DecisionEntry:
    on, by, reason = decision.on.isoformat(), decision.by, decision.reason
    return DecisionEntry.model_validate({"agreement": agreement, "practice": practice, "what": what, "on": on, "by": by, "reason": reason})


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in the pack: readable, and the same bytes for the same content."""
    return (json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()


def files_of(folder: Path, kind: str = PACK) -> dict[str, FileEntry] | None:
    """The files that we made in a folder, by path; None when the folder holds nothing of ours of this kind.

    Reads manifests of older and newer versions too: only the list of files has to be understood.
    """
    try:
        content = json.loads((folder / NAME).read_bytes())
        made = {entry.path: entry for entry in TypeAdapter(tuple[FileEntry, ...]).validate_python(content["files"])}
        return made if content.get("kind", PACK) == kind else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def schema() -> dict[str, Any]:
    """The JSON Schema of the manifest."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema()}
