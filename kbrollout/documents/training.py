"""The trainer's pack: what a training is for, its programme, and what has to be printed for how many people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from kbrollout.copies import copies_of, sheets_of
from kbrollout.documents import handout
from kbrollout.documents.parts import Data, origin, role_name, site_data
from kbrollout.grammar import counted
from kbrollout.model.handouts import Handout, Paper, PerWhom, Print, Training
from kbrollout.model.neighbourhood import Neighbourhood

GROUPS = (8, 14, 20)
"""The numbers of participants that the print list shows."""

PAPERS = {Paper.A4: "A4", Paper.A5: "A5, twee op een vel; snijden", Paper.BOOKLET: "boekje; vouwen"}
_PER = {
    PerWhom.PARTICIPANT: "per deelnemer",
    PerWhom.PAIR: "per tweetal",
    PerWhom.GROUP: "per groepje",
    PerWhom.TRAINER: "per trainer",
    PerWhom.ONCE: "voor de hele groep",
}


def trainings(neighbourhood: Neighbourhood) -> tuple[Training, ...]:
    """The trainings of the pack: those of which an agreement holds, or that name none."""
    holding = neighbourhood.holding
    found = neighbourhood.catalogue.trainings.values()
    return tuple(each for each in found if not each.agreements or not holding.isdisjoint(each.agreements))


def prints(neighbourhood: Neighbourhood, training: Training) -> list[tuple[Print, Handout]]:
    """What is printed for a training, as far as the neighbourhood has it."""
    here = {each.id: each for each in neighbourhood.handouts}
    return [(each, here[each.handout]) for each in training.prints if each.handout in here]


def view(neighbourhood: Neighbourhood, training: Training) -> tuple[str, Data]:
    """Title and template data of the programme of one training. Times count from the beginning, in minutes."""
    titles = {each.id: each.title for _, each in prints(neighbourhood, training)}
    starts = accumulate((item.minutes for item in training.programme), initial=0)
    return training.title, {
        **site_data(neighbourhood),
        "title": training.title,
        "id": training.id,
        "audience": [role_name(neighbourhood, key) for key in training.audience],
        "trainers": training.trainers,
        "goals": list(training.goals),
        "minutes": sum(item.minutes for item in training.programme),
        "programme": [
            {
                "start": clock(start),
                "minutes": item.minutes,
                "what": item.what,
                "how": item.how,
                "handouts": [{"id": key, "title": titles[key]} for key in item.handouts if key in titles],
            }
            for start, item in zip(starts, training.programme, strict=False)
        ],
        "materials": list(training.materials),
        "groups": list(GROUPS),
        "group_size": training.group_size,
        "prints": [_print(training, each, of) for each, of in prints(neighbourhood, training)],
        **origin(neighbourhood.catalogue, training),
    }


def cover_view(neighbourhood: Neighbourhood, training: Training, participants: int, lines: Sequence[Data]) -> tuple[str, Data]:
    """Title and template data of the list in front of a print run. A line is one thing in it, with `sheets` of A4."""
    here = {each.id for each in neighbourhood.handouts}
    absent = [neighbourhood.catalogue.handouts[each.handout] for each in training.prints if each.handout not in here]
    title = f"Drukwerk: {training.title}"
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "participants": counted(participants, "deelnemer", "deelnemers"),
        "groups": counted(-(-participants // training.group_size), "groepje", "groepjes"),
        "lines": list(lines),
        "sheets": 1 + sum(line["sheets"] for line in lines),
        "missing": [{"id": each.id, "title": each.title} for each in absent],
        "materials": list(training.materials),
    }


def clock(minutes: int) -> str:
    """Minutes from the beginning as hours and minutes: 95 is `1:35`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def index_view(neighbourhood: Neighbourhood) -> tuple[str, Data]:
    """Title and template data of the index of all print runs: every handout with its forms, and every training."""
    title = f"Drukwerk {neighbourhood.site.profile.place.name}"
    all_trainings = trainings(neighbourhood)
    return title, {
        **site_data(neighbourhood),
        "title": title,
        "handouts": [
            {
                "id": each.id,
                "title": each.title,
                "purpose": each.purpose,
                "paper": PAPERS[each.paper],
                "audience": [role_name(neighbourhood, key) for key in each.audience],
                "forms": list(handout.formats(each)),
                "trainings": [training.title for training in all_trainings if each.id in {one.handout for one in training.prints}],
                **origin(neighbourhood.catalogue, each),
            }
            for each in neighbourhood.handouts
        ],
        "trainings": [{"id": each.id, "title": each.title} for each in all_trainings],
    }


def _print(training: Training, each: Print, of: Handout) -> Data:
    """One line of the print list: how many copies, and how many sheets of A4 that is for cards that lie two on a sheet."""
    return {
        "id": of.id,
        "title": of.title,
        "paper": PAPERS[of.paper],
        "rule": f"{each.count} {_PER[each.per]}" + (f" en {each.spare} extra" if each.spare else ""),
        "copies": [copies_of(each, people, training.group_size) for people in GROUPS],
        "runs": [sheets_of(of, copies_of(each, people, training.group_size)) for people in GROUPS],
    }
