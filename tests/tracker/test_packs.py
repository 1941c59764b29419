"""The pack's own pages: for who sees the site, as they were loaded, and without script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kbrollout.tracker.loading import load_pack
from kbrollout.tracker.models import Blob, PackFile, Site
from tests.tracker.conftest import COMMAND, PAGE, Cast, write_pack


def add(site: Site, path: str, content: bytes, document: str = "plan") -> None:
    digest = f"{len(Blob.objects.all()):064x}"
    blob = Blob.objects.create(sha256=digest, content=content)
    kind = path.rpartition(".")[2]
    PackFile.objects.create(site=site, path=path, blob=blob, document=document, format=kind, title="Het plan", date="2026-11-22")


def url(cast: Cast, path: str = "") -> str:
    return f"/wijk/{cast.site.slug}/pakket/{path}"


def test_the_documents_stand_under_their_headings_with_their_formats(cast: Cast) -> None:
    for path in ("plan.html", "plan.docx", "plan.pdf"):
        add(cast.site, path, b"x")
    add(cast.site, "handouts/HO-01.html", b"x", "HO-01")
    add(cast.site, "assets/style.css", b"x", "vormgeving")
    text = cast.client("reader").get(url(cast)).content.decode()
    for path in ("index.html", "plan.html", "plan.docx", "plan.pdf", "handouts/HO-01.html"):
        assert f'href="{url(cast, path)}"' in text
    assert text.count("Het plan</th>") == 2
    assert text.index("Scherm") < text.index("PDF") < text.index("Word") < text.index("Handouts")
    assert "style.css" not in text.partition("<main")[2]


def test_a_page_is_what_was_loaded_and_may_run_nothing(cast: Cast) -> None:
    response = cast.client("member").get(url(cast, "index.html"))
    assert (response.status_code, response.content) == (200, PAGE)
    assert response["Content-Type"] == "text/html; charset=utf-8"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert response["Cache-Control"] == "private, no-cache"


def test_what_did_not_change_is_not_sent_again(cast: Cast) -> None:
    client = cast.client("member")
    tag = client.get(url(cast, "index.html"))["ETag"]
    again = client.get(url(cast, "index.html"), headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Content-Security-Policy"] == client.get(url(cast, "index.html"))["Content-Security-Policy"]
    other = client.get(url(cast, "index.html"), headers={"if-none-match": '"' + "f" * 64 + '"'})
    assert other.status_code == 200


OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "voortgang.xlsx": (f"{OFFICE}.spreadsheetml.sheet", 'attachment; filename="voortgang.xlsx"'),
    "plan.docx": (f"{OFFICE}.wordprocessingml.document", 'attachment; filename="plan.docx"'),
    "plan.odt": ("application/vnd.oasis.opendocument.text", 'attachment; filename="plan.odt"'),
    "agenda/wijk.ics": ("text/calendar; charset=utf-8", 'attachment; filename="wijk.ics"'),
    "plan.pdf": ("application/pdf", 'inline; filename="plan.pdf"'),
    "assets/a.woff2": ("font/woff2", 'inline; filename="a.woff2"'),
    "assets/logo.svg": ("image/svg+xml", 'inline; filename="logo.svg"'),
    "vreemd.exe": ("application/octet-stream", 'attachment; filename="vreemd.exe"'),
    "zonder": ("application/octet-stream", 'attachment; filename="zonder"'),
    'raar "naam".bin': ("application/octet-stream", 'attachment; filename="raar \\"naam\\".bin"'),
}


def test_each_format_has_its_type_and_goes_where_it_belongs(cast: Cast) -> None:
    client = cast.client("reader")
    for path, headers in TYPES.items():
        add(cast.site, path, b"inhoud")
        response = client.get(url(cast, path))
        assert (response.status_code, response.content) == (200, b"inhoud")
        assert (response["Content-Type"], response["Content-Disposition"]) == headers


def test_files_are_for_who_sees_the_site(cast: Cast) -> None:
    for path in ("", "index.html"):
        assert cast.client("outsider").get(url(cast, path)).status_code == 404
        assert cast.client(None).get(url(cast, path)).status_code == 302
        assert cast.client("admin").get(url(cast, path)).status_code == 200
        assert cast.client("admin").post(url(cast, path)).status_code == 405


def test_nothing_else_can_be_had(cast: Cast) -> None:
    client = cast.client("admin")
    for path in ("manifest.json", "weg.html", "../index.html", "..%2findex.html", "/etc/passwd", "index.html/", "INDEX.HTML"):
        assert client.get(url(cast, path)).status_code == 404, path


def test_a_file_of_another_site_cannot_be_had_here(cast: Cast) -> None:
    elsewhere = Site.objects.exclude(pk=cast.site.pk).get()
    add(elsewhere, "geheim.html", b"x")
    assert cast.client("coordinator").get(url(cast, "geheim.html")).status_code == 404
    assert cast.client("outsider").get(f"/wijk/{elsewhere.slug}/pakket/geheim.html").status_code == 200


def test_a_later_pack_takes_the_place_of_the_earlier_one(cast: Cast, manifest: dict[str, Any], tmp_path: Path) -> None:
    client = cast.client("member")
    tag = client.get(url(cast, "index.html"))["ETag"]
    folder = write_pack(tmp_path / "later", manifest, concept=True)
    (folder / "index.html").write_bytes(PAGE + b"<p>nieuw</p>")
    load_pack(folder, COMMAND)
    fresh = client.get(url(cast, "index.html"), headers={"if-none-match": tag})
    assert (fresh.status_code, b"nieuw" in fresh.content) == (200, True)
