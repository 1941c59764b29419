"""Handouts and trainings: they fit their paper with any name, say what is local, leave blanks, and print in the right number."""

import math
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from kbrollout import fonts
from kbrollout.check import check_site
from kbrollout.copies import TRAINERS, copies_of, sheets_of
from kbrollout.documents import handout, training
from kbrollout.documents.handoutlocal import CALENDAR_ROWS, LEAST_EMPTY, MOST_MEETINGS
from kbrollout.documents.plan import PlannedDocument, plan_documents
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.handouts import Handout, Paper, PerWhom, Print
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.packing import Job, run_job
from kbrollout.printing import PrintRun, print_run_of
from kbrollout.render.imposition import A5, MM, booklet_order
from kbrollout.templating import style
from scripts.reading_level import blocks_of, reading_ease, syllables_of
from tests.conftest import OVERVECHT, ROOT, SCHAPENWEIDE, TODAY, text_of
from tests.pdfua import faults
from tests.test_browser import CHROMIUM, FLAGS
from tests.test_cli import run
from tests.test_sheets import LONG, renamed

EXAMPLES = sorted(each for each in (ROOT / "examples").iterdir() if each.is_dir())
BLOEMHOF = ROOT / "examples" / "rotterdam-bloemhof"
STAMP = {"code": "AAAA-BBBB", "date": "22 november 2026", "date_iso": "2026-11-22", "dates": None}
HANDFUL = ("HO-03", "HO-09", "HO-21", "HO-25", "HO-28", "HO-30")
"""One of each kind: a card, a list of contacts, a flow chart, the specialists, the booklet and the offers."""
PAGES = {Paper.A4: 2, Paper.A5: 1, Paper.BOOKLET: 4}
LARGE_PAGES = 4
EASY = 90.0
"""What Douma's measure calls very easy."""


@pytest.fixture(scope="module")
def assets() -> dict[str, bytes]:
    return {"assets/style.css": style()} | {f"assets/{face}.woff2": fonts.woff2(face) for face in fonts.FACES}


@pytest.fixture(scope="module")
def named(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Neighbourhood]:
    """Overvecht as it is, with names of one letter or of 120 characters, or without any local offers."""

    def make(case: str) -> Neighbourhood:
        folder = tmp_path_factory.mktemp("wijk") / case
        shutil.copytree(OVERVECHT, folder)
        if case == "no-offers":
            (folder / "aanbod.yaml").unlink()
        for path in (folder / "profiel.yaml", *folder.glob("aanbod.yaml")):
            text = path.read_text(encoding="utf-8")
            if case == "short":
                text = renamed(text, lambda n: chr(65 + n % 26))
            elif case == "long":
                text = renamed(text, lambda n: f"{LONG[:116]} {n:03}")
            path.write_text(text, encoding="utf-8")
        return check_site(folder, catalogue, TODAY).neighbourhood

    return make


def documents(neighbourhood: Neighbourhood) -> dict[str, PlannedDocument]:
    return {each.id: each for each in plan_documents(neighbourhood)}


def made(document: PlannedDocument, form: str, assets: dict[str, bytes]) -> bytes:
    stamp = {**STAMP, "root": document.root, "format": form}
    return run_job(Job(document.path(form), form, document.title, document.template, document.data, stamp, assets))


def printed(here: Neighbourhood, of: Handout, form: str, assets: dict[str, bytes]) -> bytes:
    """One handout, without making the plan of the whole pack."""
    title, data = handout.view(here, of)
    return run_job(Job(f"handouts/{of.id}", form, title, "handout.html", data, {**STAMP, "root": "../", "format": form}, assets))


def page_of(here: Neighbourhood, identifier: str) -> str:
    return printed(here, here.catalogue.handouts[identifier], "html", {}).decode()


def text_in(pdf: bytes, *options: str) -> list[str]:
    """The text of each page."""
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode().split("\f")[:-1]


