"""Messages about handouts and local offers: part of the table in `kbrollout.messages`."""

from __future__ import annotations

HANDOUTS: dict[str, tuple[str, str]] = {
    "handout-onbekend": ("De handout {gegeven} bestaat niet.", "{bedoelt}De handouts staan in de map handouts van de referentie."),
    "training-onbekend": ("De training “{gegeven}” is er niet.", "{bedoelt}Trainingen zijn: {mogelijk}."),
    "hulpmiddel-onbekend": ("Het hulpmiddel {gegeven} bestaat niet.", "{bedoelt}De hulpmiddelen staan in instrumenten.yaml."),
    "blok-inhoud": (
        "Een blok heeft precies één inhoud, en eventueel een kop.",
        "Zet in dit blok bijvoorbeeld alleen tekst, of alleen stappen. Maak van de rest een nieuw blok.",
    ),
    "tabel-breedte": (
        "In rij {rij} klopt het aantal cellen niet: het is {cellen}, en er zijn {koppen} koppen.",
        "Geef elke rij evenveel cellen als er koppen zijn. Een lege cel schrijft u als een streepje: –.",
    ),
    "stap-onbekend": (
        "De pijl gaat naar “{gegeven}”, maar zo heet geen stap van dit schema.",
        "{bedoelt}Stappen zijn: {mogelijk}.",
    ),
    "stroom-in-een-kring": (
        "Deze stappen gaan in een kring: {keten}.",
        "Haal een pijl weg: een schema loopt van boven naar beneden.",
    ),
}
