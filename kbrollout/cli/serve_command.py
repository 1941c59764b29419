"""`kbrollout serve`: the tracker in a browser, on this machine alone."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from errno import EADDRINUSE
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from kbrollout.cli.common import CONTENT, DONE, HELP, Progress, show
from kbrollout.cli.tracking import DATA, tell, tracker
from kbrollout.errors import ContentError

if TYPE_CHECKING:
    from kbrollout.build import SiteResult

HOST = "127.0.0.1"


@click.command(context_settings=HELP, options_metavar="[OPTIES]")
@DATA
@click.option("--port", type=click.IntRange(1, 65535), metavar="GETAL", default=8000, help="De poort. Anders: 8000.")
@click.option("--demo", is_flag=True, help="Toon de voorbeelden, met verzonnen voortgang.")
@click.option("--open", "open_browser", is_flag=True, help="Open de voortgang meteen in uw browser.")
def serve(data: Path | None, port: int, demo: bool, open_browser: bool) -> None:
    """Toont de voortgang in een browser op deze computer.

    Niemand anders kan erbij. Met Ctrl+C stopt het. Met --demo kijkt u rond in vier
    voorbeelden; geeft u daar geen --data bij, dan verdwijnt alles na afloop.
    """
    if os.environ.get("KBROLLOUT_HOSTS"):
        raise click.UsageError("KBROLLOUT_HOSTS is gezet: dat is voor een webserver waar anderen bij kunnen. Haal het weg voor 'serve'.")
    _stop_like_ctrl_c()
    with _listening(port) as listener, _folder(data, demo) as folder:
        with tracker(folder, make=True):
            address = f"http://{HOST}:{port}"
            if demo:
                _make_demonstration(date.today())
            else:
                _invite_first(address)
            click.echo(f"De voortgang staat op {address}/\nStoppen: Ctrl+C in dit venster.")
            if open_browser:
                click.launch(f"{address}/")
            _serve(listener)
        click.echo("Gestopt.")
    sys.exit(DONE)


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """The port, taken before any work is done for it."""
    with socket.socket() as listener:
        # Without it a port stays taken for a while after a stop; on Windows it would let two programs share one.
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            why = "is al in gebruik. Draait kbrollout al?" if error.errno == EADDRINUSE else "mag u niet gebruiken."
            said = f"Poort {port} {why} Kies anders een andere, bijvoorbeeld --port {other}."
            raise click.BadParameter(said, param_hint="--port") from error
        yield listener


@contextmanager
def _folder(data: Path | None, demo: bool) -> Iterator[Path | None]:
    """The folder with the data; that of a demonstration is gone afterwards, unless it was named."""
    if not demo:
        yield data
        return
    os.environ.pop("DATABASE_URL", None)
    if data:
        yield _marked(data)
        return
    with TemporaryDirectory(prefix="kbrollout-demonstratie-", ignore_cleanup_errors=True) as name:
        yield _marked(Path(name))


def _marked(folder: Path) -> Path:
    """The folder, marked as a demonstration for good; one with real progress is refused."""
    from kbrollout.tracker.messages import problem
    from kbrollout.tracker.place import is_for_real, mark_as_demonstration

    if is_for_real(folder):
        show([problem("demonstratie-in-echte-map", "", map=folder)])
        sys.exit(CONTENT)
    mark_as_demonstration(folder)
    return folder


def _make_demonstration(today: date) -> None:
    """Load the examples with fictional progress, when they are not there yet, and say who can sign in."""
    from kbrollout.tracker.commands import stand_of_sites
    from kbrollout.tracker.demo import make_people

    if not stand_of_sites():
        _load_examples(today)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    players = make_people(password)
    click.echo("\nDemonstratie: alle voortgang is verzonnen. Aanmelden kan als:")
    width = max(len(player.email) for player in players)
    for player in players:
        click.echo(f"  {player.email:<{width}}  {player.sees}")
    click.echo(f"Wachtwoord voor alle vier: {password}\n")


def _load_examples(today: date) -> None:
    """Build the packs of the examples side by side, and fill each in as soon as it is there."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from kbrollout.resources import examples
    from kbrollout.tracker.demo import fill_in
    from kbrollout.tracker.loading import load_pack
    from kbrollout.tracker.models import Channel
    from kbrollout.tracker.services import Actor

    folders = sorted(each.parent for each in examples().glob("*/profiel.yaml"))
    click.echo(f"De pakketten van {len(folders)} voorbeelden worden gemaakt en ingevuld. Dat duurt ongeveer een halve minuut.")
    # Fresh processes, as for PDFs: what works here works on Windows and macOS.
    workers = ProcessPoolExecutor(min(len(folders), os.cpu_count() or 1), mp_context=get_context("spawn"))
    with TemporaryDirectory(prefix="kbrollout-pakketten-") as name, workers, Progress(as_json=False) as on_progress:
        for number, made in enumerate(workers.map(partial(build_example, Path(name), today), folders)):
            on_progress(number, len(folders))
            if made.pack is None:
                click.echo(made.trace or "", err=True)
                raise ContentError(made.problems)
            loaded = load_pack(made.pack, Actor("demonstratie", Channel.COMMAND))
            fill_in(loaded.site, today)


def build_example(out: Path, today: date, folder: Path) -> SiteResult:
    """Build the pack of one example, as pages alone."""
    from kbrollout.build import build
    from kbrollout.catalogue import load_catalogue
    from kbrollout.packing import Order

    (made,) = build([folder], load_catalogue(), Order(out, today, formats=("html",)))
    return made


def _invite_first(address: str) -> None:
    """A link for the first beheerder, when nobody can sign in as one yet."""
    from kbrollout.tracker.commands import has_admin
    from kbrollout.tracker.people import admin_link

    if has_admin():
        return
    click.echo("Er is nog geen beheerder die zich kan aanmelden.")
    if not sys.stdin.isatty():
        click.echo("Maak een link voor de eerste: kbrollout track admin NAAM E-MAIL")
        return
    click.echo("Wie wordt dat? U krijgt een link om een wachtwoord te kiezen.")
    while True:
        try:
            path = admin_link(click.prompt("Naam"), click.prompt("E-mailadres"))
        except ContentError as error:
            tell(error, {"name": "Naam", "email": "E-mailadres"})
        else:
            click.echo(f"Open deze link één keer, binnen drie dagen: {address}{path}")
            return


def _serve(listener: socket.socket) -> None:
    """Answer until it is stopped."""
    from waitress import serve as answer

    from kbrollout.tracker.database import close
    from kbrollout.tracker.wsgi import application

    # A page that is not there, or a request that waits for a moment, tells who looks at the window nothing.
    for name in ("waitress.queue", "django.request"):
        logging.getLogger(name).setLevel(logging.ERROR)
    close()
    answer(application, sockets=[listener])
    close()


def _stop_like_ctrl_c() -> None:
    """Stop by a signal as by Ctrl+C: what is temporary has to go."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
