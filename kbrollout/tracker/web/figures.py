"""What pages show of measures: definitions with their versions, figures per unit with a drawing, and the form to add one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kbrollout.errors import Problem
from kbrollout.tracker.charts import Point, line_chart, scale_of, written
from kbrollout.tracker.measuring import figures, pieces
from kbrollout.tracker.models import Indicator, Measurement, Site, Unit
from kbrollout.tracker.web.common import by_field


@dataclass(frozen=True)
class Series:
    """The figures of one unit, the newest first, and the drawing of them: empty while there is nothing to join.

    `breaks` is whether there are figures side by side that may not be joined.
    """

    unit: Unit
    figures: tuple[Measurement, ...]
    chart: str
    breaks: bool


@dataclass(frozen=True)
class Definition:
    """A measure in all its versions, the newest first, with the units that it is about and the figures by day.

    `who` is the local name of the role that measures.
    """

    who: str
    versions: tuple[Indicator, ...]
    units: tuple[Unit, ...]
    figures: tuple[Measurement, ...]

    @property
    def newest(self) -> Indicator:
        return self.versions[0]

    @property
    def code(self) -> str:
        return self.newest.code

    @property
    def is_asked(self) -> bool:
        """Whether the pack still has it."""
        return self.newest.gone is None

    @property
    def known(self) -> tuple[Indicator, ...]:
        """The versions whose exact words are known: only those can have figures."""
        return tuple(each for each in self.versions if not each.question_unknown)

    @property
    def latest(self) -> Measurement | None:
        return self.figures[-1] if self.figures else None

    @cached_property
    def series(self) -> list[Series]:
        """Per unit that was measured; all drawings have the same scale, so that they can be looked at side by side."""
        values = [each.value for each in self.figures if each.value is not None]
        scale = scale_of(values)
        found = []
        for unit in dict.fromkeys(each.unit for each in sorted(self.figures, key=lambda each: each.unit.order)):
            own = [each for each in self.figures if each.unit_id == unit.pk]
            parts = [[Point(each.on, each.value, written(each.value)) for each in part if each.value is not None] for part in pieces(own)]
            found.append(Series(unit, tuple(reversed(own)), line_chart(f"{self.newest.title}, {unit.name}", parts, scale), len(parts) > 1))
        return found

    @property
    def measured(self) -> int:
        """How many units have figures."""
        return len({each.unit_id for each in self.figures})

    @property
    def asks(self) -> bool:
        """Whether people are asked something in any version."""
        return any(each.question for each in self.versions)

    @property
    def without(self) -> list[Unit]:
        """The units that were not measured yet."""
        measured = {each.unit_id for each in self.figures}
        return [unit for unit in self.units if unit.pk not in measured]


@dataclass(frozen=True)
class Form:
    """The form for a figure: what can be chosen, what stands in it, and what is wrong. `old` is what it corrects."""

    units: tuple[Unit, ...]
    versions: tuple[Indicator, ...]
    old: Measurement | None
    values: Mapping[str, str]
    wrong: Mapping[str, Problem]

    @property
    def asks_number(self) -> bool:
        return any(each.question for each in self.versions)


def definitions(site: Site) -> list[Definition]:
    """All measures of a site, in three queries: first those that the pack has, then those that it had."""
    versions: dict[str, list[Indicator]] = {}
    for each in site.indicators.order_by("code", "-version"):
        versions.setdefault(each.code, []).append(each)
    units, measured = list(site.units.filter(gone=None)), figures(site)
    found = [_definition(site, each, units, measured) for each in versions.values()]
    return sorted(found, key=lambda each: not each.is_asked)


def definition_of(site: Site, code: str) -> Definition | None:
    """One measure; None when there is no such one."""
    versions = list(site.indicators.filter(code=code).order_by("-version"))
    return _definition(site, versions, list(site.units.filter(gone=None)), figures(site, code)) if versions else None


def form_of(
    definition: Definition,
    units: Iterable[Unit],
    old: Measurement | None,
    given: Mapping[str, str] | None = None,
    problems: Iterable[Problem] = (),
) -> Form | None:
    """The form for who may fill in `units`; None when there is nothing to fill in."""
    own, versions = tuple(units), definition.known
    if old:
        return Form((old.unit,), (old.indicator,), old, given or _stands(old), by_field(problems))
    if not own or not versions or not definition.is_asked:
        return None
    begun = {"version": str(versions[0].version)}
    return Form(own, versions, None, given or begun, by_field(problems))


def _definition(site: Site, versions: list[Indicator], units: list[Unit], measured: list[Measurement]) -> Definition:
    newest = versions[0]
    return Definition(
        str(site.roles.get(newest.who, newest.who)),
        tuple(versions),
        tuple(unit for unit in units if unit.kind == newest.level),
        tuple(each for each in measured if each.indicator.code == newest.code),
    )


def _stands(old: Measurement) -> dict[str, str]:
    """A figure as somebody would type it."""
    return {
        "on": f"{old.on:%d-%m-%Y}",
        "value": "" if old.value is None else written(old.value).replace(".", ""),
        "answered": "" if old.answered is None else str(old.answered),
        "source": old.source,
    }
