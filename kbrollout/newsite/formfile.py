"""Writes the form to a file that is not there yet: one that is may hold somebody's answers."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from kbrollout.errors import ContentError
from kbrollout.messages import problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.newsite.form import form_bytes


def write_form(path: Path, catalogue: Catalogue) -> None:
    """Write the form. Raises ContentError when the file exists, cannot be written, or Excel support is not installed."""
    place = (str(path), 0, 0, "")
    if path.exists() or path.is_symlink():
        raise ContentError([problem("bestand-bestaat", place, bestand=path)])
    if find_spec("xlsxwriter") is None:
        raise ContentError([problem("formulier-kan-niet", place, onderdeel="XlsxWriter")])
    content = form_bytes(catalogue)
    aside = path.with_name(f".{path.name}.nieuw-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.rename(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("map-niet-schrijfbaar", place, map=path.parent, reden=reason)]) from error
