"""Makes the plan of a site and finds what is wrong with its planning, each with its place in `planning.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from graphlib import CycleError
from itertools import combinations, pairwise

from kbrollout.errors import Problem, Severity
from kbrollout.grammar import counted, working_days
from kbrollout.messages import problem
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import UnitLevel
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Clash, Plan, Work
from kbrollout.model.planning import FreePeriod, Planning
from kbrollout.scheduling.make import Calendars, make_plan
from kbrollout.scheduling.work import all_work
from kbrollout.scheduling.workdays import NoWorkingDayError
from kbrollout.taskchecks import ring
from kbrollout.validate import MOST_PROBLEMS
from kbrollout.yamlfile import Path_, Sourced

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Public holidays are known up to the last of these."""
MOST_YEARS = 10
"""Between the start of a plan and any other day in it: more is a slip of the pen, and meetings until then would never end."""


def with_plan(neighbourhood: Neighbourhood, source: Sourced, today: date) -> tuple[Neighbourhood, list[Problem]]:
    """The neighbourhood with its plan, and everything that is wrong or strange in its planning.

    Without a plan where there is no start date, or where a fault makes one impossible.
    """
    planning = neighbourhood.site.planning
    assert planning is not None
    found = [*_too_far(planning, source), *_names(planning, neighbourhood, source), *_own_tasks(planning, neighbourhood, source)]
    found += [*_periods(planning, source), *_waves(planning, neighbourhood, source), *_tasks(planning, neighbourhood, source)]
    if planning.start is None or any(each.severity is Severity.ERROR for each in found):
        return neighbourhood, found
    if planning.start < today and neighbourhood.site.baseline is None:
        found.append(problem("start-voorbij", source.place(("start",)), Severity.WARNING, gegeven=planning.start))
    try:
        plan = make_plan(neighbourhood)
    except CycleError:
        found.append(_in_a_ring(planning, neighbourhood, source))
    except NoWorkingDayError as error:
        periods = "gesloten" if planning.closed else "schoolvakanties"
        found.append(problem("geen-werkdag", source.place((periods,)), dag=error.day))
    else:
        if plan:
            found += [*_clashes(plan, planning, source), *_meetings(planning, plan, source)]
        return replace(neighbourhood, plan=plan), found
    return neighbourhood, found


def _too_far(planning: Planning, source: Sourced) -> Iterator[Problem]:
    """Days in a year that cannot be meant."""
    first, last = FIRST_YEAR, LAST_YEAR - MOST_YEARS
    if planning.start and first <= planning.start.year <= last:
        first, last = planning.start.year - MOST_YEARS, planning.start.year + MOST_YEARS
    for path, day in _days(planning):
        if not first <= day.year <= last:
            yield problem("datum-te-ver", source.place(path), gegeven=day, jaren=MOST_YEARS)


def _days(planning: Planning) -> Iterator[tuple[Path_, date]]:
    """Every day in `planning.yaml` with its place."""
    for name, periods in _lists_of_periods(planning):
        for number, period in enumerate(periods):
            yield from (((name, number, "van"), period.first), ((name, number, "tot"), period.last))
    found: list[tuple[Path_, date | None]] = [(("start",), planning.start), (("einde",), planning.wished_end)]
    found += [(("golven", number, "begin"), wave.start) for number, wave in enumerate(planning.waves)]
    found += [(("overleggen", number, "eerste"), series.first) for number, series in enumerate(planning.meetings)]
    found += [(("overleggen", number, "laatste"), series.last) for number, series in enumerate(planning.meetings)]
    found += [(("eigen_taken", number, "op"), task.on) for number, task in enumerate(planning.own_tasks)]
    for identifier, change in planning.tasks.items():
        found.append((("taken", identifier, "op"), change.on))
        found += [(("taken", identifier, "per_praktijk", practice, "op"), there.on) for practice, there in change.per_practice.items()]
    yield from ((path, day) for path, day in found if day)


def _lists_of_periods(planning: Planning) -> tuple[tuple[str, tuple[FreePeriod, ...]], ...]:
    return ("schoolvakanties", planning.school_holidays), ("gesloten", planning.closed)


