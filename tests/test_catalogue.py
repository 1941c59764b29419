"""The reference that comes with the program: what has to be in it, where it came from, and how it is written."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from kbrollout.documents.start import ANCHORS, readers
from kbrollout.model.catalogue import CORE_THEME, Catalogue
from kbrollout.model.framework import Column, Element, Heading, Layer, Phase, Provenance
from kbrollout.model.handouts import Handout, HandoutKind, LocalPiece, Paper, Training
from kbrollout.model.offers import OfferKind
from kbrollout.model.sourced import Sourced
from kbrollout.resources import templates
from kbrollout.slots import SLOT, name_in

NORMS = {f"N-{number:02}" for number in range(1, 14)}
SERIES = {
    "N": 13,
    "W-KERN": 3,
    "W-IMPL": 4,
    "W-REG": 2,
    "W-BEW": 5,
    "W-KIND": 3,
    "W-SOLK": 14,
    "W-GGZ": 8,
    "W-SPEC": 5,
    "ND": 8,
    "W-JG": 4,
    "W-OUD": 5,
    "W-WV": 4,
    "W-APO": 4,
    "W-PRIV": 4,
    "W-CONT": 4,
    "W-BWN": 2,
    "D": 21,
}
"""How many agreements each series has, numbered from 1; 82 of them stand in the afsprakenstelsel of 2019."""
OTHER_SOURCES = {
    *("S0-01", "S0-04", "S0-05", "S0-06", "S2-02", "S2-04", "S2-05", "S2-06", "S2-07", "S2-13", "S2-14", "S2-15", "S2-16"),
    *("S3-07", "S3-08", "S4-01"),
}
"""Agreements with the id of a row of another source than the afsprakenstelsel."""


def entries(catalogue: Catalogue) -> Iterator[Sourced]:
    yield from (agreement.header for agreement in catalogue.agreements.values())
    yield from (text.header for text in catalogue.texts.values())
    for group in (catalogue.roles, catalogue.programmes, catalogue.themes, catalogue.documents):
        yield from group.values()
    yield from (*catalogue.index.cells, *catalogue.goals, *catalogue.instruments, *catalogue.results, *catalogue.terms, *catalogue.gaps)
    for more in (catalogue.systems, catalogue.requirements, catalogue.entry_conditions, catalogue.indicators, catalogue.tasks):
        yield from more.values()
    yield from (*catalogue.exemptions, *catalogue.funding_sources, *catalogue.first_steps)
    yield from (*catalogue.risks, *catalogue.elements, *catalogue.mtvp_parts.values())
    yield from (*catalogue.handouts.values(), *catalogue.trainings.values())


def test_everything_of_this_release_is_there(catalogue: Catalogue) -> None:
    numbered = {f"{series}-{number:02}" for series, count in SERIES.items() for number in range(1, count + 1)}
    assert set(catalogue.agreements) == numbered | OTHER_SOURCES
    assert [goal.id for goal in catalogue.goals] == ["G-01", "G-02", "G-03", "G-04"]
    assert {f"DOC-{number:02}" for number in range(1, 81)} == set(catalogue.documents)
    assert list(catalogue.handouts) == [f"HO-{number:02}" for number in (*range(1, 15), *range(21, 33))]
    assert list(catalogue.trainings) == ["4d-dagdeel", "kennismaking", "casuistiek"]


def test_handouts_are_there_for_every_purpose_and_our_own_words(catalogue: Catalogue) -> None:
    found = list(catalogue.handouts.values())
    assert {each.kind for each in found} == set(HandoutKind)
    assert {each.paper for each in found} == set(Paper)
    assert {block.local for each in found for block in each.blocks if block.local} == set(LocalPiece)
    assert {block.offers for each in found for block in each.blocks if block.offers} == set(OfferKind)
    ours: list[Handout | Training] = [*found, *catalogue.trainings.values()]
    for each in ours:
        assert each.provenance is Provenance.PROPOSAL, f"{each.id}: who says so, and word for word?"
        assert "kbrollout" in {source.document for source in each.sources}, f"{each.id} does not say that part of it is ours"


def test_a_handout_belongs_to_what_holds_in_its_theme(catalogue: Catalogue) -> None:
    for each in catalogue.handouts.values():
        for key in each.agreements:
            assert each.theme == CORE_THEME or catalogue.agreements[key].header.theme in (each.theme, CORE_THEME), f"{each.id}: {key}"
        shown = {block.agreement for block in each.blocks if block.agreement}
        assert shown <= set(each.agreements), f"{each.id} shows an agreement that it does not belong to"


def test_cases_to_practise_with_say_that_they_are_made_up(catalogue: Catalogue) -> None:
    cases = [(each.id, block.case) for each in catalogue.handouts.values() for block in each.blocks if block.case]
    assert cases
    for key, case in cases:
        assert "verzonnen" in f"{case.title} {case.story}".lower(), key


def test_trainings_print_what_their_programme_uses(catalogue: Catalogue) -> None:
    for training in catalogue.trainings.values():
        used = {key for item in training.programme for key in item.handouts}
        assert used == {each.handout for each in training.prints}, training.id
        assert len(training.prints) == len({each.handout for each in training.prints}), training.id
    printed = {each.handout for training in catalogue.trainings.values() for each in training.prints}
    trainings_only = {each.id for each in catalogue.handouts.values() if each.kind in (HandoutKind.EXERCISE, HandoutKind.TRAINING)}
    assert trainings_only - printed <= {"HO-32"}, "an exercise that no training uses; HO-32 is for a visit, not for a training"


def test_every_requirement_has_tasks_and_every_phase_its_steps(catalogue: Catalogue) -> None:
    per_requirement = Counter(task.requirement for task in catalogue.tasks.values() if task.requirement)
    assert set(per_requirement) == set(catalogue.requirements)
    per_phase = {"VB": 6, "NM": 2, "IN": 5, "BO": 5}
    numbered = {f"{key}-T{number}" for key, count in per_requirement.items() for number in range(1, count + 1)}
    numbered |= {f"FASE-{phase}-{number:02}" for phase, count in per_phase.items() for number in range(1, count + 1)}
    assert set(catalogue.tasks) == numbered
    for phase, (short, count) in zip(Phase, per_phase.items(), strict=True):
        steps = [task for task in catalogue.tasks.values() if task.id.startswith(f"FASE-{short}")]
        assert {step.phase for step in steps} == {phase}
        assert [step.id for step in steps if step.gate] == [f"FASE-{short}-{count:02}"], "the last step is the gate"


def test_risks_and_what_a_change_needs(catalogue: Catalogue) -> None:
    assert [risk.id for risk in catalogue.risks] == [f"RIS-{number:02}" for number in range(1, len(catalogue.risks) + 1)]
    assert [element.id for element in catalogue.elements] == list(Element)
    for name, found in (("task", catalogue.tasks.values()), ("risk", catalogue.risks)):
        assert {each.element for each in found} == set(Element), f"an element without a {name}"
    assert {part for task in catalogue.tasks.values() for part in task.mtvp} <= set(catalogue.mtvp_parts)


def test_a_length_that_we_thought_up_is_an_assumption_and_tasks_are_short(catalogue: Catalogue) -> None:
    for task in catalogue.tasks.values():
        assert task.provenance is Provenance.PROPOSAL, f"{task.id}: who says so, and does that hold for its length too?"
        assert task.working_days <= 60, f"{task.id} is longer than a quarter"


def test_every_source_is_used(catalogue: Catalogue) -> None:
    used = {source.document for entry in entries(catalogue) for source in entry.sources}
    used |= {source.document for each in catalogue.entry_conditions.values() for example in each.examples for source in example.sources}
    assert set(catalogue.sources) == used


def test_the_norms_stand_in_three_groups_of_four_four_and_five(catalogue: Catalogue) -> None:
    sorts = [catalogue.agreements[key].header.sort for key in sorted(NORMS)]
    assert len(set(sorts[:4])) == len(set(sorts[4:8])) == len(set(sorts[8:])) == 1
    assert len(set(sorts)) == 3


def test_everything_says_where_it_comes_from(catalogue: Catalogue) -> None:
    found = list(entries(catalogue))
    assert len(found) > 500
    for entry in found:
        assert entry.sources
        if all(source.document == "kbrollout" for source in entry.sources):
            assert entry.provenance is Provenance.PROPOSAL, entry


def test_work_agreements_say_what_may_be_expected_of_each_role_that_acts(catalogue: Catalogue) -> None:
    for agreement in catalogue.agreements.values():
        if agreement.header.layer is not Layer.NORMS:
            assert {each.role for each in agreement.expectations} >= set(agreement.header.roles.does), agreement.id


def test_expectations_read_as_a_clause(catalogue: Catalogue) -> None:
    for agreement in catalogue.agreements.values():
        for expectation in agreement.expectations:
            assert expectation.text[0].islower(), agreement.id
            assert expectation.text.endswith("."), agreement.id


def test_a_slot_starts_with_a_capital_only_at_the_start_of_a_sentence(catalogue: Catalogue) -> None:
    for agreement in catalogue.agreements.values():
        for text in agreement.text.values():
            for match in SLOT.finditer(text):
                before = text[: match.start()].rstrip()
                starts = not before or before[-1] in ".?!:*-" or text[: match.start()].endswith("\n\n")
                assert match[1][0].isupper() == starts or before.endswith(":"), f"{agreement.id}: {match[0]}"


def test_only_known_versions_and_only_columns_that_fit(catalogue: Catalogue) -> None:
    versions = {release.version for release in catalogue.index.releases}
    for agreement in catalogue.agreements.values():
        assert agreement.header.since in versions
        if agreement.id not in OTHER_SOURCES:
            assert (agreement.header.column is Column.SUSTAINABILITY) == agreement.id.startswith(("ND-", "D-")), agreement.id
        assert agreement.text[Heading.AGREEMENT]


@pytest.mark.parametrize(
    "word", ["dient te", "dienen te", "middels", "inzake", "teneinde", "derhalve", "omtrent", "ten behoeve van", "conform"]
)
def test_texts_avoid_officialese(word: str) -> None:
    for path in sorted((templates() / "catalogue").rglob("*.md")):
        assert not re.search(rf"\b{word}\b", path.read_text(encoding="utf-8")), f"{path.name} says {word!r}"


def test_no_personal_data_in_content() -> None:
    mail, phone = re.compile(r"[\w.+-]+@[\w-]+\.\w+"), re.compile(r"(?<![\d-])(?:\+31|0)[\s-]?[1-9](?:[\s-]?\d){8}(?!\d)")
    folders = [templates(), Path(__file__).parent.parent / "examples"]
    for path in (path for folder in folders for path in folder.rglob("*") if path.suffix in {".md", ".yaml", ".html"}):
        text = path.read_text(encoding="utf-8")
        assert not mail.search(text), path
        assert not phone.search(text), path


def test_every_model_field_has_a_dutch_key_and_description() -> None:
    names = ("catalogue", "site", "planning", "tasks", "lock", "handouts", "offers")
    modules = [importlib.import_module(f"kbrollout.model.{name}") for name in names]
    models = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    checked = 0
    for model in models:
        if issubclass(model, BaseModel):
            for field in model.model_fields.values():
                assert field.alias
                assert field.description
                assert field.description.endswith((".", "?")), field
                checked += 1
    assert checked > 100


def test_texts_of_the_index_page_speak_of_roles_that_exist(catalogue: Catalogue) -> None:
    for reader in readers():
        texts = [reader.name, reader.introduction, *(link.text for link in reader.links)]
        slots = {name_in(match[1]) for text in texts for match in SLOT.finditer(text)}
        assert slots <= {*catalogue.roles, *catalogue.programmes}, reader.id
        for_roles = {link.role for link in reader.links if link.role and (link.document, link.role) != ("agenda", "wijk")}
        assert for_roles <= set(catalogue.roles), reader.id
        for link in reader.links:
            assert link.anchor is None or link.anchor in ANCHORS[link.document], f"{reader.id}: {link.anchor}"
