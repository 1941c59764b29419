"""The first sheet of a progress workbook: what it is, how to use it, what the words mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kbrollout.model.progress import MEANINGS
from kbrollout.render.fillin import FORMATS, TITLE_HEIGHT, height, set_up
from kbrollout.render.xlsx import fitting

HOW = (
    "De wijk en elke praktijk hebben een eigen blad. Vul alleen de witte vakken in. De grijze staan vast.",
    "Kies bij Stand hoe het ervoor staat. Bij “Goed genoeg als” leest u wanneer iets geregeld is.",
    "Twijfelt u? Kies “Mee bezig” en schrijf op wat nog ontbreekt. Het hoeft niet perfect.",
    "Eigenaar is een functie, geen naam. Kies uit de lijst of typ een andere functie.",
    "Datum is de dag waarop het klaar is of klaar moet zijn. Typ dag-maand-jaar, zoals 12-3-2027.",
    "Bewijs of vindplaats is waar een ander het kan zien, zoals een map of een document. Verloopt het? Vul in tot wanneer het geldt.",
    "Met de pijltjes in de koppen kiest u welke rijen u ziet. Afdrukken past in de breedte op A4.",
    "Voeg geen rijen of kolommen toe. De bladen zijn tegen vergissingen beveiligd, zonder wachtwoord.",
)

BACK = (
    "Lever het bestand in op de website, bij Excel. U ziet dan eerst wat er verandert. Daarna zegt u of het goed is.",
    "Een leeg vak verandert niets. Wilt u iets leegmaken? Typ dan (leeg).",
    "Vulde een ander intussen hetzelfde vak in? Dan kiest u wat er blijft staan.",
)
"""How a workbook that the tracker handed out goes back there."""

_WIDTH = 116
_LINE = {"top": 1, "top_color": "#9FB0AE"}
GUIDE_FORMATS = {f"{name}_first": {**FORMATS[name], **_LINE} for name in ("label", "said")}
"""The formats of the guide, beside those that all sheets share: a line where something else begins."""

NEVER = (
    "Gegevens van patiënten: geen naam, geen geboortedatum, geen BSN. Ook niet bij een toelichting.",
    "Namen van collega’s. Schrijf hun functie op.",
)


def write_guide(
    page: Any, title: str, data: dict[str, Any], stamp: dict[str, Any], formats: dict[str, Any], header: str, footer: str
) -> None:
    """Fill the worksheet."""
    page.set_column(0, 0, 24)
    page.set_column(1, 1, _WIDTH)
    page.write_string(0, 0, fitting(title), formats["title"])
    page.set_row(0, TITLE_HEIGHT)
    row = 0
    for row, (name, text) in enumerate(_rows(data, stamp), 1):
        begins = "_first" if name else ""
        page.write_string(row, 0, name, formats[name if name in MEANINGS else f"label{begins}"])
        page.write_string(row, 1, fitting(text), formats[f"said{begins}"])
        page.set_row(row, height([(text, _WIDTH)]) + 1)
    page.print_area(0, 0, row, 1)
    set_up(page, header, footer)


def _rows(data: dict[str, Any], stamp: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is said, each with what it is about; that stands there once for lines that belong together."""
    if data["concept"]:
        yield "CONCEPT", "De wijk heeft deze afspraken nog niet vastgesteld."
    if data["site"]["example"]:
        yield "Voorbeeld", "Praktijken, functies en besluiten zijn verzonnen. Wat over de stad gaat, is echt."
    yield from _labelled("Zo werkt het", HOW)
    yield from _labelled("Terug naar de website", BACK if "export" in stamp else ())
    yield from _labelled("Wat hier nooit staat", NEVER)
    for stand, meaning in MEANINGS.items():
        yield stand.value, meaning
    yield from _labelled("De andere bladen", _sheets(data))
    if data["remark"]:
        yield "Bij het plan", data["remark"]
    yield "Wijk", data["site"]["name"]
    yield "Referentie", f"versie {data['reference']['version']}"
    yield "Gemaakt op", stamp["date"]
    yield "Code", stamp["code"]


def _sheets(data: dict[str, Any]) -> tuple[str, ...]:
    plan = ("Plan: wie doet wat wanneer. Zet “Gedaan” op ja als een taak klaar is, met de datum.",)
    points = ("Open punten: wat nog niet bekend of niet afgesproken is, en wie dat oppakt.",)
    return (
        "Samenvatting: hoeveel er geregeld is van wat geldt. Dit blad telt vanzelf mee.",
        *(plan if data["plan"] else ()),
        *(points if data["points"] is not None else ()),
    )


def _labelled(name: str, texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(texts):
        yield "" if number else name, text