def _names(planning: Planning, neighbourhood: Neighbourhood, source: Sourced) -> Iterator[Problem]:
    """Ids of the site itself begin with its code, and are not those of the reference."""
    code, catalogue = neighbourhood.site.profile.place.code, neighbourhood.catalogue
    taken = {"eigen_taken": set(catalogue.tasks), "risicos": {risk.id for risk in catalogue.risks}}
    own = {"eigen_taken": [task.id for task in planning.own_tasks], "risicos": [risk.id for risk in planning.risks]}
    for name, identifiers in own.items():
        for number, identifier in enumerate(identifiers):
            place = source.place((name, number, "id"))
            if identifier in taken[name]:
                yield problem("eigen-id-bezet", place, gegeven=identifier, voorstel=f"{code}-{identifier}")
            elif not identifier.startswith(f"{code}-"):
                yield problem("eigen-id-plan", place, gegeven=identifier, voorstel=f"{code}-{identifier}")


def _own_tasks(planning: Planning, neighbourhood: Neighbourhood, source: Sourced) -> Iterator[Problem]:
    """Nobody may be asked to do what nobody does, and what the whole neighbourhood does once is not done per practice."""
    chosen = {CORE_THEME, *(each.theme.id for each in neighbourhood.themes)}
    for number, task in enumerate(planning.own_tasks):
        path: Path_ = ("eigen_taken", number)
        who = neighbourhood.roles[task.who]
        if not who.filled_by and not who.reason:
            yield problem("taak-zonder-mensen", source.place((*path, "wie")), Severity.WARNING, rol=task.who, taak=task.id)
        if task.practices and task.level is UnitLevel.NEIGHBOURHOOD:
            yield problem("taak-niet-per-praktijk", source.place((*path, "praktijken")), gegeven=task.id)
        if task.theme and task.theme not in chosen:
            yield problem("plan-buiten-thema", source.place((*path, "thema")), Severity.WARNING, gegeven=task.theme)


def _periods(planning: Planning, source: Sourced) -> Iterator[Problem]:
    """Closed weeks that overlap in one list are a slip of the pen; one in a school holiday is not."""
    for name, periods in _lists_of_periods(planning):
        doubled = (
            (number, first, second) for (_, first), (number, second) in combinations(enumerate(periods), 2) if _overlap(first, second)
        )
        for number, first, second in list(doubled)[:MOST_PROBLEMS]:
            words = {"periode": second.name, "andere": first.name}
            yield problem("periodes-over-elkaar", source.place((name, number, "van")), Severity.WARNING, **words)


def _overlap(first: FreePeriod, second: FreePeriod) -> bool:
    same_place = not first.practices or not second.practices or bool({*first.practices} & {*second.practices})
    return same_place and first.first <= second.last and second.first <= first.last


def _waves(planning: Planning, neighbourhood: Neighbourhood, source: Sourced) -> Iterator[Problem]:
    chosen = {CORE_THEME, *(each.theme.id for each in neighbourhood.themes)}
    seen: dict[tuple[str, str], str] = {}
    for number, wave in enumerate(planning.waves):
        if planning.start and wave.start < planning.start:
            yield problem("golf-voor-start", source.place(("golven", number, "begin")), gegeven=wave.start, start=planning.start)
        if not wave.practices and not wave.themes:
            yield problem("golf-leeg", source.place(("golven", number)), Severity.WARNING, gegeven=wave.id)
        for kind, members in (("praktijken", wave.practices), ("themas", wave.themes)):
            for position, member in enumerate(members):
                place = source.place(("golven", number, kind, position))
                if (kind, member) in seen:
                    yield problem("golf-dubbel", place, gegeven=member, eerste=seen[kind, member])
                elif kind == "themas" and member not in chosen:
                    yield problem("plan-buiten-thema", place, Severity.WARNING, gegeven=member)
                seen.setdefault((kind, member), wave.id)


def _tasks(planning: Planning, neighbourhood: Neighbourhood, source: Sourced) -> Iterator[Problem]:
    """What stands under the ids of tasks, and the fixed days of tasks that are done here."""
    works = all_work(neighbourhood, planning, planning.start or date.max)
    here: dict[str, set[str | None]] = {}
    for work in works:
        here.setdefault(work.seed, set()).add(work.unit)
    for identifier, change in planning.tasks.items():
        path: Path_ = ("taken", identifier)
        if identifier not in neighbourhood.catalogue.tasks:
            yield problem("taak-eigen", source.place(path, of_key=True), gegeven=identifier)
        elif identifier not in here:
            yield problem("taak-niet-hier", source.place(path, of_key=True), Severity.WARNING, gegeven=identifier)
        for practice in change.per_practice:
            if identifier in here and practice not in here[identifier]:
                below = (*path, "per_praktijk", practice)
                yield problem("taak-niet-in-praktijk", source.place(below, of_key=True), gegeven=identifier, praktijk=practice)
    yield from dict.fromkeys(each for work in works for each in _fixed(planning, work, source))


