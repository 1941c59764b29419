"""Bad input ends in a Dutch message that says where, what and how to mend it; strange names come out as they went in.

Each folder of `tests/bad/` is one case, named after the code of its message: the files that differ from the small valid
site and reference in `tests/bad/_base` (`x.weg` takes `x` away), and `melding.txt` with all that is said about it.
`_aangepast` is no case but a valid site that uses every word of tailoring, with agreements of its own; `_gepland` is one
that uses every word of `planning.yaml`, with a plan that was fixed. Their years are far away, so that no start is ever past.
After a change that was meant, `KBROLLOUT_MELDINGEN=1 pytest tests/test_bad_input.py` writes those texts anew; read them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kbrollout import cli, yamlfile
from kbrollout.catalogue import load_catalogue
from kbrollout.check import check_site
from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.messages import MESSAGES, problem
from kbrollout.model.catalogue import Catalogue
from tests.conftest import tries

BAD = Path(__file__).parent / "bad"
BASE = BAD / "_base"
TAILORED = "_aangepast"
PLANNED = "_gepland"
CASES = sorted(path.name for path in BAD.iterdir() if not path.name.startswith("_"))
SITE_CASES = [name for name in CASES if not (BAD / name / "catalogue").exists()]
REFERENCE_CASES = [name for name in CASES if name not in SITE_CASES]
OVERVECHT = BAD.parent.parent / "examples" / "overvecht"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def reference() -> Catalogue:
    """The small reference of the cases."""
    return load_catalogue(BASE / "catalogue")


def lay_out(name: str | None, folder: Path) -> Path:
    """A copy of the base with the files of a case over it; gives the site folder."""
    shutil.copytree(BASE / "catalogue", folder / "catalogue")
    shutil.copytree(BASE / "site", folder / "site")
    case = BAD / (name or "")
    for path in case.rglob("*") if name else ():
        below = path.relative_to(case)
        target = folder / below if below.parts[0] == "catalogue" else folder / "site" / below
        if path.suffix == ".weg":
            target.with_suffix("").unlink()
        elif path.is_file() and path.name != "melding.txt":
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)
    return folder / "site"


def problems_of(site: Path, catalogue: Catalogue) -> tuple[Problem, ...]:
    try:
        return check_site(site, catalogue, TODAY).warnings
    except ContentError as error:
        return error.problems


def said(problems: Iterable[Problem], folder: Path) -> str:
    """The problems as users see them, without the folder that happens to hold the files."""
    return "\n".join(map(str, problems)).replace(f"{folder}/", "") + "\n"


def compare(name: str, found: str) -> None:
    expected = BAD / name / "melding.txt"
    if os.environ.get("KBROLLOUT_MELDINGEN"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def code_of(name: str) -> str:
    return re.sub(r"-\d+$", "", name)


@pytest.mark.parametrize("name", SITE_CASES)
def test_fault_in_a_site(name: str, tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(name, tmp_path)
    problems = problems_of(site, reference)
    compare(name, said(problems, site))
    assert code_of(name) not in MESSAGES or code_of(name) in {each.code for each in problems}


@pytest.mark.parametrize("name", REFERENCE_CASES)
def test_fault_in_the_reference(name: str, tmp_path: Path) -> None:
    lay_out(name, tmp_path)
    with pytest.raises(ContentError) as caught:
        load_catalogue(tmp_path / "catalogue")
    compare(name, said(caught.value.problems, tmp_path))
    assert code_of(name) in {each.code for each in caught.value.problems}


@pytest.mark.parametrize("name", [None, TAILORED, PLANNED])
def test_base_of_the_cases_has_no_fault(name: str | None, tmp_path: Path, reference: Catalogue) -> None:
    assert problems_of(lay_out(name, tmp_path), reference) == ()


def test_choice_about_a_retired_agreement_without_successor(tmp_path: Path) -> None:
    site = lay_out("keuze-vervallen", tmp_path)
    retired = tmp_path / "catalogue" / "vervallen.yaml"
    retired.write_text(retired.read_text(encoding="utf-8").replace("    opgevolgd_door: [N-01]\n", ""), encoding="utf-8")
    assert said(problems_of(site, load_catalogue(tmp_path / "catalogue")), site) == (
        "profiel.yaml:36:9: fout in afspraken[1].id: De afspraak N-02 is vervallen; daar is niets meer aan te kiezen. [keuze-vervallen]\n"
        "    → Haal de keuze weg.\n"
    )


@pytest.mark.parametrize(("day", "codes"), [(TODAY, []), (TODAY + timedelta(days=1), ["besluit-in-toekomst"])])
def test_a_decision_of_today_was_taken_and_one_of_tomorrow_was_not(
    day: date, codes: list[str], tmp_path: Path, reference: Catalogue
) -> None:
    site = lay_out("besluit-in-toekomst-2", tmp_path)
    profile = (site / "profiel.yaml").read_text(encoding="utf-8")
    assert profile.count("2999-12-31") == 1
    (site / "profiel.yaml").write_text(profile.replace("2999-12-31", day.isoformat()), encoding="utf-8")
    assert [each.code for each in problems_of(site, reference)] == codes


def test_a_plan_that_was_fixed_may_have_begun(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out("start-voorbij", tmp_path)
    (site / "kbrollout.lock").write_text('wijk: proefwijk\nreferentie: "1.1"\nplan:\n  op: 2020-01-02\n  taken: {}\n', encoding="utf-8")
    assert problems_of(site, reference) == ()


def test_planning_is_read_and_other_files_are_not(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(PLANNED, tmp_path)
    (site / "aanbod.yaml").write_text("aanbod: []\n", encoding="utf-8")
    (site / "aanbood.yaml").write_text("aanbod: []\n", encoding="utf-8")
    (site / "plannning.yaml").write_text("start: onbekend\n", encoding="utf-8")
    assert said(problems_of(site, reference), site) == (
        "aanbood.yaml: waarschuwing: Dit bestand leest kbrollout niet. [bestand-onbekend]\n"
        "    → Bedoelde u “aanbod.yaml”? Is het bestand voor iets anders? Zet het dan in een andere map.\n"
        "plannning.yaml: waarschuwing: Dit bestand leest kbrollout niet. [bestand-onbekend]\n"
        "    → Bedoelde u “planning.yaml”? Is het bestand voor iets anders? Zet het dan in een andere map.\n"
    )


OFFERS = """\
aanbod:
  - id: wandelen
    naam: Wandelgroep
    soort: bewegen
    begeleiding: met hulpverlener
    voor_wie: iedereen
    partner: buurtteam
    waar: bij het buurthuis
    wanneer: op maandag
    kosten: 2,50
    aanmelden: bij de balie
    bron: folder van 12 november 2025
  - {id: eetclub, naam: Eetclub, soort: ontmoeten}
  - id: zwemmen
    naam: Zwemles
    soort: kinderen
    begeleiding: onbekend
    voor_wie: onbekend
    partner: onbekend
    waar: onbekend
    wanneer: onbekend
    kosten: onbekend
    aanmelden: onbekend
