"""The style and the fonts that pages use: taken over from the old folder while they are current, made otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from importlib.metadata import version

from kbrollout import fonts
from kbrollout.manifest import ASSET
from kbrollout.model.manifest import FileEntry
from kbrollout.pack import OldPack
from kbrollout.templating import style


def asset_files(old: OldPack, today: date, house_style: str | None = None) -> dict[str, tuple[FileEntry, bytes]]:
    """Per path of an asset its entry for the manifest and its bytes. `house_style` is a site's own style sheet."""
    files = {}
    for path, key, make in _assets(house_style):
        entry = old.intact.get(path)
        if entry is not None and entry.key == key:
            files[path] = (entry, old.read(path))
        else:
            content = make()
            files[path] = (file_entry(path, ASSET, "Vormgeving", key, today.isoformat(), content), content)
    return files


def file_entry(path: str, document: str, title: str, key: str, day: str, content: bytes) -> FileEntry:
    """The entry of a finished file. Its format is how its name ends."""
    digest = hashlib.sha256(content).hexdigest()
    return FileEntry(path=path, document=document, format=path.rpartition(".")[2], title=title, sha256=digest, key=key, date=day)


def _assets(house_style: str | None) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Path, key and maker of every asset."""
    yield "assets/style.css", hashlib.sha256(style()).hexdigest(), style
    if house_style is not None:
        yield "assets/huisstijl.css", hashlib.sha256(house_style.encode()).hexdigest(), house_style.encode
    for name in fonts.FACES:
        yield f"assets/{name}.woff2", _font_key(name), lambda name=name: fonts.woff2(name)  # type: ignore[misc]


@cache
def _font_key(name: str) -> str:
    """Stays the same as long as the face is cut from the same package by the same tool in the same way."""
    package, file = fonts.FACES[name]
    made_with = (package, version(package.replace("_", "-")), file, version("fonttools"), fonts.RECIPE)
    return hashlib.sha256(repr(made_with).encode()).hexdigest()
