"""The workbook of progress: stable ids, cells to fill in, counts that are right, text that stays text, pages that fit."""

import copy
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from kbrollout.checklines import lines, units
from kbrollout.documents import voortgang
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.progress import Stand
from kbrollout.render.fillin import FIRST_ROW, HEAD_ROW, KEY_ROW, LONGEST_NAME, sheet_names
from kbrollout.render.progress import render_progress

Data = dict[str, Any]

STAMP = {"code": "AB12-34CD", "date": "22 november 2026", "date_iso": "2026-11-22"}
LIBREOFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
HOSTILE = ("=1+1", "+31 6", "-1", "@SUM(A1)", '=HYPERLINK("https://x.nl")', "https://x.nl", "mailto:balie", "0123", "12-3-2027", "_x0041_")


@pytest.fixture(scope="module")
def empty(overvecht: Neighbourhood) -> Data:
    return voortgang.view(overvecht)[1]


@pytest.fixture(scope="module")
def content(empty: Data) -> bytes:
    return render_progress("Voortgang Overvecht", empty, STAMP)


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return opened(content)


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def small(**more: Any) -> Data:
    """Data of a neighbourhood with one practice and one line each, for what a site is not needed for."""
    data: Data = {
        "site": {"id": "dorp", "name": "Dorp", "example": False},
        "reference": {"version": "2.2"},
        "concept": False,
        "remark": None,
        "roles": ["Huisarts"],
        "units": [unit("dorp", "Wijk Dorp", line("BV-W-01")), unit("praktijk", "Praktijk", line("BV-P-01"), line("BV-P-02"))],
        "plan": [],
        "points": [],
    }
    return data | more


def unit(identifier: str, name: str, *asked: Data) -> Data:
    return {"id": identifier, "name": name, "lines": list(asked)}


def line(identifier: str, **more: Any) -> Data:
    said = {"what": "Wat", "good_enough": "Goed", "asked": "Te zien", "who": "Huisarts", "phase": "Voorbereiding", "due": None}
    filled = {"stand": "Nog niet bekeken", "missing": "", "owner": "", "date": None, "evidence": "", "evidence_until": None, "note": ""}
    return {"id": identifier, "code": identifier, **said, **filled, **more}


def made(**more: Any) -> Any:
    return opened(render_progress("Voortgang Dorp", small(**more), STAMP))


def keys(page: Any) -> dict[str, int]:
    """The columns of a sheet to fill in, by their hidden keys."""
    return {str(cell.value): cell.column for cell in page[KEY_ROW + 1][1:]}


def column(page: Any, key: str) -> list[Any]:
    at = keys(page)[key]
    return [page.cell(row, at).value for row in range(FIRST_ROW + 1, page.max_row + 1)]


def rules(page: Any) -> dict[str, Any]:
    """What may be typed in each column that has a rule, by its key."""
    by_letter = {get_column_letter(at): key for key, at in keys(page).items()}
    return {by_letter[str(rule.sqref)[0]]: rule for rule in page.data_validations.dataValidation}


