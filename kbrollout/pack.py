"""Writes packs: made aside, then put in the old one's place in one step. The only module that writes a pack.

Files that we did not make, or that somebody edited, survive.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.manifest import NAME, PACK, Made, made_in
from kbrollout.messages import problem
from kbrollout.model.manifest import FileEntry, HistoryEntry

_ZIP_MARK = b"kbrollout"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
OLD_LEFTOVER = 3600
"""Seconds."""


@dataclass(frozen=True)
class OldPack:
    """The pack that stands where a new one will come: the files that are still as we made them, and the others.

    `listed` is all that its manifest says we made, also what was edited or taken away since; `history` what stood there before.
    """

    folder: Path
    intact: Mapping[str, FileEntry]
    edited: tuple[str, ...]
    foreign: tuple[str, ...]
    kind: str = PACK
    listed: tuple[FileEntry, ...] = ()
    history: tuple[HistoryEntry, ...] = ()

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


def look_at(folder: Path, kind: str = PACK) -> OldPack:
    """What stands in a folder now. Raises ContentError when it is not a place for something of ours of this kind."""
    place = (str(folder), 0, 0, "")
    if not folder.is_dir():
        in_the_way = next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None)
        if in_the_way:
            raise ContentError([problem("uitvoer-geen-map", (str(in_the_way), 0, 0, ""), map=in_the_way)])
        return OldPack(folder, {}, (), (), kind)
    paths = sorted(_files_in(folder))
    manifest = made_in(folder, kind)
    if manifest is None:
        if paths:
            code = "uitvoer-van-anderen" if kind == PACK else "uitvoer-iets-anders"
            raise ContentError([problem(code, place, map=folder, soort=kind, voorstel=folder / kind)])
        manifest = Made({})
    made = manifest.files
    ours = {path for path in paths if path in made}
    intact = {path: made[path] for path in ours if hashlib.sha256((folder / path).read_bytes()).hexdigest() == made[path].sha256}
    foreign = tuple(path for path in paths if path not in made and path != NAME)
    return OldPack(folder, intact, tuple(sorted(ours - intact.keys())), foreign, kind, tuple(made.values()), manifest.history)


def _files_in(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def write_pack(old: OldPack, files: Mapping[str, bytes], manifest: bytes, *, strict: bool = False) -> tuple[Problem, ...]:
    """Put a pack with `files` and `manifest` in the place of the old one.

    The folder is looked at once more: what others put there while the pack was being made survives too. Gives
    warnings about files of others that had to take another name. Raises ContentError when the folder cannot be
    written, or with those warnings when `strict`; the old pack is whole then.
    """
    target = old.folder
    now = look_at(target, old.kind)
    kept = _kept_names(now, files)
    renamed = tuple(
        problem("bestand-bewerkt", (str(target / path), 0, 0, ""), Severity.WARNING, bestand=path, bewaard=new_path)
        for path, new_path in kept.items()
        if new_path != path
    )
    if strict and renamed:
        raise ContentError(renamed)
    if not renamed and _same(now, files, manifest):
        return ()
    aside = target.with_name(f".{target.name}.nieuw-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(target)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        for path, content in (*files.items(), (NAME, manifest)):
            _write(_place_for(aside, path), content)
        for path, new_path in kept.items():
            shutil.copy2(target / path, _place_for(aside, new_path), follow_symlinks=False)
        _swap(aside, target)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("uitvoer-niet-schrijfbaar", (str(target), 0, 0, ""), map=target.parent, reden=reason)]) from error
    return renamed


def _same(now: OldPack, files: Mapping[str, bytes], manifest: bytes) -> bool:
    try:
        untouched = now.read(NAME) == manifest
    except OSError:
        return False
    return untouched and files.keys() == now.intact.keys() and all(now.read(path) == content for path, content in files.items())


def _kept_names(now: OldPack, files: Mapping[str, bytes]) -> dict[str, str]:
    """The files of others, each with the name it keeps or gets: another one where ours comes in its place.

    Letters of either case count as the same, as on Windows.
    """
    ours = {path.casefold() for path in (*files, NAME)}
    folders = {str(parent).casefold() for path in files for parent in PurePosixPath(path).parents}
    taken = {*ours, *(path.casefold() for path in now.foreign)}
    kept: dict[str, str] = {}
    for path in (*now.foreign, *now.edited):
        clash = next((part for part in (path, *map(str, PurePosixPath(path).parents)) if part.casefold() in ours), None)
        if clash is None and path.casefold() not in folders and path not in now.edited:
            kept[path] = path
            continue
        clash = clash or path
        kept[path] = _free_name(clash, taken) + path[len(clash) :]
        taken.add(kept[path].casefold())
    return kept


def _free_name(path: str, taken: set[str]) -> str:
    """A name for somebody's copy that nothing else has: `x.bewerkt.html`, `x.bewerkt-2.html` …"""
    pure = PurePosixPath(path)
    names = (str(pure.with_name(f"{pure.stem}.bewerkt{f'-{n}' if n > 1 else ''}{pure.suffix}")) for n in count(1))
    return next(name for name in names if name.casefold() not in taken)


def _place_for(aside: Path, path: str) -> Path:
    """Where a file comes, with the folders on the way to it. Never makes `aside` itself: if that is gone, another run took it."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        (aside / parent).mkdir(exist_ok=True)
    return aside / path


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _aside_name(target: Path) -> Path:
    return target.with_name(f".{target.name}.oud")


def _clear_leftovers(target: Path) -> None:
    """Remove what earlier runs left when they were killed. What is younger may belong to a run that is still busy."""
    recover(target)
    shutil.rmtree(_aside_name(target), ignore_errors=True)
    for leftover in target.parent.glob(f".{target.name}.nieuw-*"):
        if time.time() - leftover.stat().st_mtime > OLD_LEFTOVER:
            shutil.rmtree(leftover, ignore_errors=True)


def recover(target: Path) -> None:
    """Put an old pack back if an earlier run was killed halfway a swap."""
    moved = _aside_name(target)
    if moved.is_dir() and not target.exists():
        moved.rename(target)


def _swap(new: Path, target: Path) -> None:
    """Let `new` take the place of `target`; the old one is removed."""
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        shutil.rmtree(new, ignore_errors=True)
        return
    moved = _aside_name(target)
    target.rename(moved)
    try:
        new.rename(target)
    except OSError:
        moved.rename(target)
        raise
    shutil.rmtree(moved, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step where the system can (Linux); False where it cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE) == 0


def write_zip(path: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """Write files as a ZIP that repeats byte for byte. Raises ContentError when something else has that name."""
    place = (str(path), 0, 0, "")
    refuse_foreign_zip(path)
    aside = path.with_name(f".{path.name}.nieuw-{os.getpid()}")
    try:
        with zipfile.ZipFile(aside, "w") as archive:
            archive.comment = _ZIP_MARK
            for name in sorted(files):
                info = zipfile.ZipInfo(f"{folder}/{name}", _ZIP_TIME)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, files[name])
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise ContentError(
            [problem("uitvoer-niet-schrijfbaar", place, map=path.parent, reden=error.strerror or type(error).__name__)]
        ) from error


def refuse_foreign_zip(path: Path) -> None:
    """Raises ContentError when a file that we did not make stands where a ZIP of ours has to come."""
    if path.exists() and not is_our_zip(path):
        raise ContentError([problem("uitvoer-van-anderen", (str(path), 0, 0, ""), map=path)])


def is_our_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == _ZIP_MARK
    except (OSError, zipfile.BadZipFile):
        return False
