"""Signing in, one-time links, codes, limits: nobody comes in by another door, and nobody stays who may not."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from kbrollout.tracker.models import Membership, Person, Role
from kbrollout.tracker.people import link_of, new_link
from tests.tracker.conftest import COMMAND, PASSWORD, Cast, make_person

NEW = "een-heel-ander-wachtwoord-hier"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


pytestmark = pytest.mark.usefixtures("db")
"""Limits are counted in a table of the same database, so they begin anew with each test."""


@pytest.fixture
def person(db: None) -> Person:  # noqa: ARG001 - the database has to be there
    return make_person("iemand", Role.ADMIN)


@pytest.fixture
def with_code(person: Person) -> Person:
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def code(secret: str = SECRET, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/aanmelden/", {"login": email, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# -- signing in --------------------------------------------------------------------------------------------------------


def test_signing_in_renews_the_session_and_goes_where_one_wanted(person: Person) -> None:
    client = Client()
    assert client.get("/account/").headers["Location"] == "/aanmelden/?next=/account/"
    client.get("/aanmelden/")
    session = client.session
    session["iets"] = "1"
    session.save()
    before = session.session_key or ""
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    response = client.post("/aanmelden/", {"login": person.email.upper(), "password": PASSWORD, "next": "/account/"})
    assert response.headers["Location"] == "/account/"
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    person.refresh_from_db()
    assert person.last_login is not None


@pytest.mark.parametrize("elsewhere", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(person: Person, elsewhere: str) -> None:
    response = Client().post("/aanmelden/", {"login": person.email, "password": PASSWORD, "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_unknown_person_and_wrong_password_look_the_same(person: Person) -> None:
    fresh = Person.objects.make("vers@" + "voorbeeld.nl", "Vers")
    said = []
    for email in (person.email, "niemand@" + "voorbeeld.nl", fresh.email):
        response = sign_in(Client(), email, "verkeerd-wachtwoord")
        assert response.status_code == 200
        said.append(re.sub(r"name=.csrfmiddlewaretoken. value=.[^\"]*.", "", response.content.decode()).replace(email, "ADRES"))
    assert said[0] == said[1] == said[2]
    assert "horen niet bij elkaar" in said[0]


def test_unknown_person_takes_as_much_work_as_a_wrong_password(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """One password is hashed in each case. Counted, because a clock says nothing on a busy machine."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    fresh = Person.objects.make("vers@" + "voorbeeld.nl", "Vers")
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for email in (person.email, "niemand@" + "voorbeeld.nl", fresh.email):
        hashed.clear()
        assert AuthenticationBackend().authenticate(None, email=email, password="verkeerd-wachtwoord") is None
        assert len(hashed) == 1


