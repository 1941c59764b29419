"""The sheet that parties sign: for the text as it stands, recognisable by its code."""

from __future__ import annotations

from kbrollout.documents.parts import Data, member_names, site_data
from kbrollout.fingerprint import code_of
from kbrollout.grammar import capitalised, long_date
from kbrollout.model.framework import Filling
from kbrollout.model.neighbourhood import Neighbourhood


def view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data: who signs, who signed this text, and whose signature no longer covers it."""
    title = f"Tekenblad {neighbourhood.site.profile.place.name}"
    code = code_of(resolved.fingerprint for resolved in neighbourhood.agreements if resolved.holds)
    names = member_names(neighbourhood)
    signatures = [
        {"id": each.who, "name": names[each.who], "on": long_date(each.on), "code": each.code, "covers": each.code == code}
        for each in neighbourhood.site.profile.signatures
    ]
    signed = {each["id"] for each in signatures if each["covers"]}
    profile = neighbourhood.site.profile
    parties = [practice.id for practice in profile.practices] + [partner.id for partner in profile.partners]
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "text_code": code,
        "agreements": sum(1 for resolved in neighbourhood.agreements if resolved.holds),
        "themes": [chosen.name for chosen in neighbourhood.themes],
        "to_sign": [names[party] for party in parties if party not in signed],
        "signatures": signatures,
        "roles": [
            capitalised(bound.name)
            for bound in neighbourhood.roles.values()
            if bound.needed and bound.role.filling is Filling.PARTNERS and not bound.filled_by
        ],
    }
