"""People of a site, and what an administrator looks after."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from kbrollout.errors import ContentError, Problem
from kbrollout.tracker.access import Access, is_admin, to_manage
from kbrollout.tracker.fields import Kind
from kbrollout.tracker.models import Channel, Item, Membership, Role, Site
from kbrollout.tracker.people import Invited, end, invite, may_link, new_link, set_until
from kbrollout.tracker.reading import Counts, count_stands
from kbrollout.tracker.services import Actor
from kbrollout.tracker.web.common import by_field, in_site, page, person_of
from kbrollout.tracker.web.wording import dutch_day

FIELDS = ("name", "email", "role", "unit", "until")
MEANINGS = {
    Role.COORDINATOR: "ziet en verandert alles van de wijk, en voegt mensen toe",
    Role.MEMBER: "vult de lijst van één praktijk of van de wijk in",
    Role.READER: "leest alles van de wijk en verandert niets",
}
LINK = "link-om-te-sturen"
"""Where the session keeps a link from its making to the page that shows it, once."""


# -- people of a site --------------------------------------------------------------------------------------------------


@in_site
def people(request: HttpRequest, access: Access) -> HttpResponse:
    """Who takes part, and a form to add somebody."""
    to_manage(access)
    given = {name: request.POST.get(name, "") for name in FIELDS}
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            made = invite(access.actor(), access.site, **given)
        except ContentError as error:
            problems = list(error.problems)
        else:
            _keep_link(request, made)
            return redirect("member", access.site.slug, made.membership.pk)
    held, ended = _split(_with_code(Membership.objects.filter(site=access.site)))
    return page(
        request,
        "mensen.html",
        access,
        status=422 if problems else 200,
        held=held,
        ended=ended,
        given=given,
        problems=problems,
        wrong=by_field(problems),
        roles=[(role.value, role.label, meaning) for role, meaning in MEANINGS.items()],
        units=access.site.units.filter(gone=None),
    )


@in_site
def member(request: HttpRequest, access: Access, number: int) -> HttpResponse:
    """One role of somebody: its last day, its end, a new link."""
    to_manage(access)
    found = _with_code(Membership.objects.filter(site=access.site, pk=number)).first()
    if found is None:
        raise Http404
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _act(request, access.actor(), found)
        except ContentError as error:
            problems = list(error.problems)
        else:
            return redirect("member", access.site.slug, number)
    return page(
        request,
        "mens.html",
        access,
        status=422 if problems else 200,
        each=found,
        holds=found.until is None or found.until >= timezone.localdate(),
        until=request.POST.get("until", dutch_day(found.until.isoformat()) if found.until else ""),
        may_link=may_link(access.actor(), found.person),
        problems=problems,
        wrong=by_field(problems),
        **_link_to_show(request),
    )


# -- what a beheerder looks after --------------------------------------------------------------------------------------


@login_required
def admin(request: HttpRequest) -> HttpResponse:
    """All sites, all beheerders, and a form to invite another one."""
    person = person_of(request)
    if not is_admin(person):
        raise Http404
    actor = Actor(person.name, Channel.WEB, person, Role.ADMIN.value)
    given = {name: request.POST.get(name, "") for name in ("name", "email")}
    admins = _with_code(Membership.objects.filter(role=Role.ADMIN))
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _act_on_admins(request, actor, admins, given)
        except ContentError as error:
            problems = list(error.problems)
        else:
            return redirect("admin")
    return page(
        request,
        "beheer.html",
        None,
        status=422 if problems else 200,
        sites=_sites(),
        held=_split(admins)[0],
        given=given,
        problems=problems,
        wrong=by_field(problems),
        **_link_to_show(request),
    )


def _act_on_admins(request: HttpRequest, actor: Actor, admins: QuerySet[Membership], given: dict[str, str]) -> None:
    if request.POST.get("what") == "invite":
        _keep_link(request, invite(actor, None, role=Role.ADMIN.value, **given))
        return
    number = request.POST.get("number", "")
    found = admins.filter(pk=number).first() if number.isascii() and number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise Http404
    _act(request, actor, found)


def _sites() -> list[tuple[Site, int, Counts]]:
    """Each site with how many people hold a role in it, and how far it is."""
    holds = Q(membership__until=None) | Q(membership__until__gte=timezone.localdate())
    sites = Site.objects.filter(number__gt=0).annotate(people=Count("membership__person", filter=holds, distinct=True))
    stands: dict[str, list[str]] = {}
    asked = Item.objects.filter(kind=Kind.REQUIREMENT, gone=None).order_by()
    for slug, stand, number in asked.values_list("site", "stand").annotate(number=Count("pk")):
        stands.setdefault(slug, []).extend([stand] * number)
    return [(site, site.people, count_stands(stands.get(site.pk, ()))) for site in sites]


# -- what both pages do ------------------------------------------------------------------------------------------------


def _act(request: HttpRequest, actor: Actor, found: Membership) -> None:
    """Do what the button says. Raises ContentError when that cannot be, Http404 when there is no such button."""
    name, what = found.person.name, request.POST.get("what")
    if what == "link":
        path = new_link(actor, found.person, without_code="without_code" in request.POST)
        request.session[LINK] = {"path": path, "name": name}
    elif what == "end":
        end(actor, found)
        messages.success(request, f"{name} is hier geen {found.get_role_display()} meer.")
    elif what == "until":
        set_until(actor, found, request.POST.get("until", ""))
        messages.success(request, "De laatste dag is veranderd.")
    else:
        raise Http404


def _keep_link(request: HttpRequest, made: Invited) -> None:
    name = made.membership.person.name
    if made.link:
        request.session[LINK] = {"path": made.link, "name": name}
    elif made.membership.person.has_usable_password():
        messages.success(request, f"{name} doet mee, en meldt zich aan met het wachtwoord dat er al is.")
    else:
        messages.success(request, f"{name} doet mee. Een link voor de eerste keer maakt een beheerder.")


def _link_to_show(request: HttpRequest) -> dict[str, object]:
    """The link that was made a moment ago; it is shown once."""
    kept = request.session.pop(LINK, None)
    if kept is None:
        return {}
    return {"link": request.build_absolute_uri(kept["path"]), "for_whom": kept["name"], "here_alone": not settings.SHARED}


def _with_code(roles: QuerySet[Membership]) -> QuerySet[Membership]:
    """The roles with their persons, and whether each signs in with a code."""
    code = Authenticator.objects.filter(user=OuterRef("person"), type=Authenticator.Type.TOTP)
    return roles.select_related("person", "unit", "site").annotate(with_code=Exists(code)).order_by("person__name", "pk")


def _split(roles: Iterable[Membership]) -> tuple[list[Membership], list[Membership]]:
    """The roles that hold, from most to least, and those that ended."""
    today, order = timezone.localdate(), [each.value for each in Role]
    ordered = sorted(roles, key=lambda each: order.index(each.role))
    ended = [each for each in ordered if each.until and each.until < today]
    return [each for each in ordered if each not in ended], ended
