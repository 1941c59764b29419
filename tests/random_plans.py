"""Small references and sites at random, written with the keys that their authors use."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from kbrollout.model.catalogue import Agreement, AgreementHeader, Catalogue, Index, Role, Theme
from kbrollout.model.conditions import Requirement
from kbrollout.model.framework import Heading, Weekday
from kbrollout.model.lock import Baseline
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.planning import Planning
from kbrollout.model.site import Profile, Site
from kbrollout.model.tasks import TaskSeed
from kbrollout.resolve import resolve

Entry = dict[str, Any]
"""One entry of a YAML file, with Dutch keys and every scalar as text."""

DAY = timedelta(days=1)
PHASES = ("voorbereiding", "nulmeting", "invoering", "borging")
THEMES = ("kern", "bewegen", "ouderen")
ROLES = ("huisarts", "poh", "praktijkmanager", "wijkteam")
PRACTICES = ("noord", "oost", "west")
MTVP = ("praktijkplan", "netwerk")
STAND_IN = "huisarts"
SOURCED: Entry = {"bron": [{"document": "bron"}], "herkomst": "voorstel"}
INDEX: Entry = {
    "naam": "Proef",
    "versie": "1.0",
    "uitgaven": [{"versie": "1.0", "datum": "2026", "samenvatting": "Eerste."}],
    "trekker": "wijkteam",
    "neemt_waar": STAND_IN,
    "kern_besluit": "besluit",
    "cellen": [],
    "groepen": [],
}

MAPPINGS = (
    *("sources", "programmes", "documents", "systems", "entry_conditions"),
    *("indicators", "mtvp_parts", "texts", "handouts", "trainings"),
)
LISTS = ("goals", "instruments", "results", "terms", "gaps", "retired", "first_steps", "exemptions", "funding_sources", "risks", "elements")
"""What a reference has besides, and what plans do not look at."""


@dataclass(frozen=True)
class World:
    """What stands in the files of a reference and of one site."""

    agreements: Mapping[str, Entry]
    requirements: Mapping[str, Entry]
    seeds: Mapping[str, Entry]
    practices: Mapping[str, Entry]
    themes: tuple[str, ...]
    planning: Entry

    @property
    def own(self) -> dict[str, Entry]:
        return {task["id"]: task for task in self.planning["eigen_taken"]}

    @property
    def tasks(self) -> dict[str, Entry]:
        """Every task of the reference and of the site."""
        return {**self.seeds, **self.own}

    @property
    def start(self) -> date:
        return date.fromisoformat(self.planning["start"])

    def catalogue(self) -> Catalogue:
        return Catalogue(
            index=Index.model_validate(INDEX),
            roles={key: Role.model_validate(_role(key)) for key in ROLES},
            themes={key: Theme.model_validate(_theme(key)) for key in THEMES[1:]},
            requirements={key: Requirement.model_validate(entry) for key, entry in self.requirements.items()},
            tasks={key: TaskSeed.model_validate(entry) for key, entry in self.seeds.items()},
            agreements={key: _agreement(entry) for key, entry in self.agreements.items()},
            **{name: {} for name in MAPPINGS},  # type: ignore[arg-type]
            **dict.fromkeys(LISTS, ()),  # type: ignore[arg-type]
        )

    def site(self, baseline: Baseline | None = None) -> Site:
        place = {"id": "proef", "naam": "Proef", "code": "PRO", "gemeente": "Stad"}
        body = {"id": "raad", "naam": "Raad", "niveau": "wijk", "taak": "Besluit.", "functie": "besluit"}
        themes = [{"id": theme, "aanspreekpunt": "onbekend"} for theme in self.themes]
        profile: Entry = {"wijk": place, "praktijken": list(self.practices.values()), "gremia": [body], "themas": themes}
        planning = Planning.model_validate(self.planning)
        return Site(Profile.model_validate(profile), {}, (), planning=planning, baseline=baseline)

    def neighbourhood(self, baseline: Baseline | None = None) -> Neighbourhood:
        return resolve(self.catalogue(), self.site(baseline))

    def with_planning(self, **changes: Any) -> World:
        return replace(self, planning={**self.planning, **changes})


def _role(key: str) -> Entry:
    return {"id": key, "naam": key, "lidwoord": "de", "meervoud": f"{key}s", "omschrijving": "Doet iets.", **SOURCED}


def _agreement(entry: Entry) -> Agreement:
    return Agreement(AgreementHeader.model_validate(entry), {Heading.AGREEMENT: "Zo."}, ())


def _theme(key: str) -> Entry:
    return {"id": key, "naam": key, "soort": "onderwerp", "inleiding": "Een thema.", "rollen": ["wijkteam"], **SOURCED}


def agreement(key: str, theme: str, provenance: str) -> Entry:
    where = {"kolom": "kwaliteit", "laag": "normen", "thema": theme, "soort": "relatie"}
    more = {"rollen": {"doet": ["huisarts"]}, "hardheid": "kern", "sinds": "1.0", "bron": SOURCED["bron"], "herkomst": provenance}
    return {"id": key, "titel": key, **where, **more}


def requirement(key: str, level: str, theme: str, agreements: list[str], phase: str) -> Entry:
    said = dict.fromkeys(("titel", "waarom", "goed_genoeg", "bewijs"), "Zo.")
    more = {"wie": "huisarts", "fase": phase, "sinds": "1.0", **SOURCED}
    return {"id": key, **said, "niveau": level, "thema": theme, "afspraken": agreements, **more}


def seed(key: str, phase: str, **more: Any) -> Entry:
    usual = {"wat": f"Doe {key}", "wie": "huisarts", "werkdagen": "3", "element": "plan", "na": []}
    return {"id": key, **usual, "fase": phase, **SOURCED, **more}


def step(key: str, phase: str, level: str = "wijk", **more: Any) -> Entry:
    return seed(key, phase, niveau=level, **more)


def own_task(key: str, phase: str, **more: Any) -> Entry:
    return {"id": key, "wat": f"Doe {key}", "wie": "huisarts", "fase": phase, "werkdagen": "3", "na": [], **more}


def gates() -> dict[str, Entry]:
    """The step of the neighbourhood that closes each phase."""
    return {f"POORT-{number}": step(f"POORT-{number}", phase, werkdagen="1", poort="ja") for number, phase in enumerate(PHASES, 1)}


def world(seeds: list[Entry] = [], practices: tuple[str, ...] = PRACTICES[:1], **planning: Any) -> World:  # noqa: B006 (never changed)
    """A small world with these steps beside the gates, and nothing else."""
    usual: Entry = {"start": "2027-02-01", "eigen_taken": [], "overleggen": []}
    entries = {each["id"]: each for each in seeds}
    return World({}, {}, {**gates(), **entries}, {key: practice(key) for key in practices}, THEMES[1:], usual | planning)


def practice(key: str, **more: Any) -> Entry:
    return {"id": key, "naam": key.capitalize(), **more}


# -- at random -------------------------------------------------------------------------------------------------------

STARTS = st.dates(date(2026, 6, 1), date(2028, 12, 31)) | st.sampled_from([date(2028, 2, 29), date(2026, 12, 25), date(2027, 2, 27)])


def some(of: tuple[str, ...], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), unique=True, min_size=least) if of else st.builds(list)


def possible_before(entry: Entry, earlier: Mapping[str, Entry]) -> tuple[str, ...]:
    """The tasks that a task can wait for without a ring: of its phase or an earlier one, but no gate of its own phase."""
    phase = PHASES.index(entry["fase"])
    usable = {key: PHASES.index(each["fase"]) for key, each in earlier.items() if PHASES.index(each["fase"]) <= phase}
    return tuple(key for key, other in usable.items() if other < phase or not earlier[key].get("poort"))


@st.composite
def references(draw: st.DrawFn) -> tuple[dict[str, Entry], dict[str, Entry], dict[str, Entry]]:
    """Agreements, requirements and tasks."""
    provenance = st.sampled_from(["afgeleid", "afgeleid", "voorstel"])
    agreements = {f"N-{n}{m}": agreement(f"N-{n}{m}", theme, draw(provenance)) for n, theme in enumerate(THEMES) for m in (1, 2)}
    requirements, seeds = {}, dict[str, Entry]()
    for number in range(draw(st.integers(1, 5))):
        theme = draw(st.sampled_from(THEMES))
        serves = draw(some(tuple(key for key, each in agreements.items() if each["thema"] == theme), 1))
        key, level = f"BV-{number}", draw(st.sampled_from(["praktijk", "praktijk", "wijk"]))
        requirements[key] = requirement(key, level, theme, serves, draw(st.sampled_from(PHASES)))
        for task in range(1, draw(st.integers(1, 2)) + 1):
            seeds[f"{key}-T{task}"] = draw(entries(seed, f"{key}-T{task}", seeds, voorwaarde=key))
    for number in range(draw(st.integers(0, 4))):
        where = {"level": draw(st.sampled_from(["praktijk", "wijk"])), "thema": draw(st.sampled_from(THEMES))}
        seeds[f"STAP-{number}"] = draw(entries(step, f"STAP-{number}", seeds, **where))
    return agreements, requirements, {**gates(), **seeds}


@st.composite
def entries(draw: st.DrawFn, kind: Any, key: str, earlier: Mapping[str, Entry], /, **more: Any) -> Entry:
    more |= {"wie": draw(st.sampled_from(ROLES)), "werkdagen": str(draw(st.integers(1, 7)))}
    if kind is not own_task:
        more["mtvp"] = draw(some(MTVP))
    entry: Entry = kind(key, draw(st.sampled_from(PHASES)), **more)
    return {**entry, "na": draw(some(possible_before(entry, earlier)))}


@st.composite
def sites_practices(draw: st.DrawFn, agreements: Mapping[str, Entry]) -> dict[str, Entry]:
    found = {}
    for key in PRACTICES[: draw(st.integers(1, 3))]:
        decision = {"op": "2026-01-01", "door": "raad", "reden": "Zo."}
        left_out = [{"id": each, "keuze": "weglaten", "besluit": decision} for each in draw(some(tuple(agreements)))]
        mtvp = draw(st.none() | some(MTVP))
        found[key] = practice(key, zonder=draw(some(ROLES[1:3])), mtvp="onbekend" if mtvp is None else mtvp, afspraken=left_out)
    return found


def day(start: date, longest: int) -> st.SearchStrategy[str]:
    return st.integers(0, longest).map(lambda days: (start + days * DAY).isoformat())


@st.composite
def free_periods(draw: st.DrawFn, start: date, practices: tuple[str, ...]) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(0, 3))):
        first = start + draw(st.integers(-5, 150)) * DAY
        last = first + draw(st.integers(0, 20)) * DAY
        found.append({"naam": f"Vrij {number}", "van": first.isoformat(), "tot": last.isoformat(), "praktijken": draw(some(practices))})
    return found


@st.composite
def plannings(draw: st.DrawFn, seeds: Mapping[str, Entry], requirements: Mapping[str, Entry], practices: tuple[str, ...]) -> Entry:
    start = draw(STARTS)
    empty: Entry = {"praktijken": [], "themas": []}
    waves: list[Entry] = [{"id": f"g-{n}", "naam": f"golf {n}", "begin": draw(day(start, 90)), **deepcopy(empty)} for n in range(2)]
    for kind, members in (("praktijken", practices), ("themas", THEMES[1:])):
        for member in members:
            wave = draw(st.integers(0, 3))
            if wave < len(waves):
                waves[wave][kind].append(member)
    changes: dict[str, Entry] = {}
    for key in draw(some(tuple(seeds))):
        change = {"op": draw(day(start, 200)), "werkdagen": str(draw(st.integers(1, 9))), "uren": draw(st.sampled_from(["1", "2,5", "40"]))}
        changes[key] = {name: change[name] for name in draw(some(tuple(change)))}
        level = seeds[key].get("niveau") or requirements[seeds[key]["voorwaarde"]]["niveau"]
        if level == "praktijk" and draw(st.booleans()):
            changes[key]["per_praktijk"] = {draw(st.sampled_from(practices)): {"op": draw(day(start, 200))}}
    own: dict[str, Entry] = {}
    for number in range(draw(st.integers(0, 3))):
        more: Entry = {"niveau": draw(st.sampled_from(["wijk", "praktijk"])), "thema": draw(st.sampled_from(THEMES))}
        more["praktijken"] = draw(some(practices)) if more["niveau"] == "praktijk" else []
        more |= draw(st.sampled_from([{}, {}, {"op": draw(day(start, 200))}, {"uren": "8"}]))
        own[f"PRO-{number}"] = draw(entries(own_task, f"PRO-{number}", {**seeds, **own}, **more))
    planning: Entry = {
        "start": start.isoformat(),
        "schoolvakanties": draw(free_periods(start, ())) if draw(st.booleans()) else [],
        "gesloten": draw(free_periods(start, practices)),
        "werkdagen": {role: draw(some(tuple(Weekday), 1)) for role in draw(some(ROLES))},
        "golven": waves,
        "taken": changes,
        "eigen_taken": list(own.values()),
        "overleggen": [],
    }
    return planning | ({"einde": draw(day(start, 250))} if draw(st.booleans()) else {})


@st.composite
def worlds(draw: st.DrawFn) -> World:
    agreements, requirements, seeds = draw(references())
    practices = draw(sites_practices(agreements))
    planning = draw(plannings(seeds, requirements, tuple(practices)))
    return World(agreements, requirements, seeds, practices, tuple(draw(some(THEMES[1:]))), planning)
