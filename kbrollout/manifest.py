"""`manifest.json`: what is in a pack. The contract with everything that comes after the pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kbrollout.checklines import lines, units
from kbrollout.documents.wording import said
from kbrollout.model.framework import Heading
from kbrollout.model.manifest import (
    AdoptedEntry,
    AgreementEntry,
    DecisionEntry,
    FileEntry,
    HistoryEntry,
    IndicatorEntry,
    Manifest,
    MeetingEntry,
    OpenPointEntry,
    ReferenceEntry,
    RequirementEntry,
    RetiredEntry,
    RoleEntry,
    SiteEntry,
    TaskEntry,
    ThemeEntry,
    UnitEntry,
)
from kbrollout.model.neighbourhood import DECIDED, Neighbourhood
from kbrollout.model.tailoring import Decision
from kbrollout.slots import fill, plain, renamed

NAME = "manifest.json"
PACK = "pakket"
"""The kind of folder that a manifest without a kind describes."""

ASSET = "vormgeving"
"""What style and fonts are listed under: files that belong to no document."""

HISTORY = 50
"""How many earlier versions of one document a pack remembers."""

FORMAT = 1
"""Version of the format. Raise it when a reader of the old format would go wrong."""


@dataclass(frozen=True)
class Made:
    """What we made in a folder: the files by path, the earlier versions, and the name of the neighbourhood when it is there."""

    files: dict[str, FileEntry]
    history: tuple[HistoryEntry, ...] = ()
    name: str | None = None


def make_manifest(neighbourhood: Neighbourhood, files: tuple[FileEntry, ...], history: tuple[HistoryEntry, ...] = ()) -> Manifest:
    """The manifest of a pack that holds `files`, and held other versions before."""
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
        requirements=tuple(_requirements(neighbourhood)),
        retired=tuple(
            RetiredEntry(id=each.id, since=each.since, successors=each.successors, reason=each.reason)
            for each in neighbourhood.catalogue.retired
        ),
        tasks=tuple(_tasks(neighbourhood)),
        meetings=tuple(_meetings(neighbourhood)),
        indicators=tuple(_indicators(neighbourhood)),
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
        history=history,
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


def _requirements(neighbourhood: Neighbourhood) -> Iterator[RequirementEntry]:
    for unit in units(neighbourhood):
        for line in lines(neighbourhood, unit):
            requirement = line.resolved.requirement
            yield RequirementEntry(
                id=line.id,
                unit=unit.id,
                title=said(neighbourhood, requirement.title),
                theme=requirement.theme,
                phase=line.phase.value,
                who=line.who,
                why=said(neighbourhood, requirement.why),
                good_enough=said(neighbourhood, line.good_enough),
                evidence=said(neighbourhood, requirement.evidence),
                agreements=line.resolved.serves,
                due=line.due.isoformat() if line.due else None,
            )


def _tasks(neighbourhood: Neighbourhood) -> Iterator[TaskEntry]:
    for task in neighbourhood.plan.tasks if neighbourhood.plan else ():
        work = task.work
        yield TaskEntry(
            id=task.id,
            unit=work.unit or neighbourhood.site.id,
            what=said(neighbourhood, work.what, own=work.own),
            who=work.who,
            phase=work.phase.value,
            theme=work.theme,
            requirement=work.requirement,
            start=task.start.isoformat(),
            end=task.end.isoformat(),
            after=work.after,
            fixed=work.fixed is not None,
            gate=work.gate,
            own=work.own,
            baseline_start=task.baseline[0].isoformat() if task.baseline else None,
            baseline_end=task.baseline[1].isoformat() if task.baseline else None,
        )


def _meetings(neighbourhood: Neighbourhood) -> Iterator[MeetingEntry]:
    names = {body.id: body.name for body in neighbourhood.site.profile.bodies}
    for each in neighbourhood.plan.meetings if neighbourhood.plan else ():
        yield MeetingEntry(
            id=each.id,
            series=each.series,
            body=each.body,
            name=names[each.body],
            day=each.day.isoformat(),
            starts=f"{each.starts:%H:%M}",
            ends=f"{each.ends:%H:%M}",
        )


def _indicators(neighbourhood: Neighbourhood) -> Iterator[IndicatorEntry]:
    """The question and scale are the neighbourhood's own where it gives them."""
    worded = {each.id: each for each in neighbourhood.site.profile.wordings}
    for indicator in neighbourhood.catalogue.indicators.values():
        local = worded.get(indicator.id)
        unknown = local is None and indicator.asks_unknown
        yield IndicatorEntry(
            id=indicator.id,
            title=said(neighbourhood, indicator.title),
            level=indicator.level.value,
            definition=said(neighbourhood, indicator.definition),
            question=local.question if local else None if unknown else indicator.question,
            question_unknown=unknown,
            scale=(local.scale if local else None) or indicator.scale,
            method=said(neighbourhood, indicator.method),
            when=said(neighbourhood, indicator.when),
            who=indicator.who,
        )


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in the pack: readable, and the same bytes for the same content."""
    return (json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()


def made_in(folder: Path, kind: str = PACK) -> Made | None:
    """What we made in a folder; None when the folder holds nothing of ours of this kind.

    Reads manifests of older and newer versions too: only the list of files has to be understood.
    """
    try:
        content = json.loads((folder / NAME).read_bytes())
        files = {entry.path: entry for entry in TypeAdapter(tuple[FileEntry, ...]).validate_python(content["files"])}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    if content.get("kind", PACK) != kind:
        return None
    site = content.get("site")
    name = site.get("name") if isinstance(site, dict) else None
    return Made(files, tuple(_readable(content.get("history"))), name if isinstance(name, str) else None)


def _readable(history: object) -> Iterator[HistoryEntry]:
    """The earlier versions that can be understood: what somebody spoilt is no reason to forget the others."""
    for each in history if isinstance(history, list) else ():
        try:
            yield HistoryEntry.model_validate(each)
        except ValidationError:
            continue


def remember(
    history: Iterable[HistoryEntry], before: Iterable[FileEntry], now: Iterable[FileEntry], today: date
) -> tuple[HistoryEntry, ...]:
    """The history of a pack in which the files `before` made place for those of `now`, oldest first per document.

    What did not change is not history. Of a document with more versions than can be kept, the oldest are forgotten.
    """
    stays = {(entry.document, entry.key) for entry in now}
    replaced = (
        HistoryEntry(document=entry.document, title=entry.title, code=entry.code, since=entry.date, until=today.isoformat())
        for entry in before
        if entry.document != ASSET and (entry.document, entry.key) not in stays
    )
    kept: dict[str, list[HistoryEntry]] = {}
    for each in dict.fromkeys((*history, *replaced)):  # the formats of a document are one version of it
        kept.setdefault(each.document, []).append(each)
    return tuple(each for document in sorted(kept) for each in kept[document][-HISTORY:])


def schema() -> dict[str, Any]:
    """The JSON Schema of the manifest."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema()}
