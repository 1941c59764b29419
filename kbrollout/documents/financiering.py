"""The financing overview: who bears what, who gains, how much is known, and what the figures do not say."""

from __future__ import annotations

from collections.abc import Iterable

from kbrollout.documents.parts import Data, agreement_data, member_names, origin, result_data, role_name, site_data, stream_data, text_data
from kbrollout.model.framework import Column, Function
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.site import Stream, StreamKind

NOBODY = "Onbekend wie"


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: streams, burdens and gains per party, sources of money, agreements and conflicting figures."""
    title = f"Financiering {neighbourhood.site.profile.place.name}"
    catalogue = neighbourhood.catalogue
    streams = [stream_data(neighbourhood, stream) for stream in neighbourhood.site.streams]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "texts": {"financiering": text_data(neighbourhood, "financiering")},
        "kinds": [{"kind": kind.value, "streams": [stream for stream in streams if stream["kind"] == kind.value]} for kind in StreamKind],
        "picture": _picture(streams) if streams else None,
        "parties": _parties(neighbourhood),
        "agreements": [
            agreement_data(neighbourhood, resolved)
            for resolved in neighbourhood.agreements
            if resolved.holds
            and (resolved.agreement.header.column, resolved.agreement.header.function) == (Column.SUSTAINABILITY, Function.FUNDING)
        ],
        "conflicts": _conflicts(neighbourhood),
        "sources_of_money": [
            {
                "id": source.id,
                "title": source.title,
                "payer": role_name(neighbourhood, source.payer),
                "purpose": source.purpose,
                "amount": source.amount,
                "unit": source.unit,
                "period": source.period,
                "date": source.date,
                "ends": source.ends,
                "caution": source.caution,
                **origin(catalogue, source),
            }
            for source in catalogue.funding_sources
        ],
    }


def _picture(streams: list[Data]) -> Data:
    """Who bears and who gets or gains, each with the numbers of the streams, and which is connected to which."""
    bear: dict[str, list[str]] = {}
    gain: dict[str, list[str]] = {}
    pairs: dict[tuple[str, str], None] = {}
    for stream in streams:
        payer = stream["payer"] or NOBODY
        gainers = list(dict.fromkeys(party for party in (stream["receiver"], *stream["gains"]) if party)) or [NOBODY]
        bear.setdefault(payer, []).append(stream["id"])
        for party in gainers:
            gain.setdefault(party, []).append(stream["id"])
            pairs[payer, party] = None
    left, right = list(bear), list(gain)
    return {
        "bear": [{"name": name, "under": ", ".join(ids)} for name, ids in bear.items()],
        "gain": [{"name": name, "under": ", ".join(ids)} for name, ids in gain.items()],
        "lines": [[left.index(payer), right.index(party)] for payer, party in pairs],
    }


def _parties(neighbourhood: Neighbourhood) -> list[Data]:
    """Per party what it bears and what it gets or gains, side by side, in the order in which parties first occur."""
    streams, names = neighbourhood.site.streams, member_names(neighbourhood)
    involved = [key for stream in streams for key in (stream.payer, stream.receiver, *(stream.gains or ()))]
    rows: list[Data] = [
        {
            "name": names[party],
            "bears": _shown(neighbourhood, (stream for stream in streams if stream.payer == party)),
            "gets": _shown(neighbourhood, (stream for stream in streams if stream.receiver == party)),
            "gains": _shown(neighbourhood, (stream for stream in streams if party in (stream.gains or ()))),
        }
        for party in dict.fromkeys(key for key in involved if key is not None)
    ]
    unknown = [stream for stream in streams if stream.payer is None]
    if unknown:
        rows.append({"name": "Nog onbekend wie", "bears": _shown(neighbourhood, unknown), "gets": [], "gains": []})
    return rows


def _shown(neighbourhood: Neighbourhood, streams: Iterable[Stream]) -> list[Data]:
    return [stream_data(neighbourhood, stream) for stream in streams]


def _conflicts(neighbourhood: Neighbourhood) -> list[list[Data]]:
    """Figures about the same thing that say something else, in groups to stand side by side."""
    results = {result.id: result for result in neighbourhood.catalogue.results}
    groups: list[list[str]] = []
    for result in results.values():
        group = [result.id, *result.beside]
        if result.beside and not any(set(group) & set(other) for other in groups):
            groups.append(group)
    return [[result_data(neighbourhood.catalogue, results[key]) for key in group] for group in groups]
