"""Finds the content that comes with the program: reference, document templates, styles and scaffold.

In a checkout it is `templates/` at the top; in an installed wheel it is the copy inside the package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def templates() -> Path:
    """The folder with `catalogue/`, `documents/` and `site/`."""
    packaged = _PACKAGE / "_templates"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "templates"
