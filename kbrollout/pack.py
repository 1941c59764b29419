"""Writes packs: made aside, then put in the old one's place in one step. The only module that writes a pack.

Files that we did not make, or that somebody edited, survive.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kbrollout.errors import ContentError, Problem, Severity
from kbrollout.manifest import NAME, PACK, FileEntry, files_of
from kbrollout.messages import problem

_ZIP_MARK = b"kbrollout"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True)
class OldPack:
    """The pack that stands where a new one will come: the files that are still as we made them, and the others."""

    folder: Path
    intact: Mapping[str, FileEntry]
    edited: tuple[str, ...]
    foreign: tuple[str, ...]

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


def look_at(folder: Path, kind: str = PACK) -> OldPack:
    """What stands in a folder now. Raises ContentError when it is not a place for something of ours of this kind."""
    place = (str(folder), 0, 0, "")
    if not folder.is_dir():
        in_the_way = next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None)
        if in_the_way:
            raise ContentError([problem("uitvoer-geen-map", (str(in_the_way), 0, 0, ""), map=in_the_way)])
        return OldPack(folder, {}, (), ())
    paths = sorted(_files_in(folder))
    made = files_of(folder, kind)
    if made is None:
        if paths:
            code = "uitvoer-van-anderen" if kind == PACK else "uitvoer-iets-anders"
            raise ContentError([problem(code, place, map=folder, soort=kind, voorstel=folder / kind)])
        made = {}
    ours = {path for path in paths if path in made}
    intact = {path: made[path] for path in ours if hashlib.sha256((folder / path).read_bytes()).hexdigest() == made[path].sha256}
    foreign = tuple(path for path in paths if path not in made and path != NAME)
    return OldPack(folder, intact, tuple(sorted(ours - intact.keys())), foreign)


def _files_in(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def write_pack(old: OldPack, files: Mapping[str, bytes], manifest: bytes) -> tuple[Problem, ...]:
    """Put a pack with `files` and `manifest` in the place of the old one.

    Gives warnings about files that somebody edited and that were kept beside ours. Raises ContentError when the
    folder cannot be written; the old pack is whole then.
    """
    target = old.folder
    kept = {path: _free_name(path, {*files, *old.foreign}) for path in old.edited}
    if not old.edited and (target / NAME).is_file() and _same(old, files, manifest):
        return ()
    aside = target.with_name(f".{target.name}.nieuw-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(target)
        for path, content in (*files.items(), (NAME, manifest)):
            _write(aside / path, content)
        for path, new_path in (*((path, path) for path in old.foreign), *kept.items()):
            _copy(target / path, aside / new_path)
        _swap(aside, target)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("uitvoer-niet-schrijfbaar", (str(target), 0, 0, ""), map=target.parent, reden=reason)]) from error
    words = {path: {"bestand": path, "bewaard": new_path} for path, new_path in kept.items()}
    return tuple(problem("bestand-bewerkt", (str(target / path), 0, 0, ""), Severity.WARNING, **said) for path, said in words.items())


def _same(old: OldPack, files: Mapping[str, bytes], manifest: bytes) -> bool:
    return (
        files.keys() == old.intact.keys()
        and old.read(NAME) == manifest
        and all(old.read(path) == content for path, content in files.items())
    )


def _free_name(path: str, taken: set[str]) -> str:
    """A name for somebody's edited copy that nothing else has: `x.bewerkt.html`, `x.bewerkt-2.html` …"""
    pure = PurePosixPath(path)
    names = (str(pure.with_name(f"{pure.stem}.bewerkt{f'-{n}' if n > 1 else ''}{pure.suffix}")) for n in range(1, 1000))
    return next(name for name in names if name not in taken)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _copy(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, destination, follow_symlinks=False)


def _aside_name(target: Path) -> Path:
    return target.with_name(f".{target.name}.oud")


def _clear_leftovers(target: Path) -> None:
    """After a kill: put an old pack back that was caught halfway a swap, and remove what was being made."""
    moved = _aside_name(target)
    if moved.exists() and not target.exists():
        moved.rename(target)
    shutil.rmtree(moved, ignore_errors=True)
    for leftover in target.parent.glob(f".{target.name}.nieuw-*"):
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
    if path.exists() and not _is_our_zip(path):
        raise ContentError([problem("uitvoer-van-anderen", place, map=path)])
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


def _is_our_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == _ZIP_MARK
    except (OSError, zipfile.BadZipFile):
        return False
