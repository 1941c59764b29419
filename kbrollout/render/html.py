"""Documents as HTML from the templates in `templates/documents/`. Returns bytes; writes nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kbrollout.render.drawings import four_domains_svg, ladder_svg, levels_svg
from kbrollout.render.flow import flow_svg, flow_text
from kbrollout.render.gantt import PAGE, gantt_svgs
from kbrollout.render.markdown import to_html, to_inline_html
from kbrollout.render.qr import qr_svg
from kbrollout.render.svg import governance_svg, network_svg, streams_svg
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
    environment.filters["href"] = _href
    environment.filters["network_svg"] = lambda picture, title: Markup(network_svg(picture, title))
    environment.filters["governance_svg"] = lambda levels, title: Markup(governance_svg(levels, title))
    environment.filters["qr_svg"] = lambda address, label: Markup(qr_svg(address, label))
    environment.filters["gantt_page"] = lambda chart, title: [Markup(picture) for picture in gantt_svgs(chart, title, PAGE)]
    environment.filters["gantts"] = lambda chart, title: [Markup(picture) for picture in gantt_svgs(chart, title)]
    environment.filters["streams_svg"] = lambda picture, title: Markup(streams_svg(picture, title))
    environment.filters["flow_svg"] = lambda steps, title, width: Markup(flow_svg(steps, title, width))
    environment.filters["flow_text"] = flow_text
    environment.filters["four_domains_svg"] = lambda labels, title, width: Markup(four_domains_svg(labels, title, width))
    environment.filters["ladder_svg"] = lambda steps, title, width: Markup(ladder_svg(steps, title, width))
    environment.filters["levels_svg"] = lambda levels, title, width: Markup(levels_svg(levels, title, width))
    return environment


@pass_context
def _prose(context: Context, text: str, values: dict[str, str] | None = None, own: bool = False) -> Markup:
    """Template filter: Markdown as paragraphs, with the names of `names` and an agreement's values.

    `own` says that the neighbourhood wrote it: then its words are its own already.
    """
    return Markup(to_html(text, {**context["names"], **(values or {})}, context["links"], {} if own else context["words"]))


@pass_context
def _sentence(context: Context, text: str, values: dict[str, str] | None = None, own: bool = False) -> Markup:
    """Template filter: as `prose`, for one sentence without a paragraph around it."""
    return Markup(to_inline_html(text, {**context["names"], **(values or {})}, context["links"], {} if own else context["words"]))


@pass_context
def _href(context: Context, anchor: str | None) -> str | None:
    """Template filter: the way to an anchor of the afsprakenstelsel, from that document itself or from another page."""
    return _way(anchor, context["holds_agreements"], context["stamp"])


def _way(anchor: str | None, holds_agreements: bool, stamp: dict[str, Any]) -> str | None:
    if anchor is None or holds_agreements:
        return anchor and f"#{anchor}"
    return f"{stamp['root']}afsprakenstelsel.html#{anchor}" if stamp["format"] == "html" else None


def render_html(template: str, data: dict[str, Any], stamp: dict[str, Any]) -> bytes:
    """One document as UTF-8 HTML. `stamp` is what every page carries: site, version, code, date, concept."""
    # Made once: a page can hold thousands of texts with references.
    links = {
        key: {"label": target["label"], "href": _way(target["anchor"], data["holds_agreements"], stamp)}
        for key, target in data["targets"].items()
    }
    return _environment().get_template(template).render(**data, links=links, stamp=stamp).encode()
