"""Keeps the answers of an interview beside the folder that it will make, so that it can be stopped at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kbrollout.model.fields import Line, Model, Prose, key
from kbrollout.newsite.scalar import yaml_scalar
from kbrollout.validate import validate
from kbrollout.writing import write_whole
from kbrollout.yamlfile import read_yaml

_HEAD = """# Uw antwoorden tot nu toe op de vragen van kbrollout new.
# Typ dezelfde opdracht om verder te gaan. Wilt u opnieuw beginnen? Gooi dit bestand dan weg.
"""
PASSED = "-"
"""Stands for an answer that was passed over: YAML's nothing would be a fault."""


class SavedAnswers(Model):
    """What an interview has so far."""

    answers: dict[Line, Prose] = key("antwoorden", "De antwoorden, in de volgorde van de vragen.")


def place_of(folder: Path) -> Path:
    """Where the answers for a new folder are kept: beside it, so that the folder itself is never half made."""
    target = folder.resolve()
    return target.with_name(f"{target.name}.antwoorden.yaml")


def load_answers(folder: Path) -> dict[str, str]:
    """The answers of an earlier run; none when there was none. Raises ContentError when somebody spoiled the file."""
    path = place_of(folder)
    if not path.exists():
        return {}
    source = read_yaml(path, str(path), "")
    return dict(validate(SavedAnswers, source).answers)


def save_answers(folder: Path, answers: Mapping[str, str]) -> None:
    """Keep the answers. Raises ContentError when that cannot be."""
    path = place_of(folder)
    if not answers:
        path.unlink(missing_ok=True)
        return
    lines = [f"  {name}: {yaml_scalar(answer or PASSED)}\n" for name, answer in answers.items()]
    write_whole(path, f"{_HEAD}antwoorden:\n{''.join(lines)}")


def forget_answers(folder: Path) -> None:
    place_of(folder).unlink(missing_ok=True)
