"""What the answers come to: the entry for `profiel.yaml`, or the file of an agreement of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kbrollout.editing.answers import Said
from kbrollout.editing.lines import lines_of
from kbrollout.editing.questions import NOT_DECIDED
from kbrollout.model.framework import Column, Heading, Layer
from kbrollout.model.tailoring import ChoiceKind
from kbrollout.newsite.replies import YES
from kbrollout.yamlfile import Data


def choice_entry(said: Said) -> dict[str, Data]:
    """The choice about an agreement of the reference, with its keys in the order of the model."""
    assert said.kind is not None
    entry: dict[str, Data] = {"id": said.reference.id, "keuze": said.kind.value}
    if said.kind is ChoiceKind.ADAPT:
        texts: Mapping[str, Mapping[str, str]] = {
            "waarden": said.values(),
            "aanvullen": {heading.value: text for heading, text in said.additions().items()},
            "vervangen": {heading.value: text for heading, text in said.replacements().items()},
        }
        entry |= {key: dict(block) for key, block in texts.items() if block}
        if said.said("afwijken") == YES:
            entry["afwijken"] = YES
    return {**entry, **_decided(said), **_shared(said)}


def own_file(said: Said, identifier: str) -> str:
    """The text of a file in `afspraken/`."""
    answers = said.answers
    doing = said.chosen_roles()
    header: dict[str, Data] = {
        "id": identifier,
        "titel": answers["eigen.titel"],
        "kolom": Column.QUALITY.value,
        "laag": Layer.WORK.value,
        "thema": answers["eigen.thema"],
        "soort": answers["eigen.soort"],
        "rollen": {"doet": [*doing]},
        **_decided(said),
        **_shared(said),
    }
    sections = [(Heading.AGREEMENT, answers["eigen.tekst"])]
    expected = [f"- {{{role}}}: {text}" for role in doing if (text := answers[f"eigen.verwachting.{role}"])]
    if expected:
        sections.append((Heading.EXPECTATIONS, "\n".join(expected)))
    body = "\n\n".join(f"## {heading.value}\n\n{text}" for heading, text in sections)
    return "---\n" + "\n".join(lines_of(header)) + f"\n---\n\n{body}\n"


def free_id(code: str, taken: Iterable[str]) -> str:
    """The next id of an own agreement. A number that was used never comes back, so gaps stay."""
    numbers = (re.fullmatch(rf"{code}-(\d+)", each) for each in taken)
    return f"{code}-{max((int(match[1]) for match in numbers if match), default=0) + 1:02}"


def _decided(said: Said) -> dict[str, Data]:
    answers = said.answers
    if answers["besluit.door"] == NOT_DECIDED:
        return {}
    decision: dict[str, Data] = {"op": answers["besluit.op"], "door": answers["besluit.door"]}
    return {"besluit": decision | ({"reden": answers["besluit.reden"]} if answers["besluit.reden"] else {})}


def _shared(said: Said) -> dict[str, Data]:
    return {"delen": YES} if said.answers.get("delen") == YES else {}
