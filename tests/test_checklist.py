"""Checklists: what is asked of a unit, once, in short sittings, and fit for paper and pen."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from playwright.sync_api import sync_playwright

from kbrollout import fonts
from kbrollout.check import check_site
from kbrollout.checklines import Unit, entry_conditions, lines
from kbrollout.documents import checklist, praktijk
from kbrollout.documents.parts import Data
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Phase
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.render.html import render_html
from kbrollout.render.pdf import render_pdf
from kbrollout.render.qr import QUIET_ZONE, qr_svg
from kbrollout.templating import style
from tests.conftest import OVERVECHT, ROOT, SCHAPENWEIDE, TODAY, text_of
from tests.pdfua import faults
from tests.test_browser import CHROMIUM, FLAGS
from tests.test_sheets import LONG, LONG_WORD, OUTSIDE, renamed

SITES = [SCHAPENWEIDE, *sorted(each for each in (ROOT / "examples").iterdir() if each.is_dir())]
MOST_PAGES = 8
TRACKER = "https://voortgang.voorbeeld.nl"
PLANNING = f"start: 2027-01-11\nvoortgang: {TRACKER}\n"
STANDS = ["Nog niet gestart", "Mee bezig", "Geregeld", "Niet van toepassing"]


@pytest.fixture(scope="module", params=SITES, ids=lambda each: each.name)
def anywhere(request: pytest.FixtureRequest, catalogue: Catalogue) -> Neighbourhood:
    return check_site(request.param, catalogue, TODAY).neighbourhood


def unit_of(neighbourhood: Neighbourhood, identifier: str) -> Unit:
    return next(each for each in checklist.units(neighbourhood) if each.id == identifier)


def data_of(neighbourhood: Neighbourhood, identifier: str) -> Data:
    return checklist.view(neighbourhood, unit_of(neighbourhood, identifier))[1]


def told(data: Data) -> Iterator[tuple[str, Data]]:
    """Every line with the name of the role whose it is, in the order of the page."""
    for role in data["roles"]:
        for sitting in role["sittings"]:
            yield from ((role["name"], line) for line in sitting)


def line_of(data: Data, identifier: str) -> Data:
    return next(line for _, line in told(data) if line["id"] == identifier)


def page(data: Data, template: str = "checklist.html", file_format: str = "html") -> str:
    stamp = {"code": "AAAA-BBBB", "date": "22 november 2026", "date_iso": "2026-11-22", "dates": None, "root": "../", "format": file_format}
    return render_html(template, data, stamp).decode()


def changed(site: Callable[..., Path], catalogue: Catalogue, profile: dict[str, str] | None = None, planning: str = "") -> Neighbourhood:
    """Schapenweide with edits in its profile, and a planning."""
    folder = site(SCHAPENWEIDE, profile)
    if planning:
        (folder / "planning.yaml").write_text(planning, encoding="utf-8")
    return check_site(folder, catalogue, TODAY).neighbourhood


def test_what_is_asked_of_a_unit_stands_there_once_and_nothing_else(anywhere: Neighbourhood) -> None:
    for unit in checklist.units(anywhere):
        asked = anywhere.requirements_of(unit.practice.id if unit.practice else None)
        data = data_of(anywhere, unit.id)
        assert Counter(line["id"] for _, line in told(data)) == Counter(list(asked))
        found = re.findall(r'<span id="id-(bv-[^"]+)">', page(data))
        assert sorted(each.upper() for each in found) == sorted(asked)


def test_a_sitting_is_short_and_follows_the_phases(anywhere: Neighbourhood) -> None:
    order = [phase.value for phase in Phase]
    for unit in checklist.units(anywhere):
        for role in data_of(anywhere, unit.id)["roles"]:
            sizes = [len(sitting) for sitting in role["sittings"]]
            assert max(sizes) <= 7
            assert len(sizes) == -(-role["lines"] // 7), "no more sittings than needed"
            phases = [order.index(line["phase"]) for sitting in role["sittings"] for line in sitting]
            assert phases == sorted(phases)


@pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (7, [7]), (8, [4, 4]), (14, [7, 7]), (15, [5, 5, 5]), (16, [5, 5, 6])])
def test_sittings_are_about_as_long(count: int, sizes: list[int], overvecht: Neighbourhood) -> None:
    some = lines(overvecht, unit_of(overvecht, "praktijk-1"))[:count]
    parts = checklist.sittings(some)
    assert [len(part) for part in parts] == sizes
    assert [line for part in parts for line in part] == list(some)


def test_each_line_stands_with_who_fills_it_in_and_can_be_ticked(overvecht: Neighbourhood) -> None:
    data = data_of(overvecht, "praktijk-1")
    html = page(data)
    for name, line in told(data):
        requirement = overvecht.catalogue.requirements[line["id"]]
        assert name.casefold() == overvecht.roles[requirement.who].name.casefold()
        row = html.split(f'<span id="{line["anchor"]}">')[1].split("</tr>")[0]
        assert row.count('<span class="kruis"></span>') == len(STANDS)
        assert re.findall(r'<span class="kruis"></span>([^<]+)<', row) == STANDS
        assert set(line["agreements"][0]) == {"id", "anchor"}
        assert all(f'href="../afsprakenstelsel.html#{each["anchor"]}"' in row for each in line["agreements"])
        assert f'href="../basisvoorwaarden.html#{line["anchor"]}"' in row
        assert ("voorstel</span>" in row) == line["proposal"]
        assert (f"Gepland: {line['due']}<" in row) == bool(line["due"])
    assert "Schrijf nooit gegevens van cliënten op" in text_of(html)
    assert html.count("Functie (geen naam)") == sum(len(role["sittings"]) for role in data["roles"])
    assert "die tijd is een aanname van ons" in text_of(html)


def test_the_norm_is_that_of_the_practices_system(schapenweide: Neighbourhood, catalogue: Catalogue) -> None:
    varying = [each for each in catalogue.requirements.values() if each.variants and each.id in schapenweide.requirements_of("molenpad")]
    assert varying
    known, unknown = data_of(schapenweide, "molenpad"), data_of(schapenweide, "kersenhof")
    for requirement in varying:
        (medicom,) = [each for each in requirement.variants if "medicom" in each.systems]
        assert line_of(known, requirement.id)["good_enough"] == medicom.good_enough
        assert line_of(known, requirement.id)["variants"] == []
        assert line_of(unknown, requirement.id)["good_enough"] == requirement.good_enough
        assert len(line_of(unknown, requirement.id)["variants"]) == len(requirement.variants)
    text = text_of(page(unknown))
    assert text.count("Het HIS van uw praktijk is niet bekend.") == len(varying)
    assert "Promedico-ASP" in text
    assert "niet bekend" not in text_of(page(known))
    assert "Promedico" not in text_of(page(known))


def test_a_function_that_a_practice_lacks_is_said_once_and_its_lines_stay(site: Callable[..., Path], catalogue: Catalogue) -> None:
    here = changed(site, catalogue, {"    his: Medicom\n": "    his: Medicom\n    zonder: [praktijkmanager]\n"})
    data, other = data_of(here, "molenpad"), data_of(here, "kersenhof")
    assert {line["id"] for _, line in told(data)} == {line["id"] for _, line in told(other)}
    assert "Praktijkmanager" not in [role["name"] for role in data["roles"]]
    moved = {line["id"] for name, line in told(other) if name == "Praktijkmanager"}
    assert moved
    assert moved < {line["id"] for name, line in told(data) if name == "Huisarts"}
    text = text_of(page(data))
    assert text.count("Uw praktijk heeft geen praktijkmanager; de huisarts neemt dit waar.") == 1
    assert "Geef de lijst dan aan de huisarts." in text
    assert "Geef de lijst dan aan de praktijkmanager." in text_of(page(other))
    assert "neemt dit waar" not in text_of(page(other))
    assert {entry["who"] for entry in data["scan"]} == {"Huisarts"}


def test_what_a_practice_leaves_out_is_not_asked_of_it(
    site: Callable[..., Path], catalogue: Catalogue, schapenweide: Neighbourhood
) -> None:
    asked = schapenweide.requirements_of("molenpad").values()
    single = next(each for each in asked if len(each.serves) == 1)
    several = next(each for each in asked if len(each.serves) > 1 and single.serves[0] not in each.serves)
    decision = "besluit: {op: 2026-10-01, door: stuurgroep, reden: Anders.}"
    choices = [f"      - {{id: {key}, keuze: weglaten, {decision}}}\n" for key in (single.serves[0], several.serves[0])]
    here = changed(site, catalogue, {"    his: Medicom\n": f"    his: Medicom\n    afspraken:\n{''.join(choices)}"})
    data, other = data_of(here, "molenpad"), data_of(here, "kersenhof")
    assert single.id not in [line["id"] for _, line in told(data)]
    assert single.id in [line["id"] for _, line in told(other)]
    assert [each["id"] for each in line_of(data, several.id)["agreements"]] == list(several.serves[1:])
    assert [each["id"] for each in line_of(other, several.id)["agreements"]] == list(several.serves)


def test_what_the_mtvp_plan_arranges_is_not_done_twice(site: Callable[..., Path], catalogue: Catalogue) -> None:
    part = next(part for seed in catalogue.tasks.values() if seed.requirement and seed.requirement.startswith("BV-P") for part in seed.mtvp)
    here = changed(site, catalogue, {"    his: Medicom\n": f"    his: Medicom\n    mtvp: [{part}]\n"})
    expected = {seed.requirement for seed in catalogue.tasks.values() if seed.requirement and part in seed.mtvp}
    data = data_of(here, "molenpad")
    covered = {line["id"] for _, line in told(data) if line["covered"]}
    assert covered
    assert covered == expected & {line["id"] for _, line in told(data)}
    question = f"Staat dit al in uw MTVP-plan ({catalogue.mtvp_parts[part].name})? Neem het over."
    assert text_of(page(data)).count(question) == len(covered)
    assert not any(line["covered"] for _, line in told(data_of(here, "kersenhof")))


def test_the_start_scan_asks_what_holds_here_or_says_to_find_out(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site(SCHAPENWEIDE)
    unit = unit_of(check_site(folder, catalogue, TODAY).neighbourhood, "molenpad")
    first, second, *_ = entry_conditions(check_site(folder, catalogue, TODAY).neighbourhood, unit)
    with (folder / "profiel.yaml").open("a", encoding="utf-8") as profile:
        profile.write("startvoorwaarden:\n")
        profile.write(f"  - {{id: {first.id}, regeling: Verzonnen fonds, drempel: minstens drie, bron: Verzonnen}}\n")
        profile.write(f"  - {{id: {second.id}, regeling: Verzonnen fonds, drempel: onbekend, bron: Verzonnen}}\n")
    here = check_site(folder, catalogue, TODAY).neighbourhood
    data = data_of(here, "molenpad")
    assert [entry["id"] for entry in data["scan"]] == [each.id for each in entry_conditions(here, unit)]
    scan = page(data).split('class="stapel startscan"')[1].split("</table>")[0]
    rows = scan.split("<tr>")[2:]
    assert "minstens drie" in rows[0]
    assert "Vraag na wat hier geldt" not in rows[0]
    assert all("Vraag na wat hier geldt" in row for row in rows[1:])
    assert all(re.findall(r'<span class="kruis"></span>([^<]+)<', row) == ["Ja", "Nee", "Weet ik niet"] for row in rows)
    wijk = {entry["id"] for entry in data_of(here, "schapenweide")["scan"]}
    assert wijk
    assert not wijk & {entry["id"] for entry in data["scan"]}


def modules(svg: str) -> list[list[int]]:
    """The dark modules of a QR code as it is drawn, without its quiet zone; nothing may stand in that."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])  # type: ignore[index]
    drawn = [[0] * size for _ in range(size)]
    path = re.search(r'<path[^>]* d="([^"]+)"[^>]*stroke="#000"|stroke="#000"[^>]* d="([^"]+)"', svg)
    assert path
    x, y = 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path[1] or path[2]):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            for step in range(int(first)):
                drawn[int(y)][int(x) + step] = 1
            x += float(first)
    inner = slice(QUIET_ZONE, size - QUIET_ZONE)
    assert sum(map(sum, drawn)) == sum(sum(row[inner]) for row in drawn[inner]), "the quiet zone is white"
    return [row[inner] for row in drawn[inner]]


