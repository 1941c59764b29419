"""What must be arranged: entry conditions, requirements per practice and for the neighbourhood, and indicators."""

from __future__ import annotations

from kbrollout.documents.parts import Data, anchor, origin, role_name, site_data, source_line, text_data
from kbrollout.model.catalogue import CORE_THEME, Catalogue
from kbrollout.model.conditions import EntryCondition, Indicator, Requirement, System, SystemVariant
from kbrollout.model.framework import UnitLevel
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedRequirement
from kbrollout.requirements import plain_name, system_of

LEVELS = {UnitLevel.PRACTICE: "Per huisartsenpraktijk", UnitLevel.NEIGHBOURHOOD: "Voor de hele wijk"}

CHAPTERS = {
    "startvoorwaarden": "Voor u begint",
    "praktijk": LEVELS[UnitLevel.PRACTICE],
    "wijk": LEVELS[UnitLevel.NEIGHBOURHOOD],
    "wacht-op-een-keuze": "Wacht op een keuze",
    "indicatoren": "Wat u kunt meten",
    "herkomst": "Waar de voorwaarden vandaan komen",
}
"""The chapters in their order: anchor → title."""


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: what is asked here, per level and theme, and what waits for a choice."""
    title = f"Basisvoorwaarden {neighbourhood.site.profile.place.name}"
    catalogue = neighbourhood.catalogue
    asked = [resolved for resolved in neighbourhood.requirements if resolved.asked]
    waiting = [resolved for resolved in neighbourhood.requirements if not resolved.asked]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "texts": {key: text_data(neighbourhood, key) for key in ("basisvoorwaarden", "startvoorwaarden", "indicatoren")},
        "chapters": CHAPTERS,
        "levels": [{"id": level.value, "groups": _groups(neighbourhood, level, asked)} for level in LEVELS],
        "counts": {level.value: sum(1 for each in asked if each.requirement.level is level) for level in LEVELS},
        "waiting": [_waiting(neighbourhood, resolved) for resolved in waiting],
        "entry": [_entry_condition(neighbourhood, condition) for condition in catalogue.entry_conditions.values()],
        "indicators": [_indicator(neighbourhood, indicator) for indicator in catalogue.indicators.values()],
    }


def _groups(neighbourhood: Neighbourhood, level: UnitLevel, asked: list[ResolvedRequirement]) -> list[Data]:
    """The requirements of one level per theme, the core first; a theme without any is left out."""
    names = {CORE_THEME: "Kern", **{chosen.theme.id: chosen.name for chosen in neighbourhood.themes}}
    groups = []
    for theme, name in names.items():
        members = [each for each in asked if (each.requirement.level, each.requirement.theme) == (level, theme)]
        if members:
            groups.append({"name": name, "requirements": [requirement_data(neighbourhood, each) for each in members]})
    return groups


def requirement_data(neighbourhood: Neighbourhood, resolved: ResolvedRequirement) -> Data:
    """One requirement as documents show it. Texts are Markdown with slots."""
    requirement = resolved.requirement
    return {
        "id": requirement.id,
        "anchor": anchor(requirement.id),
        "title": requirement.title,
        "why": requirement.why,
        "good_enough": requirement.good_enough,
        "evidence": requirement.evidence,
        "who": role_name(neighbourhood, requirement.who),
        "phase": requirement.phase.value,
        "agreements": [{"id": key, "anchor": anchor(key)} for key in resolved.serves],
        "variants": _variants(neighbourhood, requirement),
        **origin(neighbourhood.catalogue, requirement),
    }


def _variants(neighbourhood: Neighbourhood, requirement: Requirement) -> list[Data]:
    """What a requirement asks per system that a practice here has; of all systems while none is known."""
    systems = {practice.id: system_of(neighbourhood.catalogue, practice.his) for practice in neighbourhood.site.profile.practices}
    known = {system.id for system in systems.values() if system}
    shown = [each for each in requirement.variants if not known or known & set(each.systems)]
    return [variant_data(neighbourhood.catalogue, each) for each in shown]


def variant_data(catalogue: Catalogue, variant: SystemVariant) -> Data:
    """What a requirement asks of practices with certain systems, by the names that people know."""
    names = [name for key in variant.systems for name in _told_names(catalogue.systems[key])]
    return {"systems": names, "good_enough": variant.good_enough, "documents": list(variant.documents)}


def _told_names(system: System) -> list[str]:
    """The name of a system, and the first other name that is not just a longer way to write it."""
    own = plain_name(system.name)
    others = [alias for alias in system.aliases if own not in plain_name(alias) and plain_name(alias) not in own]
    return [system.name, *others[:1]]


def _waiting(neighbourhood: Neighbourhood, resolved: ResolvedRequirement) -> Data:
    return {
        "id": resolved.id,
        "title": resolved.requirement.title,
        "level": LEVELS[resolved.requirement.level],
        "agreements": [{"id": key, "anchor": anchor(key)} for key in resolved.waits_for],
        **origin(neighbourhood.catalogue, resolved.requirement),
    }


def _entry_condition(neighbourhood: Neighbourhood, condition: EntryCondition) -> Data:
    """An entry condition with the thresholds that hold here, and as examples those that hold elsewhere."""
    catalogue = neighbourhood.catalogue
    return {
        "id": condition.id,
        "title": condition.title,
        "question": condition.question,
        "why": condition.why,
        "level": LEVELS[condition.level],
        "who": role_name(neighbourhood, condition.who),
        "local": [
            {"scheme": each.scheme, "threshold": each.threshold, "source": each.source}
            for each in neighbourhood.site.profile.thresholds
            if each.id == condition.id
        ],
        "examples": [
            {"scheme": each.scheme, "threshold": each.threshold, "source": source_line(catalogue, each.sources)}
            for each in condition.examples
        ],
        **origin(catalogue, condition),
    }


def _indicator(neighbourhood: Neighbourhood, indicator: Indicator) -> Data:
    """An indicator by its definition; the question is the neighbourhood's own where it gives one."""
    local = next((each for each in neighbourhood.site.profile.wordings if each.id == indicator.id), None)
    return {
        "id": indicator.id,
        "title": indicator.title,
        "kind": indicator.kind.value,
        "level": LEVELS[indicator.level],
        "definition": indicator.definition,
        "question": local.question if local else indicator.question,
        "question_open": local is None and indicator.asks_unknown,
        "question_source": local.source if local else None,
        "scale": (local.scale if local else None) or indicator.scale,
        "method": indicator.method,
        "when": indicator.when,
        "who": role_name(neighbourhood, indicator.who),
        "caution": indicator.caution,
        **origin(neighbourhood.catalogue, indicator),
    }
