"""Who may see and do what. Rights are read at every request; what is out of reach does not exist (404)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from kbrollout.tracker.models import Channel, Item, Membership, Person, Role, Site, Unit
from kbrollout.tracker.services import Actor


@dataclass(frozen=True)
class Access:
    """What one person may do in one site. `units` are those to fill in; None is all of them."""

    person: Person
    site: Site
    role: Role
    units: frozenset[int] | None

    @property
    def manages(self) -> bool:
        """Whether the person looks after the site: people, snapshots, measures of all units."""
        return self.role in (Role.ADMIN, Role.COORDINATOR)

    def may_fill(self, unit_id: int) -> bool:
        return self.role is not Role.READER and (self.units is None or unit_id in self.units)

    @property
    def fills(self) -> bool:
        """Whether there is anything to fill in."""
        return self.role is not Role.READER

    def actor(self, channel: Channel = Channel.WEB) -> Actor:
        return Actor(self.person.name, channel, self.person, self.role.value)


def memberships(person: Person, today: date | None = None) -> QuerySet[Membership]:
    """The roles that hold today."""
    today = today or timezone.localdate()
    return person.memberships.filter(Q(until=None) | Q(until__gte=today))


def is_admin(person: Person) -> bool:
    return memberships(person).filter(role=Role.ADMIN).exists()


def sites_of(person: Person) -> QuerySet[Site]:
    """The sites that somebody sees."""
    held = memberships(person)
    if held.filter(role=Role.ADMIN).exists():
        return Site.objects.filter(number__gt=0)
    return Site.objects.filter(number__gt=0, pk__in=held.values("site"))


def access_to(person: Person, slug: str) -> Access:
    """What somebody may do in a site. Raises Http404 when that is nothing, also when there is no such site."""
    held = list(memberships(person).filter(Q(site=slug) | Q(role=Role.ADMIN)).select_related("site"))
    roles = {each.role for each in held}
    role = next((each for each in Role if each.value in roles), None)
    site = Site.objects.filter(pk=slug, number__gt=0).first()
    if role is None or site is None:
        raise Http404
    units = frozenset(each.unit_id for each in held if each.unit_id) if role is Role.MEMBER else None
    return Access(person, site, role, units)


def unit_in(access: Access, slug: str) -> Unit:
    """A unit of the site. Raises Http404."""
    unit = access.site.units.filter(slug=slug).first()
    if unit is None:
        raise Http404
    return unit


def item_in(access: Access, unit: Unit, kind: str, code: str) -> Item:
    """A line of a unit, to look at. Raises Http404."""
    item = Item.objects.filter(site=access.site, unit=unit, kind=kind, code=code)
    found = item.select_related("unit", "site", "predecessor", "answered_by", "reviewed_by").first()
    if found is None:
        raise Http404
    return found


def to_fill(access: Access, item: Item) -> Item:
    """The line, for who may fill it in. Raises Http404 for others."""
    if not access.may_fill(item.unit_id):
        raise Http404
    return item


def to_manage(access: Access) -> Access:
    """The access itself, for who looks after the site. Raises Http404 for others."""
    if not access.manages:
        raise Http404
    return access
