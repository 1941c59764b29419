"""Building packs: the same bytes twice, only what changed is rendered, one failing site stops no other."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kbrollout.build import build
from kbrollout.manifest import NAME
from kbrollout.model.catalogue import Catalogue
from kbrollout.packing import Job, Order, run_job
from kbrollout.render import pdf
from tests.conftest import OVERVECHT, SCHAPENWEIDE, TODAY, build_one, text_of, tree

TOMORROW = date(2026, 11, 23)


def test_building_overvecht_twice_gives_the_same_bytes_and_renders_nothing(catalogue: Catalogue, overvecht_pack: Path) -> None:
    before = tree(overvecht_pack)
    again = build_one(OVERVECHT, catalogue, overvecht_pack.parent, formats=None, today=TOMORROW)
    assert again.rendered == ()
    made = {path for path in before if path != NAME and not path.startswith("assets/")}
    assert set(again.reused) == made
    assert {"afsprakenstelsel.docx", "rolkaarten/huisarts.pdf", "praktijken/praktijk-9.html", "voortgang.xlsx", "agenda/wijk.ics"} <= made
    assert tree(overvecht_pack) == before


@pytest.mark.parametrize("book", ["besturing", *(pytest.param(book, marks=pytest.mark.slow) for book in ("plan", "afsprakenstelsel"))])
def test_a_build_elsewhere_gives_the_same_bytes(book: str, catalogue: Catalogue, overvecht_pack: Path, tmp_path: Path) -> None:
    other = build_one(OVERVECHT, catalogue, tmp_path, formats=None, only=(book, "besturing"))
    assert other.pack is not None
    same = [path for path in tree(other.pack) if path.startswith((f"{book}.", "besturing.", "assets/"))]
    assert len(same) == (7 if book == "besturing" else 11)
    assert {path: tree(other.pack)[path] for path in same} == {path: tree(overvecht_pack)[path] for path in same}


def test_a_change_renders_anew_with_the_date_of_that_build(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Praktijk Molenpad", "Praktijk Molenweg"), encoding="utf-8")
    changed = build_one(folder, catalogue, out, today=TOMORROW)
    assert {"wie-is-wie.html", "praktijken/molenpad.html", "index.html"} <= set(changed.rendered)
    assert not {"open-punten.html", "praktijken/kersenhof.html", "rolkaarten/client.html"} & set(changed.rendered)
    html = (out / "schapenweide" / "wie-is-wie.html").read_text(encoding="utf-8")
    assert "Praktijk Molenweg" in html
    assert "23 november 2026" in html
    assert "22 november 2026" not in html
    assert "22 november 2026" in (out / "schapenweide" / "open-punten.html").read_text(encoding="utf-8")


def test_a_change_that_no_document_shows_renders_nothing(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    profile = folder / "profiel.yaml"
    profile.write_text("# Een opmerking erbij.\n" + profile.read_text(encoding="utf-8"), encoding="utf-8")
    assert build_one(folder, catalogue, out).rendered == ()


def test_one_failing_site_does_not_stop_the_rest(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    broken = site(edits={"naam: Schapenweide\n": "naam:\n"}, name="kapot")
    good = site(name="goed")
    out = tmp_path / "out"
    failed, made = build([broken, good], catalogue, Order(out, TODAY, formats=("html",)))
    assert failed.pack is None
    assert [each.code for each in failed.problems] == ["leeg"]
    assert made.pack == out / "schapenweide"
    assert made.problems == ()


def test_two_folders_of_one_neighbourhood_are_refused(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    first, second = site(name="een"), site(name="twee")
    made, refused = build([first, second], catalogue, Order(tmp_path / "out", TODAY, formats=("html",)))
    assert made.pack is not None
    assert [each.code for each in refused.problems] == ["wijk-dubbel"]


def test_several_sites_with_pdf_come_out_of_the_process_pool_as_from_one_process(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, overvecht_pack: Path
) -> None:
    other = site(edits={"id: schapenweide": "id: weide"})
    results = list(build([OVERVECHT, other], catalogue, Order(tmp_path / "out", TODAY, only=("besturing",))))
    assert [result.site for result in results] == ["overvecht", "weide"]
    for path in ("besturing.html", "besturing.pdf"):
        assert (tmp_path / "out" / "overvecht" / path).read_bytes() == (overvecht_pack / path).read_bytes()
    assert (tmp_path / "out" / "weide" / "besturing.pdf").read_bytes().startswith(b"%PDF")


def test_strict_turns_warnings_into_failure_and_writes_nothing(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder = site(edits={"  fysiotherapeut:\n    reden: De gesprekken met de fysiotherapeuten lopen nog.\n": ""})
    out = tmp_path / "out"
    assert build_one(folder, catalogue, out).pack is not None
    strict = build_one(folder, catalogue, tmp_path / "strict", strict=True)
    assert strict.pack is None
    assert [each.code for each in strict.problems] == ["rol-niet-ingevuld"]
    assert not (tmp_path / "strict").exists()


def test_overvecht_builds_strictly(catalogue: Catalogue, tmp_path: Path) -> None:
    assert build_one(OVERVECHT, catalogue, tmp_path, strict=True).problems == ()


def test_only_html_keeps_a_current_pdf_and_drops_an_outdated_one(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder, out = site(), tmp_path / "out"
    two = ("wie-is-wie", "besturing")
    build_one(folder, catalogue, out, formats=None, only=two)
    kept = build_one(folder, catalogue, out, only=two)
    assert "wie-is-wie.pdf" in kept.reused
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Fit West", "Fit Oost"), encoding="utf-8")
    dropped = build_one(folder, catalogue, out, only=two)
    assert [warning.code for warning in dropped.warnings] == ["document-vervallen"]
    assert not (out / "schapenweide" / "wie-is-wie.pdf").exists()
    assert (out / "schapenweide" / "besturing.pdf").exists(), "what did not change stays"
    assert "wie-is-wie.pdf" not in (out / "schapenweide" / "index.html").read_text(encoding="utf-8")


def test_without_pango_everything_but_pdf_is_made_and_said(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbrollout.packing.unavailable", lambda: ("Pango ontbreekt", "Installeer Pango."))
    result = build_one(SCHAPENWEIDE, catalogue, tmp_path, formats=None, only=("afsprakenstelsel",))
    assert [warning.code for warning in result.warnings] == ["pdf-kan-niet"]
    assert "afsprakenstelsel.docx" in result.rendered
    assert not [path for path in result.rendered if path.endswith(".pdf")]
    asked = build_one(SCHAPENWEIDE, catalogue, tmp_path / "pdf", formats=("pdf",))
    assert asked.pack is None
    assert [each.code for each in asked.problems] == ["pdf-kan-niet"]


def test_without_pandoc_everything_but_editable_copies_is_made_and_said(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kbrollout.packing.office.available", lambda: False)
    monkeypatch.setattr("kbrollout.packing.render_pdf", lambda *_: b"%PDF")  # what a PDF looks like is not asked here
    result = build_one(SCHAPENWEIDE, catalogue, tmp_path, formats=None, only=("afsprakenstelsel",))
    assert [warning.code for warning in result.warnings] == ["bewerkbaar-kan-niet"]
    assert set(result.rendered) == {"afsprakenstelsel.html", "afsprakenstelsel.pdf", "index.html"}
    asked = build_one(SCHAPENWEIDE, catalogue, tmp_path / "odt", formats=("odt",))
    assert [each.code for each in asked.problems] == ["bewerkbaar-kan-niet"]


def test_pdf_is_available_where_tests_run() -> None:
    assert pdf.unavailable() is None


def test_a_zip_holds_the_pack_and_repeats(catalogue: Catalogue, tmp_path: Path) -> None:
    result = build_one(SCHAPENWEIDE, catalogue, tmp_path, zip=True)
    assert result.pack is not None
    path = tmp_path / "schapenweide.zip"
    first = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {f"schapenweide/{k}": v for k, v in tree(result.pack).items()}
    build_one(SCHAPENWEIDE, catalogue, tmp_path, zip=True)
    assert path.read_bytes() == first


def test_the_manifest_lists_every_file_with_its_hash(overvecht_pack: Path) -> None:
    from hashlib import sha256

    manifest = json.loads((overvecht_pack / NAME).read_text(encoding="utf-8"))
    hashes = {path: sha256(content).hexdigest() for path, content in tree(overvecht_pack).items() if path != NAME}
    assert {entry["path"]: entry["sha256"] for entry in manifest["files"]} == hashes


def test_the_code_in_the_page_is_the_key_in_the_manifest(overvecht_pack: Path) -> None:
    manifest = json.loads((overvecht_pack / NAME).read_text(encoding="utf-8"))
    for entry in manifest["files"]:
        if entry["format"] == "html":
            code = f"{entry['key'][:4]}-{entry['key'][4:8]}".upper()
            assert f"code {code}" in text_of((overvecht_pack / entry["path"]).read_text(encoding="utf-8"))


def test_a_fault_of_ours_stops_one_site_alone_and_is_told(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(job: Job) -> bytes:
        if "Kapotte wijk" in job.data["title"]:
            raise RuntimeError("kapot")
        return run_job(job)

    monkeypatch.setattr("kbrollout.packing.run_job", faulty)
    broken = site(edits={"id: schapenweide": "id: kapot", "naam: Schapenweide\n": "naam: Kapotte wijk\n"}, name="kapot")
    failed, made = build([broken, site(name="goed")], catalogue, Order(tmp_path / "out", TODAY, formats=("html",)))
    assert [each.code for each in failed.problems] == ["fout-in-kbrollout"]
    assert failed.trace
    assert "RuntimeError: kapot" in failed.trace
    assert made.pack
    assert not (tmp_path / "out" / "kapot").exists()


def test_progress_is_told_from_nothing_to_all(catalogue: Catalogue, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    list(build([SCHAPENWEIDE], catalogue, Order(tmp_path, TODAY, formats=("html",)), lambda done, total: told.append((done, total))))
    total = told[0][1]
    assert total > 10
    assert told == [(done, total) for done in range(total + 1)]


def test_a_document_depends_only_on_what_it_shows(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    (folder / "documenten.yaml").write_text("documenten:\n  - id: DOC-17\n    status: aanwezig\n    plaats: kast\n", encoding="utf-8")
    changed = set(build_one(folder, catalogue, out, today=TOMORROW).rendered)
    assert "afsprakenstelsel.html" in changed
    assert not {path for path in changed if path.startswith("rolkaarten/")}
    assert "besturing.html" not in changed


def test_the_code_of_the_index_page_does_not_hang_on_the_day(
    catalogue: Catalogue, tmp_path: Path, html_pack: Callable[[Path], Path]
) -> None:
    keys = []
    for pack in (html_pack(SCHAPENWEIDE), build_one(SCHAPENWEIDE, catalogue, tmp_path, today=TOMORROW).pack):
        assert pack
        manifest = json.loads((pack / NAME).read_text(encoding="utf-8"))
        keys.append({entry["path"]: entry["key"] for entry in manifest["files"]})
    assert keys[0] == keys[1]
