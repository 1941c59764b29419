"""Applies a choice to an agreement: local values, additions and replacements, and where each value comes from. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kbrollout.grammar import long_date, working_days
from kbrollout.model.catalogue import Agreement, Expectation, Value
from kbrollout.model.framework import BodyFunction, Heading, ValueKind
from kbrollout.model.neighbourhood import BoundValue
from kbrollout.model.site import Body, Level
from kbrollout.model.tailoring import Choice, Decision

EXPECTATION = re.compile(r"- \{([a-z0-9-]+)\}: (\S.*)")
"""One line under the heading Verwachtingen."""

REFERENCE, NEIGHBOURHOOD = "referentie", "wijk"
"""The layers a value can come from; the third is the name of a practice."""


def tailored(agreement: Agreement, choice: Choice) -> Agreement:
    """The agreement as `choice` makes it: values chosen, texts replaced or added to under their headings."""
    text = dict(agreement.text)
    expectations = list(agreement.expectations)
    for heading, words in choice.replacements.items():
        if heading is Heading.EXPECTATIONS:
            expectations = list(expectations_in(words))
        else:
            text[heading] = words
    for heading, words in choice.additions.items():
        if heading is Heading.EXPECTATIONS:
            expectations += expectations_in(words)
        else:
            text[heading] = f"{text[heading]}\n\n{words}" if heading in text else words
    values = {name: _chosen(value, choice.values.get(name)) for name, value in agreement.header.values.items()}
    in_order = {heading: text[heading] for heading in Heading if heading in text}
    return replace(
        agreement, header=agreement.header.model_copy(update={"values": values}), text=in_order, expectations=tuple(expectations)
    )


def expectations_in(words: str) -> Iterator[Expectation]:
    """The expectations in a text with one line per role; lines of another form are left out (the check refuses them)."""
    for line in words.split("\n"):
        match = EXPECTATION.fullmatch(line.strip())
        if match:
            yield Expectation(match[1], match[2].strip())


def _chosen(value: Value, given: str | None) -> Value:
    return value if given is None else value.model_copy(update={"default": given, "assumption": False})


def bound_values(agreement: Agreement, layers: Sequence[tuple[str, Mapping[str, str]]]) -> dict[str, BoundValue]:
    """Every value of an agreement of the reference, as the last of the `layers` that gives it (name of the layer, its values)."""
    bound = {}
    for name, value in agreement.header.values.items():
        standard = value_phrase(value)
        phrase, layer = standard, REFERENCE
        for layer_name, given in layers:
            if name in given:
                phrase, layer = value_phrase(_chosen(value, given[name])), layer_name
        bound[name] = BoundValue(phrase, layer, standard)
    return bound


def value_phrase(value: Value) -> str:
    """What stands in the sentence: a whole phrase, with its mark when it is an assumption."""
    phrase = working_days(int(value.default)) if value.kind is ValueKind.WORKING_DAYS else value.default
    return f"{phrase} (aanname)" if value.assumption else phrase


def deciding_bodies(bodies: Iterable[Body], function: BodyFunction) -> list[Body]:
    """The bodies that can decide about the core: of the neighbourhood itself, with the function that the reference names."""
    return [body for body in bodies if body.level is Level.NEIGHBOURHOOD and body.function is function]


def decided(decision: Decision, bodies: Mapping[str, str]) -> str:
    """A decision in words: `12 november 2026, Stuurgroep: reden`."""
    reason = f": {decision.reason}" if decision.reason else ""
    return f"{long_date(decision.on)}, {bodies[decision.by]}{reason}"
