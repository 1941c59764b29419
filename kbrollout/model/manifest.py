"""`manifest.json`, entry by entry: the contract with everything that comes after a pack."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from kbrollout.model.neighbourhood import State


def _real(day: str) -> str:
    date.fromisoformat(day)
    return day


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real)]


def code_of(key: str) -> str:
    """A content key as people read it in a footer: twice four characters."""
    return f"{key[:4]}-{key[4:8]}".upper()


class Entry(BaseModel):
    """Base of everything in a manifest."""

    model_config = ConfigDict(frozen=True)


class FileEntry(Entry):
    """One file of the pack. `date` is that of the build that last changed its key."""

    path: str
    document: str
    format: str
    title: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    key: str = Field(pattern="^[0-9a-f]{64}$")
    date: Day

    @property
    def code(self) -> str:
        return code_of(self.key)


class SiteEntry(Entry):
    id: str
    name: str
    municipality: str
    code: str
    example: bool = False
    """True when practices, functions and decisions are made up."""


class ReferenceEntry(Entry):
    name: str
    version: str


class AdoptedEntry(Entry):
    """The decision that took over a release as a whole."""

    version: str
    on: str
    by: str


class AgreementEntry(Entry):
    """One agreement with its state here. `text` is the sentence as it stands in the documents, names filled in."""

    id: str
    title: str
    state: State
    reason: str
    text: str
    fingerprint: str
    theme: str
    does: tuple[str, ...]
    knows: tuple[str, ...]
    own: bool = False


class DecisionEntry(Entry):
    """A decision about one agreement, or about the whole reference when `agreement` is None. `practice` is set when it is one's own."""

    agreement: str | None
    practice: str | None
    what: Literal["vastgesteld", "overgenomen", "aangepast", "weggelaten", "eigen afspraak"]
    on: str
    by: str
    reason: str | None


class RoleEntry(Entry):
    id: str
    name: str
    filled_by: tuple[str, ...]


class UnitEntry(Entry):
    """A practice, or the neighbourhood as a whole."""

    id: str
    name: str
    kind: str = Field(pattern="^(praktijk|wijk)$")


class ThemeEntry(Entry):
    id: str
    name: str


class RequirementEntry(Entry):
    """One requirement for one unit. Texts are as they stand in the documents; `due` is when the plan has it arranged."""

    id: str
    unit: str
    title: str
    theme: str
    phase: str
    who: str
    why: str
    good_enough: str
    evidence: str
    agreements: tuple[str, ...]
    due: str | None


class RetiredEntry(Entry):
    """An id of a requirement or an agreement that is not used any more, and what came in its place."""

    id: str
    since: str
    successors: tuple[str, ...]
    reason: str


class TaskEntry(Entry):
    """One task of one unit with its first and last day, and those of the plan that was approved."""

    id: str
    unit: str
    what: str
    who: str
    phase: str
    theme: str
    requirement: str | None
    start: str
    end: str
    after: tuple[str, ...]
    fixed: bool
    gate: bool
    own: bool
    baseline_start: str | None
    baseline_end: str | None


class MeetingEntry(Entry):
    """One meeting of a body; times are local."""

    id: str
    series: str
    body: str
    name: str
    """The name of the body."""

    day: str
    starts: str
    ends: str


class IndicatorEntry(Entry):
    """One measure by its definition. `question` is None when nobody is asked anything, or when the exact question is not known."""

    id: str
    title: str
    level: str = Field(pattern="^(praktijk|wijk)$")
    definition: str
    question: str | None
    question_unknown: bool
    scale: str | None
    method: str
    when: str
    who: str


class HistoryEntry(Entry):
    """An earlier version of a document: its title and code as they were printed, its date, and the day on which it was replaced."""

    document: str
    title: str
    code: str = Field(pattern="^[0-9A-F]{4}-[0-9A-F]{4}$")
    since: Day
    until: Day


class OpenPointEntry(Entry):
    id: str
    what: str
    why: str
    owner: str
    due: str | None
    units: tuple[str, ...]


class Manifest(Entry):
    """The whole manifest."""

    format: int
    site: SiteEntry
    reference: ReferenceEntry
    concept: bool
    adopted: AdoptedEntry | None
    files: tuple[FileEntry, ...]
    agreements: tuple[AgreementEntry, ...]
    roles: tuple[RoleEntry, ...]
    units: tuple[UnitEntry, ...]
    themes: tuple[ThemeEntry, ...]
    decisions: tuple[DecisionEntry, ...] = ()
    requirements: tuple[RequirementEntry, ...] = ()
    retired: tuple[RetiredEntry, ...] = ()
    tasks: tuple[TaskEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    open_points: tuple[OpenPointEntry, ...]
    history: tuple[HistoryEntry, ...] = ()
