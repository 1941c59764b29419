"""Checks of a PDF's structure for PDF/UA-1, with pikepdf: no validator of it is in the package indexes."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

HEADINGS = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}


def is_imposed(path: Path) -> bool:
    """Whether a file is for the printer only: it has no tags, and stands beside one that has."""
    return path.name.endswith(".druk.pdf")


def faults(path: Path) -> list[str]:
    """What is wrong with the structure of a PDF; empty when all is well."""
    with pikepdf.open(path) as pdf:
        return [*_document(pdf), *_structure(pdf), *_content(pdf), *_links(pdf), *_fonts(pdf)]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "not marked as tagged"
    if root.get("/Lang") != "nl":
        yield f"language is {root.get('/Lang')}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"
    if "/Outlines" not in root:
        yield "no bookmarks"
    metadata = bytes(root.Metadata.read_bytes())
    if not re.search(rb"pdfuaid[^<]*>?1<|pdfuaid:part=.1.|pdfuaid:part>1<", metadata):
        yield "does not call itself PDF/UA-1"


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    tree = list(elements(pdf.Root.StructTreeRoot))
    kinds = [str(element.S) for element in tree]
    if not tree:
        yield "no structure tree"
    levels = [int(kind[2]) for kind in kinds if kind in HEADINGS]
    if not levels or levels[0] != 1:
        yield f"first heading is not H1: {levels[:1]}"
    yield from (f"heading jumps from H{before} to H{after}" for before, after in pairwise(levels) if after > before + 1)
    for element in tree:
        if element.S == "/Figure" and not str(element.get("/Alt", "")):
            yield "a figure without alternative text"
        if element.S == "/TH" and not _scope(element):
            yield "a table header without scope"
        if element.S == "/Link" and not any(isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" for kid in _kids(element)):
            yield "a link element without its annotation"
    for table in (element for element in tree if element.S == "/Table"):
        if not any(each.S == "/TH" for each in elements(table)):
            yield "a table without headers"


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _scope(element: Any) -> bool:
    attributes = element.get("/A", [])
    return any("/Scope" in each for each in (attributes if isinstance(attributes, pikepdf.Array) else [attributes]))


def _content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Everything that paints stands between BDC/BMC and EMC: tagged, or an artifact."""
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            if name in ("BDC", "BMC"):
                depth += 1
            elif name == "EMC":
                depth -= 1
            elif name in ("Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "S", "s", "sh") and depth == 0:
                yield f"page {number}: {name} outside of any tag"
                break


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != "/S" and "/Annots" in page:
            yield f"page {number}: tab order is not that of the structure"
        for annotation in page.get("/Annots", []):
            if annotation.Subtype == "/Link" and not str(annotation.get("/Contents", "")):
                yield f"page {number}: a link without contents"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        fonts: Any = page.get("/Resources", {})
        for font in fonts.get("/Font", {}).values():
            for descendant in font.get("/DescendantFonts", [font]):
                descriptor: Any = descendant.get("/FontDescriptor", {})
                if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                    yield f"page {number}: font {font.get('/BaseFont')} is not embedded"
                name = str(font.get("/BaseFont"))
                if "Source" not in name:
                    yield f"page {number}: {name} does not come with the installation"
