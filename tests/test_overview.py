"""The overview of several neighbourhoods: the data, the page, the workbook, and where it may be written."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, sync_playwright

from kbrollout import cli
from kbrollout.check import check_site
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood, State
from kbrollout.overview.data import Data, overview
from kbrollout.overview.sheets import sheets
from kbrollout.render.xlsx import Column, Sheet, render_xlsx
from tests.conftest import OVERVECHT, SCHAPENWEIDE, TODAY, build_one, text_of, tree
from tests.test_browser import CHROMIUM, FLAGS, RULES, opened

NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Site = Callable[..., Path]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.kbrollout, ["overview", *(str(each) for each in arguments), "--date", TODAY.isoformat()])


@pytest.fixture(scope="module")
def both(overvecht: Neighbourhood, schapenweide: Neighbourhood) -> Data:
    return overview([overvecht, schapenweide])


@pytest.fixture
def second(site: Site, catalogue: Catalogue) -> Callable[..., Neighbourhood]:
    """Another neighbourhood like Schapenweide, with edits in its profile."""

    def make(edits: dict[str, str] | None = None) -> Neighbourhood:
        folder = site(SCHAPENWEIDE, {"id: schapenweide": "id: tweede", **(edits or {})}, "tweede")
        return check_site(folder, catalogue, TODAY).neighbourhood

    return make


# -- data ------------------------------------------------------------------------------------------------------------


def test_sites_stay_in_the_order_given(overvecht: Neighbourhood, schapenweide: Neighbourhood) -> None:
    for given in ([overvecht, schapenweide], [schapenweide, overvecht]):
        data = overview(given)
        assert [site["id"] for site in data["sites"]] == [each.site.id for each in given]
        assert list(dict.fromkeys(point["site"] for point in data["open_points"])) == [site["name"] for site in data["sites"]]


def test_the_data_is_plain(both: Data) -> None:
    assert json.loads(json.dumps(both)) == both


def test_every_agreement_is_counted_once_per_site(both: Data, catalogue: Catalogue) -> None:
    assert both["states"] == [state.value for state in State]
    for site in both["sites"]:
        assert sum(site["states"].values()) == len(catalogue.agreements)


def test_every_theme_says_for_every_site_whether_it_was_chosen(both: Data, catalogue: Catalogue) -> None:
    assert [theme["id"] for theme in both["themes"]] == list(catalogue.themes)
    by_id = {theme["id"]: theme["sites"] for theme in both["themes"]}
    here, there = by_id["meer-bewegen"]
    assert here == {"name": None, "contact": None}
    assert there == {"name": "Schapenweide beweegt", "contact": "beweegcoördinator"}
    assert by_id["vitale-kinderen"][1] is None


def test_versions_and_the_decisions_that_wait(both: Data, catalogue: Catalogue) -> None:
    concept, adopted = both["sites"]
    assert concept["adopted"] is None
    assert adopted["adopted"] == {"version": "2.1", "on": "2026-06-01", "day": "1 juni 2026", "by": "Stuurgroep Schapenweide"}
    said = [(row["site"], row["what"]) for row in both["decisions"]]
    newest = catalogue.index.version
    assert ("Overvecht", f"Versie {newest} van de afspraken vaststellen.") in said
    assert ("Schapenweide", f"Versie {newest} van de referentie bekijken; vastgesteld is versie 2.1.") in said
    assert [site["decisions"] for site in both["sites"]] == [sum(name == site["name"] for name, _ in said) for site in both["sites"]]


def test_what_has_to_be_chosen_names_the_sites_where(both: Data, overvecht: Neighbourhood) -> None:
    waiting = [resolved.id for resolved in overvecht.agreements if resolved.state is State.TO_CHOOSE]
    named = [entry["id"] for entry in both["to_choose"] if "Overvecht" in [each["site"] for each in entry["sites"]]]
    assert named == waiting


def test_roles_that_nobody_fills_come_with_each_reason(both: Data) -> None:
    by_id = {entry["id"]: entry["sites"] for entry in both["unfilled"]}
    assert [each["site"] for each in by_id["fysiotherapeut"]] == ["Overvecht", "Schapenweide"]
    assert by_id["wijkalliantie"] == [{"site": "Schapenweide", "reason": "Er is nog geen alliantie."}]


def test_streams_say_what_is_missing(both: Data) -> None:
    missing = {row["id"]: row["missing"] for row in both["streams"]}
    assert missing["F-GEZ"] == ["bedrag", "eenheid", "periode", "einddatum"]
    assert missing["F-06"][0] == "betaler"
    assert missing["F-05"] == [], "work without pay has no amount to know"
    assert both["without_streams"] == ["Schapenweide"]
    assert [site["streams_with_gaps"] for site in both["sites"]] == [sum(1 for each in missing.values() if each), 0]


def test_open_points_that_several_sites_share(both: Data) -> None:
    shared = {point["id"]: point for point in both["shared_points"]}
    assert shared["OP-AGB"]["texts"] == [
        {"what": "Vraag de AGB-code na van alle praktijken.", "sites": ["Overvecht"]},
        {"what": "Vraag de AGB-code na van één praktijk.", "sites": ["Schapenweide"]},
    ]
    assert shared["OP-AGB"]["everywhere"]
    assert "OP-VASTSTELLEN" not in shared
    assert not [key for key in shared if key.startswith(("OVE-", "SCH-"))]


def test_points_of_a_site_itself_are_not_shared_because_of_their_id(
    schapenweide: Neighbourhood, second: Callable[..., Neighbourhood]
) -> None:
    data = overview([schapenweide, second({"wat: Kies een vergaderplek.": "wat: Iets heel anders."})])
    assert "SCH-1" not in [point["id"] for point in data["shared_points"]]


def test_sites_with_one_name_are_told_apart(schapenweide: Neighbourhood, second: Callable[..., Neighbourhood]) -> None:
    same = overview([schapenweide, second()])
    assert [site["name"] for site in same["sites"]] == ["Schapenweide (schapenweide)", "Schapenweide (tweede)"]


def test_sites_with_one_name_in_two_municipalities(schapenweide: Neighbourhood, second: Callable[..., Neighbourhood]) -> None:
    data = overview([schapenweide, second({"gemeente: Verzonnenstad": "gemeente: Elders"})])
    assert [site["name"] for site in data["sites"]] == ["Schapenweide (Verzonnenstad)", "Schapenweide (Elders)"]


# -- the page --------------------------------------------------------------------------------------------------------


def test_the_page_says_that_it_does_not_rank(tmp_path: Path) -> None:
    done = run(OVERVECHT, SCHAPENWEIDE, "--out", tmp_path / "uit")
    assert done.exit_code == 0, done.output
    assert "Overzicht van twee wijken → " in done.stdout
    text = text_of((tmp_path / "uit" / "overzicht.html").read_text(encoding="utf-8"))
    assert "Dit is geen rangorde" in text
    assert "De wijken staan in de volgorde waarin ze zijn opgegeven." in text
    assert "Mappen met fouten" not in text
    assert text.index("Overvecht") < text.index("Schapenweide")


def test_a_failing_site_is_named_with_its_faults_and_stops_no_other(tmp_path: Path, site: Site) -> None:
    broken = site(SCHAPENWEIDE, {"code: SCH": "code: sch"}, "kapot")
    done = run(broken, OVERVECHT, "--out", tmp_path / "uit")
    assert done.exit_code == 1
    assert "[geen-wijkcode]" in done.stderr
    assert f"{broken}: 1 fout; telt niet mee in het overzicht." in done.stdout
    text = text_of((tmp_path / "uit" / "overzicht.html").read_text(encoding="utf-8"))
    assert "Mappen met fouten" in text
    assert re.search(r"kapot/profiel\.yaml:\d+:\d+ wijk\.code", text)
    assert str(tmp_path) not in text
    assert "Overzicht van één wijk" in text


def test_a_folder_that_does_not_exist_is_named_by_its_last_part(tmp_path: Path) -> None:
    done = run(tmp_path / "nergens", OVERVECHT, "--out", tmp_path / "uit")
    assert done.exit_code == 1
    text = text_of((tmp_path / "uit" / "overzicht.html").read_text(encoding="utf-8"))
    assert "De map nergens bestaat niet." in text


def test_nothing_is_written_when_no_site_can_be_used(tmp_path: Path) -> None:
    done = run(tmp_path / "nergens", "--out", tmp_path / "uit")
    assert done.exit_code == 1
    assert "Er is geen overzicht geschreven." in done.stdout
    assert not (tmp_path / "uit").exists()


def test_one_site_given_twice_is_a_fault(tmp_path: Path) -> None:
    done = run(OVERVECHT, OVERVECHT, "--out", tmp_path / "uit")
    assert done.exit_code == 1
    assert "[wijk-dubbel]" in done.stderr


def test_strict_leaves_out_a_site_with_warnings(tmp_path: Path, site: Site) -> None:
    unexplained = site(SCHAPENWEIDE, {"wijkalliantie: {reden: Er is nog geen alliantie.}": "bewoner: {}"})
    assert run(unexplained, OVERVECHT, "--out", tmp_path / "uit").exit_code == 0
    strict = run(unexplained, OVERVECHT, "--strict", "--out", tmp_path / "uit")
    assert strict.exit_code == 1
    assert "telt niet mee" in strict.stdout


def test_text_of_a_profile_is_text(tmp_path: Path, site: Site) -> None:
    odd = site(SCHAPENWEIDE, {"naam: Schapenweide\n": "naam: \"<b>{{ 7 * 7 }}</b> & 'zo'\"\n"})
    assert run(odd, "--out", tmp_path / "uit").exit_code == 0
    html = (tmp_path / "uit" / "overzicht.html").read_text(encoding="utf-8")
    assert "<b>" not in html
    assert "&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt; &amp; &#39;zo&#39;" in html


def test_json_holds_the_data_and_the_problems(tmp_path: Path) -> None:
    done = run(OVERVECHT, tmp_path / "nergens", "--out", tmp_path / "uit", "--json")
    assert (done.exit_code, done.stderr) == (1, "")
    said = json.loads(done.stdout)
    assert said["ok"]
    assert {"overzicht.html", "overzicht.xlsx"} <= set(said["files"])
    assert [site["ok"] for site in said["sites"]] == [True, False]
    assert said["sites"][1]["problems"][0]["code"] == "map-ontbreekt"
    assert said["overview"]["sites"][0]["id"] == "overvecht"


# -- the folder ------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_keeps_the_date(tmp_path: Path) -> None:
    arguments = ["overview", str(OVERVECHT), str(SCHAPENWEIDE), "--out", str(tmp_path / "uit"), "--date"]
    assert CliRunner().invoke(cli.kbrollout, [*arguments, "2026-11-22"]).exit_code == 0
    first = tree(tmp_path / "uit")
    assert CliRunner().invoke(cli.kbrollout, [*arguments, "2027-01-31"]).exit_code == 0
    assert tree(tmp_path / "uit") == first
    assert "22 november 2026" in first["overzicht.html"].decode()


def test_two_folders_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        assert run(OVERVECHT, SCHAPENWEIDE, "--out", tmp_path / name).exit_code == 0
    assert tree(tmp_path / "een") == tree(tmp_path / "twee")


def test_one_format_updates_the_other_that_stands_there(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    assert run(OVERVECHT, "--out", out, "--format", "html").exit_code == 0
    assert not (out / "overzicht.xlsx").exists()
    assert "het Excelbestand" not in (out / "overzicht.html").read_text(encoding="utf-8")
    assert run(OVERVECHT, SCHAPENWEIDE, "--out", out, "--format", "xlsx").exit_code == 0
    assert (out / "overzicht.xlsx").is_file()
    assert "Schapenweide" in (out / "overzicht.html").read_text(encoding="utf-8")


def test_a_workbook_alone_needs_no_assets(tmp_path: Path) -> None:
    assert run(OVERVECHT, "--out", tmp_path / "uit", "--format", "xlsx").exit_code == 0
    assert set(tree(tmp_path / "uit")) == {"overzicht.xlsx", "manifest.json"}


def test_files_of_others_survive_and_edited_ones_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "uit"
    run(OVERVECHT, "--out", out)
    (out / "notitie.txt").write_text("van mij", encoding="utf-8")
    (out / "overzicht.html").write_text("bewerkt", encoding="utf-8")
    done = run(OVERVECHT, SCHAPENWEIDE, "--out", out)
    assert done.exit_code == 0
    assert "[bestand-bewerkt]" in done.stderr
    assert (out / "notitie.txt").read_text(encoding="utf-8") == "van mij"
    assert (out / "overzicht.bewerkt.html").read_text(encoding="utf-8") == "bewerkt"


def test_a_folder_of_somebody_else_or_a_pack_is_not_touched(tmp_path: Path, packed: Callable[[Path], Path]) -> None:
    packed(tmp_path / "pakketten")
    (tmp_path / "anders").mkdir()
    (tmp_path / "anders" / "brief.txt").write_text("van een ander", encoding="utf-8")
    before = tree(tmp_path)
    for out in ("anders", "pakketten", "pakketten/schapenweide"):
        done = run(OVERVECHT, "--out", tmp_path / out)
        assert done.exit_code == 1
        assert "[uitvoer-iets-anders]" in done.stderr
        assert str(Path(out, "overzicht")) in done.stderr
    assert tree(tmp_path) == before


def test_a_pack_does_not_take_the_place_of_an_overview(tmp_path: Path, catalogue: Catalogue) -> None:
    run(OVERVECHT, "--out", tmp_path / "schapenweide")
    before = tree(tmp_path)
    result = build_one(SCHAPENWEIDE, catalogue, tmp_path)
    assert [each.code for each in result.problems] == ["uitvoer-van-anderen"]
    assert tree(tmp_path) == before


def test_without_xlsxwriter_the_page_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("kbrollout.overview.make", "kbrollout.render.xlsx"):
        monkeypatch.setattr(f"{module}.available", lambda: False)
    done = run(OVERVECHT, "--out", tmp_path / "uit")
    assert done.exit_code == 0
    assert "[excel-kan-niet]" in done.stderr
    assert "waarschuwing" in done.stderr
    assert not (tmp_path / "uit" / "overzicht.xlsx").exists()
    asked = run(OVERVECHT, "--out", tmp_path / "gevraagd", "--format", "xlsx")
    assert asked.exit_code == 1
    assert "[excel-kan-niet]" in asked.stderr
    assert not (tmp_path / "gevraagd").exists()


# -- the workbook ----------------------------------------------------------------------------------------------------


def parts_of(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def workbook_of(*rows: tuple[str | int | date | None, ...]) -> dict[str, str]:
    width = len(rows[0])
    columns = tuple(Column(f"Kolom {number}", 10) for number in range(width))
    return parts_of(render_xlsx("Proef & proef", "voet", (Sheet("Blad", columns, rows),)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://x.nl")', "{=1}", "https://x.nl", "12", "\t=1"])
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    parts = workbook_of((text,))
    sheet = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    assert sheet.findall(".//m:f", NAMESPACE) == []
    assert sheet.findall(".//m:hyperlinks", NAMESPACE) == []
    (cell,) = sheet.findall(".//m:row[@r='2']/m:c", NAMESPACE)
    assert cell.get("t") == "s"
    strings = [entry.text for entry in ElementTree.fromstring(parts["xl/sharedStrings.xml"]).iter(f"{{{NAMESPACE['m']}}}t")]
    assert text in strings
    styles = ElementTree.fromstring(parts["xl/styles.xml"]).findall(".//m:cellXfs/m:xf", NAMESPACE)
    assert (styles[int(cell.get("s") or 0)].get("quotePrefix") == "1") == text.startswith(("=", "+", "-", "@"))


def test_numbers_and_days_are_numbers() -> None:
    sheet = ElementTree.fromstring(workbook_of((12, date(2026, 11, 22), None, ""))["xl/worksheets/sheet1.xml"])
    cells = sheet.findall(".//m:row[@r='2']/m:c", NAMESPACE)
    assert [cell.findtext("m:v", namespaces=NAMESPACE) for cell in cells] == ["12", "46348", None, None]


def test_a_sheet_can_be_read_filtered_and_printed() -> None:
    sheet = workbook_of(("een", "twee"), ("een tekst die niet op één regel past", None))["xl/worksheets/sheet1.xml"]
    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet
    assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in sheet
    assert '<row r="3" spans="1:2" ht="60" customHeight="1">' in sheet
    assert "Proef &amp;&amp; proef" in sheet


def test_a_workbook_repeats_byte_for_byte_and_names_no_language() -> None:
    sheet = Sheet("Blad", (Column("A", 10),), (("x",), (date(2026, 1, 1),)))
    first, second = (render_xlsx("Proef", "voet", (sheet,)) for _ in range(2))
    assert first == second
    parts = parts_of(first)
    assert '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z' in parts["docProps/core.xml"]
    assert "[$-" not in parts["xl/styles.xml"]


def test_a_text_that_is_too_long_for_a_cell_is_cut_visibly() -> None:
    assert f"{'x' * 32_766}…<" in workbook_of(("x" * 40_000,))["xl/sharedStrings.xml"]


def test_sheets_hold_what_the_data_holds(both: Data) -> None:
    made = {sheet.name: sheet for sheet in sheets(both, [])}
    assert list(made) == ["Wijken", "Thema's", "Rollen", "Open punten", "Financiering"]
    for sheet in made.values():
        assert {len(row) for row in sheet.rows} <= {len(sheet.columns)}, sheet.name
    assert [row[0] for row in made["Wijken"].rows] == ["Overvecht", "Schapenweide"]
    assert len(made["Open punten"].rows) == sum(site["open_points"] for site in both["sites"])
    assert len(made["Thema's"].rows) == 2 * len(both["themes"])
    assert [row[:3] for row in made["Financiering"].rows][-1] == ("Schapenweide", None, None)
    due = [row[5] for row in made["Open punten"].rows if row[1] == "OP-EIGENAAR"]
    assert due == [None, date(2027, 3, 1)]


def test_a_failing_site_stands_in_the_sheet_of_sites(both: Data) -> None:
    (first, *_) = sheets(both, [{"site": "kapot", "problems": [{}]}])
    assert first.rows[-1][0] == "kapot"
    assert first.rows[-1][-1] == "Telt niet mee: één melding; kbrollout check noemt ze."
    assert {len(row) for row in first.rows} == {len(first.columns)}


# -- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page_with_long_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An overview of Overvecht, a neighbourhood with long names and a folder with faults."""
    folder = tmp_path_factory.mktemp("overzicht")
    for name, edits in (
        ("lang", [("naam: Schapenweide\n", f"naam: {'Langenaamwijk' * 9}\n"), ("naam: Schapenweide beweegt", f"naam: {'beweegt' * 17}")]),
        ("kapot" * 12, [("code: SCH", "code: sch"), ("id: schapenweide", "id: kapot")]),
    ):
        text = (SCHAPENWEIDE / "profiel.yaml").read_text(encoding="utf-8")
        for old, new in edits:
            text = text.replace(old, new)
        (folder / name).mkdir()
        (folder / name / "profiel.yaml").write_text(text, encoding="utf-8")
    assert run(OVERVECHT, folder / "lang", folder / ("kapot" * 12), "--out", folder / "uit").exit_code == 1
    return folder / "uit" / "overzicht.html"


@pytest.mark.parametrize(
    ("width", "dark"), [(1280, False), (320, True), *(pytest.param(*each, marks=pytest.mark.slow) for each in ((1280, True), (320, False)))]
)
def test_the_page_is_accessible_and_fits(browser: Browser, page_with_long_names: Path, width: int, dark: bool) -> None:
    page = opened(browser, page_with_long_names, width, dark=dark)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_page_works_from_disk_without_a_network(browser: Browser, page_with_long_names: Path) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_with_long_names.as_uri(), wait_until="networkidle")
    assert len(asked) > 1
    assert all(url.startswith(page_with_long_names.parent.as_uri()) for url in asked), asked
    page.get_by_role("link", name="Rollen die niemand vervult").click()
    assert page.url.endswith("#rollen")
    page.close()
