"""What of the reference holds in a neighbourhood, by which names, and why."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kbrollout.check import check_site
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Provenance
from kbrollout.model.neighbourhood import Neighbourhood, State
from kbrollout.resolve import resolve
from tests.conftest import SCHAPENWEIDE, TODAY, build_one, text_of


def states(neighbourhood: Neighbourhood) -> dict[str, State]:
    return {resolved.id: resolved.state for resolved in neighbourhood.agreements}


def point_ids(neighbourhood: Neighbourhood) -> list[str]:
    return [point.id for point in neighbourhood.open_points]


def test_every_agreement_of_the_reference_has_exactly_one_state_with_a_reason(overvecht: Neighbourhood, catalogue: Catalogue) -> None:
    assert sorted(resolved.id for resolved in overvecht.agreements) == sorted(catalogue.agreements)
    assert all(resolved.reason.endswith(".") for resolved in overvecht.agreements)


def test_the_same_input_gives_the_same_neighbourhood(schapenweide: Neighbourhood, catalogue: Catalogue) -> None:
    assert resolve(catalogue, schapenweide.site) == schapenweide


def test_agreements_stand_in_the_order_of_the_reference(overvecht: Neighbourhood) -> None:
    order = [resolved.id for resolved in overvecht.agreements]
    assert order[:2] == ["N-01", "N-02"]
    assert order.index("N-13") < order.index("W-KERN-01") < order.index("W-IMPL-01") < order.index("W-BEW-05") < order.index("S0-01")


def test_a_site_without_a_decision_is_a_concept(overvecht: Neighbourhood, schapenweide: Neighbourhood) -> None:
    assert overvecht.concept
    assert "OP-VASTSTELLEN" in point_ids(overvecht)
    assert not schapenweide.concept
    assert "OP-VASTSTELLEN" not in point_ids(schapenweide)


def test_what_is_newer_than_the_adopted_version_waits(site: Callable[..., Path], catalogue: Catalogue) -> None:
    newer = {
        key: agreement if key != "N-02" else replace(agreement, header=agreement.header.model_copy(update={"since": "2.2"}))
        for key, agreement in catalogue.agreements.items()
    }
    changed = replace(catalogue, agreements=newer)
    found = states(check_site(site(), changed, TODAY).neighbourhood)
    assert (found["N-01"], found["N-02"]) == (State.IN_FORCE, State.TO_CHOOSE)


def test_a_theme_that_is_not_chosen_does_not_apply_and_says_so(site: Callable[..., Path], catalogue: Catalogue) -> None:
    chosen = "themas:\n  - id: meer-bewegen\n    naam: Schapenweide beweegt\n    aanspreekpunt: beweegcoördinator\n"
    neighbourhood = check_site(site(edits={chosen: ""}), catalogue, TODAY).neighbourhood
    about = {resolved.id: resolved for resolved in neighbourhood.agreements}
    assert about["W-BEW-01"].state is State.NOT_APPLICABLE
    assert "Meer bewegen" in about["W-BEW-01"].reason
    assert about["W-KERN-01"].state is State.IN_FORCE


def test_local_names_come_with_their_own_article(schapenweide: Neighbourhood, overvecht: Neighbourhood) -> None:
    assert schapenweide.phrases["sociaal-team"] == "het wijkteam"
    assert schapenweide.phrases["beweegmakelaar"] == "de buurtsportcoach"
    assert overvecht.phrases["sociaal-team"] == "het buurtteam sociaal"
    assert overvecht.phrases["beweegprogramma"] == "Big Move"
    assert schapenweide.phrases["beweegprogramma"] == "het beweegprogramma"


RENAMED = "rollen:\n  client: {naam: patiënt, lidwoord: de, meervoud: patiënten}\n"


def test_a_renamed_role_is_renamed_wherever_the_reference_speaks(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder = site(edits={"rollen:\n": RENAMED})
    assert check_site(folder, catalogue, TODAY).neighbourhood.words["cliënten"] == "patiënten"
    pack = build_one(folder, catalogue, tmp_path / "out").pack
    assert pack is not None
    # Titles of documents, names of sources and what the reference calls the role itself stay as they are.
    skip = frozenset({"style", "bron", "documenten", "bronnen", "opmerking", "onder"})
    for path in sorted(pack.rglob("*.html")):
        text = text_of(path.read_text(encoding="utf-8"), skip)
        assert not re.search(r"(?<![\w-])cliënt(en)?(?![\w-])", text, re.IGNORECASE), path.name
    assert "een patiënt" in text_of((pack / "afsprakenstelsel.html").read_text(encoding="utf-8"))


def test_a_word_with_another_article_keeps_its_old_form_in_the_singular(site: Callable[..., Path], catalogue: Catalogue) -> None:
    renaming = "rollen:\n  client: {naam: lid, lidwoord: het, meervoud: leden}\n"
    words = check_site(site(edits={"rollen:\n": renaming}), catalogue, TODAY).neighbourhood.words
    assert (words["cliënt"], words["cliënten"]) == ("cliënt", "leden")


def test_a_site_that_renames_nothing_has_no_words_of_its_own(site: Callable[..., Path], catalogue: Catalogue) -> None:
    local = re.search(r"(?s)rollen:\n  sociaal-team:.*?(?=  fysiotherapeut:)", (SCHAPENWEIDE / "profiel.yaml").read_text(encoding="utf-8"))
    assert local
    assert check_site(site(edits={local[0]: "rollen:\n"}), catalogue, TODAY).neighbourhood.words == {}


def test_a_role_that_nobody_fills_is_an_open_point_and_a_warning_unless_explained(site: Callable[..., Path], catalogue: Catalogue) -> None:
    explained = check_site(SCHAPENWEIDE, catalogue, TODAY)
    assert explained.warnings == ()
    assert "OP-ROL-FYSIOTHERAPEUT" in point_ids(explained.neighbourhood)
    left_out = "  fysiotherapeut:\n    reden: De gesprekken met de fysiotherapeuten lopen nog.\n"
    silent = check_site(site(edits={left_out: ""}), catalogue, TODAY)
    assert [warning.code for warning in silent.warnings] == ["rol-niet-ingevuld"]
    assert "Meer bewegen" in silent.warnings[0].what or "Schapenweide beweegt" in silent.warnings[0].what
    assert "OP-ROL-FYSIOTHERAPEUT" in point_ids(silent.neighbourhood)


def test_what_a_practice_does_not_know_is_an_open_point_about_that_practice(schapenweide: Neighbourhood) -> None:
    units = {point.id: point.units for point in schapenweide.open_points}
    assert units["OP-AGB"] == units["OP-HIS"] == units["OP-PATIENTEN"] == ("kersenhof",)


def test_the_site_gives_owner_and_date_to_a_point_that_was_found(schapenweide: Neighbourhood) -> None:
    points = {point.id: point for point in schapenweide.open_points}
    assert (points["OP-EIGENAAR"].owner, str(points["OP-EIGENAAR"].due)) == ("netwerkorganisatie", "2027-03-01")
    assert points["SCH-1"].own
    assert len(point_ids(schapenweide)) == len(set(point_ids(schapenweide)))


@pytest.mark.parametrize("gap", ["GAP-14", "GAP-28", "GAP-29"])
def test_gaps_of_the_reference_are_open_points_in_every_neighbourhood(
    gap: str, overvecht: Neighbourhood, schapenweide: Neighbourhood
) -> None:
    assert gap in point_ids(overvecht)
    assert gap in point_ids(schapenweide)


def test_a_gap_that_this_release_settles_is_no_open_point(overvecht: Neighbourhood, catalogue: Catalogue) -> None:
    solved = {gap.id for gap in catalogue.gaps if gap.solved}
    assert {"GAP-01", "GAP-19", "GAP-40"} <= solved
    assert not solved & set(point_ids(overvecht))


def test_a_gap_closes_once_the_proposals_that_answer_it_hold(overvecht: Neighbourhood, catalogue: Catalogue) -> None:
    gap = next(gap for gap in catalogue.gaps if gap.id == "GAP-28")
    assert len(gap.answers) > 1
    why = next(point.why for point in overvecht.open_points if point.id == gap.id)
    assert why.endswith(f"en {gap.answers[-1]}. De wijk moet kiezen.")
    for number, chosen in enumerate((gap.answers[:1], gap.answers)):
        taken_over = {
            key: replace(agreement, header=agreement.header.model_copy(update={"provenance": Provenance.TAKEN_OVER}))
            if key in chosen
            else agreement
            for key, agreement in catalogue.agreements.items()
        }
        neighbourhood = resolve(replace(catalogue, agreements=taken_over), overvecht.site)
        assert (gap.id in point_ids(neighbourhood)) == (number == 0)


def test_every_open_point_has_a_reason_and_an_owner_role(overvecht: Neighbourhood, catalogue: Catalogue) -> None:
    for point in overvecht.open_points:
        assert point.what
        assert point.why
        assert point.owner in catalogue.roles
