"""Editable copies: real styles, headings and header rows, Dutch, CONCEPT and code in front, links that work."""

import io
import re
import zipfile
from pathlib import Path

import pytest


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def docx(overvecht_pack: Path) -> dict[str, str]:
    return parts(overvecht_pack / "afsprakenstelsel.docx")


@pytest.fixture(scope="module")
def odt(overvecht_pack: Path) -> dict[str, str]:
    return parts(overvecht_pack / "afsprakenstelsel.odt")


def text_in(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


def test_the_front_says_what_it_is(docx: dict[str, str], odt: dict[str, str]) -> None:
    for text in (text_in(docx["word/document.xml"]), text_in(odt["content.xml"])):
        front = text[: text.index("Leeswijzer")]
        assert "CONCEPT" in front
        assert re.search(r"code [0-9A-F]{4}-[0-9A-F]{4}", front)
        assert "22 november 2026" in front
        assert "Naar het begin van het pakket" not in text


def test_headings_are_real_styles(docx: dict[str, str], odt: dict[str, str]) -> None:
    assert docx["word/document.xml"].count('w:pStyle w:val="Heading1"') + docx["word/document.xml"].count('w:pStyle w:val="Heading2"') >= 15
    assert odt["content.xml"].count("<text:h ") >= 60


def test_tables_have_header_rows(docx: dict[str, str], odt: dict[str, str]) -> None:
    assert docx["word/document.xml"].count("<w:tblHeader") >= 10
    assert odt["content.xml"].count("<table:table-header-rows>") >= 10


def test_the_language_is_dutch(docx: dict[str, str], odt: dict[str, str]) -> None:
    assert 'w:val="nl-NL"' in docx["word/styles.xml"]
    assert 'fo:language="nl"' in odt["styles.xml"]
    assert 'fo:language="en"' not in odt["styles.xml"]


def test_links_lead_somewhere(docx: dict[str, str]) -> None:
    body = docx["word/document.xml"]
    targets = set(re.findall(r'w:anchor="([^"]+)"', body))
    bookmarks = set(re.findall(r'w:bookmarkStart[^>]*w:name="([^"]+)"', body))
    assert len(targets) > 40
    assert targets - bookmarks == set()


def test_the_date_inside_is_that_of_the_document(docx: dict[str, str], odt: dict[str, str]) -> None:
    assert "2026-11-22" in docx["docProps/core.xml"]
    assert "2026-11-22" in odt["meta.xml"]
