"""Every address × every role, in one table: a new address without a row fails. Out of reach is 404; GET never writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from kbrollout.tracker.models import Item, Membership, Snapshot, Upload
from kbrollout.tracker.sheets import Sheets
from tests.tracker.conftest import Cast

ROLES = ("admin", "coordinator", "member", "reader", "outsider")
UPLOAD = UUID(int=7)
SHEETS = Sheets("0" * 64, "schapenweide", "", ()).to_bytes()
"""A workbook in which nothing was filled in."""

OVER = (410,) * 6
"""A link that does not hold, whoever opens it."""

WITH_CODE = (302, 404, 404, 404, 404, 404)
"""For who signs in with a code; nobody of the cast does."""

EVERYBODY = (302, 200, 200, 200, 200, 200)
IN_SITE = (302, 200, 200, 200, 200, 404)
FILLS = (302, 200, 200, 200, 404, 404)
MANAGES = (302, 200, 200, 404, 404, 404)
ADMIN = (302, 200, 404, 404, 404, 404)
POST_ONLY = (405,) * 6

TABLE: dict[str, tuple[int, ...]] = {
    # name: what nobody in particular, beheerder, wijkcoördinator, invuller, meekijker and somebody of another site get
    "account_login": (200, 302, 302, 302, 302, 302),
    "account_logout": POST_ONLY,
    "mfa_authenticate": (302, 302, 302, 302, 302, 302),
    "invitation": OVER,
    "account": EVERYBODY,
    "mfa_index": EVERYBODY,
    "account_change_password": EVERYBODY,
    "account_reauthenticate": EVERYBODY,
    "mfa_reauthenticate": (302, 302, 302, 302, 302, 302),
    "mfa_activate_totp": (302, 302, 302, 302, 302, 302),
    "mfa_deactivate_totp": WITH_CODE,
    "mfa_view_recovery_codes": WITH_CODE,
    "mfa_generate_recovery_codes": (302, 302, 302, 302, 302, 302),
    "start": EVERYBODY,
    "site": IN_SITE,
    "checklist": IN_SITE,
    "plan": IN_SITE,
    "points": IN_SITE,
    "agreement": IN_SITE,
    "line": IN_SITE,
    "review": POST_ONLY,
    "take_over": POST_ONLY,
    "measures": IN_SITE,
    "snapshot": MANAGES,
    "snapshot_shown": IN_SITE,
    "indicator": IN_SITE,
    "workbook": IN_SITE,
    "workbook_file": POST_ONLY,
    "workbook_preview": (302, 404, 404, 200, 404, 404),  # only who sent it in
    "pack": IN_SITE,
    "pack_file": IN_SITE,
    "people": MANAGES,
    "member": MANAGES,
    "admin": ADMIN,
    "scanned": (302, 302, 302, 302, 302, 404),
}


def addresses() -> Iterator[str]:
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern), "an include hides addresses from this table"
        assert pattern.name, f"{pattern} has no name"
        yield pattern.name


@pytest.fixture
def where(cast: Cast, line: Item) -> dict[str, Any]:
    """What can stand in an address: all of the cast's site."""
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    taken = Snapshot.objects.create(
        site=cast.site, kind="nulmeting", label="Nulmeting", by_name="x", at=now, pack=1, rows=[], sha256="0" * 64
    )
    Upload.objects.create(id=UPLOAD, site=cast.site, by=cast.member, at=timezone.now(), name="x.xlsx", content=SHEETS)
    member = Membership.objects.get(person=cast.member)
    return {
        "site": cast.site.slug,
        "unit": line.unit.slug,
        "kind": "eis",
        "code": line.code,
        "path": "index.html",
        "number": {"member": member.pk, "snapshot_shown": taken.pk},
        "upload": UPLOAD,
        "uid": "MQ",
        "token": "x-y",
        "agreement": cast.site.agreements.first(),
        "indicator": cast.site.indicators.first(),
    }


def address(name: str, where: dict[str, Any]) -> str:
    """The address with what belongs in it."""
    ((_, wanted),) = get_resolver().reverse_dict.getlist(name)[0][0]
    given = {key: where[key] for key in wanted if key in where}
    if "number" in given:
        given["number"] = where["number"][name]
    if name in ("agreement", "indicator"):
        given["code"] = where[name].code
    return reverse(name, kwargs=given)


def test_every_address_has_a_row() -> None:
    assert sorted(addresses()) == sorted(TABLE)


@pytest.mark.parametrize("who", [None, *ROLES])
def test_what_each_role_gets(cast: Cast, where: dict[str, Any], who: str | None) -> None:
    client = cast.client(who)
    column = 0 if who is None else 1 + ROLES.index(who)
    got = {}
    for name in TABLE:
        response = client.get(address(name, where))
        got[name] = response.status_code
        if who is None and response.status_code == 302:
            assert response.headers["Location"].startswith(reverse("account_login")), name
    assert got == {name: row[column] for name, row in TABLE.items()}


def contents() -> dict[str, list[Any]]:
    """All that is kept, but for sessions."""
    models = [model for model in apps.get_models() if model._meta.app_label in ("tracker", "mfa", "account")]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("who", ["coordinator", "member"])
def test_looking_changes_nothing(cast: Cast, where: dict[str, Any], who: str) -> None:
    client = cast.client(who)
    before = contents()
    for name in TABLE:
        client.get(address(name, where))
    assert contents() == before


def test_nothing_is_taken_without_the_token_of_its_form(cast: Cast, where: dict[str, Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = contents()
    for name in TABLE:
        response = client.post(address(name, where), {"stand": "Geregeld", "version": "0"})
        assert response.status_code in (403, 405), name
    assert contents() == before


def test_every_page_says_what_a_browser_may_load(cast: Cast, where: dict[str, Any]) -> None:
    client = cast.client("admin")
    for name in TABLE:
        response = client.get(address(name, where))
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "script-src" not in policy, name
        assert response.headers["X-Content-Type-Options"] == "nosniff", name
        assert response.headers["X-Frame-Options"] == "DENY", name
