"""Writes one file whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from kbrollout.errors import ContentError
from kbrollout.messages import problem


def write_whole(path: Path, text: str) -> None:
    """Write a text file; see `write_whole_bytes`."""
    write_whole_bytes(path, text.encode())


def write_whole_bytes(path: Path, content: bytes) -> None:
    """Write a file aside and put it in place; its folder is made when it is not there.

    An existing file keeps its permissions. Raises ContentError when it cannot be written; what stood there is whole then.
    """
    aside = path.with_name(f".{path.name}.nieuw-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, aside)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        reason = error.strerror or type(error).__name__
        raise ContentError([problem("map-niet-schrijfbaar", (str(path), 0, 0, ""), map=path.parent, reden=reason)]) from error