def test_lines_lead_to_the_tracker_when_it_has_an_address(site: Callable[..., Path], catalogue: Catalogue) -> None:
    here = changed(site, catalogue, planning=PLANNING)
    data = data_of(here, "molenpad")
    html = page(data)
    for _, line in told(data):
        address = f"{TRACKER}/schapenweide/molenpad/{line['id']}"
        assert line["address"] == address
        svg = re.search(rf'<a href="{re.escape(address)}">(<svg.*?</svg>)</a>', html, re.S)
        assert svg
        assert f'aria-label="QR-code naar {line["id"]} in de voortgang"' in svg[1]
        assert f"<title>QR-code naar {line['id']} in de voortgang</title>" in svg[1]
        assert modules(svg[1]) == [list(row) for row in segno.make_qr(address, error="l").matrix]
    assert html.count("<svg") == len(list(told(data)))
    assert "<a href" not in page(data, file_format="pdf").split("<svg", 1)[1].split("</svg>")[0]


def test_without_an_address_there_is_no_code(schapenweide: Neighbourhood) -> None:
    html = page(data_of(schapenweide, "molenpad"))
    assert "<svg" not in html
    assert "QR" not in html
    assert "Voortgang Schapenweide" in html


def test_a_code_escapes_what_it_is_called() -> None:
    svg = qr_svg("https://voorbeeld.nl/a", 'x" onload="y <b>')
    assert 'aria-label="x&quot; onload=&quot;y &lt;b&gt;"' in svg
    assert "<b>" not in svg


