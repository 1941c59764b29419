"""Markdown files of the reference: front matter, headings, `{names}` and `[[references]]`, with their positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from kbrollout.errors import ContentError, Problem
from kbrollout.messages import did_you_mean, listing, problem
from kbrollout.model.catalogue import Agreement, AgreementHeader, Expectation
from kbrollout.model.framework import Heading
from kbrollout.slots import REFERENCE, SLOT, name_in
from kbrollout.tailoring import EXPECTATION
from kbrollout.validate import Known, gather, validate
from kbrollout.yamlfile import Sourced, parse_yaml, read_text

_HEADING = re.compile(r"#+\s+(.*?)\s*#*")

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class MarkdownFile:
    """A Markdown file taken apart: its front matter with positions, and its body from `body_line` on."""

    front: Sourced
    body: str
    body_line: int

    def place(self, line: int, column: int = 1, path: str = "") -> tuple[str, int, int, str]:
        """The place of a position in the body; `line` counts from 0 there."""
        return self.front.file, self.body_line + line, column, path


def read_markdown(path: Path, shown: str) -> MarkdownFile:
    """Split a file in front matter and body. Raises ContentError."""
    lines = read_text(path, shown, "Maak het bestand aan.").split("\n")
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None or not "".join(lines[1:end]).strip():
        raise ContentError([problem("kop-ontbreekt", (shown, 1, 1, ""))])
    front = parse_yaml("\n".join(lines[1:end]), shown, shift=1)
    return MarkdownFile(front, "\n".join(lines[end + 1 :]), end + 2)


def header_of(file: MarkdownFile, model: type[M], stem: str, known: Known) -> M:
    """The front matter as a model; its id has to be the name of the file. Raises ContentError."""
    header = validate(model, file.front, known)
    name = str(getattr(header, "id", stem))
    if name != stem:
        raise ContentError([problem("naam-anders", file.front.place(("id",)), id=name)])
    return header


def read_agreement(path: Path, shown: str, known: Known, model: type[AgreementHeader] = AgreementHeader) -> Agreement:
    """Read one agreement and check it against the ids that exist. Raises ContentError with all faults in this file."""
    file = read_markdown(path, shown)
    problems: list[Problem] = []
    sections = dict(_sections(file, problems))
    expectations = tuple(_expectations(file, sections, problems))
    header: AgreementHeader | None = None
    with gather(problems):
        header = header_of(file, model, path.stem, known)
    if Heading.AGREEMENT not in sections:
        problems.append(problem("afspraak-ontbreekt", file.place(0)))
    values = _declared_values(file)
    problems += check_names(file, known, values)
    problems += [
        problem("waarde-naam", file.front.place(("waarden", name), of_key=True), gegeven=name)
        for name in values
        if name in known.get("naam", ())
    ]
    if header is not None:
        problems += _expected_roles(file, header, sections)
        problems += _braces_in_front(file, header)
    if problems or header is None:
        raise ContentError(problems)
    text: dict[Heading, str] = {heading: body for heading, (_, body) in sections.items() if heading is not Heading.EXPECTATIONS}
    return Agreement(header, text, expectations)


def _braces_in_front(file: MarkdownFile, header: AgreementHeader) -> Iterator[Problem]:
    """Titles, questions and values are said as they are: names and references stand in the text below only."""
    said: list[tuple[tuple[str | int, ...], str]] = [(("titel",), header.title)]
    for name, value in header.values.items():
        said += [(("waarden", name, "vraag"), value.question), (("waarden", name, "standaard"), value.default)]
    for path, text in said:
        if any(mark in text for mark in ("{", "}", "[[")):
            yield problem("accolades-in-kop", file.front.place(path), gegeven=text)


def _declared_values(file: MarkdownFile) -> list[str]:
    values = file.front.data.get("waarden") if isinstance(file.front.data, dict) else None
    return list(values) if isinstance(values, dict) else []


def _sections(file: MarkdownFile, problems: list[Problem]) -> Iterator[tuple[Heading, tuple[int, str]]]:
    """Per heading the number of its first line in the body, and its text."""
    found: dict[str, tuple[int, list[str]]] = {}
    current: list[str] | None = None
    for number, line in enumerate(file.body.split("\n")):
        match = _HEADING.fullmatch(line)
        if match:
            current = []
            if match[1] not in list(Heading):
                known = [heading.value for heading in Heading]
                words: dict[str, Any] = {"gegeven": match[1], "bedoelt": did_you_mean(match[1], known), "mogelijk": listing(known)}
                problems.append(problem("kop-onbekend", file.place(number), **words))
            elif match[1] in found:
                problems.append(problem("kop-dubbel", file.place(number), gegeven=match[1]))
            else:
                found[match[1]] = (number + 1, current)
        elif current is not None:
            current.append(line)
        elif line.strip():
            problems.append(problem("tekst-voor-kop", file.place(number)))
            current = []
    for name, (first, lines) in found.items():
        if not "".join(lines).strip():
            problems.append(problem("kop-leeg", file.place(first - 1), gegeven=name))
        else:
            yield Heading(name), (first, "\n".join(lines).strip("\n"))


def _expectations(file: MarkdownFile, sections: Mapping[Heading, tuple[int, str]], problems: list[Problem]) -> Iterator[Expectation]:
    for number, line in _expectation_lines(sections):
        match = EXPECTATION.fullmatch(line)
        if match:
            yield Expectation(match[1], match[2].strip())
        else:
            problems.append(problem("verwachting-vorm", file.place(number, path=Heading.EXPECTATIONS)))


def _expectation_lines(sections: Mapping[Heading, tuple[int, str]]) -> Iterator[tuple[int, str]]:
    first, body = sections.get(Heading.EXPECTATIONS, (0, ""))
    skipped = len(body) - len(body.lstrip("\n"))
    return ((first + skipped + number, line) for number, line in enumerate(body.lstrip("\n").split("\n")) if line.strip())


def _expected_roles(file: MarkdownFile, header: AgreementHeader, sections: Mapping[Heading, tuple[int, str]]) -> Iterator[Problem]:
    involved = [*header.roles.does, *header.roles.knows]
    for number, line in _expectation_lines(sections):
        match = EXPECTATION.fullmatch(line)
        if match and match[1] not in involved:
            words: dict[str, Any] = {"gegeven": match[1], "bedoelt": did_you_mean(match[1], involved), "mogelijk": listing(involved)}
            yield problem("verwachting-rol", file.place(number, 3, Heading.EXPECTATIONS), **words)


def check_names(file: MarkdownFile, known: Known, values: Sequence[str] = ()) -> Iterator[Problem]:
    """Problems with `{names}` that nobody declares and `[[references]]` to nothing, in the body of a file."""
    for number, line in enumerate(file.body.split("\n")):
        for code, column, words in unknown_names(line, known, values):
            yield problem(code, file.place(number, column + 1), **words)


def check_names_in_list(source: Sourced, known: Known) -> Iterator[Problem]:
    """The same, in all texts of a list file."""
    for path, text in _texts(source.data, ()):
        for code, _, words in unknown_names(text, known, ()):
            yield problem(code, source.place(path), **words)


def _texts(part: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in the data of a file, with the path to it."""
    if isinstance(part, str):
        yield path, part
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from _texts(value, (*path, key))


def unknown_names(text: str, known: Known, values: Sequence[str]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Code, column and words of a message for every `{name}` and `[[reference]]` in a text that leads nowhere."""
    names = [*known["naam"], *values] if "naam" in known else None
    targets = known.get("doel")
    for match in SLOT.finditer(text):
        name = name_in(match[1])
        if names is not None and name not in names:
            yield "naam-onbekend", match.start(), {"gegeven": match[1], "bedoelt": did_you_mean(name, names)}
    for match in re.finditer(r"\{[^{}]*\}?|\}", SLOT.sub(lambda found: " " * len(found[0]), text)):
        inside = match[0].strip("{} ")
        meant = f"Bedoelde u “{{{inside}}}”? " if names is not None and SLOT.fullmatch(f"{{{inside}}}") and name_in(inside) in names else ""
        yield "accolades-vorm", match.start(), {"gegeven": match[0], "bedoelt": meant}
    for match in REFERENCE.finditer(text):
        if targets is not None and match[1] not in targets:
            yield "verwijzing-onbekend", match.start(), {"gegeven": match[1], "bedoelt": did_you_mean(match[1], targets)}
