"""Pieces of data that several documents show: agreements, sources, documents, open points."""

from __future__ import annotations

from typing import Any

from kbrollout.deviations import practice_changes
from kbrollout.grammar import capitalised, long_date, number
from kbrollout.model.catalogue import CORE_THEME, Agreement, Catalogue, Instrument, Result
from kbrollout.model.framework import Filling, Heading, Provenance
from kbrollout.model.neighbourhood import BoundRole, Neighbourhood, OpenPoint, PracticeVersion, ResolvedAgreement, State
from kbrollout.model.site import Body, DocumentStatus, Partner, Stream
from kbrollout.model.sourced import Sourced, SourceRef
from kbrollout.model.tailoring import Decision
from kbrollout.slots import renamed
from kbrollout.tailoring import REFERENCE

Data = dict[str, Any]

SHOWN = (State.IN_FORCE, State.ADAPTED, State.TO_CHOOSE, State.TO_REVIEW)
"""The states whose agreements stand in the text; the others stand in the list of provenance only."""

MANY = 3
"""More practices than this are counted, not listed."""

_AFTER_EXPECTATIONS = (Heading.EXPLANATION, Heading.RECORDING, Heading.EXAMPLE, Heading.DISAGREEMENT)


def site_data(neighbourhood: Neighbourhood) -> Data:
    """What every document says about the neighbourhood, and what its texts need for names and references."""
    place, adopted = neighbourhood.site.profile.place, neighbourhood.site.profile.adopted
    bodies = {body.id: body.name for body in neighbourhood.site.profile.bodies}
    return {
        "site": {"id": place.id, "name": place.name, "municipality": place.municipality, "example": place.example},
        "reference": {"name": neighbourhood.catalogue.index.name, "version": neighbourhood.catalogue.index.version},
        "concept": neighbourhood.concept,
        "adopted": adopted and {"version": adopted.version, "on": long_date(adopted.on), "by": bodies[adopted.by]},
        "names": neighbourhood.phrases,
        "targets": targets(neighbourhood),
        "words": neighbourhood.words,
        "holds_agreements": False,
        "house_style": neighbourhood.site.house_style,
    }


def anchor(identifier: str) -> str:
    """The anchor of an agreement."""
    return f"id-{identifier.lower()}"


def shown_anchor(neighbourhood: Neighbourhood, identifier: str) -> str | None:
    """The anchor of an agreement, if it stands in the afsprakenstelsel."""
    states = {resolved.id: resolved.state for resolved in neighbourhood.agreements}
    return anchor(identifier) if states.get(identifier) in SHOWN else None


def document_anchor(identifier: str) -> str:
    """The anchor of a document in the register; another one than that of an agreement with the same id."""
    return f"document-{identifier}"


def targets(neighbourhood: Neighbourhood) -> Data:
    """Everything that `[[…]]` may point to: what it is called, and its anchor if it stands in the text."""
    shown = {resolved.id for resolved in neighbourhood.agreements if resolved.state in SHOWN}
    words = neighbourhood.words
    agreements = {
        key: {"label": f"{renamed(agreement.header.title, words)} ({key})", "anchor": anchor(key) if key in shown else None}
        for key, agreement in neighbourhood.catalogue.agreements.items()
    }
    return {**agreements, **{key: document_data(neighbourhood, key) for key in neighbourhood.catalogue.documents}}


def document_data(neighbourhood: Neighbourhood, key: str) -> Data:
    """A document as texts speak of it: by its title where the neighbourhood has it, else by number and kind.

    Titles of the reference's documents name the neighbourhood they were written for; they stand in the register.
    """
    document, local = neighbourhood.catalogue.documents[key], neighbourhood.site.documents.get(key)
    here = local is not None and local.status is DocumentStatus.PRESENT
    label = f"{document.title} ({key})" if here else f"{key} ({document.kind})"
    return {"label": label, "anchor": document_anchor(key) if document.theme in chosen_themes(neighbourhood) else None}


def chosen_themes(neighbourhood: Neighbourhood) -> set[str]:
    """The ids of the themes whose content applies here, the core among them."""
    return {CORE_THEME, *(chosen.theme.id for chosen in neighbourhood.themes)}


def source_line(catalogue: Catalogue, sources: tuple[SourceRef, ...]) -> str:
    """The sources of a piece of content in one line: each once, with all its places."""
    places: dict[str, list[str]] = {}
    for ref in sources:
        places.setdefault(ref.document, []).extend([ref.place] if ref.place else [])
    return "; ".join(", ".join([catalogue.sources[document].short, *found]) for document, found in places.items())