def outside(pdf: bytes, foot: float) -> list[str]:
    """The words that stand too near to an edge of the page: 10 mm at the sides, `foot` mm under the stamp, which may be long."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    wrong = []
    for size, words in re.findall(r'<page (width="[\d.]+" height="[\d.]+")>(.*?)</page>', told, re.DOTALL):
        width, height = (float(each) for each in re.findall(r"[\d.]+", size))
        for left, top, right, bottom, word in re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>', words):
            if float(left) < 9.9 * MM or float(right) > width - 9.9 * MM or float(top) < 9 * MM or float(bottom) > height - foot * MM:
                wrong.append(word)
    return wrong


def small(pdf: bytes, least: float) -> set[str]:
    """The texts that are smaller than `least` points, in drawings too; without the stamp and the number of the page."""
    found: set[str] = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        foot = 17 * MM if page.mediabox.width > A5[0] + 1 else 14 * MM

        def see(text: str, cm: list[float], tm: list[float], _: object, size: float, foot: float = foot) -> None:
            across, up = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
            height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            if text.strip() and height > foot and size * math.hypot(across, up) < least - 0.05:
                found.add(text.strip())

        page.extract_text(visitor_text=see)
    return found


def misfits(neighbourhood: Neighbourhood, of: Handout, assets: dict[str, bytes], more: int) -> list[str]:
    """What is wrong with one handout on paper. `more` is how many pages it may have on top of what it should."""
    wrong = []
    for form in ("pdf", "groot") if of.for_residents else ("pdf",):
        pdf = printed(neighbourhood, of, form, assets)
        pages = len(PdfReader(BytesIO(pdf)).pages)
        if pages > (LARGE_PAGES if form == "groot" else PAGES[of.paper]) + more:
            wrong.append(f"{of.id} {form}: {pages} pages")
        if words := outside(pdf, 3.5 if more else 6):
            wrong.append(f"{of.id} {form}: outside the margins {words[:5]}")
        least = 14 if form == "groot" else 10 if of.paper is Paper.A4 else 8.9
        # A drawing has its own letters; they have at least 10 points in large print too.
        if texts := small(pdf, least if form == "pdf" else 9.9):
            wrong.append(f"{of.id} {form}: small {sorted(texts)[:5]}")
    return wrong


# -- the paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["long", "no-offers"])
def test_a_handful_fits_its_paper_with_any_name(case: str, named: Callable[[str], Neighbourhood], assets: dict[str, bytes]) -> None:
    """Names of 120 characters may take one page more."""
    here = named(case)
    wrong = [fault for each in here.handouts if each.id in HANDFUL for fault in misfits(here, each, assets, case == "long")]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("case", ["as-is", "short", "long", "no-offers"])
def test_every_handout_fits_its_paper_with_any_name(case: str, named: Callable[[str], Neighbourhood], assets: dict[str, bytes]) -> None:
    """Names of 120 characters may take one page more."""
    here = named(case)
    assert [fault for each in here.handouts for fault in misfits(here, each, assets, case == "long")] == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", [SCHAPENWEIDE, *EXAMPLES], ids=lambda each: each.name)
def test_every_handout_of_every_site_fits_its_paper_and_is_accessible(
    folder: Path, catalogue: Catalogue, assets: dict[str, bytes], tmp_path: Path
) -> None:
    here = check_site(folder, catalogue, TODAY).neighbourhood
    assert [fault for each in here.handouts for fault in misfits(here, each, assets, 0)] == []
    assert inaccessible(here, [each.id for each in here.handouts], assets, tmp_path) == {}


def inaccessible(here: Neighbourhood, identifiers: list[str], assets: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Per file that is not for the printer what is wrong with its structure."""
    wrong, planned = {}, documents(here)
    for identifier in identifiers:
        document = planned[identifier]
        for form in set(document.formats) & {"pdf", "groot"}:
            path = folder / f"{identifier.replace('/', '-')}.{form}.pdf"
            path.write_bytes(made(document, form, assets))
            if found := faults(path):
                wrong[path.name] = found
    return wrong


def test_a_handful_and_the_papers_for_trainers_are_accessible(
    schapenweide: Neighbourhood, assets: dict[str, bytes], tmp_path: Path
) -> None:
    chosen = [each.id for each in schapenweide.handouts if each.id in (*HANDFUL, "HO-13")]
    trainings = [f"training-{each.id}" for each in training.trainings(schapenweide)]
    assert len(chosen) >= 5
    assert inaccessible(schapenweide, [*chosen, trainings[0], "drukwerk"], assets, tmp_path) == {}


def test_a_booklet_has_its_pages_in_the_order_of_folding(schapenweide: Neighbourhood, assets: dict[str, bytes]) -> None:
    headings = dict(enumerate(["gaat deze folder over", "Waar praten wij", "kunt u verwachten", "kunt u zelf doen"], 1))
    leaflet = schapenweide.catalogue.handouts["HO-28"]
    pages = text_in(printed(schapenweide, leaflet, "pdf", assets))
    assert [[number for number, words in headings.items() if words in page] for page in pages] == [[1], [2], [3], [4]]
    sides = text_in(printed(schapenweide, leaflet, "druk", assets), "-layout")
    assert len(sides) == 2
    for side, (left, right) in zip(sides, booklet_order(4), strict=True):
        places = {number: side_position(side, words) for number, words in headings.items() if words in side}
        assert sorted(places, key=places.__getitem__) == [left, right]


