"""The short documents: drawn from the agreements, fitting their paper with any name, pictures without overlap."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, sync_playwright

from kbrollout.check import check_site
from kbrollout.documents import besturing, praktijk, rolkaart, wieiswie
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.render.svg import governance_svg, network_svg, text_width, wrapped
from tests.conftest import OVERVECHT, SCHAPENWEIDE, TODAY, build_one, text_of
from tests.test_browser import CHROMIUM, FLAGS

LONG = "Samenwerkingsverband voor Gezondheid en Welzijn in de Noordelijke Stadsdelen van Verzonnenstad en de Omliggende Dorpen 1"
LONG_WORD = "Gezondheidszorgsamenwerkingsverbandscoördinatieoverleg"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def renamed(text: str, name: Callable[[int], str]) -> str:
    """A profile in which every name is another one; ids stay."""
    numbers = iter(range(1, 1000))
    return re.sub(r"(?m)^(\s+(?:- )?naam: )(.*)$", lambda match: f"{match[1]}{name(next(numbers))}", text)


@pytest.fixture(params=["long", pytest.param("short", marks=pytest.mark.slow)])
def any_names(request: pytest.FixtureRequest, site: Callable[..., Path]) -> Path:
    """Overvecht with names of 120 characters, or of one letter."""
    folder = site(OVERVECHT)
    profile = folder / "profiel.yaml"
    assert len(LONG) == 120
    name = (lambda n: f"{LONG[:116]} {n:03}") if request.param == "long" else (lambda n: chr(65 + n % 26))
    profile.write_text(renamed(profile.read_text(encoding="utf-8"), name), encoding="utf-8")
    return folder


def test_every_role_that_occurs_has_a_card(overvecht: Neighbourhood) -> None:
    involved = {
        role
        for resolved in overvecht.agreements
        if resolved.holds
        for role in (*resolved.agreement.header.roles.does, *resolved.agreement.header.roles.knows)
    }
    assert set(rolkaart.roles(overvecht)) == involved


def test_a_card_holds_what_the_agreements_say_about_that_role(overvecht: Neighbourhood) -> None:
    _, data = rolkaart.view(overvecht, "sociaal-team")
    from_you = {reference["id"] for line in data["from_you"] for reference in line["agreements"]}
    from_others = {reference["id"] for line in data["from_others"] for reference in line["agreements"]}
    assert {"W-KERN-01", "W-KERN-03"} <= from_you
    assert {"W-KERN-01", "W-KERN-03"} <= from_others
    assert all(line["who"] == "Buurtteam sociaal" for line in data["from_you"])
    assert not [line for line in data["from_others"] if "Buurtteam sociaal" in line["who"].split(", ")]
    assert {f"N-{n:02}" for n in range(1, 14)} <= {norm["id"] for norm in data["norms"]}


def test_no_agreement_of_a_role_is_lost_on_its_card(overvecht: Neighbourhood) -> None:
    for role in rolkaart.roles(overvecht):
        _, data = rolkaart.view(overvecht, role)
        shown = {reference["id"] for line in data["from_you"] for reference in line["agreements"]}
        shown |= {reference["id"] for reference in data["more_from_you"]}
        expected = {r.id for r in overvecht.agreements if r.holds for each in r.agreement.expectations if each.role == role}
        assert shown == expected, role


def test_a_practice_sees_its_own_open_points_first(schapenweide: Neighbourhood) -> None:
    practices = {practice.id: practice for practice in schapenweide.site.profile.practices}
    _, kersenhof = praktijk.view(schapenweide, practices["kersenhof"])
    _, molenpad = praktijk.view(schapenweide, practices["molenpad"])
    assert [point["id"] for point in kersenhof["open_points"]] == ["OP-AGB", "OP-HIS", "OP-PATIENTEN", "OP-MTVP"]
    assert [point["id"] for point in molenpad["open_points"]] == ["OP-MTVP"]
    assert len(kersenhof["steps"]) == 5


def test_numbers_and_addresses_stand_in_who_is_who_alone(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder = site()
    contacts = """
contacten:
  - wie: sociaal-team
    functie: balie van het wijkteam
    bereikbaar: werkdagen 9 tot 12
    telefoon: 012 345 67 89
    mail: balie@voorbeeld.nl
