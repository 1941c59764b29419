"""Loads a pack by its manifest. What sites filled in stays: a pack only says what is asked, and what is not asked any more."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.model.manifest import Manifest
from kbrollout.tracker.fields import STANDS, Kind
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Agreement, Blob, Indicator, Item, PackFile, Site, Unit
from kbrollout.tracker.services import Actor, lock, record

MANIFEST = "manifest.json"
READS = 1
"""The format of the manifest that this reads."""

LOADED = "pakket geladen"
ANSWERED_ABOUT = ("title", "good_enough", "evidence")
"""The texts of a requirement that an answer is about: others may change without asking anybody to look again."""


@dataclass(frozen=True)
class Loaded:
    """What loading a pack did. Codes of lines; `changed` and `gone` only those that somebody had answered."""

    site: str
    number: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    proposed: tuple[str, ...]
    warnings: tuple[Problem, ...]
    same: bool = False
    """The very same pack was loaded before: nothing was done."""


@dataclass(frozen=True)
class _Line:
    """A line as the manifest has it."""

    kind: Kind
    unit: str
    code: str
    columns: dict[str, Any]
    fingerprint: str


def load_pack(folder: Path, actor: Actor) -> Loaded:
    """Load a pack, in one transaction. Raises ContentError when it cannot be read; then nothing was written."""
    raw, manifest = _read(folder)
    contents, warnings = _read_files(folder, manifest)
    with transaction.atomic():
        site, _ = Site.objects.get_or_create(slug=manifest.site.id)
        site = lock(site.slug)
        digest = hashlib.sha256(raw).hexdigest()
        if site.pack == digest:
            return Loaded(site.slug, site.number, (), (), (), (), tuple(warnings), same=True)
        _write_site(site, manifest, digest)
        units = _write_units(site, manifest)
        found = _write_items(site, units, manifest)
        _write_agreements(site, manifest)
        _write_indicators(site, manifest)
        _write_files(site, manifest, contents)
        record(site.slug, LOADED, actor, after={"referentie": site.reference, **{name: len(codes) for name, codes in found.items()}})
    return Loaded(site.slug, site.number, found["new"], found["changed"], found["gone"], found["proposed"], tuple(warnings))


def _read(folder: Path) -> tuple[bytes, Manifest]:
    try:
        raw = (folder / MANIFEST).read_bytes()
        content = json.loads(raw)
    except (OSError, ValueError, RecursionError):
        raise ContentError([problem("geen-pakket", "", file=str(folder), map=folder)]) from None
    if not isinstance(content, dict) or "site" not in content or "files" not in content:
        raise ContentError([problem("geen-pakket", "", file=str(folder), map=folder)])
    if isinstance(content.get("format"), int) and content["format"] > READS:
        raise ContentError([problem("pakket-nieuwer", "", file=str(folder / MANIFEST), versie=content["format"], kent=READS)])
    try:
        manifest = Manifest.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ContentError([problem("pakket-onleesbaar", "", file=str(folder / MANIFEST), plek=place, reden=first["msg"])]) from None
    if not manifest.requirements:
        raise ContentError([problem("pakket-zonder-eisen", "", file=str(folder / MANIFEST))])
    return raw, manifest


def _read_files(folder: Path, manifest: Manifest) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of each file of the pack; one that somebody edited is taken as it is, with a warning."""
    contents, faults, warnings = {}, [], []
    root = folder.resolve()
    for entry in manifest.files:
        path = (folder / entry.path).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            faults.append(problem("pakket-bestand-ontbreekt", "", file=str(folder), bestand=entry.path))
            continue
        contents[entry.path] = path.read_bytes()
        if hashlib.sha256(contents[entry.path]).hexdigest() != entry.sha256:
            said = problem("pakket-bestand-anders", "", file=str(folder), bestand=entry.path)
            warnings.append(_warning(said))
    if faults:
        raise ContentError(faults)
    return contents, warnings


def _warning(each: Problem) -> Problem:
    return Problem(each.file, each.line, each.column, each.path, each.code, each.what, each.fix, Severity.WARNING)


def _write_site(site: Site, manifest: Manifest, digest: str) -> None:
    site.name, site.municipality, site.code = manifest.site.name, manifest.site.municipality, manifest.site.code
    site.example, site.concept, site.reference = manifest.site.example, manifest.concept, manifest.reference.version
    site.number, site.pack, site.loaded_at = site.number + 1, digest, timezone.now()
    site.theme_list = [(theme.id, theme.name) for theme in manifest.themes]
    site.role_list = [(role.id, role.name) for role in manifest.roles]
    site.meetings = [meeting.model_dump() for meeting in manifest.meetings]
    site.save()


def _write_units(site: Site, manifest: Manifest) -> dict[str, Unit]:
    units = {}
    for order, entry in enumerate(manifest.units):
        values = {"name": entry.name, "kind": entry.kind, "order": order, "gone": None}
        units[entry.id], _ = Unit.objects.update_or_create(site=site, slug=entry.id, defaults=values)
    site.units.exclude(slug__in=units).filter(gone=None).update(gone=timezone.localdate())
    return units