escalatie: [het buurtteam, de wethouder]
"""


def test_offers_may_say_that_they_do_not_know(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    (site / "aanbod.yaml").write_text(OFFERS, encoding="utf-8")
    assert problems_of(site, reference) == ()
    read = check_site(site, reference, TODAY).neighbourhood.site
    assert [(each.id, each.costs, each.partner) for each in read.offers] == [
        ("wandelen", "2,50", "buurtteam"),
        ("eetclub", None, None),
        ("zwemmen", None, None),
    ]
    assert read.ladder == ("het buurtteam", "de wethouder")


def test_planning_without_a_start_is_checked_all_the_same(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out("vaste-dag-vrij", tmp_path)
    planning = site / "planning.yaml"
    planning.write_text(planning.read_text(encoding="utf-8").replace("start: 2090-01-02", "start: onbekend"), encoding="utf-8")
    assert said(problems_of(site, reference), site) == (BAD / "vaste-dag-vrij" / "melding.txt").read_text(encoding="utf-8")


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *arguments: str | Path) -> Result:
    """The command line with the reference in `folder`."""
    monkeypatch.setattr("kbrollout.catalogue.templates", lambda: folder)
    return CliRunner().invoke(cli.kbrollout, [str(each) for each in arguments])


@pytest.mark.parametrize("name", CASES)
def test_check_says_it_and_build_writes_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(name, tmp_path)
    expected = (BAD / name / "melding.txt").read_text(encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for command, *options in (["check"], ["build", "--format", "html", "--out", str(tmp_path / "uit")]):
        result = run(monkeypatch, tmp_path, command, site, "--strict", *options)
        shown = result.stderr.replace(f"{site}/", "").replace(f"{tmp_path}/", "")
        assert result.exit_code == cli.CONTENT, result.exception
        assert shown.removesuffix("De referentie zelf heeft fouten; daarom is er niets gemaakt.\n") == expected
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["alles-tegelijk", "yaml-tab"])
def test_fault_ends_a_real_run_with_exit_code_1(name: str, tmp_path: Path) -> None:
    site = lay_out(name, tmp_path)
    done = subprocess.run([sys.executable, "-m", "kbrollout", "check", site], capture_output=True, text=True, check=False)
    assert done.returncode == cli.CONTENT
    assert "Traceback" not in done.stderr
    assert f"{site}/profiel.yaml:" in done.stderr


def test_all_faults_come_in_one_run_in_the_order_of_their_places(tmp_path: Path, reference: Catalogue) -> None:
    problems = problems_of(lay_out("alles-tegelijk", tmp_path), reference)
    places = [(each.file, each.line, each.column) for each in problems]
    assert places == sorted(places)
    in_profile = {each.code for each in problems if each.file.endswith("profiel.yaml")}
    assert len(in_profile) >= 8
    assert {Path(each.file).name for each in problems} == {"profiel.yaml", "documenten.yaml", "financiering.yaml"}


ELSEWHERE = {
    "map-ontbreekt": "test_folder_that_is_none",
    "geen-map": "test_folder_that_is_none",
    "bestand-onleesbaar": "test_file_that_cannot_be_read",
    "bestand-te-groot": "test_file_that_cannot_be_read",
    "geen-utf8": "test_file_that_cannot_be_read",
    "te-veel-fouten": "test_very_many_faults_are_counted",
    "uitvoer-van-anderen": "test_output_that_cannot_be",
    "excel-kan-niet": "a computer without XlsxWriter",
    "training-onbekend": "test_print_run_of_a_training_that_is_not_there",
    "uitvoer-iets-anders": "about the place of an overview: tests/test_overview.py",
    "map-niet-leeg": "about a new site or its form: tests/test_new.py",
    "map-is-bestand": "about a new site or its form: tests/test_new.py",
    "map-niet-schrijfbaar": "about a new site or its form: tests/test_new.py",
    "bestand-bestaat": "about a new site or its form: tests/test_intake.py",
    "antwoord-nodig": "about a new site or its form: tests/test_new.py",
    "naam-geen-id": "about a new site or its form: tests/test_new.py",
    "naam-dubbel": "about a new site or its form: tests/test_new.py",
    "geen-werkmap": "about a new site or its form: tests/test_intake.py",
    "werkmap-te-groot": "about a new site or its form: tests/test_intake.py",
    "geen-formulier": "about a new site or its form: tests/test_intake.py",
    "formulier-versie": "about a new site or its form: tests/test_intake.py",
    "blad-ontbreekt": "about a new site or its form: tests/test_intake.py",
    "kolom-ontbreekt": "about a new site or its form: tests/test_intake.py",
    "rij-onbekend": "about a new site or its form: tests/test_intake.py",
    "rij-dubbel": "about a new site or its form: tests/test_intake.py",
    "rij-ontbreekt": "about a new site or its form: tests/test_intake.py",
    "cellen-samengevoegd": "about a new site or its form: tests/test_intake.py",
    "cel-formule": "about a new site or its form: tests/test_intake.py",
    "cel-geen-tekst": "about a new site or its form: tests/test_intake.py",
    "formulier-kan-niet": "about a new site or its form: tests/test_intake.py",
    "uitvoer-geen-map": "test_output_that_cannot_be",
    "uitvoer-niet-schrijfbaar": "test_output_that_cannot_be",
    "wijk-dubbel": "test_two_sites_with_one_id",
    "anker-onbekend": "checks templates/documents/lezers.yaml, which comes with the program",
    "documentsoort-onbekend": "checks templates/documents/lezers.yaml, which comes with the program",
    "waarde-fout": "for a refusal by pydantic that has no message of its own; none is known",
    "pdf-kan-niet": "a computer without Pango",
    "fout-in-kbrollout": "a fault of ours",
    "bewerkbaar-kan-niet": "a computer without pandoc",
    "document-vervallen": "a warning about the pack, not about content",
    "bestand-bewerkt": "a warning about the pack, not about content",
}
"""Codes without a folder: the test here that covers them, or why there is none."""


def test_every_code_has_a_case() -> None:
    shown = {code for name in CASES for code in re.findall(r"\[([a-z0-9-]+)\]\n", (BAD / name / "melding.txt").read_text(encoding="utf-8"))}
    assert MESSAGES.keys() - shown - ELSEWHERE.keys() == set()
    assert ELSEWHERE.keys() - MESSAGES.keys() == set(), "codes that no longer exist"
    assert ELSEWHERE.keys() & shown == set(), "codes that do have a case"
    named = {reason for reason in ELSEWHERE.values() if reason.startswith("test_")}
    assert named <= globals().keys()


VALID = (BASE / "site" / "profiel.yaml").read_text(encoding="utf-8")
BOMB = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))

UTF8_FIX = "Open het bestand in uw editor en sla het op als UTF-8 (in Kladblok: Opslaan als, Codering: UTF-8)."
NOT_UTF8 = f"fout: Het bestand is niet als UTF-8 opgeslagen; het teken op deze plaats is niet te lezen. [geen-utf8]\n    → {UTF8_FIX}"
EMPTY = (
    "profiel.yaml: fout: Het bestand is leeg, of er staat alleen commentaar in. [bestand-leeg]\n"
    "    → Vul het bestand. Een voorbeeld staat in examples/overvecht."
)
HIDDEN = "fout: Hier staat een onzichtbaar teken. [stuurteken]\n    → Verwijder het teken, of typ de regel opnieuw."
DEEP = "fout: Hier staan meer dan 20 niveaus in elkaar. [yaml-diep]\n    → Haal de overbodige haakjes of streepjes weg."
ANCHOR = (
    "Een waarde kan niet met & of * beginnen. [yaml-anker]\n    → Zet de hele tekst tussen aanhalingstekens. "
    "Ankers en verwijzingen van YAML leest kbrollout niet; schrijf de waarde voluit."
)
SIZE = (
    "meer dan 500 kB leest kbrollout niet. [bestand-te-groot]\n"
    "    → Haal weg wat er niet in hoort. Een wijkprofiel is zelden groter dan 50 kB."
)

UNREADABLE = {
    "empty": (b"", EMPTY),
    "blank": (b" \n\n  \n", EMPTY),
    "only comments": (b"# Ons profiel\n# komt nog\n", EMPTY),
    "only a line with dashes": (b"---\n", EMPTY),
    "only dashes": (b"---", EMPTY),
    "only a BOM": (b"\xef\xbb\xbf", EMPTY),
    "1 MB": (b"# lang\n" * 150_000, f"profiel.yaml: fout: Het bestand is 1025 kB; {SIZE}"),
    "Latin-1": (VALID.replace("Proefstad", "Coördinatie").encode("latin-1"), f"profiel.yaml:5:15: {NOT_UTF8}"),
    "UTF-16": (VALID.encode("utf-16"), f"profiel.yaml:1:1: {NOT_UTF8}"),
    "UTF-16 without a mark": (VALID.replace("ö", "o").encode("utf-16-le"), f"profiel.yaml:1:2: {NOT_UTF8}"),
    "lone surrogate": (b"wijk:\n  naam: x\xed\xa0\x80\n", f"profiel.yaml:2:10: {NOT_UTF8}"),
    "Latin-1 after CRLF and accents": ("é: ë\r\nwijk: ".encode() + b"\xe9", f"profiel.yaml:2:7: {NOT_UTF8}"),
    "NUL byte": (VALID.replace("Noord", "No\0ord").encode(), f"profiel.yaml:12:22: {NOT_UTF8}"),
    "bell": (VALID.replace("Het Buurtteam", "Hét\x07").encode(), f"profiel.yaml:8:14: {HIDDEN}"),
    "NEL": (VALID.replace("Proefstad", "Proef\x85stad").encode(), f"profiel.yaml:5:18: {HIDDEN}"),
    "line separator": (VALID.replace("Proefstad", "Proef\u2028stad").encode(), f"profiel.yaml:5:18: {HIDDEN}"),
    "second BOM": (VALID.replace("partners", "\ufeffpartners", 1).encode(), f"profiel.yaml:6:1: {HIDDEN}"),
    "3,000 nested lists": (b"wijk: " + b"[" * 3000, f"profiel.yaml:1:27: {DEEP}"),
    "3,000 nested blocks": (b"{a: " * 3000, f"profiel.yaml:1:85: {DEEP}"),
    "alias bomb": (
        BOMB.encode(),
        "\n".join(
            [f"profiel.yaml:1:4: fout in a: {ANCHOR}"]
            + [
                f"profiel.yaml:{line}:{column}: fout in {name}{place}: {ANCHOR}"
                for line, name in enumerate("bcdefghi", 2)
                for column, place in ((4, ""), (8, "[1]"), (12, "[2]"))
            ]
        ),
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_file_that_cannot_be_read(name: str, tmp_path: Path, reference: Catalogue) -> None:
    content, expected = UNREADABLE[name]
    site = lay_out(None, tmp_path)
    (site / "profiel.yaml").write_bytes(content)
    assert said(problems_of(site, reference), site) == expected + "\n"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda path: path.mkdir(), "het is een map"),
        (lambda path: path.symlink_to(path), "de snelkoppeling verwijst naar zichzelf"),
    ],
    ids=["folder", "link to itself"],
)
def test_what_is_no_file(change: Callable[[Path], None], reason: str, tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    for file in ("profiel.yaml", "documenten.yaml"):
        (site / file).unlink()
        change(site / file)
    assert said(problems_of(site, reference), site) == "".join(
        f"{file}: fout: Het bestand kan niet gelezen worden ({reason}). [bestand-onleesbaar]\n"
        "    → Controleer of u het bestand mag openen en of het niet in gebruik is.\n"
        for file in ("documenten.yaml", "profiel.yaml")
    )


def test_profile_under_another_name_is_recognised(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    (site / "profiel.yaml").rename(site / "profiel.yaml.txt")
    assert said(problems_of(site, reference), site) == (
        "profiel.yaml: fout: Het bestand ontbreekt. [bestand-ontbreekt]\n"
        "    → Bedoelde u “profiel.yaml.txt”? Een wijkmap heeft een bestand profiel.yaml nodig; zie examples/overvecht.\n"
    )


def test_link_that_leads_nowhere_is_not_overlooked(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    (site / "financiering.yaml").unlink()
    (site / "financiering.yaml").symlink_to(tmp_path / "weg")
    assert said(problems_of(site, reference), site) == (
        "financiering.yaml: fout: Het bestand ontbreekt. [bestand-ontbreekt]\n"
        "    → De snelkoppeling verwijst naar niets. Maak het bestand, of verwijder de snelkoppeling.\n"
    )


LOOP = "fout: Het bestand kan niet gelezen worden (de naam is te lang). [bestand-onleesbaar]"
NO_FOLDERS = {
    "sit": "sit: fout: De map sit bestaat niet. [map-ontbreekt]\n    → Controleer de naam van de map. Bedoelde u “site”?\n",
    "nergens/site": "nergens/site: fout: De map nergens/site bestaat niet. [map-ontbreekt]\n    → Controleer de naam van de map.\n",
    "site/profiel.yaml": "site/profiel.yaml: fout: site/profiel.yaml is een bestand, geen map. [geen-map]\n"
    "    → Geef de map van de wijk op, niet een bestand daarin.\n",
    "lus": "lus: fout: De map lus bestaat niet. [map-ontbreekt]\n    → Controleer de naam van de map.\n",
    "x" * 300: f"{'x' * 300}: {LOOP}\n    → Controleer of u het bestand mag openen en of het niet in gebruik is.\n",
}


@pytest.mark.parametrize("given_name", NO_FOLDERS, ids=lambda name: name[:20])
def test_folder_that_is_none(given_name: str, tmp_path: Path, reference: Catalogue) -> None:
    lay_out(None, tmp_path)
    (tmp_path / "lus").symlink_to(tmp_path / "lus")
    assert said(problems_of(tmp_path / given_name, reference), tmp_path) == NO_FOLDERS[given_name]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip()])
def test_what_other_editors_write_is_accepted(change: Callable[[str], str], tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    for path in (*site.glob("*.yaml"), *(tmp_path / "catalogue").rglob("*.*")):
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    assert problems_of(site, load_catalogue(tmp_path / "catalogue")) == ()
    assert load_catalogue(tmp_path / "catalogue").agreements == reference.agreements


def test_place_is_right_after_crlf(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out("agb-lengte", tmp_path)
    (site / "profiel.yaml").write_bytes((site / "profiel.yaml").read_bytes().replace(b"\n", b"\r\n"))
    assert said(problems_of(site, reference), site) == (BAD / "agb-lengte" / "melding.txt").read_text(encoding="utf-8")


def test_very_many_faults_are_counted(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    (site / "profiel.yaml").write_text(VALID + "".join(f"k{number}:\n" for number in range(60_000)), encoding="utf-8")
    problems = problems_of(site, reference)
    assert len(problems) == 201
    assert said(problems[:1], site) == (
        "profiel.yaml: fout: Dit bestand heeft nog 59800 andere fouten. [te-veel-fouten]\n"
        "    → Herstel eerst de fouten hieronder; misschien is dit een ander bestand dan u denkt.\n"
    )


def test_100_000_lines_take_no_time(tmp_path: Path, reference: Catalogue) -> None:
    site = lay_out(None, tmp_path)
    (site / "profiel.yaml").write_text("\n" * 60_000 + "# x\n" * 50_000 + VALID, encoding="utf-8")
    (site / "documenten.yaml").write_text("documenten:\n" + "-\n" * 100_000, encoding="utf-8")
    problems = problems_of(site, reference)
    assert {each.code for each in problems} == {"leeg", "te-veel-fouten"}


def test_faults_come_out_the_same_without_the_parser_in_c(tmp_path: Path, reference: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "_PARSER", yaml.SafeLoader)
    for name in SITE_CASES:
        site = lay_out(name, tmp_path / name)
        # The two disagree on where a bad directive goes wrong.
        if name != "yaml":
            assert said(problems_of(site, reference), site) == (BAD / name / "melding.txt").read_text(encoding="utf-8")


# Output


def somebodys_folder(out: Path) -> None:
    (out / "proefwijk").mkdir(parents=True)
    (out / "proefwijk" / "begroting.xlsx").write_bytes(b"van iemand anders")


def file_for_a_folder(out: Path) -> None:
    out.mkdir()
    (out / "proefwijk").write_text("x", encoding="utf-8")


OUTPUT: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "file": (
        lambda out: out.write_text("x", encoding="utf-8"),
        "uit",
        "uit: fout: uit is een bestand, geen map. [uitvoer-geen-map]\n    → Kies met --out een map.\n",
    ),
    "below a file": (
        lambda out: out.write_text("x", encoding="utf-8"),
        "uit/hier/ook",
        "uit: fout: uit is een bestand, geen map. [uitvoer-geen-map]\n    → Kies met --out een map.\n",
    ),
    "file where the pack comes": (
        file_for_a_folder,
        "uit",
        "uit/proefwijk: fout: uit/proefwijk is een bestand, geen map. [uitvoer-geen-map]\n    → Kies met --out een map.\n",
    ),
    "somebody's files": (
        somebodys_folder,
        "uit",
        "uit/proefwijk: fout: In uit/proefwijk staat iets dat niet van kbrollout is; er is niets geschreven. [uitvoer-van-anderen]\n"
        "    → Kies met --out een andere map, of haal weg wat er staat.\n",
    ),
    "name too long": (
        lambda out: out.mkdir(),
        "uit/" + "x" * 300,
        f"uit/{'x' * 300}: fout: In uit/{'x' * 300} kan niet geschreven worden (de naam is te lang). [uitvoer-niet-schrijfbaar]\n"
        "    → Kies met --out een map waarin u mag schrijven, of sluit de bestanden die open staan.\n",
    ),
}


def tree(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.parametrize("name", OUTPUT)
def test_output_that_cannot_be(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare, out, expected = OUTPUT[name]
    site = lay_out(None, tmp_path)
    prepare(tmp_path / "uit")
    before = tree(tmp_path)
    result = run(monkeypatch, tmp_path, "build", site, "--format", "html", "--out", tmp_path / out)
    assert result.exit_code == cli.CONTENT, result.exception
    assert result.stderr.replace(f"{tmp_path}/", "") == expected
    assert tree(tmp_path) == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder in which even root cannot write")
def test_output_in_a_folder_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, tmp_path, "build", lay_out(None, tmp_path), "--format", "html", "--out", "/proc/uit")
    assert result.exit_code == cli.CONTENT, result.exception
    assert result.stderr == (
        "/proc/uit/proefwijk: fout: In /proc/uit kan niet geschreven worden (de map bestaat niet). [uitvoer-niet-schrijfbaar]\n"
        "    → Kies met --out een map waarin u mag schrijven, of sluit de bestanden die open staan.\n"
    )


def test_two_sites_with_one_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(None, tmp_path)
    shutil.copytree(site, tmp_path / "nog-een")
    result = run(monkeypatch, tmp_path, "build", site, tmp_path / "nog-een", "--format", "html", "--out", tmp_path / "uit")
    assert result.exit_code == cli.CONTENT, result.exception
    assert result.stderr.replace(f"{tmp_path}/", "") == (
        "nog-een: fout: De wijk “proefwijk” staat in twee mappen: site en nog-een. [wijk-dubbel]\n"
        "    → Geef elke wijk een eigen id in profiel.yaml.\n"
    )
    assert (tmp_path / "uit" / "proefwijk" / "index.html").is_file()


# Strange values come out as they went in


class Page(HTMLParser):
    """The text of a page, and the names of its elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.names: set[str] = set()
        self.feed(html)
        self.text = " ".join("".join(self.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


STRANGE = {
    "10:30": "10:30",
    "0302": "0302",
    "nee": "nee",
    "=SOM(A1)": "=SOM(A1)",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>": "<img src=x onerror=alert(1)>",
    "{{ 1234*5678 }}": "'{{ 1234*5678 }}'",
    "{% if x %}": "'{% if x %}'",
    "{sociaal-team}": "'{sociaal-team}'",
    "{Huisarts}": "'{Huisarts}'",
    "[[N-01]]": "'[[N-01]]'",
    "[[Z-99]]": "'[[Z-99]]'",
    "*sterretjes*": "'*sterretjes*'",
    "&amp;": "'&amp;'",
    '"><b>': "'\"><b>'",
    "\\1 \\g<0>": "\\1 \\g<0>",
    "null": "null",
    "~": "~",
    "1e3": "1e3",
    "Yes": "Yes",
}
"""A value → how an author writes it in YAML."""


@pytest.mark.parametrize("value", STRANGE)
def test_strange_value_comes_out_as_it_went_in(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(None, tmp_path)
    text = VALID
    for name in ("Proefwijk", "Het Buurtteam", "Praktijk Noord", "buurtteam\n    lidwoord"):
        written = STRANGE[value] + name[len(name.split("\n")[0]) :]
        assert f"naam: {name}" in text
        text = text.replace(f"naam: {name}", f"naam: {written}")
    (site / "profiel.yaml").write_text(text, encoding="utf-8")
    result = run(monkeypatch, tmp_path, "build", site, "--format", "html", "--out", tmp_path / "uit")
    assert result.exit_code == cli.DONE, result.stderr + repr(result.exception)
    pack = tmp_path / "uit" / "proefwijk"

    page = Page((pack / "afsprakenstelsel.html").read_text(encoding="utf-8"))
    assert f"Afsprakenstelsel Krachtige basiszorg {value}" in page.text
    assert f"en het {value} luisteren naar de cliënt" in page.text
    assert f"Het {value} antwoordt binnen" in page.text
    assert page.text.count(value) >= 5
    assert page.names.isdisjoint({"script", "img", "b", "onerror"})
    assert "7006652" not in page.text, "a name was run as a template"
    index = Page((pack / "index.html").read_text(encoding="utf-8"))
    assert value in index.text
    assert index.names.isdisjoint({"script", "img", "b", "onerror"})

    manifest = json.loads((pack / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["site"]["name"] == value
    assert [unit["name"] for unit in manifest["units"]] == [value, value]
    team = next(role for role in manifest["roles"] if role["id"] == "sociaal-team")
    assert (team["name"][1:], team["filled_by"]) == (value[1:], [value])
    agreement = next(agreement for agreement in manifest["agreements"] if agreement["id"] == "W-BEW-01")
    assert agreement["text"].startswith(f"Het {value} antwoordt binnen")


STRANGE_PLANNING = """\
start: 2090-01-02
opmerking: @
golven:
  - {id: golf-2, naam: @, begin: 2090-01-16, themas: [meer-bewegen]}
schoolvakanties:
  - {naam: @, van: 2090-01-24, tot: 2090-01-24}
eigen_taken:
  - {id: PRO-T1, wat: @, wie: huisarts, fase: voorbereiding, werkdagen: 2, uitleg: @}
overleggen:
  - {id: wijk, gremium: wijkoverleg, eerste: 2090-01-03, elke: 1 week, van: 16:00, tot: 17:30, plaats: @}
risicos:
  - {id: PRO-R1, wat: @, gevolg: @, maatregel: @, eigenaar: huisarts}
"""


@pytest.mark.parametrize("value", STRANGE)
def test_strange_value_in_a_planning_comes_out_as_it_went_in(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(None, tmp_path)
    written = STRANGE[value] if STRANGE[value].startswith("'") else f"'{STRANGE[value]}'"
    (site / "planning.yaml").write_text(STRANGE_PLANNING.replace("@", written), encoding="utf-8")
    formats = [option for each in ("html", "ics", "xlsx") for option in ("--format", each)]
    result = run(monkeypatch, tmp_path, "build", site, *formats, "--out", tmp_path / "uit")
    assert result.exit_code == cli.DONE, result.stderr + repr(result.exception)
    pack = tmp_path / "uit" / "proefwijk"

    for name, times in (("plan.html", 5), ("overleggen/wijk.html", 2)):
        page = Page((pack / name).read_text(encoding="utf-8"))
        assert page.text.count(value) >= times, name
        assert page.names.isdisjoint({"script", "img", "b", "onerror"})
        assert "7006652" not in page.text, "a text was run as a template"

    events = list(Calendar.from_ical((pack / "agenda" / "wijk.ics").read_bytes()).walk("VEVENT"))
    (task,) = (event for event in events if str(event["UID"]).startswith("taak.PRO-T1@"))
    assert str(task["SUMMARY"]) == f"Klaar: {value}"
    assert f"Hoe: {value}" in str(task["DESCRIPTION"])
    assert {str(event["LOCATION"]) for event in events if "LOCATION" in event} == {value}
    assert any(str(event["SUMMARY"]) == f"Begin: {value}" for event in events)

    rows = openpyxl.load_workbook(pack / "voortgang.xlsx")["Plan"].iter_rows()
    (cell,) = (cell for row in rows for cell in row[:4] if cell.value == value)
    assert cell.data_type == "s"


STRANGE_OFFERS = """\
aanbod:
  - {id: wandelen, naam: @, soort: bewegen, voor_wie: @, partner: buurtteam, waar: @, wanneer: @, kosten: @, aanmelden: @, bron: @}
escalatie: [@]
"""


@pytest.mark.parametrize("value", STRANGE)
def test_strange_value_in_an_offer_comes_out_as_it_went_in(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(None, tmp_path)
    written = STRANGE[value] if STRANGE[value].startswith("'") else f"'{STRANGE[value]}'"
    (site / "aanbod.yaml").write_text(STRANGE_OFFERS.replace("@", written), encoding="utf-8")
    result = run(monkeypatch, tmp_path, "build", site, "--format", "html", "--out", tmp_path / "uit")
    assert result.exit_code == cli.DONE, result.stderr + repr(result.exception)
    page = Page((tmp_path / "uit" / "proefwijk" / "handouts" / "HO-01.html").read_text(encoding="utf-8"))
    assert page.text.count(value) >= 7
    assert page.names.isdisjoint({"script", "img", "b", "onerror"})
    assert "7006652" not in page.text, "a text was run as a template"


# A print run of a training


def test_print_run_of_a_training_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(None, tmp_path)
    target = tmp_path / "drukwerk.pdf"
    result = run(monkeypatch, tmp_path, "print", site, "--training", "proeftrainig", "--participants", "14", "--out", target)
    assert result.exit_code == cli.CONTENT, result.exception
    assert result.stderr == (
        "fout: De training “proeftrainig” is er niet. [training-onbekend]\n"
        "    → Bedoelde u “proeftraining”? Trainingen zijn: proeftraining.\n"
        "Er is niets gemaakt.\n"
    )
    assert not target.exists()


@pytest.mark.parametrize("number", ["0", "201", "veertien"])
def test_print_run_for_a_number_that_cannot_be(number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out(None, tmp_path)
    result = run(monkeypatch, tmp_path, "print", site, "--training", "proeftraining", "--participants", number)
    assert result.exit_code == cli.USAGE
    assert "--participants" in result.stderr


def test_print_run_of_a_site_with_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lay_out("partner-onbekend-3", tmp_path)
    target = tmp_path / "drukwerk.pdf"
    result = run(monkeypatch, tmp_path, "print", site, "--training", "proeftraining", "--participants", "14", "--out", target)
    assert result.exit_code == cli.CONTENT
    assert "[partner-onbekend]" in result.stderr
    assert not target.exists()


# Whatever comes in, only messages come out

PLACEHOLDERS = {field for texts in MESSAGES.values() for text in texts for _, field, _, _ in string.Formatter().parse(text) if field}
WARNINGS = {
    *("rol-niet-ingevuld", "punt-opgelost", "bestand-onbekend", "his-lijkt-op", "keuze-buiten-thema", "eigen-buiten-thema"),
    *("start-voorbij", "taak-zonder-mensen", "taak-niet-hier", "plan-buiten-thema", "golf-leeg", "periodes-over-elkaar"),
    *("vaste-dag-voor-golf", "vaste-dag-te-vroeg", "vaste-dag-krap", "overleg-valt-nooit"),
}
ENGLISH = re.compile(r"\b(the|expected|found|while|input|should|error)\b", re.IGNORECASE)


def assert_usable(each: Problem, text: str) -> None:
    """A problem has a place in the file, and words in both sentences, without a blank that nobody filled in."""
    assert each.file
    assert 0 <= each.line <= text.count("\n") + 1
    assert each.column >= (1 if each.line else 0)
    lines = text.split("\n")
    assert not each.line or each.column <= len(lines[each.line - 1]) + 1
    assert each.severity is Severity.ERROR or each.code in WARNINGS
    for sentence in (each.what, each.fix):
        assert len(sentence) > 10
        assert "\n" not in sentence
        assert not [name for name in PLACEHOLDERS if f"{{{name}}}" in sentence and f"{{{name}}}" not in text]
        assert len(sentence) < 2000


YAML_LIKE = st.lists(
    st.sampled_from(
        [*"ab:-?[]{},&*!|>'\"%@`#\\~. \n\t\r", "  ", ": ", "- ", "\n  ", "---", "...", "é", "\u2028", "\x07", "\ufeff", "\\x41", "<<"]
    )
).map("".join)


@settings(max_examples=tries(400), deadline=None, derandomize=True)
@given(st.one_of(YAML_LIKE, st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_is_yaml_or_a_message(text: str) -> None:
    text = re.sub("\r\n|[\r\x85\u2028\u2029]", "\n", text)  # as read_text does, or refuses
    try:
        yamlfile.parse_yaml(text, "profiel.yaml")
    except ContentError as error:
        for each in error.problems:
            assert_usable(each, text)


@settings(max_examples=tries(150), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), YAML_LIKE.map(str.encode)))
def test_any_bytes_are_a_file_or_a_message(content: bytes, tmp_path: Path, reference: Catalogue) -> None:
    (tmp_path / "profiel.yaml").write_bytes(content)
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    for each in problems_of(tmp_path, reference):
        assert_usable(each, text)


Mutation = tuple[int, str, str]
MUTATION = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from(["value", "key", "drop", "double", "indent", "dedent", "cut", "insert"]),
    st.one_of(
        st.text(max_size=20),
        YAML_LIKE,
        st.sampled_from(["", "[]", "{}", "-1", "null", "onbekend", "x" * 5000, "a: b", "2026-02-30", "[a, [b]]"]),
    ),
)


OVERVECHT_FILES = ("profiel.yaml", "documenten.yaml", "financiering.yaml", "aanbod.yaml")


def mutated(text: str, mutations: list[Mutation]) -> str:
    lines = text.split("\n")
    for where, how, what in mutations:
        number = where % len(lines)
        line = lines[number]
        head, colon, tail = line.partition(":")
        changed = {
            "value": [f"{head}{colon} {what}"],
            "key": [f"{what}{colon}{tail}"],
            "drop": [],
            "double": [line, line],
            "indent": [f"  {line}"],
            "dedent": [line[1:]],
            "cut": [line[: where % (len(line) + 1)]],
            "insert": [line, what],
        }[how]
        lines[number : number + 1] = changed
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=tries(120), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutations=st.lists(MUTATION, min_size=1, max_size=6), file=st.sampled_from(OVERVECHT_FILES))
def test_any_change_to_overvecht_is_a_site_or_messages(mutations: list[Mutation], file: str, tmp_path: Path, catalogue: Catalogue) -> None:
    for name in OVERVECHT_FILES:
        shutil.copyfile(OVERVECHT / name, tmp_path / name)
    text = mutated((OVERVECHT / file).read_text(encoding="utf-8"), mutations)
    (tmp_path / file).write_bytes(text.encode("utf-8", errors="surrogatepass"))
    texts = {str(path): path.read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n") for path in tmp_path.iterdir()}
    for each in problems_of(tmp_path, catalogue):
        assert_usable(each, texts[each.file])


@settings(max_examples=tries(150), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mutations=st.lists(MUTATION, min_size=1, max_size=4),
    file=st.sampled_from(["profiel.yaml", "afspraken/PRO-01.md", "afspraken/PRO-02.md", "kbrollout.lock"]),
)
def test_any_change_to_tailoring_is_a_site_or_messages(mutations: list[Mutation], file: str, tmp_path: Path, reference: Catalogue) -> None:
    for path in (BASE / "site", BAD / TAILORED):
        shutil.copytree(path, tmp_path, dirs_exist_ok=True)
    (tmp_path / file).write_bytes(mutated((tmp_path / file).read_text(encoding="utf-8"), mutations).encode(errors="surrogatepass"))
    texts = {
        str(path): path.read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n") for path in tmp_path.rglob("*.*")
    }
    for each in problems_of(tmp_path, reference):
        assert_usable(each, texts[each.file])


IN_A_PLANNING = st.sampled_from(
    [
        *("0001-01-01", "9999-12-31", "2090-02-30", "2090-01-01", "2090-01-07", "2090-05-25", "2095-12-25", "2100-01-01"),
        *("0", "-1", "260", "1e3", "1 week", "99 maanden", "[]", "{}", "onbekend", "ja", "kern", "borging", "23:59", "2,5"),
        *("[praktijk-noord, praktijk-noord]", "[PRO-T1, PRO-T2, FASE-BO]", "FASE-BO", "PRO-T1", "praktijk-zuid", "meer-bewegen"),
    ]
)


@settings(max_examples=tries(200), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mutations=st.lists(
        st.one_of(MUTATION, st.tuples(st.integers(0, 10_000), st.sampled_from(["value", "key"]), IN_A_PLANNING)), min_size=1, max_size=4
    ),
    file=st.sampled_from(["planning.yaml", "planning.yaml", "planning.yaml", "profiel.yaml", "kbrollout.lock"]),
)
def test_any_change_to_a_planning_is_a_site_or_messages(mutations: list[Mutation], file: str, tmp_path: Path, reference: Catalogue) -> None:
    for path in (BASE / "site", BAD / PLANNED):
        shutil.copytree(path, tmp_path, dirs_exist_ok=True)
    (tmp_path / file).write_bytes(mutated((tmp_path / file).read_text(encoding="utf-8"), mutations).encode(errors="surrogatepass"))
    texts = {str(path): path.read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n") for path in tmp_path.iterdir()}
    for each in problems_of(tmp_path, reference):
        assert_usable(each, texts[each.file])


@settings(max_examples=tries(80), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mutations=st.lists(MUTATION, min_size=1, max_size=4),
    file=st.sampled_from(sorted(p.relative_to(BASE).as_posix() for p in BASE.rglob("catalogue/**/*.*"))),
)
def test_any_change_to_the_reference_is_a_reference_or_messages(mutations: list[Mutation], file: str, tmp_path: Path) -> None:
    shutil.copytree(BASE / "catalogue", tmp_path / "catalogue", dirs_exist_ok=True)
    (tmp_path / file).write_bytes(mutated((BASE / file).read_text(encoding="utf-8"), mutations).encode("utf-8", errors="surrogatepass"))
    texts = {
        path.relative_to(tmp_path).as_posix(): path.read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        for path in (tmp_path / "catalogue").rglob("*.*")
    }
    try:
        load_catalogue(tmp_path / "catalogue")
    except ContentError as error:
        for each in error.problems:
            assert_usable(each, texts.get(each.file, ""))


@pytest.mark.parametrize("code", MESSAGES)
def test_message_is_dutch_and_whole(code: str) -> None:
    words = {name: name for name in PLACEHOLDERS}
    each = problem(code, ("profiel.yaml", 1, 1, "wijk"), Severity.ERROR, **words)
    for sentence in (each.what, each.fix):
        assert not ENGLISH.search(sentence)
        assert not re.search(r"\b(je|jij|jouw|jullie)\b", sentence), "the reader is u"
