"""The afsprakenstelsel: the whole set of agreements of one neighbourhood, as data for its template."""

from __future__ import annotations

from collections.abc import Callable

from kbrollout.documents.parts import (
    SHOWN,
    Data,
    agreement_data,
    anchor,
    body_data,
    filled_by,
    instrument_data,
    open_point_data,
    origin,
    register,
    result_data,
    role_name,
    site_data,
    stream_data,
    text_data,
)
from kbrollout.grammar import capitalised, digits
from kbrollout.model.catalogue import CORE_THEME, SPECIALIST_THEME
from kbrollout.model.framework import Column, Function, Layer, Provenance, Sort
from kbrollout.model.neighbourhood import ChosenTheme, Neighbourhood, ResolvedAgreement, State

CHAPTERS = {
    "leeswijzer": "Leeswijzer",
    "inleiding": "Inleiding",
    "kader": "Het kader",
    "doelen": "Doelen",
    "normen": "Normen",
    "kern": "Werkafspraken: de kern",
    "themas": "Thema’s",
    "techniek": "Techniek",
    "duurzaamheid": "Duurzaamheid",
    "wie-doet-wat": "Wie doet wat",
    "resultaten": "Resultaten",
    "documenten": "Documenten",
    "open-punten": "Open punten",
    "begrippen": "Begrippen",
    "herkomst": "Herkomst van elke afspraak",
}
"""The chapters in their order: anchor → title. Their numbers are made here, never stored."""

