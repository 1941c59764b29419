"""The financing overview and the results: everything with its source, unknown said, nothing added up."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kbrollout.check import check_site
from kbrollout.documents import financiering, resultaten
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.site import StreamKind
from kbrollout.render.svg import streams_svg
from tests.conftest import OVERVECHT, SCHAPENWEIDE, TODAY, text_of

STREAMS = """
stromen:
  - id: S-1
    betaler: welpolis
    ontvanger: huisartsenpraktijk
    voordeel: [stad]
    waarvoor: Verzonnen toeslag
    bedrag: 3 euro
    eenheid: per patiënt
    bron: Verzonnen
  - id: S-2
    soort: inzet
    betaler: molenpad
    waarvoor: Verzonnen overleg
    bron: Verzonnen
  - id: S-3
    betaler: onbekend
    waarvoor: Verzonnen subsidie
    bron: Verzonnen
"""


@pytest.fixture
def paid(site: Callable[..., Path], catalogue: Catalogue) -> Neighbourhood:
    folder = site(SCHAPENWEIDE)
    (folder / "financiering.yaml").write_text(STREAMS, encoding="utf-8")
    return check_site(folder, catalogue, TODAY).neighbourhood


def test_burdens_and_gains_stand_side_by_side_per_party(paid: Neighbourhood) -> None:
    _, data = financiering.view(paid)
    table = {row["name"]: {side: [each["id"] for each in row[side]] for side in ("bears", "gets", "gains")} for row in data["parties"]}
    assert table == {
        "Welpolis": {"bears": ["S-1"], "gets": [], "gains": []},
        "Huisartsenpraktijken": {"bears": [], "gets": ["S-1"], "gains": []},
        "Verzonnenstad": {"bears": [], "gets": [], "gains": ["S-1"]},
        "Praktijk Molenpad": {"bears": ["S-2"], "gets": [], "gains": []},
        "Nog onbekend wie": {"bears": ["S-3"], "gets": [], "gains": []},
    }


def test_what_is_unknown_of_a_stream_is_an_open_point_and_effort_has_no_amount(paid: Neighbourhood) -> None:
    assert [stream.unknown for stream in paid.site.streams] == [
        ("periode", "einddatum"),
        (),
        ("betaler", "bedrag", "eenheid", "periode", "einddatum"),
    ]
    point = next(point for point in paid.open_points if point.id == "OP-BEDRAGEN")
    assert "twee geldstromen" in point.what


def test_the_picture_says_the_same_as_the_table(paid: Neighbourhood) -> None:
    _, data = financiering.view(paid)
    picture = streams_svg(data["picture"], "Titel")
    words = re.sub(r"</text><text[^>]*>", " ", picture)
    for said in ("Welpolis S-1", "Huisartsenpraktijken S-1", "Verzonnenstad S-1", "Praktijk Molenpad S-2", "Onbekend wie S-3"):
        assert said in words, said
    assert data["picture"]["lines"] == [[0, 0], [0, 1], [1, 2], [2, 2]]
    assert picture.count("<line") == 4


def test_boxes_of_the_picture_never_overlap(overvecht: Neighbourhood) -> None:
    _, data = financiering.view(overvecht)
    picture = streams_svg(data["picture"], "Titel")
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx', picture)
    boxes = [tuple(map(float, each)) for each in found]
    assert len(boxes) == len(data["picture"]["bear"]) + len(data["picture"]["gain"])
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, wide, high in boxes[:number]:
            assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height


def test_conflicting_figures_stand_side_by_side_and_are_never_combined(html_pack: Callable[[Path], Path]) -> None:
    for name in ("financiering", "resultaten"):
        text = text_of((html_pack(OVERVECHT) / f"{name}.html").read_text(encoding="utf-8"))
        assert "26 euro" in text
        assert "356 euro" in text
        assert text.index("26 euro") < text.index("Lees dit naast RES-07") < text.index("356 euro")
        assert not re.search(r"\b(330|382)\b", text), "the difference or the sum of the two"


def test_every_figure_has_a_source_a_date_and_a_caveat(overvecht: Neighbourhood) -> None:
    _, data = resultaten.view(overvecht)
    assert len(data["results"]) >= 6
    for result in data["results"]:
        assert result["source"]
        assert result["date"]
        assert result["caveat"]
    results = {result.id: result for result in overvecht.catalogue.results}
    for each in results.values():
        assert all(each.id in results[other].beside for other in each.beside), "what stands beside something is seen from both sides"


def test_the_streams_of_the_example_are_complete(overvecht: Neighbourhood) -> None:
    streams = {stream.id: stream for stream in overvecht.site.streams}
    assert all(stream.source for stream in streams.values())
    assert "7 euro" in (streams["F-01"].amount or "")
    assert streams["F-01"].period is None, "the source does not say per year or per quarter"
    assert streams["F-04"].kind is streams["F-05"].kind is StreamKind.EFFORT
    assert streams["F-06"].payer is None


def test_sources_of_money_warn_where_there_is_no_room_left(catalogue: Catalogue) -> None:
    assert len(catalogue.funding_sources) >= 10
    closed = [source for source in catalogue.funding_sources if "IZA" in source.title]
    assert closed
    assert all(source.caution for source in closed), "no room for new plans: that must be said"
