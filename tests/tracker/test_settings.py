"""Settings for others to reach the tracker, looked at in a process of their own: they are read once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def run(data: Path, *command: str) -> str:
    """What a program says with the tracker set up under a name of its own."""
    env = {
        **os.environ,
        "KBROLLOUT_DATA": str(data),
        "KBROLLOUT_HOSTS": "voortgang.example.nl",
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
    }
    for name in ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        env.pop(name, None)
    done = subprocess.run([sys.executable, *command], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_django_finds_nothing_to_remark(tmp_path: Path) -> None:
    assert "no issues" in run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")


def test_cookies_are_for_https_and_one_web_server_is_believed(tmp_path: Path) -> None:
    names = ("ALLAUTH_TRUSTED_PROXY_COUNT", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME")
    said = run(tmp_path, "-c", f"from kbrollout.tracker import settings as s; print(*(getattr(s, name) for name in {names}))")
    assert said.split() == ["1", "True", "__Host-sessie"]
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 0


def test_limits_are_counted_where_all_workers_see_them() -> None:
    limits = settings.CACHES["default"]
    assert limits["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert limits["OPTIONS"] == {"MAX_ENTRIES": 20_000}