Filter = Callable[[ResolvedAgreement], bool]


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data of the afsprakenstelsel."""
    catalogue = neighbourhood.catalogue
    title = f"Afsprakenstelsel Krachtige basiszorg {neighbourhood.site.profile.place.name}"
    numbers = {key: number for number, key in enumerate(CHAPTERS, 1)}
    themes = [_theme(neighbourhood, chosen, f"{numbers['themas']}.{n}") for n, chosen in enumerate(neighbourhood.themes, 1)]
    data: Data = {
        **site_data(neighbourhood),
        "holds_agreements": True,
        "title": title,
        "chapters": [{"number": numbers[key], "id": key, "title": name} for key, name in CHAPTERS.items()],
        "number": numbers,
        "texts": {key: text_data(neighbourhood, key) for key in catalogue.texts},
        "matrix": _matrix(neighbourhood),
        "goals": [{"id": g.id, "title": g.title, "explanation": g.explanation, **origin(catalogue, g)} for g in catalogue.goals],
        "norms": _groups(neighbourhood, _at(Column.QUALITY, Layer.NORMS, CORE_THEME), Sort, Layer.NORMS),
        "core": _filled(_groups(neighbourhood, _at(Column.QUALITY, Layer.WORK, CORE_THEME), Sort, Layer.WORK)),
        "themes": themes,
        "technique": _technique(neighbourhood, Column.QUALITY, CORE_THEME),
        "sustainability": _sustainability(neighbourhood),
        "roles": _roles(neighbourhood),
        "partners": [
            {"name": p.name, "kind": p.kind.value, "description": p.description, "source": p.source}
            for p in neighbourhood.site.profile.partners
        ],
        "who_does_what": _who_does_what(neighbourhood),
        "results": [result_data(catalogue, result) for result in catalogue.results],
        "documents": register(neighbourhood),
        "open_points": [open_point_data(neighbourhood, point) for point in neighbourhood.open_points],
        "terms": sorted(
            ({"term": t.term, "meaning": t.meaning, **origin(catalogue, t)} for t in catalogue.terms), key=lambda t: t["term"].lower()
        ),
        "provenance": [agreement_data(neighbourhood, resolved) for resolved in neighbourhood.agreements],
        "sources": [
            {"short": s.short, "title": s.title, "publisher": s.publisher, "date": s.date, "address": s.address}
            for s in catalogue.sources.values()
        ],
        "counts": _counts(neighbourhood),
    }
    return title, data


def _at(column: Column, layer: Layer, theme: str) -> Filter:
    """A filter for the shown agreements of one cell of the framework in one theme."""

    def belongs(resolved: ResolvedAgreement) -> bool:
        header = resolved.agreement.header
        return resolved.state in SHOWN and (header.column, header.layer, header.theme) == (column, layer, theme)

    return belongs


def _groups(neighbourhood: Neighbourhood, belongs: Filter, kinds: type[Sort] | type[Function], layer: Layer) -> list[Data]:
    """The agreements that pass the filter, per sort or function, under the headings that the reference gives them.

    Norms follow the order of the headings in the reference, work agreements that of the framework. Proposals that wait
    to be chosen come after what holds.
    """
    names = {group.id: group.norms if layer is Layer.NORMS else group.name for group in neighbourhood.catalogue.index.groups}
    order = [kinds(name) for name in names if name in list(kinds)] if layer is Layer.NORMS else list(kinds)
    groups = []
    for kind in order:
        members = [r for r in neighbourhood.agreements if belongs(r) and kind in (r.agreement.header.sort, r.agreement.header.function)]
        members.sort(key=lambda resolved: not resolved.holds)
        groups.append({"id": kind.value, "name": names[kind.value], "agreements": [agreement_data(neighbourhood, r) for r in members]})
    return groups


def _filled(groups: list[Data]) -> list[Data]:
    return [group for group in groups if group["agreements"]]


def _technique(neighbourhood: Neighbourhood, column: Column, theme: str) -> Data:
    belongs = _at(column, Layer.TECHNIQUE, theme)
    members = sorted(filter(belongs, neighbourhood.agreements), key=lambda resolved: not resolved.holds)
    instruments = [i for i in neighbourhood.catalogue.instruments if (i.column, i.theme) == (column, theme)]
    return {
        "agreements": [agreement_data(neighbourhood, resolved) for resolved in members],
        "instruments": [instrument_data(neighbourhood, instrument) for instrument in instruments],
    }


def _theme(neighbourhood: Neighbourhood, chosen: ChosenTheme, number: str) -> Data:
    key = chosen.theme.id
    return {
        "id": key,
        "number": number,
        "name": chosen.name,
        "kind": chosen.theme.kind.value,
        "introduction": chosen.theme.introduction,
        "contact": chosen.contact,
        "specialisms": _specialisms(neighbourhood) if key == SPECIALIST_THEME else None,
        "roles": [role_name(neighbourhood, role) for role in chosen.theme.roles],
        "norms": _filled(_groups(neighbourhood, _at(Column.QUALITY, Layer.NORMS, key), Sort, Layer.NORMS)),
        "work": _filled(_groups(neighbourhood, _at(Column.QUALITY, Layer.WORK, key), Sort, Layer.WORK)),
        "technique": _technique(neighbourhood, Column.QUALITY, key),
        **origin(neighbourhood.catalogue, chosen.theme),
    }


def _specialisms(neighbourhood: Neighbourhood) -> list[Data]:
    partners = {partner.id: partner.name for partner in neighbourhood.site.profile.partners}
    return [
        {"name": each.name, "since": each.since, "partner": partners[each.partner] if each.partner else None, "source": each.source}
        for each in neighbourhood.site.profile.specialisms
    ]


def _sustainability(neighbourhood: Neighbourhood) -> Data:
    profile = neighbourhood.site.profile
    column = Column.SUSTAINABILITY
    return {
        "norms": _filled(_groups(neighbourhood, _at(column, Layer.NORMS, CORE_THEME), Function, Layer.NORMS)),
        "work": _groups(neighbourhood, _at(column, Layer.WORK, CORE_THEME), Function, Layer.WORK),
        "technique": _technique(neighbourhood, column, CORE_THEME),
        "bodies": [body_data(neighbourhood, body) for body in profile.bodies],
        "streams": [stream_data(neighbourhood, stream) for stream in neighbourhood.site.streams],
    }


def _matrix(neighbourhood: Neighbourhood) -> list[Data]:
    """The framework: per layer its two cells, each with its question and what stands in it."""
    questions = {(cell.column, cell.layer): cell.question for cell in neighbourhood.catalogue.index.cells}
    names = {CORE_THEME: "Kern", **{chosen.theme.id: chosen.name for chosen in neighbourhood.themes}}
    rows = []
    for layer in Layer:
        cells = []
        for column in Column:
            parts = []
            for theme, name in names.items():
                belongs = _at(column, layer, theme)
                found = [{"id": r.id, "anchor": anchor(r.id)} for r in neighbourhood.agreements if belongs(r)]
                instruments = _technique(neighbourhood, column, theme)["instruments"] if layer is Layer.TECHNIQUE else []
                if found or instruments:
                    parts.append({"name": name, "agreements": found, "instruments": len(instruments)})
            cells.append({"column": column.value, "question": questions[column, layer], "parts": parts})
        rows.append({"layer": layer.value, "cells": cells})
    return rows


def _roles(neighbourhood: Neighbourhood) -> list[Data]:
    return [
        {
            "name": capitalised(bound.name),
            "local": bound.local,
            "reference": bound.role.name,
            "description": bound.role.description,
            "proposal": bound.role.provenance is Provenance.PROPOSAL,
            "filled_by": filled_by(bound),
            "contact": bound.contact,
            "reason": bound.reason,
        }
        for bound in neighbourhood.roles.values()
        if bound.needed
    ]


def _who_does_what(neighbourhood: Neighbourhood) -> list[Data]:
    """Per part of the afsprakenstelsel a table of its agreements with the roles that do something and that must know."""
    parts: list[tuple[str, Filter]] = [
        ("Normen", _at(Column.QUALITY, Layer.NORMS, CORE_THEME)),
        ("Werkafspraken van de kern", _at(Column.QUALITY, Layer.WORK, CORE_THEME)),
        ("Techniek van de kern", _at(Column.QUALITY, Layer.TECHNIQUE, CORE_THEME)),
        *((f"Thema {chosen.name}", _in_theme(chosen.theme.id)) for chosen in neighbourhood.themes),
        ("Duurzaamheid", lambda r: r.state in SHOWN and r.agreement.header.column is Column.SUSTAINABILITY),
    ]
    tables = ((name, [resolved for resolved in neighbourhood.agreements if belongs(resolved)]) for name, belongs in parts)
    return [_responsibility_table(neighbourhood, name, members) for name, members in tables if members]


def _in_theme(theme: str) -> Filter:
    return lambda resolved: resolved.state in SHOWN and resolved.agreement.header.theme == theme


def _responsibility_table(neighbourhood: Neighbourhood, name: str, members: list[ResolvedAgreement]) -> Data:
    rows = []
    for resolved in members:
        header = resolved.agreement.header
        rows.append(
            {
                "id": resolved.id,
                "anchor": anchor(resolved.id),
                "title": header.title,
                "to_choose": resolved.state is State.TO_CHOOSE,
                "proposal": header.provenance is Provenance.PROPOSAL,
                "does": [role_name(neighbourhood, role) for role in header.roles.does],
                "knows": [role_name(neighbourhood, role) for role in header.roles.knows],
            }
        )
    return {"name": name, "rows": rows}


def _counts(neighbourhood: Neighbourhood) -> Data:
    shown = [resolved for resolved in neighbourhood.agreements if resolved.state in SHOWN]
    inhabitants = neighbourhood.site.profile.place.inhabitants
    return {
        "agreements": sum(1 for resolved in shown if resolved.holds),
        "to_choose": sum(1 for resolved in shown if not resolved.holds),
        "themes": len(neighbourhood.themes),
        "practices": len(neighbourhood.site.profile.practices),
        "partners": len(neighbourhood.site.profile.partners),
        "open_points": len(neighbourhood.open_points),
        "inhabitants": digits(inhabitants) if inhabitants is not None else None,
    }
