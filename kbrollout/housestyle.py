"""A city's house style: the colours of an NL Design System theme, and nothing else of it.

A site may hold `huisstijl.css`: a theme as cities publish them, or a few lines of one's own. Only the tokens below
are read, only as colours; whatever else a theme says is left alone, so no style sheet of others ever reaches a pack.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping

from kbrollout.errors import Problem, Severity
from kbrollout.messages import listing, problem

TOKENS: Mapping[str, str] = {
    "--utrecht-document-color": "#1f2a2e",
    "--utrecht-document-background-color": "#ffffff",
    "--utrecht-heading-color": "#0f4c54",
    "--utrecht-link-color": "#0b5563",
    "--utrecht-separator-color": "#c9d3d2",
    "--utrecht-focus-outline-color": "#9a4310",
    "--utrecht-page-header-background-color": "#0f4c54",
    "--utrecht-page-header-color": "#ffffff",
}
"""The design tokens that documents read, with the colour they have without a house style."""

_PAIRS = (
    ("--utrecht-document-color", "--utrecht-document-background-color"),
    ("--utrecht-heading-color", "--utrecht-document-background-color"),
    ("--utrecht-link-color", "--utrecht-document-background-color"),
    ("--utrecht-page-header-color", "--utrecht-page-header-background-color"),
)
ENOUGH_CONTRAST = 4.5
_DECLARATION = re.compile(r"(?<![\w-])(--[\w-]++)\s*+:\s*+([^;{}]++)")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_DEEPEST = 10

Rgb = tuple[int, int, int]


def read_tokens(css: str, shown: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The colours of a theme by token, as `#rrggbb`, and warnings: what is no plain colour is left out, what is hard to read is told."""
    declared = _declared(css)
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for token in (token for token in TOKENS if token in declared):
        colour = _colour(_resolved(declared[token][0], declared))
        if colour is None:
            place = (shown, declared[token][1], 1, token)
            problems.append(problem("huisstijl-kleur", place, Severity.WARNING, gegeven=declared[token][0][:60]))
        else:
            found[token] = "#{:02x}{:02x}{:02x}".format(*colour)
    if not found and not problems:
        problems.append(problem("huisstijl-leeg", (shown, 0, 0, ""), Severity.WARNING, mogelijk=listing(list(TOKENS))))
    return found, (*problems, *_faint(found, shown))


def _declared(css: str) -> dict[str, tuple[str, int]]:
    """Every custom property that a style sheet declares: its value and its line. The last one counts."""
    text = re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match[0]), css, flags=re.DOTALL)
    # Other colours for a dark screen or for print are not the ones that hold everywhere.
    text = _MEDIA.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return {match[1]: (match[2].strip(), text.count("\n", 0, match.start()) + 1) for match in _DECLARATION.finditer(text)}


def as_css(tokens: Mapping[str, str]) -> str:
    """The tokens as the style sheet that goes into a pack."""
    lines = "".join(f"  {token}: {colour};\n" for token, colour in sorted(tokens.items()))
    return f":root {{\n{lines}}}\n"


def _resolved(value: str, declared: Mapping[str, tuple[str, int]]) -> str:
    """A value with `var(--other)` followed to what the theme says there."""
    for _ in range(_DEEPEST):
        match = re.fullmatch(r"var\(\s*(--[\w-]+)\s*(?:,\s*(.*))?\)", value)
        if not match:
            return value
        value = declared[match[1]][0] if match[1] in declared else (match[2] or "").strip()
    return value


def _colour(value: str) -> Rgb | None:
    """The red, green and blue (0 to 255) of a colour in CSS; None when it is not a plain colour."""
    value = re.sub(r"\s*!important$", "", value.strip().lower())
    value = {"white": "#ffffff", "black": "#000000"}.get(value, value)
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", value)
    if short:
        return int(short[1] * 2, 16), int(short[2] * 2, 16), int(short[3] * 2, 16)
    long = re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:ff)?", value)
    if long:
        return int(long[1], 16), int(long[2], 16), int(long[3], 16)
    rgb = re.fullmatch(r"rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)", value)
    if rgb and all(int(part) <= 255 for part in rgb.groups()):
        return int(rgb[1]), int(rgb[2]), int(rgb[3])
    hsl = re.fullmatch(r"hsl\(\s*(\d+(?:\.\d+)?)(?:deg)?\s*[, ]\s*(\d+(?:\.\d+)?)%\s*[, ]\s*(\d+(?:\.\d+)?)%\s*\)", value)
    if hsl and float(hsl[2]) <= 100 and float(hsl[3]) <= 100:
        red, green, blue = colorsys.hls_to_rgb(float(hsl[1]) % 360 / 360, float(hsl[3]) / 100, float(hsl[2]) / 100)
        return round(red * 255), round(green * 255), round(blue * 255)
    return None


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours (`#rrggbb`) by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _faint(found: Mapping[str, str], shown: str) -> Iterator[Problem]:
    colours = {**TOKENS, **found}
    for text, background in _PAIRS:
        ratio = contrast(colours[text], colours[background])
        if (text in found or background in found) and ratio < ENOUGH_CONTRAST:
            place, ratio_nl = (shown, 0, 0, text), f"{ratio:.1f}".replace(".", ",")
            yield problem("huisstijl-contrast", place, Severity.WARNING, tekst=colours[text], achter=colours[background], contrast=ratio_nl)
