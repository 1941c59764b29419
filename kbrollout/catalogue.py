"""Loads the reference and checks every link in it, with all findings in one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, create_model

from kbrollout.agreementfile import check_names, check_names_in_list, header_of, read_agreement, read_markdown
from kbrollout.errors import ContentError, Problem
from kbrollout.handoutchecks import handout_problems
from kbrollout.messages import listing, problem
from kbrollout.model.catalogue import (
    CORE_THEME,
    Agreement,
    Catalogue,
    Document,
    FirstStep,
    Gap,
    Goal,
    Index,
    Instrument,
    Programme,
    Result,
    Retired,
    Role,
    Section,
    Source,
    Term,
    Text,
    Theme,
)
from kbrollout.model.conditions import EntryCondition, Exemption, FundingSource, Indicator, Requirement, System
from kbrollout.model.fields import Model, key
from kbrollout.model.framework import Column, Function, Layer, Sort, Status
from kbrollout.model.handouts import Handout, Training
from kbrollout.model.tasks import ElementText, MtvpPart, Risk, TaskSeed
from kbrollout.resources import templates
from kbrollout.taskchecks import task_problems
from kbrollout.validate import Known, doubled_ids, gather, ids_in, validate
from kbrollout.yamlfile import Sourced, read_yaml

M = TypeVar("M", bound=BaseModel)

LISTS: Mapping[str, type[BaseModel]] = {
    "bronnen": Source,
    "doelen": Goal,
    "rollen": Role,
    "programmas": Programme,
    "themas": Theme,
    "instrumenten": Instrument,
    "documenten": Document,
    "resultaten": Result,
    "begrippen": Term,
    "openpunten": Gap,
    "vervallen": Retired,
    "stappen": FirstStep,
    "systemen": System,
    "basisvoorwaarden": Requirement,
    "zonder_basisvoorwaarde": Exemption,
    "startvoorwaarden": EntryCondition,
    "indicatoren": Indicator,
    "geldbronnen": FundingSource,
    "taken": TaskSeed,
    "risicos": Risk,
    "elementen": ElementText,
    "mtvp": MtvpPart,
    "trainingen": Training,
}
"""The files that hold one list under their own name, and the model of what is in the list."""

_KINDS = {
    "rol": "rollen",
    "bron": "bronnen",
    "document": "documenten",
    "vervallen": "vervallen",
    "systeem": "systemen",
    "resultaat": "resultaten",
    "basisvoorwaarde": "basisvoorwaarden",
    "taak": "taken",
    "mtvp": "mtvp",
    "hulpmiddel": "instrumenten",
    "indicator": "indicatoren",
}
"""The kinds of id that entries refer to, and the file each stands in."""

TEXTS = (
    "leeswijzer",
    "inleiding",
    "kader",
    "doelen",
    "normen",
    "kern",
    "themas",
    "techniek",
    "duurzaamheid",
    "inbedding",
    "resultaten",
    "herkomst",
    "basisvoorwaarden",
    "startvoorwaarden",
    "indicatoren",
    "financiering",
    "tijdlijn",
    "plan",
    "checklists",
    "vergaderstukken",
)
"""The texts that the documents need."""


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read and check the reference in `folder`, or the one that comes with the program. Raises ContentError."""
    folder = folder or templates() / "catalogue"
    problems: list[Problem] = []
    sources = _read_lists(folder, problems)
    known = _known_ids(folder, sources)
    index = None
    with gather(problems):
        index = _read_index(folder, known)
    lists = {name: _validate_list(name, source, known, problems) for name, source in sources.items()}
    agreements = _read_agreements(folder, known, problems)
    texts = _read_texts(folder, known, problems)
    handouts = _read_handouts(folder, known, problems)
    if not problems:
        problems += _without_requirement(folder, agreements, lists, sources["zonder_basisvoorwaarde"])
        problems += task_problems(lists["taken"], lists["basisvoorwaarden"], lists["elementen"], sources["taken"])
    if problems or index is None:
        raise ContentError(problems)
    return Catalogue(
        index=index,
        sources=_by_id(lists["bronnen"]),
        goals=lists["doelen"],
        roles=_by_id(lists["rollen"]),
        programmes=_by_id(lists["programmas"]),
        themes=_by_id(lists["themas"]),
        instruments=lists["instrumenten"],
        documents=_by_id(lists["documenten"]),
        results=lists["resultaten"],
        terms=lists["begrippen"],
        gaps=lists["openpunten"],
        retired=lists["vervallen"],
        first_steps=lists["stappen"],
        systems=_by_id(lists["systemen"]),
        requirements=_by_id(lists["basisvoorwaarden"]),
        exemptions=lists["zonder_basisvoorwaarde"],
        entry_conditions=_by_id(lists["startvoorwaarden"]),
        indicators=_by_id(lists["indicatoren"]),
        funding_sources=lists["geldbronnen"],
        tasks=_by_id(lists["taken"]),
        risks=lists["risicos"],
        elements=lists["elementen"],
        mtvp_parts=_by_id(lists["mtvp"]),
        handouts=handouts,
        trainings=_by_id(lists["trainingen"]),
        texts=texts,
        agreements=agreements,
    )


