"""What has to be done to roll out, as the reference has it: steps and tasks, risks, and what a change needs."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from kbrollout.model.fields import (
    AgreementId,
    Identifier,
    Line,
    MtvpPartId,
    RequirementId,
    RoleId,
    Slug,
    TaskId,
    ThemeId,
    WorkingDays,
    YesNo,
    key,
    refuse,
)
from kbrollout.model.framework import Element, Phase, UnitLevel
from kbrollout.model.sourced import Sourced


class TaskSeed(Sourced):
    """One task. It fulfils a requirement, or it is a fixed step of its phase.

    A task of level praktijk is done in every practice. Its duration is elapsed working days beside ordinary work, and an
    assumption.
    """

    id: Identifier = key("id", "Vaste naam van de taak; bij een basisvoorwaarde is dat haar id met -T1, -T2 en zo verder.")
    what: Line = key("wat", "Wat u doet, in de gebiedende wijs.")
    requirement: RequirementId | None = key("voorwaarde", "De basisvoorwaarde die de taak regelt.", default=None)
    level: UnitLevel | None = key("niveau", "praktijk of wijk; alleen zonder voorwaarde.", default=None)
    theme: ThemeId | None = key("thema", "Het thema; alleen zonder voorwaarde. Niets is kern.", default=None)
    agreements: tuple[AgreementId, ...] = key("afspraken", "De afspraken waar de stap bij hoort; alleen zonder voorwaarde.", default=())
    who: RoleId = key("wie", "De rol die het doet.")
    phase: Phase = key("fase", "voorbereiding, nulmeting, invoering of borging.")
    working_days: WorkingDays = key("werkdagen", "Hoeveel werkdagen het duurt naast het gewone werk. Een aanname.")
    after: tuple[TaskId, ...] = key("na", "De taken die eerst klaar moeten zijn.", default=())
    element: Element = key("element", "visie, belang, plan, middelen of competenties.")
    mtvp: tuple[MtvpPartId, ...] = key("mtvp", "De delen van een MTVP-plan die dit al kunnen regelen.", default=())
    gate: YesNo = key("poort", "ja bij de stap die een fase afsluit.", default=False)
    explanation: Line | None = key("uitleg", "Hoe, of waar u op let.", default=None)
    outcome: Line | None = key("resultaat", "Wat er is als de stap klaar is; alleen zonder voorwaarde.", default=None)

    @model_validator(mode="after")
    def _of_a_requirement_or_a_step(self) -> Self:
        if self.requirement is None:
            if self.level is None:
                raise refuse("stap-zonder-niveau", gegeven=self.id)
            return self
        if not self.id.startswith(f"{self.requirement}-T"):
            raise refuse("taak-id", gegeven=self.id, voorstel=f"{self.requirement}-T1")
        if self.level or self.theme or self.agreements or self.outcome:
            raise refuse("taak-dubbel", gegeven=self.id, voorwaarde=self.requirement)
        return self


class Risk(Sourced):
    """What can go wrong, what comes of it, and who does what about it."""

    id: Identifier = key("id", "Vaste naam van het risico.")
    what: Line = key("wat", "Wat er mis kan gaan.")
    consequence: Line = key("gevolg", "Wat daarvan komt.")
    measure: Line = key("maatregel", "Wat u ertegen doet.")
    owner: RoleId = key("eigenaar", "De rol die erop let.")
    phase: Phase = key("fase", "voorbereiding, nulmeting, invoering of borging.")
    element: Element = key("element", "visie, belang, plan, middelen of competenties.")


class ElementText(Sourced):
    """One of the five elements that a change needs."""

    id: Element = key("id", "visie, belang, plan, middelen of competenties.")
    name: Line = key("naam", "Naam van het element.")
    question: Line = key("vraag", "De vraag die een wijk zich stelt.")
    without: Line = key("zonder", "Wat ervan komt als dit ontbreekt.")
    explanation: Line = key("uitleg", "Wat het element betekent.")


class MtvpPart(Sourced):
    """A part of a practice's plan for more time for the patient (Meer tijd voor de patiënt)."""

    id: Slug = key("id", "Vaste naam van het onderdeel.")
    name: Line = key("naam", "Naam van het onderdeel.")
    description: Line = key("omschrijving", "Wat het onderdeel inhoudt.")
