"""Where the tracker keeps its data on this machine: a folder of the user's own, with the database and the secret key."""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path

KEY = "sleutel.txt"
DATABASE = "voortgang.sqlite3"
DEMONSTRATION = "demonstratie.txt"
"""The file that marks a folder in which all progress is made up: then every page says so."""

SYNCED = {
    "OneDrive": ("onedrive",),
    "Dropbox": ("dropbox",),
    "iCloud": ("icloud", "icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs"),
    "Google Drive": ("google drive", "googledrive"),
    "Nextcloud": ("nextcloud",),
    "SURFdrive": ("surfdrive",),
    "een dienst in de cloud": ("cloudstorage",),
}
"""Services that copy a folder to elsewhere while it is in use → how such a folder is called."""


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


def synced(folder: Path) -> str | None:
    """The service that copies this folder to elsewhere, or “het netwerk”; None when it is of this machine alone.

    A database there is damaged sooner or later: such a service copies its files one by one, and a share locks badly.
    """
    if any(re.match(r"(\\\\|//)(?![?.])|\\\\\?\\UNC\\", str(each)) for each in (folder, folder.resolve())):
        return "het netwerk"
    # “OneDrive - Organisatie” and “GoogleDrive-iemand” are theirs too; “dropboxen” is not.
    parts = [re.split(r" ?[-(]", part.lower())[0] for part in folder.resolve().parts]
    return next((service for service, names in SYNCED.items() if any(part in names for part in parts)), None)


def is_for_real(folder: Path) -> bool:
    """Whether there is progress in the folder that was not made up."""
    return (folder / DATABASE).exists() and not is_demonstration(folder)


def is_demonstration(folder: Path) -> bool:
    """Whether all progress in the folder is made up."""
    return (folder / DEMONSTRATION).exists()


def mark_as_demonstration(folder: Path) -> None:
    """Say for good that all progress in the folder is made up."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / DEMONSTRATION).write_text("Alle voortgang in deze map is verzonnen.\n", encoding="utf-8")


def secret_key(folder: Path) -> str:
    """The key that signs sessions and links, made at the first start; only its owner can read it."""
    file = folder / KEY
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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
