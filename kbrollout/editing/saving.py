"""Writes one file of a site folder: checked on a copy first, made aside, then put in its place in one step."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kbrollout.check import Checked, check_site
from kbrollout.editing.answers import Said
from kbrollout.editing.drafting import choice_entry, free_id, own_file
from kbrollout.editing.profiletext import NotEditable, with_choice
from kbrollout.errors import ContentError
from kbrollout.messages import problem
from kbrollout.model.catalogue import Catalogue
from kbrollout.ownagreements import FOLDER, own_ids
from kbrollout.site import PROFILE
from kbrollout.writing import write_whole

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What some editors put before the text of a file, to say that it is UTF-8."""


class Refused(Exception):
    """Why nothing can be written here, in Dutch."""


@dataclass(frozen=True)
class Reading:
    """A site as it was when the questions began: the bytes of its profile, and what was made of them."""

    folder: Path
    profile: bytes
    checked: Checked


@dataclass(frozen=True)
class Change:
    """One file that changes or comes: its path in the site folder, and its text before and after."""

    path: str
    before: str
    after: str


def read_site(folder: Path, catalogue: Catalogue, today: date) -> Reading:
    """Read a site folder to change something in it. Raises ContentError when it has faults, Refused when it cannot be written."""
    for path in (folder / PROFILE, folder / FOLDER):
        if path.is_symlink():
            raise Refused(f"{path} is een snelkoppeling. kbrollout schrijft alleen in de wijkmap zelf; verander het bestand zelf.")
    try:
        profile = (folder / PROFILE).read_bytes()
    except OSError:
        profile = b""  # the check says what is wrong with it
    return Reading(folder, profile, check_site(folder, catalogue, today))


def change_for(said: Said, reading: Reading) -> Change:
    """The change that the answers come to. Raises Refused when the profile has a form that cannot be added to."""
    if said.kind is None:
        code = reading.checked.neighbourhood.site.profile.place.code
        identifier = free_id(code, own_ids(reading.folder))
        return Change(f"{FOLDER}/{identifier}.md", "", own_file(said, identifier))
    text = reading.profile.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    before = text.removeprefix(_MARK)
    try:
        return Change(PROFILE, text, mark + with_choice(before, choice_entry(said)))
    except NotEditable as error:
        raise Refused(
            f"De lijst afspraken in {reading.folder / PROFILE} staat in een vorm die kbrollout niet kan aanvullen zonder ook iets "
            f"anders te veranderen. Zet deze regels er zelf in:\n\n{error}"
        ) from None


def check_change(change: Change, reading: Reading, catalogue: Catalogue, today: date) -> Checked:
    """What the check says of the site with the change in it. Raises ContentError, with places in the folder itself."""
    folder = reading.folder
    with _as_not_writable(folder), tempfile.TemporaryDirectory(prefix="kbrollout-") as aside:
        copy = Path(aside) / "wijk"
        shutil.copytree(folder, copy, ignore=_no_part_of_it, ignore_dangling_symlinks=True)
        _write(copy / change.path, change.after)
        try:
            return check_site(copy, catalogue, today)
        except ContentError as error:
            raise ContentError(replace(each, file=each.file.replace(str(copy), str(folder), 1)) for each in error.problems) from None


def _no_part_of_it(folder: str, names: list[str]) -> list[str]:
    """What a copy can do without: hidden things, and links to folders, which may lead anywhere."""
    paths = {name: Path(folder) / name for name in names}
    return [name for name, path in paths.items() if name.startswith(".") or (path.is_symlink() and path.is_dir())]


def write_change(change: Change, reading: Reading) -> Path:
    """Write the file. Raises Refused when the site changed since it was read; ContentError when it cannot be written."""
    folder = reading.folder
    target = folder / change.path
    with _as_not_writable(folder):
        if any(path.is_symlink() for path in (target, target.parent) if path != folder):
            raise Refused(f"{target} is intussen een snelkoppeling geworden. Er is niets opgeslagen.")
        if (folder / PROFILE).read_bytes() != reading.profile or (not change.before and target.exists()):
            raise Refused("Iemand heeft de bestanden van de wijk veranderd terwijl u bezig was. Er is niets opgeslagen. Begin opnieuw.")
    write_whole(target, change.after)
    return target


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _as_not_writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("map-niet-schrijfbaar", (str(folder), 0, 0, ""), map=folder, reden=reason)]) from error