def test_the_plan_says_by_when(site: Callable[..., Path], catalogue: Catalogue) -> None:
    planned, bare = changed(site, catalogue, planning=PLANNING), check_site(SCHAPENWEIDE, catalogue, TODAY).neighbourhood
    data = data_of(planned, "molenpad")
    assert all(line["due"] for _, line in told(data))
    assert text_of(page(data)).count("Gepland: ") == len(list(told(data)))
    text = text_of(page(data_of(bare, "molenpad")))
    assert "Gepland" not in text
    assert "Volgens het plan" not in text


def test_the_sheet_of_a_practice_leads_to_its_checklist_and_its_calendars(overvecht: Neighbourhood, schapenweide: Neighbourhood) -> None:
    practice = overvecht.site.profile.practices[0]
    _, data = praktijk.view(overvecht, practice)
    html = page(data, "praktijk.html")
    assert f'href="../checklists/{practice.id}.html"' in html
    paths = re.findall(r'href="\.\./(agenda/[^"]+)"', html)
    assert overvecht.plan
    who = {task.work.who for task in overvecht.plan.tasks if task.work.unit == practice.id}
    assert paths[0] == f"agenda/praktijken/{practice.id}.ics"
    assert sorted(paths[1:]) == sorted(f"agenda/praktijken/{practice.id}/{role}.ics" for role in who)
    assert "agenda/" not in page(data, "praktijk.html", "pdf").replace("agenda/praktijken", "")
    _, without = praktijk.view(schapenweide, schapenweide.site.profile.practices[0])
    assert ".ics" not in page(without, "praktijk.html")


