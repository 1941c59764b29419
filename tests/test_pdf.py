"""The PDF: PDF/UA-1 in structure, made without a word from WeasyPrint, and closed to the world outside."""

from pathlib import Path

import pikepdf
import pytest

from kbrollout.documents.plan import KINDS, plan_documents
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.packing import Job
from kbrollout.render.pdf import render_pdf
from tests.conftest import SCHAPENWEIDE, build_one, heard_job
from tests.pdfua import faults, is_imposed


def test_every_pdf_is_tagged_as_pdf_ua_asks(overvecht_pack: Path) -> None:
    found = {path.name: faults(path) for path in sorted(overvecht_pack.rglob("*.pdf")) if not is_imposed(path)}
    assert len(found) > 30
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("folder", "most"), [("rolkaarten", 2), ("praktijken", 1)])
def test_sheets_fit_their_paper(overvecht_pack: Path, folder: str, most: int) -> None:
    for path in sorted((overvecht_pack / folder).glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) <= most, path.name


def test_the_checks_see_a_pdf_that_is_not_accessible(tmp_path: Path) -> None:
    path = tmp_path / "kaal.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(K=pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Figure)]))
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "kaal"
    pdf.save(path)
    found = " ".join(faults(path))
    for fault in ("not marked", "language", "title is not shown", "no bookmarks", "PDF/UA-1", "alternative text", "H1"):
        assert fault in found


def test_weasyprint_is_silent_about_our_templates(overvecht: Neighbourhood, overvecht_pack: Path) -> None:
    assert {document.kind for document in plan_documents(overvecht)} == set(KINDS)
    assert all((overvecht_pack / document.path("pdf")).is_file() for document in plan_documents(overvecht) if "pdf" in document.formats)
    heard = overvecht_pack.with_name("heard")
    assert not heard.exists(), heard.read_text(encoding="utf-8")


def test_what_weasyprint_says_is_heard(overvecht: Neighbourhood, tmp_path: Path) -> None:
    document = next(each for each in plan_documents(overvecht) if each.id == "besturing")
    stamp = {"code": document.code, "date": "22 november 2026", "date_iso": "2026-11-22", "root": document.root, "format": "pdf"}
    assets = {"assets/style.css": b"p { colour: red }"}
    heard_job(tmp_path / "heard", Job("x.pdf", "pdf", document.title, document.template, document.data, stamp, assets))
    assert "x.pdf: Ignored `colour: red" in (tmp_path / "heard").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    [
        '<img src="https://voorbeeld.nl/x.png" alt="x">',
        '<img src="file:///etc/hostname" alt="x">',
        '<link rel="stylesheet" href="../geheim.css">',
        '<style>p { background: url("http://127.0.0.1/x.png") }</style><p>x</p>',
    ],
)
def test_nothing_outside_the_pack_is_ever_fetched(content: str) -> None:
    html = f"<!DOCTYPE html><html lang='nl'><head><title>x</title></head><body><h1>x</h1>{content}</body></html>".encode()
    with pytest.raises(ValueError, match="outside the pack"):
        render_pdf(html, {})


def test_the_pdf_says_title_language_and_date(overvecht_pack: Path) -> None:
    with pikepdf.open(overvecht_pack / "afsprakenstelsel.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "Afsprakenstelsel Krachtige basiszorg Overvecht"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261122")
        assert len(pdf.pages) > 20


@pytest.mark.slow
def test_every_pdf_of_another_site_is_tagged_too(catalogue: Catalogue, tmp_path: Path) -> None:
    made = build_one(SCHAPENWEIDE, catalogue, tmp_path, formats=("pdf",))
    assert made.pack
    found = {path.name: faults(path) for path in sorted(made.pack.rglob("*.pdf")) if not is_imposed(path)}
    assert len(found) > 15
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
