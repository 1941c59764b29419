"""What each unit has to have arranged, line by line: the one source of checklists, workbook and manifest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kbrollout.model.catalogue import Catalogue
from kbrollout.model.conditions import EntryCondition, SystemVariant
from kbrollout.model.framework import Phase, UnitLevel
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedRequirement
from kbrollout.model.site import Practice
from kbrollout.requirements import system_of
from kbrollout.scheduling.work import who_in


@dataclass(frozen=True)
class Unit:
    """What a checklist is for: a practice, or the neighbourhood as a whole (`practice` is None)."""

    id: str
    name: str
    practice: Practice | None


@dataclass(frozen=True)
class CheckLine:
    """One requirement for one unit. Texts are those of the reference, with slots.

    `good_enough` is that for the practice's information system where it differs; `system_unknown` says that it differs
    per system and that this practice's is not known. `due` is when the plan has it arranged, `address` its place in the
    tracker.
    """

    resolved: ResolvedRequirement
    who: str
    good_enough: str
    documents: tuple[str, ...]
    system_unknown: bool
    due: date | None
    covered: tuple[str, ...]
    address: str | None

    @property
    def id(self) -> str:
        return self.resolved.id

    @property
    def phase(self) -> Phase:
        return self.resolved.requirement.phase


def units(neighbourhood: Neighbourhood) -> tuple[Unit, ...]:
    """The neighbourhood first, then its practices."""
    profile = neighbourhood.site.profile
    return (
        Unit(profile.place.id, f"de wijk {profile.place.name}", None),
        *(Unit(practice.id, practice.name, practice) for practice in profile.practices),
    )


def lines(neighbourhood: Neighbourhood, unit: Unit) -> tuple[CheckLine, ...]:
    """The requirements that are asked of a unit, in the order of the reference."""
    practice = unit.practice
    return tuple(_line(neighbourhood, unit, each) for each in neighbourhood.requirements_of(practice.id if practice else None).values())


def entry_conditions(neighbourhood: Neighbourhood, unit: Unit) -> tuple[EntryCondition, ...]:
    """What a unit checks before it begins."""
    level = UnitLevel.PRACTICE if unit.practice else UnitLevel.NEIGHBOURHOOD
    return tuple(each for each in neighbourhood.catalogue.entry_conditions.values() if each.level is level)


def _line(neighbourhood: Neighbourhood, unit: Unit, resolved: ResolvedRequirement) -> CheckLine:
    requirement, catalogue = resolved.requirement, neighbourhood.catalogue
    variant = _variant(catalogue, requirement.variants, unit.practice)
    tasks = [
        task
        for task in (neighbourhood.plan.tasks if neighbourhood.plan else ())
        if task.work.requirement == requirement.id and task.work.unit == (unit.practice.id if unit.practice else None)
    ]
    tracker = neighbourhood.site.planning.tracker if neighbourhood.site.planning else None
    return CheckLine(
        resolved,
        who=who_in(catalogue, requirement.who, unit.practice),
        good_enough=variant.good_enough if variant else requirement.good_enough,
        documents=variant.documents if variant else (),
        system_unknown=bool(requirement.variants) and unit.practice is not None and unit.practice.his is None,
        due=max((task.end for task in tasks), default=None),
        covered=_covered(catalogue, requirement.id, unit.practice),
        address=f"{tracker}/{neighbourhood.site.id}/{unit.id}/{requirement.id}" if tracker else None,
    )


def _covered(catalogue: Catalogue, requirement: str, practice: Practice | None) -> tuple[str, ...]:
    """The parts of a practice's MTVP plan that arrange a requirement already; they do so without a plan too."""
    parts = {part for seed in catalogue.tasks.values() if seed.requirement == requirement for part in seed.mtvp}
    return tuple(part for part in (practice.mtvp if practice else None) or () if part in parts)


def _variant(catalogue: Catalogue, variants: tuple[SystemVariant, ...], practice: Practice | None) -> SystemVariant | None:
    system = system_of(catalogue, practice.his) if practice else None
    return next((each for each in variants if system and system.id in each.systems), None)
