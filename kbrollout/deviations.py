"""How a neighbourhood differs from the reference, agreement by agreement: what `diff` and the annex tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbrollout.differences import Run, word_differences
from kbrollout.grammar import capitalised
from kbrollout.model.catalogue import Agreement
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import Neighbourhood, PracticeVersion, ResolvedAgreement, State
from kbrollout.model.tailoring import Decision
from kbrollout.slots import fill, plain


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
        return "eigen" if self.resolved.own else "aangepast" if self.resolved.original else self.resolved.state.value

    @property
    def decision(self) -> Decision | None:
        return self.resolved.decision


def deviations(neighbourhood: Neighbourhood) -> tuple[Deviation, ...]:
    """Every deviation from the reference, in the order of the agreements."""
    return tuple(_deviations(neighbourhood))


def _deviations(neighbourhood: Neighbourhood) -> Iterator[Deviation]:
    for resolved in neighbourhood.agreements:
        if resolved.original is not None:
            standard = {name: bound.standard for name, bound in resolved.bound.items()}
            texts = tuple(_texts(neighbourhood, resolved.original, standard, resolved.agreement, resolved.values))
            yield Deviation(resolved, texts, tuple(_values(resolved.agreement, standard, resolved.values)))
        elif resolved.own or resolved.state is State.DROPPED:
            yield Deviation(resolved)


def practice_changes(
    neighbourhood: Neighbourhood, resolved: ResolvedAgreement, version: PracticeVersion
) -> tuple[tuple[ValueChange, ...], tuple[TextChange, ...]]:
    """What a practice has otherwise than the neighbourhood: values and texts. Nothing when it leaves the agreement out."""
    if version.dropped:
        return (), ()
    texts = _texts(neighbourhood, resolved.agreement, resolved.values, version.agreement, version.values)
    return tuple(_values(resolved.agreement, resolved.values, version.values)), tuple(texts)


def _texts(
    neighbourhood: Neighbourhood, before: Agreement, before_values: Mapping[str, str], after: Agreement, after_values: Mapping[str, str]
) -> Iterator[TextChange]:
    names, words = neighbourhood.phrases, neighbourhood.words
    for heading in Heading:
        old, new = _text_under(neighbourhood, before, heading), _text_under(neighbourhood, after, heading)
        if old != new:
            yield TextChange(
                heading, fill(plain(old), {**names, **before_values}, words), fill(plain(new), {**names, **after_values}, words)
            )


def _text_under(neighbourhood: Neighbourhood, agreement: Agreement, heading: Heading) -> str:
    """The text under a heading, with slots; expectations as one line per role."""
    if heading is not Heading.EXPECTATIONS:
        return agreement.text.get(heading, "")
    lines = (f"{capitalised(neighbourhood.roles[each.role].name)}: {each.text}" for each in agreement.expectations)
    return "\n".join(lines)


def _values(agreement: Agreement, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[ValueChange]:
    for name, value in agreement.header.values.items():
        if before[name] != after[name]:
            yield ValueChange(name, value.question, before[name], after[name])
