"""The index page of a pack: from who you are to what you need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kbrollout.documents.afsprakenstelsel import CHAPTERS
from kbrollout.documents.parts import Data, open_point_data, site_data
from kbrollout.model.fields import AnchorId, DocumentKind, Line, Model, Slug, key
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.templating import folder
from kbrollout.validate import validate
from kbrollout.yamlfile import read_yaml

ANCHORS: Mapping[str, Mapping[str, str]] = {"afsprakenstelsel": CHAPTERS}
"""Per document the places that a reader can be led to."""

FIRST_POINTS = 5


class ReaderLink(Model):
    """One place that a reader can go to."""

    text: Line = key("tekst", "Wat de lezer daar vindt.")
    document: DocumentKind = key("document", "Het document.")
    anchor: AnchorId | None = key("anker", "Het hoofdstuk in dat document.", default=None)


class Reader(Model):
    """A kind of reader, and where the pack leads that reader."""

    id: Slug = key("id", "Vaste naam van de lezer.")
    name: Line = key("naam", "Zoals de lezer zichzelf noemt, na ‘Ik ben’.")
    introduction: Line = key("inleiding", "Wat deze lezer aan het pakket heeft.")
    links: tuple[ReaderLink, ...] = key("wegen", "Waar de lezer heen kan, het belangrijkste eerst.", min_length=1)


class ReadersFile(Model):
    """`lezers.yaml`."""

    readers: tuple[Reader, ...] = key("lezers", "De lezers van een pakket.", min_length=1)


@cache
def readers() -> tuple[Reader, ...]:
    """The readers from `lezers.yaml`, with every link checked. Raises ContentError."""
    source = read_yaml(folder() / "lezers.yaml", "documents/lezers.yaml", "Maak lezers.yaml met een lijst onder de sleutel lezers.")
    anchors = [anchor for places in ANCHORS.values() for anchor in places]
    return validate(ReadersFile, source, {"documentsoort": list(ANCHORS), "anker": anchors}).readers


def view(neighbourhood: Neighbourhood, documents: list[Data]) -> tuple[str, Data]:
    """Title and template data of the index page.

    `documents` are the documents of the pack as the manifest lists them: id, title, code, date and files.
    """
    present = {document["id"]: document for document in documents}
    title = f"Pakket Krachtige basiszorg {neighbourhood.site.profile.place.name}"
    points = [open_point_data(neighbourhood, point) for point in neighbourhood.open_points[:FIRST_POINTS]]
    data: Data = {
        **site_data(neighbourhood),
        "title": title,
        "documents": documents,
        "readers": [
            {
                "id": reader.id,
                "name": reader.name,
                "introduction": reader.introduction,
                "links": [
                    {"text": link.text, "href": _href(link, present[link.document])} for link in reader.links if link.document in present
                ],
            }
            for reader in readers()
        ],
        "open_points": points,
        "more_points": len(neighbourhood.open_points) - len(points),
        "open_points_href": next((f"{d['files']['html']}#open-punten" for d in documents if "html" in d["files"]), None),
        "themes": [chosen.name for chosen in neighbourhood.themes],
    }
    return title, data


def _href(link: ReaderLink, document: Data) -> str:
    files: dict[str, str] = document["files"]
    if "html" in files:
        return files["html"] + (f"#{link.anchor}" if link.anchor else "")
    return next(iter(files.values()))
