"""People come in by a link that works once, and their roles end. Who may do that to whom is decided here.

The tracker sends no mail: whoever adds somebody gets the path of the link, to send along. It works for three days, and no
more once a password was chosen or the person signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kbrollout.errors import ContentError, Problem
from kbrollout.tracker.access import is_admin, memberships
from kbrollout.tracker.fields import check_text, day
from kbrollout.tracker.messages import problem
from kbrollout.tracker.models import Channel, Membership, Person, Role, Site, Unit
from kbrollout.tracker.services import Actor, lock, record

AT_THE_MACHINE = Actor("opdracht", Channel.COMMAND)
"""Whoever gives commands on the machine of the tracker can do anything there."""

GIVEN, ENDED, MOVED, LINKED = "rol gegeven", "rol beëindigd", "laatste dag veranderd", "link gemaakt"
"""What events about people say. Their names and roles are in them, their addresses are not."""

LONGEST_ADDRESS = 254

T = TypeVar("T")


@dataclass(frozen=True)
class Invited:
    """A role that was given. `link` is the path to send; empty for who signs in already, or is for others to let in."""

    membership: Membership
    link: str


# -- letting somebody in -----------------------------------------------------------------------------------------------


def invite(actor: Actor, site: Site | None, name: str, email: str, role: str, unit: str = "", until: str = "") -> Invited:
    """Give somebody a role: everywhere (no site), in a site, or in the unit of that slug. `until` is the last day, or empty.

    An address that is known keeps its name. Raises ContentError with a problem per field; then nothing was written.
    """
    with transaction.atomic():
        _check_manages(actor, site)
        if site:
            lock(site.slug)
        asked = _cleaned(site, name, email, role, unit, until)
        person = _person(asked.name, asked.email)
        if memberships(person).filter(**asked.place).exists():
            raise ContentError([problem("rol-bestaat", "email", naam=person.name, rol=Role(role).label)])
        membership = Membership.objects.create(person=person, until=asked.until, **asked.place)
        _record(actor, membership, GIVEN)
        fresh = not person.has_usable_password()
        return Invited(membership, link_of(person) if fresh and may_link(actor, person) else "")


def admin_link(name: str, email: str) -> str:
    """The path of a link for a beheerder, for somebody at the machine itself: the first one, or one who cannot get in any more.

    Who is one already gets another link, and signs in without the code of a telephone. Raises ContentError for somebody
    else when there is a beheerder who can sign in: then that one invites.
    """
    with transaction.atomic():
        found = _admins().filter(person__email=email.strip().lower()).select_related("person").first()
        if found:
            return new_link(AT_THE_MACHINE, found.person, without_code=True)
        if _admins().exclude(person__password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
            raise ContentError([problem("beheerder-bestaat", "email")])
        person = _person(_name(name), _address(email))
        Membership.objects.get_or_create(person=person, role=Role.ADMIN, until=None)
        return link_of(person)


def new_link(actor: Actor, person: Person, *, without_code: bool = False) -> str:
    """The path of another link, for who forgot the password. `without_code` is for who lost the telephone with the codes.

    Raises ContentError when it is for others to do.
    """
    if not may_link(actor, person) or (without_code and not _is_everywhere(actor)):
        raise ContentError([problem("link-voor-beheerder", "", naam=person.name)])
    with transaction.atomic():
        for membership in memberships(person).select_related("site", "unit").order_by("site"):
            _record(actor, membership, LINKED)
        if without_code:
            Authenticator.objects.filter(user=person).delete()
    return link_of(person)


def link_of(person: Person) -> str:
    """A link that works once: its token depends on the password and the last sign-in."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    return reverse("invitation", args=[uid, default_token_generator.make_token(person)])


# -- ending ------------------------------------------------------------------------------------------------------------


def end(actor: Actor, membership: Membership) -> None:
    """End a role: it does not hold any more from the next request on. Raises ContentError for the last beheerder."""
    with transaction.atomic():
        _check_manages(actor, membership.site)
        if membership.role == Role.ADMIN and not _others(membership):
            raise ContentError([problem("laatste-beheerder", "")])
        membership.until = timezone.localdate() - timedelta(days=1)
        membership.save(update_fields=["until"])
        _record(actor, membership, ENDED)


def set_until(actor: Actor, membership: Membership, until: str) -> None:
    """Change the last day of a role in a site, or take it away. Raises ContentError."""
    with transaction.atomic():
        _check_manages(actor, membership.site)
        if membership.role == Role.ADMIN:
            raise ContentError([problem("laatste-dag-beheerder", "until")])
        before = membership.until
        membership.until = _last_day(until)
        membership.save(update_fields=["until"])
        _record(actor, membership, MOVED, before=before)


