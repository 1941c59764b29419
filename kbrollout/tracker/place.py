"""Where the tracker keeps its data on this machine: a folder of the user's own, with the database and the secret key."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

KEY = "sleutel.txt"


def data_folder() -> Path:
    """The folder for data: what KBROLLOUT_DATA says, or the place where programs of this system keep theirs."""
    told = os.environ.get("KBROLLOUT_DATA")
    if told:
        return Path(told)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "kbrollout"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "kbrollout"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "kbrollout"


def secret_key(folder: Path) -> str:
    """The key that signs sessions and links, made at the first start; only its owner can read it."""
    file = folder / KEY
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{KEY}-{os.getpid()}"
    aside.touch(mode=0o600)
    aside.write_text(secrets.token_urlsafe(50), encoding="ascii")
    try:
        # Two programs may start at once: the first one's key holds for both.
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
    return file.read_text(encoding="ascii")
