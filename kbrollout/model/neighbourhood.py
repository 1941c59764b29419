"""A neighbourhood: the reference as it holds here, with where everything came from and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kbrollout.model.catalogue import Agreement, Catalogue, Programme, Role, Theme
from kbrollout.model.conditions import Requirement
from kbrollout.model.framework import UnitLevel
from kbrollout.model.handouts import Handout
from kbrollout.model.plan import Plan
from kbrollout.model.site import Site
from kbrollout.model.tailoring import ChoiceKind, Decision, Disagreement


class State(StrEnum):
    """Where an agreement stands in this neighbourhood."""

    IN_FORCE = "geldt"
    ADAPTED = "aangepast"
    DROPPED = "weggelaten"
    TO_CHOOSE = "te kiezen"
    TO_REVIEW = "te beoordelen"
    NOT_APPLICABLE = "niet van toepassing"
    RETIRED = "vervallen"


DECIDED = {ChoiceKind.TAKE_OVER: "overgenomen", ChoiceKind.ADAPT: "aangepast", ChoiceKind.DROP: "weggelaten"}
"""What was decided, in one word."""

HOLDS = (State.IN_FORCE, State.ADAPTED)
"""The states that plan, checklists, tracker and handouts use."""


@dataclass(frozen=True)
class BoundRole:
    """A role as it is called and filled here.

    `phrase` is the noun with its article. `filled_by` holds the names of partners or practices; `needed` says
    that an agreement or a chosen theme speaks of the role.
    """

    role: Role
    name: str
    plural: str
    phrase: str
    local: bool
    filled_by: tuple[str, ...]
    contact: str | None
    reason: str | None
    needed: bool

    @property
    def unfilled(self) -> bool:
        return self.needed and not self.filled_by


@dataclass(frozen=True)
class BoundProgramme:
    """A programme as it is called here; `phrase` is its brand name, or the kind with its article."""

    programme: Programme
    phrase: str
    description: str
    local: bool


@dataclass(frozen=True)
class ChosenTheme:
    """A theme that this neighbourhood takes up."""

    theme: Theme
    name: str
    contact: str | None


@dataclass(frozen=True)
class BoundValue:
    """What stands on a blank, the layer that put it there (referentie, wijk or a practice), and what the reference has."""

    phrase: str
    layer: str
    standard: str


@dataclass(frozen=True)
class PracticeVersion:
    """An agreement as one practice has it, where that is not as the neighbourhood has it."""

    practice: str
    name: str
    agreement: Agreement
    kind: ChoiceKind
    bound: Mapping[str, BoundValue]
    decision: Decision

    @property
    def dropped(self) -> bool:
        return self.kind is ChoiceKind.DROP

    @property
    def values(self) -> dict[str, str]:
        """The phrases of the agreement's values in this practice."""
        return {name: bound.phrase for name, bound in self.bound.items()}


@dataclass(frozen=True)
class ResolvedAgreement:
    """An agreement with its state here and the reason for it.

    `agreement` is the text that holds here; `original` is that of the reference where the neighbourhood adapted it.
    `decision` is who decided about this very agreement, `decided` what, in one word: also where the state is another.
    """

    agreement: Agreement
    state: State
    reason: str
    bound: Mapping[str, BoundValue]
    fingerprint: str
    original: Agreement | None = None
    own: bool = False
    decision: Decision | None = None
    decided: str | None = None
    share: bool = False
    disagreements: tuple[Disagreement, ...] = ()
    practices: tuple[PracticeVersion, ...] = ()

    @property
    def id(self) -> str:
        return self.agreement.id

    @property
    def holds(self) -> bool:
        return self.state in HOLDS

    @property
    def values(self) -> dict[str, str]:
        """The phrases of the agreement's own values."""
        return {name: bound.phrase for name, bound in self.bound.items()}


@dataclass(frozen=True)
class ResolvedRequirement:
    """A requirement that applies here: the agreements that hold and that it serves, or the proposals that it waits for."""

    requirement: Requirement
    serves: tuple[str, ...]
    waits_for: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.requirement.id

    @property
    def asked(self) -> bool:
        return bool(self.serves)


@dataclass(frozen=True)
class OpenPoint:
    """Something that is left open, with the reason, who picks it up and by when.

    `owner` is a role id. `units` are the ids of the practices it is about; empty means the whole neighbourhood.
    `own` says that the site added it itself; `asks` is what each of those practices can do about it.
    """

    id: str
    what: str
    why: str
    owner: str
    due: date | None = None
    theme: str | None = None
    units: tuple[str, ...] = ()
    own: bool = False
    asks: str | None = None


@dataclass(frozen=True)
class Neighbourhood:
    """Reference × profile, resolved. `phrases` gives for each name between braces what stands in the sentence."""

    catalogue: Catalogue
    site: Site
    roles: Mapping[str, BoundRole]
    programmes: Mapping[str, BoundProgramme]
    themes: tuple[ChosenTheme, ...]
    agreements: tuple[ResolvedAgreement, ...]
    requirements: tuple[ResolvedRequirement, ...]
    open_points: tuple[OpenPoint, ...]
    handouts: tuple[Handout, ...] = ()
    plan: Plan | None = None
    """None while the neighbourhood has no start date."""

    def requirements_of(self, practice: str | None) -> dict[str, ResolvedRequirement]:
        """What is asked of one practice, or of the neighbourhood (None), by id.

        Not what only serves agreements that the practice leaves out.
        """
        level = UnitLevel.PRACTICE if practice else UnitLevel.NEIGHBOURHOOD
        dropped = self.dropped_in(practice) if practice else set()
        asked = (each for each in self.requirements if each.asked and each.requirement.level is level)
        return {each.id: each for each in asked if not dropped.issuperset(each.serves)}

    def dropped_in(self, practice: str) -> set[str]:
        """The ids of the agreements that one practice leaves out."""
        return {each.id for each in self.agreements for version in each.practices if version.dropped and version.practice == practice}

    @property
    def concept(self) -> bool:
        """True until the neighbourhood has adopted a release of the reference."""
        return self.site.profile.adopted is None

    @cached_property
    def holding(self) -> frozenset[str]:
        """The ids of the agreements that hold."""
        return frozenset(each.id for each in self.agreements if each.holds)

    @cached_property
    def practice_names(self) -> dict[str, str]:
        """The names of the practices, by id."""
        return {practice.id: practice.name for practice in self.site.profile.practices}

    @cached_property
    def phrases(self) -> dict[str, str]:
        roles = {key: bound.phrase for key, bound in self.roles.items()}
        return roles | {key: bound.phrase for key, bound in self.programmes.items()}

    @cached_property
    def words(self) -> dict[str, str]:
        return local_words(self.roles.values())


def local_words(roles: Iterable[BoundRole]) -> dict[str, str]:
    """Words of the reference → the words used here, for what its texts say without braces, such as “een cliënt”.

    Names of roles that keep theirs stand for themselves, so that a longer name is never taken for a shorter one in it.
    A word with another article here keeps its old form in the singular: the words around it would not fit.
    """
    words: dict[str, str] = {}
    for bound in roles:
        same_article = bound.phrase.startswith(f"{bound.role.article.value} ")
        words[bound.role.name] = bound.name if same_article else bound.role.name
        words[bound.role.plural] = bound.plural
    return words if any(old != new for old, new in words.items()) else {}