def test_who_was_set_inactive_cannot_sign_in(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    response = sign_in(client, person.email)
    assert (response.status_code, "niet meer aanmelden" in text_of(response)) == (403, True)
    assert not signed_in(client)


def test_access_ends_at_the_next_request(cast: Cast) -> None:
    client, page = cast.client("member"), f"/wijk/{cast.site.slug}/pakket/"
    assert client.get(page).status_code == 200
    Membership.objects.filter(person=cast.member).update(until=timezone.localdate())
    assert client.get(page).status_code == 200
    Membership.objects.filter(person=cast.member).update(until=timezone.localdate() - timedelta(days=1))
    assert client.get(page).status_code == 404
    reader = cast.client("reader")
    Person.objects.filter(pk=cast.reader.pk).update(is_active=False)
    assert reader.get(page).status_code == 302


def test_signing_out_is_by_a_button_alone(person: Person) -> None:
    client = Client()
    sign_in(client, person.email)
    assert client.get("/afmelden/").status_code == 405
    assert signed_in(client)
    response = client.post("/afmelden/", follow=True)
    assert "U bent afgemeld." in text_of(response)
    assert not signed_in(client)


def test_what_we_do_not_want_has_no_address() -> None:
    names = ("account_signup", "account_email", "account_reset_password", "account_set_password", "account_inactive", "mfa_add_webauthn")
    for name in names:
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("aanmelden/nieuw/", "accounts/signup/", "accounts/password/reset/", "admin/"):
        assert Client().get(f"/{path}").status_code == 404


# -- limits ------------------------------------------------------------------------------------------------------------


def test_a_person_cannot_be_tried_for_ever_from_many_places(person: Person) -> None:
    for number in range(10):
        assert sign_in(Client(), person.email, "verkeerd", REMOTE_ADDR=f"10.0.0.{number}").status_code == 200
    response = sign_in(Client(), person.email, PASSWORD, REMOTE_ADDR="10.0.1.1")
    assert (response.status_code, "te vaak geprobeerd" in text_of(response)) == (429, True)
    other = make_person("ander", Role.ADMIN)
    assert sign_in(Client(), other.email, REMOTE_ADDR="10.0.1.1").status_code == 302


def test_one_place_cannot_try_many_people_whatever_it_says_of_itself() -> None:
    """Nothing stands before this machine, so nobody is believed who names another address."""
    for number in range(10):
        forged = {"HTTP_X_FORWARDED_FOR": f"10.9.9.{number}", "HTTP_X_REAL_IP": f"10.9.9.{number}"}
        assert sign_in(Client(), f"n{number}@" + "voorbeeld.nl", "verkeerd", **forged).status_code == 200
    response = sign_in(Client(), "n@" + "voorbeeld.nl", "verkeerd", HTTP_X_FORWARDED_FOR="10.9.9.99")
    assert response.status_code == 429


def test_behind_a_web_server_its_word_counts_and_not_that_of_the_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 1)
    for number in range(10):
        seen = f"10.9.9.{number}, 203.0.113.7"
        assert sign_in(Client(), f"n{number}@" + "voorbeeld.nl", "verkeerd", HTTP_X_FORWARDED_FOR=seen).status_code == 200
    assert sign_in(Client(), "n@" + "voorbeeld.nl", "x", HTTP_X_FORWARDED_FOR="10.1.1.1, 203.0.113.7").status_code == 429
    assert sign_in(Client(), "n@" + "voorbeeld.nl", "x", HTTP_X_FORWARDED_FOR="203.0.113.7, 203.0.113.8").status_code == 200


def test_a_right_password_does_not_count_as_a_try(person: Person) -> None:
    for _ in range(12):
        assert sign_in(Client(), person.email).status_code == 302


def test_a_code_cannot_be_tried_for_ever(with_code: Person) -> None:
    client = Client()
    sign_in(client, with_code.email)
    answers = [client.post("/aanmelden/code/", {"code": "000000"}).status_code for _ in range(12)]
    assert answers[-1] == 429
    assert client.post("/aanmelden/code/", {"code": code()}).status_code == 429
    assert not signed_in(client)


# -- one-time links ----------------------------------------------------------------------------------------------------


def choose(client: Client, link: str, password: str = NEW, again: str | None = None) -> Any:
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": again or password})


@pytest.fixture
def invited(db: None) -> Person:  # noqa: ARG001
    fresh = Person.objects.make("vers@" + "voorbeeld.nl", "Vers van Buiten")
    Membership.objects.create(person=fresh, role=Role.ADMIN)
    return fresh


def test_a_link_lets_somebody_choose_a_password_and_come_in(invited: Person) -> None:
    client = Client()
    link = link_of(invited)
    page = client.get(link, follow=True)
    assert page.request["PATH_INFO"].endswith("/wachtwoord/")
    assert link.split("/")[-2] not in page.content.decode()
    assert "Welkom, Vers van Buiten" in text_of(page)
    response = choose(client, link)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert signed_in(client)
    invited.refresh_from_db()
    assert invited.check_password(NEW)


