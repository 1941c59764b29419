"""Makes click speak Dutch, with its own gettext catalogue. Import before click."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def speak_dutch() -> None:
    """Point gettext's default domain, which click uses, at our Dutch catalogue, whatever the language of the machine."""
    os.environ["LANGUAGE"] = "nl"
    gettext.bindtextdomain("messages", str(LOCALE))