"""
    (folder / "contacten.yaml").write_text(contacts, encoding="utf-8")
    result = build_one(folder, catalogue, tmp_path / "out")
    assert result.pack
    for path in result.pack.rglob("*"):
        if path.suffix in (".html", ".json"):
            has = "012 345 67 89" in path.read_text(encoding="utf-8") or "balie@voorbeeld.nl" in path.read_text(encoding="utf-8")
            assert has == (path.name == "wie-is-wie.html"), path
    assert "balie van het wijkteam, werkdagen 9 tot 12" in text_of((result.pack / "wie-is-wie.html").read_text(encoding="utf-8"))


def test_the_sheet_of_a_practice_fits_its_paper_with_any_name(any_names: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    """Very long names may take a second page; nothing takes a third."""
    result = build_one(any_names, catalogue, tmp_path, formats=("pdf",), only=("praktijk",))
    assert result.pack, result.problems
    assert {len(pikepdf.open(path).pages) for path in result.pack.glob("praktijken/*.pdf")} <= {1, 2}


@pytest.mark.slow
def test_cards_fit_their_paper_with_any_name(any_names: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    result = build_one(any_names, catalogue, tmp_path, formats=("pdf",), only=("rolkaart",))
    assert result.pack, result.problems
    for path in sorted(result.pack.glob("rolkaarten/*.pdf")):
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) <= 2, path.name


def test_no_text_leaves_its_box_or_the_page_with_any_name(any_names: Path, catalogue: Catalogue, tmp_path: Path, browser: Browser) -> None:
    result = build_one(any_names, catalogue, tmp_path)
    assert result.pack, result.problems
    paths = [
        result.pack / name for name in ("index.html", "afsprakenstelsel.html", "wie-is-wie.html", "besturing.html", "open-punten.html")
    ]
    for path in [*paths, result.pack / "rolkaarten" / "huisarts.html", result.pack / "praktijken" / "praktijk-1.html"]:
        for width in (1280, 320):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path.name} at {width}"
            assert page.evaluate(OUTSIDE) == [], f"{path.name} at {width}"
            page.close()


OUTSIDE = """() => {
    const wrong = [];
    for (const svg of document.querySelectorAll("svg.plaat")) {
        for (const group of svg.querySelectorAll("g.vak")) {
            const b = group.querySelector("rect").getBBox();
            for (const text of group.querySelectorAll("text")) {
                const t = text.getBBox();
                const wide = t.x < b.x || t.x + t.width > b.x + b.width;
                if (wide || t.y < b.y || t.y + t.height > b.y + b.height) wrong.push(text.textContent);
            }
        }
        const small = [...svg.querySelectorAll("g.vak > rect")].map(r => r.getBBox());
        small.forEach((a, i) => small.slice(i + 1).forEach(b => {
            if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) wrong.push("boxes overlap");
        }));
    }
    for (const cell of document.querySelectorAll("td, th")) {
        if (cell.scrollWidth > cell.clientWidth + 1) wrong.push(cell.textContent.slice(0, 60));
    }
    return wrong;
}"""


@pytest.mark.parametrize("text", [LONG, LONG_WORD, "x", "W" * 120, ""])
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrapped(text, 150)
    assert all(text_width(line) <= 150 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_pictures_have_a_title_and_every_name_of_the_profile(overvecht: Neighbourhood) -> None:
    _, who = wieiswie.view(overvecht)
    svg = network_svg(who["picture"], "Het <netwerk>")
    assert "<title>Het &lt;netwerk&gt;</title>" in svg
    text = re.sub(r"<[^>]+>", " ", svg)
    for partner in overvecht.site.profile.partners:
        assert all(word in text for word in partner.name.replace("&", "&amp;").split()), partner.name
    _, bodies = besturing.view(overvecht)
    assert "niemand opgegeven" in governance_svg(bodies["picture"], "x")


def test_names_in_pictures_are_text(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site(edits={"naam: Fit West": 'naam: "<script>alert(1)</script>"'})
    _, who = wieiswie.view(check_site(folder, catalogue, TODAY).neighbourhood)
    assert "<script" not in network_svg(who["picture"], "x")


def test_a_body_says_what_it_is_for_and_when_it_meets(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site(
        SCHAPENWEIDE,
        {"    taak: Besluit over de afspraken.": "    taak: Besluit over de afspraken.\n    functie: besluit\n    overleg: elk kwartaal"},
    )
    _, data = besturing.view(check_site(folder, catalogue, TODAY).neighbourhood)
    (body,) = next(level["bodies"] for level in data["levels"] if level["name"] == "wijk")
    assert (body["function"], body["meets"]) == ("besluit", "elk kwartaal")
