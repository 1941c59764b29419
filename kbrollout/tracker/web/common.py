"""What views share: signed in or not, whose site, and faults at their fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kbrollout.errors import Problem
from kbrollout.tracker.access import Access, access_to
from kbrollout.tracker.models import Person
from kbrollout.tracker.reading import Board

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; the view asks for that."""
    assert isinstance(request.user, Person)
    return request.user


def in_site(view: View) -> View:
    """A view of a site: it gets the access of who asks, and does not exist for who has none."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, site: str, **rest: Any) -> HttpResponse:
        return view(request, access_to(person_of(request), site), **rest)

    return checked


def board_of(access: Access) -> Board:
    """How the site stands today."""
    return Board(access.site, timezone.localdate())


def page(request: HttpRequest, template: str, access: Access | None, *, status: int = 200, **data: Any) -> HttpResponse:
    """A page of a site, with its menu."""
    return render(request, template, {"access": access, **data}, status=status)


def demonstration(request: HttpRequest) -> dict[str, bool]:  # noqa: ARG001 - the shape is Django's
    """For every template: whether all progress here is made up."""
    return {"demonstration": settings.DEMONSTRATION}


def by_field(problems: Iterable[Problem]) -> dict[str, Problem]:
    """The first problem of each field."""
    found: dict[str, Problem] = {}
    for each in problems:
        found.setdefault(each.path, each)
    return found
