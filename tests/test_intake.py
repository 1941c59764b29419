"""The Excel form: what is made, what comes back from it, and every way in which it can be spoiled."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.workbook import Workbook

from kbrollout import cli
from kbrollout.check import check_site
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Filling
from kbrollout.newsite import workbook
from kbrollout.newsite.form import form_bytes
from kbrollout.newsite.layout import FIRST_ROW, FORM_PROPERTY, REFERENCE_PROPERTY, layout
from tests.conftest import TODAY, tree

SHEETS = ["Wijk", "Partners", "Praktijken", "Rollen", "Thema's", "Gremia"]
Edit = Callable[[Workbook], None]


@pytest.fixture(autouse=True)
def _one_catalogue(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbrollout.catalogue.load_catalogue", lambda: catalogue)
    monkeypatch.setattr("kbrollout.schema.load_catalogue", lambda: catalogue)


@pytest.fixture(scope="module")
def form(catalogue: Catalogue) -> bytes:
    return form_bytes(catalogue)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.kbrollout, [str(each) for each in arguments])


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def place(book: Workbook, sheet: str, column: str, row: int | str) -> Any:
    """The cell for a column id, in the first rows of answers (from 0) or in the row with an id."""
    page = book[sheet]
    at = next(cell.column for cell in page[1] if cell.value == column)
    number = FIRST_ROW + row if isinstance(row, int) else next(cell.row for cell in page["A"] if cell.value == row)
    return page.cell(number, at)


def put(book: Workbook, sheet: str, column: str, row: int | str, value: object) -> str:
    cell = place(book, sheet, column, row)
    cell.value = value
    return f"{sheet}!{cell.coordinate}"


def fill(book: Workbook) -> None:
    """As a coordinator does it: some names in other capitals, a number as a number, empty cells in between."""
    put(book, "Wijk", "antwoord", "wijk.naam", "De Oude Haven")
    put(book, "Wijk", "antwoord", "wijk.gemeente", "Waterstad")
    put(book, "Wijk", "antwoord", "wijk.inwoners", 8200)
    put(book, "Wijk", "antwoord", "regio.naam", "De Delta")
    put(book, "Wijk", "antwoord", "programmas.beweegprogramma", "Haven Beweegt")
    for row, (name, kind) in enumerate([("Wijkteam Haven", "sociaal"), ("Waterstad", "gemeente"), ("Sport & Co", "sport")]):
        put(book, "Partners", "naam", row * 2, name)
        put(book, "Partners", "soort", row * 2, kind)
    put(book, "Praktijken", "naam", 0, "De Wiek")
    put(book, "Praktijken", "agb", 0, "01234567")
    put(book, "Praktijken", "patienten", 0, 2700.0)
    put(book, "Praktijken", "naam", 1, "Molenpad")
    put(book, "Rollen", "partner-1", "sociaal-team", "Wijkteam Haven")
    put(book, "Rollen", "naam", "sociaal-team", "wijkteam")
    put(book, "Rollen", "lidwoord", "sociaal-team", "het")
    put(book, "Rollen", "meervoud", "sociaal-team", "wijkteams")
    put(book, "Rollen", "partner-1", "beweegmakelaar", "sport & co")
    put(book, "Rollen", "partner-3", "beweegmakelaar", "Wijkteam Haven")
    put(book, "Rollen", "reden", "fysiotherapeut", "De gesprekken lopen nog.")
    put(book, "Thema's", "id", "meer-bewegen", "ja")
    put(book, "Thema's", "aanspreekpunt", "meer-bewegen", "beweegcoach")
    put(book, "Thema's", "id", "solk", "nee")
    put(book, "Gremia", "naam", 0, "Stuurgroep")
    put(book, "Gremia", "niveau", 0, "wijk")
    put(book, "Gremia", "taak", 0, "Besluit over de afspraken.\nBewaakt de planning.")
    put(book, "Gremia", "leden", 0, "Wijkteam Haven; de wiek;\nhuisarts")


ANSWERS = """\
wijk: {naam: De Oude Haven, gemeente: Waterstad, inwoners: 8200}
regio: {naam: De Delta}
partners:
  - {naam: Wijkteam Haven, soort: sociaal}
  - {naam: Waterstad, soort: gemeente}
  - {naam: Sport & Co, soort: sport}
praktijken:
  - {naam: De Wiek, agb: "01234567", patienten: 2700}
  - Molenpad
rollen:
  sociaal-team: {naam: wijkteam, lidwoord: het, meervoud: wijkteams, partners: [Wijkteam Haven]}
  beweegmakelaar: {partners: [Sport & Co, Wijkteam Haven]}
  fysiotherapeut: {reden: De gesprekken lopen nog.}
