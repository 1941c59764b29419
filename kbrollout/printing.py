"""One print run: the programme of a training and all its handouts, each so many times, as one PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kbrollout.assets import asset_files
from kbrollout.copies import TRAINERS, copies_of, sheets_of
from kbrollout.documents import handout, training
from kbrollout.documents.plan import PlannedDocument, plan_documents
from kbrollout.errors import ContentError
from kbrollout.grammar import long_date
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.pack import OldPack
from kbrollout.packing import Job, run_job
from kbrollout.writing import write_whole_bytes

_NOTHING = OldPack(Path(), {}, (), ())
"""There is no pack to take style and fonts from."""


@dataclass(frozen=True)
class Line:
    """One thing of the run: how many copies of what, on what paper."""

    id: str
    title: str
    paper: str
    copies: int


@dataclass(frozen=True)
class PrintRun:
    """What was made."""

    lines: tuple[Line, ...]
    pages: int


def print_run_of(neighbourhood: Neighbourhood, training_id: str, participants: int, today: date, target: Path) -> PrintRun:
    """Write the print run of a training. Raises ContentError when there is no such training, or it cannot be made or written."""
    from kbrollout.render.imposition import joined, pages_of

    found = next((each for each in training.trainings(neighbourhood) if each.id == training_id), None)
    if found is None:
        known = [each.id for each in training.trainings(neighbourhood)]
        words: dict[str, Any] = {"gegeven": training_id, "bedoelt": did_you_mean(training_id, known), "mogelijk": listing(known)}
        raise ContentError([problem("training-onbekend", ("", 0, 0, ""), **words)])
    documents = {document.id: document for document in plan_documents(neighbourhood)}
    assets = {path: made for path, (_, made) in asset_files(_NOTHING, today, neighbourhood.site.house_style).items()}
    lines = [Line(found.id, found.title, "A4, draaiboek", TRAINERS)]
    parts = [(_pdf(documents[f"training-{found.id}"], "pdf", today, assets), TRAINERS)]
    for each, of in training.prints(neighbourhood, found):
        copies = copies_of(each, participants, found.group_size)
        form = "druk" if "druk" in handout.formats(of) else "pdf"
        lines.append(Line(of.id, of.title, training.PAPERS[of.paper], copies))
        parts.append((_pdf(documents[of.id], form, today, assets), sheets_of(of, copies)))
    run = joined(parts, f"{found.title}: drukwerk voor {participants} deelnemers")
    write_whole_bytes(target, run)
    return PrintRun(tuple(lines), pages_of(run))


def _pdf(document: PlannedDocument, form: str, today: date, assets: Mapping[str, bytes]) -> bytes:
    """One document, made now: a print run has the date of the day."""
    stamp = {"code": document.code, "date": long_date(today), "date_iso": today.isoformat(), "dates": None}
    stamp |= {"root": document.root, "format": form}
    return run_job(Job(document.path(form), form, document.title, document.template, document.data, stamp, assets))
