"""Handouts: the blocks of the reference with the names, offers and facts of the neighbourhood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kbrollout.documents.handoutlocal import agreement_here, local_piece, offers_of, per_system, question_of
from kbrollout.documents.parts import Data, origin, role_name, shown_anchor, site_data
from kbrollout.documents.wording import said
from kbrollout.model.handouts import Block, Drawing, FlowStep, Handout, Paper
from kbrollout.model.neighbourhood import Neighbourhood

DOMAINS = ("Lichaam", "Geest", "Sociaal", "Maatschappelijk")
"""The four domains of the 4D model."""

MOST_IN_A_BOX = 4
"""The offers that a box of a flow chart names; all of them stand in a list beside it."""

ON_PAPER = {"pdf": ("pdf", "PDF"), "druk": ("druk.pdf", "op A4, om te snijden of te vouwen"), "groot": ("groot.pdf", "in grote letters")}
"""How the file of a form ends, and what the reader is told about it."""

BLANK_STEPS = 5
"""The steps of an escalation ladder that nobody filled in."""


def formats(handout: Handout) -> tuple[str, ...]:
    """The forms in which a handout comes: for the screen, to print, imposed on A4, in large print."""
    imposed = ("druk",) if handout.paper is not Paper.A4 else ()
    large = ("groot",) if handout.for_residents else ()
    return ("html", "pdf", *imposed, *large)


def view(neighbourhood: Neighbourhood, handout: Handout) -> tuple[str, Data]:
    """Title and template data of one handout."""
    holding = [key for key in handout.agreements if shown_anchor(neighbourhood, key)]
    return handout.title, {
        **site_data(neighbourhood),
        "title": handout.title,
        "id": handout.id,
        "purpose": handout.purpose,
        "audience": [role_name(neighbourhood, key) for key in handout.audience],
        "kind": handout.kind.value,
        "paper": handout.paper.value,
        "residents": handout.for_residents,
        "forms": [{"suffix": suffix, "name": name} for form, (suffix, name) in ON_PAPER.items() if form in formats(handout)],
        "agreements": [{"id": key, "anchor": shown_anchor(neighbourhood, key)} for key in holding],
        "blocks": [_block(neighbourhood, block) for block in handout.blocks],
        **origin(neighbourhood.catalogue, handout),
    }


def _block(neighbourhood: Neighbourhood, block: Block) -> Data:
    """One block as the template wants it: its kind and its content."""
    kind, content = next((kind, make(neighbourhood, block)) for kind, given, make in _KINDS if given(block))
    return {"kind": kind, "heading": block.heading, "new_page": block.new_page, "content": content}


def _flow(neighbourhood: Neighbourhood, block: Block) -> Data:
    """A flow chart with the offers of the neighbourhood in its boxes; a box without any is left blank."""
    return {"steps": [_flow_step(neighbourhood, step) for step in block.flow]}


def _flow_step(neighbourhood: Neighbourhood, step: FlowStep) -> Data:
    offers = [each["name"] for each in offers_of(neighbourhood, step.offers, step.support)] if step.offers else []
    offers = offers if len(offers) <= MOST_IN_A_BOX else [*offers[:MOST_IN_A_BOX], "en meer: zie het overzicht"]
    return {
        "id": step.id,
        "text": said(neighbourhood, step.text),
        "question": step.question,
        "offers": offers,
        "blank": step.offers is not None and not offers,
        "next": [{"to": arrow.to, "label": arrow.label} for arrow in step.next],
    }


def _drawing(neighbourhood: Neighbourhood, block: Block) -> Data:
    if block.drawing is Drawing.LADDER:
        steps = [{"text": step, "who": ""} for step in neighbourhood.site.ladder]
        return {"name": "ladder", "steps": steps or [{"text": "", "who": ""}] * BLANK_STEPS}
    return {"name": "4d", "person": neighbourhood.roles["client"].name, "domains": [{"name": name, "hint": ""} for name in DOMAINS]}


def _levels(neighbourhood: Neighbourhood, block: Block) -> Data:
    return {"levels": [{"name": said(neighbourhood, each.name), "text": said(neighbourhood, each.text)} for each in block.levels]}


def _table(_: Neighbourhood, block: Block) -> Data:
    assert block.table
    return {"heads": list(block.table.heads), "rows": [list(row) for row in block.table.rows], "empty": block.table.empty}


def _case(_: Neighbourhood, block: Block) -> Data:
    assert block.case
    return {"title": block.case.title, "story": block.case.story, "questions": list(block.case.questions)}


def _scale(_: Neighbourhood, block: Block) -> list[int]:
    assert block.scale
    return list(range(block.scale.least, block.scale.most + 1))


def _offers(neighbourhood: Neighbourhood, block: Block) -> list[Data]:
    assert block.offers
    return offers_of(neighbourhood, block.offers, None)


def _local(neighbourhood: Neighbourhood, block: Block) -> Data:
    assert block.local
    return {"piece": block.local.value, **local_piece(neighbourhood, block.local, block.roles)}


_KINDS: tuple[tuple[str, Callable[[Block], Any], Callable[[Neighbourhood, Block], Any]], ...] = (
    ("text", lambda block: block.text, lambda _, block: block.text),
    ("steps", lambda block: block.steps, lambda _, block: list(block.steps)),
    ("points", lambda block: block.points, lambda _, block: list(block.points)),
    ("ticks", lambda block: block.ticks, lambda _, block: list(block.ticks)),
    ("writing", lambda block: block.writing, lambda _, block: [{"question": each.question, "lines": each.lines} for each in block.writing]),
    (
        "boxes",
        lambda block: block.boxes,
        lambda _, block: [{"title": each.title, "hint": each.hint, "lines": each.lines} for each in block.boxes],
    ),
    ("table", lambda block: block.table, _table),
    ("drawing", lambda block: block.drawing, _drawing),
    ("levels", lambda block: block.levels, _levels),
    ("flow", lambda block: block.flow, _flow),
    ("offers", lambda block: block.offers, _offers),
    ("local", lambda block: block.local, _local),
    ("agreement", lambda block: block.agreement, lambda here, block: agreement_here(here, block.agreement or "")),
    ("indicator", lambda block: block.indicator, lambda here, block: question_of(here, block.indicator or "")),
    ("systems", lambda block: block.per_system, lambda here, block: per_system(here, block.per_system)),
    ("case", lambda block: block.case, _case),
    ("scale", lambda block: block.scale, _scale),
    ("note", lambda block: block.note, lambda _, block: block.note),
)
"""The kinds of block: name, how to tell that a block is one, and its content for the template. Texts keep their slots."""