def test_a_link_works_once(invited: Person) -> None:
    link = link_of(invited)
    choose(Client(), link)
    later = Client().get(link, follow=True)
    assert (later.status_code, "Deze link werkt niet meer" in text_of(later)) == (410, True)
    client = Client()
    assert choose(client, link, "nog-een-ander-wachtwoord").status_code == 410
    invited.refresh_from_db()
    assert invited.check_password(NEW)


def test_a_link_stops_when_its_person_signs_in(person: Person) -> None:
    link = link_of(person)
    sign_in(Client(), person.email)
    assert Client().get(link, follow=True).status_code == 410


def test_a_link_is_too_old_after_three_days(invited: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import datetime

    made = datetime.now()
    link = link_of(invited)
    monkeypatch.setattr(default_token_generator, "_now", lambda: made + timedelta(days=3, seconds=-5))
    assert Client().get(link, follow=True).status_code == 200
    monkeypatch.setattr(default_token_generator, "_now", lambda: made + timedelta(days=3, seconds=5))
    assert Client().get(link, follow=True).status_code == 410


@pytest.mark.parametrize("path", ["x/y/", "MQ/wachtwoord/", "MQ/abc-def/", "____/x/", "OTk5OTk5/abc-def/"])
def test_a_made_up_link_says_the_same(invited: Person, path: str) -> None:  # noqa: ARG001 - somebody has to be there
    assert Client().get(f"/uitnodiging/{path}", follow=True).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kort", None, "te kort"),
        ("wachtwoordwachtwoord", "anders-dan-de-eerste", "niet overeen"),
        ("123456789012345", None, "cijfers"),
        ("vers van buiten", None, "lijkt te veel op"),
    ],
)
def test_a_password_has_to_be_a_good_one(invited: Person, password: str, again: str | None, said: str) -> None:
    client = Client()
    response = choose(client, link_of(invited), password, again)
    assert (response.status_code, said in text_of(response), "<title>Fout:" in text_of(response)) == (200, True, True)
    assert f'href="#id_new_password{1 if again is None else 2}"' in text_of(response)
    assert not signed_in(client)


def test_a_new_password_ends_other_sessions(person: Person) -> None:
    old, client = Client(), Client()
    sign_in(old, person.email)
    person.refresh_from_db()
    choose(client, new_link(COMMAND, person))
    assert signed_in(client)
    assert not signed_in(old)


def test_a_link_does_not_go_round_the_code(with_code: Person) -> None:
    client = Client()
    assert choose(client, link_of(with_code)).headers["Location"] == "/aanmelden/code/"
    assert not signed_in(client)
    client.post("/aanmelden/code/", {"code": code()})
    assert signed_in(client)


def test_a_link_takes_the_place_of_who_was_signed_in(cast: Cast, invited: Person) -> None:
    client = cast.client("reader")
    choose(client, link_of(invited))
    assert invited.name in text_of(client.get("/account/"))


# -- codes -------------------------------------------------------------------------------------------------------------


def test_with_a_code_the_password_is_not_enough(with_code: Person) -> None:
    client = Client()
    assert sign_in(client, with_code.email).headers["Location"] == "/aanmelden/code/"
    assert not signed_in(client)
    wrong = client.post("/aanmelden/code/", {"code": "12"})
    assert "Deze code klopt niet" in text_of(wrong)
    assert client.post("/aanmelden/code/", {"code": code()}).status_code == 302
    assert signed_in(client)


def test_the_code_of_half_a_minute_ago_still_counts_and_none_counts_twice(with_code: Person) -> None:
    late = code(steps=-1)
    for expected in (302, 200):
        client = Client()
        sign_in(client, with_code.email)
        assert client.post("/aanmelden/code/", {"code": late}).status_code == expected