def marks(book: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What the hidden sheet says: about the workbook, and which sheet is about which unit."""
    rows = [(row[0], row[1]) for row in book["_kb"].iter_rows(values_only=True)]
    at = rows.index(("blad", "eenheid"))
    return dict(rows[:at]), dict(rows[at + 1 :])


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


# -- the data ----------------------------------------------------------------------------------------------------------


def test_the_data_is_plain_and_its_texts_are_final(empty: Data) -> None:
    text = json.dumps(empty, ensure_ascii=False)
    assert json.loads(text) == empty
    assert "[[" not in text
    assert not re.search(r"\{[A-Za-z][a-z0-9-]*\}", text)
    assert {each["stand"] for part in empty["units"] for each in part["lines"]} == {"Nog niet bekeken"}


def test_every_unit_has_its_lines_the_neighbourhood_first(overvecht: Neighbourhood, empty: Data) -> None:
    expected = [(each.id, [found.id for found in lines(overvecht, each)]) for each in units(overvecht)]
    assert [(each["id"], [found["id"] for found in each["lines"]]) for each in empty["units"]] == expected
    assert empty["units"][0]["name"] == "Wijk Overvecht"


def test_the_plan_stands_in_it_with_what_each_task_waits_for_itself(overvecht: Neighbourhood, empty: Data) -> None:
    assert overvecht.plan is not None
    assert [task["id"] for task in empty["plan"]] == [task.id for task in overvecht.plan.tasks]
    works = {task.id: task.work for task in overvecht.plan.tasks}
    for task in empty["plan"]:
        asked = {works[each].seed for each in works[task["id"]].after}
        told = [each for each in task["after"].split("\n") if each and not each.startswith("en ")]
        assert bool(told) == bool(asked), task["id"]
        assert set(told) <= asked
        for each in works[task["id"]].after:
            # What the awaited tasks wait for themselves is not said again, unless another unit has a task with the same code.
            further = {works[other].seed for other in works[each].after}
            nearer = {works[other].seed for other in works[task["id"]].after if other not in works[each].after}
            assert not (set(told) & further) - nearer, task["id"]


def test_owners_are_roles_by_their_local_names(schapenweide: Neighbourhood) -> None:
    roles = voortgang.view(schapenweide)[1]["roles"]
    assert {"Huisarts", "Wijkteam", "Buurtsportcoach"} <= set(roles)
    assert "Bewoner" not in roles
    assert len(roles) == len(set(roles))


# -- ids and sheets ----------------------------------------------------------------------------------------------------


def test_ids_stand_hidden_in_every_sheet_to_fill_in(book: Any, empty: Data) -> None:
    _, sheets = marks(book)
    assert list(sheets.values()) == [each["id"] for each in empty["units"]]
    expected = {name: [each["id"] for each in part["lines"]] for name, part in zip(sheets, empty["units"], strict=True)}
    expected |= {"Plan": [each["id"] for each in empty["plan"]], "Open punten": [each["id"] for each in empty["points"]]}
    for name, ids in expected.items():
        page = book[name]
        assert [page.cell(row, 1).value for row in range(FIRST_ROW + 1, page.max_row + 1)] == ids
        mark = {"Plan": "plan:overvecht", "Open punten": "open-punten:overvecht"}.get(name) or f"eenheid:{sheets[name]}"
        assert page["A1"].value == f"kbrollout:{mark}"
        assert page.column_dimensions["A"].hidden
        assert page.row_dimensions[KEY_ROW + 1].hidden
        assert len(ids) == len(set(ids))


def test_the_order_of_sheets_and_what_is_hidden(book: Any, empty: Data) -> None:
    names = book.sheetnames
    assert names[:3] == ["Uitleg", "Samenvatting", "Wijk Overvecht"]
    assert names[-4:] == ["Plan", "Open punten", "_lijsten", "_kb"]
    assert len(names) == 6 + len(empty["units"])
    assert [book[name].sheet_state for name in names] == ["visible"] * (len(names) - 2) + ["hidden", "veryHidden"]


def test_what_the_workbook_is_stands_in_it_twice(book: Any) -> None:
    told, _ = marks(book)
    assert told == {
        "formaat": "1",
        "soort": "voortgang",
        "wijk": "overvecht",
        "referentie": "2.2",
        "code": "AB12-34CD",
        "datum": "2026-11-22",
    }
    assert {each.name: each.value for each in book.custom_doc_props.props} == {f"kbrollout-{key}": value for key, value in told.items()}
    assert book.properties.title == "Voortgang Overvecht"
    assert book.properties.language == "nl-NL"


@pytest.mark.parametrize(
    ("wished", "names"),
    [
        (["Praktijk [A]: x/y?", "Praktijk [A]: x/y?"], ["Praktijk A x y", "Praktijk A x y (2)"]),
        (["Huisartsenpraktijk 1 (naam volgt)"], ["Huisartsenpraktijk 1"]),
        (["Huisartsenpraktijk De Verzonnen Toren"], ["De Verzonnen Toren"]),
        (["praktijk noord", "Praktijk Noord"], ["praktijk noord", "Praktijk Noord (2)"]),
        (["Plan", "History", "_KB"], ["Plan (2)", "History (2)", "_KB (2)"]),
        (["'t Hart'", "'"], ["t Hart", "Blad"]),
        (["?", "[]"], ["Blad", "Blad (2)"]),
        (["x" * 120], ["x" * 30 + "…"]),
        (["Praktijk " * 13 + "Noord"], ["Praktijk Praktijk Noord"]),
    ],
)
def test_names_of_sheets(wished: list[str], names: list[str]) -> None:
    assert sheet_names(wished, ["Plan", "History", "_kb"]) == names


def test_nasty_names_of_practices_make_a_workbook_that_opens_and_names_them_whole() -> None:
    names = ["Praktijk [A]: x/y?", "Praktijk [A]: x/y?", "Zorg & Co 'in de wijk' " * 5 + "12345", "&P &N 7", "=1+1"]
    data = small(units=[unit(f"p{number}", name, line("BV-P-01")) for number, name in enumerate(names)])
    data["site"]["name"] = "&" * 120
    book = opened(render_progress("&" * 120, data, STAMP))
    _, sheets = marks(book)
    assert list(sheets.values()) == ["p0", "p1", "p2", "p3", "p4"]
    assert [book[name]["B2"].value for name in sheets] == names
    assert all(0 < len(name) <= LONGEST_NAME for name in sheets)
    assert [book["Samenvatting"].cell(row, 1).value for row in range(4, 9)] == names
    assert book["Samenvatting"]["B4"].value == "=COUNTIF('Praktijk A x y'!$I$4,\"Geregeld\")"


# -- cells to fill in --------------------------------------------------------------------------------------------------


def test_stands_dates_and_owners_are_chosen_or_checked(book: Any, empty: Data) -> None:
    page = book["Wijk Overvecht"]
    found = rules(page)
    assert set(found) == {"stand", "owner", "date", "evidence_until"}
    assert found["stand"].formula1.strip('"').split(",") == [stand.value for stand in Stand]
    assert (found["stand"].type, found["stand"].errorStyle) == ("list", None)
    assert found["stand"].errorTitle
    assert str(found["stand"].sqref) == f"I{FIRST_ROW + 1}:I{FIRST_ROW + len(empty['units'][0]['lines'])}"
    assert (found["owner"].formula1, found["owner"].errorStyle) == (f"_lijsten!$A$1:$A${len(empty['roles'])}", "warning")
    assert [row[0].value for row in book["_lijsten"].iter_rows()] == empty["roles"]
    assert found["date"].type == "date"
    assert rules(book["Plan"])["done"].formula1 == '"nee,ja"'
    assert rules(book["Open punten"])["stand"].formula1 == '"Open,Mee bezig,Opgelost"'


def test_only_what_people_fill_in_is_unlocked(book: Any) -> None:
    open_keys = {
        "Wijk Overvecht": {"stand", "missing", "owner", "date", "evidence", "evidence_until", "note"},
        "Plan": {"done", "done_on"},
        "Open punten": {"stand", "remark"},
    }
    for name, expected in open_keys.items():
        page = book[name]
        for row in (FIRST_ROW + 1, page.max_row):
            assert {key for key, at in keys(page).items() if not page.cell(row, at).protection.locked} == expected
    for page in book.worksheets:
        assert page.protection.sheet
        assert page.protection.password is None
        assert all(cell.protection.locked for row in page.iter_rows(max_row=FIRST_ROW) for cell in row)
    grid = book["Wijk Overvecht"].protection
    assert (grid.formatColumns, grid.formatRows, grid.autoFilter, grid.sort) == (False, False, False, False), "False is: allowed"


def test_stands_look_different_without_colour_too(book: Any) -> None:
    page = book["Wijk Overvecht"]
    (held,) = list(page.conditional_formatting)
    assert str(held.sqref) == f"I{FIRST_ROW + 1}:I{page.max_row}"
    looks = set()
    for rule in held.rules:
        style = rule.dxf
        looks.add((bool(style.font and style.font.b), bool(style.font and style.font.i), _grey(style.fill)))
    assert [rule.formula for rule in held.rules] == [[f'"{stand}"'] for stand in Stand]
    assert len(looks) == len(Stand)


def _grey(fill: Any) -> str:
    """What is left of a fill without colour: its pattern, or that it is filled."""
    return fill.patternType or "filled" if fill else ""


def test_the_header_is_frozen_and_rows_can_be_filtered(book: Any, empty: Data) -> None:
    page = book["Plan"]
    assert page.freeze_panes == "D4"
    assert page.auto_filter.ref == f"A{HEAD_ROW + 1}:L{FIRST_ROW + len(empty['plan'])}"
    assert len(empty["plan"]) > 300


def test_rows_grow_with_what_people_type(content: bytes) -> None:
    """A height without `customHeight` is where a row begins, not where it ends."""
    parts = parts_of(content)
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert any(' ht="' in text for text in sheets)
    assert not any("customHeight" in text for text in sheets)


# -- what a tracker knows ----------------------------------------------------------------------------------------------


def test_values_that_are_given_stand_in_the_cells() -> None:
    given = {"stand": "Mee bezig", "missing": "een lijst", "owner": "Iemand anders", "date": "2027-03-01", "evidence": "map"}
    given |= {"evidence_until": "2028-03-01", "note": "zo"}
    task = {"id": "T-1/praktijk", "code": "T-1", "what": "Doe het", "who": "Huisarts", "unit": "praktijk", "phase": "Invoering"}
    task |= {"start": "2027-01-04", "end": "2027-01-08", "fixed": "ja", "after": "", "done": "ja", "done_on": "2027-01-07"}
    point = {"id": "OP-1", "code": "OP-1", "what": "Wat", "why": "Waarom", "owner": "Huisarts", "due": "2027-02-01"}
    point |= {"stand": "Opgelost", "remark": "gedaan"}
    data = small(plan=[task], points=[point])
    data["units"][0]["lines"] = [line("BV-W-01", **given)]
    book = opened(render_progress("Voortgang Dorp", data, STAMP))
    expected = given | {"date": datetime(2027, 3, 1), "evidence_until": datetime(2028, 3, 1)}
    assert {key: column(book["Wijk Dorp"], key)[0] for key in given} == expected
    plan = book["Plan"]
    assert column(plan, "unit") == ["Praktijk"], "the name of its sheet"
    assert [column(plan, key)[0] for key in ("start", "end", "done", "done_on")] == [
        *(datetime(2027, 1, 4), datetime(2027, 1, 8)),
        *("ja", datetime(2027, 1, 7)),
    ]
    assert plan.cell(FIRST_ROW + 1, keys(plan)["done_on"]).number_format == "dd-mm-yyyy"
    assert [column(book["Open punten"], key)[0] for key in ("due", "stand", "remark")] == [datetime(2027, 2, 1), "Opgelost", "gedaan"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    point = {"id": "OP-1", "code": "OP-1", "what": text, "why": text, "owner": text, "due": None, "stand": "Open", "remark": text}
    filled = line("BV-W-01", what=text, missing=text, owner=text, evidence=text, note=text)
    data = small(units=[unit("dorp", text, filled)], points=[point], roles=[text], remark=text)
    content = render_progress(text, data, STAMP)
    book = opened(content)
    (name,) = marks(book)[1]
    for key in ("what", "missing", "owner", "evidence", "note"):
        cell = book[name].cell(FIRST_ROW + 1, keys(book[name])[key])
        # The library reads what Excel escapes as it stands; Excel shows it as it was.
        assert (cell.value, cell.data_type) in {(text, "s"), ("_x005F_x0041_", "s")}
        assert cell.number_format == "@", "it stays text after somebody has edited it"
    parts = parts_of(content)
    assert not any("<hyperlink" in part for part in parts.values())
    with_formulas = {part for part, xml in parts.items() if "<f>" in xml}
    assert with_formulas == {"xl/worksheets/sheet2.xml"}


def test_what_does_not_fit_in_a_cell_or_a_row_is_cut_visibly() -> None:
    data = small(units=[unit("dorp", "Wijk Dorp", line("BV-W-01", missing="woord " * 8000))])
    page = opened(render_progress("Voortgang Dorp", data, STAMP))["Wijk Dorp"]
    assert column(page, "missing")[0].endswith("…")
    assert page.row_dimensions[FIRST_ROW + 1].height == 408


# -- counting ----------------------------------------------------------------------------------------------------------


def filled_in(empty: Data) -> Data:
    """Every stand, unequally, and all of one phase of a unit not applicable."""
    data = copy.deepcopy(empty)
    stands = [Stand.ARRANGED, Stand.BUSY, Stand.ARRANGED, Stand.NOT_APPLICABLE, Stand.NOT_BEGUN, Stand.NOT_SEEN, Stand.ARRANGED]
    for number, part in enumerate(data["units"]):
        for at, each in enumerate(part["lines"]):
            nothing = number == 1 and each["phase"] == "Nulmeting"
            each["stand"] = Stand.NOT_APPLICABLE.value if nothing else stands[(at + number) % len(stands)].value
    for task in data["plan"][::3]:
        task["done"] = "ja"
    for point, stand in zip(data["points"], ("Open", "Mee bezig", "Opgelost", "Opgelost"), strict=False):
        point["stand"] = stand
    return data


def counted(data: Data) -> tuple[list[list[int]], list[list[int]]]:
    """What the summary has to say per unit: by stand, and per phase the arranged ones of those that apply."""
    stands, phases = [], []
    for part in data["units"]:
        told = Counter(each["stand"] for each in part["lines"])
        applies = len(part["lines"]) - told["Niet van toepassing"]
        order = ("Mee bezig", "Nog niet gestart", "Nog niet bekeken", "Niet van toepassing")
        stands.append([told["Geregeld"], applies, *(told[stand] for stand in order)])
        pairs = []
        for phase in ("Voorbereiding", "Nulmeting", "Invoering", "Borging"):
            here = [each["stand"] for each in part["lines"] if each["phase"] == phase and each["stand"] != "Niet van toepassing"]
            pairs += [here.count("Geregeld"), len(here)]
        phases.append(pairs)
    return ([*stands, [sum(row) for row in zip(*stands, strict=True)]], [*phases, [sum(row) for row in zip(*phases, strict=True)]])


def summary(book: Any) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
    """The three tables of the summary as numbers."""
    page = book["Samenvatting"]
    tables: list[list[list[int]]] = []
    for row in page.iter_rows(min_row=3, values_only=True):
        if isinstance(row[1], str):
            tables.append([])
        elif row[0]:
            tables[-1].append([int(value) for value in row[1:] if value is not None])
    by_stand, by_phase, rest = tables
    return by_stand, by_phase, rest


def test_the_summary_counts_what_is_filled_in(empty: Data) -> None:
    data = filled_in(empty)
    by_stand, by_phase, rest = summary(opened(render_progress("Voortgang", data, STAMP), values=True))
    assert (by_stand, by_phase) == counted(data)
    assert rest == [[len(data["plan"][::3]), len(data["plan"])], [2, len(data["points"]), 1]]
    for arranged, applies, busy, not_begun, not_seen, _ in by_stand:
        assert arranged + busy + not_begun + not_seen == applies


def test_the_formulas_are_those_that_mean_the_same_in_every_language(empty: Data) -> None:
    parts = parts_of(render_progress("Voortgang", filled_in(empty), STAMP))
    formulas = re.findall(r"<f>(.*?)</f>", "".join(parts.values()))
    assert len(formulas) > 100
    assert {name for formula in formulas for name in re.findall(r"([A-Z][A-Z.]*)\(", formula)} == {"COUNTIF", "COUNTIFS", "SUM"}
    assert not [formula for formula in formulas if "%" in formula or "&amp;" in formula]


def test_nothing_that_applies_is_no_score() -> None:
    nothing = [unit("dorp", "Wijk Dorp"), unit("p", "Praktijk", line("BV-P-01", stand="Niet van toepassing"))]
    content = render_progress("Voortgang", small(units=nothing), STAMP)
    page = opened(content, values=True)["Samenvatting"]
    assert [[page.cell(row, at).value for at in range(1, 8)] for row in (4, 5, 6)] == [
        ["Wijk Dorp", 0, 0, 0, 0, 0, 0],
        ["Praktijk", 0, 0, 0, 0, 0, 1],
        ["Samen", 0, 0, 0, 0, 0, 1],
    ]
    assert page["C5"].number_format == '"van "0;;"geen eisen"'
    assert opened(content)["Wijk Dorp"]["B4"].value == "Hier geldt nu geen enkele voorwaarde."
    assert "0%" not in {cell.number_format for row in page.iter_rows() for cell in row}


# -- the guide, paper, bytes -------------------------------------------------------------------------------------------


def guide(book: Any) -> str:
    return "\n".join(" | ".join(str(value or "") for value in row) for row in book["Uitleg"].iter_rows(max_col=2, values_only=True))


def test_the_guide_says_what_the_words_mean_and_what_never_stands_here(book: Any, empty: Data) -> None:
    text = guide(book)
    for stand in Stand:
        assert f"{stand} | " in text
    for said in ("Gegevens van patiënten", "geen BSN", "versie 2.2", "22 november 2026", "AB12-34CD", "Wijk | Overvecht", "Plan: wie doet"):
        assert said in text
    assert ("CONCEPT | " in text) == empty["concept"]
    assert str(empty["remark"]) in text


@pytest.mark.parametrize("yes", [True, False])
def test_concept_and_made_up_are_told_in_the_guide_and_on_every_page(yes: bool) -> None:
    book = made(concept=yes, site={"id": "dorp", "name": "Dorp", "example": yes})
    text = guide(book)
    assert ("CONCEPT | De wijk heeft deze afspraken nog niet vastgesteld." in text) == yes
    assert ("Voorbeeld | Praktijken, functies en besluiten zijn verzonnen. Wat over de stad gaat, is echt." in text) == yes
    for page in book.worksheets[:-2]:
        assert ("CONCEPT" in str(page.oddFooter.left.text)) == yes
        assert ("VERZONNEN VOORBEELD" in str(page.oddFooter.left.text)) == yes


def test_without_a_plan_there_is_no_sheet_for_it() -> None:
    book = made()
    assert "Plan" not in book.sheetnames
    assert "Plan:" not in guide(book)
    assert [row[0].value for row in book["Samenvatting"].iter_rows(min_row=10) if row[0].value] == [
        *("Praktijk", "Samen", "Verder", "Open punten"),
    ]
    assert book["Open punten"]["B4"].value == "Er zijn geen open punten."


def test_what_the_tracker_hands_out_says_so_and_may_leave_out_open_points() -> None:
    reviewed = line("BV-P-01", stand="Geregeld", review="akkoord")
    data = small(units=[unit("praktijk", "Praktijk", reviewed)], points=None)
    book = opened(render_progress("Voortgang Dorp", data, STAMP | {"export": "0b1d"}))
    assert marks(book)[0]["uitgifte"] == "0b1d"
    assert "Open punten" not in book.sheetnames
    text = guide(book)
    assert "Lever het bestand in op de website" in text
    assert "Open punten:" not in text
    page = book["Praktijk"]
    assert column(page, "review") == ["akkoord"]
    assert page.cell(FIRST_ROW + 1, keys(page)["review"]).protection.locked
    assert page.print_area == f"'Praktijk'!$B$2:$M${FIRST_ROW + 1}"
    assert "Lever het bestand in" not in guide(made())


def test_without_roles_an_owner_is_typed() -> None:
    assert set(rules(made(roles=[])["Wijk Dorp"])) == {"stand", "date", "evidence_until"}


def test_pages_are_a4_across_with_headings_and_letters_that_can_be_read(book: Any) -> None:
    for page in book.worksheets[:-2]:
        setup = page.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (9, "landscape", 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddHeader.left.text == "Voortgang Overvecht – &A"
        assert page.oddFooter.right.text == "Bladzijde &P van &N"
        assert "code AB12-34CD · 22 november 2026" in page.oddFooter.left.text
        first, last = (column_index_from_string(part) for part in re.findall(r"\$([A-Z]+)\$", page.print_area))
        widths = [page.column_dimensions[get_column_letter(at)].width for at in range(first, last + 1)]
        # The width of an A4 within its margins is 1074 pixels; some programs make columns 6 per cent wider than Excel.
        assert sum(7 * width for width in widths) * 1.06 * 8 / 10 <= 1074, f"{page.title} would be printed smaller than 8 points"
    page = book["Wijk Overvecht"]
    assert page.print_title_rows == f"$2:${HEAD_ROW + 1}"
    unprinted = set(keys(page)) - {key for key, at in keys(page).items() if at <= 13}
    assert unprinted == {"evidence_until", "note"}


def test_the_same_data_gives_the_same_bytes(empty: Data, content: bytes) -> None:
    assert render_progress("Voortgang Overvecht", copy.deepcopy(empty), STAMP) == content


# -- with LibreOffice --------------------------------------------------------------------------------------------------


def converted(content: bytes, kind: str, folder: Path) -> Path:
    """The workbook as LibreOffice writes it."""
    folder.mkdir(exist_ok=True)
    path = folder / "voortgang.xlsx"
    path.write_bytes(content)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", folder / "uit", path], check=True, capture_output=True, timeout=180)
    return folder / "uit" / f"voortgang.{kind}"


@pytest.mark.slow
@LIBREOFFICE
def test_it_prints_with_all_columns_side_by_side(empty: Data, tmp_path: Path) -> None:
    pdf = converted(render_progress("Voortgang Overvecht", filled_in(empty), STAMP), "pdf", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    pages = text.split("\f")[:-1]
    heads = {
        "Plan": ("Code", "Wat", "Wie", "Waar", "Fase", "Tot en met", "Vast", "Wacht op", "Gedaan", "Klaar op"),
        "Open punten": ("Code", "Wat", "Waarom", "Eigenaar", "Vóór", "Stand", "Opmerking"),
    }
    of_a_unit = (
        "Code",
        "Wat geregeld",
        "Goed genoeg als",
        "Te zien aan",
        "Wie",
        "Fase",
        "Gepland",
        "Stand",
        "Eigenaar",
        "Datum",
        "Bewijs of",
    )
    seen: Counter[str] = Counter()
    for page in pages[2:]:
        (name,) = re.findall(r"Voortgang Overvecht – (.+?)  ", page)
        seen[name] += 1
        for head in heads.get(name, of_a_unit):
            assert head in page, f"{name}: {head}"
    assert len(seen) == len(empty["units"]) + 2
    assert "Samenvatting" in pages[1]
    assert "###" not in text
    assert "Toelichting" not in "".join(pages[2:])


@pytest.mark.slow
@LIBREOFFICE
def test_everything_survives_a_save_by_libreoffice(content: bytes, book: Any, tmp_path: Path) -> None:
    again = opened(converted(content, "xlsx", tmp_path).read_bytes())
    assert again.sheetnames == book.sheetnames
    assert marks(again) == marks(book)
    assert again["_kb"].sheet_state != "visible"
    assert {each.name: each.value for each in again.custom_doc_props.props} == {
        each.name: each.value for each in book.custom_doc_props.props
    }
    for name in ("Wijk Overvecht", "Plan", "Open punten"):
        before, after = book[name], again[name]
        assert [[cell.value for cell in row] for row in after.iter_rows(max_row=before.max_row)] == [
            [cell.value for cell in row] for row in before.iter_rows()
        ]
        assert after.column_dimensions["A"].hidden
        assert after.row_dimensions[KEY_ROW + 1].hidden
        assert {key: rule.formula1 for key, rule in rules(after).items()} == {key: rule.formula1 for key, rule in rules(before).items()}
        assert after.protection.sheet
        assert after.auto_filter.ref == before.auto_filter.ref
        entry = keys(after)["done" if name == "Plan" else "stand"]
        assert not after.cell(FIRST_ROW + 1, entry).protection.locked
        assert after.cell(FIRST_ROW + 1, 2).protection.locked


@pytest.mark.slow
@LIBREOFFICE
def test_the_summary_goes_on_counting(content: bytes, empty: Data, tmp_path: Path) -> None:
    """Filled in by hand, stands cleared and mistyped too, then counted by LibreOffice."""
    data = filled_in(empty)
    book = opened(content)
    for name, part in zip(marks(book)[1], data["units"], strict=True):
        at = keys(book[name])["stand"]
        for row, each in enumerate(part["lines"], FIRST_ROW + 1):
            # What is no known word counts as not looked at.
            typed = {Stand.NOT_SEEN.value: (None, "weet niet", Stand.NOT_SEEN.value)[row % 3]}
            book[name].cell(row, at).value = typed.get(each["stand"], each["stand"])
    for name, key, rows in (("Plan", "done", data["plan"]), ("Open punten", "stand", data["points"])):
        for row, each in enumerate(rows, FIRST_ROW + 1):
            book[name].cell(row, keys(book[name])[key]).value = each[key]
    out = io.BytesIO()
    book.save(out)
    by_stand, by_phase, rest = summary(opened(converted(out.getvalue(), "xlsx", tmp_path).read_bytes(), values=True))
    assert (by_stand, by_phase) == counted(data)
    assert rest == [[len(data["plan"][::3]), len(data["plan"])], [2, len(data["points"]), 1]]
