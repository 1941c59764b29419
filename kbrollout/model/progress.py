"""Where things stand, in the words that people choose from: the same ones in the workbook and in the tracker."""

from __future__ import annotations

from enum import StrEnum


class Stand(StrEnum):
    """Where a requirement stands in one practice, or in the neighbourhood."""

    NOT_SEEN = "Nog niet bekeken"
    NOT_BEGUN = "Nog niet gestart"
    BUSY = "Mee bezig"
    ARRANGED = "Geregeld"
    NOT_APPLICABLE = "Niet van toepassing"


class PointStand(StrEnum):
    """Where an open point stands."""

    OPEN = "Open"
    BUSY = "Mee bezig"
    SOLVED = "Opgelost"


class Done(StrEnum):
    """Whether a task of the plan was done."""

    NO = "nee"
    YES = "ja"
