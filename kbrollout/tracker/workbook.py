"""The workbook of a site as it stands now, to fill in elsewhere and bring back. What stood in it is kept, to compare with later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kbrollout.grammar import capitalised, long_date
from kbrollout.model.plan import awaited, seed_of
from kbrollout.render.progress import render_progress
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Export, Item, Person, Site, Unit

KEPT = timedelta(days=180)
"""How long a workbook that was handed out can be brought back."""

COLUMNS: dict[Kind, dict[str, str]] = {
    Kind.REQUIREMENT: {name: name for name in ("stand", "missing", "owner", "date", "evidence", "evidence_until", "note", "review")},
    Kind.TASK: {"done": "stand", "done_on": "date"},
    Kind.POINT: {"stand": "stand", "remark": "note"},
}
"""Per kind of line which column of the workbook holds which field."""

FINGERPRINT = "fingerprint"
"""What is kept beside the fields of a line: of which text."""


def progress_workbook(site: Site, units: Iterable[Unit] | None, person: Person | None) -> bytes:
    """The workbook with the lines of these units, or of all. Keeps what it hands out, and forgets what nobody can bring back any more.

    Raises ContentError when this machine cannot make one.
    """
    shown = list(site.units.filter(gone=None) if units is None else units)
    items = list(site.items.filter(gone=None, unit__in=shown).select_related("unit"))
    export = Export(id=uuid4(), site=site, by=person, at=timezone.now(), values={key_of(item): kept(item) for item in items})
    # Making it takes a while: nobody has to wait for that to write.
    content = render_progress(f"Voortgang {site.name}", _data(site, shown, items), _stamp(export.id))
    with transaction.atomic():
        Export.objects.filter(at__lt=timezone.now() - KEPT).delete()
        export.save()
    return content


def key_of(item: Item) -> str:
    """What a line is called among what was handed out. Codes of tasks and of open points are of the whole site."""
    return line_key(Kind(item.kind), item.unit.slug, item.code)


def line_key(kind: Kind, unit: str, code: str) -> str:
    return f"{kind}/{unit}/{code}" if kind is Kind.REQUIREMENT else f"{kind}/{code}"


def kept(item: Item) -> dict[str, str]:
    """What is kept of a line that is handed out."""
    return {**item.values, "review": review_text(item), FINGERPRINT: item.fingerprint}


def review_text(item: Item) -> str:
    """What the workbook says of the check."""
    return ": ".join(text for text in (item.review, item.review_note) if text)


def visible_code(kind: Kind, code: str) -> str:
    """What stands in the first column that people see."""
    return seed_of(code) if kind is Kind.TASK else code


def _stamp(export: UUID) -> dict[str, Any]:
    today, code = timezone.localdate(), export.hex[-8:].upper()
    return {"code": f"{code[:4]}-{code[4:]}", "date": long_date(today), "date_iso": today.isoformat(), "export": str(export)}


def _data(site: Site, units: list[Unit], items: list[Item]) -> dict[str, Any]:
    """What the workbook shows, as the renderer wants it. Open points are the neighbourhood's: without it there is no sheet of them."""
    of_kind = {kind: [item for item in items if item.kind == kind] for kind in Kind}
    tasks = of_kind[Kind.TASK]
    planned = site.items.filter(kind=Kind.TASK, gone=None).values_list("code", "details")
    after = awaited({code: details.get("after", ()) for code, details in planned})
    practices = {unit.slug: unit.name for unit in site.units.filter(gone=None) if not unit.is_site}
    takers = {item.who for item in items}
    return {
        "site": {"id": site.slug, "name": site.name, "example": site.example},
        "reference": {"version": site.reference},
        "concept": site.concept,
        "remark": None,
        "roles": list(dict.fromkeys(capitalised(name) for role, name in site.roles.items() if role in takers)),
        "units": [
            {"id": unit.slug, "name": unit_name(unit), "lines": [_line(site, i) for i in of_kind[Kind.REQUIREMENT] if i.unit_id == unit.pk]}
            for unit in units
        ],
        "plan": [_task(site, item, after[item.code]) for item in tasks],
        "points": [_point(site, item, practices) for item in of_kind[Kind.POINT]] if any(unit.is_site for unit in units) else None,
    }


def unit_name(unit: Unit) -> str:
    """The name of a unit to stand alone, as on a tab."""
    return f"Wijk {unit.name}" if unit.is_site else unit.name


def _line(site: Site, item: Item) -> dict[str, Any]:
    return {
        "id": item.code,
        "code": item.code,
        "what": item.title,
        "good_enough": item.details.get("good_enough", ""),
        "asked": item.details.get("evidence", ""),
        "who": _role(site, item),
        "phase": capitalised(item.phase),
        "due": _iso(item.due),
        **item.values,
        "review": review_text(item),
    }


def _task(site: Site, item: Item, after: str) -> dict[str, Any]:
    return {
        "id": item.code,
        "code": seed_of(item.code),
        "what": item.title,
        "who": _role(site, item),
        "unit": item.unit.slug,
        "phase": capitalised(item.phase),
        "start": item.details.get("start"),
        "end": _iso(item.due),
        "fixed": "ja" if item.details.get("fixed") else "",
        "after": after,
        "done": item.stand,
        "done_on": _iso(item.date),
    }


def _point(site: Site, item: Item, practices: Mapping[str, str]) -> dict[str, Any]:
    """An open point, with the practices that it is about when those are not all of them."""
    about = [practices[unit] for unit in item.details.get("units", ()) if unit in practices]
    some = about if len(about) < len(practices) else []
    why = item.details.get("why", "")
    return {
        "id": item.code,
        "code": item.code,
        "what": item.title,
        "why": f"{why} Praktijken: {', '.join(some)}." if some else why,
        "owner": _role(site, item),
        "due": _iso(item.due),
        "stand": item.stand,
        "remark": item.note,
    }


def _role(site: Site, item: Item) -> str:
    return capitalised(site.roles.get(item.who, item.who))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
