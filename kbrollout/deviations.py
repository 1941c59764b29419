"""How a neighbourhood differs from the reference, agreement by agreement: what `diff` and the annex tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kbrollout.differences import Run, word_differences
from kbrollout.grammar import capitalised
from kbrollout.model.catalogue import Agreement
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement, State
from kbrollout.model.tailoring import Decision
from kbrollout.slots import REFERENCE, fill


@dataclass(frozen=True)
class TextChange:
    """A heading whose text is not that of the reference; both texts with names and values filled in."""

    heading: Heading
    before: str
    after: str

    @property
    def runs(self) -> tuple[Run, ...]:
        return word_differences(self.before, self.after)


@dataclass(frozen=True)
class ValueChange:
    """A value that is not that of the reference."""

    name: str
    question: str
    before: str
    after: str


@dataclass(frozen=True)
class Deviation:
    """One agreement that is adapted, left out, or the neighbourhood's own."""

    resolved: ResolvedAgreement
    texts: tuple[TextChange, ...] = ()
    values: tuple[ValueChange, ...] = ()

    @property
    def id(self) -> str:
        return self.resolved.id

    @property
    def kind(self) -> str:
        """What happened, in the word that users see."""
        return "eigen" if self.resolved.own else self.resolved.state.value

    @property
    def decision(self) -> Decision | None:
        return self.resolved.decision


def deviations(neighbourhood: Neighbourhood) -> tuple[Deviation, ...]:
    """Every deviation from the reference, in the order of the agreements."""
    return tuple(_deviations(neighbourhood))


def _deviations(neighbourhood: Neighbourhood) -> Iterator[Deviation]:
    for resolved in neighbourhood.agreements:
        if resolved.original is not None:
            texts = tuple(_texts(neighbourhood, resolved, resolved.original))
            yield Deviation(resolved, texts, tuple(_values(resolved)))
        elif resolved.own or resolved.state is State.DROPPED:
            yield Deviation(resolved)


def _texts(neighbourhood: Neighbourhood, resolved: ResolvedAgreement, original: Agreement) -> Iterator[TextChange]:
    names, words = neighbourhood.phrases, neighbourhood.words
    before = names | {name: bound.standard for name, bound in resolved.bound.items()}
    after = names | resolved.values
    for heading in Heading:
        old, new = _text_under(neighbourhood, original, heading), _text_under(neighbourhood, resolved.agreement, heading)
        if old != new:
            yield TextChange(heading, _plain(fill(old, before, words)), _plain(fill(new, after, words)))


def _plain(text: str) -> str:
    """References as bare ids: differences are read as text, without links."""
    return REFERENCE.sub(r"\1", text)


def _text_under(neighbourhood: Neighbourhood, agreement: Agreement, heading: Heading) -> str:
    """The text under a heading, with slots; expectations as one line per role."""
    if heading is not Heading.EXPECTATIONS:
        return agreement.text.get(heading, "")
    lines = (f"{capitalised(neighbourhood.roles[each.role].name)}: {each.text}" for each in agreement.expectations)
    return "\n".join(lines)


def _values(resolved: ResolvedAgreement) -> Iterator[ValueChange]:
    for name, bound in resolved.bound.items():
        if bound.phrase != bound.standard:
            yield ValueChange(name, resolved.agreement.header.values[name].question, bound.standard, bound.phrase)
