"""Reads pages as their readers do: the words that are there, and what a browser sends when somebody submits a form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any


def said(response: Any) -> str:
    """The words of the main part of a page, each white space one space."""
    body = response.content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def title(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)
    return unescape(found[1]) if found else ""


@dataclass
class Form:
    """A form of a page with what stands in its fields. Buttons are sent by whoever presses them."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    """Per choice (radio buttons, lists) the values in their order."""


def forms(response: Any) -> list[Form]:
    """The forms of the main part of a page."""
    body = response.content.decode()
    reader = _Reader()
    reader.feed(body[body.index("<main") :])
    return reader.forms


def form(response: Any, having: str) -> Form:
    """The one form that has a field of this name."""
    (found,) = (each for each in forms(response) if having in each.values or having in each.options)
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._name = ""
        """The text area or list that is being read."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        elif self.forms and tag in ("input", "textarea", "select", "option"):
            self._field(self.forms[-1], tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        if tag == "option":
            if self._name:
                form.options[self._name].append(given["value"])
                if "selected" in given or self._name not in form.values:
                    form.values[self._name] = given["value"]
        elif given.get("type") in ("radio", "checkbox"):
            form.options.setdefault(given["name"], []).append(given["value"])
            if "checked" in given:
                form.values[given["name"]] = given["value"]
        elif tag == "select":
            self._name = given["name"]
            form.options[self._name] = []
        else:
            form.values[given["name"]] = given.get("value", "")
            self._name = given["name"] if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self._name and self._name not in self.forms[-1].options:
            self.forms[-1].values[self._name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._name = ""
