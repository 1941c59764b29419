"""Many at once, and a process that is killed: every answer is a success or a visible clash, and nothing confirmed is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Event, Item, Site
from kbrollout.tracker.services import Clash, change, differs
from tests.conftest import ROOT
from tests.tracker.conftest import COMMAND, postgresql_server

WRITERS, ROUNDS = 4, 12

WRITER = """
import sys
from pathlib import Path
from kbrollout.tracker.start import start
start(Path(sys.argv[1]))
from kbrollout.tracker.models import Channel, Item
from kbrollout.tracker.services import Actor, change
item = Item.objects.filter(kind="eis").first()
number = 0
while True:
    number += 1
    item = change(Actor("proef", Channel.COMMAND), item.pk, item.version, {"note": f"keer {number}"})
    print(item.version, flush=True)
"""


def counted(item: Item) -> int:
    return int(item.note.split()[0]) if item.note else 0


def count_up(item_id: int, writer: int) -> tuple[int, int]:
    """Read a number, write the next one with one's own name; try again after a clash. Gives how often it went well, and clashed."""
    done = clashes = 0
    try:
        while done < ROUNDS:
            item = Item.objects.get(pk=item_id)
            try:
                change(COMMAND, item_id, item.version, {"note": f"{counted(item) + 1} door {writer}"})
                done += 1
            except Clash:
                clashes += 1
    finally:
        connections["default"].close()
    return done, clashes


def test_no_update_is_lost(own_db: dict[str, Any], pack: Path) -> None:  # noqa: ARG001 - it writes in it
    load_pack(pack, COMMAND)
    item = Item.objects.filter(kind="eis").first()
    assert item is not None
    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(count_up, [item.pk] * WRITERS, range(WRITERS)))
    item.refresh_from_db()
    assert sum(done for done, _ in results) == WRITERS * ROUNDS == counted(item) == item.version
    assert list(item.events.order_by("version").values_list("version", flat=True)) == list(range(1, WRITERS * ROUNDS + 1))
    assert list(differs(Site.objects.get())) == []


def address(config: dict[str, Any]) -> str:
    """The URL of a database."""
    if config["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{config['NAME']}"
    return str(postgresql_server().get_uri(config["NAME"]))


def kill_while_writing(config: dict[str, Any], folder: Path, after: float) -> int:
    """Let a process write, kill it after so many seconds of writing; gives the last version that it confirmed."""
    environment = {**os.environ, "DATABASE_URL": address(config)}
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        confirmed = [int(writer.stdout.readline())]
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        confirmed += [int(line) for line in writer.stdout if line.endswith("\n")]
    return confirmed[-1]


def check_after_kill(confirmed: int) -> None:
    connections["default"].close()
    item = Item.objects.filter(kind="eis").first()
    assert item is not None
    assert confirmed <= item.version <= confirmed + 1
    assert Event.objects.filter(item=item).count() == item.version
    assert list(differs(Site.objects.get())) == []


def test_nothing_confirmed_is_lost_when_a_process_is_killed(own_db: dict[str, Any], pack: Path, tmp_path: Path) -> None:
    load_pack(pack, COMMAND)
    check_after_kill(kill_while_writing(own_db, tmp_path, 0.2))


@pytest.mark.slow
def test_nothing_confirmed_is_lost_in_many_kills(own_db: dict[str, Any], pack: Path, tmp_path: Path) -> None:
    load_pack(pack, COMMAND)
    for round_ in range(25):
        check_after_kill(kill_while_writing(own_db, tmp_path, 0.01 + 0.013 * round_))
