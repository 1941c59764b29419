"""Three-way comparison of one line: what somebody started from, what they made of it, and what stands there by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Collision:
    """A field that somebody else changed meanwhile, into something else."""

    field: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What is to change, and what a person has to choose."""

    changes: dict[str, str] = field(default_factory=dict)
    collisions: tuple[Collision, ...] = ()


def merge(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """Compare per field. What is not in `mine` was not given, and stays."""
    changes: dict[str, str] = {}
    collisions = []
    for name, value in mine.items():
        if value in (base[name], theirs[name]):
            continue
        if theirs[name] == base[name]:
            changes[name] = value
        else:
            collisions.append(Collision(name, base[name], value, theirs[name]))
    return Merged(changes, tuple(collisions))
