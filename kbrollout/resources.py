"""Finds the content that comes with the program: reference, document templates, styles, scaffold and examples.

In a checkout it is `templates/` and `examples/` at the top; in an installed wheel it is the copies inside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def templates() -> Path:
    """The folder with `catalogue/`, `documents/` and `site/`."""
    packaged = _PACKAGE / "_templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"


def examples() -> Path:
    """The folder with the site folders of the examples."""
    packaged = _PACKAGE / "_examples"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "examples"
