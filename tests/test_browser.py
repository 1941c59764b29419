"""Every HTML page in a real browser, opened from disk: accessible (WCAG 2.2 AA), offline, and fit for a phone."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

from kbrollout.model.catalogue import Catalogue
from tests.conftest import ROOT, SCHAPENWEIDE, THOROUGH, build_one

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what is right need not be listed: on long pages that takes as long as looking
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Browser, path: Path, width: int, *, dark: bool = False) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.set_default_timeout(10_000)
    page.goto(path.as_uri())
    return page


def note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def pages(pack: Path) -> list[Path]:
    """Every page, and of the sheets that are alike one per kind."""
    sheets = {path.parent: path for path in sorted(pack.glob("*/*.html"), reverse=True)}
    longest = max((pack / "rolkaarten").glob("*.html"), key=lambda path: path.stat().st_size)
    return [*sorted(pack.glob("*.html")), *sheets.values(), longest]


@pytest.fixture(scope="module")
def small_pack(html_pack: Callable[[Path], Path]) -> Path:
    """A pack with the same kinds of page as that of Overvecht, and less on them: axe takes its time over long pages."""
    return html_pack(ROOT / "examples" / "rotterdam-bloemhof")


LONG_PAGE = 150_000
"""In bytes. Looking at the colours of a long page takes axe most of a minute, and its style is that of the others."""

WIDTHS = [(1280, False), *(pytest.param(*each, marks=pytest.mark.slow) for each in ((1280, True), (320, False), (320, True)))]


@pytest.mark.parametrize(("width", "dark"), WIDTHS)
def test_pages_are_accessible_fit_and_ask_nothing_from_elsewhere(browser: Browser, width: int, dark: bool, small_pack: Path) -> None:
    assert len(pages(small_pack)) >= 11
    for path in pages(small_pack):
        contrast = {"color-contrast": {"enabled": THOROUGH or path.stat().st_size < LONG_PAGE}}
        check_page(browser, small_pack, path, width, {**RULES, "rules": contrast}, dark=dark)


def test_pages_fit_a_phone(browser: Browser, small_pack: Path) -> None:
    for path in pages(small_pack):
        check_page(browser, small_pack, path, 320, None)


@pytest.mark.slow
def test_pages_of_overvecht_too(browser: Browser, overvecht_pack: Path) -> None:
    """Its pages are the longest: nine practices and all themes. Axe looks at all of them below."""
    for path in pages(overvecht_pack):
        check_page(browser, overvecht_pack, path, 320, None)


def check_page(browser: Browser, pack: Path, path: Path, width: int, options: Mapping[str, object] | None, *, dark: bool = False) -> None:
    """What axe finds when it looks, sideways scrolling, and anything that is asked from outside the pack."""
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light")
    page.on("request", partial(note, asked))
    page.goto(path.as_uri())
    if options:
        found = Axe().run(page, options=options).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path.name
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
    page.evaluate("document.fonts.ready.then(() => 1)")
    fonts = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replace(/\"/g, ''))")
    assert {"Source Sans", "Source Serif"} <= set(fonts), path.name
    assert [url for url in asked if not url.startswith(pack.as_uri())] == [], path.name
    page.close()


@pytest.mark.slow
def test_axe_finds_nothing_on_all_pages_of_all_sites(browser: Browser, overvecht_pack: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    other = build_one(SCHAPENWEIDE, catalogue, tmp_path)
    assert other.pack
    for path in [*sorted(overvecht_pack.rglob("*.html")), *sorted(other.pack.rglob("*.html"))]:
        page = opened(browser, path, 1280)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
        page.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, small_pack: Path) -> None:
    page = opened(browser, small_pack / "index.html", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhoud")
    page.close()


def test_the_index_page_leads_a_practice_manager_to_the_open_points(browser: Browser, small_pack: Path) -> None:
    page = opened(browser, small_pack / "index.html", 1280)
    page.get_by_role("link", name="Wat nog geregeld moet worden").click()
    assert page.url.endswith("open-punten.html")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Open punten")
    page.close()