def origin(catalogue: Catalogue, entry: Sourced) -> Data:
    """Source and provenance of an entry, as every document shows them."""
    return {
        "source": source_line(catalogue, entry.sources) or "de wijk zelf",
        "provenance": entry.provenance.value,
        "proposal": entry.provenance is Provenance.PROPOSAL,
    }


def agreement_data(neighbourhood: Neighbourhood, resolved: ResolvedAgreement) -> Data:
    """One agreement as documents show it. Texts are Markdown with slots; `values` fills the agreement's own."""
    agreement = resolved.agreement
    header = agreement.header
    return {
        "id": resolved.id,
        "anchor": anchor(resolved.id),
        "title": header.title,
        "state": resolved.state.value,
        "shown": resolved.state in SHOWN,
        "to_choose": resolved.state is State.TO_CHOOSE,
        "to_review": resolved.state is State.TO_REVIEW,
        "reason": resolved.reason,
        "statement": agreement.text[Heading.AGREEMENT],
        "local_statement": _is_local(resolved, Heading.AGREEMENT),
        "local_expectations": resolved.original is not None and resolved.original.expectations != agreement.expectations,
        "expectations": _expectations(neighbourhood, agreement),
        "sections": [
            {"heading": heading.value, "text": agreement.text[heading], "local": _is_local(resolved, heading)}
            for heading in _AFTER_EXPECTATIONS
            if heading in agreement.text
        ],
        "values": dict(resolved.values),
        "does": [role_name(neighbourhood, role) for role in header.roles.does],
        "knows": [role_name(neighbourhood, role) for role in header.roles.knows],
        "binding": header.binding.value,
        "since": header.since,
        "documents": [document_data(neighbourhood, key) for key in header.documents],
        "fingerprint": resolved.fingerprint,
        "adapted": resolved.state is State.ADAPTED,
        "own": resolved.own,
        "decision": decision_data(neighbourhood, resolved.decision),
        "chosen_values": [
            {"question": agreement.header.values[name].question, "phrase": bound.phrase, "layer": bound.layer, "standard": bound.standard}
            for name, bound in resolved.bound.items()
            if bound.layer != REFERENCE
        ],
        "disagreements": [
            {"who": [member_names(neighbourhood)[party] for party in each.parties], "what": each.what} for each in resolved.disagreements
        ],
        "practices": [practice_version(neighbourhood, resolved, version) for version in resolved.practices],
        **origin(neighbourhood.catalogue, header),
    }


def _is_local(resolved: ResolvedAgreement, heading: Heading) -> bool:
    """Whether the neighbourhood changed the text under a heading of the reference."""
    return resolved.original is not None and resolved.original.text.get(heading) != resolved.agreement.text.get(heading)


def decision_data(neighbourhood: Neighbourhood, decision: Decision | None) -> Data | None:
    """A decision with the name of the body that took it."""
    if decision is None:
        return None
    bodies = {body.id: body.name for body in neighbourhood.site.profile.bodies}
    return {"on": long_date(decision.on), "by": bodies[decision.by], "reason": decision.reason}


def practice_version(neighbourhood: Neighbourhood, resolved: ResolvedAgreement, version: PracticeVersion) -> Data:
    """What one practice does otherwise than the neighbourhood: left out, values it chose, texts of its own."""
    values, texts = practice_changes(neighbourhood, resolved, version)
    return {
        "name": version.name,
        "practice": version.practice,
        "dropped": version.dropped,
        "values": [{"question": each.question, "before": each.before, "after": each.after} for each in values],
        "texts": [
            {"heading": each.heading.value, "after": each.after, "runs": [{"change": r.change.value, "text": r.text} for r in each.runs]}
            for each in texts
        ],
        "decision": decision_data(neighbourhood, version.decision),
    }


def _expectations(neighbourhood: Neighbourhood, agreement: Agreement) -> list[Data]:
    """What may be expected of each role; the same words stand once, with all the roles they are about."""
    by_text: dict[str, list[str]] = {}
    for each in agreement.expectations:
        by_text.setdefault(each.text, []).append(role_name(neighbourhood, each.role))
    return [{"role": ", ".join(roles), "text": capitalised(text)} for text, roles in by_text.items()]


def role_name(neighbourhood: Neighbourhood, role: str) -> str:
    """The local name of a role, to stand alone."""
    return capitalised(neighbourhood.roles[role].name)


def text_data(neighbourhood: Neighbourhood, key: str) -> Data:
    """A text of the reference: its title, and its body as Markdown with slots."""
    text = neighbourhood.catalogue.texts[key]
    return {"title": text.header.title, "body": text.body, **origin(neighbourhood.catalogue, text.header)}


