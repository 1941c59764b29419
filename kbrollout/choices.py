"""Checks what a neighbourhood chose per agreement: decisions, values within their limits, texts that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from kbrollout.agreementfile import unknown_names
from kbrollout.errors import Problem, Severity
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue
from kbrollout.model.framework import Binding, Heading, Status, ValueKind
from kbrollout.model.site import Profile
from kbrollout.model.tailoring import Choice, ChoiceKind, Decision
from kbrollout.slots import REFERENCE
from kbrollout.tailoring import EXPECTATION, deciding_bodies
from kbrollout.validate import Known
from kbrollout.yamlfile import Sourced

Path_ = tuple[str | int, ...]
Place = tuple[str, int, int, str]
At = Callable[..., Place]
"""The place of a decision in a file, or of one of its keys."""


def choice_problems(profile: Profile, source: Sourced, catalogue: Catalogue, known: Known, today: date) -> Iterator[Problem]:
    """Problems with the choices of a neighbourhood and of its practices, each at its place in the profile."""
    dropped = {choice.id for choice in profile.choices if choice.kind is ChoiceKind.DROP}
    places: list[tuple[Path_, tuple[Choice, ...]]] = [(("afspraken",), profile.choices)]
    places += [(("praktijken", number, "afspraken"), practice.choices) for number, practice in enumerate(profile.practices)]
    for path, choices in places:
        seen: dict[str, int] = {}
        for number, choice in enumerate(choices):
            here = (*path, number)
            if choice.id in seen:
                first = source.place((*path, seen[choice.id]))[1]
                yield problem("keuze-dubbel", source.place((*here, "id")), gegeven=choice.id, eerste=first)
            seen.setdefault(choice.id, number)
            if choice.id not in catalogue.agreements:  # known all the same: a file in afspraken/, perhaps a faulty one
                yield problem("keuze-eigen", source.place((*here, "id")), gegeven=choice.id)
                continue
            if path != ("afspraken",) and choice.kind is ChoiceKind.TAKE_OVER:
                yield problem("praktijk-neemt-over", source.place((*here, "keuze")), gegeven=choice.id)
            agreement = catalogue.agreements[choice.id]
            yield from _about(choice, agreement, source, here, profile, catalogue)
            yield from _decision(choice, agreement, source, here, profile, catalogue, today)
            yield from _values(choice, agreement, source, here)
            yield from _texts(choice, agreement, source, here, known, dropped)


def decision_problems(
    identifier: str, decision: Decision, core: bool, at: At, profile: Profile, catalogue: Catalogue, today: date
) -> Iterator[Problem]:
    """Problems with a decision: taken in the future, or about the core by a body that cannot."""
    if decision.on > today:
        yield problem("besluit-in-toekomst", at("op"), gegeven=decision.on)
    needed = catalogue.index.core_decided_by
    deciding = [each.id for each in deciding_bodies(profile.bodies, needed)]
    if core and decision.by not in deciding:
        words: dict[str, Any] = {"gegeven": identifier, "gremium": decision.by, "functie": needed.value, "mogelijk": listing(deciding)}
        yield problem("besluit-kern", at("door"), **words)


def _about(choice: Choice, agreement: Agreement, source: Sourced, here: Path_, profile: Profile, catalogue: Catalogue) -> Iterator[Problem]:
    """Problems with what the choice is about."""
    if agreement.header.status is Status.RETIRED:
        retired = next(entry for entry in catalogue.retired if entry.id == choice.id)
        instead = f"Kies {listing(retired.successors)}." if retired.successors else "Haal de keuze weg."
        yield problem("keuze-vervallen", source.place((*here, "id")), gegeven=choice.id, opvolger=instead)
    if agreement.header.theme not in (CORE_THEME, *(theme.id for theme in profile.themes)):
        words: dict[str, Any] = {"gegeven": choice.id, "thema": agreement.header.theme}
        yield problem("keuze-buiten-thema", source.place((*here, "id")), Severity.WARNING, **words)
    changes = bool(choice.values or choice.additions or choice.replacements)
    if choice.kind is ChoiceKind.ADAPT and not changes:
        yield problem("aanpassen-leeg", source.place(here), gegeven=choice.id)
    if choice.kind is not ChoiceKind.ADAPT and changes:
        yield problem("keuze-met-tekst", source.place((*here, "keuze")), gegeven=choice.id, keuze=choice.kind.value)


def _decision(
    choice: Choice, agreement: Agreement, source: Sourced, here: Path_, profile: Profile, catalogue: Catalogue, today: date
) -> Iterator[Problem]:
    """Problems with who decided, when and why. Taking over needs no reason, and any body can do it."""
    decision = choice.decision
    if decision is None:
        yield problem("besluit-ontbreekt", source.place(here), gegeven=choice.id)
    elif choice.kind is not ChoiceKind.TAKE_OVER:
        core = agreement.header.binding is Binding.CORE

        def at(*key: str) -> Place:
            return source.place((*here, "besluit", *key))

        yield from decision_problems(choice.id, decision, core, at, profile, catalogue, today)
        if decision.reason is None:
            yield problem("reden-ontbreekt", at(), gegeven=choice.id)
    elif decision.on > today:
        yield problem("besluit-in-toekomst", source.place((*here, "besluit", "op")), gegeven=decision.on)


def _values(choice: Choice, agreement: Agreement, source: Sourced, here: Path_) -> Iterator[Problem]:
    """Problems with chosen values: names that the agreement has not, and values outside their limits."""
    declared = agreement.header.values
    for name, given in choice.values.items():
        place = source.place((*here, "waarden", name))
        if name not in declared:
            place = source.place((*here, "waarden", name), of_key=True)
            if declared:
                words: dict[str, Any] = {"bedoelt": did_you_mean(name, list(declared)), "mogelijk": listing(list(declared))}
                yield problem("waarde-onbekend", place, gegeven=name, **words)
            else:
                yield problem("geen-waarden", place, gegeven=choice.id)
            continue
        value = declared[name]
        if any(mark in given for mark in ("{", "}", "[[")):
            yield problem("waarde-met-accolades", place, gegeven=given)
        elif value.kind is ValueKind.WORKING_DAYS and not given.isdecimal():
            yield problem("waarde-werkdagen", place, gegeven=given)
        elif value.kind is ValueKind.WORKING_DAYS and not choice.beyond_limits and _outside(int(given), value.least, value.most):
            yield problem("waarde-grens", place, gegeven=given, grens=_limits(value.least, value.most))


def _outside(given: int, least: int | None, most: int | None) -> bool:
    return (least is not None and given < least) or (most is not None and given > most)


def _limits(least: int | None, most: int | None) -> str:
    parts = [f"minstens {least}" if least is not None else "", f"hoogstens {most}" if most is not None else ""]
    return " en ".join(filter(None, parts))


def _texts(choice: Choice, agreement: Agreement, source: Sourced, here: Path_, known: Known, dropped: set[str]) -> Iterator[Problem]:
    """Problems with local texts: unknown names and references, references to what was left out, form of expectations."""
    involved = (*agreement.header.roles.does, *agreement.header.roles.knows)
    for key, texts in (("aanvullen", choice.additions), ("vervangen", choice.replacements)):
        for heading, text in texts.items():
            place = source.place((*here, key, heading.value))
            for code, _, words in unknown_names(text, known, list(agreement.header.values)):
                yield problem(code, place, **words)
            for match in REFERENCE.finditer(text):
                if match[1] in dropped:
                    yield problem("verwijzing-weggelaten", place, gegeven=match[1])
            if heading is Heading.EXPECTATIONS:
                yield from _expectations(text, place, involved)


def _expectations(text: str, place: tuple[str, int, int, str], involved: tuple[str, ...]) -> Iterator[Problem]:
    for line in filter(None, map(str.strip, text.split("\n"))):
        match = EXPECTATION.fullmatch(line)
        if not match:
            yield problem("verwachting-vorm", place)
        elif match[1] not in involved:
            words: dict[str, Any] = {"bedoelt": did_you_mean(match[1], involved), "mogelijk": listing(involved)}
            yield problem("verwachting-rol", place, gegeven=match[1], **words)
