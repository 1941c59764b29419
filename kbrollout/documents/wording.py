"""Texts of the reference as they sound here, for what is no page with links: workbooks, calendars, plans."""

from __future__ import annotations

from collections.abc import Sequence

from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.slots import fill, plain


def covered_text(neighbourhood: Neighbourhood, parts: Sequence[str]) -> str:
    """That a practice's MTVP plan may arrange something already."""
    names = ", ".join(said(neighbourhood, neighbourhood.catalogue.mtvp_parts[part].name) for part in parts)
    return f"Staat dit al in uw MTVP-plan ({names})? Neem het over."


def said(neighbourhood: Neighbourhood, text: str, *, own: bool = False) -> str:
    """A line of the reference with local names and words and bare ids; a text of the site itself (`own`) stays as it is."""
    return text if own else fill(plain(text), neighbourhood.phrases, neighbourhood.words)
