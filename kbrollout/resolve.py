"""Reference × site → neighbourhood: pure and deterministic, with a reason for every state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kbrollout.fingerprint import fingerprint
from kbrollout.grammar import working_days
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue, Role, Value
from kbrollout.model.framework import Filling, Provenance, Status, ValueKind
from kbrollout.model.neighbourhood import HOLDS, BoundProgramme, BoundRole, ChosenTheme, Neighbourhood, ResolvedAgreement, State
from kbrollout.model.site import Adoption, RoleBinding, Site
from kbrollout.openpoints import open_points
from kbrollout.requirements import resolve_requirements


def resolve(catalogue: Catalogue, site: Site) -> Neighbourhood:
    """What of the reference holds in this neighbourhood, by which names, and what is open."""
    profile = site.profile
    themes = tuple(
        ChosenTheme(catalogue.themes[choice.id], choice.name or catalogue.themes[choice.id].name, choice.contact)
        for choice in profile.themes
    )
    chosen = {CORE_THEME, *(choice.id for choice in profile.themes)}
    agreements = tuple(
        _resolved(agreement, catalogue, chosen, profile.adopted)
        for agreement in sorted(catalogue.agreements.values(), key=_in_order(catalogue))
    )
    roles = _bind_roles(catalogue, site, _needed_roles(themes, agreements))
    programmes = {key: _bind_programme(catalogue, site, key) for key in catalogue.programmes}
    requirements = resolve_requirements(catalogue, agreements, chosen)
    points = open_points(catalogue, site, roles, themes, agreements)
    return Neighbourhood(catalogue, site, roles, programmes, themes, agreements, requirements, points)


def _in_order(catalogue: Catalogue) -> Callable[[Agreement], tuple[int, str, int, str]]:
    """A sort key: the series in the order of the reference (others after them), then by number."""
    places = {series: place for place, series in enumerate(catalogue.index.series)}

    def place(agreement: Agreement) -> tuple[int, str, int, str]:
        series, _, number = agreement.id.rpartition("-")
        return places.get(series, len(places)), series, int(number) if number.isdecimal() else 0, number

    return place


def _resolved(agreement: Agreement, catalogue: Catalogue, chosen: set[str], adopted: Adoption | None) -> ResolvedAgreement:
    state, reason = _state(agreement, catalogue, chosen, adopted)
    values = {name: _value_phrase(value) for name, value in agreement.header.values.items()}
    return ResolvedAgreement(agreement, state, reason, values, fingerprint(agreement))


def _state(agreement: Agreement, catalogue: Catalogue, chosen: set[str], adopted: Adoption | None) -> tuple[State, str]:
    header = agreement.header
    if header.status is Status.RETIRED:
        entry = next(entry for entry in catalogue.retired if entry.id == agreement.id)
        successors = f" Opgevolgd door {', '.join(entry.successors)}." if entry.successors else ""
        return State.RETIRED, f"{entry.reason}{successors}"
    if header.theme not in chosen:
        return State.NOT_APPLICABLE, f"De wijk heeft het thema {catalogue.themes[header.theme].name} niet gekozen."
    if header.provenance is Provenance.PROPOSAL:
        return State.TO_CHOOSE, "Dit is een voorstel; de wijk heeft er nog niet voor gekozen."
    if adopted and _ordered(header.since) > _ordered(adopted.version):
        return State.TO_CHOOSE, f"Nieuw in versie {header.since}; de wijk stelde versie {adopted.version} vast."
    if adopted:
        return State.IN_FORCE, f"Overgenomen met versie {adopted.version} van de referentie."
    return State.IN_FORCE, "Staat in de referentie. Het pakket is nog een concept: de wijk moet er nog over besluiten."


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _value_phrase(value: Value) -> str:
    phrase = working_days(int(value.default)) if value.kind is ValueKind.WORKING_DAYS else value.default
    return f"{phrase} (aanname)" if value.assumption else phrase


def _needed_roles(themes: tuple[ChosenTheme, ...], agreements: tuple[ResolvedAgreement, ...]) -> set[str]:
    needed = {role for chosen in themes for role in chosen.theme.roles}
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
