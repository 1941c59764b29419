"""What was answered so far about one agreement, and what those answers mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from kbrollout.editing.questions import OWN
from kbrollout.model.catalogue import Agreement
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import Neighbourhood, ResolvedAgreement
from kbrollout.model.tailoring import Choice, ChoiceKind
from kbrollout.newsite.replies import SEPARATOR, YES
from kbrollout.tailoring import expectations_in

MOST_ADDITIONS = 20


@dataclass
class Said:
    """The answers, in the order in which they were given: the key of a question → the text of the answer."""

    neighbourhood: Neighbourhood
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> ChoiceKind | None:
        """What is done with an agreement of the reference; None for an agreement of one's own."""
        said = self.answers.get("wat", OWN)
        return None if said == OWN else ChoiceKind(said)

    @property
    def resolved(self) -> ResolvedAgreement | None:
        """The agreement of the reference that was chosen."""
        said = self.answers.get("uit") or self.answers.get("zoek")
        return next((each for each in self.neighbourhood.agreements if each.id == said), None)

    @property
    def reference(self) -> Agreement:
        """The chosen agreement as the reference has it."""
        assert self.resolved is not None
        return self.resolved.original or self.resolved.agreement

    @property
    def existing(self) -> Choice | None:
        """The choice that the neighbourhood already made about the agreement."""
        chosen = self.resolved
        return next((each for each in self.neighbourhood.site.profile.choices if chosen and each.id == chosen.id), None)

    def said(self, key: str) -> str:
        """An answer about the chosen agreement."""
        return self.answers.get(f"{self.reference.id}.{key}", "")

    def values(self) -> dict[str, str]:
        return {name: said for name in self.reference.header.values if (said := self.said(f"waarden.{name}"))}

    def replacements(self) -> dict[Heading, str]:
        """The new text of the agreement; what the replaced choice has under other headings stays."""
        old = self.existing.replacements if self.existing else {}
        kept: dict[Heading, str] = {heading: text for heading, text in old.items() if heading is not Heading.AGREEMENT}
        new = {Heading.AGREEMENT: self.said("tekst")} if self.said("tekst") else {}
        return {**new, **kept}

    def additions(self) -> dict[Heading, str]:
        """What comes under which heading; expectations as lines with their role."""
        found: dict[Heading, list[str]] = {}
        for number in range(1, MOST_ADDITIONS):
            said = self.said(f"aanvullen.{number}.kop")
            if not said:
                break
            text, role = self.said(f"aanvullen.{number}.tekst"), self.said(f"aanvullen.{number}.rol")
            found.setdefault(Heading(said), []).append(f"- {{{role}}}: {text}" if role else text)
        return {heading: ("\n" if heading is Heading.EXPECTATIONS else "\n\n").join(texts) for heading, texts in found.items()}

    def chosen_roles(self) -> list[str]:
        return [role for role in self.answers.get("eigen.doet", "").split(SEPARATOR) if role]


def answers_of(choice: Choice) -> dict[str, str]:
    """A choice that is replaced, as answers: they come back as what Enter gives.

    Date and reason are left out: those are of the new decision.
    """
    said = {f"waarden.{name}": value for name, value in choice.values.items()}
    said["tekst"] = choice.replacements.get(Heading.AGREEMENT, "")
    said["afwijken"] = YES if choice.beyond_limits else ""
    number = 0
    for heading, words in choice.additions.items():
        parts = [(each.role, each.text) for each in expectations_in(words)] if heading is Heading.EXPECTATIONS else [("", words)]
        for role, text in parts:
            number += 1
            said |= {f"aanvullen.{number}.{key}": value for key, value in (("kop", heading.value), ("rol", role), ("tekst", text))}
    answers = {f"{choice.id}.{key}": value for key, value in said.items() if value}
    return answers | ({"besluit.door": choice.decision.by} if choice.decision else {}) | ({"delen": YES} if choice.share else {})
