"""Finds an agreement of the reference by its id or by words that somebody remembers of it."""

from __future__ import annotations

import re
import unicodedata

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import did_you_mean, problem
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement, State
from kbrollout.slots import REFERENCE, fill

MOST_SHOWN = 10
_HERE = ("", 0, 0, "")
_LOOKS_LIKE_ID = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*-\d+")
_OUT_OF_REACH = (State.NOT_APPLICABLE, State.RETIRED)


def remark(what: str, fix: str) -> ContentError:
    """Why an answer cannot be, for whoever is typing; it is about no file, so it has no place in the table of messages."""
    return ContentError([Problem(*_HERE, "", what, fix)])


def find(neighbourhood: Neighbourhood, typed: str) -> list[ResolvedAgreement]:
    """The agreements that are meant, the likeliest first. Raises ContentError when there is none that can be chosen."""
    by_id = {resolved.id: resolved for resolved in neighbourhood.agreements}
    identifier = typed.strip().upper().replace(" ", "-")
    if identifier in by_id:
        return [_within_reach(by_id[identifier])]
    if _LOOKS_LIKE_ID.fullmatch(identifier):
        raise ContentError([problem("afspraak-onbekend", _HERE, gegeven=identifier, bedoelt=did_you_mean(identifier, list(by_id)))])
    wanted = _plain(typed).split()
    if not any(sign.isalpha() for sign in typed):
        raise remark("Aan een getal is een afspraak niet te herkennen.", "Typ het hele id, zoals W-CONT-02, of woorden.")
    possible = [resolved for resolved in neighbourhood.agreements if not resolved.own and resolved.state not in _OUT_OF_REACH]
    in_title = [each for each in possible if _holds(_plain(f"{each.id} {title_of(neighbourhood, each)}"), wanted)]
    in_text = [each for each in possible if each not in in_title and _holds(_plain(_words_of(neighbourhood, each)), wanted)]
    if not in_title and not in_text:
        raise remark(f"Geen afspraak gevonden met “{typed}”.", "Typ minder of andere woorden, of het id.")
    return [*in_title, *in_text]


def _within_reach(resolved: ResolvedAgreement) -> ResolvedAgreement:
    if resolved.own:
        raise ContentError([problem("keuze-eigen", _HERE, gegeven=resolved.id)])
    if resolved.state in _OUT_OF_REACH:
        raise remark(f"Over {resolved.id} is niets te kiezen. {resolved.reason}", "Noem een andere afspraak.")
    return resolved


def title_of(neighbourhood: Neighbourhood, resolved: ResolvedAgreement) -> str:
    """The title in the words of the neighbourhood."""
    return as_read(neighbourhood, resolved, resolved.agreement.header.title)


def as_read(neighbourhood: Neighbourhood, resolved: ResolvedAgreement, text: str) -> str:
    """A text of an agreement as people read it here: names and values filled in, references as ids."""
    filled = fill(text, {**neighbourhood.phrases, **resolved.values}, neighbourhood.words)
    return REFERENCE.sub(r"\1", filled)


def _words_of(neighbourhood: Neighbourhood, resolved: ResolvedAgreement) -> str:
    agreement = resolved.agreement
    theme = neighbourhood.catalogue.themes.get(agreement.header.theme)
    text = as_read(neighbourhood, resolved, agreement.text[Heading.AGREEMENT])
    return f"{resolved.id} {title_of(neighbourhood, resolved)} {theme.name if theme else ''} {text}"


def _holds(text: str, wanted: list[str]) -> bool:
    return all(word in text for word in wanted)


def _plain(text: str) -> str:
    """Text without capitals and accents: nobody types those when searching."""
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
