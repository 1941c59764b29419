"""Every address of the tracker. `tests/tracker/test_addresses.py` says for each one what each role gets."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from kbrollout.tracker.web import faults, lines, sites, start


def stub(request: HttpRequest, **where: Any) -> HttpResponse:
    """Not made yet."""
    raise Http404


class LineKind(StringConverter):
    """The kind of a line in an address."""

    regex = "eis|taak|punt"


register_converter(LineKind, "kind")
LINE = "wijk/<slug:site>/<kind:kind>/<slug:unit>/<path:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    # -- signing in and one's own account (web/accounts.py)
    path("aanmelden/", stub, name="account_login"),  # STUB: replace
    path("afmelden/", stub, name="account_logout"),  # STUB: replace
    path("account/", stub, name="account"),  # STUB: replace
    # -- what to do now, the site, lines (web/start.py, web/sites.py, web/lines.py)
    path("", start.start, name="start"),
    path("wijk/<slug:site>/", sites.site, name="site"),
    path("wijk/<slug:site>/lijst/<slug:unit>/", sites.checklist, name="checklist"),
    path("wijk/<slug:site>/plan/", sites.plan, name="plan"),
    path("wijk/<slug:site>/open-punten/", sites.points, name="points"),
    path("wijk/<slug:site>/afspraak/<str:code>/", sites.agreement, name="agreement"),
    path(f"{LINE}controle/", lines.review, name="review"),
    path(f"{LINE}overnemen/", lines.take_over, name="take_over"),
    path(LINE, lines.line, name="line"),
    # -- measures and snapshots (web/measures.py)
    path("wijk/<slug:site>/metingen/", stub, name="measures"),  # STUB: replace
    # -- the workbook (web/workbook.py)
    path("wijk/<slug:site>/excel/", stub, name="workbook"),  # STUB: replace
    # -- the pack's own pages (web/packs.py)
    path("wijk/<slug:site>/pakket/", stub, name="pack"),  # STUB: replace
    path("wijk/<slug:site>/pakket/<path:path>", stub, name="pack_file"),  # STUB: replace
    # -- people of a site, and what an administrator looks after (web/people.py)
    path("wijk/<slug:site>/mensen/", stub, name="people"),  # STUB: replace
    # -- last: the address in the QR code of a checklist
    path("<slug:site>/<slug:unit>/<str:code>", lines.scanned, name="scanned"),
]

handler400, handler404, handler500 = faults.refused, faults.not_found, faults.broken
