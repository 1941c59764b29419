"""Reads a neighbourhood's own agreements from `afspraken/`: the form of the reference, with a decision."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from pathlib import Path

from kbrollout.agreementfile import MarkdownFile, read_agreement, read_markdown
from kbrollout.choices import Place, decision_problems
from kbrollout.errors import Problem, Severity
from kbrollout.messages import problem
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue
from kbrollout.model.framework import Binding, Status
from kbrollout.model.site import Profile
from kbrollout.model.tailoring import ChoiceKind, OwnHeader
from kbrollout.slots import REFERENCE
from kbrollout.validate import Known, gather

FOLDER = "afspraken"


def own_ids(folder: Path) -> list[str]:
    """The ids of the own agreements in a site folder: the names of their files."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.md"))


def for_texts(known: Known, catalogue: Catalogue) -> Known:
    """The ids that texts of agreements may use, from those that the files of a site may refer to."""
    agreements = known["afspraak"]
    return {
        **known,
        "thema": [CORE_THEME, *catalogue.themes],
        "bron": list(catalogue.sources),
        "naam": [*catalogue.roles, *catalogue.programmes],
        "doel": [*agreements, *catalogue.documents],
    }


def read_own_agreements(
    folder: Path, profile: Profile, catalogue: Catalogue, known: Known, today: date, problems: list[Problem]
) -> dict[str, Agreement]:
    """The own agreements of a site, by id; what is wrong with them is added to `problems`."""
    found: dict[str, Agreement] = {}
    code = profile.place.code
    for identifier in own_ids(folder):
        path = folder / FOLDER / f"{identifier}.md"
        place = (str(path), 0, 0, "id")
        if identifier in catalogue.agreements:
            problems.append(problem("eigen-id-bestaat", place, gegeven=identifier, wijkcode=code))
            continue
        if not identifier.startswith(f"{code}-"):
            problems.append(problem("eigen-id-code", place, gegeven=identifier, wijkcode=code))
            continue
        with gather(problems):
            agreement = read_agreement(path, str(path), for_texts(known, catalogue), OwnHeader)
            found[identifier] = agreement
            file = read_markdown(path, str(path))
            problems += _own_problems(agreement, file, profile, catalogue, today)
            problems += _to_what_is_dropped(file, {choice.id for choice in profile.choices if choice.kind is ChoiceKind.DROP})
    return found


def _to_what_is_dropped(file: MarkdownFile, dropped: Set[str]) -> Iterator[Problem]:
    """Problems with references to agreements that the neighbourhood leaves out."""
    for number, line in enumerate(file.body.split("\n")):
        for match in REFERENCE.finditer(line):
            if match[1] in dropped:
                yield problem("verwijzing-weggelaten", file.place(number, match.start() + 1), gegeven=match[1])


def _own_problems(agreement: Agreement, file: MarkdownFile, profile: Profile, catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What can only be judged with the profile beside it: the theme, and who decided."""
    header = agreement.header
    if header.status is Status.RETIRED:
        yield problem("eigen-vervallen", file.front.place(("status",)))
    if header.theme not in (CORE_THEME, *(theme.id for theme in profile.themes)):
        words = {"gegeven": agreement.id, "thema": catalogue.themes[header.theme].name}
        yield problem("eigen-buiten-thema", file.front.place(("thema",)), Severity.WARNING, **words)
    if isinstance(header, OwnHeader) and header.decision:
        core = header.binding is Binding.CORE

        def at(*key: str) -> Place:
            return file.front.place(("besluit", *key))

        yield from decision_problems(agreement.id, header.decision, core, at, profile, catalogue, today)
