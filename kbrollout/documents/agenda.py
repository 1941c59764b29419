"""Calendars: what has to be finished when, and the meetings; for the neighbourhood, per role, per practice and per function in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbrollout.documents.parts import Data
from kbrollout.documents.planparts import planning_of
from kbrollout.documents.rolkaart import PRACTICE
from kbrollout.documents.wording import covered_text, said
from kbrollout.grammar import capitalised, long_date, working_days
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.plan import Meeting, Plan, PlannedTask
from kbrollout.model.planning import Planning, Wave
from kbrollout.model.site import Body
from kbrollout.scheduling.make import Calendars

LONGEST_SUMMARY, LONGEST_ADDITION = 80, 28
"""Characters. More than this a phone does not show, and what follows between brackets leaves room for the rest."""

_ABOUT = (
    "Uit het plan van de wijk. Zet dit in een aparte agenda: die kunt u weggooien en opnieuw maken als er een nieuwe versie is. "
    "Wat klaar is, zet u in de voortgang."
)


@dataclass(frozen=True)
class Calendar:
    """One calendar: of a role, of a practice, of a function in a practice, or of the neighbourhood (neither)."""

    kind: str
    id: str
    stem: str
    practice: str | None = None
    role: str | None = None


def calendars(neighbourhood: Neighbourhood, plan: Plan) -> Sequence[Calendar]:
    """Every calendar that has something in it. Practices have a folder of their own: their ids may be any word."""
    found = [Calendar("agenda", "agenda-wijk", "agenda/wijk")]
    found += [Calendar("agenda", f"agenda-rol-{role}", f"agenda/rol-{role}", role=role) for role in neighbourhood.roles]
    for practice in neighbourhood.site.profile.practices:
        found += _of_practice(neighbourhood, practice.id)
    return _filled(neighbourhood, plan, found)


def calendars_of(neighbourhood: Neighbourhood, plan: Plan, practice: str) -> Sequence[Calendar]:
    """The calendars of one practice that have something in them, that with everything first."""
    return _filled(neighbourhood, plan, _of_practice(neighbourhood, practice))


def _of_practice(neighbourhood: Neighbourhood, practice: str) -> list[Calendar]:
    name, stem = f"praktijkagenda-{practice}", f"agenda/praktijken/{practice}"
    functions = [Calendar("praktijkagenda", f"{name}/{role}", f"{stem}/{role}", practice, role) for role in neighbourhood.roles]
    return [Calendar("praktijkagenda", name, stem, practice), *functions]


def _filled(neighbourhood: Neighbourhood, plan: Plan, found: Sequence[Calendar]) -> list[Calendar]:
    """The calendars that have something in them."""
    return [each for each in found if any(_tasks(plan, each)) or any(_meetings(neighbourhood, plan, each)) or _waves(neighbourhood, each)]


def view(neighbourhood: Neighbourhood, plan: Plan, calendar: Calendar) -> tuple[str, Data]:
    """Title and data of one calendar. Days and times are ISO texts."""
    planning = planning_of(neighbourhood)
    events = [_task_event(neighbourhood, task) for task in _tasks(plan, calendar)]
    events += [_meeting_event(neighbourhood, planning, meeting) for meeting in _meetings(neighbourhood, plan, calendar)]
    events += [_wave_event(neighbourhood, wave) for wave in _waves(neighbourhood, calendar)]
    return _title(neighbourhood, calendar), {
        "marks": [mark for mark, _ in _marks(neighbourhood)],
        "about": "\n".join([_ABOUT, *(explained for _, explained in _marks(neighbourhood))]),
        "events": sorted(events, key=lambda each: (each["day"], each["starts"] or "", each["uid"])),
    }


def _title(neighbourhood: Neighbourhood, calendar: Calendar) -> str:
    place = neighbourhood.site.profile.place.name
    if calendar.practice:
        name = neighbourhood.practice_names[calendar.practice]
        return f"Agenda van {name}: {neighbourhood.roles[calendar.role].name}" if calendar.role else f"Agenda van {name}"
    if calendar.role:
        return f"Agenda van {neighbourhood.roles[calendar.role].phrase} in {place}"
    return f"Agenda van de wijk {place}"


def _marks(neighbourhood: Neighbourhood) -> Iterator[tuple[str, str]]:
    """What must be seen at once, each in a few words and in full."""
    if neighbourhood.concept:
        yield "CONCEPT", "CONCEPT: de wijk heeft deze afspraken nog niet vastgesteld."
    if neighbourhood.site.profile.place.example:
        yield "verzonnen voorbeeld", "Verzonnen voorbeeld: praktijken, functies en besluiten zijn verzonnen."


def _tasks(plan: Plan, calendar: Calendar) -> Iterator[PlannedTask]:
    for task in plan.tasks:
        if task.work.unit == calendar.practice and calendar.role in (None, task.work.who):
            yield task


def _meetings(neighbourhood: Neighbourhood, plan: Plan, calendar: Calendar) -> Iterator[Meeting]:
    """The meetings of the bodies in which the calendar's owner sits. Who goes there from a practice is not known."""
    bodies = {body.id for body in neighbourhood.site.profile.bodies if _sits_in(neighbourhood, calendar, body)}
    yield from (meeting for meeting in plan.meetings if meeting.body in bodies)


