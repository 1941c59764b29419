"""`kbrollout.lock`: which text of each agreement a neighbourhood accepted. Written by the program, never by hand."""

from __future__ import annotations

from datetime import date

from pydantic import ValidationInfo, field_validator

from kbrollout.model.fields import Day, Identifier, Line, Model, Slug, Version, key, refuse


class BaselineTask(Model):
    """The days of one task when the plan was approved, both inclusive."""

    first: Day = key("van", "De eerste dag.")
    last: Day = key("tot", "De laatste dag.")

    @field_validator("last")
    @classmethod
    def _first_before_last(cls, last: date, info: ValidationInfo) -> date:
        first = info.data.get("first", last)
        if last < first:
            raise refuse("periode-omgekeerd", van=first, tot=last)
        return last


class Baseline(Model):
    """The plan as it was approved: what later plans are compared with."""

    on: Day = key("op", "De dag waarop het plan werd vastgelegd.")
    tasks: dict[Line, BaselineTask] = key("taken", "Per taak de dagen van toen.", default={})


class Lock(Model):
    """The release that a neighbourhood works with, and one fingerprint per agreement."""

    site: Slug = key("wijk", "De wijk waar het bestand bij hoort.")
    version: Version = key("referentie", "De versie van de referentie.")
    agreements: dict[Identifier, Line] = key("afspraken", "Per afspraak het kenmerk van de tekst die de wijk overnam.", default={})
    baseline: Baseline | None = key("plan", "Het plan zoals het werd vastgelegd.", default=None)
