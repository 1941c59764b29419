"""How many copies a training needs of what it hands out."""

from __future__ import annotations

from kbrollout.model.handouts import Handout, Paper, PerWhom, Print

TRAINERS = 2
"""A training is given by two people, one of each domain."""


def copies_of(each: Print, participants: int, group_size: int) -> int:
    """The number of copies for so many participants. A group or pair that is not full counts too."""
    whole = {
        PerWhom.PARTICIPANT: participants,
        PerWhom.PAIR: -(-participants // 2),
        PerWhom.GROUP: -(-participants // group_size),
        PerWhom.TRAINER: TRAINERS,
        PerWhom.ONCE: 1,
    }
    return whole[each.per] * each.count + each.spare


def sheets_of(handout: Handout, copies: int) -> int:
    """How often the printed file has to come out: cards lie two on a sheet."""
    return -(-copies // 2) if handout.paper is Paper.A5 else copies
