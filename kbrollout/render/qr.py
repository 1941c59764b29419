"""QR codes as SVG, to lie in a page: nothing is fetched and no font is needed."""

from __future__ import annotations

from html import escape

QUIET_ZONE = 4
"""Modules of white around the code: what the standard asks for."""


def qr_svg(address: str, label: str) -> str:
    """A QR code that leads to `address`; `label` says so to who does not see it.

    The lowest level of correction makes the largest squares, which phones read best from paper; segno raises it where
    that costs no room.
    """
    import segno

    code = segno.make_qr(address, error="l")
    svg = code.svg_inline(border=QUIET_ZONE, light="#ffffff", omitsize=True, svgclass="qr", lineclass=None, title=label)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)
