"""Another site's choices as a start: themes, local names, programmes, the structure of its bodies. Never its organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kbrollout.model.catalogue import Catalogue
from kbrollout.model.site import Body, Profile
from kbrollout.site import load_site

TASK_LATER = "Nog op te schrijven."
PRACTICES = "huisartsenpraktijk"


def choices_of(folder: Path, catalogue: Catalogue, today: date) -> dict[str, Any]:
    """The choices of a site, in the shape of answers. Raises ContentError when the site has faults."""
    profile = load_site(folder, catalogue, today).site.profile
    names = _names_in(profile)
    return {
        "themas": [{"id": theme.id, **({"naam": theme.name} if _free_of(names, theme.name) else {})} for theme in profile.themes],
        "rollen": {
            role: {"naam": binding.name, "lidwoord": str(binding.article), "meervoud": binding.plural}
            for role, binding in profile.roles.items()
            if binding.name
        },
        "programmas": {
            programme: {"naam": binding.name, **({"omschrijving": binding.description} if _free_of(names, binding.description) else {})}
            for programme, binding in profile.programmes.items()
        },
        "gremia": [_structure(body, number, profile, names) for number, body in enumerate(profile.bodies, 1)],
    }


def _names_in(profile: Profile) -> re.Pattern[str]:
    """Matches every name of the neighbourhood, its partners and its practices, and the short form of a name in brackets."""
    full = [profile.place.name, profile.place.municipality]
    full += [*(partner.name for partner in profile.partners), *(practice.name for practice in profile.practices)]
    parts = {part.strip() for name in full for part in (name, re.sub(r"\(.*?\)", "", name), *re.findall(r"\((.+?)\)", name))}
    words = sorted((re.escape(part) for part in parts if len(part) > 1), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _free_of(names: re.Pattern[str], text: str | None) -> bool:
    return text is not None and names.search(text) is None


def _structure(body: Body, number: int, profile: Profile, names: re.Pattern[str]) -> dict[str, Any]:
    """A body without the organisations in it: their roles stand for them."""
    members = list(dict.fromkeys(_roles_of(body, profile)))
    return {
        "naam": body.name if _free_of(names, body.name) else f"Groep {number} (naam volgt)",
        "niveau": str(body.level),
        "taak": body.task if _free_of(names, body.task) else TASK_LATER,
        **({"leden": members} if members else {}),
    }


def _roles_of(body: Body, profile: Profile) -> Iterator[str]:
    practices, partners = {practice.id for practice in profile.practices}, {partner.id for partner in profile.partners}
    for member in body.members:
        if member in practices:
            yield PRACTICES
        elif member in partners:
            yield from (role for role, binding in profile.roles.items() if member in binding.partners)
        else:
            yield member
