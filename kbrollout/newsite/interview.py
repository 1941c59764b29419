"""The interview: which question comes next, and what an answer means. Prints nothing and waits for nobody.

Answers are kept flat, in the order in which they were given: the key of a step → the text of the answer. What is asked
next follows from the answers so far, so stopping and going on, or going back one, needs nothing but that list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kbrollout.errors import ContentError
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.fields import UNKNOWN, slug_from
from kbrollout.model.framework import Filling
from kbrollout.model.site import PartnerKind
from kbrollout.newsite import questions as ask
from kbrollout.newsite.draft import code_from, needed_roles, same
from kbrollout.newsite.questions import Choice, Question, named
from kbrollout.newsite.replies import NOTHING, SEPARATOR, YES, Step, accept

_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde", "twaalfde")


@dataclass
class Interview:
    """An interview under way. `start` holds another site's choices; `earlier` what was said before going back."""

    catalogue: Catalogue
    start: Mapping[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    _needed: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    def resume(self, saved: Mapping[str, str]) -> None:
        """Take over saved answers as far as they still fit the questions."""
        self.answers = {}
        self.earlier = dict(saved)
        while (step := self.next_step()) is not None and step.key in saved:
            try:
                self.answers[step.key] = accept(step, saved[step.key] or NOTHING)
            except ContentError:
                return

    def next_step(self) -> Step | None:
        """The first question without an answer; None when all have one."""
        return next((step for step in self._steps() if step.key not in self.answers), None)

    def answer(self, step: Step, given: str) -> None:
        """Keep an answer. Raises ContentError when it does not fit."""
        self.answers[step.key] = accept(step, given)
        self.earlier[step.key] = self.answers[step.key]

    def back(self) -> bool:
        """Forget the last answer, to ask it again; False at the first question."""
        if not self.answers:
            return False
        self.answers.popitem()
        return True

    # -- which questions there are ---------------------------------------------------------------------------------

    def _step(self, key: str, question: Question, default: str | None = None, who: str = "", **more: Any) -> Step:
        """A step; what was said before, or else `default`, or else the question's own default, comes with Enter."""
        proposal = question.default if default is None else default
        said = self.earlier.get(key)
        if said and self.answers.get(key) is None:
            proposal = said
        choices = more.pop("choices", question.choices)
        return Step(key, question, question.text.format(wie=who), proposal, choices, **more)

    def _steps(self) -> Iterator[Step]:
        yield from self._place()
        yield from self._practices()
        yield from self._themes()
        yield from self._partners()
        yield from self._roles()
        yield from self._programmes()
        yield from self._bodies()
        yield self._step("klaar", ask.DONE)

    def _place(self) -> Iterator[Step]:
        about = {question.id: question for question in ask.PLACE}
        yield self._step("wijk.naam", about["wijk.naam"])
        name = self.answers["wijk.naam"]
        yield self._step("wijk.gemeente", about["wijk.gemeente"])
        yield self._must(self._step("wijk.id", about["wijk.id"], slug_from(name) or None))
        yield self._must(self._step("wijk.code", about["wijk.code"], code_from(name)))
        yield self._step("wijk.inwoners", about["wijk.inwoners"])
        if self.answers["wijk.inwoners"] != UNKNOWN:
            yield self._step("wijk.bron", about["wijk.bron"])
        yield self._step("regio.naam", about["regio.naam"])

    @staticmethod
    def _must(step: Step) -> Step:
        """A step that may not be passed over: there is a proposal at most."""
        return replace(step, question=replace(step.question, default=None))

    def _names(
        self, section: str, question: Question, proposals: tuple[str, ...] = (), others: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Step]]:
        """Ask for names one by one until none comes; gives the key that each entry has."""
        taken = list(others)
        for number in range(1, 1000):
            key = f"{section}.{number}"
            proposal = proposals[number - 1] if number <= len(proposals) else ""
            who = _ORDINALS[number - 1] if number <= len(_ORDINALS) else "volgende"
            step = self._step(f"{key}.naam", replace(question, default=""), proposal, who, taken=tuple(taken), passing="klaar")
            yield key, step
            if not self.answers[step.key]:
                return
            taken.append(self.answers[step.key])

    def entries(self, section: str) -> list[tuple[str, str]]:
        """Key and name of every entry of a list that was named."""
        names = ((key, name) for key, name in self.answers.items() if re.fullmatch(rf"{section}\.\d+\.naam", key) and name)
        return [(key.removesuffix(".naam"), name) for key, name in names]

    def _practices(self) -> Iterator[Step]:
        for _, step in self._names("praktijken", named(ask.PRACTICES, "naam")):
            yield step
        practices = self.entries("praktijken")
        if not practices:
            return
        yield self._step("praktijken.weten", ask.PRACTICE_FACTS)
        if self.answers["praktijken.weten"] == YES:
            for key, name in practices:
                for question in ask.PRACTICES[1:]:
                    yield self._step(f"{key}.{question.key}", question, who=name)

    def _themes(self) -> Iterator[Step]:
        choices = ask.theme_choices(self.catalogue)
        proposal = SEPARATOR.join(theme["id"] for theme in self.start.get("themas", ()))
        yield self._step("themas", ask.THEMES[0], proposal, choices=choices)
        for theme in self.chosen("themas"):
            yield self._step(f"themas.{theme}.aanspreekpunt", named(ask.THEMES, "aanspreekpunt"), who=self.catalogue.themes[theme].name)

    def chosen(self, key: str) -> list[str]:
        """The answer to a question with several choices."""
        return [each for each in self.answers.get(key, "").split(SEPARATOR) if each]

    def _partners(self) -> Iterator[Step]:
        for key, step in self._names("partners", named(ask.PARTNERS, "naam"), others=tuple(name for _, name in self.entries("praktijken"))):
            yield step
            if self.answers[step.key]:
                yield self._kind(f"{key}.soort", self.answers[step.key])

    def _kind(self, key: str, name: str) -> Step:
        return self._step(key, named(ask.PARTNERS, "soort"), who=name)

    def partners(self) -> dict[str, str]:
        """The name of every partner → the key under which its kind is kept."""
        known = {name: f"{key}.soort" for key, name in self.entries("partners")}
        for key in [key for key in self.answers if re.fullmatch(r"rollen\.[\w-]+\.partners", key)]:
            for name in self.chosen(key):
                if same(name) not in map(same, known):
                    known[name] = f"{key}.{slug_from(name) or 'nieuw'}.soort"
        return known

    def roles(self) -> list[str]:
        """The roles that the chosen themes and the core need partners for."""
        themes = tuple(self.chosen("themas"))
        if themes not in self._needed:
            self._needed[themes] = needed_roles(self.catalogue, themes)
        return self._needed[themes]

    def _roles(self) -> Iterator[Step]:
        roles = self.catalogue.roles
        for role in self.roles():
            key = f"rollen.{role}.partners"
            noun = f"{roles[role].article.value} {roles[role].name}"
            choices = tuple(Choice(name, name) for name in self.partners())
            question = replace(ask.ROLES[0], why=roles[role].description)
            yield self._step(key, question, who=noun, choices=choices, new=True, passing="nog niemand")
            for name in self.chosen(key):
                kind = self.partners().get(name, "")
                if kind.startswith("rollen."):
                    yield self._kind(kind, name)
        yield from self._reasons([role for role in self.roles() if not self.answers[f"rollen.{role}.partners"]])
        yield from self._local_names(self.roles())

    def _reasons(self, unfilled: list[str]) -> Iterator[Step]:
        roles = self.catalogue.roles
        if not unfilled:
            return
        yield self._step("rollen.redenen", ask.ROLES_REASONS, choices=tuple(Choice(role, roles[role].name) for role in unfilled))
        for role in self.chosen("rollen.redenen"):
            yield self._step(f"rollen.{role}.reden", named(ask.ROLES, "reden"), who=f"{roles[role].article.value} {roles[role].name}")

    def _local_names(self, needed: list[str]) -> Iterator[Step]:
        roles = self.catalogue.roles
        known: Mapping[str, Mapping[str, str]] = self.start.get("rollen", {})
        choices = tuple(Choice(role, roles[role].name) for role in needed)
        proposal = SEPARATOR.join(role for role in needed if role in known)
        yield self._step("rollen.anders", ask.ROLES_OTHERWISE, proposal, choices=choices, passing="nee")
        for role in self.chosen("rollen.anders"):
            names = known.get(role, {})
            noun = f"{roles[role].article.value} {roles[role].name}"
            for question in (named(ask.ROLES, key) for key in ("naam", "lidwoord", "meervoud")):
                who = noun if question.key == "naam" else self.answers[f"rollen.{role}.naam"]
                yield self._step(f"rollen.{role}.{question.key}", question, names.get(question.key), who)

    def _programmes(self) -> Iterator[Step]:
        known: Mapping[str, Mapping[str, str]] = self.start.get("programmas", {})
        chosen = set(self.chosen("themas"))
        texts = " ".join(
            " ".join(agreement.text.values()) for agreement in self.catalogue.agreements.values() if agreement.header.theme in chosen
        ).lower()
        for key, programme in self.catalogue.programmes.items():
            if f"{{{key}}}" in texts:
                proposal = known.get(key, {}).get("naam", "")
                who = f"{programme.article.value} {programme.name}"
                yield self._step(f"programmas.{key}.naam", ask.PROGRAMMES[0], proposal, who)

    def _bodies(self) -> Iterator[Step]:
        known = {body["naam"]: body for body in self.start.get("gremia", ())}
        organisations = [*self.partners(), *(name for _, name in self.entries("praktijken"))]
        for key, step in self._names("gremia", named(ask.BODIES, "naam"), tuple(known)):
            yield step
            name = self.answers[step.key]
            if name:
                like = known.get(name, {})
                yield self._step(f"{key}.niveau", named(ask.BODIES, "niveau"), like.get("niveau"), name)
                yield self._step(f"{key}.taak", named(ask.BODIES, "taak"), like.get("taak"), name)
                members = (*(Choice(each, each) for each in organisations), *self._roles_as_members(like.get("leden", ())))
                yield self._step(f"{key}.leden", named(ask.BODIES, "leden"), SEPARATOR.join(like.get("leden", ())), name, choices=members)

    def _roles_as_members(self, wanted: Collection[str]) -> Iterator[Choice]:
        """Roles that no organisation stands for, and those that another site has in a body like this."""
        for role in self.catalogue.roles.values():
            open_here = self.answers.get(f"rollen.{role.id}.partners") == ""
            if open_here or role.filling is not Filling.PARTNERS or role.id in wanted:
                yield Choice(role.id, f"{role.name} (rol)")

    # -- what the answers come to ----------------------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """The answers in the shape of a profile."""
        answers = self.answers
        place = {
            key: answers[f"wijk.{key}"] for key in ("id", "naam", "code", "gemeente", "inwoners", "bron") if answers.get(f"wijk.{key}")
        }
        data: dict[str, Any] = {"wijk": place}
        if answers.get("regio.naam"):
            data["regio"] = {"naam": answers["regio.naam"]}
        data["partners"] = [{"naam": name, "soort": answers.get(kind, str(PartnerKind.OTHER))} for name, kind in self.partners().items()]
        data["praktijken"] = [{"naam": name, **self._given(key, "agb", "his", "patienten")} for key, name in self.entries("praktijken")]
        data["themas"] = [{"id": theme, **self._given(f"themas.{theme}", "aanspreekpunt")} for theme in self.chosen("themas")]
        data["rollen"] = {role: self._binding(role) for role in self.roles()}
        data["programmas"] = {
            key: {**self._description(key, name), "naam": name}
            for key in self.catalogue.programmes
            if (name := answers.get(f"programmas.{key}.naam"))
        }
        data["gremia"] = [
            {"naam": name, **self._given(key, "niveau", "taak"), **({"leden": members} if (members := self.chosen(f"{key}.leden")) else {})}
            for key, name in self.entries("gremia")
        ]
        return data

    def _given(self, key: str, *names: str) -> dict[str, str]:
        return {name: answer for name in names if (answer := self.answers.get(f"{key}.{name}"))}

    def _binding(self, role: str) -> dict[str, Any]:
        partners = self.chosen(f"rollen.{role}.partners")
        binding: dict[str, Any] = self._given(f"rollen.{role}", "naam", "lidwoord", "meervoud", "reden")
        return binding | ({"partners": partners} if partners else {})

    def _description(self, key: str, name: str) -> dict[str, str]:
        """What another site says of a programme, as long as it has the same name here."""
        other = self.start.get("programmas", {}).get(key, {})
        return {"omschrijving": other["omschrijving"]} if other.get("naam") == name and "omschrijving" in other else {}