def test_a_recovery_code_works_once(with_code: Person) -> None:
    recovery = Authenticator.objects.get(user=with_code, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        sign_in(client, with_code.email)
        assert client.post("/aanmelden/code/", {"code": recovery}).status_code == expected


def test_the_page_for_a_code_is_nothing_without_a_password() -> None:
    assert Client().get("/aanmelden/code/").headers["Location"] == "/aanmelden/"


def test_the_code_is_switched_on_and_off_by_who_knows_the_password(person: Person) -> None:
    client = Client()
    sign_in(client, person.email)
    asked = client.get("/account/code/aan/")
    assert asked.headers["Location"].startswith("/account/opnieuw/")
    wrong = client.post(asked.headers["Location"], {"password": "verkeerd"})
    assert "Dit wachtwoord klopt niet" in text_of(wrong)
    page = client.post(asked.headers["Location"], {"password": PASSWORD, "next": "/account/code/aan/"}, follow=True)
    secret = re.search(r'<code class="key">([A-Z2-7]+)</code>', page.content.decode())
    assert secret
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "Deze code klopt niet" in text_of(client.post("/account/code/aan/", {"code": "1"}))
    done = client.post("/account/code/aan/", {"code": code(secret[1])})
    assert done.headers["Location"] == "/account/code/herstel/"
    assert len(re.findall(r"<li><code>\d{8}</code>", client.get("/account/code/herstel/").content.decode())) == 10
    old = set(re.findall(r"\d{8}", client.get("/account/code/herstel/").content.decode()))
    client.post("/account/code/herstel/nieuw/")
    assert not old & set(re.findall(r"\d{8}", client.get("/account/code/herstel/").content.decode()))
    assert client.post("/account/code/uit/").headers["Location"] == "/account/"
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_password_is_changed_by_who_knows_the_old_one(person: Person) -> None:
    client, other = Client(), Client()
    for each in (client, other):
        sign_in(each, person.email)
    wrong = client.post("/account/wachtwoord/", {"old_password": "x", "new_password1": NEW, "new_password2": NEW})
    assert 'href="#id_old_password"' in text_of(wrong)
    done = client.post("/account/wachtwoord/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}, follow=True)
    assert done.request["PATH_INFO"] == "/account/"
    assert "Uw wachtwoord is veranderd." in text_of(done)
    assert not signed_in(other)


# -- what is said ------------------------------------------------------------------------------------------------------

ENGLISH = re.compile(r"\b(the|your|you|please|sign|password|code is|e-?mail address|je|jij|jouw)\b", re.IGNORECASE)


def test_every_page_speaks_dutch(with_code: Person) -> None:
    client = Client()
    said = {"": client.get("/aanmelden/")}
    said["fout"] = sign_in(client, with_code.email, "x")
    said["leeg"] = sign_in(client, "", "")
    sign_in(client, with_code.email)
    said["code"] = client.get("/aanmelden/code/")
    said["code fout"] = client.post("/aanmelden/code/", {"code": ""})
    client.post("/aanmelden/code/", {"code": code()})
    said["opnieuw"] = client.get("/account/opnieuw/?next=/account/code/uit/")
    said["opnieuw code"] = client.get("/account/opnieuw/code/")
    client.post("/account/opnieuw/", {"password": PASSWORD, "next": "/account/"})
    for path in ("", "wachtwoord/", "code/uit/", "code/herstel/", "code/herstel/nieuw/"):
        said[path] = client.get(f"/account/{path}")
    said["wachtwoord fout"] = client.post("/account/wachtwoord/", {"old_password": "x", "new_password1": "a", "new_password2": "b"})
    said["wachtwoord kort"] = client.post("/account/wachtwoord/", {"old_password": PASSWORD, "new_password1": "a", "new_password2": "a"})
    client.post("/account/code/uit/")
    said["aan"] = client.get("/account/code/aan/")
    said["uitnodiging"] = Client().get(link_of(with_code), follow=True)
    said["verlopen"] = Client().get("/uitnodiging/x/y/")
    for name, response in said.items():
        assert response.status_code in (200, 410), name
        body = re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2])
        assert not ENGLISH.search(body), (name, ENGLISH.search(body))
