"""Opens a workbook from somebody else: its limits first, then whether it is our form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import problem
from kbrollout.newsite.layout import FORM_PROPERTY, REFERENCE_PROPERTY
from kbrollout.newsite.questions import FORM_VERSION
from kbrollout.workbookfile import Book, Fault, Limits, Refused, checked, opened

LIMITS = Limits(packed=5, unpacked=40, rows=5000, columns=40)


@contextmanager
def open_form(path: Path, reference: str) -> Iterator[Book]:
    """The form in a file, made for this version of the reference, to read inside. Raises ContentError when it is anything else."""
    file = str(path)
    try:
        with closing(opened(checked(_bytes_of(path), LIMITS), LIMITS)) as form:
            _check_versions(form, file, reference)
            yield form
    except Refused as refused:
        raise ContentError([_refusal(refused, file)]) from None


def _refusal(refused: Refused, file: str) -> Problem:
    place = (file, 0, 0, "")
    if refused.fault is Fault.NOT_INSTALLED:
        return problem("formulier-kan-niet", place, onderdeel=refused.part)
    return problem("werkmap-te-groot" if refused.fault is Fault.TOO_LARGE else "geen-werkmap", place)


def _bytes_of(path: Path) -> bytes:
    place = (str(path), 0, 0, "")
    try:
        with path.open("rb") as file:
            return file.read(LIMITS.packed * 1024 * 1024 + 1)
    except FileNotFoundError:
        raise ContentError([problem("bestand-ontbreekt", place, remedie="Controleer de naam van het bestand.")]) from None
    except OSError as error:
        raise ContentError([problem("bestand-onleesbaar", place, reden=error.strerror or type(error).__name__)]) from None


def _check_versions(form: Book, file: str, reference: str) -> None:
    found = {each.name: str(each.value) for each in form.book.custom_doc_props.props}
    if FORM_PROPERTY not in found:
        raise ContentError([problem("geen-formulier", (file, 0, 0, ""))])
    wanted = (
        (FORM_PROPERTY, "versie {} van het formulier", FORM_VERSION),
        (REFERENCE_PROPERTY, "versie {} van de referentie", reference),
    )
    problems = [
        problem("formulier-versie", (file, 0, 0, ""), gegeven=words.format(found.get(name, "?")), verwacht=words.format(version))
        for name, words, version in wanted
        if found.get(name) != version
    ]
    if problems:
        raise ContentError(problems)
