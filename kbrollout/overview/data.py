"""Several neighbourhoods side by side, as plain data. Pure: nothing is read, written or compared to today.

Neighbourhoods stay in the order in which they are given. Nothing here adds figures of neighbourhoods up, or puts one
above another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kbrollout.documents.parts import MANY, filled_by, stream_data
from kbrollout.grammar import capitalised, counted, long_date
from kbrollout.model.neighbourhood import BoundRole, ChosenTheme, Neighbourhood, OpenPoint, ResolvedAgreement, State
from kbrollout.overview.sharing import shared

Data = dict[str, Any]
Named = tuple[str, Neighbourhood]
"""A neighbourhood with the name that tells it from the others."""

DEVIATIONS = (State.ADAPTED, State.DROPPED)


def overview(neighbourhoods: Sequence[Neighbourhood]) -> Data:
    """Everything that the overview shows. There is at least one neighbourhood; all share one reference."""
    named = _named(neighbourhoods)
    catalogue = neighbourhoods[0].catalogue
    decisions = [row for each in named for row in _decisions(*each)]
    return {
        "reference": {"name": catalogue.index.name, "version": catalogue.index.version},
        "count": counted(len(named), "wijk", "wijken"),
        "states": [state.value for state in State],
        "sites": [_site(name, each, decisions) for name, each in named],
        "themes": _themes(named),
        "deviations": _agreements_in(named, DEVIATIONS),
        "decisions": decisions,
        "shared": shared(named),
        "to_choose": _agreements_in(named, (State.TO_CHOOSE,)),
        "to_review": _agreements_in(named, (State.TO_REVIEW,)),
        "roles": [row for each in named for row in _roles(*each)],
        "unfilled": _unfilled(named),
        "open_points": [row for each in named for row in _open_points(*each)],
        "shared_points": _shared_points(named),
        "streams": [row for each in named for row in _streams(*each)],
        "without_streams": [name for name, each in named if not each.site.streams],
    }


def _named(neighbourhoods: Sequence[Neighbourhood]) -> list[Named]:
    """Neighbourhoods by name; where two have the same, with their municipality, and else with their id."""
    places = [each.site.profile.place for each in neighbourhoods]
    names = Counter(place.name for place in places)
    longer = Counter((place.name, place.municipality) for place in places)
    found = []
    for place, each in zip(places, neighbourhoods, strict=True):
        telling = place.municipality if longer[place.name, place.municipality] == 1 else place.id
        found.append((place.name if names[place.name] == 1 else f"{place.name} ({telling})", each))
    return found


def _site(name: str, neighbourhood: Neighbourhood, decisions: list[Data]) -> Data:
    profile, points, streams = neighbourhood.site.profile, neighbourhood.open_points, neighbourhood.site.streams
    adopted, bodies = profile.adopted, {body.id: body.name for body in profile.bodies}
    states = Counter(resolved.state for resolved in neighbourhood.agreements)
    return {
        "id": neighbourhood.site.id,
        "name": name,
        "municipality": profile.place.municipality,
        "example": profile.place.example,
        "inhabitants": profile.place.inhabitants,
        "practices": len(profile.practices),
        "partners": len(profile.partners),
        "adopted": adopted
        and {"version": adopted.version, "on": adopted.on.isoformat(), "day": long_date(adopted.on), "by": bodies[adopted.by]},
        "themes": len(neighbourhood.themes),
        "states": {state.value: states[state] for state in State},
        "open_points": len(points),
        "own_points": sum(1 for point in points if point.own),
        "dated_points": sum(1 for point in points if point.due),
        "unfilled": sum(1 for bound in neighbourhood.roles.values() if bound.unfilled),
        "streams": len(streams),
        "streams_with_gaps": sum(1 for stream in streams if stream.unknown),
        "decisions": sum(1 for row in decisions if row["site"] == name),
    }


def _themes(named: list[Named]) -> list[Data]:
    """Every theme of the reference, with what each neighbourhood calls it, or None where it was not chosen."""
    chosen = {(name, theme.theme.id): theme for name, each in named for theme in each.themes}
    return [
        {"id": theme.id, "name": theme.name, "sites": [_choice(chosen.get((name, theme.id))) for name, _ in named]}
        for theme in named[0][1].catalogue.themes.values()
    ]


def _choice(chosen: ChosenTheme | None) -> Data | None:
    if chosen is None:
        return None
    return {"name": chosen.name if chosen.name != chosen.theme.name else None, "contact": chosen.contact}


def _agreements_in(named: list[Named], states: tuple[State, ...]) -> list[Data]:
    """Each agreement that is in one of these states somewhere, with where and why, in the order of the reference."""
    found: dict[str, tuple[str, list[Data]]] = {}
    for name, each in named:
        for resolved in each.agreements:
            if resolved.state in states:
                _, sites = found.setdefault(resolved.id, (resolved.agreement.header.title, []))
                sites.append({"site": name, "state": resolved.state.value, "reason": resolved.reason})
    order = [resolved.id for _, each in named for resolved in each.agreements]
    return [{"id": key, "title": found[key][0], "sites": found[key][1]} for key in dict.fromkeys(order) if key in found]


def _decisions(name: str, neighbourhood: Neighbourhood) -> Iterator[Data]:
    """What the bodies of a neighbourhood still have to decide on."""
    newest, adopted = neighbourhood.catalogue.index.version, neighbourhood.site.profile.adopted
    if adopted is None:
        yield {"site": name, "what": f"Versie {newest} van de afspraken vaststellen.", "about": []}
    elif adopted.version != newest:
        what = f"Versie {newest} van de referentie bekijken; vastgesteld is versie {adopted.version}."
        yield {"site": name, "what": what, "about": []}
    if waiting := _ids(neighbourhood.agreements, State.TO_CHOOSE):
        yield {"site": name, "what": f"Kiezen over {counted(len(waiting), 'afspraak', 'afspraken')}.", "about": waiting}
    if changed := _ids(neighbourhood.agreements, State.TO_REVIEW):
        what = f"Opnieuw kijken naar {counted(len(changed), 'afspraak', 'afspraken')}."
        yield {"site": name, "what": what, "about": changed}


def _ids(agreements: tuple[ResolvedAgreement, ...], state: State) -> list[str]:
    return [resolved.id for resolved in agreements if resolved.state is state]


def _roles(name: str, neighbourhood: Neighbourhood) -> Iterator[Data]:
    for key, bound in neighbourhood.roles.items():
        if bound.needed:
            yield {
                "site": name,
                "id": key,
                "role": capitalised(bound.role.name),
                "local": capitalised(bound.name) if bound.local else None,
                "filled_by": filled_by(bound),
                "reason": bound.reason if bound.unfilled else None,
            }


def _unfilled(named: list[Named]) -> list[Data]:
    """Each role that somewhere is needed and filled by nobody, with the reason there."""
    found: dict[str, list[tuple[str, BoundRole]]] = {}
    for name, each in named:
        for key, bound in each.roles.items():
            if bound.unfilled:
                found.setdefault(key, []).append((name, bound))
    return [
        {
            "id": role.id,
            "role": capitalised(role.name),
            "sites": [{"site": name, "reason": bound.reason} for name, bound in found[role.id]],
        }
        for role in named[0][1].catalogue.roles.values()
        if role.id in found
    ]


def _open_points(name: str, neighbourhood: Neighbourhood) -> Iterator[Data]:
    practices = neighbourhood.practice_names
    themes = {chosen.theme.id: chosen.name for chosen in neighbourhood.themes}
    for point in neighbourhood.open_points:
        yield {
            "site": name,
            "id": point.id,
            "what": point.what,
            "why": point.why,
            "owner": capitalised(neighbourhood.roles[point.owner].name),
            "due": point.due.isoformat() if point.due else None,
            "theme": themes.get(point.theme) if point.theme else None,
            "units": _units(point, practices),
            "own": point.own,
        }


def _units(point: OpenPoint, practices: Mapping[str, str]) -> list[str]:
    """The practices that a point is about; all of them together are not listed."""
    return ["alle praktijken"] if len(point.units) == len(practices) > MANY else [practices[unit] for unit in point.units]


def _shared_points(named: list[Named]) -> list[Data]:
    """Open points that occur in two neighbourhoods or more. Those that a neighbourhood added itself have its own ids."""
    found: dict[str, list[tuple[str, OpenPoint]]] = {}
    for name, each in named:
        for point in each.open_points:
            if not point.own:
                found.setdefault(point.id, []).append((name, point))
    return [_shared_point(key, places, len(named)) for key, places in found.items() if len(places) > 1]


def _shared_point(key: str, places: list[tuple[str, OpenPoint]], all_sites: int) -> Data:
    by_text: dict[str, list[str]] = {}
    for name, point in places:
        by_text.setdefault(point.what, []).append(name)
    return {
        "id": key,
        "texts": [{"what": what, "sites": names} for what, names in by_text.items()],
        "sites": [name for name, _ in places],
        "everywhere": len(places) == all_sites,
    }


def _streams(name: str, neighbourhood: Neighbourhood) -> Iterator[Data]:
    for stream in neighbourhood.site.streams:
        yield {"site": name, **stream_data(neighbourhood, stream), "missing": list(stream.unknown)}
