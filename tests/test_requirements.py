"""Requirements, entry conditions and indicators: complete, few enough, and asked only where their agreements hold."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kbrollout.check import check_site
from kbrollout.documents import basisvoorwaarden
from kbrollout.model.catalogue import CORE_THEME, Catalogue
from kbrollout.model.framework import Phase, Status, UnitLevel
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.requirements import system_of
from kbrollout.resolve import resolve
from tests.conftest import SCHAPENWEIDE, TODAY

MOST_PER_PRACTICE = 25


def test_every_agreement_in_force_has_a_requirement_or_a_reason(catalogue: Catalogue) -> None:
    served = {key for requirement in catalogue.requirements.values() for key in requirement.agreements}
    exempt = Counter(key for exemption in catalogue.exemptions for key in exemption.agreements)
    current = {key for key, agreement in catalogue.agreements.items() if agreement.header.status is Status.CURRENT}
    assert current == served | set(exempt)
    assert not served & set(exempt)
    assert set(exempt.values()) == {1}
    assert len(served) > len(exempt), "most agreements can be checked"


def test_a_practice_has_no_more_to_arrange_than_it_can_oversee(catalogue: Catalogue) -> None:
    core = [each for each in catalogue.requirements.values() if (each.level, each.theme) == (UnitLevel.PRACTICE, CORE_THEME)]
    assert 10 <= len(core) <= MOST_PER_PRACTICE
    for theme in catalogue.themes:
        assert sum(1 for each in catalogue.requirements.values() if each.theme == theme) <= 6, theme


def test_every_phase_and_level_has_requirements(catalogue: Catalogue) -> None:
    found = {(each.level, each.phase) for each in catalogue.requirements.values() if each.theme == CORE_THEME}
    assert {phase for _, phase in found} == set(Phase)
    assert {level for level, _ in found} == set(UnitLevel)


def test_requirements_belong_to_agreements_of_their_own_theme(catalogue: Catalogue) -> None:
    for requirement in catalogue.requirements.values():
        assert {catalogue.agreements[key].header.theme for key in requirement.agreements} == {requirement.theme}, requirement.id


def test_a_theme_that_was_not_chosen_asks_nothing_through_the_core(schapenweide: Neighbourhood, catalogue: Catalogue) -> None:
    other = next(each for each in catalogue.requirements.values() if each.theme == "solk")
    mixed = {**catalogue.requirements, other.id: other.model_copy(update={"agreements": ("W-KERN-01", *other.agreements)})}
    neighbourhood = resolve(replace(catalogue, requirements=mixed), schapenweide.site)
    assert other.id not in [each.id for each in neighbourhood.requirements]


def test_themes_add_requirements_only_when_chosen(site: Callable[..., Path], catalogue: Catalogue) -> None:
    with_theme = check_site(site(), catalogue, TODAY).neighbourhood
    chosen = "themas:\n  - id: meer-bewegen\n    naam: Schapenweide beweegt\n    aanspreekpunt: beweegcoördinator\n"
    without = check_site(site(edits={chosen: ""}, name="zonder"), catalogue, TODAY).neighbourhood
    added = {each.requirement.theme for each in with_theme.requirements} - {each.requirement.theme for each in without.requirements}
    assert added == {"meer-bewegen"}
    assert {each.requirement.theme for each in without.requirements} == {CORE_THEME}


def test_a_requirement_of_proposals_waits_until_one_is_chosen(overvecht: Neighbourhood) -> None:
    states = {resolved.id: resolved for resolved in overvecht.agreements}
    waiting = [each for each in overvecht.requirements if not each.asked]
    assert waiting
    for each in waiting:
        assert not any(states[key].holds for key in each.requirement.agreements)
        assert each.waits_for
    for each in overvecht.requirements:
        assert set(each.serves) == {key for key in each.requirement.agreements if states[key].holds}


@pytest.mark.parametrize(
    ("written", "system"),
    [("Medicom", "medicom"), ("promedico asp", "promedico-asp"), ("PROMEDICO-ASP", "promedico-asp"), ("Sanday", "promedico-asp")],
)
def test_a_system_is_known_by_all_its_names(written: str, system: str, catalogue: Catalogue) -> None:
    found = system_of(catalogue, written)
    assert found is not None
    assert found.id == system


@pytest.mark.parametrize("written", [None, "Een eigen systeem"])
def test_an_unknown_system_is_none_of_ours(written: str | None, catalogue: Catalogue) -> None:
    assert system_of(catalogue, written) is None


def test_no_two_systems_share_a_name(catalogue: Catalogue) -> None:
    names = Counter(name.lower() for system in catalogue.systems.values() for name in (system.name, *system.aliases))
    assert {name: count for name, count in names.items() if count > 1} == {}


def test_both_systems_of_the_source_have_a_text_of_their_own(catalogue: Catalogue) -> None:
    variants = [variant for each in catalogue.requirements.values() for variant in each.variants]
    for system in ("medicom", "promedico-asp"):
        assert any(variant.documents for variant in variants if system in variant.systems), system


def test_a_misspelt_system_is_a_warning_and_another_system_is_not(site: Callable[..., Path], catalogue: Catalogue) -> None:
    misspelt = check_site(site(edits={"his: Medicom": "his: Medikom"}), catalogue, TODAY)
    assert [(warning.code, warning.path) for warning in misspelt.warnings] == [("his-lijkt-op", "praktijken[1].his")]
    assert "“Medicom”" in misspelt.warnings[0].fix
    other = check_site(site(edits={"his: Medicom": "his: Eigen bouwsel"}, name="ander"), catalogue, TODAY)
    assert other.warnings == ()


def test_the_document_shows_texts_for_the_systems_that_practices_here_have(schapenweide: Neighbourhood, overvecht: Neighbourhood) -> None:
    def shown(neighbourhood: Neighbourhood) -> set[tuple[str, ...]]:
        _, data = basisvoorwaarden.view(neighbourhood)
        requirements = [each for level in data["levels"] for group in level["groups"] for each in group["requirements"]]
        return {tuple(variant["systems"]) for each in requirements for variant in each["variants"]}

    assert shown(schapenweide) == {("Medicom",)}
    assert shown(overvecht) == {("Medicom",), ("Promedico-ASP", "Sanday")}, "while no system is known, all texts are shown"


def test_local_thresholds_and_words_take_the_place_of_what_is_unknown(site: Callable[..., Path], catalogue: Catalogue) -> None:
    condition = next(iter(catalogue.entry_conditions))
    asking = [key for key, indicator in catalogue.indicators.items() if indicator.asks_unknown]
    assert asking, "the wording of the cijfer voor gezondheid is in no source"
    local = (
        f"startvoorwaarden:\n  - {{id: {condition}, regeling: Verzonnen fonds, drempel: minstens drie, bron: Verzonnen}}\n"
        f"indicatoren:\n  - {{id: {asking[0]}, vraag: 'Hoe gaat het?', schaal: 1 tot en met 10, bron: Verzonnen}}\n"
    )
    folder = site(SCHAPENWEIDE)
    with (folder / "profiel.yaml").open("a", encoding="utf-8") as profile:
        profile.write(local)
    before, after = check_site(SCHAPENWEIDE, catalogue, TODAY).neighbourhood, check_site(folder, catalogue, TODAY).neighbourhood
    _, data = basisvoorwaarden.view(after)
    first = next(each for each in data["entry"] if each["id"] == condition)
    assert [each["threshold"] for each in first["local"]] == ["minstens drie"]
    indicator = next(each for each in data["indicators"] if each["id"] == asking[0])
    assert (indicator["question"], indicator["scale"], indicator["question_open"]) == ("Hoe gaat het?", "1 tot en met 10", False)
    points = [{point.id: point for point in each.open_points} for each in (before, after)]
    assert catalogue.indicators[asking[0]].title in points[0]["OP-INDICATOREN"].why
    assert catalogue.indicators[asking[0]].title not in points[1].get("OP-INDICATOREN", points[0]["OP-DREMPELS"]).why
    assert points[0]["OP-DREMPELS"].why != points[1]["OP-DREMPELS"].why
