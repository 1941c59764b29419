"""Fills the scaffold of `templates/site` with a draft, aside, and puts it in place once it passes the check.

cookiecutter renders the values that it is given. Ours go in under private names (with a low line in front), which it
hands to the templates as they are: text from answers is data, never a template.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kbrollout.check import Checked, check_site
from kbrollout.errors import ContentError
from kbrollout.messages import problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.fields import Model
from kbrollout.model.site import (
    Adoption,
    Body,
    OpenPointEntry,
    Partner,
    Place,
    Practice,
    ProgrammeBinding,
    Region,
    RoleBinding,
    ThemeChoice,
)
from kbrollout.newsite.draft import Draft
from kbrollout.newsite.scalar import yaml_lines
from kbrollout.resources import templates
from kbrollout.schema import write_schemas
from kbrollout.site import PROFILE

_BLOCKS: Mapping[str, type[Model]] = {"wijk": Place, "regio": Region, "vastgesteld": Adoption}
_NAMED: Mapping[str, type[Model]] = {"rollen": RoleBinding, "programmas": ProgrammeBinding}
_LISTS: Mapping[str, type[Model]] = {
    "partners": Partner,
    "praktijken": Practice,
    "themas": ThemeChoice,
    "gremia": Body,
    "openstaand": OpenPointEntry,
}


def refuse_taken(folder: Path) -> None:
    """Raises ContentError unless a new site can come in `folder`: nothing there, or an empty folder."""
    place = (str(folder), 0, 0, "")
    try:
        taken = any(folder.iterdir()) if folder.is_dir() else folder.exists() or folder.is_symlink()
    except OSError as error:
        raise _not_writable(folder, error) from error
    if taken:
        code = "map-niet-leeg" if folder.is_dir() else "map-is-bestand"
        raise ContentError([problem(code, place, map=folder, voorstel=folder.with_name(f"{folder.resolve().name}-nieuw"))])


def make_site(folder: Path, draft: Draft, catalogue: Catalogue, today: date, answered_in: str) -> Checked:
    """Write the site folder and give what the check says of it. `answered_in` is what faults are said to be in.

    Raises ContentError when the folder is taken or cannot be written; nothing has been written then.
    """
    refuse_taken(folder)
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.nieuw-", dir=target.parent) as aside:
            made = _render(Path(aside), draft, catalogue)
            write_schemas(made / "schema")
            try:
                checked = check_site(made, catalogue, today)
            except ContentError as error:
                raise ContentError(replace(each, file=answered_in, line=0, column=0) for each in error.problems) from None
            _move_in(made, target)
    except OSError as error:
        raise _not_writable(folder, error) from error
    return checked


def _not_writable(folder: Path, error: OSError) -> ContentError:
    reason = error.strerror or type(error).__name__
    return ContentError([problem("map-niet-schrijfbaar", (str(folder), 0, 0, ""), map=folder, reden=reason)])


def _render(aside: Path, draft: Draft, catalogue: Catalogue) -> Path:
    from cookiecutter.main import cookiecutter

    # Without these two cookiecutter writes in the user's home. It only reads a template that stands on disk.
    # `default_config` takes a mapping, though it is declared as a bool.
    config: Any = {"replay_dir": str(aside / "replay"), "cookiecutters_dir": str(aside / "templates")}
    profile = draft.profile
    context = {"_naam": profile.place.name, "_versie": catalogue.index.version, "_profiel": _lines(draft.data)}
    # Ids for the examples in planning.yaml, so that they are right when somebody takes the signs away.
    context |= {"_code": profile.place.code, "_praktijk": profile.practices[0].id, "_taak": next(iter(catalogue.tasks))}
    made = cookiecutter(
        str(templates() / "site"),
        no_input=True,
        extra_context=context,
        default_config=config,
        output_dir=str(aside / "made"),
        accept_hooks=False,
    )
    for path in (Path(made), *Path(made).rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)  # an installed template may be read-only, what is made of it may not
    return Path(made)


def _lines(data: Mapping[str, Any]) -> dict[str, Any]:
    """The sections of a profile as lines of YAML, with the keys in the order of the models."""
    sections: dict[str, Any] = {}
    for name, model in _BLOCKS.items():
        sections[name] = yaml_lines(_ordered(model, data.get(name) or {}))
    for name, model in _NAMED.items():
        sections[name] = {key: yaml_lines(_ordered(model, entry)) for key, entry in (data.get(name) or {}).items()}
    for name, model in _LISTS.items():
        sections[name] = [yaml_lines(_ordered(model, entry)) for entry in data.get(name) or []]
    return sections


def _ordered(model: type[Model], entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for field in model.model_fields.values() if (key := field.alias or "") in entry}


def _move_in(made: Path, target: Path) -> None:
    """Put the made folder in its place in one step. A folder that was there stays the same folder: somebody may stand in it."""
    if not target.exists():
        made.rename(target)
        return
    moved: list[Path] = []
    try:
        for entry in sorted(made.iterdir(), key=lambda path: path.name == PROFILE):  # the profile last: it makes a site
            moved.append(entry.rename(target / entry.name))  # noqa: PERF401 - what was moved must be known when one fails
    except OSError:
        for entry in moved:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        raise
