"""The index page of a pack: from who you are to what you need."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kbrollout.documents import afsprakenstelsel, basisvoorwaarden, plandocument
from kbrollout.documents.parts import Data, open_point_data, site_data
from kbrollout.model.fields import AnchorId, DocumentKind, Line, Model, Slug, key
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.templating import folder
from kbrollout.validate import validate
from kbrollout.yamlfile import read_yaml

_WITHOUT_CHAPTERS = (
    *("wie-is-wie", "besturing", "financiering", "resultaten", "open-punten", "rolkaart", "praktijk"),
    *("bewust-anders", "te-kiezen", "besluiten", "tekenblad"),
    *("overleg", "checklist", "voortgang", "agenda", "drukwerk", "training", "handout"),
)

ANCHORS: Mapping[str, Mapping[str, str]] = {
    "afsprakenstelsel": afsprakenstelsel.CHAPTERS,
    "basisvoorwaarden": basisvoorwaarden.CHAPTERS,
    "plan": plandocument.CHAPTERS,
    **{kind: {} for kind in _WITHOUT_CHAPTERS},
}
"""Per kind of document the places in it that a reader can be led to."""

FIRST_POINTS = 5


class ReaderLink(Model):
    """One place that a reader can go to."""

    text: Line = key("tekst", "Wat de lezer daar vindt.")
    document: DocumentKind = key("document", "Het document.")
    role: Slug | None = key("rol", "Bij een rolkaart of een agenda: van wie.", default=None)
    anchor: AnchorId | None = key("anker", "Het hoofdstuk in dat document.", default=None)

    @property
    def goal(self) -> str:
        """The id of the document that the link leads to."""
        return f"{self.document}-{self.role}" if self.role else self.document


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

    `documents` are the documents of the pack: id, group, title, code and files (path per format).
    """
    present = {document["id"]: document for document in documents}
    title = f"Pakket Krachtige basiszorg {neighbourhood.site.profile.place.name}"
    points = [open_point_data(neighbourhood, point) for point in neighbourhood.open_points[:FIRST_POINTS]]
    groups = dict.fromkeys(document["group"] for document in documents)
    data: Data = {
        **site_data(neighbourhood),
        "title": title,
        "groups": [{"name": name, "documents": [each for each in documents if each["group"] == name]} for name in groups],
        "readers": [_reader(reader, present) for reader in readers()],
        "open_points": points,
        "more_points": len(neighbourhood.open_points) - len(points),
        "open_points_href": present.get("open-punten", {"files": {}})["files"].get("html"),
        "themes": [chosen.name for chosen in neighbourhood.themes],
    }
    return title, data


def _reader(reader: Reader, present: Mapping[str, Data]) -> Data:
    links = [{"text": link.text, "href": _href(link, present[link.goal])} for link in reader.links if link.goal in present]
    return {"id": reader.id, "name": reader.name, "introduction": reader.introduction, "links": links}


def _href(link: ReaderLink, document: Data) -> str:
    files: dict[str, str] = document["files"]
    if "html" in files:
        return files["html"] + (f"#{link.anchor}" if link.anchor else "")
    return next(iter(files.values()))
