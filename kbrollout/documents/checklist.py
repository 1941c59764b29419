"""The checklist of a practice or of the neighbourhood: what to have arranged, in sittings of ten minutes per role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kbrollout.checklines import CheckLine, Unit, entry_conditions, lines, units
from kbrollout.documents.basisvoorwaarden import variant_data
from kbrollout.documents.parts import Data, anchor, document_data, filled_by, origin, role_name, site_data, text_data
from kbrollout.grammar import long_date, series
from kbrollout.model.conditions import EntryCondition
from kbrollout.model.framework import Filling, Phase
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.progress import Stand
from kbrollout.scheduling.work import who_in

__all__ = ["sittings", "units", "view"]

MOST_PER_SITTING = 7
"""More lines than this take longer than the ten minutes that we assume for a sitting."""


def view(neighbourhood: Neighbourhood, unit: Unit) -> tuple[str, Data]:
    """Title and template data of a unit's checklist: how to use it, the start scan, and a block per role."""
    title = f"Checklist: {unit.name}"
    asked = lines(neighbourhood, unit)
    return title, {
        **site_data(neighbourhood),
        "names": _names(neighbourhood, unit),
        "title": title,
        "facts": _facts(neighbourhood, unit, asked),
        "text": text_data(neighbourhood, "checklists"),
        "lines": len(asked),
        "stands": [stand.value for stand in Stand if stand is not Stand.NOT_SEEN],
        "to_scan": any(line.address for line in asked),
        "scan": [_entry_condition(neighbourhood, unit, each) for each in entry_conditions(neighbourhood, unit)],
        "roles": [
            _role(neighbourhood, unit, role, [line for line in asked if line.who == role])
            for role in neighbourhood.catalogue.roles
            if any(line.who == role for line in asked)
        ],
    }


def _names(neighbourhood: Neighbourhood, unit: Unit) -> dict[str, str]:
    """What stands for names in texts: a function that the practice does not have is the one that stands in for it."""
    phrases, absent = neighbourhood.phrases, unit.practice.without if unit.practice else ()
    return phrases | {role: phrases[who_in(neighbourhood.catalogue, role, unit.practice)] for role in absent}


def _facts(neighbourhood: Neighbourhood, unit: Unit, asked: Sequence[CheckLine]) -> list[Data]:
    """What decided which lines are on the list."""
    themes = [chosen.name for chosen in neighbourhood.themes if any(line.resolved.requirement.theme == chosen.theme.id for line in asked)]
    facts = [{"name": "Thema’s", "value": ", ".join(themes)}] if themes else []
    if unit.practice:
        facts.insert(0, {"name": "HIS", "value": unit.practice.his or "onbekend"})
    return facts


def _role(neighbourhood: Neighbourhood, unit: Unit, role: str, asked: Sequence[CheckLine]) -> Data:
    """The block of one role: who that is, what it stands in for, by when, and its lines by phase."""
    ordered = sorted(asked, key=lambda line: list(Phase).index(line.phase))
    asked_of = dict.fromkeys(line.resolved.requirement.who for line in ordered)
    return {
        "name": role_name(neighbourhood, role),
        "anchor": f"voor-{role}",
        "phrase": neighbourhood.roles[role].phrase,
        "filled_by": [] if unit.practice else _filled_by(neighbourhood, role),
        "unfilled": neighbourhood.roles[role].unfilled,
        "lines": len(ordered),
        "between": _between(ordered),
        "stands_in": _stands_in(neighbourhood, role, [each for each in asked_of if each != role]),
        "sittings": [[_line(neighbourhood, unit, line) for line in part] for part in sittings(ordered)],
    }


def _filled_by(neighbourhood: Neighbourhood, role: str) -> list[str]:
    """Who fills a role; nobody in particular where all who take part do."""
    bound, binding = neighbourhood.roles[role], neighbourhood.site.profile.roles.get(role)
    in_bodies = binding is not None and binding.bodies
    return filled_by(bound) if in_bodies or bound.role.filling is Filling.PARTNERS else []


def sittings(ordered: Sequence[CheckLine]) -> list[Sequence[CheckLine]]:
    """The lines in as few sittings as there can be, of about the same length."""
    total, count = len(ordered), -(-len(ordered) // MOST_PER_SITTING)
    return [ordered[number * total // count : (number + 1) * total // count] for number in range(count)]


def _stands_in(neighbourhood: Neighbourhood, role: str, absent: Sequence[str]) -> str | None:
    """That a role does the work of functions that the practice does not have."""
    if not absent:
        return None
    missing = series([f"geen {neighbourhood.roles[each].name}" for each in absent])
    return f"Uw praktijk heeft {missing}; {neighbourhood.roles[role].phrase} neemt dit waar."


def _between(asked: Sequence[CheckLine]) -> Data | None:
    """The first and the last day on which the plan has something of these lines arranged."""
    days: list[date] = [line.due for line in asked if line.due]
    return {"first": long_date(min(days)), "last": long_date(max(days))} if days else None


def _line(neighbourhood: Neighbourhood, unit: Unit, line: CheckLine) -> Data:
    """One line. Texts are Markdown with slots."""
    catalogue, requirement = neighbourhood.catalogue, line.resolved.requirement
    dropped = neighbourhood.dropped_in(unit.practice.id) if unit.practice else set()
    return {
        "id": line.id,
        "anchor": anchor(line.id),
        "title": requirement.title,
        "why": requirement.why,
        "good_enough": line.good_enough,
        "variants": [variant_data(catalogue, each) for each in requirement.variants] if line.system_unknown else [],
        "documents": [document_data(neighbourhood, key) for key in line.documents],
        "evidence": requirement.evidence,
        "phase": line.phase.value,
        "agreements": [{"id": key, "anchor": anchor(key)} for key in line.resolved.serves if key not in dropped],
        "due": long_date(line.due) if line.due else None,
        "covered": [catalogue.mtvp_parts[part].name for part in line.covered],
        "address": line.address,
        "proposal": origin(catalogue, requirement)["proposal"],
    }


def _entry_condition(neighbourhood: Neighbourhood, unit: Unit, condition: EntryCondition) -> Data:
    """A question of the start scan with the thresholds that hold here."""
    return {
        "id": condition.id,
        "title": condition.title,
        "question": condition.question,
        "who": role_name(neighbourhood, who_in(neighbourhood.catalogue, condition.who, unit.practice)),
        "local": [
            {"scheme": each.scheme, "threshold": each.threshold}
            for each in neighbourhood.site.profile.thresholds
            if each.id == condition.id and each.threshold
        ],
        "proposal": origin(neighbourhood.catalogue, condition)["proposal"],
    }
