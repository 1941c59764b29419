"""What to do now."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from kbrollout.tracker.web.common import page


@login_required
def start(request: HttpRequest) -> HttpResponse:
    return page(request, "wat_nu.html", None)
