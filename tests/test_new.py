"""A new site folder: by interview, from a file, from another site. What comes out passes the check; what goes wrong writes nothing."""

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbrollout import cli
from kbrollout.check import check_site
from kbrollout.errors import ContentError
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.offers import OfferKind, Support
from kbrollout.model.site import Level, PartnerKind
from kbrollout.newsite.draft import NO_PRACTICE, code_from, complete, needed_roles
from kbrollout.newsite.interview import Interview
from kbrollout.newsite.questions import SECTIONS, Kind
from kbrollout.newsite.replies import Step
from kbrollout.newsite.saving import place_of
from kbrollout.newsite.scaffold import make_site
from kbrollout.newsite.scalar import yaml_lines, yaml_scalar
from kbrollout.newsite.start import choices_of
from kbrollout.resources import templates
from kbrollout.schema import NAMES
from kbrollout.site import FILES
from kbrollout.yamlfile import Sourced, parse_yaml
from tests.conftest import OVERVECHT, SCHAPENWEIDE, TODAY, tree

MINIMAL: dict[str, Any] = {"wijk": {"naam": "Molenwijk", "gemeente": "Waterstad"}}
ANSWERS = """\
wijk: {naam: Molenwijk, gemeente: Waterstad}
praktijken: [De Wiek, Molenpad]
partners:
  - {naam: Wijkteam Molenwijk, soort: sociaal}
  - {naam: Gemeente Waterstad, soort: gemeente}
themas: [Meer bewegen]
rollen:
  sociaal-team: {partners: wijkteam molenwijk}
  gemeente: {partners: [Gemeente Waterstad]}
gremia:
  - naam: Stuurgroep
    niveau: wijk
    taak: Besluit.
    leden: [De Wiek, wijkteam molenwijk, huisarts]
"""