def _shown(folder: Path, path: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _read_lists(folder: Path, problems: list[Problem]) -> dict[str, Sourced]:
    sources: dict[str, Sourced] = {}
    for name in LISTS:
        path = folder / f"{name}.yaml"
        with gather(problems):
            sources[name] = read_yaml(path, _shown(folder, path), f"Maak {path.name} met een lijst onder de sleutel {name}.")
    return sources


def _known_ids(folder: Path, sources: Mapping[str, Sourced]) -> Known:
    """Every id that something may refer to, per kind, read before anything is validated.

    A kind whose file could not be read is left out: then links to it are not checked, and one fault stays one fault.
    """
    ids = {name: found for name, source in sources.items() if (found := ids_in(source, name)) is not None}
    agreements = sorted(path.stem for path in (folder / "afspraken").glob("*.md"))
    handouts = sorted(path.stem for path in (folder / "handouts").glob("*.yaml"))
    known: dict[str, list[str]] = {"afspraak": agreements, "handout": handouts}
    for kind, name in _KINDS.items():
        if name in ids:
            known[kind] = ids[name]
    if "themas" in ids:
        known["thema"] = [CORE_THEME, *ids["themas"]]
    if "basisvoorwaarden" in ids:
        known["opvolger"] = [*agreements, *ids["basisvoorwaarden"]]
    if "rollen" in ids and "programmas" in ids:
        known["naam"] = [*ids["rollen"], *ids["programmas"]]
    if "documenten" in ids:
        known["doel"] = [*agreements, *ids["documenten"]]
    return known


def _read_index(folder: Path, known: Known) -> Index:
    path = folder / "referentie.yaml"
    source = read_yaml(path, _shown(folder, path), "Maak referentie.yaml met naam en versie.")
    index = validate(Index, source, known)
    cells = {(cell.column, cell.layer) for cell in index.cells}
    groups = {group.id for group in index.groups}
    problems = [
        problem("cel-ontbreekt", source.place(("cellen",)), kolom=column.value, laag=layer.value)
        for column in Column
        for layer in Layer
        if (column, layer) not in cells
    ]
    problems += [
        problem("groep-ontbreekt", source.place(("groepen",)), gegeven=group.value) for group in (*Sort, *Function) if group not in groups
    ]
    versions = [release.version for release in index.releases]
    if index.version not in versions:
        problems.append(problem("versie-onbekend", source.place(("versie",)), gegeven=index.version, mogelijk=listing(versions)))
    if problems:
        raise ContentError(problems)
    return index


def _validate_list(name: str, source: Sourced, known: Known, problems: list[Problem]) -> tuple[Any, ...]:
    """The entries of a list file; empty, with the problems noted, when they have faults."""
    entry: Any = LISTS[name]
    file_model = create_model(f"{entry.__name__}File", __base__=Model, entries=(tuple[entry, ...], key(name, f"De lijst met {name}.")))
    problems += doubled_ids(source, name)
    problems += check_names_in_list(source, known)
    with gather(problems):
        return tuple(validate(file_model, source, known).entries)  # type: ignore[attr-defined]
    return ()


def _read_agreements(folder: Path, known: Known, problems: list[Problem]) -> dict[str, Agreement]:
    agreements: dict[str, Agreement] = {}
    retired = known.get("vervallen")
    for path in sorted((folder / "afspraken").glob("*.md"), key=lambda path: path.stem):
        with gather(problems):
            agreement = read_agreement(path, _shown(folder, path), known)
            agreements[agreement.id] = agreement
            if agreement.header.status is Status.RETIRED and retired is not None and agreement.id not in retired:
                problems.append(problem("vervallen-zonder-reden", (_shown(folder, path), 0, 0, "status")))
    return agreements


def _read_handouts(folder: Path, known: Known, problems: list[Problem]) -> dict[str, Handout]:
    handouts: dict[str, Handout] = {}
    for path in sorted((folder / "handouts").glob("*.yaml")):
        with gather(problems):
            source = read_yaml(path, _shown(folder, path), "")
            problems += check_names_in_list(source, known)
            handout = validate(Handout, source, known)
            handouts[path.stem] = handout
            problems += handout_problems(handout, path.stem, source)
    return handouts


def _read_texts(folder: Path, known: Known, problems: list[Problem]) -> dict[str, Text]:
    texts: dict[str, Text] = {}
    for path in sorted((folder / "teksten").glob("*.md")):
        with gather(problems):
            file = read_markdown(path, _shown(folder, path))
            problems += check_names(file, known)
            texts[path.stem] = Text(header_of(file, Section, path.stem, known), file.body.strip("\n"))
    present = {path.stem for path in (folder / "teksten").glob("*.md")}
    problems += [problem("tekst-ontbreekt", (f"{folder.name}/teksten", 0, 0, ""), gegeven=name) for name in TEXTS if name not in present]
    return texts


def _without_requirement(
    folder: Path, agreements: Mapping[str, Agreement], lists: Mapping[str, Any], exempting: Sourced
) -> Iterator[Problem]:
    """Problems with agreements that have neither a requirement nor a reason why not, or both."""
    served = {key for requirement in lists["basisvoorwaarden"] for key in requirement.agreements}
    exempt: set[str] = set()
    for number, exemption in enumerate(lists["zonder_basisvoorwaarde"]):
        exempt.update(exemption.agreements)
        for place, identifier in enumerate(exemption.agreements):
            if identifier in served:
                path = ("zonder_basisvoorwaarde", number, "afspraken", place)
                yield problem("met-en-zonder-basisvoorwaarde", exempting.place(path), gegeven=identifier)
    for identifier, agreement in agreements.items():
        if agreement.header.status is Status.CURRENT and identifier not in served | exempt:
            shown = _shown(folder, folder / "afspraken" / f"{identifier}.md")
            yield problem("zonder-basisvoorwaarde", (shown, 0, 0, ""), gegeven=identifier)


def _by_id(entries: tuple[Any, ...]) -> dict[str, Any]:
    return {entry.id: entry for entry in entries}
