"""The card of one role: what others expect of it and what it may expect of others, drawn from the same agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kbrollout.documents.parts import Data, anchor, filled_by, role_name, site_data
from kbrollout.grammar import capitalised
from kbrollout.model.catalogue import CORE_THEME
from kbrollout.model.framework import Column, Filling, Layer
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement

MOST_LINES = 34
"""More lines than this do not fit on two pages; the rest is named by title."""
MOST_OF_ONE, MOST_OF_PRACTICE, FEWEST_OF_OTHERS = 22, 10, 6
"""The same for what is expected of one role, and of the practice; and how many lines about others there always are."""

PRACTICE = "huisartsenpraktijk"
"""What the practice as a whole does is the work of the people in it."""


def roles(neighbourhood: Neighbourhood) -> list[str]:
    """The roles that get a card: those that some agreement that holds speaks of."""
    involved = {role for resolved in _holding(neighbourhood) for role in _involved(resolved)}
    return [key for key in neighbourhood.roles if key in involved]


def view(neighbourhood: Neighbourhood, role: str) -> tuple[str, Data]:
    """Title and template data of the card of one role."""
    bound = neighbourhood.roles[role]
    title = f"Rolkaart {bound.name}"
    taking_part = [resolved for resolved in _holding(neighbourhood) if role in _involved(resolved)]
    own, whole_practice = {role}, {PRACTICE} if bound.role.filling is Filling.PRACTICES and role != PRACTICE else set()
    from_you = _lines(_expected(neighbourhood, taking_part, own))
    from_practice = _lines(_expected(neighbourhood, _holding(neighbourhood), whole_practice))
    everyone = set(neighbourhood.roles)
    from_others = _lines(_expected(neighbourhood, taking_part, everyone - own - whole_practice))
    requirements = [each.requirement for each in neighbourhood.requirements if each.asked and each.requirement.who == role]
    kept = len(from_you[:MOST_OF_ONE]) + len(from_practice[:MOST_OF_PRACTICE]) + len(requirements)
    room_for_others = max(MOST_LINES - kept, FEWEST_OF_OTHERS)
    norms = [resolved for resolved in _holding(neighbourhood) if _for_everybody(resolved)]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "role": capitalised(bound.name),
        "description": bound.role.description,
        "reference_name": bound.role.name if bound.local else None,
        "filled_by": filled_by(bound),
        "reason": bound.reason,
        "contact": bound.contact,
        "outside": bound.role.filling is Filling.PARTNERS,
        "from_you": from_you[:MOST_OF_ONE],
        "more_from_you": _named(from_you[MOST_OF_ONE:]),
        "from_practice": from_practice[:MOST_OF_PRACTICE],
        "more_from_practice": _named(from_practice[MOST_OF_PRACTICE:]),
        "requirements": [{"id": each.id, "title": each.title} for each in requirements],
        "from_others": from_others[:room_for_others],
        "more_from_others": _named(from_others[room_for_others:]),
        "norms": [_reference(resolved) for resolved in norms],
        "call": _whom_to_call(neighbourhood, role, taking_part),
        "themes": [chosen.name for chosen in neighbourhood.themes if role in chosen.theme.roles],
    }


def _expected(
    neighbourhood: Neighbourhood, agreements: list[ResolvedAgreement], roles: set[str]
) -> Iterator[tuple[ResolvedAgreement, str, str]]:
    """Every expectation of these roles: the agreement, the words, and what the role is called."""
    for resolved in agreements:
        for each in resolved.agreement.expectations:
            if each.role in roles:
                yield resolved, each.text, role_name(neighbourhood, each.role)


def _holding(neighbourhood: Neighbourhood) -> list[ResolvedAgreement]:
    return [resolved for resolved in neighbourhood.agreements if resolved.holds]


def _for_everybody(resolved: ResolvedAgreement) -> bool:
    """Whether an agreement is a norm of the core on quality: those hold for every role."""
    header = resolved.agreement.header
    return (header.layer, header.column, header.theme) == (Layer.NORMS, Column.QUALITY, CORE_THEME)


def _involved(resolved: ResolvedAgreement) -> tuple[str, ...]:
    involved = resolved.agreement.header.roles
    return (*involved.does, *involved.knows)


def _reference(resolved: ResolvedAgreement) -> Data:
    return {"id": resolved.id, "anchor": anchor(resolved.id), "title": resolved.agreement.header.title}


def _lines(found: Iterable[tuple[ResolvedAgreement, str, str]]) -> list[Data]:
    """One line per expectation. The same words about the same agreement stand once, with all who they are about."""
    by_words: dict[tuple[str, str], list[str]] = {}
    resolved_by_id: dict[str, ResolvedAgreement] = {}
    for resolved, text, who in found:
        resolved_by_id[resolved.id] = resolved
        by_words.setdefault((resolved.id, text), []).append(who)
    lines: dict[tuple[str, tuple[str, ...]], Data] = {}
    for (key, text), people in by_words.items():
        resolved = resolved_by_id[key]
        line = {"text": capitalised(text), "who": ", ".join(people), "values": dict(resolved.values), "agreements": []}
        lines.setdefault((text, tuple(people)), line)["agreements"].append(_reference(resolved))
    return list(lines.values())


def _named(lines: list[Data]) -> list[Data]:
    """The agreements of lines that did not fit, each once."""
    return list({reference["id"]: reference for line in lines for reference in line["agreements"]}.values())


def _whom_to_call(neighbourhood: Neighbourhood, role: str, taking_part: list[ResolvedAgreement]) -> list[Data]:
    """The other roles in the same agreements that have a function to turn to."""
    others = {other for resolved in taking_part for other in _involved(resolved)} - {role}
    reachable = [bound for key, bound in neighbourhood.roles.items() if key in others and bound.contact]
    return [{"name": capitalised(bound.name), "contact": bound.contact} for bound in reachable]