@pytest.fixture(autouse=True)
def _one_catalogue(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference is read once; what these tests are about comes after it."""
    monkeypatch.setattr("kbrollout.catalogue.load_catalogue", lambda: catalogue)
    monkeypatch.setattr("kbrollout.schema.load_catalogue", lambda: catalogue)


def run(*arguments: str | Path, typed: Sequence[str] | None = None) -> Result:
    text = None if typed is None else "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(cli.kbrollout, [str(each) for each in arguments], input=text)


def make(folder: Path, data: dict[str, Any], catalogue: Catalogue) -> Path:
    make_site(folder, complete(Sourced("antwoorden.yaml", data), catalogue), catalogue, TODAY, "antwoorden.yaml")
    return folder


def profile_of(folder: Path) -> Any:
    return parse_yaml((folder / "profiel.yaml").read_text(encoding="utf-8"), "profiel.yaml").data


# -- text as YAML ------------------------------------------------------------------------------------------------------

READABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"], include_characters="\t\n"), max_size=60)
TRICKY = [
    "no",
    "10:30",
    "0302",
    "- a",
    "a: b",
    "a #b",
    "'t Zand",
    '"',
    "\\",
    "[x]",
    "{{ 7*7 }}",
    "a\nb",
    " a ",
    "",
    "&a",
    "*",
    "!x",
    "?",
    "~",
    "|",
]


@given(READABLE)
@example("é: 'x' # \\n \"")
def test_any_text_reads_back_as_it_was(text: str) -> None:
    assert parse_yaml(f"k: {yaml_scalar(text)}\nl: x", "").data == {"k": text, "l": "x"}


@given(st.lists(READABLE | st.sampled_from(TRICKY), min_size=1, max_size=8))
def test_any_list_reads_back_as_it_was(texts: list[str]) -> None:
    assert parse_yaml("\n".join(yaml_lines({"k": list(texts), "l": "x"})), "").data == {"k": texts, "l": "x"}


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_text_reads_back_as_it_was(text: str) -> None:
    assert parse_yaml(f"k: {yaml_scalar(text)}", "").data == {"k": text}


@pytest.mark.parametrize(
    "text", ["Wijkteam Noord", "Stichting Overvecht Gezond (SOG)", "praktijk-1", "diëtist", "2700", "Medicom; Promedico"]
)
def test_ordinary_text_is_not_quoted(text: str) -> None:
    assert yaml_scalar(text) == text


# -- what is worked out from answers -----------------------------------------------------------------------------------


def test_least_answers_give_a_site_without_warnings(tmp_path: Path, catalogue: Catalogue) -> None:
    checked = check_site(make(tmp_path / "w", MINIMAL, catalogue), catalogue, TODAY)
    assert checked.warnings == ()
    place = checked.neighbourhood.site.profile.place
    assert (place.id, place.code, place.inhabitants) == ("molenwijk", "MOL", None)
    assert all(bound.reason for bound in checked.neighbourhood.roles.values() if bound.unfilled)
    assert "MOL-OPEN-01" in {point.id for point in checked.neighbourhood.open_points}


@pytest.mark.parametrize("largest", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_any_choice_of_themes_passes_the_strict_check(largest: int, tmp_path: Path, catalogue: Catalogue) -> None:
    themes = list(catalogue.themes)
    # None, each, every pair (slow), and all: a theme only ever adds roles, so larger choices add nothing new.
    choices = [*(combination for size in range(largest + 1) for combination in itertools.combinations(themes, size)), tuple(themes)]
    for number, chosen in enumerate(choices):
        folder = make(tmp_path / str(number), {**MINIMAL, "themas": list(chosen)}, catalogue)
        assert check_site(folder, catalogue, TODAY).warnings == ()
        assert set(needed_roles(catalogue, chosen)) == profile_of(folder)["rollen"].keys()


def test_names_stand_for_ids(tmp_path: Path, catalogue: Catalogue) -> None:
    answers = tmp_path / "antwoorden.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    assert run("new", tmp_path / "w", "--answers", answers, "--no-input").exit_code == 0
    profile = profile_of(tmp_path / "w")
    assert profile["rollen"]["sociaal-team"]["partners"] == ["wijkteam-molenwijk"]
    assert profile["gremia"][0]["leden"] == ["de-wiek", "wijkteam-molenwijk", "huisarts"]
    assert profile["themas"] == [{"id": "meer-bewegen", "aanspreekpunt": "onbekend"}]
    assert check_site(tmp_path / "w", catalogue, TODAY).warnings == ()


def test_ids_differ_even_when_names_look_alike(catalogue: Catalogue) -> None:
    practices = ["Praktijk!", "Praktijk?", "東京"]
    draft = complete(Sourced("a", {**MINIMAL, "praktijken": list(practices)}), catalogue)
    assert [practice.id for practice in draft.profile.practices] == ["praktijk", "praktijk-2", "praktijk-3"]


def test_answers_are_not_changed(catalogue: Catalogue) -> None:
    source = parse_yaml(ANSWERS, "a")
    complete(source, catalogue)
    assert source.data == parse_yaml(ANSWERS, "a").data


@pytest.mark.parametrize(
    ("name", "code"), [("Molenwijk", "MOL"), ("De Oude Haven", "DOH"), ("'t Zand", "TZ"), ("A", "WIJK"), ("1e buurt", "EB")]
)
def test_a_code_looks_like_the_name(name: str, code: str) -> None:
    assert code_from(name) == code


FAULTS = {
    "geen naam": ("wijk: {gemeente: X}\n", "1:7: fout in wijk.naam: De sleutel “naam” ontbreekt."),
    "geen slug": ("wijk: {naam: 東京, gemeente: X}\n", "1:14: fout in wijk.naam: Van de naam “東京” kan kbrollout geen id maken."),
    "twee keer": ("praktijken: [De Wiek, de  wiek]\n", "staat er twee keer, de eerste keer in praktijken[1]"),
    "ook partner": ("praktijken: [X]\npartners: [{naam: x, soort: ggz}]\n", "De naam “X” staat er twee keer"),
    "tekst voor lijst": ("praktijken: drie\n", "fout in praktijken: Hier hoort een lijst, maar er staat een tekst. [geen-lijst]"),
    "lijst voor tekst": ("wijk: {naam: [x], gemeente: X}\n", "fout in wijk.naam: Hier hoort een tekst, maar er staat een lijst."),
    "geen getal": ("wijk: {naam: x, gemeente: X, inwoners: veel}\n", "“veel” is geen heel getal."),
    "onbekende soort": ("partners: [{naam: x, soort: gemente}]\n", "Bedoelde u “gemeente”?"),
    "onbekend thema": ("themas: [Meer bewgen]\n", "Bedoelde u “meer-bewegen”?"),
    "onbekende rol": ("rollen: {huisart: {naam: x}}\n", "De rol “huisart” bestaat niet in de referentie."),
    "onbekende partner": ("rollen: {gemeente: {partners: [Stad]}}\n", "De partner “Stad” staat niet bij de partners."),
    "onbekend lid": ("gremia: [{naam: s, niveau: wijk, taak: t, leden: [Niemand]}]\n", "“Niemand” is geen partner, praktijk of rol."),
    "rol van anderen": ("partners: [{naam: x, soort: ggz}]\nrollen: {huisarts: {partners: [x]}}\n", "[rol-van-anderen]"),
    "onbekende sleutel": ("praktijkn: []\n", "De sleutel “praktijkn” bestaat hier niet. [sleutel-onbekend]"),
    "geen YAML": ("wijk: [\n", "[yaml-haakje]"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_in_answers_are_told_with_their_place_and_nothing_is_written(fault: str, tmp_path: Path) -> None:
    text, said = FAULTS[fault]
    answers = tmp_path / "a.yaml"
    answers.write_text(text if text.startswith("wijk") else f"wijk: {{naam: Molenwijk, gemeente: X}}\n{text}", encoding="utf-8")
    done = run("new", tmp_path / "w", "--answers", answers, "--no-input")
    assert done.exit_code == 1
    assert said in done.stderr
    assert f"{answers}" in done.stderr
    assert list(tmp_path.iterdir()) == [answers]


TEXTS = st.sampled_from(["", "x", "De Wiek", "meer-bewegen", "gemeente", "onbekend", "sociaal", "wijk", "東京", "12"])
KEYS = st.sampled_from(
    [*("wijk", "regio", "partners", "praktijken", "rollen", "themas", "programmas", "gremia", "openstaand", "vastgesteld"),
     *("id", "naam", "code", "soort", "niveau", "taak", "leden", "gemeente", "sociaal-team", "beweegprogramma", "aanspreekpunt")]
)  # fmt: skip
SHAPES = st.recursive(
    st.none() | TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=25
)


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(KEYS, SHAPES, max_size=8))
def test_any_answers_give_a_profile_or_messages(catalogue: Catalogue, data: dict[str, Any]) -> None:
    for start in ({}, choices_of(SCHAPENWEIDE, catalogue, TODAY)):
        for given_ in (data, {**MINIMAL, **data}, {**data, **MINIMAL}):
            with suppress(ContentError):
                assert complete(Sourced("a.yaml", given_), catalogue, start).profile.practices


# -- the scaffold ------------------------------------------------------------------------------------------------------


def test_scaffold_has_every_file_of_a_site_and_hints_for_editors(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = make(tmp_path / "w", MINIMAL, catalogue)
    schemas = {f"schema/{name}.schema.json" for name in NAMES if name != "manifest"}
    assert tree(folder).keys() == {*FILES, "README.md", ".gitignore", *schemas}
    for name in FILES:
        first = (folder / name).read_text(encoding="utf-8").splitlines()[0]
        assert (folder / first.removeprefix("# yaml-language-server: $schema=")).is_file()
    assert "contacten.yaml" in (folder / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_scaffold_names_every_word_that_can_be_chosen(tmp_path: Path, catalogue: Catalogue) -> None:
    text = " ".join((make(tmp_path / "w", MINIMAL, catalogue) / "profiel.yaml").read_text(encoding="utf-8").replace("\n#", "").split())
    for before, words in (("Bij soort kan staan: ", PartnerKind), ("Bij niveau kan staan: ", Level)):
        listed = re.split(r", | of ", text.partition(before)[2].partition(".")[0])
        assert listed == [word.value for word in words]


def test_scaffold_names_every_kind_of_offer(tmp_path: Path, catalogue: Catalogue) -> None:
    text = (make(tmp_path / "w", MINIMAL, catalogue) / "aanbod.yaml").read_text(encoding="utf-8")
    for before, words in (("Soort is: ", OfferKind), ("Begeleiding is: ", Support)):
        assert re.split(r", | of ", text.partition(before)[2].partition(".")[0]) == [word.value for word in words]


def test_every_file_of_the_scaffold_is_read_as_it_would_be_uncommented(tmp_path: Path, catalogue: Catalogue) -> None:
    """The examples behind `#` are right too: taking the signs away gives a list that has the keys of its model."""
    folder = make(tmp_path / "w", {**MINIMAL, "partners": [{"naam": "Gemeente", "soort": "gemeente"}]}, catalogue)
    profile = folder / "profiel.yaml"
    for block in re.findall(r"(?m)^(?:#   .*\n)+\w+: \[\]$", profile.read_text(encoding="utf-8")):
        *shown, key = block.splitlines()
        uncommented = "\n".join([key.removesuffix(" []"), *(line[1:] for line in shown)])
        profile.write_text(profile.read_text(encoding="utf-8").replace(block, uncommented), encoding="utf-8")
    for name in ("planning.yaml", "aanbod.yaml"):
        text = (folder / name).read_text(encoding="utf-8").replace("start: onbekend", "start: 2027-01-04").replace("# einde:", "einde:")
        for block in re.findall(r"(?m)^(?:#   .*\n)+\w+: (?:\[\]|\{\})$", text):
            *shown, key = block.splitlines()
            text = text.replace(block, "\n".join([key[: key.index(":") + 1], *(line[1:] for line in shown)]))
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("documenten.yaml", "financiering.yaml", "contacten.yaml"):
        lines = (folder / name).read_text(encoding="utf-8").replace(" []", "").splitlines()
        body = [line for line in lines if not line.startswith("#") or line.startswith("#   ")]
        shown = [line[1:] for line in body if line.startswith("#")]
        (folder / name).write_text("\n".join([*(line for line in body if not line.startswith("#")), *shown]), encoding="utf-8")
    checked = check_site(folder, catalogue, TODAY)
    site, plan = checked.neighbourhood.site, checked.neighbourhood.plan
    assert checked.warnings == ()
    assert plan
    assert plan.task("MOL-T1").work.own
    assert site.planning
    assert all(getattr(site.planning, name) for name in type(site.planning).model_fields if name not in ("remark", "tracker"))
    assert [offer.id for offer in site.offers] == ["wandelgroep"]
    assert len(site.ladder) == 2
    assert (site.streams[0].payer, site.streams[0].receiver, site.streams[0].gains) == ("gemeente", "sociaal-team", None)
    lists = (site.profile.specialisms, site.profile.thresholds, site.profile.wordings, site.profile.timeline, site.profile.bodies)
    assert [len(each) for each in lists] == [1, 1, 1, 1, 1]


def test_a_start_is_all_that_a_new_site_needs_for_a_plan(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = make(tmp_path / "w", {**MINIMAL, "praktijken": ["De Wiek", "Molenpad"], "themas": ["meer-bewegen"]}, catalogue)
    planning = folder / "planning.yaml"
    assert check_site(folder, catalogue, TODAY).neighbourhood.plan is None
    planning.write_text(planning.read_text(encoding="utf-8").replace("start: onbekend", "start: 2027-01-04"), encoding="utf-8")
    checked = check_site(folder, catalogue, TODAY)
    assert checked.warnings == ()
    assert checked.neighbourhood.plan
    assert {task.work.unit for task in checked.neighbourhood.plan.tasks} == {None, "de-wiek", "molenpad"}
    assert "OP-PLANNING" not in {point.id for point in checked.neighbourhood.open_points}


NASTY = [
    "{{ 7*7 }}",
    "{% raw %}",
    "{# weg #}",
    "{{ cookiecutter._profiel }}",
    "{%- set x = 1 -%}",
    '\'t Zand: "a" \\ # x',
    "- x",
    "&a *b !c",
    "a | b",
]


@pytest.mark.parametrize("text", NASTY)
def test_text_of_answers_is_data_and_never_a_template(text: str, tmp_path: Path, catalogue: Catalogue) -> None:
    data = {
        "wijk": {"naam": text, "id": "wijk", "code": "WK", "gemeente": text},
        "partners": [{"naam": f"P {text}", "soort": "overig", "omschrijving": text}],
        "praktijken": [text],
        "programmas": {"beweegprogramma": {"naam": text}},
        "gremia": [{"naam": text, "niveau": "wijk", "taak": f"{text}\n{text}"}],
    }
    profile = check_site(make(tmp_path / "w", data, catalogue), catalogue, TODAY).neighbourhood.site.profile
    assert profile.place.name == profile.place.municipality == profile.practices[0].name == profile.bodies[0].name == text
    assert profile.partners[0].description == profile.programmes["beweegprogramma"].name == text
    assert profile.bodies[0].task == f"{text}\n{text}"
    assert "49" not in (tmp_path / "w" / "README.md").read_text(encoding="utf-8")


def test_cookiecutter_leaves_the_home_and_the_working_folder_alone(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "werk"
    home.mkdir()
    work.mkdir()
    (work / "a.yaml").write_text("wijk: {naam: Molenwijk, gemeente: X}\n", encoding="utf-8")
    (home / ".cookiecutterrc").write_text('default_context: {map: "{{ 1/0 }}"}\n', encoding="utf-8")
    environment = {**os.environ, "HOME": str(home), "USERPROFILE": str(home)}
    command = [sys.executable, "-m", "kbrollout", "new", "molenwijk", "--answers", "a.yaml", "--no-input"]
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in home.iterdir()] == [".cookiecutterrc"]
    assert sorted(path.name for path in work.iterdir()) == ["a.yaml", "molenwijk"]


def test_same_answers_give_the_same_files(tmp_path: Path, catalogue: Catalogue) -> None:
    assert tree(make(tmp_path / "a", MINIMAL, catalogue)) == tree(make(tmp_path / "b", MINIMAL, catalogue))


# -- where it comes ----------------------------------------------------------------------------------------------------


def a_file(folder: Path) -> None:
    folder.write_text("x", encoding="utf-8")


def a_full_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "mijn.txt").write_text("x", encoding="utf-8")


def a_link_to_nothing(folder: Path) -> None:
    folder.symlink_to(folder.parent / "weg")


@pytest.mark.parametrize(
    ("there", "code"), [(a_file, "map-is-bestand"), (a_full_folder, "map-niet-leeg"), (a_link_to_nothing, "map-is-bestand")]
)
@pytest.mark.parametrize("way", ["vragen", "bestand"])
def test_what_is_there_is_never_touched(there: Callable[[Path], None], code: str, way: str, tmp_path: Path) -> None:
    answers = tmp_path / "a.yaml"
    answers.write_text("wijk: {naam: M, gemeente: X}\n", encoding="utf-8")
    there(tmp_path / "w")
    before = sorted(tmp_path.rglob("*"))
    done = run("new", tmp_path / "w", *(("--answers", answers, "--no-input") if way == "bestand" else ()), typed=["Molenwijk"])
    assert done.exit_code == 1
    assert f"[{code}]" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_stays_the_same_folder(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    before = folder.stat().st_ino
    make(folder, MINIMAL, catalogue)
    assert folder.stat().st_ino == before
    assert (folder / "profiel.yaml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


def test_a_disk_that_fails_leaves_nothing(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    real = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "profiel.yaml":
            raise OSError(28, os.strerror(28))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(ContentError) as raised:
        make(folder, MINIMAL, catalogue)
    assert raised.value.problems[0].code == "map-niet-schrijfbaar"
    assert "de schijf is vol" in raised.value.problems[0].what
    assert list(folder.iterdir()) == []


def test_no_input_needs_answers(tmp_path: Path) -> None:
    done = run("new", tmp_path / "w", "--no-input")
    assert done.exit_code == 2
    assert "Bij --no-input hoort --answers" in done.stderr


@pytest.mark.parametrize(("typed", "code", "made"), [(["wat?", "ja"], 0, True), ([""], 0, True), (["nee"], 0, False), ([], 1, False)])
def test_answers_from_a_file_are_shown_first(typed: list[str], code: int, made: bool, tmp_path: Path) -> None:
    answers = tmp_path / "a.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    done = run("new", tmp_path / "w", "--answers", answers, typed=typed)
    assert "Partners:   Wijkteam Molenwijk, Gemeente Waterstad" in done.stdout
    assert done.exit_code == code
    assert (tmp_path / "w").exists() == made
    assert ("Er is niets gemaakt." in done.stdout) != made


def test_what_is_missing_and_what_to_do_next_is_told(tmp_path: Path) -> None:
    answers = tmp_path / "a.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    said = run("new", tmp_path / "w", "--answers", answers, "--no-input").stdout
    assert "Spreek af wie de rol van beweegmakelaar vervult." in said
    assert "Vraag de AGB-code na van alle praktijken." in said
    assert f"kbrollout check {tmp_path / 'w'}" in said
    assert f"kbrollout build {tmp_path / 'w'} --out pakketten" in said


# -- from another site -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [OVERVECHT, SCHAPENWEIDE], ids=lambda path: path.name)
def test_another_sites_choices_come_without_its_organisations(other: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    answers = tmp_path / "a.yaml"
    answers.write_text("wijk: {naam: Molenwijk, gemeente: Waterstad}\n", encoding="utf-8")
    done = run("new", tmp_path / "w", "--answers", answers, "--from", other, "--no-input")
    assert done.exit_code == 0, done.stderr
    theirs = check_site(other, catalogue, TODAY).neighbourhood.site.profile
    ours = check_site(tmp_path / "w", catalogue, TODAY).neighbourhood.site.profile
    text = (tmp_path / "w" / "profiel.yaml").read_text(encoding="utf-8")
    names = [theirs.place.name, theirs.place.municipality, *(partner.name for partner in theirs.partners)]
    names += [practice.name for practice in theirs.practices if practice.name != NO_PRACTICE]
    assert [name for name in names if re.search(rf"\b{re.escape(name)}(?!\w)", text)] == []
    assert [theme.id for theme in ours.themes] == [theme.id for theme in theirs.themes]
    assert {role: binding.name for role, binding in ours.roles.items() if binding.name} == {
        role: binding.name for role, binding in theirs.roles.items() if binding.name
    }
    assert {key: each.name for key, each in ours.programmes.items()} == {key: each.name for key, each in theirs.programmes.items()}
    assert [body.level for body in ours.bodies] == [body.level for body in theirs.bodies]
    assert all(member in catalogue.roles for body in ours.bodies for member in body.members)
    assert ours.adopted is None


def test_own_answers_go_before_those_of_another_site(catalogue: Catalogue) -> None:
    data = {**MINIMAL, "themas": ["meer-bewegen"], "rollen": {"sociaal-team": {"naam": "team", "lidwoord": "het", "meervoud": "teams"}}}
    profile = complete(Sourced("a", data), catalogue, choices_of(OVERVECHT, catalogue, TODAY)).profile
    assert [theme.id for theme in profile.themes] == ["meer-bewegen"]
    assert profile.roles["sociaal-team"].name == "team"
    assert profile.roles["jeugdteam"].name == "buurtteam jeugd en gezin"


# -- interview ---------------------------------------------------------------------------------------------------------

TYPED = {
    "wijk.naam": "De Oude Haven",
    "wijk.gemeente": "Waterstad",
    "wijk.inwoners": "8.200",
    "wijk.bron": "CBS, 1 januari 2026",
    "praktijken.1.naam": "De Wiek",
    "praktijken.2.naam": "Praktijk Molenpad",
    "praktijken.weten": "ja",
    "praktijken.1.agb": "01234567",
    "praktijken.2.patienten": "2700",
    "themas": "1",
    "partners.1.naam": "Wijkteam Haven",
    "partners.1.soort": "2",
    "partners.2.naam": "Gemeente Waterstad",
    "partners.2.soort": "gemeente",
    "rollen.sociaal-team.partners": "1",
    "rollen.beweegmakelaar.partners": "wijkteam haven; Sport, Spel & Co",
    "rollen.beweegmakelaar.partners.sport-spel-co.soort": "sport",
    "rollen.redenen": "1",
    "rollen.fysiotherapeut.reden": "De gesprekken lopen nog.",
    "rollen.anders": "sociaal team",
    "rollen.sociaal-team.naam": "wijkteam",
    "rollen.sociaal-team.lidwoord": "het",
    "rollen.sociaal-team.meervoud": "wijkteams",
    "programmas.beweegprogramma.naam": "Haven Beweegt",
    "gremia.1.naam": "Stuurgroep",
    "gremia.1.niveau": "wijk",
    "gremia.1.taak": "Besluit over de afspraken.",
    "gremia.1.leden": "1, 2",
}
"""What is typed at each question; at all others Enter."""


def all_steps(catalogue: Catalogue) -> list[Step]:
    interview = Interview(catalogue)
    steps = []
    while (step := interview.next_step()) is not None:
        steps.append(step)
        interview.answer(step, TYPED.get(step.key, ""))
    return steps


@pytest.fixture(scope="module")
def steps(catalogue: Catalogue) -> list[Step]:
    return all_steps(catalogue)


def lines(steps: Sequence[Step]) -> list[str]:
    return [TYPED.get(step.key, "") for step in steps]


@pytest.fixture(scope="module")
def whole(steps: list[Step], catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The folder that an interview without interruption makes."""
    interview = Interview(catalogue)
    for step, line in zip(steps, lines(steps), strict=True):
        interview.answer(step, line)
    return tree(make(tmp_path_factory.mktemp("heel") / "w", interview.data(), catalogue))


def saved(folder: Path) -> str:
    return place_of(folder).read_text(encoding="utf-8")


def saved_without_a_stop(steps: Sequence[Step], tmp_path: Path) -> str:
    """What is kept of all answers but the last."""
    run("new", tmp_path / "ineens", typed=[*lines(steps)[:-1], "stop"])
    return saved(tmp_path / "ineens")


def test_the_interview_asks_what_is_typed_here(steps: list[Step]) -> None:
    assert set(TYPED) - {step.key for step in steps} == set()
    assert 30 < len(steps) < 60


def test_an_interview_makes_a_site(steps: list[Step], whole: dict[str, bytes], tmp_path: Path, catalogue: Catalogue) -> None:
    done = run("new", tmp_path / "w", typed=lines(steps))
    assert done.exit_code == 0, done.output
    assert tree(tmp_path / "w") == whole
    assert not place_of(tmp_path / "w").exists()
    checked = check_site(tmp_path / "w", catalogue, TODAY)
    assert checked.warnings == ()
    profile = checked.neighbourhood.site.profile
    assert profile.roles["beweegmakelaar"].partners == ("wijkteam-haven", "sport-spel-co")
    assert profile.roles["fysiotherapeut"].reason == "De gesprekken lopen nog."
    assert profile.roles["sociaal-team"].name == "wijkteam"
    assert profile.place.code == "DOH"
    assert profile.bodies[0].members == ("wijkteam-haven", "gemeente-waterstad")


SOME_OR_ALL = pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
"""At each fourth question, or in the slow tests at each."""


@SOME_OR_ALL
def test_stopping_at_any_question_and_going_on_gives_the_same(
    every: int, steps: list[Step], whole: dict[str, bytes], tmp_path: Path
) -> None:
    answers = saved_without_a_stop(steps, tmp_path)
    for at, step in list(enumerate(steps))[::every]:
        folder = tmp_path / f"bij-{at}"
        stopped = run("new", folder, typed=[*lines(steps)[:at], "stop"])
        assert stopped.exit_code == 0, step.key
        assert place_of(folder).exists() == (at > 0), step.key
        assert not folder.exists(), step.key
        assert ("zijn bewaard" in stopped.stdout) == (at > 0)
        resumed = run("new", folder, typed=[*lines(steps)[at:-1], "stop"])
        assert resumed.exit_code == 0, step.key
        assert saved(folder) == answers, step.key
    # The same answers give the same folder; once, to be sure of it.
    assert run("new", folder, typed=["ja"]).exit_code == 0
    assert tree(folder) == whole


def test_an_end_of_input_at_any_question_keeps_the_answers(steps: list[Step], whole: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "w"
    for at in range(len(steps)):
        done = run("new", folder, typed=lines(steps)[at : at + 1])
        last = at == len(steps) - 1
        assert done.exit_code == (0 if last else 1)
        assert folder.exists() == last
    assert tree(folder) == whole


def test_ctrl_c_keeps_the_answers(steps: list[Step], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter(lines(steps)[:5])

    def prompt(*_: object, **__: object) -> str:
        for line in given:
            return line
        raise click.Abort

    monkeypatch.setattr(click, "prompt", prompt)
    done = run("new", tmp_path / "w")
    assert done.exit_code == 1
    assert "Uw antwoorden zijn bewaard" in done.stdout
    assert "wijk.inwoners" in place_of(tmp_path / "w").read_text(encoding="utf-8")


@SOME_OR_ALL
def test_going_back_at_any_question_offers_the_answer_again(every: int, steps: list[Step], tmp_path: Path) -> None:
    answers = saved_without_a_stop(steps, tmp_path)
    for at in range(0, len(steps), every):
        folder = tmp_path / f"terug-{at}"
        typed = [*lines(steps)[:-1], "stop"]
        # Back one, and Enter takes what was said before; at the first question there is nothing before it.
        typed[at:at] = ["terug", "" if at else typed[0]][: 2 if at else 1]
        done = run("new", folder, typed=typed)
        assert done.exit_code == 0, (steps[at].key, done.output[-800:])
        assert saved(folder) == answers, steps[at].key


def test_help_is_given_at_every_question_and_changes_nothing(steps: list[Step], whole: dict[str, bytes], tmp_path: Path) -> None:
    done = run("new", tmp_path / "w", typed=[line for answer in lines(steps) for line in ("?", answer)])
    assert done.exit_code == 0
    assert tree(tmp_path / "w") == whole
    assert done.stdout.count("Typ een antwoord op één regel.") >= 3


WRONG = {
    "wijk.naam": ("", "Hier is een antwoord nodig"),
    "wijk.gemeente": ("x" * 201, "Deze tekst is 201 tekens lang"),
    "wijk.id": ("De Wijk", "kan geen id zijn"),
    "wijk.code": ("doh", "kan geen wijkcode zijn"),
    "wijk.inwoners": ("veel", "geen heel getal"),
    "praktijken.2.naam": ("de wiek", "staat er twee keer"),
    "praktijken.weten": ("misschien", "geen ja of nee"),
    "praktijken.1.agb": ("123", "heeft 3 cijfers"),
    "praktijken.2.patienten": ("-3", "kleiner dan nul"),
    "themas": ("99", "“99” kan hier niet"),
    "partners.1.naam": ("De Wiek", "staat er twee keer"),
    "partners.1.soort": ("15", "“15” kan hier niet"),
    "partners.2.soort": ("gemente", "Bedoelde u “gemeente”?"),
    "rollen.sociaal-team.partners": ("7", "“7” kan hier niet"),
    "rollen.anders": ("huisarts", "“huisarts” kan hier niet"),
    "rollen.sociaal-team.lidwoord": ("een", "“een” kan hier niet"),
    "gremia.1.niveau": ("", "Hier is een antwoord nodig"),
    "gremia.1.leden": ("Jan", "“Jan” kan hier niet"),
    "klaar": ("x", "geen ja of nee"),
}


def test_wrong_answers_are_explained_and_asked_again(steps: list[Step], whole: dict[str, bytes], tmp_path: Path) -> None:
    typed = []
    for step, line in zip(steps, lines(steps), strict=True):
        typed += [WRONG[step.key][0], line] if step.key in WRONG else [line]
    done = run("new", tmp_path / "w", typed=typed)
    assert done.exit_code == 0, done.output
    said = " ".join(done.stdout.split())
    for key, (_, expected) in WRONG.items():
        assert expected in said, key
    assert said.count(" ! ") == len(WRONG)
    assert tree(tmp_path / "w") == whole


def test_signs_that_nobody_sees_are_left_out_and_keys_that_type_signs_are_told(tmp_path: Path) -> None:
    done = run("new", tmp_path / "w", typed=["\u200bMolen\u202ewijk\ufeff", "\x1b[A", "Waterstad", "stop"])
    assert "Hier staat een onzichtbaar teken." in done.stdout
    assert "wijk.naam: Molenwijk\n" in saved(tmp_path / "w")
    assert "2 van" not in run("new", tmp_path / "w", typed=["stop"]).stdout


def test_a_name_that_gives_no_slug_asks_for_an_id(tmp_path: Path) -> None:
    done = run("new", tmp_path / "w", typed=["東京", "Waterstad", "", "haven", "stop"])
    assert "Hier is een antwoord nodig: Welk id krijgt de wijk?" in done.stdout
    assert "wijk.id: haven" in place_of(tmp_path / "w").read_text(encoding="utf-8")


def test_saying_no_at_the_end_keeps_the_answers(steps: list[Step], tmp_path: Path) -> None:
    done = run("new", tmp_path / "w", typed=[*lines(steps)[:-1], "nee"])
    assert done.exit_code == 0
    assert not (tmp_path / "w").exists()
    assert "klaar" not in place_of(tmp_path / "w").read_text(encoding="utf-8")
    assert run("new", tmp_path / "w", typed=["ja"]).exit_code == 0


def test_when_the_folder_cannot_be_made_the_answers_are_kept(steps: list[Step], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr("kbrollout.newsite.scaffold.write_schemas", lambda _: (_ for _ in ()).throw(OSError(28, os.strerror(28))))
        failed = run("new", tmp_path / "w", typed=lines(steps))
    assert failed.exit_code == 1
    assert "de schijf is vol" in failed.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["w.antwoorden.yaml"]
    assert run("new", tmp_path / "w", typed=["ja"]).exit_code == 0


def test_saved_answers_that_no_longer_fit_are_asked_again(steps: list[Step], tmp_path: Path) -> None:
    run("new", tmp_path / "w", typed=[*lines(steps)[:6], "stop"])
    saved = place_of(tmp_path / "w")
    saved.write_text(saved.read_text(encoding="utf-8").replace("DOH", "d o h"), encoding="utf-8")
    done = run("new", tmp_path / "w", typed=["stop"])
    assert "Welke code krijgt de wijk?" in done.stdout


def test_saved_answers_that_cannot_be_read_are_told(steps: list[Step], tmp_path: Path) -> None:
    run("new", tmp_path / "w", typed=[*lines(steps)[:6], "stop"])
    place_of(tmp_path / "w").write_text("antwoorden: [\n", encoding="utf-8")
    done = run("new", tmp_path / "w", typed=["stop"])
    assert done.exit_code == 1
    assert "w.antwoorden.yaml:2:1: fout: De haakjes kloppen hier niet." in done.stderr


def test_an_interview_from_another_site_proposes_its_choices(tmp_path: Path, catalogue: Catalogue) -> None:
    typed = ["Molenwijk", "Waterstad"] + [""] * 140
    done = run("new", tmp_path / "w", "--from", OVERVECHT, typed=typed)
    assert done.exit_code == 0, done.output[-800:]
    profile = check_site(tmp_path / "w", catalogue, TODAY).neighbourhood.site.profile
    assert [theme.id for theme in profile.themes] == list(catalogue.themes)
    assert profile.roles["sociaal-team"].name == "buurtteam sociaal"
    assert profile.programmes["kinderprogramma"].name == "FitGaaf"
    assert len(profile.bodies) == len(check_site(OVERVECHT, catalogue, TODAY).neighbourhood.site.profile.bodies)
    assert not {"overvecht-gezond", "praktijk-9"} & {
        *(partner.id for partner in profile.partners),
        *(practice.id for practice in profile.practices),
    }


def test_a_dash_passes_over_what_another_site_proposes(catalogue: Catalogue) -> None:
    interview = Interview(catalogue, choices_of(OVERVECHT, catalogue, TODAY))
    while (step := interview.next_step()) is not None:
        needed = {"wijk.naam": "Molenwijk", "wijk.gemeente": "X", "wijk.id": "", "wijk.code": "", "klaar": "ja"}
        interview.answer(step, needed.get(step.key, "-"))
    profile = complete(Sourced("a", interview.data()), catalogue).profile
    assert (profile.themes, profile.bodies, profile.programmes) == ((), (), {})


# -- the questions -----------------------------------------------------------------------------------------------------


def test_every_question_says_why_and_speaks_of_a_key_of_the_profile() -> None:
    for section, questions in SECTIONS.items():
        for question in questions:
            assert question.text.endswith("?"), question.id
            assert question.why.endswith("."), question.id
            assert question.help, question.id
            assert question.id.startswith((f"{section}.", "regio.")), question.id
            assert question.kind not in (Kind.CHOICE,) or question.choices, question.id


def test_questions_say_u() -> None:
    text = " ".join(f"{question.text} {question.why}" for questions in SECTIONS.values() for question in questions)
    assert not re.search(r"\b(je|jij|jouw|jullie)\b", text)


def test_the_example_holds_what_new_makes() -> None:
    """Apart from `contacten.yaml`, which stays in a neighbourhood."""
    made = {path.name.replace("{{'.gitignore'}}", ".gitignore") for path in next((templates() / "site").glob("*cookiecutter*/")).iterdir()}
    assert made - {"contacten.yaml"} <= {path.name for path in OVERVECHT.iterdir()}
