"""Reads a neighbourhood's own agreements from `afspraken/`: the form of the reference, with a decision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kbrollout.agreementfile import read_agreement
from kbrollout.choices import decision_problem
from kbrollout.errors import Problem
from kbrollout.messages import problem
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue
from kbrollout.model.site import Profile
from kbrollout.model.tailoring import OwnHeader
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
            if isinstance(agreement.header, OwnHeader) and agreement.header.decision:
                problems += decision_problem(agreement.header.decision, (str(path), 0, 0, "besluit.op"), today)
    return found
