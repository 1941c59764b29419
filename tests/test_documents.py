"""The HTML of documents: complete, in order, without holes, and free of other neighbourhoods' names."""

import posixpath
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from kbrollout.documents.afsprakenstelsel import CHAPTERS
from kbrollout.model.catalogue import CORE_THEME, Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from tests.conftest import OVERVECHT, SCHAPENWEIDE, build_one, text_of


class Links(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.others: list[str] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        if tag == "a":
            self.hrefs.append(said["href"])
        elif "src" in said or "href" in said:
            self.others.append(said.get("src", said.get("href", "")))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="module", params=[OVERVECHT, SCHAPENWEIDE], ids=["overvecht", "schapenweide"])
def pack(request: pytest.FixtureRequest, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = build_one(request.param, catalogue, tmp_path_factory.mktemp("packs"), formats=("html", "ics"))
    assert result.pack is not None
    return result.pack


def page(pack: Path, name: str) -> str:
    return (pack / name).read_text(encoding="utf-8")


def pages(pack: Path) -> list[str]:
    return sorted(path.relative_to(pack).as_posix() for path in pack.rglob("*.html"))


def test_every_link_leads_somewhere_inside_the_pack(pack: Path) -> None:
    links = {name: Links(page(pack, name)) for name in pages(pack)}
    assert len(links) > 10
    for name, here in links.items():
        assert len(here.ids) == len(set(here.ids)), name
        for href in here.hrefs:
            path, _, anchor = href.partition("#")
            assert not path.startswith(("http", "/")), href
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert not anchor or anchor in links[target].ids, f"{name}: {href}"
            if target.endswith(".pdf"):  # this pack is built without; the next test looks at a whole one
                continue
            assert target in links or (pack / target).is_file(), f"{name}: {href}"
        for other in here.others:
            assert (pack / name).parent.joinpath(other).is_file(), f"{name} uses {other}, which is not in the pack"


def test_every_link_to_a_pdf_leads_to_one_in_a_whole_pack(overvecht_pack: Path) -> None:
    targets = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), href))
        for name in pages(overvecht_pack)
        for href in Links(page(overvecht_pack, name)).hrefs
        if href.endswith(".pdf")
    }
    assert {"handouts/HO-03.druk.pdf", "handouts/HO-28.groot.pdf"} <= targets
    assert [target for target in targets if not (overvecht_pack / target).is_file()] == []


def test_headings_never_skip_a_level(pack: Path) -> None:
    for name in pages(pack):
        levels = Links(page(pack, name)).headings
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_every_agreement_stands_in_the_text_and_in_the_provenance(pack: Path, catalogue: Catalogue) -> None:
    ids = Links(page(pack, "afsprakenstelsel.html")).ids
    provenance = text_of(page(pack, "afsprakenstelsel.html")).split("Elke afspraak, met haar stand", 1)[1]
    for key, agreement in catalogue.agreements.items():
        chosen = agreement.header.theme == CORE_THEME or f"thema-{agreement.header.theme}" in ids
        assert (f"id-{key.lower()}" in ids) == chosen
        assert key in provenance


def test_chapters_are_numbered_in_order_and_listed(pack: Path) -> None:
    html = page(pack, "afsprakenstelsel.html")
    for number, (key, title) in enumerate(CHAPTERS.items(), 1):
        assert f'<h2 id="{key}"><span class="nummer">{number}</span> {title}</h2>' in html
        assert f'<a href="#{key}"><span class="nummer">{number}</span> {title}</a>' in html


def test_every_theme_shows_its_three_layers_also_when_one_is_empty(pack: Path) -> None:
    theme = re.search(r'<section class="thema">(.*?)</section>', page(pack, "afsprakenstelsel.html"), re.S)
    assert theme
    assert re.findall(r'<h4 class="laag">(.*?)</h4>', theme[1]) == ["Normen", "Werkafspraken", "Techniek"]
    norms = theme[1].split("Normen</h4>")[1].split("<h4")[0]
    assert '<p class="leeg">' in norms


def test_no_slot_or_reference_or_none_is_left(pack: Path) -> None:
    for name in pages(pack):
        text = text_of(page(pack, name))
        assert not re.search(r"\{[A-Za-z]|\[\[|\bNone\b|\bTrue\b|Undefined", text)


def test_concept_is_on_every_page_that_is_one(pack: Path) -> None:
    for name in pages(pack):
        head = text_of(page(pack, name), frozenset({"style", "main"}))
        assert ("CONCEPT" in head) == (pack.name == "overvecht"), name


def test_the_index_page_leads_every_reader_into_the_pack(pack: Path) -> None:
    html = page(pack, "index.html")
    for reader in ("huisarts", "praktijkmanager", "sociaal-team", "bestuurder", "trainer"):
        block = html.split(f'id="lezer-{reader}"', 1)[1].split("</li>\n<li>\n<h3", 1)[0]
        assert block.count("<a href=") >= 3


def test_every_document_of_the_plan_is_reachable_from_the_index_page(pack: Path) -> None:
    hrefs = {href.partition("#")[0] for href in Links(page(pack, "index.html")).hrefs}
    assert set(pages(pack)) - {"index.html"} <= hrefs


def names_of(neighbourhood: Neighbourhood) -> Iterator[str]:
    """Every name that a profile brings along."""
    profile = neighbourhood.site.profile
    yield from (profile.place.name, profile.place.municipality)
    for group in (profile.partners, profile.practices, profile.bodies):
        yield from (entry.name for entry in group)
    yield from (binding.name for binding in profile.roles.values() if binding.name)
    yield from (binding.plural for binding in profile.roles.values() if binding.plural)
    yield from (binding.name for binding in profile.programmes.values())
    yield from (theme.name for theme in profile.themes if theme.name)


@pytest.mark.parametrize("own", ["overvecht", "schapenweide"])
def test_names_of_one_neighbourhood_never_stand_in_the_pack_of_another(
    own: str, catalogue: Catalogue, html_pack: Callable[[Path], Path], request: pytest.FixtureRequest
) -> None:
    here: Neighbourhood = request.getfixturevalue(own)
    other: Neighbourhood = request.getfixturevalue("schapenweide" if own == "overvecht" else "overvecht")
    foreign = set(names_of(other)) - set(names_of(here)) - {role.name for role in catalogue.roles.values()}
    foreign -= {"Jeugdgezondheidszorg (JGZ)", "Achterstandsfondsen"}  # kinds of organisation, which the reference explains
    foreign = {name for name in foreign if not any(name in theme.name for theme in catalogue.themes.values())}
    assert len(foreign) > 8
    pack = html_pack(OVERVECHT if own == "overvecht" else SCHAPENWEIDE)
    allowed = frozenset({"style", "bron", "resultaten", "documenten", "bronnen"})
    for name in pages(pack):
        text = text_of(page(pack, name), allowed).lower()
        leaked = sorted(each for each in foreign if re.search(rf"\b{re.escape(each.lower())}\b", text))
        assert leaked == [], f"{name} of {own} names {leaked}"