def _fixed(planning: Planning, work: Work, source: Sourced) -> Iterator[Problem]:
    """A fixed day on which everybody is free or the practice that does it is closed, or before the plan begins."""
    if work.fixed is None:
        return
    place, calendars = source.place(_fixed_at(planning, work)), Calendars(planning)
    everywhere, there = (calendars.of(unit, "").reason_free(work.fixed) for unit in (None, work.unit))
    if everywhere:
        yield problem("vaste-dag-vrij", place, gegeven=work.fixed, waarom=everywhere)
    elif there:
        yield problem("vaste-dag-dicht", place, gegeven=work.fixed, praktijk=work.unit, waarom=there)
    if planning.start and work.fixed < planning.start:
        yield problem("vaste-dag-voor-start", place, gegeven=work.fixed, start=planning.start)


def _fixed_at(planning: Planning, work: Work) -> Path_:
    """Where the fixed day of a task stands."""
    if work.own:
        return "eigen_taken", next(number for number, task in enumerate(planning.own_tasks) if task.id == work.seed), "op"
    if work.unit and work.unit in planning.tasks[work.seed].per_practice:
        return "taken", work.seed, "per_praktijk", work.unit, "op"
    return "taken", work.seed, "op"


def _clashes(plan: Plan, planning: Planning, source: Sourced) -> Iterator[Problem]:
    """Fixed days that do not fit: of one that holds in many practices the worst."""
    by_path: dict[Path_, list[Clash]] = {}
    for clash in plan.clashes:
        by_path.setdefault(_fixed_at(planning, plan.task(clash.task).work), []).append(clash)
    for path, clashes in by_path.items():
        worst = min(clashes, key=lambda clash: (clash.room, clash.task))
        yield _clash(worst, plan, source.place(path), more=len(clashes) - 1)


def _clash(clash: Clash, plan: Plan, place: tuple[str, int, int, str], more: int) -> Problem:
    task = plan.task(clash.task)
    words: dict[str, object] = {"taak": _shown(clash.task), "dag": clash.fixed}
    words["meer"] = f" Ook bij {counted(more, 'andere praktijk', 'andere praktijken')} past de dag niet." if more else ""
    if clash.blocker:
        words |= {"eerst": _shown(clash.blocker), "klaar": plan.task(clash.blocker).end}
        return problem("vaste-dag-te-vroeg", place, Severity.WARNING, **words)
    if clash.fixed < task.work.earliest:
        return problem("vaste-dag-voor-golf", place, Severity.WARNING, **words, begin=task.work.earliest)
    words |= {"nodig": working_days(clash.working_days), "ruimte": working_days(clash.room)}
    return problem("vaste-dag-krap", place, Severity.WARNING, **words)


def _shown(identifier: str) -> str:
    """The id of a task in a practice as people read it."""
    seed, _, practice = identifier.partition("/")
    return f"{seed} ({practice})" if practice else seed


def _meetings(planning: Planning, plan: Plan, source: Sourced) -> Iterator[Problem]:
    """Series of meetings that are never held while the plan runs."""
    held = {meeting.series for meeting in plan.meetings}
    for number, series in enumerate(planning.meetings):
        if series.id not in held:
            place, until = source.place(("overleggen", number, "eerste")), max(plan.end, plan.wished_end or plan.end)
            yield problem("overleg-valt-nooit", place, Severity.WARNING, gegeven=series.id, einde=until)


def _in_a_ring(planning: Planning, neighbourhood: Neighbourhood, source: Sourced) -> Problem:
    """Which tasks wait for each other, at the first own task that says so."""
    assert planning.start is not None
    found = ring({work.id: work.after for work in all_work(neighbourhood, planning, planning.start)}) or []
    own = {task.id: (number, task) for number, task in enumerate(planning.own_tasks)}
    seeds = [identifier.partition("/")[0] for identifier in found]
    at = next((n for n, (seed, following) in enumerate(pairwise(seeds)) if seed in own and following in own[seed][1].after), 0)
    path: Path_ = ("eigen_taken", own[seeds[at]][0], "na") if seeds[at] in own else ("eigen_taken",)
    chain = [*found[at:-1], *found[:at], found[at]]
    return problem("taken-in-een-kring", source.place(path), keten=" → ".join(map(_shown, chain)))
