"""Answers from a file: YAML in the shape of a profile, or the filled-in form."""

from __future__ import annotations

from pathlib import Path

from kbrollout.model.catalogue import Catalogue
from kbrollout.yamlfile import Sourced, read_yaml

_ZIP = b"PK\x03\x04"


def read_answers(path: Path, catalogue: Catalogue) -> Sourced:
    """The answers in a file, with their places. Raises ContentError."""
    if path.suffix.lower() in (".yaml", ".yml") or not (path.suffix.lower().startswith(".xl") or _is_zip(path)):
        return read_yaml(path, str(path), "Controleer de naam van het bestand met antwoorden.")
    from kbrollout.newsite.formreader import read_form

    return read_form(path, catalogue)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == _ZIP
    except OSError:
        return False
