"""Loads one site and resolves it: what `check` reports on and `build` starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.messages import did_you_mean, problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.resolve import resolve
from kbrollout.site import load_site
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
    problems = _unexplained_points(neighbourhood, loaded.profile_source)
    if problems:
        raise ContentError(problems)
    return Checked(neighbourhood, (*loaded.warnings, *_unfilled_roles(neighbourhood, loaded.profile_source)))


def _unexplained_points(neighbourhood: Neighbourhood, source: Sourced) -> list[Problem]:
    """Faults for open points that the site names without saying what is open, while the list does not have them."""
    listed = [point.id for point in neighbourhood.open_points if not point.own]
    unexplained = {point.id for point in neighbourhood.open_points if point.own and not point.what}
    return [
        problem("punt-zonder-wat", source.place(("openstaand", number, "id")), gegeven=entry.id, bedoelt=did_you_mean(entry.id, listed))
        for number, entry in enumerate(neighbourhood.site.profile.open_points)
        if entry.id in unexplained
    ]


def _unfilled_roles(neighbourhood: Neighbourhood, source: Sourced) -> list[Problem]:
    """Warnings for roles that nobody fills and nobody explains."""
    found = []
    for key, bound in neighbourhood.roles.items():
        if bound.unfilled and not bound.reason:
            themes = [chosen.name for chosen in neighbourhood.themes if key in chosen.theme.roles]
            what_for = f"het thema {themes[0]}" if themes else "de afspraken van de kern"
            found.append(problem("rol-niet-ingevuld", source.place(("rollen", key)), Severity.WARNING, rol=key, waarvoor=what_for))
    return found