# -- who may -----------------------------------------------------------------------------------------------------------


def may_link(actor: Actor, person: Person) -> bool:
    """Whether the actor may let this person in anew: with a link comes all that the person may do, elsewhere too."""
    if _is_everywhere(actor):
        return True
    assert actor.person is not None
    return not memberships(person).exclude(site__in=_coordinated(actor.person)).exists()


def _is_everywhere(actor: Actor) -> bool:
    """Whether it is a beheerder, or somebody at the machine itself."""
    return actor.person is None or is_admin(actor.person)


def _check_manages(actor: Actor, site: Site | None) -> None:
    if _is_everywhere(actor):
        return
    assert actor.person is not None
    if site is None or not _coordinated(actor.person).filter(pk=site.pk).exists():
        raise ContentError([problem("mensen-niet-van-u", "")])


def _coordinated(person: Person) -> QuerySet[Site]:
    return Site.objects.filter(pk__in=memberships(person).filter(role=Role.COORDINATOR).values("site"))


def _admins() -> QuerySet[Membership]:
    """The roles of beheerders that hold today, locked: two that end each other's role come one after the other."""
    held = Q(until=None) | Q(until__gte=timezone.localdate())
    locked = list(Membership.objects.select_for_update().filter(role=Role.ADMIN).order_by("pk").values_list("pk", flat=True))
    return Membership.objects.filter(held, pk__in=locked, person__is_active=True)


def _others(membership: Membership) -> bool:
    """Whether another beheerder is left who can sign in."""
    left = _admins().exclude(person=membership.person_id)
    return left.exclude(person__password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


# -- what was given ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Asked:
    """What was asked for, once it is known to be right."""

    name: str
    email: str
    place: dict[str, Any]
    """Role, site and unit, as columns."""

    until: date | None


def _cleaned(site: Site | None, name: str, email: str, role: str, unit: str, until: str) -> _Asked:
    problems: list[Problem] = []
    known, address = _tried(problems, _name, name), _tried(problems, _address, email)
    kind = _tried(problems, _role, site, role)
    place = {"role": kind, "site": site, "unit": _tried(problems, _unit, site, unit) if kind is Role.MEMBER else None}
    last = _tried(problems, _last_day, until) if site else None
    if problems:
        raise ContentError(problems)
    assert known is not None
    assert address is not None
    return _Asked(known, address, place, last)


def _tried(problems: list[Problem], clean: Callable[..., T], *given: object) -> T | None:
    try:
        return clean(*given)
    except ContentError as error:
        problems += error.problems
        return None


def _person(name: str, address: str) -> Person:
    """The person with this address; a new one has no password that works."""
    return Person.objects.get_or_create(email=address, defaults={"name": name, "password": make_password(None)})[0]


def _name(text: str) -> str:
    name = " ".join(check_text("name", text).split())
    if not name:
        raise ContentError([problem("persoon-naam-ontbreekt", "name")])
    return name


def _address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ContentError([problem("geen-adres", "email")]) from None
    if len(address) > LONGEST_ADDRESS:
        raise ContentError([problem("geen-adres", "email")])
    return address


def _role(site: Site | None, text: str) -> Role:
    """A role that fits its place: a beheerder is one everywhere, all others are in a site."""
    known = [each for each in Role if (each is Role.ADMIN) == (site is None)]
    if text not in known:
        raise ContentError([problem("rol-onbekend", "role", mogelijk=", ".join(each.label for each in known))])
    return Role(text)


def _unit(site: Site, slug: str) -> Unit:
    unit = site.units.filter(slug=slug, gone=None).first()
    if unit is None:
        raise ContentError([problem("lijst-onbekend", "unit")])
    return unit


def _last_day(text: str) -> date | None:
    kept = day("until", text.strip())
    if not kept:
        return None
    if date.fromisoformat(kept) < timezone.localdate():
        raise ContentError([problem("laatste-dag-voorbij", "until")])
    return date.fromisoformat(kept)


def _record(actor: Actor, membership: Membership, what: str, before: date | None = None) -> None:
    """An event in the site of a role; what a beheerder may holds in all of them."""
    after = {"naam": membership.person.name, "rol": membership.role}
    after |= {"lijst": membership.unit.slug} if membership.unit else {}
    after |= {"tot en met": membership.until.isoformat()} if membership.until else {}
    sites = [membership.site_id] if membership.site_id else list(Site.objects.order_by("pk").values_list("pk", flat=True))
    for slug in sites:
        record(slug, what, actor, before={"tot en met": before.isoformat()} if before else {}, after=after)