themas:
  - {id: meer-bewegen, aanspreekpunt: beweegcoach}
programmas: {beweegprogramma: {naam: Haven Beweegt}}
gremia:
  - naam: Stuurgroep
    niveau: wijk
    taak: |-
      Besluit over de afspraken.
      Bewaakt de planning.
    leden: [Wijkteam Haven, De Wiek, huisarts]
"""


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "formulier.xlsx"
    book.save(path)
    return path


# -- what is made ------------------------------------------------------------------------------------------------------


def test_the_same_form_every_time(form: bytes, catalogue: Catalogue) -> None:
    assert form_bytes(catalogue) == form
    assert len(form) < 50_000


def test_form_has_its_sheets_and_no_formula_or_macro(form: bytes) -> None:
    book = opened(form)
    assert book.sheetnames == SHEETS
    assert not [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_form_says_which_version_it_is(form: bytes, catalogue: Catalogue) -> None:
    properties = {each.name: each.value for each in opened(form).custom_doc_props.props}  # type: ignore[attr-defined]
    assert properties == {FORM_PROPERTY: "1", REFERENCE_PROPERTY: catalogue.index.version}


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_prints_across_an_a4_with_its_headings_frozen_and_ids_hidden(form: bytes, name: str) -> None:
    page = opened(form)[name]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$3:$4"
    assert page.freeze_panes in (f"B{FIRST_ROW}", f"C{FIRST_ROW}")
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[1].hidden
    assert page.protection.sheet
    assert not page.merged_cells.ranges


def test_only_cells_for_answers_can_be_typed_in(form: bytes, catalogue: Catalogue) -> None:
    book = opened(form)
    for sheet in layout(catalogue):
        asked = {column.id for column in sheet.columns if column.question is not None}
        for column in sheet.columns:
            cell = place(book, sheet.name, column.id, 0)
            assert cell.protection.locked == (column.id not in asked), f"{sheet.name} {column.id}"
            assert cell.number_format == ("@" if column.id in asked else "General")


def test_form_knows_the_roles_and_themes_of_the_reference(form: bytes, catalogue: Catalogue) -> None:
    book = opened(form)
    ids = {name: [cell.value for cell in book[name]["A"][FIRST_ROW - 1 :] if cell.value] for name in ("Rollen", "Thema's")}
    assert ids["Rollen"] == [role.id for role in catalogue.roles.values() if role.filling is Filling.PARTNERS]
    assert ids["Thema's"] == list(catalogue.themes)


def test_drop_downs_fit_excel_and_know_no_language(form: bytes) -> None:
    found = [rule for page in opened(form) for rule in page.data_validations.dataValidation]
    assert len(found) == 7
    for rule in found:
        assert rule.type == "list"
        assert len(rule.formula1) <= 255
        assert rule.formula1.startswith(('"', "'Partners'!$B$")), rule.formula1


def test_rows_of_the_form_are_high_enough_for_what_they_show(form: bytes, catalogue: Catalogue) -> None:
    book = opened(form)
    for sheet in layout(catalogue):
        page = book[sheet.name]
        for number in range(3, FIRST_ROW + len(sheet.rows)):
            shown = page.row_dimensions[number]
            texts = [(str(page.cell(number, at).value or ""), column.width) for at, column in enumerate(sheet.columns, 2)]
            lines = max(len(text) / width for text, width in texts)
            assert shown.hidden or float(str(shown.height)) >= 13 * lines, f"{sheet.name} {number}"


def test_intake_writes_no_file_over_another(tmp_path: Path) -> None:
    path = tmp_path / "map" / "vragen.xlsx"
    first, second = run("intake", path), run("intake", path)
    assert first.exit_code == 0
    assert f"kbrollout new MAP --answers {path}" in first.stdout
    assert second.exit_code == 1
    assert "[bestand-bestaat]" in second.stderr
    assert [each.name for each in path.parent.iterdir()] == ["vragen.xlsx"]


def test_intake_makes_only_xlsx(tmp_path: Path) -> None:
    done = run("intake", tmp_path / "vragen.xls")
    assert done.exit_code == 2
    assert "“vragen.xls” eindigt niet op .xlsx." in done.stderr


def test_intake_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    done = run("intake", tmp_path / "bestand" / "vragen.xlsx")
    assert done.exit_code == 1
    assert "[map-niet-schrijfbaar]" in done.stderr


@pytest.mark.parametrize("part", ["xlsxwriter", "openpyxl", "defusedxml"])
def test_without_the_parts_for_excel_that_is_told(part: str, form: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vragen.xlsx"
    module = "newsite.formfile" if part == "xlsxwriter" else "workbookfile"
    monkeypatch.setattr(f"kbrollout.{module}.find_spec", lambda name: None if name == part else object())
    if part == "xlsxwriter":
        done = run("intake", path)
    else:
        path.write_bytes(form)
        done = run("new", tmp_path / "w", "--answers", path, "--no-input")
    assert done.exit_code == 1
    assert "[formulier-kan-niet]" in done.stderr


# -- there and back ----------------------------------------------------------------------------------------------------


def test_a_filled_in_form_gives_what_the_same_answers_give(form: bytes, tmp_path: Path, catalogue: Catalogue) -> None:
    book = opened(form)
    fill(book)
    answers = tmp_path / "a.yaml"
    answers.write_text(ANSWERS, encoding="utf-8")
    by_form = run("new", tmp_path / "form", "--answers", saved(book, tmp_path), "--no-input")
    by_file = run("new", tmp_path / "file", "--answers", answers, "--no-input")
    assert (by_form.exit_code, by_file.exit_code) == (0, 0), by_form.output
    assert tree(tmp_path / "form") == tree(tmp_path / "file")
    assert check_site(tmp_path / "form", catalogue, TODAY).warnings == ()


def test_signs_that_nobody_sees_are_left_out(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    fill(book)
    put(book, "Praktijken", "naam", 0, "\u200bDe\u00a0Wiek\ufeff")
    put(book, "Praktijken", "his", 1, "\u200b")
    put(book, "Gremia", "leden", 0, "de wiek")
    done = run("new", tmp_path / "w", "--answers", saved(book, tmp_path), "--no-input")
    assert done.exit_code == 0, done.stderr
    assert 'naam: "De\u00a0Wiek"' in (tmp_path / "w" / "profiel.yaml").read_text(encoding="utf-8")


def test_columns_may_change_places_and_headings_words(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    fill(book)
    page = book["Praktijken"]
    for row in page.iter_rows(min_row=1):
        row[1].value, row[2].value = row[2].value, row[1].value
    page["B3"] = "Iets anders"
    assert run("new", tmp_path / "w", "--answers", saved(book, tmp_path), "--no-input").exit_code == 0
    assert "naam: De Wiek" in (tmp_path / "w" / "profiel.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_form_survives_libreoffice_and_prints_on_few_pages(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    fill(book)
    path = saved(book, tmp_path)
    for kind, folder in (("xlsx", tmp_path / "opnieuw"), ("pdf", tmp_path / "pdf")):
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
        subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=180)
    done = run("new", tmp_path / "w", "--answers", tmp_path / "opnieuw" / path.name, "--no-input")
    assert done.exit_code == 0, done.stderr
    said = subprocess.run(["pdfinfo", tmp_path / "pdf" / "formulier.pdf"], check=True, capture_output=True, text=True).stdout
    pages = int(said.partition("Pages:")[2].split()[0])
    assert pages <= 12


# -- answers that do not fit -------------------------------------------------------------------------------------------


ANSWER_FAULTS: dict[str, tuple[str, str, int | str, object, str]] = {
    "geen getal": ("Wijk", "antwoord", "wijk.inwoners", "veel", "“veel” is geen heel getal."),
    "half getal": ("Praktijken", "patienten", 0, 12.5, "“12.5” is geen heel getal."),
    "agb zonder nul": ("Praktijken", "agb", 0, 1234567, "De AGB-code “1234567” heeft 7 cijfers"),
    "geen id": ("Wijk", "antwoord", "wijk.id", "De Haven", "kan geen id zijn"),
    "naam weg": ("Wijk", "antwoord", "wijk.naam", None, "Hier is een antwoord nodig: Naam van de wijk"),
    "naam van rij weg": ("Praktijken", "naam", 0, None, "Hier is een antwoord nodig: Naam van de praktijk"),
    "spaties": ("Partners", "soort", 0, "   ", "Hier is een antwoord nodig: Soort"),
    "geen slug": ("Wijk", "antwoord", "wijk.naam", "東京", "Van de naam “東京” kan kbrollout geen id maken."),
    "verkeerde soort": ("Partners", "soort", 2, "gemente", "Bedoelde u “gemeente”?"),
    "naam dubbel": ("Praktijken", "naam", 1, "de wiek", "staat er twee keer, de eerste keer in Praktijken!B5"),
    "onbekende partner": ("Rollen", "partner-1", "gemeente", "Stad", "De partner “Stad” staat niet bij de partners."),
    "onbekend lid": ("Gremia", "leden", 0, "Wijkteam Haven; Jan", "“Jan” is geen partner, praktijk of rol."),
    "geen ja": ("Thema's", "id", "meer-bewegen", "misschien", "“misschien” is geen ja of nee."),
    "zonder lidwoord": ("Rollen", "naam", "gemeente", "stad", "hier ontbreekt lidwoord"),
    "te lang": ("Gremia", "naam", 0, "x" * 201, "Deze tekst is 201 tekens lang"),
    "meer regels": ("Wijk", "antwoord", "wijk.gemeente", "a\nb", "Hier past één regel"),
    "formule": ("Praktijken", "patienten", 0, "=1+1", "In deze cel staat een formule."),
    "formule met tekst": ("Wijk", "antwoord", "wijk.naam", '=HYPERLINK("http://x","y")', "In deze cel staat een formule."),
    "fout van Excel": ("Praktijken", "his", 0, "#N/A", "iets dat Excel voor een fout (#N/A) houdt"),
    "datum": ("Praktijken", "his", 0, TODAY, "iets dat Excel voor een datum houdt"),
}


@pytest.mark.parametrize("fault", ANSWER_FAULTS)
def test_a_wrong_answer_is_told_with_its_cell_and_nothing_is_written(fault: str, form: bytes, tmp_path: Path) -> None:
    sheet, column, row, value, said = ANSWER_FAULTS[fault]
    book = opened(form)
    fill(book)
    cell = put(book, sheet, column, row, value)
    path = saved(book, tmp_path)
    done = run("new", tmp_path / "w", "--answers", path, "--no-input")
    assert done.exit_code == 1, done.output
    assert f"{path}: fout in {cell}: " in done.stderr or fault == "zonder lidwoord"
    assert f" in {sheet}!" in done.stderr
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_all_faults_come_in_one_run(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    fill(book)
    cells = [
        put(book, *fault[:4])
        for name, fault in ANSWER_FAULTS.items()
        if name in ("geen getal", "agb zonder nul", "onbekend lid", "te lang")
    ]
    done = run("new", tmp_path / "w", "--answers", saved(book, tmp_path), "--no-input")
    assert [cell for cell in cells if cell not in done.stderr] == []


# -- a form that was taken apart ---------------------------------------------------------------------------------------


def rename(book: Workbook) -> None:
    book["Praktijken"].title = "Huisartsen"


def delete_sheet(book: Workbook) -> None:
    del book["Gremia"]


def delete_column(book: Workbook) -> None:
    book["Praktijken"].delete_cols(3)


def delete_row(book: Workbook) -> None:
    book["Rollen"].delete_rows(FIRST_ROW)


def delete_id_row(book: Workbook) -> None:
    book["Partners"].delete_rows(1)


def merge(book: Workbook) -> None:
    book["Praktijken"].merge_cells("B6:C7")


def copy_row(book: Workbook) -> None:
    page = book["Thema's"]
    for at, cell in enumerate(page[FIRST_ROW], 1):
        page.cell(FIRST_ROW + 8, at).value = cell.value


def add_row(book: Workbook) -> None:
    book["Rollen"]["E60"] = "Wijkteam Haven"


def other_form(book: Workbook) -> None:
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]
    del properties[FORM_PROPERTY]
    properties.append(StringProperty(name=FORM_PROPERTY, value="0"))


def other_reference(book: Workbook) -> None:
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]
    del properties[REFERENCE_PROPERTY]
    properties.append(StringProperty(name=REFERENCE_PROPERTY, value="2.1"))


def no_properties(book: Workbook) -> None:
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]
    for name in (FORM_PROPERTY, REFERENCE_PROPERTY):
        del properties[name]


SHAPE_FAULTS: dict[str, tuple[Edit, str, str]] = {
    "blad hernoemd": (rename, "blad-ontbreekt", "fout in Huisartsen: Het blad “Praktijken” ontbreekt."),
    "blad weg": (delete_sheet, "blad-ontbreekt", "fout in Gremia: Het blad “Gremia” ontbreekt."),
    "kolom weg": (delete_column, "kolom-ontbreekt", "fout in Praktijken!1:1: Op het blad “Praktijken” ontbreekt de kolom “AGB-code”."),
    "rij weg": (delete_row, "rij-ontbreekt", "fout in Rollen: Op het blad “Rollen” ontbreekt de rij “sociaal team”."),
    "rij met id's weg": (delete_id_row, "kolom-ontbreekt", "ontbreekt de kolom “Naam van de organisatie”"),
    "samengevoegd": (merge, "cellen-samengevoegd", "fout in Praktijken!B6:C7: Deze cellen zijn samengevoegd"),
    "rij dubbel": (copy_row, "rij-dubbel", "fout in Thema's!13:13: Deze rij staat twee keer"),
    "rij erbij": (add_row, "rij-onbekend", "fout in Rollen!E60: In deze rij staat een antwoord"),
    "ander formulier": (other_form, "formulier-versie", "hoort bij versie 0 van het formulier, maar deze kbrollout werkt met versie 1"),
    "andere referentie": (other_reference, "formulier-versie", "hoort bij versie 2.1 van de referentie"),
    "andere werkmap": (no_properties, "geen-formulier", "Deze werkmap is geen formulier van kbrollout."),
}


@pytest.mark.parametrize("fault", SHAPE_FAULTS)
def test_a_spoiled_form_is_told_and_nothing_is_written(fault: str, form: bytes, tmp_path: Path) -> None:
    edit, code, said = SHAPE_FAULTS[fault]
    book = opened(form)
    fill(book)
    edit(book)
    path = saved(book, tmp_path)
    done = run("new", tmp_path / "w", "--answers", path, "--no-input")
    assert done.exit_code == 1, done.output
    assert f"[{code}]" in done.stderr
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_a_renamed_sheet_is_found_by_its_hidden_mark(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    rename(book)
    assert "Het heet nu “Huisartsen”." in run("new", tmp_path / "w", "--answers", saved(book, tmp_path), "--no-input").stderr


# -- files that are no form --------------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def replaced(form: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'

NO_FORMS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "leeg": (lambda _: b"", "geen-werkmap"),
    "tekst": (lambda _: b"wijk: x\n", "geen-werkmap"),
    "oud Excel, of met wachtwoord": (lambda _: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "geen-werkmap"),
    "halverwege afgebroken": (lambda form: form[: len(form) // 2], "geen-werkmap"),
    "zip zonder werkmap": (lambda _: zipped(a=b"x"), "geen-werkmap"),
    "kapot blad": (lambda form: replaced(form, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), "geen-werkmap"),
    "entiteiten": (lambda form: replaced(form, "xl/worksheets/sheet1.xml", LAUGHS), "geen-werkmap"),
    "entiteit van buiten": (lambda form: replaced(form, "xl/worksheets/sheet3.xml", OUTSIDE), "geen-werkmap"),
    "entiteiten in de werkmap": (lambda form: replaced(form, "xl/workbook.xml", LAUGHS), "geen-werkmap"),
    "zipbom": (lambda form: replaced(form, "xl/worksheets/sheet1.xml", bytes(60_000_000)), "werkmap-te-groot"),
    "te veel delen": (lambda _: zipped(**{f"p{number}": b"x" for number in range(300)}), "werkmap-te-groot"),
    "te groot bestand": (lambda form: form + bytes(6_000_000), "werkmap-te-groot"),
}


@pytest.mark.parametrize("fault", NO_FORMS)
def test_a_file_that_is_no_form_is_told_and_nothing_is_written(fault: str, form: bytes, tmp_path: Path) -> None:
    spoil, code = NO_FORMS[fault]
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(spoil(form))
    done = run("new", tmp_path / "w", "--answers", path, "--no-input")
    assert done.exit_code == 1, done.output
    assert f"{path}: fout: " in done.stderr
    assert f"[{code}]" in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_limits_are_looked_at_before_anything_is_opened(form: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "formulier.xlsx"
    path.write_bytes(NO_FORMS["zipbom"][0](form))
    monkeypatch.setattr(workbook, "opened", lambda *_: pytest.fail("opened"))
    assert run("new", tmp_path / "w", "--answers", path, "--no-input").exit_code == 1


def test_a_cell_far_away_costs_nothing(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    fill(book)
    book["Partners"]["XFD1048576"] = "x"
    assert run("new", tmp_path / "w", "--answers", saved(book, tmp_path), "--no-input").exit_code == 0


def test_a_form_is_known_by_its_content_whatever_its_name(form: bytes, tmp_path: Path) -> None:
    book = opened(form)
    fill(book)
    path = saved(book, tmp_path).rename(tmp_path / "formulier")
    assert run("new", tmp_path / "w", "--answers", path, "--no-input").exit_code == 0


def test_a_form_that_is_not_there(tmp_path: Path) -> None:
    done = run("new", tmp_path / "w", "--answers", tmp_path / "weg.xlsx", "--no-input")
    assert done.exit_code == 1
    assert "[bestand-ontbreekt]" in done.stderr
