"""Fingerprints of agreements, blind to how a text is wrapped or typed but not to what it says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from unicodedata import normalize

from kbrollout.model.catalogue import Agreement

METHOD = "v1"
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def normalised(text: str) -> str:
    """The text without the differences that nobody reads: composition, wrapping, spaces, kinds of quotes and dashes."""
    return re.sub(r"\s+", " ", normalize("NFC", text).translate(_QUOTES)).strip()


def code_of(fingerprints: Iterable[str]) -> str:
    """One code for a whole set of texts, as people read it: twice four characters. The order does not matter."""
    digest = hashlib.sha256("\n".join(sorted(fingerprints)).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def fingerprint(agreement: Agreement) -> str:
    """`v1:` and 16 hexadecimal digits over what parties agree on: words, parties, binding and values."""
    header = agreement.header
    said = {
        "titel": normalised(header.title),
        "hardheid": header.binding.value,
        "doet": sorted(header.roles.does),
        "weet": sorted(header.roles.knows),
        "tekst": {heading.value: normalised(text) for heading, text in agreement.text.items()},
        "verwachtingen": [[expectation.role, normalised(expectation.text)] for expectation in agreement.expectations],
        "waarden": {name: [value.kind.value, normalised(value.default)] for name, value in header.values.items()},
    }
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{METHOD}:{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"
