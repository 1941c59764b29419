"""Checks what stands in cells of a workbook, with the sheet and the cell in every message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kbrollout import patientdata
from kbrollout.errors import ContentError, Problem
from kbrollout.patientdata import findings
from kbrollout.tracker.fields import DAYS, cleaned
from kbrollout.tracker.messages import problem
from kbrollout.tracker.sheets import Row, as_read

CLEAR = "(leeg)"
"""What people type to empty a field: an empty cell changes nothing."""

_NO_BSN = (
    "Haal het nummer weg uit de cel. Is het geen BSN? Laat de cel dan zoals hij was en vul dit in op de website; daar kunt u dat zeggen."
)
_SPLIT = "Cellen van deze rij lijken samen een burgerservicenummer (BSN)."


def same(text: str, known: str) -> bool:
    """Whether a cell still says what is known."""
    return text in (known, as_read(known))


def cleaned_cells(row: Row, mine: Mapping[str, str]) -> dict[str, str]:
    """The fields as they are kept. Raises ContentError with a problem per field; the path of each is the field."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in mine.items():
        try:
            values |= cleaned(row.kind, {name: "" if text == CLEAR and name != "stand" else text})
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return values


def patient_data(row: Row, mine: Mapping[str, str]) -> Iterator[Problem]:
    """What looks like data of patients in the cells that were changed, also a number that runs on in the next cell."""
    told = [(name, found) for name, text in mine.items() for found in findings(text)]
    for name, found in told:
        fix = _NO_BSN if found.kind is patientdata.Kind.BSN else found.fix
        yield problem("cel-patientgegeven", row.cell(name), wat=found.what, plek=found.shown, hoe=fix)
    if not told:
        texts = [text for name, text in mine.items() if name not in DAYS and name != "stand"]
        for found in findings("\n".join(texts)):
            if found.kind is patientdata.Kind.BSN:
                yield problem("cel-patientgegeven", row.place, wat=_SPLIT, plek=found.shown, hoe=_NO_BSN)


def cell_problem(found: Problem, place: str) -> Problem:
    """A problem of a field, said at its cell."""
    return replace(found, path=place)
