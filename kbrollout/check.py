"""Loads one site and resolves it: what `check` reports on and `build` starts from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.messages import did_you_mean, problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.openpoints import possible_ids
from kbrollout.plancheck import with_plan
from kbrollout.requirements import system_of
from kbrollout.resolve import resolve
from kbrollout.site import PLANNING, load_site
from kbrollout.yamlfile import Sourced


@dataclass(frozen=True)
class Checked:
    """A site that can be used: the neighbourhood, and what deserves a warning."""

    neighbourhood: Neighbourhood
    warnings: tuple[Problem, ...]


def check_site(folder: Path, catalogue: Catalogue, today: date) -> Checked:
    """Load and resolve a site folder. Raises ContentError with every fault in it."""
    loaded = load_site(folder, catalogue, today)
    neighbourhood = resolve(catalogue, loaded.site)
    found = list(_points_without_text(neighbourhood, loaded.profile_source))
    if PLANNING in loaded.sources:
        neighbourhood, in_the_plan = with_plan(neighbourhood, loaded.sources[PLANNING], today)
        found += in_the_plan
    faults = [each for each in found if each.severity is Severity.ERROR]
    if faults:
        raise ContentError(faults)
    warnings = [*found, *_unfilled_roles(neighbourhood, loaded.profile_source), *_misspelt_systems(neighbourhood, loaded.profile_source)]
    return Checked(neighbourhood, tuple(sorted((*loaded.warnings, *warnings))))


def _points_without_text(neighbourhood: Neighbourhood, source: Sourced) -> Iterator[Problem]:
    """The site names an open point without saying what is open, and the list does not have it: it is solved, or it never was."""
    open_here = [point.id for point in neighbourhood.open_points if not point.own]
    ever_open = possible_ids(neighbourhood.catalogue)
    without_text = {point.id for point in neighbourhood.open_points if point.own and not point.what}
    for number, entry in enumerate(neighbourhood.site.profile.open_points):
        place = source.place(("openstaand", number, "id"))
        if entry.id in without_text and entry.id in ever_open:
            yield problem("punt-opgelost", place, Severity.WARNING, gegeven=entry.id)
        elif entry.id in without_text:
            yield problem("punt-zonder-wat", place, gegeven=entry.id, bedoelt=did_you_mean(entry.id, open_here))


def _unfilled_roles(neighbourhood: Neighbourhood, source: Sourced) -> list[Problem]:
    """Warnings for roles that nobody fills and nobody explains."""
    found = []
    for key, bound in neighbourhood.roles.items():
        if bound.unfilled and not bound.reason:
            themes = [chosen.name for chosen in neighbourhood.themes if key in chosen.theme.roles]
            what_for = f"het thema {themes[0]}" if themes else "de afspraken van de kern"
            found.append(problem("rol-niet-ingevuld", source.place(("rollen", key)), Severity.WARNING, rol=key, waarvoor=what_for))
    return found


def _misspelt_systems(neighbourhood: Neighbourhood, source: Sourced) -> Iterator[Problem]:
    """Warnings for names of a HIS that look like one of the reference, but are not: then its own texts would not be used."""
    systems = neighbourhood.catalogue.systems.values()
    names = [name for system in systems for name in (system.name, *system.aliases)]
    for number, practice in enumerate(neighbourhood.site.profile.practices):
        if practice.his and system_of(neighbourhood.catalogue, practice.his) is None:
            # Another system may well look a bit like one of these; only a slip of the pen looks so much alike.
            hint = did_you_mean(practice.his, names, cutoff=0.8)
            if hint:
                place = source.place(("praktijken", number, "his"))
                yield problem("his-lijkt-op", place, Severity.WARNING, gegeven=practice.his, bedoelt=hint)
