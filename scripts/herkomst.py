"""Make docs/herkomst.md: where every row of the inventory of the sources has its home, with the titles of the homes.

Usage: herkomst.py [OUT]. The rows stand in docs/herkomst.yaml. A home is `kind:id` in the reference, or
`overvecht/kind:id` in the site folder of Overvecht; `stuk:kind` is a document that the program makes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

from kbrollout.catalogue import load_catalogue
from kbrollout.check import check_site
from kbrollout.documents.plan import KINDS
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.fields import Line, Model, key
from kbrollout.model.site import Site
from kbrollout.validate import validate
from kbrollout.yamlfile import read_yaml

ROOT = Path(__file__).parent.parent
ROWS = ROOT / "docs" / "herkomst.yaml"
SITE = ROOT / "examples" / "overvecht"

PARTS: Mapping[str, str] = {
    "SEED": "De bronnen",
    "S": "Hoofdstukken van het afsprakenstelsel 2.1",
    "META": "Gegevens van het document",
    "PROB": "Het probleem",
    "HIST": "Geschiedenis",
    "RES": "Resultaten",
    "SCH": "Het kader",
    "G": "Doelen",
    "N": "Normen voor kwaliteit",
    "W": "Werkafspraken",
    "TH": "Thema’s",
    "T": "Techniek en hulpmiddelen",
    "ND": "Normen voor duurzaamheid",
    "D": "Werkafspraken over continuïteit",
    "F": "Financiering",
    "A": "Partijen",
    "B": "Gremia",
    "DOC": "Documenten",
    "GAP": "Gaten",
    "INC": "Tegenspraak binnen het document",
    "PII": "Persoonsgegevens",
    "S0": "Organisatorische inbedding",
    "S2": "Praktijkvoorbeeld",
    "S3": "Uitbreiding naar de vier grote steden",
    "S4": "Samenwerken in de wijk",
    "XC": "Tegenspraak tussen de bronnen",
}
"""The tables of the inventory, by the beginning of their ids, in the order of docs/herkomst.md."""


class Row(Model):
    """One row of the inventory."""

    id: Line = key("id", "Het id van de rij.")
    what: Line = key("wat", "Wat er in de bron staat, in eigen woorden.")
    homes: tuple[Line, ...] = key("thuis", "Waar het nu staat.", default=())
    reason: Line | None = key("reden", "Waarom het nergens staat, of alleen voor een deel.", default=None)

    @property
    def part(self) -> str:
        return self.id.partition("-")[0]


class RowsFile(Model):
    """`docs/herkomst.yaml`."""

    rows: tuple[Row, ...] = key("rijen", "De rijen van de inventaris.")


def read_rows() -> tuple[Row, ...]:
    """The rows in their order. Raises ContentError."""
    return validate(RowsFile, read_yaml(ROWS, "docs/herkomst.yaml", "Maak het bestand."), {}).rows


def homes() -> dict[str, str]:
    """Everything that can be a home: `kind:id` → what it is called."""
    catalogue = load_catalogue()
    site = check_site(SITE, catalogue, date.max).neighbourhood.site
    local = {f"overvecht/{home}": name for home, name in _in_site(site)}
    return {**dict(_in_reference(catalogue)), **local, **{f"stuk:{kind}": kind for kind in KINDS}}


def _in_reference(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    yield from ((f"afspraak:{each.id}", each.header.title) for each in catalogue.agreements.values())
    yield from ((f"tekst:{each.header.id}", each.header.title) for each in catalogue.texts.values())
    yield from ((f"begrip:{each.term}", each.meaning) for each in catalogue.terms)
    yield from ((f"cel:{each.column}/{each.layer}", each.question) for each in catalogue.index.cells)
    yield from ((f"groep:{each.id}", each.name) for each in catalogue.index.groups)
    yield from ((f"uitgave:{each.version}", each.summary) for each in catalogue.index.releases)
    yield from ((f"resultaat:{each.id}", each.what) for each in catalogue.results)
    yield from ((f"openpunt:{each.id}", each.what) for each in catalogue.gaps)
    nouns = {"rol": catalogue.roles, "programma": catalogue.programmes, "thema": catalogue.themes, "systeem": catalogue.systems}
    for kind, named in nouns.items():
        yield from ((f"{kind}:{each.id}", each.name) for each in named.values())
    titled = {
        "doel": catalogue.goals,
        "instrument": catalogue.instruments,
        "document": catalogue.documents.values(),
        "bron": catalogue.sources.values(),
        "basisvoorwaarde": catalogue.requirements.values(),
        "startvoorwaarde": catalogue.entry_conditions.values(),
        "indicator": catalogue.indicators.values(),
        "geldbron": catalogue.funding_sources,
        "stap": catalogue.first_steps,
    }
    for kind, group in titled.items():
        yield from ((f"{kind}:{each.id}", each.title) for each in group)


def _in_site(site: Site) -> Iterator[tuple[str, str]]:
    profile = site.profile
    yield f"wijk:{profile.place.id}", profile.place.name
    for kind, group in {"partner": profile.partners, "praktijk": profile.practices, "gremium": profile.bodies}.items():
        yield from ((f"{kind}:{each.id}", each.name) for each in group)
    yield from ((f"rol:{each}", each) for each in profile.roles)
    yield from ((f"programma:{each}", binding.name) for each, binding in profile.programmes.items())
    yield from ((f"thema:{each.id}", each.name or each.id) for each in profile.themes)
    yield from ((f"stroom:{each.id}", each.purpose) for each in site.streams)
    yield from ((f"tijdlijn:{each.id}", each.when) for each in profile.timeline)
    yield from ((f"specialisme:{each.name}", each.name) for each in profile.specialisms)
    yield from ((f"openpunt:{each.id}", each.what or each.id) for each in profile.open_points)
    yield from ((f"document:{each}", each) for each in site.documents)


def markdown() -> str:
    """The whole of docs/herkomst.md. Raises ContentError, or KeyError for a home that does not exist."""
    known = homes()
    lines = [
        "# Herkomst: waar elke rij van de bronnen is gebleven",
        "",
        "Vijf brondocumenten zijn rij voor rij doorgenomen. Hieronder staat per rij waar de inhoud nu staat: in de referentie",
        "(`templates/catalogue/`), in de wijkmap van Overvecht (`examples/overvecht/`), of in een stuk dat kbrollout maakt.",
        "Staat iets nergens, dan staat er waarom. Dit bestand is gemaakt van `docs/herkomst.yaml` met `make herkomst`.",
    ]
    order = list(PARTS)
    for part, group in groupby(sorted(read_rows(), key=lambda row: order.index(row.part)), key=lambda row: row.part):
        lines += ["", f"## {PARTS[part]}", "", "| rij | wat de bron heeft | waar het nu staat |", "|---|---|---|"]
        lines += [f"| {row.id} | {row.what} | {_where(row, known)} |" for row in group]
    return "\n".join(lines) + "\n"


def _where(row: Row, known: Mapping[str, str]) -> str:
    places = [f"{home} ({_short(known[home])})" for home in row.homes]
    return "; ".join([*places, *([row.reason] if row.reason else [])]).replace("|", "/")


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:57].rstrip()}…"


if __name__ == "__main__":
    Path(*sys.argv[1:] or [ROOT / "docs" / "herkomst.md"]).write_text(markdown(), encoding="utf-8")
