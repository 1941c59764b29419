"""The roads that people walk, in a real browser without JavaScript, on both databases; and what the pages are like to use."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, sync_playwright

from kbrollout.tracker.models import Event, Item, Site
from kbrollout.tracker.services import change, differs
from kbrollout.tracker.wsgi import application
from tests.test_browser import CHROMIUM, FLAGS, RULES, note
from tests.tracker.conftest import COMMAND, PASSWORD, Cast

PHONE, DESK = ViewportSize(width=320, height=700), ViewportSize(width=1280, height=900)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


# On PostgreSQL three are walked each time, the others in the slow tests.
MOSTLY_SQLITE = pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])


@pytest.fixture
def server(everybody: Cast) -> Iterator[str]:  # noqa: ARG001 - there has to be somebody
    """The tracker on a free port."""
    made = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    made.set_app(application)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()
    thread.join()


class QuietWSGIRequestHandler(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def signed_in(
    browser: Browser, server: str, cast: Cast, who: str, viewport: ViewportSize = DESK, *, scripts: bool = False
) -> Iterator[Page]:
    """A page of somebody who signed in by the form; a person needs no scripts, axe does."""
    context = browser.new_context(viewport=viewport, java_script_enabled=scripts, bypass_csp=scripts)
    page = new_page(context, server)
    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill(getattr(cast, who).email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("heading", level=1, name="Wat nu?").wait_for()
    yield page
    context.close()


def new_page(context: BrowserContext, server: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(15_000)
    go = page.goto
    page.goto = lambda url, **options: go(f"{server}{url}" if url.startswith("/") else url, **options)  # type: ignore[method-assign]
    return page


def line_of(cast: Cast) -> Item:
    """The first requirement of the practice that the member fills in."""
    found = cast.site.items.filter(kind="eis", unit__kind="praktijk").select_related("unit").first()
    assert found is not None
    return found


def to_line(item: Item) -> str:
    return reverse("line", args=[item.site_id, item.kind, item.unit.slug, item.code])


# -- roads -------------------------------------------------------------------------------------------------------------


def test_a_practice_fills_in_what_is_asked_and_a_colleague_checks_it(browser: Browser, server: str, everybody: Cast) -> None:
    item = line_of(everybody)
    with signed_in(browser, server, everybody, "member") as page:
        page.get_by_role("link", name=item.title).first.click()
        page.get_by_label("Geregeld", exact=False).check()
        page.get_by_label("Bewijs of vindplaats").fill("Map Kwaliteit, stappenplan")
        page.get_by_role("button", name="Opslaan", exact=True).click()
        assert "Opgeslagen" in page.get_by_role("status").inner_text()
        page.get_by_role("link", name=everybody.site.name, exact=True).first.click()
        assert page.get_by_role("heading", level=1).inner_text() == everybody.site.name
    with signed_in(browser, server, everybody, "coordinator") as page:
        page.goto(to_line(item))
        page.get_by_label("Akkoord").check()
        page.get_by_role("button", name="Bewaar de controle").click()
        assert "is akkoord" in page.locator("main").inner_text()
    item.refresh_from_db()
    assert (item.stand, item.evidence, item.review) == ("Geregeld", "Map Kwaliteit, stappenplan", "akkoord")
    assert [event.by_role for event in Event.objects.filter(item=item).order_by("number")] == ["invuller", "wijkcoordinator"]
    assert list(differs(everybody.site)) == []


def test_two_people_at_once_lose_nothing(browser: Browser, server: str, everybody: Cast) -> None:
    item = line_of(everybody)
    with signed_in(browser, server, everybody, "member") as mine, signed_in(browser, server, everybody, "coordinator") as theirs:
        mine.goto(to_line(item))
        theirs.goto(to_line(item))
        theirs.get_by_label("Toelichting").fill("Van de coördinator")
        theirs.get_by_role("button", name="Opslaan", exact=True).click()
        theirs.get_by_role("status").wait_for()
        mine.get_by_label("Toelichting").fill("Van de praktijk")
        mine.get_by_label("Eigenaar").fill("assistente")
        mine.get_by_role("button", name="Opslaan", exact=True).click()
        told = mine.locator("main").inner_text()
        assert "Van de coördinator" in told
        assert "Van de praktijk" in told
        assert mine.get_by_label("Eigenaar").input_value() == "assistente"
        item.refresh_from_db()
        assert (item.note, item.owner) == ("Van de coördinator", "")
        mine.get_by_label("Uw antwoord").check()
        mine.get_by_role("button", name="Opslaan", exact=True).click()
        mine.get_by_role("status").wait_for()
    item.refresh_from_db()
    assert (item.note, item.owner, item.version) == ("Van de praktijk", "assistente", 2)


@MOSTLY_SQLITE
def test_patient_data_is_refused_and_what_was_typed_is_still_there(browser: Browser, server: str, everybody: Cast) -> None:
    item, number = line_of(everybody), "1112" + "22333"
    with signed_in(browser, server, everybody, "member") as page:
        page.goto(to_line(item))
        page.get_by_label("Toelichting").fill(f"Zie {number}")
        page.get_by_role("button", name="Opslaan", exact=True).click()
        assert page.title().startswith("Fout:")
        alert = page.get_by_role("alert").inner_text()
        assert "burgerservicenummer" in alert
        assert number not in alert
        assert number in page.get_by_label("Toelichting").input_value()
    assert not Event.objects.filter(item=item).exists()


@MOSTLY_SQLITE
def test_somebody_new_comes_in_by_a_link_that_works_once(browser: Browser, server: str, everybody: Cast) -> None:
    with signed_in(browser, server, everybody, "coordinator") as page:
        page.goto(reverse("people", args=[everybody.site.slug]))
        page.get_by_label("Naam").fill("Nieuwe collega")
        page.get_by_label("E-mailadres op het werk").fill("nieuw@" + "voorbeeld.nl")
        page.get_by_label("meekijker", exact=False).check()
        page.get_by_role("button", name="Toevoegen").click()
        link = page.get_by_label("De link").input_value()
    context = browser.new_context(java_script_enabled=False)
    page = new_page(context, server)
    page.goto(link)
    page.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Nog een keer").fill(PASSWORD)
    page.get_by_role("button", name="Opslaan en aanmelden").click()
    page.get_by_role("heading", level=1, name="Wat nu?").wait_for()
    page.goto(to_line(line_of(everybody)))
    assert page.get_by_role("button", name="Opslaan", exact=True).count() == 0
    context.close()
    again = browser.new_context(java_script_enabled=False)
    page = new_page(again, server)
    page.goto(link)
    assert "werkt niet meer" in page.get_by_role("heading", level=1).inner_text()
    again.close()


def test_a_workbook_goes_out_and_comes_back(browser: Browser, server: str, everybody: Cast, tmp_path: Path) -> None:
    item = line_of(everybody)
    with signed_in(browser, server, everybody, "member") as page:
        page.goto(reverse("workbook", args=[everybody.site.slug]))
        with page.expect_download() as download:
            page.get_by_role("button", name="Haal de werkmap op").click()
        file = tmp_path / "voortgang.xlsx"
        download.value.save_as(file)
        fill_in(file, item, "Mee bezig")
        page.goto(reverse("workbook", args=[everybody.site.slug]))
        page.get_by_label("De ingevulde werkmap").set_input_files(file)
        page.get_by_role("button", name="Bekijk wat er verandert").click()
        assert item.title in page.locator("main").inner_text()
        item.refresh_from_db()
        assert item.version == 0
        page.get_by_role("button", name="Neem over").click()
        page.get_by_role("status").wait_for()
    item.refresh_from_db()
    assert (item.stand, item.events.get().channel) == ("Mee bezig", "excel")


def fill_in(file: Path, item: Item, stand: str) -> None:
    """Put a stand in the row of a line, as somebody would in Excel."""
    book = openpyxl.load_workbook(file)
    page = next(sheet for sheet in book if sheet["A1"].value == f"kbrollout:eenheid:{item.unit.slug}")
    column = next(cell.column for cell in page[1] if cell.value == "stand")
    row = next(row for row in range(4, page.max_row + 1) if page.cell(row, 1).value == item.code)
    page.cell(row, column, stand)
    book.save(file)


@MOSTLY_SQLITE
def test_the_baseline_is_taken_and_progress_counts_from_there(browser: Browser, server: str, everybody: Cast) -> None:
    with signed_in(browser, server, everybody, "coordinator") as page:
        page.goto(reverse("snapshot", args=[everybody.site.slug]))
        page.get_by_label("Naam").fill("Nulmeting")
        page.get_by_role("button", name="Vastleggen").click()
        page.get_by_role("heading", level=1).wait_for()
        change(COMMAND, line_of(everybody).pk, 0, {"stand": "Geregeld"})
        page.goto(reverse("site", args=[everybody.site.slug]))
        assert "Sinds de nulmeting" in page.locator("main").inner_text()
    taken = everybody.site.snapshots.get()
    assert {row["stand"] for row in taken.rows} == {"Nog niet bekeken"}


# -- what the pages are like -------------------------------------------------------------------------------------------


def pages_of(cast: Cast, who: str) -> list[str]:
    """The pages that a role has, one of each kind."""
    site, item = cast.site.slug, line_of(cast)
    found = ["/", reverse("account"), reverse("account_change_password"), reverse("mfa_activate_totp")]
    found += [reverse(name, args=[site]) for name in ("site", "plan", "points", "measures", "workbook", "pack")]
    found += [reverse("checklist", args=[site, item.unit.slug]), to_line(item), "/er-is-niets/"]
    kinds = [cast.site.items.filter(kind=kind).select_related("unit").first() for kind in ("taak", "punt")]
    found += [to_line(each) for each in kinds if each]
    agreement, indicator = cast.site.agreements.first(), cast.site.indicators.first()
    assert agreement
    assert indicator
    found += [reverse("agreement", args=[site, agreement.code]), reverse("indicator", args=[site, indicator.code])]
    if who in ("admin", "coordinator"):
        held = cast.member.memberships.get()
        found += [reverse("people", args=[site]), reverse("member", args=[site, held.pk]), reverse("snapshot", args=[site])]
    return found + ([reverse("admin")] if who == "admin" else [])


def fill_some(cast: Cast) -> None:
    """Some progress of every kind, so that pages show what they can show."""
    stands = ("Geregeld", "Mee bezig", "Nog niet gestart", "Niet van toepassing")
    for number, item in enumerate(cast.site.items.filter(kind="eis")[:40]):
        given = {"stand": stands[number % 4], "missing": "Nog een overleg te gaan", "date": "2026-01-15", "evidence_until": "2026-02-01"}
        change(COMMAND, item.pk, 0, given)


def check_page(page: Page, url: str, asked: list[str], server: str) -> list[str]:
    """What is wrong with a page: what axe finds, sideways scrolling, anything from elsewhere."""
    page.goto(url)
    found = [f"{url}: {each['id']} {each['nodes'][0]['html'][:120]}" for each in Axe().run(page, options=RULES).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{url}: scrolls sideways")
    return found + [f"{url}: asks {each}" for each in asked if not each.startswith((server, "data:"))]


LOOKED_AT = [
    ("sqlite", "coordinator", PHONE),
    ("sqlite", "member", DESK),
    *(pytest.param("sqlite", who, view, marks=pytest.mark.slow) for who, view in (("coordinator", DESK), ("member", PHONE))),
    *(pytest.param("sqlite", who, view, marks=pytest.mark.slow) for who in ("admin", "reader") for view in (PHONE, DESK)),
    *(pytest.param("postgresql", who, PHONE, marks=pytest.mark.slow) for who in ("admin", "coordinator", "member", "reader")),
]


@pytest.mark.parametrize(("engine", "who", "viewport"), LOOKED_AT)
def test_pages_are_accessible_and_fit(browser: Browser, server: str, everybody: Cast, who: str, viewport: ViewportSize) -> None:
    fill_some(everybody)
    asked: list[str] = []
    with signed_in(browser, server, everybody, who, viewport, scripts=True) as page:
        page.on("request", partial(_note, asked))
        assert [fault for url in pages_of(everybody, who) for fault in check_page(page, url, asked, server)] == []


def _note(asked: list[str], request: Request) -> None:
    note(asked, request)


@MOSTLY_SQLITE
def test_the_page_to_sign_in_is_accessible_too(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=PHONE, bypass_csp=True)
    page = new_page(context, server)
    assert check_page(page, "/aanmelden/", [], server) == []
    context.close()


@MOSTLY_SQLITE
def test_the_keyboard_alone_is_enough(browser: Browser, server: str, everybody: Cast) -> None:
    """Sign in, find a line, answer and save without a mouse; the focus is always to be seen."""
    item = line_of(everybody)
    context = browser.new_context(viewport=DESK)
    page = new_page(context, server)
    page.goto("/aanmelden/")
    tab_to(page, "input[name=login]")
    page.keyboard.type(everybody.member.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Wat nu?").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    tab_to(page, f"a[href='{to_line(item)}']")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=item.title).wait_for()
    tab_to(page, "input[name=stand]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    context.close()
    item.refresh_from_db()
    assert item.stand == "Mee bezig"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus, and see that it shows."""
    for _ in range(60):
        page.keyboard.press("Tab")
        width, matches = page.evaluate(
            "s => [getComputedStyle(document.activeElement).outlineWidth, document.activeElement.matches(s)]", selector
        )
        assert width not in ("0px", ""), page.evaluate("document.activeElement.outerHTML")
        if matches:
            return
    raise AssertionError(f"Tab does not reach {selector}")


@MOSTLY_SQLITE
def test_sites_are_apart(browser: Browser, server: str, everybody: Cast) -> None:
    with signed_in(browser, server, everybody, "outsider") as page:
        response = page.goto(to_line(line_of(everybody)))
        assert response is not None
        assert response.status == 404
        assert everybody.site.name not in page.locator("main").inner_text()
    assert Site.objects.count() == 2
