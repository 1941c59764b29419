"""`kbrollout.lock`: which text of each agreement a neighbourhood accepted. Written by the program, never by hand."""

from __future__ import annotations

from kbrollout.model.fields import Identifier, Line, Model, Slug, Version, key


class Lock(Model):
    """The release that a neighbourhood works with, and one fingerprint per agreement."""

    site: Slug = key("wijk", "De wijk waar het bestand bij hoort.")
    version: Version = key("referentie", "De versie van de referentie.")
    agreements: dict[Identifier, Line] = key("afspraken", "Per afspraak het kenmerk van de tekst die de wijk overnam.", default={})