def test_the_sheet_of_a_practice_counts_what_each_function_it_has_fills_in(site: Callable[..., Path], catalogue: Catalogue) -> None:
    here = changed(site, catalogue, {"    his: Medicom\n": "    his: Medicom\n    zonder: [praktijkmanager]\n"})
    for practice in here.site.profile.practices:
        rows = {row["name"]: row["requirements"] for row in praktijk.view(here, practice)[1]["roles"]}
        counts = {role["name"]: role["lines"] for role in data_of(here, practice.id)["roles"]}
        assert {name: counts.get(name, 0) for name in rows} == rows
        assert "Huisarts" in rows
        assert "Praktijkmanager" not in rows or not practice.without


@pytest.fixture(scope="module")
def with_codes(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The longest checklists there are, with QR codes, as PDF: a practice with many themes and its neighbourhood."""
    base = tmp_path_factory.mktemp("checklists")
    folder = base / "site"
    shutil.copytree(OVERVECHT, folder)
    planning = folder / "planning.yaml"
    planning.write_text(f"{planning.read_text(encoding='utf-8')}\nvoortgang: {TRACKER}/een/langer/pad\n", encoding="utf-8")
    here = check_site(folder, catalogue, TODAY).neighbourhood
    assets = {"assets/style.css": style(), **{f"assets/{name}.woff2": fonts.woff2(name) for name in fonts.FACES}}
    for unit in (here.site.id, "praktijk-1"):
        html = page(data_of(here, unit), file_format="pdf").encode()
        (base / f"{unit}.pdf").write_bytes(render_pdf(html, assets, f"checklists/{unit}.pdf"))
    return base


def printed(path: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]


@pytest.mark.parametrize("name", ["overvecht", "praktijk-1"])
def test_on_paper_no_line_is_split_and_no_heading_is_alone(name: str, with_codes: Path, overvecht: Neighbourhood) -> None:
    pages = printed(with_codes / f"{name}.pdf")
    assert len(pages) <= MOST_PAGES
    for text in pages:
        last = text == pages[-1]
        whole = {text.count(each) for each in ("Fase:", "Te zien aan:", STANDS[0], STANDS[-1])}
        assert len(whole) == 1, "every line stands on one page"
        for heading in re.findall(r"^ *(Voor (?:de|het) .*)$", text, re.M):
            assert "Fase:" in text.split(heading, 1)[1]
        body = [line for line in text.splitlines() if line.strip()][:-1]
        assert last or len(body) > 30, "no page is nearly empty"
        if "Wat nog ontbreekt" in text:
            assert "Fase:" in text.split("Wat nog ontbreekt")[0], "room to write stands below a line"
    assert sum(text.count("Fase:") for text in pages) == len(overvecht.requirements_of(None if name == "overvecht" else name))
    assert faults(with_codes / f"{name}.pdf") == []


@pytest.mark.parametrize("name", ["overvecht", "praktijk-1"])
def test_on_paper_nothing_stands_outside_the_margins(name: str, with_codes: Path) -> None:
    found = subprocess.run(["pdftotext", "-bbox", with_codes / f"{name}.pdf", "-"], check=True, capture_output=True, text=True).stdout
    words = [(float(x), float(right)) for x, right in re.findall(r'<word xMin="([\d.]+)"[^>]*xMax="([\d.]+)"', found)]
    millimetre = 72 / 25.4
    assert len(words) > 1000
    assert min(x for x, _ in words) >= 20 * millimetre - 0.5
    assert max(right for _, right in words) <= (210 - 16) * millimetre + 0.5


@pytest.mark.parametrize("name", [LONG, LONG_WORD])
def test_on_a_screen_everything_fits_its_cell_with_any_name(
    name: str, catalogue: Catalogue, site: Callable[..., Path], tmp_path: Path
) -> None:
    folder = site(OVERVECHT)
    profile, planning = folder / "profiel.yaml", folder / "planning.yaml"
    profile.write_text(renamed(profile.read_text(encoding="utf-8"), lambda n: f"{name[:116]} {n:03}"), encoding="utf-8")
    planning.write_text(f"{planning.read_text(encoding='utf-8')}\nvoortgang: {TRACKER}\n", encoding="utf-8")
    here = check_site(folder, catalogue, TODAY).neighbourhood
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_bytes(style())
    for face in fonts.FACES:
        (tmp_path / "assets" / f"{face}.woff2").write_bytes(fonts.woff2(face))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for unit in (here.site.id, "praktijk-1"):
            path = tmp_path / "checklists" / f"{unit}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_text(page(data_of(here, unit)), encoding="utf-8")
            for width in (1280, 320):
                shown = browser.new_page(viewport={"width": width, "height": 900})
                shown.goto(path.as_uri())
                assert shown.evaluate("document.documentElement.scrollWidth") <= width, f"{unit} at {width}"
                assert shown.evaluate(OUTSIDE) == [], f"{unit} at {width}"
                shown.close()
        browser.close()