def _write_items(site: Site, units: dict[str, Unit], manifest: Manifest) -> dict[str, tuple[str, ...]]:
    """Add, update and retire lines; gives the codes of what somebody should look at."""
    there = {(item.kind, item.unit.slug, item.code): item for item in site.items.select_related("unit")}
    lines = {(line.kind.value, line.unit, line.code): line for line in _lines(manifest)}
    new: list[Item] = []
    other: list[Item] = []
    changed: list[str] = []
    for order, (key, line) in enumerate(lines.items()):
        item = there.get(key) or Item(site=site, unit=units[line.unit], kind=line.kind, code=line.code, stand=STANDS[line.kind][0])
        before = _written(item)
        if item.pk and item.answered and item.fingerprint != line.fingerprint and not item.answered_text:
            item.answered_text = {name: _text(item, name) for name in ANSWERED_ABOUT}
        for name, value in line.columns.items():
            setattr(item, name, value)
        item.order, item.fingerprint, item.gone = order, line.fingerprint, None
        if item.answered == item.fingerprint:
            item.answered_text = {}
        if not item.pk:
            new.append(item)
        elif _written(item) != before:
            other.append(item)
        changed += [item.code] if item.has_changed else []
    Item.objects.bulk_create(new)
    Item.objects.bulk_update(other, _WRITTEN, batch_size=200)
    vanished = [item for key, item in there.items() if key not in lines and item.gone is None]
    Item.objects.filter(pk__in=[item.pk for item in vanished]).update(gone=timezone.localdate())
    proposed = _propose(site, manifest)
    gone = [item.code for item in vanished if item.version]
    return {"new": tuple(i.code for i in new), "changed": tuple(changed), "gone": tuple(gone), "proposed": tuple(proposed)}


def _written(item: Item) -> list[Any]:
    return [getattr(item, name) for name in _WRITTEN]


def _text(item: Item, name: str) -> str:
    return item.title if name == "title" else item.details.get(name, "")


def _propose(site: Site, manifest: Manifest) -> Iterator[str]:
    """Point from a line that nobody answered to the one it replaces, in the same unit, when that one was answered."""
    answered = {(item.unit_id, item.code): item for item in site.items.filter(kind=Kind.REQUIREMENT, version__gt=0)}
    for entry in manifest.retired:
        for item in site.items.filter(kind=Kind.REQUIREMENT, code__in=entry.successors, version=0, gone=None):
            old = answered.get((item.unit_id, entry.id))
            if old:
                item.predecessor = old
                item.save(update_fields=["predecessor"])
                yield item.code


_WRITTEN = ("title", "theme", "phase", "who", "due", "details", "order", "fingerprint", "gone", "answered_text")
"""What a pack writes of a line."""


def _lines(manifest: Manifest) -> Iterator[_Line]:
    """All lines in the order of the pack."""
    for each in manifest.requirements:
        details: dict[str, Any] = {
            "why": each.why,
            "good_enough": each.good_enough,
            "evidence": each.evidence,
            "agreements": list(each.agreements),
        }
        columns = {
            "title": each.title,
            "theme": each.theme,
            "phase": each.phase,
            "who": each.who,
            "due": _day(each.due),
            "details": details,
        }
        yield _Line(Kind.REQUIREMENT, each.unit, each.id, columns, _fingerprint(each.title, each.good_enough, each.evidence))
    for task in manifest.tasks:
        details = {"start": task.start, "after": list(task.after), "gate": task.gate, "fixed": task.fixed, "requirement": task.requirement}
        columns = {"title": task.what, "theme": task.theme, "phase": task.phase, "who": task.who, "due": _day(task.end), "details": details}
        yield _Line(Kind.TASK, task.unit, task.id, columns, _fingerprint(task.what))
    for point in manifest.open_points:
        columns = {
            "title": point.what,
            "theme": "",
            "phase": "",
            "who": point.owner,
            "due": _day(point.due),
            "details": {"why": point.why, "units": list(point.units)},
        }
        yield _Line(Kind.POINT, manifest.site.id, point.id, columns, _fingerprint(point.what))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _fingerprint(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _write_agreements(site: Site, manifest: Manifest) -> None:
    site.agreements.all().delete()
    Agreement.objects.bulk_create(
        Agreement(site=site, code=each.id, title=each.title, state=each.state.value, text=each.text) for each in manifest.agreements
    )


def _write_indicators(site: Site, manifest: Manifest) -> None:
    """A definition with other words is another version: earlier figures stay with the words they answered."""
    last = {each.code: each for each in site.indicators.order_by("version")}
    for entry in manifest.indicators:
        words = entry.model_dump(exclude={"id"})
        fingerprint = _fingerprint(json.dumps(words, sort_keys=True))
        known = last.get(entry.id)
        if known and known.fingerprint == fingerprint:
            site.indicators.filter(pk=known.pk).update(gone=None)
            continue
        site.indicators.filter(code=entry.id, gone=None).update(gone=timezone.localdate())
        texts = {name: "" if value is None else value for name, value in words.items()}
        Indicator.objects.create(site=site, code=entry.id, version=known.version + 1 if known else 1, fingerprint=fingerprint, **texts)
    site.indicators.exclude(code__in=[entry.id for entry in manifest.indicators]).filter(gone=None).update(gone=timezone.localdate())


def _write_files(site: Site, manifest: Manifest, contents: dict[str, bytes]) -> None:
    """Keep the files of this pack; bytes that no pack holds any more go."""
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    known = set(Blob.objects.filter(sha256__in=hashes.values()).values_list("sha256", flat=True))
    fresh = {hashes[path]: content for path, content in contents.items() if hashes[path] not in known}
    Blob.objects.bulk_create((Blob(sha256=digest, content=content) for digest, content in fresh.items()), batch_size=50)
    site.files.all().delete()
    PackFile.objects.bulk_create(
        PackFile(
            site=site,
            path=entry.path,
            blob_id=hashes[entry.path],
            document=entry.document,
            format=entry.format,
            title=entry.title,
            date=date.fromisoformat(entry.date),
        )
        for entry in manifest.files
    )
    Blob.objects.filter(packfile__isnull=True).delete()