def _sits_in(neighbourhood: Neighbourhood, calendar: Calendar, body: Body) -> bool:
    if calendar.practice:
        return calendar.role is None and not {calendar.practice, PRACTICE}.isdisjoint(body.members)
    if calendar.role is None:
        return True
    binding = neighbourhood.site.profile.roles.get(calendar.role)
    partners, bodies = (binding.partners, binding.bodies) if binding else ((), ())
    return body.id in bodies or not {calendar.role, *partners}.isdisjoint(body.members)


def _waves(neighbourhood: Neighbourhood, calendar: Calendar) -> Sequence[Wave]:
    """All waves for the neighbourhood, its own for a practice."""
    if calendar.role:
        return ()
    return [wave for wave in planning_of(neighbourhood).waves if calendar.practice is None or calendar.practice in wave.practices]


def _task_event(neighbourhood: Neighbourhood, task: PlannedTask) -> Data:
    """A task, or a gate, on the day on which it has to be finished."""
    work = task.work
    role = neighbourhood.roles[work.who].name
    lead = "Poort" if work.gate else "Vaste dag" if work.fixed else "Klaar"
    what = said(neighbourhood, work.what, own=work.own)
    return {
        **_event(neighbourhood, "taak", task.id.replace("/", "."), [what, *_about_task(neighbourhood, task)]),
        "summary": _summary(f"{lead}: {what}", role if work.unit else ""),
        "categories": [capitalised(work.phase.value), capitalised(role)],
        "day": task.end.isoformat(),
    }


def _about_task(neighbourhood: Neighbourhood, task: PlannedTask) -> Iterator[str]:
    work = task.work
    if work.explanation:
        yield f"Hoe: {said(neighbourhood, work.explanation, own=work.own)}"
    if work.outcome:
        yield f"Resultaat: {said(neighbourhood, work.outcome, own=work.own)}"
    yield f"Wie: {neighbourhood.roles[work.who].name}"
    if work.unit:
        yield f"Praktijk: {neighbourhood.practice_names[work.unit]}"
    if task.start < task.end:
        yield f"Eerste dag: {long_date(task.start)}"
    yield f"Klaar op: {long_date(task.end)}"
    if work.fixed:
        yield "Deze dag staat vast."
    elif work.assumed:
        yield f"De duur ({working_days(work.working_days)}) is een aanname."
    if work.covered:
        yield covered_text(neighbourhood, work.covered)
    if work.requirement:
        yield f"Basisvoorwaarde: {work.requirement}"
    if work.agreements:
        yield f"Afspraken: {', '.join(work.agreements)}"
    tracker = planning_of(neighbourhood).tracker
    yield f"Klaar zetten doet u in de voortgang: {tracker}" if tracker else "Klaar zetten doet u in de voortgang."


def _meeting_event(neighbourhood: Neighbourhood, planning: Planning, meeting: Meeting) -> Data:
    moved = meeting.day != meeting.regular
    about = [meeting.name]
    if moved:
        reason = Calendars(planning).of(None, "").reason_free(meeting.regular)
        about.append(f"Verplaatst: op {long_date(meeting.regular)} is het vrij ({reason}).")
    return {
        **_event(neighbourhood, "overleg", meeting.id, about),
        "summary": _summary(meeting.name, "verplaatst" if moved else ""),
        "categories": ["Overleg"],
        "place": meeting.place,
        "day": meeting.day.isoformat(),
        "starts": f"{meeting.starts:%H:%M}",
        "ends": f"{meeting.ends:%H:%M}",
    }


def _wave_event(neighbourhood: Neighbourhood, wave: Wave) -> Data:
    themes = [chosen.name for chosen in neighbourhood.themes if chosen.theme.id in wave.themes]
    practices = [neighbourhood.practice_names[practice] for practice in wave.practices]
    lists = {"Praktijken": practices, "Thema's": themes}
    about = [f"{name} die beginnen: {', '.join(found)}" for name, found in lists.items() if found]
    return {
        **_event(neighbourhood, "golf", wave.id, [f"Begin van {wave.name}", *about]),
        "summary": _summary(f"Begin: {wave.name}"),
        "categories": ["Golf"],
        "day": wave.start.isoformat(),
    }


def _event(neighbourhood: Neighbourhood, kind: str, identifier: str, about: Sequence[str]) -> Data:
    """What every event has. No id holds a dot, so no two things have the same uid; another file gives it the same one."""
    return {
        "uid": f"{kind}.{identifier}@{neighbourhood.site.id}.kbrollout",
        "description": "\n".join([*about, *(explained for _, explained in _marks(neighbourhood))]),
        "place": None,
        "starts": None,
        "ends": None,
    }


def _summary(text: str, addition: str = "") -> str:
    """One line for a phone; what does not fit stands in the description."""
    addition = f" ({_short(addition, LONGEST_ADDITION)})" if addition else ""
    return f"{_short(text, LONGEST_SUMMARY - len(addition))}{addition}"


def _short(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words where that is possible."""
    if len(text) <= most:
        return text
    cut = text[:most]
    words = cut.rpartition(" ")[0]
    return f"{(words if len(words) > most // 2 else cut[:-1]).rstrip(' ,.:;')}…"
