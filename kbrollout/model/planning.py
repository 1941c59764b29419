"""`planning.yaml`: when a neighbourhood rolls out, who works when, what stands fixed, and which meetings there are."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo, field_validator

from kbrollout.model.fields import (
    AgreementId,
    BodyId,
    Clock,
    Day,
    Hours,
    Identifier,
    Interval,
    Line,
    Model,
    OrUnknown,
    PracticeId,
    Prose,
    RequirementId,
    Rhythm,
    RoleId,
    Slug,
    TaskId,
    ThemeId,
    WebAddress,
    WorkingDays,
    YesNo,
    key,
    refuse,
)
from kbrollout.model.framework import Element, Phase, UnitLevel, Weekday

LONGEST_FREE_PERIOD = 366
"""Days. A longer one is a slip of the pen in a year."""


class FreePeriod(Model):
    """Days on which nobody works, everywhere or in some practices."""

    name: Line = key("naam", "Hoe de periode heet.")
    first: Day = key("van", "De eerste vrije dag, als jjjj-mm-dd.")
    last: Day = key("tot", "De laatste vrije dag, als jjjj-mm-dd.")
    practices: tuple[PracticeId, ...] = key("praktijken", "De praktijken waarvoor het geldt. Niets is: voor iedereen.", default=())
    source: Line | None = key("bron", "Waar de datums vandaan komen.", default=None)

    @field_validator("last")
    @classmethod
    def _first_before_last(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first", last)
        if last < first:
            raise refuse("periode-omgekeerd", van=first, tot=last)
        if (last - first).days > LONGEST_FREE_PERIOD:
            raise refuse("periode-te-lang", van=first, tot=last)
        return last


class Wave(Model):
    """Practices and themes that begin together, later than the start of the plan."""

    id: Slug = key("id", "Vaste naam van de golf. Verandert nooit.")
    name: Line = key("naam", "Hoe de golf heet.")
    start: Day = key("begin", "De dag waarop de golf begint, als jjjj-mm-dd.")
    practices: tuple[PracticeId, ...] = key("praktijken", "De praktijken die dan beginnen.", default=())
    themes: tuple[ThemeId, ...] = key("themas", "De thema's die dan beginnen.", default=())


class InPractice(Model):
    """What one practice knows of a task."""

    on: Day = key("op", "De dag die in deze praktijk vaststaat, als jjjj-mm-dd.")


class TaskChange(Model):
    """What the neighbourhood knows of a task of the reference: a fixed day, its length, its hours."""

    on: Day | None = key("op", "De dag waarop het gebeurt of klaar is. Die verschuift nooit.", default=None)
    working_days: WorkingDays | None = key("werkdagen", "Hoeveel werkdagen het hier duurt.", default=None)
    hours: Hours | None = key("uren", "Hoeveel uur werk het hier is, per praktijk of voor de wijk.", default=None)
    per_practice: dict[PracticeId, InPractice] = key("per_praktijk", "Dagen die in één praktijk vaststaan.", default={})


class OwnTask(Model):
    """A task of the neighbourhood itself."""

    id: Identifier = key("id", "Vaste naam; begint met de code van de wijk. Verandert nooit.")
    what: Line = key("wat", "Wat u doet, in de gebiedende wijs.")
    level: UnitLevel = key("niveau", "praktijk of wijk.", default=UnitLevel.NEIGHBOURHOOD)
    practices: tuple[PracticeId, ...] = key("praktijken", "De praktijken die het doen. Niets is: allemaal.", default=())
    theme: ThemeId | None = key("thema", "Het thema. Niets is kern.", default=None)
    who: RoleId = key("wie", "De rol die het doet.")
    phase: Phase = key("fase", "voorbereiding, nulmeting, invoering of borging.")
    working_days: WorkingDays = key("werkdagen", "Hoeveel werkdagen het duurt naast het gewone werk.")
    assumption: YesNo = key("aanname", "ja als de duur een aanname is.", default=True)
    after: tuple[TaskId, ...] = key("na", "De taken die eerst klaar moeten zijn.", default=())
    element: Element = key("element", "visie, belang, plan, middelen of competenties.", default=Element.PLAN)
    requirement: RequirementId | None = key("voorwaarde", "De basisvoorwaarde waar het bij helpt.", default=None)
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar het bij hoort.", default=())
    on: Day | None = key("op", "De dag die vaststaat, als jjjj-mm-dd.", default=None)
    hours: Hours | None = key("uren", "Hoeveel uur werk het is.", default=None)
    explanation: Line | None = key("uitleg", "Hoe, of waar u op let.", default=None)


class MeetingSeries(Model):
    """Meetings of one body with a rhythm. Months keep the weekday: the third Tuesday stays the third Tuesday."""

    id: Slug = key("id", "Vaste naam van het overleg. Verandert nooit.")
    body: BodyId = key("gremium", "Het gremium dat bij elkaar komt.")
    first: Day = key("eerste", "De dag van het eerste overleg, als jjjj-mm-dd.")
    last: Day | None = key("laatste", "Na deze dag is er geen overleg meer. Niets is: tot het einde van het plan.", default=None)
    every: Rhythm = key("elke", "Hoe vaak, zoals: 2 weken, 1 maand of 3 maanden.")
    starts: Clock = key("van", "Hoe laat het begint, zoals 16:00.")
    ends: Clock = key("tot", "Hoe laat het klaar is, zoals 17:30.")
    place: OrUnknown[Line] = key("plaats", "Waar, of onbekend.", default=None)
    papers: YesNo = key("agenda", "nee als kbrollout voor dit overleg geen agenda hoeft te maken.", default=True)
    learning: YesNo = key("leren", "ja als u er samen leert: casuïstiek, intervisie, scholing of training.", default=False)

    @field_validator("last")
    @classmethod
    def _last_not_before_first(cls, last: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("first")
        if first and last and last < first:
            raise refuse("periode-omgekeerd", van=first, tot=last)
        return last

    @field_validator("every")
    @classmethod
    def _falls_in_every_month(cls, every: Interval, info: ValidationInfo) -> Interval:
        first = info.data.get("first")
        if first and every.monthly and first.day > 28:
            raise refuse("ritme-valt-niet", gegeven=first)
        return every

    @field_validator("ends")
    @classmethod
    def _ends_later(cls, ends: time, info: ValidationInfo) -> time:
        starts = info.data.get("starts")
        if starts and ends <= starts:
            raise refuse("tijd-omgekeerd", van=f"{starts:%H:%M}", tot=f"{ends:%H:%M}")
        return ends


class OwnRisk(Model):
    """A risk that the neighbourhood itself sees."""

    id: Identifier = key("id", "Vaste naam; begint met de code van de wijk. Verandert nooit.")
    what: Line = key("wat", "Wat er mis kan gaan.")
    consequence: OrUnknown[Line] = key("gevolg", "Wat daarvan komt, of onbekend.", default=None)
    measure: OrUnknown[Line] = key("maatregel", "Wat u ertegen doet, of onbekend.", default=None)
    owner: RoleId = key("eigenaar", "De rol die erop let.")


def _some_day(days: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    if not days:
        raise refuse("geen-werkdagen")
    return days


RoleDays = Annotated[tuple[Weekday, ...], AfterValidator(_some_day)]


class Planning(Model):
    """`planning.yaml`."""

    start: OrUnknown[Day] = key("start", "De dag waarop de invoering begint, als jjjj-mm-dd, of onbekend.")
    wished_end: Day | None = key("einde", "De dag waarop de wijk klaar wil zijn.", default=None)
    remark: Prose | None = key("opmerking", "Wat lezers van dit plan moeten weten.", default=None)
    school_holidays: tuple[FreePeriod, ...] = key("schoolvakanties", "De schoolvakanties; dan is er geen werk gepland.", default=())
    closed: tuple[FreePeriod, ...] = key("gesloten", "Andere weken waarin iedereen, of een praktijk, dicht is.", default=())
    workdays: dict[RoleId, RoleDays] = key("werkdagen", "Op welke dagen een rol werkt, als dat niet elke dag is.", default={})
    waves: tuple[Wave, ...] = key("golven", "Praktijken en thema's die later beginnen dan de start.", default=())
    tasks: dict[TaskId, TaskChange] = key("taken", "Wat hier vaststaat of anders is, per taak.", default={})
    own_tasks: tuple[OwnTask, ...] = key("eigen_taken", "Taken van de wijk zelf.", default=())
    meetings: tuple[MeetingSeries, ...] = key("overleggen", "De overleggen met hun ritme.", default=())
    risks: tuple[OwnRisk, ...] = key("risicos", "Risico's die de wijk zelf ziet.", default=())
    tracker: WebAddress | None = key("voortgang", "Het webadres waar de wijk haar voortgang bijhoudt.", default=None)

    @field_validator("wished_end")
    @classmethod
    def _end_after_start(cls, end: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start")
        if start and end and end < start:
            raise refuse("einde-voor-start", start=start, einde=end)
        return end

    @property
    def free_periods(self) -> tuple[FreePeriod, ...]:
        return (*self.school_holidays, *self.closed)


def wave_start(planning: Planning, start: date, practice: str | None, theme: str | None) -> date:
    """The day on which work of a practice (None: the neighbourhood) on a theme (None: the core) can begin."""
    found = [wave.start for wave in planning.waves if practice in wave.practices or theme in wave.themes]
    return max([start, *found])
