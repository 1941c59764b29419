"""Document templates and their style as sources: what a document is made with, before anything is rendered."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, meta

from kbrollout.resources import templates


def folder() -> Path:
    """The folder with document templates and style."""
    return templates() / "documents"


def style() -> bytes:
    """The style sheet of all documents."""
    return (folder() / "style.css").read_bytes()


@cache
def sources_of(template: str) -> dict[str, str]:
    """The text of a template and of everything it includes, imports or extends, per name."""
    text = (folder() / template).read_text(encoding="utf-8")
    found = {template: text}
    for name in meta.find_referenced_templates(Environment(autoescape=True).parse(text)):
        if name is None:
            raise ValueError(f"{template}: a template names another one by its fixed name, so that its content key is known")
        found.update(sources_of(name))
    return found
