"""Every address of the tracker. `tests/tracker/test_addresses.py` says for each one what each role gets."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import require_POST

from kbrollout.tracker.web import accounts, checklists, faults, lines, measures, packs, people, sites, start, workbook


class LineKind(StringConverter):
    """The kind of a line in an address."""

    regex = "eis|taak|punt"


class ScannedSite(StringConverter):
    """A site in the address of a QR code: whatever is not the beginning of an address of ours."""

    regex = "(?!wijk/)[-a-z0-9]+"


register_converter(LineKind, "kind")
register_converter(ScannedSite, "scanned")
LINE = "wijk/<slug:site>/<kind:kind>/<slug:unit>/<path:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    # -- signing in and one's own account (web/accounts.py)
    path("aanmelden/", allauth.login, name="account_login"),
    path("aanmelden/code/", mfa.authenticate, name="mfa_authenticate"),
    path("afmelden/", require_POST(allauth.logout), name="account_logout"),
    path("uitnodiging/<str:uid>/<str:token>/", accounts.invitation, name="invitation"),
    path("account/", accounts.account, name="account"),
    path("account/", accounts.account, name="mfa_index"),  # where allauth goes after the code was switched off
    path("account/wachtwoord/", allauth.password_change, name="account_change_password"),
    path("account/opnieuw/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/opnieuw/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/code/aan/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/code/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/code/herstel/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/code/herstel/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    # -- what to do now, the site, lines (web/start.py, web/sites.py, web/lines.py)
    path("", start.start, name="start"),
    path("wijk/<slug:site>/", sites.site, name="site"),
    path("wijk/<slug:site>/lijst/<slug:unit>/", checklists.checklist, name="checklist"),
    path("wijk/<slug:site>/plan/", sites.plan, name="plan"),
    path("wijk/<slug:site>/open-punten/", sites.points, name="points"),
    path("wijk/<slug:site>/afspraak/<str:code>/", sites.agreement, name="agreement"),
    path(f"{LINE}controle/", lines.review, name="review"),
    path(f"{LINE}overnemen/", lines.take_over, name="take_over"),
    path(LINE, lines.line, name="line"),
    # -- measures and snapshots (web/measures.py)
    path("wijk/<slug:site>/metingen/", measures.measures, name="measures"),
    path("wijk/<slug:site>/metingen/momentopname/", measures.snapshot, name="snapshot"),
    path("wijk/<slug:site>/metingen/momentopname/<int:number>/", measures.snapshot_shown, name="snapshot_shown"),
    path("wijk/<slug:site>/metingen/<str:code>/", measures.indicator, name="indicator"),
    # -- the workbook (web/workbook.py)
    path("wijk/<slug:site>/excel/", workbook.workbook, name="workbook"),
    path("wijk/<slug:site>/excel/voortgang.xlsx", workbook.workbook_file, name="workbook_file"),
    path("wijk/<slug:site>/excel/<uuid:upload>/", workbook.workbook_preview, name="workbook_preview"),
    # -- the pack's own pages (web/packs.py)
    path("wijk/<slug:site>/pakket/", packs.pack, name="pack"),
    path("wijk/<slug:site>/pakket/<path:path>", packs.pack_file, name="pack_file"),
    # -- people of a site, and what an administrator looks after (web/people.py)
    path("wijk/<slug:site>/mensen/", people.people, name="people"),
    path("wijk/<slug:site>/mensen/<int:number>/", people.member, name="member"),
    path("beheer/", people.admin, name="admin"),
    # -- last: the address in the QR code of a checklist
    path("<scanned:site>/<slug:unit>/<str:code>", lines.scanned, name="scanned"),
]

handler400, handler403, handler404, handler500 = faults.refused, faults.forbidden, faults.not_found, faults.broken
handler429 = faults.too_often  # the name under which allauth looks for it
