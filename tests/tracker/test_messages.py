"""Messages of the tracker: each is explained in the manual, said somewhere, and complete when it is said."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from kbrollout.tracker.messages import MESSAGES, problem

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "handleiding" / "meldingen-voortgang.md").read_text(encoding="utf-8")
CALLERS = {
    path: ast.parse(source)
    for path in sorted((ROOT / "kbrollout").rglob("*.py"))
    if "from kbrollout.tracker.messages import" in (source := path.read_text(encoding="utf-8"))
}
"""The modules that can say these messages: others have messages of their own, some with the same codes."""


def places_in(code: str) -> set[str]:
    """The names of what is filled in, in both sentences of a message."""
    return {name for text in MESSAGES[code] for _, name, _, _ in Formatter().parse(text) if name is not None}


def said() -> Iterator[tuple[str, str, set[str]]]:
    """Every `problem("code", place, word=…)`: where it stands, the code, and the words that come along."""
    for path, tree in CALLERS.items():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "problem":
                code = call.args[0]
                if isinstance(code, ast.Constant):
                    words = {str(each.arg) for each in call.keywords} - {"file"}
                    yield f"{path.relative_to(ROOT)}:{call.lineno}", str(code.value), words


def test_every_message_is_explained_once_and_no_other() -> None:
    explained = Counter(re.findall(r"^### (.+)$", PAGE, flags=re.MULTILINE))
    assert MESSAGES.keys() - explained.keys() == set(), "explain these in meldingen-voortgang.md"
    assert explained.keys() - MESSAGES.keys() == set(), "these no longer exist"
    assert [code for code, times in explained.items() if times > 1] == []


def test_every_explanation_says_what_to_do() -> None:
    sections = re.split(r"^#{2,3} (.+)$", PAGE, flags=re.MULTILINE)
    bodies = {heading: body for heading, body in zip(sections[1::2], sections[2::2], strict=True) if heading in MESSAGES}
    assert [code for code, body in bodies.items() if "**Wat u doet:**" not in " ".join(body.split())] == []


def test_explanations_stand_in_the_order_of_the_source() -> None:
    assert re.findall(r"^### (.+)$", PAGE, flags=re.MULTILINE) == list(MESSAGES)


def test_every_message_is_said_somewhere() -> None:
    texts = {node.value for tree in CALLERS.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert [code for code in MESSAGES if code not in texts] == []


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_complete_once_its_words_are_there(code: str) -> None:
    places = places_in(code)
    assert all(name.isidentifier() for name in places), "a place needs a name, and holds plain text"
    found = problem(code, "veld", **{name: f"‹{name}›" for name in places})
    assert {name for name in places if f"‹{name}›" in f"{found.what} {found.fix}"} == places
    assert "{" not in found.what + found.fix


def test_whoever_says_a_message_gives_exactly_its_words() -> None:
    calls = list(said())
    assert len(calls) > 80
    assert [(where, code) for where, code, words in calls if words != places_in(code)] == []
