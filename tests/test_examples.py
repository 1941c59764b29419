"""The four examples: valid, really different, without each other's names, and three of them marked as made up."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kbrollout.check import Checked, check_site
from kbrollout.documents.plan import KINDS, plan_documents
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.site import FILES
from tests.conftest import ROOT, TODAY, build_one, text_of
from tests.pdfua import faults, is_imposed
from tests.test_documents import names_of, page, pages

EXAMPLES = ("overvecht", "amsterdam-zuidoost", "rotterdam-bloemhof", "den-haag-laak")
DEMONSTRATIONS = EXAMPLES[1:]
MARK = "VERZONNEN VOORBEELD"


@pytest.fixture(scope="module")
def checked(catalogue: Catalogue) -> dict[str, Checked]:
    return {name: check_site(ROOT / "examples" / name, catalogue, TODAY) for name in EXAMPLES}


@pytest.fixture(scope="module")
def packs(html_pack: Callable[[Path], Path]) -> dict[str, Path]:
    return {name: html_pack(ROOT / "examples" / name) for name in EXAMPLES}


def test_there_are_no_other_examples() -> None:
    assert {path.name for path in (ROOT / "examples").iterdir() if path.is_dir()} == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_passes_the_strict_check(name: str, checked: dict[str, Checked]) -> None:
    assert [f"{warning.code} {warning.path}" for warning in checked[name].warnings] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_holds_the_files_that_new_makes(name: str) -> None:
    folder = ROOT / "examples" / name
    for file in ("profiel.yaml", "documenten.yaml", "financiering.yaml", "README.md", ".gitignore"):
        assert (folder / file).is_file(), file
    assert {path.name for path in (folder / "schema").iterdir()} == {f"{Path(file).stem}.schema.json" for file in FILES}
    assert not (folder / "contacten.yaml").exists(), "numbers and addresses do not travel"


def test_every_pack_has_every_kind_of_document_and_lists_its_open_points(packs: dict[str, Path], checked: dict[str, Checked]) -> None:
    assert set(packs) == set(EXAMPLES)
    for name, pack in packs.items():
        documents = {entry["document"] for entry in json.loads((pack / "manifest.json").read_text(encoding="utf-8"))["files"]}
        made = {each.kind for each in plan_documents(checked[name].neighbourhood) if each.id in documents}
        assert made == {kind for kind, each in KINDS.items() if "html" in each.formats}
        text = text_of(page(pack, "open-punten.html"))
        points = checked[name].neighbourhood.open_points
        assert len(points) > 10
        assert all(point.id in text for point in points)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_page_of_a_demonstration_says_that_it_is_made_up(name: str, packs: dict[str, Path]) -> None:
    for path in pages(packs[name]):
        assert (MARK in text_of(page(packs[name], path))) == (name in DEMONSTRATIONS), path


@pytest.mark.parametrize("name", EXAMPLES)
def test_names_of_one_example_never_stand_in_the_pack_of_another(
    name: str, packs: dict[str, Path], checked: dict[str, Checked], catalogue: Catalogue
) -> None:
    own = {each.lower() for each in names_of(checked[name].neighbourhood)}
    others = {each.lower() for other in EXAMPLES if other != name for each in names_of(checked[other].neighbourhood)}
    generic = {noun.lower() for role in catalogue.roles.values() for noun in (role.name, role.plural)}
    generic |= {theme.name.lower() for theme in catalogue.themes.values()}
    generic |= {"jeugdgezondheidszorg (jgz)", "achterstandsfondsen"}  # kinds of organisation, which the reference explains
    foreign = {each for each in others - own - generic if not any(each in mine for mine in own | generic)}
    assert len(foreign) > 30
    allowed = frozenset({"style", "bron", "resultaten", "documenten", "bronnen"})
    for path in pages(packs[name]):
        text = text_of(page(packs[name], path), allowed).lower()
        leaked = sorted(each for each in foreign if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text))
        assert leaked == [], f"{path} of {name}"


def test_the_demonstrations_really_differ(checked: dict[str, Checked]) -> None:
    here = {name: checked[name].neighbourhood for name in DEMONSTRATIONS}
    themes = [frozenset(chosen.theme.id for chosen in each.themes) for each in here.values()]
    assert len(set(themes)) == len(themes)
    assert len({each.phrases["sociaal-team"] for each in here.values()}) == len(here)
    assert len({each.site.profile.place.municipality for each in here.values()}) == len(here)
    insurers = [each.roles["zorgverzekeraar"].filled_by for each in here.values()]
    assert len(set(insurers)) > 1
    assert len(here["rotterdam-bloemhof"].site.profile.practices) < len(here["amsterdam-zuidoost"].site.profile.practices)
    assert {each.concept for each in here.values()} == {True, False}
    assert any(each.thresholds for each in (site.site.profile for site in here.values()))


def test_facts_of_demonstrations_have_a_source_and_the_rest_says_it_is_made_up(checked: dict[str, Checked]) -> None:
    for name in DEMONSTRATIONS:
        profile = checked[name].neighbourhood.site.profile
        sources = [partner.source for partner in profile.partners] + [body.source for body in profile.bodies]
        sources += [event.source for event in profile.timeline] + [stream.source for stream in checked[name].neighbourhood.site.streams]
        assert len(sources) > 15
        for source in sources:
            assert source is not None, name
            assert "erzonnen" in source or re.search(r"\d{4}|zonder datum", source), f"{name}: {source}"
        for practice in profile.practices:
            assert practice.agb is None, "an AGB code belongs to a real practice"


@pytest.mark.slow
@pytest.mark.parametrize("name", DEMONSTRATIONS)
def test_pdf_and_editable_copies_of_demonstrations(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    pack = build_one(ROOT / "examples" / name, catalogue, tmp_path, formats=None).pack
    assert pack is not None
    found = {path.name: faults(path) for path in sorted(pack.rglob("*.pdf")) if not is_imposed(path)}
    assert len(found) > 15
    assert {each: wrong for each, wrong in found.items() if wrong} == {}
    assert (pack / "afsprakenstelsel.odt").is_file()
    assert (pack / "afsprakenstelsel.docx").is_file()


def holding(neighbourhood: Neighbourhood) -> int:
    return sum(1 for resolved in neighbourhood.agreements if resolved.holds)


def test_each_example_has_agreements_that_hold_and_proposals_to_choose(checked: dict[str, Checked]) -> None:
    for name in EXAMPLES:
        neighbourhood = checked[name].neighbourhood
        assert holding(neighbourhood) > 40, name
        assert any(point.id == "OP-TE-KIEZEN" for point in neighbourhood.open_points)
