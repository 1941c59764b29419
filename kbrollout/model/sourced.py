"""Where a piece of content comes from: the base of everything in the reference."""

from __future__ import annotations

from kbrollout.model.fields import Line, Model, SourceId, key
from kbrollout.model.framework import Provenance


class SourceRef(Model):
    """Where a piece of content comes from."""

    document: SourceId = key("document", "Het id van de bron in bronnen.yaml.")
    place: Line | None = key("plaats", "Waar in de bron: hoofdstuk, kop of bladzijde.", default=None)


class Sourced(Model):
    """Base of everything in the reference: it says where it comes from and how."""

    sources: tuple[SourceRef, ...] = key("bron", "Waar dit vandaan komt. Eén bron of meer.", min_length=1)
    provenance: Provenance = key("herkomst", "overgenomen, afgeleid of voorstel.")
