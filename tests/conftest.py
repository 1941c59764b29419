"""What tests share: the reference, the sites, and a way to say "given these files"."""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kbrollout import catalogue as catalogues
from kbrollout.build import SiteResult, build
from kbrollout.catalogue import load_catalogue
from kbrollout.check import check_site
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.packing import Job, Order, run_job
from kbrollout.resources import templates

ROOT = Path(__file__).parent.parent
OVERVECHT = ROOT / "examples" / "overvecht"
SCHAPENWEIDE = ROOT / "tests" / "data" / "schapenweide"
OWN = templates() / "catalogue"
TODAY = date(2026, 11, 22)
BEGAN, GIVE_UP = time.monotonic(), 600

THOROUGH = os.environ.get("THOROUGH") == "1"
"""Set by `make test-all`: properties are tried as often as they say, otherwise a third of that."""


def tries(often: int) -> int:
    """How often a property is tried."""
    return often if THOROUGH else max(often // 3, 5)


Edit = Mapping[str, str]
"""Text to replace → text that takes its place."""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return own_reference()


@cache
def own_reference() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session", autouse=True)
def _own_reference_is_read_once() -> Iterator[None]:
    """Commands that run in the process of the tests get the program's own reference as it was read; any other is read."""

    def load(folder: Path | None = None) -> Catalogue:
        asked = folder or vars(catalogues)["templates"]() / "catalogue"  # some tests put another in its place
        return own_reference() if asked == OWN else load_catalogue(asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "load_catalogue", load)
        patch.setattr("kbrollout.schema.load_catalogue", load)
        yield


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


def heard_job(heard: Path, job: Job) -> bytes:
    """Render one file, and write down all that WeasyPrint says meanwhile; in the processes of a pool too."""
    handler = logging.FileHandler(heard, delay=True, encoding="utf-8")
    handler.setFormatter(logging.Formatter(f"{job.path}: %(message)s"))
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        return run_job(job)
    finally:
        logger.removeHandler(handler)
        handler.close()


def once_for_all_workers(name: str, tmp_path_factory: pytest.TempPathFactory, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills, in whichever worker asks first; the others wait for it. Nobody writes in it afterwards."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}-done"
    try:
        folder.mkdir()
    except FileExistsError:
        while not done.exists():
            assert time.monotonic() - BEGAN < GIVE_UP, f"another worker did not make {name}"
            time.sleep(0.1)
    else:
        make(folder)
        done.touch()
    return folder


@pytest.fixture(scope="session")
def overvecht_pack(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole pack of Overvecht, PDF and editable copies too. What WeasyPrint said stands in `heard`, beside it."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kbrollout.packing.run_job", partial(heard_job, folder / "heard"))
            result = build_one(OVERVECHT, catalogue, folder, formats=None)
        assert result.pack is not None, result.problems

    return once_for_all_workers("overvecht", tmp_path_factory, make) / "overvecht"


@pytest.fixture(scope="session")
def html_pack(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """The pack of a site folder with its pages alone, for who only reads it: `html_pack(OVERVECHT)`."""

    def made(site: Path) -> Path:
        def make(folder: Path) -> None:
            result = build_one(site, catalogue, folder)
            assert result.pack is not None, result.problems

        return once_for_all_workers(f"html-{site.name}", tmp_path_factory, make) / site.name

    return made


@pytest.fixture
def packed(html_pack: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Puts in a folder what building Schapenweide there today gives, to do with as one likes."""
    return lambda out: shutil.copytree(html_pack(SCHAPENWEIDE), out / SCHAPENWEIDE.name)
