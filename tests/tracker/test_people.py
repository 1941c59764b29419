"""Who lets whom in, by links that work once, and how roles end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from kbrollout.errors import ContentError
from kbrollout.tracker.models import Channel, Event, Membership, Person, Role
from kbrollout.tracker.people import admin_link, end, invite, may_link, new_link, set_until
from kbrollout.tracker.services import Actor
from tests.tracker.conftest import COMMAND, PASSWORD, Cast, make_person, queries

ADDRESS = "nieuw@" + "voorbeeld.nl"


def actor(cast: Cast, who: str) -> Actor:
    person = getattr(cast, who)
    return Actor(person.name, Channel.WEB, person, who)


def codes(error: pytest.ExceptionInfo[ContentError]) -> dict[str, str]:
    return {each.path: each.code for each in error.value.problems}


def role_of(person: Person) -> Membership:
    return person.memberships.get()


def form(**other: str) -> dict[str, str]:
    return {"name": "Nieuwe Collega", "email": ADDRESS, "role": "meekijker", "unit": "", "until": "", **other}


# -- the service -------------------------------------------------------------------------------------------------------


def test_an_invitation_makes_a_person_a_role_and_an_event(cast: Cast) -> None:
    unit = cast.site.units.filter(kind="praktijk").first()
    assert unit is not None
    made = invite(actor(cast, "coordinator"), cast.site, " Nieuwe   Collega ", ADDRESS.upper(), "invuller", unit.slug, "31-12-2098")
    person = made.membership.person
    assert (person.name, person.email, person.has_usable_password()) == ("Nieuwe Collega", ADDRESS, False)
    assert (made.membership.role, made.membership.unit, str(made.membership.until)) == ("invuller", unit, "2098-12-31")
    assert made.link.startswith("/uitnodiging/")
    event = Event.objects.get(site=cast.site, what="rol gegeven")
    assert event.by == cast.coordinator
    assert event.after == {"naam": "Nieuwe Collega", "rol": "invuller", "lijst": unit.slug, "tot en met": "2098-12-31"}


def test_a_known_address_keeps_its_name_and_gets_no_link(cast: Cast) -> None:
    made = invite(actor(cast, "coordinator"), cast.site, "Iemand anders", cast.outsider.email.upper(), "meekijker")
    assert made.membership.person == cast.outsider
    assert made.membership.person.name == cast.outsider.name
    assert made.link == ""


def test_the_same_role_is_not_given_twice_but_may_come_back(cast: Cast) -> None:
    with pytest.raises(ContentError) as error:
        invite(COMMAND, cast.site, "x", cast.reader.email, "meekijker")
    assert codes(error) == {"email": "rol-bestaat"}
    end(COMMAND, role_of(cast.reader))
    invite(COMMAND, cast.site, "x", cast.reader.email, "meekijker")


WRONG: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"name": "  "}, {"name": "persoon-naam-ontbreekt"}),
    ({"name": "x" * 121}, {"name": "tekst-te-lang"}),
    ({"name": "bel " + "06-" + "12345678"}, {"name": "lijkt-op-patientgegeven"}),
    ({"email": "geen adres"}, {"email": "geen-adres"}),
    ({"email": "a" * 250 + "@" + "voorbeeld.nl"}, {"email": "geen-adres"}),
    ({"role": "baas"}, {"role": "rol-onbekend"}),
    ({"role": "beheerder"}, {"role": "rol-onbekend"}),
    ({"role": "invuller"}, {"unit": "lijst-onbekend"}),
    ({"role": "invuller", "unit": "elders"}, {"unit": "lijst-onbekend"}),
    ({"until": "1-1-2020"}, {"until": "laatste-dag-voorbij"}),
    ({"until": "morgen"}, {"until": "geen-dag"}),
    ({"name": "", "email": "", "role": ""}, {"name": "persoon-naam-ontbreekt", "email": "geen-adres", "role": "rol-onbekend"}),
]
"""What was typed, and which message comes at which field."""


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(cast: Cast) -> None:
    people, events = Person.objects.count(), Event.objects.count()
    for given, wrong in WRONG:
        with pytest.raises(ContentError) as error:
            invite(actor(cast, "admin"), cast.site, **form(**given))
        assert codes(error) == wrong
    assert (Person.objects.count(), Event.objects.count()) == (people, events)


def test_only_a_beheerder_makes_beheerders(cast: Cast) -> None:
    for who in ("coordinator", "member", "reader", "outsider"):
        with pytest.raises(ContentError) as error:
            invite(actor(cast, who), None, "Nieuwe Collega", ADDRESS, "beheerder")
        assert codes(error) == {"": "mensen-niet-van-u"}


DEEDS: dict[str, Callable[[Actor, Cast], Any]] = {
    "invite": lambda by, cast: invite(by, cast.site, **form()),
    "end": lambda by, cast: end(by, role_of(cast.reader)),
    "until": lambda by, cast: set_until(by, role_of(cast.reader), ""),
    "link": lambda by, cast: new_link(by, cast.member),
}


def test_only_who_looks_after_a_site_touches_its_people(cast: Cast) -> None:
    for who in ("member", "reader", "outsider"):
        for name, deed in DEEDS.items():
            with pytest.raises(ContentError) as error:
                deed(actor(cast, who), cast)
            assert codes(error) == {"": "link-voor-beheerder" if name == "link" else "mensen-niet-van-u"}


def test_a_coordinator_whose_role_ended_manages_nobody(cast: Cast) -> None:
    Membership.objects.filter(person=cast.coordinator).update(until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ContentError):
        invite(actor(cast, "coordinator"), cast.site, **form())


def test_a_link_of_a_coordinator_never_opens_more_than_the_own_site(cast: Cast) -> None:
    mine, admin = actor(cast, "coordinator"), actor(cast, "admin")
    assert may_link(mine, cast.member)
    assert not may_link(mine, cast.admin)
    assert not may_link(mine, cast.outsider)
    # Somebody without a password yet, who was invited for another site as well.
    elsewhere = role_of(cast.outsider).site
    fresh = invite(admin, elsewhere, **form(role="wijkcoordinator"))
    assert fresh.link
    assert invite(mine, cast.site, **form()).link == ""
    with pytest.raises(ContentError) as error:
        new_link(mine, fresh.membership.person)
    assert codes(error) == {"": "link-voor-beheerder"}
    assert new_link(admin, fresh.membership.person)


def test_a_new_link_is_recorded_and_only_a_beheerder_takes_the_code_away(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.member, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert new_link(actor(cast, "coordinator"), cast.member)
    assert Authenticator.objects.filter(user=cast.member).exists()
    with pytest.raises(ContentError):
        new_link(actor(cast, "coordinator"), cast.member, without_code=True)
    new_link(actor(cast, "admin"), cast.member, without_code=True)
    assert not Authenticator.objects.filter(user=cast.member).exists()
    events = Event.objects.filter(site=cast.site, what="link gemaakt")
    assert [each.by for each in events] == [cast.coordinator, cast.admin]


def test_no_address_is_in_an_event(cast: Cast) -> None:
    made = invite(actor(cast, "coordinator"), cast.site, **form())
    new_link(actor(cast, "coordinator"), made.membership.person)
    set_until(actor(cast, "coordinator"), made.membership, "31-12-2098")
    end(actor(cast, "coordinator"), made.membership)
    said = [f"{each.before} {each.after} {each.by_name}" for each in Event.objects.filter(site=cast.site)]
    assert len(said) == 5
    assert not any("@" in each for each in said)


def test_one_beheerder_remains(cast: Cast) -> None:
    with pytest.raises(ContentError) as error:
        end(actor(cast, "admin"), role_of(cast.admin))
    assert codes(error) == {"": "laatste-beheerder"}
    # One who was invited and never signed in does not count, nor one who was set inactive.
    other = invite(actor(cast, "admin"), None, "Tweede", ADDRESS, "beheerder").membership
    idle = make_person("stil", Role.ADMIN)
    Person.objects.filter(pk=idle.pk).update(is_active=False)
    with pytest.raises(ContentError):
        end(actor(cast, "admin"), role_of(cast.admin))
    other.person.set_password(PASSWORD)
    other.person.save()
    end(actor(cast, "admin"), role_of(cast.admin))
    with pytest.raises(ContentError):
        end(COMMAND, other)


def test_a_beheerder_is_recorded_in_every_site(cast: Cast) -> None:
    invite(actor(cast, "admin"), None, "Tweede", ADDRESS, "beheerder")
    assert Event.objects.filter(what="rol gegeven", after__rol="beheerder").count() == 2


def test_the_last_day_changes_and_goes(cast: Cast) -> None:
    role = role_of(cast.reader)
    set_until(actor(cast, "coordinator"), role, "31-12-2098")
    assert str(role.until) == "2098-12-31"
    set_until(actor(cast, "coordinator"), role, "")
    assert role.until is None
    before = Event.objects.filter(what="laatste dag veranderd").order_by("number").last()
    assert before is not None
    assert before.before == {"tot en met": "2098-12-31"}


def test_the_first_beheerder_comes_in_by_a_link_once(db: None) -> None:  # noqa: ARG001
    first, again = admin_link("Eerste", ADDRESS), admin_link("Eerste", ADDRESS)
    assert Membership.objects.get(role=Role.ADMIN).person.email == ADDRESS
    client = Client()
    assert client.get(first, follow=True).status_code == client.get(again, follow=True).status_code == 200
    Person.objects.get().set_password(PASSWORD)
    person = Person.objects.get()
    person.set_password(PASSWORD)
    person.save()
    with pytest.raises(ContentError) as error:
        admin_link("Tweede", "b" + ADDRESS)
    assert codes(error) == {"email": "beheerder-bestaat"}


def test_a_beheerder_who_is_shut_out_gets_in_again_from_the_machine(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.admin, type=Authenticator.Type.TOTP, data={})
    link = admin_link("Wie dan ook", cast.admin.email.upper())
    assert not Authenticator.objects.filter(user=cast.admin).exists()
    assert "Kies een wachtwoord" in Client().get(link, follow=True).content.decode()
    assert Person.objects.get(pk=cast.admin.pk).name == cast.admin.name


# -- the pages ---------------------------------------------------------------------------------------------------------


def url(cast: Cast, rest: str = "") -> str:
    return f"/wijk/{cast.site.slug}/mensen/{rest}"


def test_somebody_is_added_and_the_link_is_shown_once(cast: Cast) -> None:
    client = cast.client("coordinator")
    response = client.post(url(cast), form(), follow=True)
    assert response.redirect_chain[-1][1] == 302
    assert "http://testserver/uitnodiging/" in response.content.decode()
    again = client.get(response.request["PATH_INFO"])
    assert again.status_code == 200
    assert "/uitnodiging/" not in again.content.decode()


def test_a_form_with_faults_keeps_what_was_typed(cast: Cast) -> None:
    response = cast.client("coordinator").post(url(cast), form(email="geen adres", name='"><b>Naam'))
    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout:" in text
    assert 'href="#veld-email"' in text
    assert 'id="veld-email"' in text
    assert 'value="&quot;&gt;&lt;b&gt;Naam"' in text


def test_each_button_of_a_role(cast: Cast) -> None:
    client, role = cast.client("coordinator"), role_of(cast.member)
    page = url(cast, f"{role.pk}/")
    assert "/uitnodiging/" in client.post(page, {"what": "link"}, follow=True).content.decode()
    client.post(page, {"what": "until", "until": "31-12-2098"})
    role.refresh_from_db()
    assert str(role.until) == "2098-12-31"
    refused = client.post(page, {"what": "until", "until": "1-1-2020"})
    assert (refused.status_code, "1-1-2020" in refused.content.decode()) == (422, True)
    assert "geen invuller meer" in client.post(page, {"what": "end"}, follow=True).content.decode()
    assert cast.client("member").get(f"/wijk/{cast.site.slug}/pakket/").status_code == 404
    assert client.post(page, {"what": "iets"}).status_code == 404


def test_the_role_of_another_site_does_not_exist(cast: Cast) -> None:
    assert cast.client("coordinator").get(url(cast, f"{role_of(cast.outsider).pk}/")).status_code == 404
    assert cast.client("coordinator").post(url(cast, f"{role_of(cast.admin).pk}/"), {"what": "end"}).status_code == 404


def test_administration_is_for_a_beheerder(cast: Cast) -> None:
    for who in ("coordinator", "member", "reader", "outsider"):
        assert cast.client(who).get("/beheer/").status_code == 404
        assert cast.client(who).post("/beheer/", {"what": "invite", "name": "x", "email": ADDRESS}).status_code == 404
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_a_beheerder_invites_another_and_cannot_be_the_last_to_go(cast: Cast) -> None:
    client = cast.client("admin")
    text = client.post("/beheer/", {"what": "invite", "name": "Tweede", "email": ADDRESS}, follow=True).content.decode()
    assert "/uitnodiging/" in text
    assert cast.site.name in text
    assert client.post("/beheer/", {"what": "end", "number": role_of(cast.admin).pk}).status_code == 422
    second = Person.objects.get(email=ADDRESS)
    assert "/uitnodiging/" in client.post("/beheer/", {"what": "link", "number": role_of(second).pk}, follow=True).content.decode()
    client.post("/beheer/", {"what": "end", "number": role_of(second).pk})
    assert role_of(second).until is not None
    for number in ("", "x", str(role_of(cast.member).pk), "9" * 30):
        assert client.post("/beheer/", {"what": "end", "number": number}).status_code == 404


def test_pages_ask_the_same_however_many_people_there_are(cast: Cast) -> None:
    def asked(client: Any, page: str) -> int:
        with queries() as found:
            assert client.get(page).status_code == 200
        return len(found)

    coordinator, admin = cast.client("coordinator"), cast.client("admin")
    before = asked(coordinator, url(cast)), asked(admin, "/beheer/")
    for number in range(5):
        make_person(f"lezer{number}", Role.READER, cast.site)
        make_person(f"baas{number}", Role.ADMIN)
    assert (asked(coordinator, url(cast)), asked(admin, "/beheer/")) == before
