"""The questions about one agreement: which comes next, and what an answer means. Prints nothing and waits for nobody.

As in the interview of a new site, answers are kept in the order in which they were given, and what is asked next
follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kbrollout.editing import questions as ask
from kbrollout.editing.answers import MOST_ADDITIONS, Said, answers_of
from kbrollout.editing.judging import Judge, day_judge, limits, outside, text_judge, tidy, value_judge
from kbrollout.editing.search import MOST_SHOWN, find, remark, title_of
from kbrollout.errors import ContentError
from kbrollout.grammar import series
from kbrollout.model.catalogue import CORE_THEME, Agreement, Value
from kbrollout.model.framework import Binding, Heading, ValueKind
from kbrollout.model.neighbourhood import State
from kbrollout.model.tailoring import Choice as Chosen
from kbrollout.model.tailoring import ChoiceKind
from kbrollout.newsite.questions import Choice, Kind, Question
from kbrollout.newsite.replies import NO, NOTHING, YES, Step, accept
from kbrollout.tailoring import decided, deciding_bodies, value_phrase


@dataclass(frozen=True)
class Asked(Step):
    """A question as it is asked now; `judge` looks at an answer that has the right form."""

    judge: Judge = field(default=str, compare=False)


@dataclass(kw_only=True)
class Dialogue(Said):
    """A dialogue under way. `earlier` is what was said before going back, or in the choice that is replaced."""

    today: date
    earlier: dict[str, str] = field(default_factory=dict)

    # -- going on --------------------------------------------------------------------------------------------------

    def next_step(self) -> Asked | None:
        """The first question without an answer; None when all have one."""
        return next((step for step in self._steps() if step.key not in self.answers), None)

    def answer(self, step: Asked, given: str) -> None:
        """Keep an answer. Raises ContentError when it does not fit."""
        text = tidy(step.question, given)
        if text in ("", NOTHING) and not step.default and step.question.default is None and step.question.kind is not Kind.TEXT:
            raise remark(
                "Hier is een keuze nodig.", "Typ ja of nee." if step.question.kind is Kind.YES_NO else "Typ een nummer uit de lijst."
            )
        if step.key == "uit" and self._searched_again(step, text):
            return
        accepted = accept(step, text)
        accepted = step.judge(accepted) if accepted else accepted
        if step.key.endswith(".aanvullen.1.kop") and not accepted and not self.values() and not self.replacements():
            raise remark("Er is nog niets veranderd aan de afspraak.", "Kies een kop, ga met terug naar een eerdere vraag, of typ stop.")
        self.answers[step.key] = self.earlier[step.key] = accepted
        if step.key.endswith(".opnieuw") and accepted == YES and self.existing:
            self.earlier = {**answers_of(self.existing), **self.earlier}
        if step.key.endswith(".afwijken") and accepted == NO:
            self._forget_values_outside()

    def back(self) -> bool:
        """Forget the last answer, to ask it again; False at the first question."""
        if not self.answers:
            return False
        self.answers.popitem()
        return True

    def _searched_again(self, step: Asked, text: str) -> bool:
        """Whether words were typed where a number was asked: then they are searched for."""
        try:
            accept(step, text)
        except ContentError:
            if not text or text.isdecimal():
                raise
            self.answers["zoek"] = self._search(text)
            return True
        return False

    def _forget_values_outside(self) -> None:
        prefix = self.reference.id
        for key in [f"{prefix}.waarden.{name}" for name in self._outside()] + [f"{prefix}.afwijken"]:
            del self.answers[key], self.earlier[key]

    # -- which questions there are ---------------------------------------------------------------------------------

    def _step(self, key: str, question: Question, default: str | None = None, **more: Any) -> Asked:
        """A step; what was said before, or else `default`, or else the question's own default, comes with Enter."""
        choices: tuple[Choice, ...] = more.pop("choices", question.choices)
        proposal = self.earlier.get(key)
        if not proposal or (question.kind is Kind.CHOICE and proposal not in (choice.value for choice in choices)):
            proposal = question.default if default is None else default
        return Asked(key, question, question.text, proposal, choices, **more)

    def _steps(self) -> Iterator[Asked]:
        yield self._step("wat", ask.WHAT, judge=self._possible)
        if self.kind is None:
            yield from self._own()
        else:
            yield self._step("zoek", ask.SEARCH, judge=self._search)
            if self.resolved is None or "uit" in self.answers:
                yield self._pick()
            if self.existing:
                yield self._step(f"{self.existing.id}.opnieuw", replace(ask.REPLACE, text=self._chosen_before(self.existing)))
            if self.kind is ChoiceKind.ADAPT:
                yield from self._adapting()
        yield from self._decision()
        if self.kind is not ChoiceKind.TAKE_OVER:
            yield self._step("delen", ask.SHARE)
        yield self._step("opslaan", ask.SAVE)

    def _chosen_before(self, choice: Chosen) -> str:
        bodies = {body.id: body.name for body in self.neighbourhood.site.profile.bodies}
        decision = f" ({decided(choice.decision, bodies).rstrip('.')})" if choice.decision else ""
        return f"De wijk koos al: {choice.id} {choice.kind.value}{decision}. {ask.REPLACE.text}"

    def _possible(self, said: str) -> str:
        if said != ask.OWN and not self.neighbourhood.site.profile.bodies:
            raise remark(
                "In profiel.yaml staat nog geen gremium dat kan besluiten.", "Zet er eerst een bij gremia, of doe een eigen voorstel."
            )
        return said

    def _search(self, typed: str) -> str:
        """The id that is meant, or the words when they leave a choice."""
        found = find(self.neighbourhood, typed)
        return self._allowed(found[0].id) if len(found) == 1 else typed

    def _pick(self) -> Asked:
        found = find(self.neighbourhood, self.answers["zoek"])
        if self.kind is ChoiceKind.TAKE_OVER:
            found.sort(key=lambda each: each.state is not State.TO_CHOOSE)
        choices = tuple(Choice(each.id, f"{each.id} {title_of(self.neighbourhood, each)}", each.state.value) for each in found[:MOST_SHOWN])
        step = self._step("uit", ask.PICK, choices=choices, judge=self._allowed)
        if len(found) <= MOST_SHOWN:
            return step
        return replace(step, text=f"Er passen er {len(found)}. Dit zijn de eerste {MOST_SHOWN}. {step.text}")

    def _allowed(self, identifier: str) -> str:
        """The id, unless nobody here can decide about that agreement."""
        agreement = self.neighbourhood.catalogue.agreements[identifier]
        if not self._bodies(agreement):
            raise remark(
                f"{self._only_deciding(identifier)} Zo'n gremium is er niet.",
                "Noem een andere afspraak, of zet zo'n gremium eerst in profiel.yaml.",
            )
        return identifier

    def _adapting(self) -> Iterator[Asked]:
        header, resolved = self.reference.header, self.resolved
        assert resolved is not None
        prefix = header.id
        for name, value in header.values.items():
            why = _what_fits(value)
            question = replace(ask.VALUE, text=value.question, why=why, help=why)
            passing = f"blijft: {value_phrase(value)}"
            yield self._step(f"{prefix}.waarden.{name}", question, passing=passing, judge=value_judge(value))
        if self._outside():
            yield self._step(f"{prefix}.afwijken", replace(ask.DEVIATE, text=f"{self._limits()} {ask.DEVIATE.text}"))
        judge = text_judge(self.neighbourhood, list(header.values))
        source = self.reference.text[Heading.AGREEMENT]
        yield self._step(f"{prefix}.tekst", replace(ask.NEW_TEXT, why=_braces(source)), passing="de zinnen blijven", judge=judge)
        involved = (*header.roles.does, *header.roles.knows)
        for number in range(1, MOST_ADDITIONS):
            key = f"{prefix}.aanvullen.{number}"
            yield self._step(f"{key}.kop", ask.ADDITION, passing="nee")
            heading = self.answers[f"{key}.kop"]
            if not heading:
                return
            if heading == Heading.EXPECTATIONS:
                yield self._step(f"{key}.rol", ask.ADDED_ROLE, choices=tuple(self._role(role) for role in involved))
            question = replace(ask.ADDED_TEXT, help=ask.EXPECTATION.why if heading == Heading.EXPECTATIONS else ask.ADDED_TEXT.why)
            yield self._step(f"{key}.tekst", replace(question, why=question.help), judge=judge)

    def _outside(self) -> list[str]:
        return [name for name, value in self.reference.header.values.items() if outside(value, self.said(f"waarden.{name}"))]

    def _limits(self) -> str:
        words = series([limits(self.reference.header.values[name]) for name in self._outside()])
        return f"De referentie zegt {words}."

    def _own(self) -> Iterator[Asked]:
        roles, themes = self.neighbourhood.roles, self.neighbourhood.themes
        yield self._step("eigen.titel", ask.TITLE)
        choices = (Choice(CORE_THEME, CORE_THEME), *(Choice(chosen.theme.id, chosen.name) for chosen in themes))
        yield self._step("eigen.thema", ask.THEME, CORE_THEME, choices=choices)
        yield self._step("eigen.soort", ask.SORT)
        in_order = sorted(roles, key=lambda role: not roles[role].needed)
        yield self._step("eigen.doet", ask.DOES, choices=tuple(self._role(role) for role in in_order))
        judge = text_judge(self.neighbourhood, [])
        yield self._step("eigen.tekst", ask.SENTENCE, judge=judge)
        for role in self.chosen_roles():
            question = replace(ask.EXPECTATION, text=ask.EXPECTATION.text.format(wie=roles[role].phrase))
            yield self._step(f"eigen.verwachting.{role}", question, passing="overslaan", judge=judge)

    def _role(self, role: str) -> Choice:
        return Choice(role, self.neighbourhood.roles[role].name)

    def _bodies(self, agreement: Agreement | None) -> tuple[Choice, ...]:
        """The bodies that can decide about an agreement."""
        profile = self.neighbourhood.site.profile
        core = agreement is not None and self._core(agreement)
        bodies = deciding_bodies(profile.bodies, self.neighbourhood.catalogue.index.core_decided_by) if core else profile.bodies
        return tuple(Choice(body.id, body.name, body.level.value) for body in bodies)

    def _core(self, agreement: Agreement) -> bool:
        """Whether not every body can decide to do this with an agreement."""
        return agreement.header.binding is Binding.CORE and self.kind is not ChoiceKind.TAKE_OVER

    def _only_deciding(self, identifier: str) -> str:
        needed = self.neighbourhood.catalogue.index.core_decided_by.value
        return f"{identifier} hoort bij de kern. Daarvan kan alleen een gremium van de wijk met de functie “{needed}” afwijken."

    def _decision(self) -> Iterator[Asked]:
        own = self.kind is None
        choices = self._bodies(None if own else self.reference)
        if own:
            choices = (Choice(ask.NOT_DECIDED, "nog geen besluit", "het is dan een eigen voorstel"), *choices)
        core = "" if own or not self._core(self.reference) else self._only_deciding(self.reference.id)
        question = replace(ask.DECIDED_BY, why=core or ask.DECIDED_BY.why)
        yield self._step("besluit.door", question, choices=choices)
        if self.answers["besluit.door"] == ask.NOT_DECIDED:
            return
        yield self._step("besluit.op", ask.DECIDED_ON, self.today.isoformat(), judge=day_judge(self.today))
        needed = self.kind in (ChoiceKind.ADAPT, ChoiceKind.DROP)
        yield self._step("besluit.reden", replace(ask.REASON, default=None) if needed else ask.REASON)


def _what_fits(value: Value) -> str:
    if value.kind is ValueKind.WORKING_DAYS:
        return f"Typ een aantal werkdagen. De referentie zegt {limits(value)}." if limits(value) else "Typ een aantal werkdagen."
    return "Typ de woorden zoals zij in de zin komen te staan."


def _braces(source: str) -> str:
    """The sentences as they stand in the reference, for whoever wants to change only a word or two."""
    told = " Wat tussen accolades staat, vult kbrollout in; u mag het overnemen of gewone woorden typen." if "{" in source else ""
    return f"Alleen nodig als de zinnen zelf anders worden. Zo staan ze in de referentie: “{source}”{told}"
