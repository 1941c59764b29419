"""`kbrollout serve`: one command on a machine of somebody's own, and a demonstration that leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Timer
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from click.testing import CliRunner, Result

from kbrollout import cli

PATIENCE = 240
"""Seconds after which a start is given up: a limit on waiting, not a measure."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(home: Path, *arguments: str | Path) -> Iterator[tuple[str, list[str], subprocess.Popen[str]]]:
    """A tracker that runs on a machine of its own kind: gives its address, what it said until then, and its process."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("KBROLLOUT_", "DATABASE_", "DJANGO_", "XDG_"))}
    command = [sys.executable, "-m", "kbrollout", "serve", "--port", str(free_port()), *map(str, arguments)]
    with subprocess.Popen(
        command,
        env={**environment, "HOME": str(home), "TMPDIR": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        giving_up = Timer(PATIENCE, process.kill)
        giving_up.start()
        try:
            assert process.stdout
            said: list[str] = []
            for line in process.stdout:
                said.append(line.rstrip("\n"))
                if line.startswith("Stoppen:"):
                    break
            found = re.search(r"http://127\.0\.0\.1:\d+", "\n".join(said))
            assert found, said
            yield found[0], said, process
        finally:
            giving_up.cancel()
            process.kill()


def stopped(process: subprocess.Popen[str], by: signal.Signals) -> tuple[int, str]:
    process.send_signal(by)
    out, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, out


def browser() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.kbrollout, ["serve", *map(str, arguments)])


def test_on_a_fresh_machine_it_starts_answers_and_stops(tmp_path: Path) -> None:
    with serving(tmp_path) as (address, said, process):
        assert said[:2] == [
            "Er is nog geen beheerder die zich kan aanmelden.",
            "Maak een link voor de eerste: kbrollout track admin NAAM E-MAIL",
        ]
        page = browser().open(f"{address}/").read().decode()
        assert "<h1" in page
        assert "Demonstratie" not in page
        folder = tmp_path / ".local" / "share" / "kbrollout"
        assert (folder / "voortgang.sqlite3").exists()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        port = address.rpartition(":")[2]
        busy = run("--port", port, "--data", tmp_path / "ander")
        assert busy.exit_code == 2
        assert f"Poort {port} is al in gebruik." in busy.stderr
        assert f"--port {int(port) + 1}" in busy.stderr
        assert not (tmp_path / "ander").exists()
        assert stopped(process, signal.SIGINT) == (0, "Gestopt.\n")


def test_a_demonstration_does_not_come_over_real_progress(tmp_path: Path) -> None:
    (tmp_path / "voortgang.sqlite3").write_bytes(b"echt")
    done = run("--demo", "--data", tmp_path, "--port", str(free_port()))
    assert done.exit_code == 1
    assert "[demonstratie-in-echte-map]" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["voortgang.sqlite3"]


def test_a_server_for_others_is_not_started_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KBROLLOUT_HOSTS", "voortgang.voorbeeld.nl")
    done = run("--port", str(free_port()))
    assert done.exit_code == 2
    assert "KBROLLOUT_HOSTS" in done.stderr


def test_the_examples_are_there() -> None:
    from kbrollout.resources import examples

    assert {path.parent.name for path in examples().glob("*/profiel.yaml")} >= {"overvecht", "rotterdam-bloemhof"}


@pytest.mark.slow
def test_the_demonstration_shows_four_sites_and_leaves_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, "--demo") as (address, said, process):
        (password,) = re.findall(r"^Wachtwoord voor alle vier: (\S+)$", "\n".join(said), re.MULTILINE)
        people = re.findall(r"^  (\S+@voorbeeld\.nl)  ", "\n".join(said), re.MULTILINE)
        assert len(people) == 4
        seen = {}
        for person in people:
            opener = browser()
            page = opener.open(f"{address}/aanmelden/").read().decode()
            (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[:1]
            form = {"csrfmiddlewaretoken": token, "login": person, "password": password}
            page = opener.open(f"{address}/aanmelden/", urlencode(form).encode()).read().decode()
            assert "Demonstratie: alle voortgang is verzonnen." in page
            seen[person.split("@")[0]] = {name for name in ("Overvecht", "Amsterdam Zuidoost", "Laak", "Bloemhof") if name in page}
        assert len(seen["beheerder"]) == 4
        assert seen["wijkcoordinator"] == seen["invuller"] == {"Overvecht"}
        assert seen["meekijker"] == {"Overvecht", "Amsterdam Zuidoost"}
        code, out = stopped(process, signal.SIGTERM)
        assert (code, out) == (0, "Gestopt.\n")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("kbrollout-")] == []
    assert not (tmp_path / ".local").exists()
