"""The fonts of all documents: Source Sans and Source Serif, cut down to what Dutch documents need.

They come as packages with the installation, so that output is the same everywhere.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

FACES = {
    "source-sans-regular": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "source-sans-italic": ("font_source_sans_pro", "SourceSansPro-It.ttf"),
    "source-sans-semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "source-serif-semibold": ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
}
"""Name in the pack → package and file it is cut from."""

# Latin with all its accents, so that names from anywhere in Europe print; punctuation, arrows, boxes and ticks.
_RANGES = ((0x20, 0x24F), (0x2B0, 0x36F), (0x1E00, 0x1EFF), (0x2000, 0x20CF), (0x2100, 0x22FF), (0x2500, 0x27BF))

_FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum"]
RECIPE = repr((_RANGES, _FEATURES))
"""How the faces are cut; part of the key under which a pack holds them."""


@cache
def woff2(name: str) -> bytes:
    """One face as WOFF2. The same bytes every time: the subset keeps the dates of the original."""
    from fontTools import subset

    package, file = FACES[name]
    options = subset.Options(flavor="woff2", layout_features=_FEATURES, hinting=False, recalc_timestamp=False, notdef_outline=True)
    out = BytesIO()
    with subset.load_font(str(source(package, file)), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=[code for first, last in _RANGES for code in range(first, last + 1)])
        subsetter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()


@cache
def truetype(face: bytes) -> bytes:
    """A face in WOFF2 as TrueType."""
    from fontTools.ttLib import woff2

    out = BytesIO()
    woff2.decompress(BytesIO(face), out)
    return out.getvalue()


def source(package: str, file: str) -> Path:
    """Where a face of a package stands. Raises ModuleNotFoundError when the package is not installed."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / "files" / file
