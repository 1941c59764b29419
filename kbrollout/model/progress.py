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


MEANINGS = {
    Stand.NOT_SEEN: "Niemand heeft hier nog naar gekeken.",
    Stand.NOT_BEGUN: "U hebt het bekeken. Er is nog niets gedaan.",
    Stand.BUSY: "Het werk is begonnen. Schrijf op wat nog ontbreekt.",
    Stand.ARRANGED: "Zo werkt het nu elke dag. Schrijf op waar dat te zien is.",
    Stand.NOT_APPLICABLE: "Het geldt hier niet. Schrijf op waarom. Het telt niet mee.",
}
"""What each stand means, as people read it when they choose."""


class PointStand(StrEnum):
    """Where an open point stands."""

    OPEN = "Open"
    BUSY = "Mee bezig"
    SOLVED = "Opgelost"


class Done(StrEnum):
    """Whether a task of the plan was done."""

    NO = "nee"
    YES = "ja"
