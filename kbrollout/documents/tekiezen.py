"""The meeting paper: proposals that wait to be chosen, with room to tick and to write."""

from __future__ import annotations

from kbrollout.documents.parts import Data, agreement_data, site_data
from kbrollout.model.catalogue import CORE_THEME, Value
from kbrollout.model.framework import Binding
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement, State
from kbrollout.tailoring import deciding_bodies, value_phrase


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: per theme the proposals that wait, with the questions that their values ask."""
    title = f"Te kiezen in {neighbourhood.site.profile.place.name}"
    waiting = [resolved for resolved in neighbourhood.agreements if resolved.state is State.TO_CHOOSE]
    names = {CORE_THEME: "Kern", **{chosen.theme.id: chosen.name for chosen in neighbourhood.themes}}
    groups = [
        {"name": name, "proposals": [_proposal(neighbourhood, each) for each in waiting if each.agreement.header.theme == theme]}
        for theme, name in names.items()
    ]
    deciding = neighbourhood.catalogue.index.core_decided_by
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "groups": [group for group in groups if group["proposals"]],
        "count": len(waiting),
        "core": any(resolved.agreement.header.binding is Binding.CORE for resolved in waiting),
        "bodies": [body.name for body in deciding_bodies(neighbourhood.site.profile.bodies, deciding)],
    }


def _proposal(neighbourhood: Neighbourhood, resolved: ResolvedAgreement) -> Data:
    values = resolved.agreement.header.values
    return {**agreement_data(neighbourhood, resolved), "questions": [_question(name, value) for name, value in values.items()]}


def _question(name: str, value: Value) -> Data:
    limits = [f"minstens {value.least}" if value.least is not None else "", f"hoogstens {value.most}" if value.most is not None else ""]
    return {"name": name, "question": value.question, "standard": value_phrase(value), "limits": " en ".join(filter(None, limits))}
