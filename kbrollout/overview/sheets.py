"""The overview as the sheets of a workbook: the same data as the page, one row per thing, to filter and sort."""

from __future__ import annotations

from datetime import date

from kbrollout.grammar import counted
from kbrollout.overview.data import Data
from kbrollout.render.xlsx import Cell, Column, Sheet

UNKNOWN = "onbekend"
YES, NO = "ja", "nee"


def sheets(data: Data, failed: list[Data]) -> tuple[Sheet, ...]:
    """All sheets. `failed` are the site folders that could not be used, with their faults."""
    return (_sites(data, failed), _themes(data), _roles(data), _open_points(data), _streams(data))


def _sites(data: Data, failed: list[Data]) -> Sheet:
    columns = (
        *(Column("Wijk", 22), Column("Gemeente", 15), Column("Inwoners", 11), Column("Praktijken", 11), Column("Partners", 10)),
        *(Column("Versie", 11), Column("Vastgesteld op", 12), Column("Vastgesteld door", 22), Column("Thema's", 10)),
        *(Column(state.capitalize(), 12) for state in data["states"]),
        *(Column("Besluiten die wachten", 11), Column("Rollen die niemand vervult", 12), Column("Geldstromen", 13)),
        *(Column("Geldstromen met onbekende gegevens", 14), Column("Open punten", 10)),
    )
    if not failed:
        return Sheet("Wijken", columns, tuple(_site(site) for site in data["sites"]))
    used = ((*_site(site), None) for site in data["sites"])
    unread = ((each["site"], *(None for _ in columns[1:]), _why_not(each)) for each in failed)
    return Sheet("Wijken", (*columns, Column("Opmerking", 30)), (*used, *unread))


def _why_not(folder: Data) -> str:
    return f"Telt niet mee: {counted(len(folder['problems']), 'melding', 'meldingen')}; kbrollout check noemt ze."


def _site(site: Data) -> tuple[Cell, ...]:
    adopted = site["adopted"]
    decision = (adopted["version"], date.fromisoformat(adopted["on"]), adopted["by"]) if adopted else ("CONCEPT", None, None)
    inhabitants = UNKNOWN if site["inhabitants"] is None else site["inhabitants"]
    return (
        *(_name(site), site["municipality"], inhabitants, site["practices"], site["partners"]),
        *(*decision, site["themes"], *site["states"].values()),
        *(site["decisions"], site["unfilled"], site["streams"], site["streams_with_gaps"], site["open_points"]),
    )


def _name(site: Data) -> str:
    return f"{site['name']} (verzonnen voorbeeld)" if site["example"] else str(site["name"])


def _themes(data: Data) -> Sheet:
    columns = (Column("Wijk", 26), Column("Thema", 28), Column("Gekozen", 10), Column("Naam in de wijk", 28), Column("Aanspreekpunt", 34))
    rows = []
    for number, site in enumerate(data["sites"]):
        for theme in data["themes"]:
            choice = theme["sites"][number]
            told = (YES, choice["name"], choice["contact"] or UNKNOWN) if choice else (NO, None, None)
            rows.append((site["name"], theme["name"], *told))
    return Sheet("Thema's", columns, tuple(rows))


def _roles(data: Data) -> Sheet:
    columns = (
        *(Column("Wijk", 26), Column("Rol", 26), Column("Naam in de wijk", 26), Column("Vervuld", 9)),
        *(Column("Vervuld door", 40), Column("Waarom niet", 50)),
    )
    rows = (
        (row["site"], row["role"], row["local"], YES if row["filled_by"] else NO, ", ".join(row["filled_by"]), row["reason"])
        for row in data["roles"]
    )
    return Sheet("Rollen", columns, tuple(rows))


def _open_points(data: Data) -> Sheet:
    columns = (
        *(Column("Wijk", 18), Column("Id", 22), Column("Wat", 42), Column("Waarom", 42), Column("Wie pakt het op", 17)),
        *(Column("Voor", 11), Column("Thema", 14), Column("Praktijken", 20), Column("Ook in andere wijken", 11)),
    )
    shared = {point["id"] for point in data["shared_points"]}
    rows = (
        (
            *(row["site"], row["id"], row["what"], row["why"], row["owner"]),
            *(date.fromisoformat(row["due"]) if row["due"] else None, row["theme"], ", ".join(row["units"])),
            YES if row["id"] in shared and not row["own"] else NO,
        )
        for row in data["open_points"]
    )
    return Sheet("Open punten", columns, tuple(rows))


def _streams(data: Data) -> Sheet:
    columns = (
        *(Column("Wijk", 18), Column("Id", 18), Column("Betaler", 20), Column("Waarvoor", 42), Column("Bedrag", 18)),
        *(Column("Eenheid", 18), Column("Periode", 16), Column("Tot", 14), Column("Wat ontbreekt", 18), Column("Bron", 34)),
    )
    rows = (
        (
            *(row["site"], row["id"], row["payer"] or UNKNOWN, row["purpose"], *_amount(row)),
            *(row["ends"] or UNKNOWN, ", ".join(row["missing"]), row["source"]),
        )
        for row in data["streams"]
    )
    none = ((name, *(None for _ in columns[1:-2]), "nog geen geldstromen opgegeven", None) for name in data["without_streams"])
    return Sheet("Financiering", columns, (*rows, *none))


def _amount(row: Data) -> tuple[Cell, Cell, Cell]:
    """Amount, unit and period; effort without pay has none."""
    if row["kind"] == "inzet" and row["amount"] is None:
        return "geen vergoeding", None, None
    return row["amount"] or UNKNOWN, row["unit"] or UNKNOWN, row["period"] or UNKNOWN
