"""Reference × site → neighbourhood: pure and deterministic, with a reason for every state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kbrollout.fingerprint import fingerprint
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue, Role
from kbrollout.model.framework import Filling, Provenance, Status
from kbrollout.model.neighbourhood import (
    DECIDED,
    HOLDS,
    BoundProgramme,
    BoundRole,
    ChosenTheme,
    Neighbourhood,
    PracticeVersion,
    ResolvedAgreement,
    ResolvedRequirement,
    State,
)
from kbrollout.model.site import Adoption, RoleBinding, Site
from kbrollout.model.tailoring import Choice, ChoiceKind, OwnHeader
from kbrollout.openpoints import open_points
from kbrollout.requirements import resolve_handouts, resolve_requirements
from kbrollout.tailoring import NEIGHBOURHOOD, bound_values, decided, tailored


def resolve(catalogue: Catalogue, site: Site) -> Neighbourhood:
    """What of the reference and of its own holds in this neighbourhood, by which names, and what is open."""
    profile = site.profile
    catalogue = replace(catalogue, agreements={**catalogue.agreements, **site.own})
    themes = tuple(
        ChosenTheme(catalogue.themes[choice.id], choice.name or catalogue.themes[choice.id].name, choice.contact)
        for choice in profile.themes
    )
    chosen = {CORE_THEME, *(choice.id for choice in profile.themes)}
    agreements = tuple(
        _resolved(agreement, catalogue, site, chosen) for agreement in sorted(catalogue.agreements.values(), key=_in_order(catalogue))
    )
    requirements = resolve_requirements(catalogue, agreements, chosen)
    roles = _bind_roles(catalogue, site, _needed_roles(themes, agreements, requirements))
    programmes = {key: _bind_programme(catalogue, site, key) for key in catalogue.programmes}
    handouts = resolve_handouts(catalogue, agreements, chosen)
    points = open_points(catalogue, site, roles, themes, agreements, handouts)
    return Neighbourhood(catalogue, site, roles, programmes, themes, agreements, requirements, points, handouts)


def _in_order(catalogue: Catalogue) -> Callable[[Agreement], tuple[int, str, int, str]]:
    """A sort key: the series in the order of the reference (others after them), then by number."""
    places = {series: place for place, series in enumerate(catalogue.index.series)}

    def place(agreement: Agreement) -> tuple[int, str, int, str]:
        series, _, number = agreement.id.rpartition("-")
        return places.get(series, len(places)), series, int(number) if number.isdecimal() else 0, number

    return place


def _resolved(agreement: Agreement, catalogue: Catalogue, site: Site, chosen: set[str]) -> ResolvedAgreement:
    profile = site.profile
    choice = next((each for each in profile.choices if each.id == agreement.id), None)
    decision = agreement.header.decision if isinstance(agreement.header, OwnHeader) else choice.decision if choice else None
    told = decided(decision, {body.id: body.name for body in profile.bodies}) if decision else None
    state, reason = _state(agreement, catalogue, chosen, profile.adopted, choice, told)
    adapting = state is State.ADAPTED
    own = agreement.id in site.own
    accepted = site.accepted.get(agreement.id, fingerprint(agreement))
    if state in HOLDS and not own and accepted != fingerprint(agreement):
        state, reason = State.TO_REVIEW, "De tekst in de referentie is veranderd sinds de wijk haar overnam."
    adapted = choice if choice and adapting else None
    here = tailored(agreement, adapted) if adapted else agreement
    layers = [(NEIGHBOURHOOD, adapted.values)] if adapted else []
    return ResolvedAgreement(
        here,
        state,
        reason,
        bound_values(agreement, layers),
        fingerprint(here),
        original=agreement if adapted else None,
        own=own,
        decision=decision,
        decided="eigen afspraak" if own else DECIDED[choice.kind] if choice else None,
        share=agreement.header.share if isinstance(agreement.header, OwnHeader) else bool(choice and choice.share),
        disagreements=tuple(each for each in profile.disagreements if each.id == agreement.id),
        practices=tuple(_in_practices(agreement, here, layers, site)) if state in HOLDS else (),
    )


def _in_practices(
    agreement: Agreement, here: Agreement, layers: Sequence[tuple[str, Mapping[str, str]]], site: Site
) -> Iterator[PracticeVersion]:
    """What practices do otherwise than the neighbourhood: the nearest layer wins."""
    for practice in site.profile.practices:
        for choice in practice.choices:
            if choice.id == agreement.id and choice.decision:
                bound = bound_values(agreement, [*layers, (practice.name, choice.values)])
                yield PracticeVersion(practice.id, practice.name, tailored(here, choice), choice.kind, bound, choice.decision)


def _state(
    agreement: Agreement, catalogue: Catalogue, chosen: set[str], adopted: Adoption | None, choice: Choice | None, decision: str | None
) -> tuple[State, str]:
    """The state of an agreement, with the reason. `decision` is the decision about this very agreement, in words."""
    header = agreement.header
    if header.status is Status.RETIRED:
        entry = next(entry for entry in catalogue.retired if entry.id == agreement.id)
        successors = f" Opgevolgd door {', '.join(entry.successors)}." if entry.successors else ""
        return State.RETIRED, f"{entry.reason}{successors}"
    if header.theme not in chosen:
        return State.NOT_APPLICABLE, f"De wijk heeft het thema {catalogue.themes[header.theme].name} niet gekozen."
    if isinstance(header, OwnHeader):
        if decision:
            return State.IN_FORCE, f"Eigen afspraak van de wijk. Besluit: {_sentence(decision)}"
        return State.TO_CHOOSE, "Eigen voorstel van de wijk; er is nog geen besluit."
    if choice:
        state, what = _CHOSEN[choice.kind]
        return state, f"{what} Besluit: {_sentence(decision or 'onbekend')}"
    if header.provenance is Provenance.PROPOSAL:
        return State.TO_CHOOSE, "Dit is een voorstel; de wijk heeft er nog niet voor gekozen."
    if adopted and _ordered(header.since) > _ordered(adopted.version):
        return State.TO_CHOOSE, f"Nieuw in versie {header.since}; de wijk stelde versie {adopted.version} vast."
    if adopted:
        return State.IN_FORCE, f"Overgenomen met versie {adopted.version} van de referentie."
    return State.IN_FORCE, "Staat in de referentie. Het pakket is nog een concept: de wijk moet er nog over besluiten."


_CHOSEN = {
    ChoiceKind.TAKE_OVER: (State.IN_FORCE, "De wijk nam de afspraak over."),
    ChoiceKind.ADAPT: (State.ADAPTED, "De wijk paste de afspraak aan."),
    ChoiceKind.DROP: (State.DROPPED, "De wijk laat de afspraak weg."),
}
"""What each choice makes of an agreement."""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _needed_roles(
    themes: tuple[ChosenTheme, ...], agreements: tuple[ResolvedAgreement, ...], requirements: tuple[ResolvedRequirement, ...]
) -> set[str]:
    needed = {role for chosen in themes for role in chosen.theme.roles}
    needed.update(each.requirement.who for each in requirements if each.asked)
    for resolved in agreements:
        if resolved.state in HOLDS:
            involved = resolved.agreement.header.roles
            needed.update(involved.does, involved.knows)
    return needed


def _bind_roles(catalogue: Catalogue, site: Site, needed: set[str]) -> Mapping[str, BoundRole]:
    return {key: _bind_role(role, site, key in needed) for key, role in catalogue.roles.items()}


def _bind_role(role: Role, site: Site, needed: bool) -> BoundRole:
    binding = site.profile.roles.get(role.id) or RoleBinding()
    name, article = binding.name or role.name, binding.article or role.article
    return BoundRole(
        role=role,
        name=name,
        plural=binding.plural or role.plural,
        phrase=f"{article.value} {name}",
        local=binding.name is not None,
        filled_by=_filled_by(role, binding, site),
        contact=binding.contact,
        reason=binding.reason,
        needed=needed,
    )


def _filled_by(role: Role, binding: RoleBinding, site: Site) -> tuple[str, ...]:
    if binding.bodies:
        bodies = {body.id: body.name for body in site.profile.bodies}
        return tuple(bodies[body] for body in binding.bodies)
    if role.filling is Filling.PARTNERS:
        names = {partner.id: partner.name for partner in site.profile.partners}
        return tuple(names[partner] for partner in binding.partners)
    if role.filling is Filling.PRACTICES:
        return tuple(practice.name for practice in site.profile.practices)
    return ("iedereen die meedoet",) if role.filling is Filling.EVERYONE else ("de bewoners van de wijk",)


def _bind_programme(catalogue: Catalogue, site: Site, key: str) -> BoundProgramme:
    programme, binding = catalogue.programmes[key], site.profile.programmes.get(key)
    if binding is None:
        return BoundProgramme(programme, f"{programme.article.value} {programme.name}", programme.description, local=False)
    return BoundProgramme(programme, binding.name, binding.description or programme.description, local=True)
