"""Documents as HTML from the templates in `templates/documents/`. Returns bytes; writes nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kbrollout.render.markdown import to_html, to_inline_html
from kbrollout.render.svg import governance_svg, network_svg
from kbrollout.templating import folder


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["prose"] = _prose
    environment.filters["sentence"] = _sentence
    environment.filters["network_svg"] = lambda picture, title: Markup(network_svg(picture, title))
    environment.filters["governance_svg"] = lambda levels, title: Markup(governance_svg(levels, title))
    return environment


@pass_context
def _prose(context: Context, text: str, values: dict[str, str] | None = None) -> Markup:
    """Template filter: Markdown of the reference as paragraphs, with the names of `names` and an agreement's values."""
    return Markup(to_html(text, {**context["names"], **(values or {})}, context["targets"]))


@pass_context
def _sentence(context: Context, text: str, values: dict[str, str] | None = None) -> Markup:
    """Template filter: as `prose`, for one sentence without a paragraph around it."""
    return Markup(to_inline_html(text, {**context["names"], **(values or {})}, context["targets"]))


def render_html(template: str, data: dict[str, Any], stamp: dict[str, Any]) -> bytes:
    """One document as UTF-8 HTML. `stamp` is what every page carries: site, version, code, date, concept."""
    return _environment().get_template(template).render(**data, stamp=stamp).encode()
