"""Who is who in the neighbourhood: roles, organisations and how to reach them. The only document with numbers and addresses."""

from __future__ import annotations

from kbrollout.documents.parts import Data, filled_by, partner_data, site_data
from kbrollout.grammar import capitalised
from kbrollout.model.framework import Filling
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.model.site import Contact, Partner, PartnerKind

_MEDICAL = (PartnerKind.MEDICAL, PartnerKind.MENTAL, PartnerKind.NURSING, PartnerKind.HOSPITAL, PartnerKind.PUBLIC_HEALTH)
_AROUND = (PartnerKind.MUNICIPALITY, PartnerKind.INSURER, PartnerKind.FUND, PartnerKind.NETWORK)


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: a picture of the network with its text twin, and a table of roles with contacts."""
    profile = neighbourhood.site.profile
    # A partner or practice with the id of a role goes first, as with the members of bodies.
    organisations = {entry.id for entry in profile.partners} | {entry.id for entry in profile.practices}
    title = f"Wie is wie in {profile.place.name}"
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "picture": _picture(neighbourhood),
        "roles": [
            {
                "name": capitalised(bound.name),
                "description": bound.role.description,
                "filled_by": filled_by(bound),
                "reason": bound.reason,
                "function": bound.contact,
                "to_reach": bound.role.filling in (Filling.PARTNERS, Filling.PRACTICES),
                "contacts": [] if key in organisations else [_contact(each) for each in neighbourhood.site.contacts if each.who == key],
            }
            for key, bound in neighbourhood.roles.items()
            if bound.needed
        ],
        "partners": [
            {**partner_data(partner), "contacts": [_contact(each) for each in neighbourhood.site.contacts if each.who == partner.id]}
            for partner in profile.partners
        ],
        "practices": [
            {"name": practice.name, "contacts": [_contact(each) for each in neighbourhood.site.contacts if each.who == practice.id]}
            for practice in profile.practices
        ],
        "themes": [{"name": chosen.name, "contact": chosen.contact} for chosen in neighbourhood.themes],
    }


def _contact(contact: Contact) -> Data:
    return {"function": contact.function, "hours": contact.hours, "phone": contact.phone, "mail": contact.mail}


def _picture(neighbourhood: Neighbourhood) -> Data:
    """The network in four groups: the practices in the middle, care to the left, social to the right, who carries it below."""
    profile = neighbourhood.site.profile
    groups: dict[str, list[str]] = {"zorg": [], "sociaal": [], "dragers": []}
    for partner in profile.partners:
        groups[_group(partner)].append(partner.name)
    return {
        "columns": [
            {"name": "Zorg", "names": groups["zorg"]},
            {"name": "Huisartsenpraktijken", "names": [practice.name for practice in profile.practices]},
            {"name": "Sociaal en wijk", "names": groups["sociaal"]},
        ],
        "base": {"name": "Dragen en betalen mee", "names": groups["dragers"]},
    }


def _group(partner: Partner) -> str:
    if partner.kind in _MEDICAL:
        return "zorg"
    return "dragers" if partner.kind in _AROUND else "sociaal"
