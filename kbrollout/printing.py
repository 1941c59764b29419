"""One print run: a list of what is in it, the programme of a training and all its handouts, each so many times, as one PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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
from kbrollout.model.handouts import Training
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.pack import OldPack
from kbrollout.packing import Job, run_job
from kbrollout.writing import write_whole_bytes

_NOTHING = OldPack(Path(), {}, (), ())
"""There is no pack to take style and fonts from."""


@dataclass(frozen=True)
class Line:
    """One thing of the run: how many copies of what, on what paper, and how many sheets of A4 that takes."""

    id: str
    title: str
    paper: str
    copies: int
    sheets: int
    both_sides: bool


@dataclass(frozen=True)
class PrintRun:
    """What was made."""

    lines: tuple[Line, ...]
    pages: int


@dataclass(frozen=True)
class _Wanted:
    """A document of the run, in one form; `runs` is how often that file has to come out of the printer."""

    document: PlannedDocument
    id: str
    form: str
    paper: str
    copies: int
    runs: int


def print_run_of(neighbourhood: Neighbourhood, training_id: str, participants: int, today: date, target: Path) -> PrintRun:
    """Write the print run of a training. Raises ContentError when there is no such training, or it cannot be made or written."""
    from kbrollout.render.imposition import joined, pages_of

    found = _found(neighbourhood, training_id)
    assets = {path: made for path, (_, made) in asset_files(_NOTHING, today, neighbourhood.site.house_style).items()}
    wanted = _wanted(neighbourhood, found, participants)
    parts = [(_pdf(each.document, each.form, today, assets), each.runs) for each in wanted]
    lines = tuple(_line(each, pages_of(pdf)) for each, (pdf, _) in zip(wanted, parts, strict=True))
    cover = _cover(neighbourhood, found, participants, lines, wanted[0].document.key)
    run = joined([(_pdf(cover, "pdf", today, assets), 1), *parts], f"{found.title}: drukwerk voor {participants} deelnemers")
    write_whole_bytes(target, run)
    return PrintRun(lines, pages_of(run))


def _found(neighbourhood: Neighbourhood, training_id: str) -> Training:
    here = {each.id: each for each in training.trainings(neighbourhood)}
    if training_id not in here:
        words: dict[str, Any] = {"gegeven": training_id, "bedoelt": did_you_mean(training_id, list(here)), "mogelijk": listing(list(here))}
        raise ContentError([problem("training-onbekend", ("", 0, 0, ""), **words)])
    return here[training_id]


def _wanted(neighbourhood: Neighbourhood, chosen: Training, participants: int) -> list[_Wanted]:
    """The programme for both trainers, and then the handouts in the order of the print list."""
    documents = {document.id: document for document in plan_documents(neighbourhood)}
    wanted = [_Wanted(documents[f"training-{chosen.id}"], chosen.id, "pdf", "A4, draaiboek", TRAINERS, TRAINERS)]
    for each, of in training.prints(neighbourhood, chosen):
        copies = copies_of(each, participants, chosen.group_size)
        form = "druk" if "druk" in handout.formats(of) else "pdf"
        wanted.append(_Wanted(documents[of.id], of.id, form, training.PAPERS[of.paper], copies, sheets_of(of, copies)))
    return wanted


def _line(each: _Wanted, pages: int) -> Line:
    return Line(each.id, each.document.title, each.paper, each.copies, each.runs * -(-pages // 2), pages > 1)


def _cover(neighbourhood: Neighbourhood, chosen: Training, participants: int, lines: Sequence[Line], key: str) -> PlannedDocument:
    """The first sheet. It is no document of the pack: it has the code of the programme, whose print list it works out."""
    title, data = training.cover_view(neighbourhood, chosen, participants, [asdict(line) for line in lines])
    return PlannedDocument("drukwerklijst", "training", "drukwerklijst", title, "drukwerklijst.html", ("pdf",), data, key)


def _pdf(document: PlannedDocument, form: str, today: date, assets: Mapping[str, bytes]) -> bytes:
    """One document, made now: a print run has the date of the day."""
    stamp = {"code": document.code, "date": long_date(today), "date_iso": today.isoformat(), "dates": None}
    stamp |= {"root": document.root, "format": form}
    return run_job(Job(document.path(form), form, document.title, document.template, document.data, stamp, assets))
