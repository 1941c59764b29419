"""Every address of the tracker. `tests/tracker/test_addresses.py` says for each one what each role gets."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from kbrollout.tracker.web import faults

urlpatterns: list[URLPattern | URLResolver] = [
    # -- signing in and one's own account (web/accounts.py)
    # -- what to do now, the site, lines (web/start.py, web/sites.py, web/lines.py)
    # -- measures and snapshots (web/measures.py)
    # -- the workbook (web/workbook.py)
    # -- the pack's own pages (web/packs.py)
    # -- people of a site, and what an administrator looks after (web/people.py)
    # -- last: the address in the QR code of a checklist
]

handler400, handler404, handler500 = faults.refused, faults.not_found, faults.broken
