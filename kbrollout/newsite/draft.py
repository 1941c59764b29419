"""From answers to a profile: what can be worked out is filled in, what is unknown says so, and all of it is checked.

Answers have the shape of `profiel.yaml`, with less in it: an id follows from a name, organisations may be named
instead of given by id, and `onbekend` need not be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy, deepcopy
from dataclasses import dataclass
from typing import Any

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.fields import UNKNOWN, slug_from
from kbrollout.model.framework import Filling
from kbrollout.model.site import Profile, Site
from kbrollout.resolve import resolve
from kbrollout.site import known_ids
from kbrollout.validate import doubled_ids, gather, validate
from kbrollout.yamlfile import Path_, Sourced

NO_PRACTICE = "Huisartsenpraktijk 1 (naam volgt)"
NO_REASON = "Nog niet afgesproken wie deze rol vervult."
_NAMED = {"partners": "partner", "praktijken": "praktijk", "gremia": "gremium"}
"""The lists of things that have a name, and what an id begins with when a name gives none."""


@dataclass(frozen=True)
class Draft:
    """A profile that is right: as a model, and as the data that the scaffold is filled with."""

    profile: Profile
    data: Mapping[str, Any]


def complete(source: Sourced, catalogue: Catalogue, start: Mapping[str, Any] | None = None) -> Draft:
    """Fill in and check answers. `start` holds another site's choices, for what the answers leave out.

    Raises ContentError with every fault, at its place in the answers.
    """
    data = _without_empty(deepcopy(source.data))
    problems: list[Problem] = []
    if isinstance(data, dict):
        _take_over(data, deepcopy(dict(start or {})))
        problems += _fill_place(data.get("wijk"), source)
        first: dict[str, Path_] = {}
        for section in _NAMED:
            # Partners and practices share their names and ids: both can be members.
            problems += _fill_ids(data, section, source, first if section != "gremia" else {})
        _fill_unknown(data, catalogue)
        problems += _link_names(data, catalogue, source)
    filled = copy(source)
    filled.data = data
    for lists in (("partners", "praktijken"), ("gremia",), ("openstaand",)):
        problems += doubled_ids(filled, *lists)
    problems += doubled_ids(filled, "themas", code="thema-dubbel")
    with gather(problems):
        profile = validate(Profile, filled, known_ids(filled, catalogue))
    if problems:
        raise ContentError(problems)
    assert isinstance(data, dict)
    _explain_unfilled(data, profile, catalogue)
    return Draft(profile, data)


def needed_roles(catalogue: Catalogue, themes: Iterable[str]) -> list[str]:
    """The roles that partners have to fill when a neighbourhood takes up these themes."""
    chosen = [{"id": theme, "aanspreekpunt": UNKNOWN} for theme in themes]
    place = {"id": "wijk", "naam": "wijk", "code": "WIJK", "gemeente": "gemeente"}
    profile = Profile.model_validate({"wijk": place, "praktijken": [{"id": "p", "naam": "p"}], "themas": chosen})
    return [key for key, bound in resolve(catalogue, Site(profile, {}, ())).roles.items() if bound.unfilled]


def same(text: str) -> str:
    """A name as it is compared: capitals and spaces do not count."""
    return " ".join(text.casefold().split())


def code_from(name: str) -> str:
    """A site code that looks like `name`: initials of two words or more, otherwise the first letters."""
    words = re.findall(r"[a-z]+", slug_from(name))
    initials = "".join(word[0] for word in words)[:5]
    letters = "".join(words)
    code = initials if len(words) > 1 else letters[:3]
    return code.upper() if len(code) > 1 else "WIJK"


def _without_empty(data: Any) -> Any:
    """Without the keys that were left empty: no answer is no answer."""
    if isinstance(data, dict):
        return {key: _without_empty(value) for key, value in data.items() if value is not None}
    return [_without_empty(each) for each in data] if isinstance(data, list) else data


def _take_over(data: dict[str, Any], start: Mapping[str, Any]) -> None:
    for section, value in start.items():
        if section != "rollen":
            data.setdefault(section, value)
    roles = data.setdefault("rollen", {})
    for role, names in start.get("rollen", {}).items():
        binding = roles.setdefault(role, {}) if isinstance(roles, dict) else None
        if isinstance(binding, dict) and "naam" not in binding:
            binding.update(names)


def _fill_place(place: Any, source: Sourced) -> Iterator[Problem]:
    name = place.get("naam") if isinstance(place, dict) else None
    if not isinstance(name, str):
        return
    if "id" not in place and not slug_from(name):
        yield problem("naam-geen-id", source.place(("wijk", "naam")), gegeven=name)
    place.setdefault("id", slug_from(name) or "wijk")
    place.setdefault("code", code_from(name))
    place.setdefault("inwoners", UNKNOWN)


def _fill_ids(data: dict[str, Any], section: str, source: Sourced, first: dict[str, Path_]) -> Iterator[Problem]:
    entries = data.get(section)
    if not isinstance(entries, list):
        return
    # An organisation that is only a name may be written as just that.
    entries[:] = [{"naam": entry} if isinstance(entry, str) else entry for entry in entries]
    others = [entry for other in ("partners", "praktijken") if section != "gremia" for entry in _blocks(data.get(other))]
    taken = {entry["id"] for entry in (*others, *_blocks(entries)) if isinstance(entry.get("id"), str)}
    for number, entry in enumerate(entries):
        name = entry.get("naam") if isinstance(entry, dict) else None
        if not isinstance(name, str) or "id" in entry:
            continue
        path = (section, number, "naam")
        if same(name) in first:
            yield problem("naam-dubbel", source.place(path), naam=name, eerste=source.place(first[same(name)])[3])
        first.setdefault(same(name), path)
        entry["id"] = _free(slug_from(name) or f"{_NAMED[section]}-{number + 1}", taken)
        taken.add(entry["id"])


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(each for number in range(2, 10_000) if (each := f"{wanted[:55].rstrip('-')}-{number}") not in taken)


def _blocks(entries: Any) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _fill_unknown(data: dict[str, Any], catalogue: Catalogue) -> None:
    for key in ("partners", "themas", "gremia"):
        data.setdefault(key, [])
    data.setdefault("programmas", {})
    if not data.get("praktijken"):
        data["praktijken"] = [{"id": "praktijk-1", "naam": NO_PRACTICE}]
        code = data["wijk"].get("code") if isinstance(data.get("wijk"), dict) else None
        about = "De namen van de huisartsenpraktijken zijn nog niet ingevuld."
        why = "Bij het maken van de wijkmap waren ze nog niet bekend."
        point = {"id": f"{code or 'WIJK'}-OPEN-01", "wat": about, "waarom": why, "eigenaar": catalogue.index.lead}
        if isinstance(points := data.setdefault("openstaand", []), list):
            points.append(point)
    for practice in _blocks(data["praktijken"]):
        for fact in ("agb", "his", "patienten"):
            practice.setdefault(fact, UNKNOWN)
    if isinstance(themes := data["themas"], list):
        by_name = {same(theme.name): theme.id for theme in catalogue.themes.values()}
        themes[:] = [{"id": by_name.get(same(theme)) or slug_from(theme) or theme} if isinstance(theme, str) else theme for theme in themes]
        for theme in _blocks(themes):
            theme.setdefault("aanspreekpunt", UNKNOWN)


def _link_names(data: dict[str, Any], catalogue: Catalogue, source: Sourced) -> Iterator[Problem]:
    """Put ids in the place of names, where roles and bodies refer to organisations."""
    partners = _by_name(_blocks(data["partners"]))
    roles = {same(role.name): role.id for role in catalogue.roles.values()} | {role: role for role in catalogue.roles}
    members = roles | _by_name(_blocks(data["praktijken"])) | partners
    bindings = data["rollen"] if isinstance(data.get("rollen"), dict) else {}
    for role, binding in bindings.items():
        if isinstance(binding, dict) and "partners" in binding:
            yield from _link(binding, "partners", partners, "partner-onbekend", ("rollen", role), source)
    for number, body in enumerate(data["gremia"] if isinstance(data["gremia"], list) else ()):
        if isinstance(body, dict) and "leden" in body:
            yield from _link(body, "leden", members, "lid-onbekend", ("gremia", number), source)


def _by_name(entries: list[dict[str, Any]]) -> dict[str, str]:
    found = [(entry["naam"], entry["id"]) for entry in entries if isinstance(entry.get("naam"), str) and isinstance(entry.get("id"), str)]
    return {**{same(name): identifier for name, identifier in reversed(found)}, **{identifier: identifier for _, identifier in found}}


def _link(block: dict[str, Any], key: str, known: Mapping[str, str], code: str, path: Path_, source: Sourced) -> Iterator[Problem]:
    given = [block[key]] if isinstance(block[key], str) else block[key]
    if not isinstance(given, list):
        return
    linked = []
    for number, name in enumerate(given):
        identifier = known.get(name) or known.get(same(name)) if isinstance(name, str) else None
        if isinstance(name, str) and identifier is None:
            names = list(known)
            words: dict[str, Any] = {"gegeven": name, "bedoelt": did_you_mean(name, names), "mogelijk": listing(names)}
            yield problem(code, source.place((*path, key, number)), **words)
        linked.append(identifier or name)
    block[key] = list(dict.fromkeys(linked)) if all(isinstance(each, str) for each in linked) else linked


def _explain_unfilled(data: dict[str, Any], profile: Profile, catalogue: Catalogue) -> None:
    """Every role that is needed stands in the profile: with who fills it, or with why nobody does."""
    bound = resolve(catalogue, Site(profile, {}, ())).roles
    bindings: dict[str, Any] = data.setdefault("rollen", {})
    for key, role in bound.items():
        if role.needed and role.role.filling is Filling.PARTNERS:
            binding = bindings.setdefault(key, {})
            if role.unfilled:
                binding.setdefault("reden", NO_REASON)
            else:
                binding.setdefault("aanspreekpunt", UNKNOWN)
    data["rollen"] = {key: bindings[key] for key in catalogue.roles if key in bindings}
