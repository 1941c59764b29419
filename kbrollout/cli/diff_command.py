"""`kbrollout diff`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, JSON, echo_json, load_reference, problem_data, show
from kbrollout.errors import ContentError
from kbrollout.grammar import counted, long_date

if TYPE_CHECKING:
    from kbrollout.deviations import Deviation
    from kbrollout.model.neighbourhood import Neighbourhood


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@click.argument("site", metavar="WIJKMAP", type=click.Path(path_type=Path))
@JSON
def diff(site: Path, as_json: bool) -> None:
    """Toont waar een wijk van de referentie afwijkt.

    Wat weg is, staat tussen [- en -]; wat nieuw is tussen {+ en +}. In het
    pakket staat hetzelfde in het document Bewust anders.
    """
    from kbrollout.check import check_site
    from kbrollout.deviations import deviations

    catalogue = load_reference(as_json)
    try:
        neighbourhood = check_site(site, catalogue, date.today()).neighbourhood
    except ContentError as error:
        if as_json:
            echo_json({"site": str(site), "problems": [problem_data(each) for each in error.problems]})
        else:
            show(error.problems)
        sys.exit(CONTENT)
    found = deviations(neighbourhood)
    if as_json:
        echo_json(_as_data(neighbourhood, found))
    else:
        click.echo("\n".join(_as_lines(neighbourhood, found)))
    sys.exit(DONE)


def _waiting(neighbourhood: Neighbourhood) -> list[str]:
    from kbrollout.model.neighbourhood import State

    return [resolved.id for resolved in neighbourhood.agreements if resolved.state is State.TO_CHOOSE]


def _as_lines(neighbourhood: Neighbourhood, found: tuple[Deviation, ...]) -> Iterator[str]:
    from kbrollout.deviations import practice_changes
    from kbrollout.differences import as_text
    from kbrollout.model.neighbourhood import DECIDED

    place, release = neighbourhood.site.profile.place.name, neighbourhood.catalogue.index.version
    if found:
        yield f"{place} wijkt op {counted(len(found), 'plaats', 'plaatsen')} af van de referentie {release}."
    else:
        yield f"{place} wijkt nergens af van de referentie {release}."
    for deviation in found:
        yield ""
        yield f"{deviation.id} {deviation.resolved.agreement.header.title}: {deviation.kind}"
        yield from (f"  {value.question} {value.before} → {value.after}" for value in deviation.values)
        yield from (f"  {change.heading.value}: {as_text(change.runs)}" for change in deviation.texts)
        yield f"  Besluit: {_decision(neighbourhood, deviation)}"
    for resolved in neighbourhood.agreements:
        for version in resolved.practices:
            yield ""
            yield f"{resolved.id} {resolved.agreement.header.title}: {DECIDED[version.kind]} voor {version.name}"
            values, texts = practice_changes(neighbourhood, resolved, version)
            yield from (f"  {value.question} {value.before} → {value.after}" for value in values)
            yield from (f"  {change.heading.value}: {as_text(change.runs)}" for change in texts)
    waiting = _waiting(neighbourhood)
    if waiting:
        yield ""
        yield f"Nog te kiezen: {counted(len(waiting), 'voorstel', 'voorstellen')}. Ze staan in het document Te kiezen."


def _decision(neighbourhood: Neighbourhood, deviation: Deviation) -> str:
    if deviation.decision is None:
        return "nog geen"
    bodies = {body.id: body.name for body in neighbourhood.site.profile.bodies}
    reason = f": {deviation.decision.reason}" if deviation.decision.reason else ""
    return f"{long_date(deviation.decision.on)}, {bodies[deviation.decision.by]}{reason}"


def _as_data(neighbourhood: Neighbourhood, found: tuple[Deviation, ...]) -> dict[str, Any]:
    return {
        "site": neighbourhood.site.id,
        "reference": neighbourhood.catalogue.index.version,
        "deviations": [
            {
                "id": each.id,
                "title": each.resolved.agreement.header.title,
                "kind": each.kind,
                "values": [{"name": value.name, "before": value.before, "after": value.after} for value in each.values],
                "texts": [{"heading": text.heading.value, "before": text.before, "after": text.after} for text in each.texts],
                "decision": {"on": each.decision.on.isoformat(), "by": each.decision.by, "reason": each.decision.reason}
                if each.decision
                else None,
                "share": each.resolved.share,
            }
            for each in found
        ],
        "to_choose": _waiting(neighbourhood),
    }
