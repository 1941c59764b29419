"""What tests share: the reference, the sites, and a way to say "given these files"."""

import os
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kbrollout.build import SiteResult, build
from kbrollout.catalogue import load_catalogue
from kbrollout.check import check_site
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.packing import Order

ROOT = Path(__file__).parent.parent
OVERVECHT = ROOT / "examples" / "overvecht"
SCHAPENWEIDE = ROOT / "tests" / "data" / "schapenweide"
TODAY = date(2026, 11, 22)
BEGAN, GIVE_UP = time.monotonic(), 600

Edit = Mapping[str, str]
"""Text to replace → text that takes its place."""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def overvecht(catalogue: Catalogue) -> Neighbourhood:
    return check_site(OVERVECHT, catalogue, TODAY).neighbourhood


@pytest.fixture(scope="session")
def schapenweide(catalogue: Catalogue) -> Neighbourhood:
    return check_site(SCHAPENWEIDE, catalogue, TODAY).neighbourhood


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Path]:
    """Makes a copy of a site folder, with edits in its profile: `site(SCHAPENWEIDE, {"oud": "nieuw"})`."""

    def make(original: Path = SCHAPENWEIDE, edits: Edit | None = None, name: str = "site") -> Path:
        folder = tmp_path / name
        shutil.copytree(original, folder)
        profile = folder / "profiel.yaml"
        text = profile.read_text(encoding="utf-8")
        for old, new in (edits or {}).items():
            assert old in text, f"the profile has no {old!r} to edit"
            text = text.replace(old, new)
        profile.write_text(text, encoding="utf-8")
        return folder

    return make


def build_one(folder: Path, catalogue: Catalogue, out: Path, *, today: date = TODAY, **order: object) -> SiteResult:
    """Build one site; HTML only unless the test asks for more."""
    wanted = {"formats": ("html",), **order}
    (result,) = build([folder], catalogue, Order(out, today, **wanted))  # type: ignore[arg-type]
    return result


def tree(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class _Text(HTMLParser):
    """The text of a page, without what stands in elements that `skip` names by class, id, `data-page` or tag."""

    VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})

    def __init__(self, skip: frozenset[str]) -> None:
        super().__init__()
        self.skip = skip
        self.stack: list[bool] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID:
            return
        said = dict(attrs)
        marks = {tag, said.get("id"), said.get("data-page"), *(said.get("class") or "").split()}
        self.stack.append(bool(marks & self.skip) or (bool(self.stack) and self.stack[-1]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if not (self.stack and self.stack[-1]):
            self.parts.append(data)


def text_of(html: str, skip: frozenset[str] = frozenset({"style", "script"})) -> str:
    """The text of a page as a reader sees it, in one line."""
    parser = _Text(skip)
    parser.feed(html)
    return " ".join(" ".join(parser.parts).split())


@pytest.fixture(scope="session")
def overvecht_pack(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole pack of Overvecht, PDF and editable copies too; built once, also when several workers run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done, lock = shared / "overvecht-done", shared / "overvecht-lock"
    try:
        lock.mkdir()
    except FileExistsError:
        while not done.exists():
            assert time.monotonic() - BEGAN < GIVE_UP, "another worker did not build the pack of Overvecht"
            time.sleep(0.1)
    else:
        result = build_one(OVERVECHT, catalogue, shared / "packs", formats=None)
        assert result.pack is not None, result.problems
        done.touch()
    return shared / "packs" / "overvecht"