def result_data(catalogue: Catalogue, result: Result) -> Data:
    """A figure with what must be said along with it."""
    return {
        "id": result.id,
        "what": result.what,
        "figure": result.figure,
        "scope": result.scope,
        "date": result.date,
        "caveat": result.caveat,
        "beside": list(result.beside),
        **origin(catalogue, result),
    }


def instrument_data(neighbourhood: Neighbourhood, instrument: Instrument) -> Data:
    return {
        "id": instrument.id,
        "title": instrument.title,
        "purpose": instrument.purpose,
        "documents": [document_data(neighbourhood, key) for key in instrument.documents],
        **origin(neighbourhood.catalogue, instrument),
    }


def open_point_data(neighbourhood: Neighbourhood, point: OpenPoint) -> Data:
    practices = neighbourhood.practice_names
    return {
        "id": point.id,
        "what": point.what,
        "why": point.why,
        "owner": role_name(neighbourhood, point.owner),
        "due": long_date(point.due) if point.due else None,
        "units": [practices[unit] for unit in point.units] if len(point.units) < len(practices) else [],
    }


def register(neighbourhood: Neighbourhood) -> list[Data]:
    """The register of documents: those of the reference that apply here, then the neighbourhood's own."""
    catalogue, local = neighbourhood.catalogue, neighbourhood.site.documents
    chosen = chosen_themes(neighbourhood)
    rows = [
        _register_row(neighbourhood, key, document.title, document.kind, document.remark)
        for key, document in catalogue.documents.items()
        if document.theme in chosen
    ]
    own = [
        _register_row(neighbourhood, key, entry.title or key, entry.kind or "", None)
        for key, entry in local.items()
        if key not in catalogue.documents
    ]
    return [*rows, *own]


def _register_row(neighbourhood: Neighbourhood, key: str, title: str, kind: str, remark: str | None) -> Data:
    entry = neighbourhood.site.documents.get(key)
    return {
        "id": key,
        "anchor": document_anchor(key),
        "title": title,
        "kind": kind,
        "status": (entry.status if entry else DocumentStatus.UNKNOWN).value,
        "location": entry.location if entry else None,
        "owner": role_name(neighbourhood, entry.owner) if entry and entry.owner else None,
        "remarks": [text for text in (remark, entry.remark if entry else None) if text],
    }


def partner_data(partner: Partner) -> Data:
    return {"name": partner.name, "kind": partner.kind.value, "description": partner.description, "source": partner.source}


def member_names(neighbourhood: Neighbourhood) -> dict[str, str]:
    """What everybody who can take part is called: roles in the plural, partners and practices by name."""
    profile = neighbourhood.site.profile
    names = {key: capitalised(bound.plural) for key, bound in neighbourhood.roles.items()}
    names.update({partner.id: partner.name for partner in profile.partners})
    names.update(neighbourhood.practice_names)
    return names


def stream_data(neighbourhood: Neighbourhood, stream: Stream) -> Data:
    """A stream of money or effort with the names of who bears it, who gets it and who gains by it."""
    names = member_names(neighbourhood)
    return {
        "id": stream.id,
        "kind": stream.kind.value,
        "payer": names[stream.payer] if stream.payer else None,
        "receiver": names[stream.receiver] if stream.receiver else None,
        "gains": [names[party] for party in stream.gains or ()],
        "purpose": stream.purpose,
        "amount": stream.amount,
        "unit": stream.unit,
        "period": stream.period,
        "date": stream.date,
        "ends": stream.ends,
        "risk": stream.risk,
        "source": stream.source,
    }


def body_data(neighbourhood: Neighbourhood, body: Body) -> Data:
    """A body of governance with the names of its members; all practices together are counted, not listed."""
    names = member_names(neighbourhood)
    practices = {practice.id for practice in neighbourhood.site.profile.practices}
    members = [names[member] for member in body.members]
    if len(practices) > MANY and practices <= set(body.members):
        members = [_all_practices(len(practices)), *(names[member] for member in body.members if member not in practices)]
    return {
        "name": body.name,
        "level": body.level.value,
        "task": body.task,
        "function": body.function.value if body.function else None,
        "meets": body.meets,
        "members": members,
        "remark": body.remark,
        "source": body.source,
    }


def filled_by(bound: BoundRole) -> list[str]:
    """Who fills a role; many practices are counted, not listed."""
    if bound.role.filling is Filling.PRACTICES and len(bound.filled_by) > MANY:
        return [_all_practices(len(bound.filled_by))]
    return list(bound.filled_by)


def _all_practices(count: int) -> str:
    return f"alle {number(count)} huisartsenpraktijken"
