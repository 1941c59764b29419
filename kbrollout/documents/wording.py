"""Texts of the reference as they sound here, for what is no page with links: workbooks, calendars, plans."""

from __future__ import annotations

from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.slots import fill, plain


def said(neighbourhood: Neighbourhood, text: str, *, own: bool = False) -> str:
    """A line of the reference with local names and words and bare ids; a text of the site itself (`own`) stays as it is."""
    return text if own else fill(plain(text), neighbourhood.phrases, neighbourhood.words)