def side_position(side: str, words: str) -> int:
    """How far from the left a heading stands."""
    return next(line for line in side.splitlines() if words in line).index(words)


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_scrolls_sideways_on_a_screen(
    width: int, named: Callable[[str], Neighbourhood], assets: dict[str, bytes], tmp_path: Path
) -> None:
    here = named("long")
    for path, content in assets.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    chosen = [each for each in plan_documents(here) if each.id in (*HANDFUL, "HO-13", "drukwerk", "training-4d-dagdeel")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 900})
        for document in chosen:
            shown = tmp_path / document.path("html")
            shown.parent.mkdir(exist_ok=True)
            shown.write_bytes(made(document, "html", {}))
            page.goto(shown.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, document.id
        browser.close()


# -- the content -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda each: each.name)
def test_every_example_has_at_least_sixteen_handouts_and_all_three_trainings(folder: Path, catalogue: Catalogue) -> None:
    here = check_site(folder, catalogue, TODAY).neighbourhood
    assert len(here.handouts) >= 16
    assert [each.id for each in training.trainings(here)] == ["4d-dagdeel", "kennismaking", "casuistiek"]


def test_every_handout_says_what_it_is_for_and_where_it_comes_from(catalogue: Catalogue) -> None:
    assert len(catalogue.handouts) >= 16
    for each in catalogue.handouts.values():
        assert all((each.purpose, each.audience, each.sources, each.provenance, each.agreements)), each.id
        assert set(each.agreements) <= set(catalogue.agreements), each.id


@pytest.mark.parametrize("folder", [SCHAPENWEIDE, *EXAMPLES], ids=lambda each: each.name)
def test_no_slot_stays_open_and_every_handout_has_its_stamp(folder: Path, catalogue: Catalogue) -> None:
    here = check_site(folder, catalogue, TODAY).neighbourhood
    for each in here.handouts:
        html = page_of(here, each.id)
        text = text_of(html)
        assert not re.search(r"\{[a-z-]+\}|\[\[|None|undefined", text), each.id
        assert f"{here.site.profile.place.name} · referentie {catalogue.index.version} · code AAAA-BBBB" in text, each.id


def test_local_names_and_offers_stand_in_the_handouts(overvecht: Neighbourhood) -> None:
    for identifier in ("HO-06", "HO-08", "HO-11", "HO-28"):
        assert "buurtteam sociaal" in text_of(page_of(overvecht, identifier)).lower(), identifier
    for identifier in ("HO-21", "HO-30"):
        assert "InBeweging" in page_of(overvecht, identifier), identifier
    assert "Kindergeneeskunde" in page_of(overvecht, "HO-25")


def test_what_nobody_knows_is_left_blank(named: Callable[[str], Neighbourhood]) -> None:
    here = named("no-offers")
    offers = page_of(here, "HO-30")
    assert offers.count("De wijk heeft hier nog geen aanbod opgegeven.") == 5
    assert offers.count('class="schrijfregel"') == 5
    assert "InBeweging" not in page_of(here, "HO-21")
    assert "De letterlijke vraag kiest de wijk nog." in page_of(here, "HO-03")
    assert "Nog niet bekend:" in page_of(here, "HO-10")


def test_the_question_of_the_neighbourhood_takes_the_place_of_the_blank(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site()
    profile = folder / "profiel.yaml"
    question = "indicatoren:\n  - id: IND-01\n    vraag: Welk cijfer geeft u uw gezondheid?\n    bron: Verzonnen\n"
    profile.write_text(profile.read_text(encoding="utf-8") + question, encoding="utf-8")
    html = page_of(check_site(folder, catalogue, TODAY).neighbourhood, "HO-03")
    assert "“Welk cijfer geeft u uw gezondheid?”" in html
    assert "kiest de wijk nog" not in html


def test_the_learning_calendar_has_only_meetings_to_learn(overvecht: Neighbourhood, catalogue: Catalogue) -> None:
    """Overvecht marked none of its meetings; Laak marked one series."""
    assert overvecht.plan
    assert overvecht.plan.meetings
    none = page_of(overvecht, "HO-29")
    assert "nog geen overleg om samen te leren" in none
    assert none.count('<tr class="leeg">') == CALENDAR_ROWS
    some = page_of(check_site(ROOT / "examples" / "den-haag-laak", catalogue, TODAY).neighbourhood, "HO-29")
    named = re.findall(r'<tr><th scope="row">[^<]*:[^<]*</th><td>(.*?)</td>', some)
    assert named == ["Netwerkoverleg Krachtige basiszorg"] * MOST_MEETINGS
    assert some.count('<tr class="leeg">') == LEAST_EMPTY


def test_a_ladder_that_is_filled_in_does_not_ask_for_steps(overvecht: Neighbourhood, catalogue: Catalogue) -> None:
    empty, filled = (page_of(here, "HO-24") for here in (overvecht, check_site(BLOEMHOF, catalogue, TODAY).neighbourhood))
    asks, chose = "De wijk heeft de stappen nog niet ingevuld", "Deze stappen koos de wijk zelf"
    assert (asks in empty, chose in empty) == (True, False)
    assert (asks in filled, chose in filled) == (False, True)
    assert "vult de wijk in" not in filled


def test_another_name_makes_the_paper_outdated_where_it_stands(site: Callable[..., Path], catalogue: Catalogue) -> None:
    before, after = (
        documents(check_site(site(edits=edits, name=name), catalogue, TODAY).neighbourhood)
        for name, edits in (("oud", {}), ("nieuw", {"naam: wijkteam\n": "naam: buurtteam\n"}))
    )
    changed = {key for key in before if key.startswith("HO-") and before[key].code != after[key].code}
    assert {"HO-06", "HO-11", "HO-28"} <= changed


def test_a_page_leads_to_its_forms_on_paper(schapenweide: Neighbourhood, assets: dict[str, bytes]) -> None:
    html = page_of(schapenweide, "HO-28")
    assert {f'href="HO-28.{end}"' for end in ("pdf", "druk.pdf", "groot.pdf")} <= set(re.findall(r'href="HO[^"]*"', html))
    assert "druk.pdf" not in page_of(schapenweide, "HO-01")
    assert "Op papier" not in "".join(
        page.extract_text() for page in PdfReader(BytesIO(made(documents(schapenweide)["HO-28"], "pdf", assets))).pages
    )


# -- reading level ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [SCHAPENWEIDE, *EXAMPLES], ids=lambda each: each.name)
def test_the_leaflet_for_residents_is_very_easy_to_read(folder: Path, catalogue: Catalogue) -> None:
    here = check_site(folder, catalogue, TODAY).neighbourhood
    assert reading_ease(blocks_of(page_of(here, "HO-28"))) >= EASY


def test_the_measure_of_reading_ease() -> None:
    assert reading_ease(["De kat zit op de mat."]) == pytest.approx(206.84 - 77 - 0.93 * 6)
    assert syllables_of("begrijpt") == 2
    hard = "Interdisciplinaire samenwerkingsverbanden faciliteren multidisciplinaire casuïstiekbesprekingen."
    assert reading_ease([hard]) < 0
    page = "<header><p>kop</p></header><main><h1>Een</h1><p>Twee <b>drie</b>.</p><figure><p>beeld</p></figure><footer>x</footer></main>"
    assert blocks_of(page) == ["Een", "Twee drie."]


# -- copies ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "count", "spare", "expected"),
    [
        (PerWhom.PARTICIPANT, 2, 8, 36),
        (PerWhom.PAIR, 1, 2, 9),
        (PerWhom.GROUP, 1, 2, 7),
        (PerWhom.GROUP, 2, 0, 10),
        (PerWhom.TRAINER, 1, 0, TRAINERS),
        (PerWhom.ONCE, 1, 0, 1),
    ],
)
def test_copies_for_fourteen_in_groups_of_three(per: PerWhom, count: int, spare: int, expected: int) -> None:
    line = Print.model_construct(handout="HO-01", per=per, count=count, spare=spare)
    assert copies_of(line, 14, 3) == expected


def test_a_group_that_is_not_full_counts_too() -> None:
    line = Print.model_construct(handout="HO-01", per=PerWhom.PAIR, count=1, spare=0)
    assert [copies_of(line, people, 3) for people in (1, 2, 3)] == [1, 1, 2]


def test_cards_lie_two_on_a_sheet(catalogue: Catalogue) -> None:
    card, sheet, booklet = (catalogue.handouts[key] for key in ("HO-03", "HO-01", "HO-28"))
    assert [sheets_of(card, copies) for copies in (0, 1, 16, 17)] == [0, 1, 8, 9]
    assert sheets_of(sheet, 17) == sheets_of(booklet, 17) == 17


def test_the_clock_counts_hours_and_minutes() -> None:
    assert [training.clock(minutes) for minutes in (0, 5, 59, 60, 95, 200)] == ["0:00", "0:05", "0:59", "1:00", "1:35", "3:20"]


# -- the print run ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fourteen(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The print run of the half-day training for 14 people at Bloemhof: what was said, and the text of each page."""
    path = tmp_path_factory.mktemp("druk") / "run.pdf"
    here = check_site(BLOEMHOF, catalogue, TODAY).neighbourhood
    made: PrintRun = print_run_of(here, "4d-dagdeel", 14, TODAY, path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout.decode()
    return SimpleNamespace(here=here, run=made, pages=text.split("\f")[:-1])


def test_a_print_run_has_what_the_programme_asks_for(fourteen: SimpleNamespace, catalogue: Catalogue) -> None:
    asked = catalogue.trainings["4d-dagdeel"]
    expected = {each.handout: copies_of(each, 14, asked.group_size) for each in asked.prints}
    assert {line.id: line.copies for line in fourteen.run.lines} == {"4d-dagdeel": TRAINERS, **expected}
    assert (expected["HO-01"], expected["HO-03"], expected["HO-10"], expected["HO-12"]) == (36, 16, 7, 1)
    assert fourteen.run.pages == len(fourteen.pages)
    for identifier, copies in expected.items():
        each = catalogue.handouts[identifier]
        heads = [page for page in fourteen.pages if re.search(rf"Krachtige basiszorg Bloemhof.*\b{identifier}\b", page)]
        assert len(heads) == sheets_of(each, copies), identifier


def test_every_copy_begins_on_the_front_of_a_sheet(fourteen: SimpleNamespace) -> None:
    starts = [number for number, page in enumerate(fourteen.pages) if re.search(r"\b1 van \d\b|\b1/\d\b", page)]
    cover, handouts = 1, fourteen.here.catalogue.handouts
    assert len(starts) == cover + TRAINERS + sum(sheets_of(handouts[line.id], line.copies) for line in fourteen.run.lines[1:])
    assert all(number % 2 == 0 for number in starts)


def test_the_first_sheet_says_how_many_of_what_on_which_paper(fourteen: SimpleNamespace) -> None:
    cover, *rest = fourteen.pages
    assert not rest[0].strip(), "the cover has an empty back"
    rows = [re.sub(r"\s+", " ", line) for line in cover.splitlines()]
    for asked in (
        "Gespreksblad 4D HO-01 36 A4 aan beide kanten 36",
        "Cijfer voor gezondheid HO-03 16 A5, twee op een vel; aan één kant 8",
        "Mag ik dit delen? HO-11 16 boekje; vouwen aan beide kanten 16",
        "Wat vond u van de training? HO-13 16 A4 aan één kant 16",
        "Wie is wie HO-10 7 A4 aan beide kanten 7",
        "Aanbod in de buurt HO-30 7 A4 aan één kant 7",
    ):
        assert any(asked in row for row in rows), asked
    assert f"Samen, met dit voorblad {fourteen.run.pages // 2}" in " ".join(rows)
    assert "veertien deelnemers, in vijf groepjes" in cover
    assert "Wat er niet in zit" not in cover


def test_the_first_sheet_says_what_the_neighbourhood_does_not_have(schapenweide: Neighbourhood) -> None:
    asked = schapenweide.catalogue.trainings["4d-dagdeel"]
    _, whole = training.cover_view(schapenweide, asked, 14, [])
    _, less = training.cover_view(replace(schapenweide, handouts=schapenweide.handouts[1:]), asked, 14, [])
    assert (whole["missing"], less["missing"]) == ([], [{"id": "HO-01", "title": "Gespreksblad 4D"}])


def test_an_unknown_training_says_which_there_are(tmp_path: Path) -> None:
    target = tmp_path / "run.pdf"
    told = run("print", SCHAPENWEIDE, "--training", "4d-dagdel", "--participants", "14", "--out", target)
    assert told.exit_code == 1
    assert all(each in told.output for each in ("4d-dagdeel", "kennismaking", "casuistiek"))
    assert not target.exists()
