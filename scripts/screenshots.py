"""Makes the pictures of the manual anew, from the demonstration: `python -m scripts.screenshots` (or `make screenshots`).

Starts `kbrollout serve --demo` on a free port, signs in as people would, and writes docs/handleiding/beeld/*.png.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).parent.parent / "docs" / "handleiding" / "beeld"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--lang=nl-NL"]
WIDE, NARROW = 1100, 380
HIGHEST = 1200
"""Pixels of a page that are shown: a manual tells the rest."""


@dataclass(frozen=True)
class Picture:
    """One page as one role sees it, at one width."""

    name: str
    who: str
    path: str
    width: int = WIDE


PICTURES = (
    Picture("wat-nu", "invuller", "/"),
    Picture("wat-nu-smal", "invuller", "/", NARROW),
    Picture("wijk", "wijkcoordinator", "/wijk/overvecht/"),
    Picture("wijk-smal", "wijkcoordinator", "/wijk/overvecht/", NARROW),
    Picture("lijst", "invuller", "/wijk/overvecht/lijst/praktijk-1/"),
    Picture("regel", "invuller", "/wijk/overvecht/eis/praktijk-1/BV-P-03/"),
    Picture("regel-smal", "invuller", "/wijk/overvecht/eis/praktijk-1/BV-P-03/", NARROW),
    Picture("metingen", "wijkcoordinator", "/wijk/overvecht/metingen/"),
    Picture("excel", "invuller", "/wijk/overvecht/excel/"),
    Picture("mensen", "wijkcoordinator", "/wijk/overvecht/mensen/"),
)


@contextmanager
def demonstration() -> Iterator[tuple[str, str]]:
    """The address of a running demonstration, and its password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kbrollout", "serve", "--demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        password = ""
        for line in server.stdout:
            found = re.search(r"Wachtwoord voor alle vier: (\S+)", line)
            password = found[1] if found else password
            if "De voortgang staat op" in line:
                break
        else:
            sys.exit("De demonstratie begon niet.")
        try:
            yield f"http://127.0.0.1:{port}", password
        finally:
            server.terminate()


def signed_in(browser: Browser, address: str, password: str, picture: Picture) -> Page:
    page = browser.new_page(viewport={"width": picture.width, "height": 800}, locale="nl-NL")
    page.goto(f"{address}/aanmelden/")
    page.get_by_label("E-mailadres").fill(f"{picture.who}@voorbeeld.nl")
    page.get_by_label("Wachtwoord").fill(password)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("heading", level=1, name="Wat nu?").wait_for()
    return page


def write_small(picture: bytes, path: Path) -> None:
    """A page has few colours: a third of the bytes looks the same."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(128).save(path, optimize=True)


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with demonstration() as (address, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in PICTURES:
            page = signed_in(browser, address, password, picture)
            page.goto(f"{address}{picture.path}")
            height = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
            clip = {"x": 0, "y": 0, "width": picture.width, "height": height}
            write_small(page.screenshot(full_page=True, clip=clip), TARGET / f"{picture.name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
