"""Writing packs: what others put there survives, and the old pack is whole whatever happens."""

import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kbrollout import pack as packs
from kbrollout.errors import ContentError
from kbrollout.manifest import NAME
from kbrollout.model.catalogue import Catalogue
from kbrollout.pack import look_at, recover, write_zip
from kbrollout.packing import Job, run_job
from tests.conftest import SCHAPENWEIDE, build_one, tree


def test_files_of_others_survive_a_new_pack(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    target = out / "schapenweide"
    (target / "notities").mkdir()
    (target / "notities" / "mijn.txt").write_text("van mij", encoding="utf-8")
    (target / "wijzer.lnk").symlink_to("nergens")
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Fit West", "Fit Oost"), encoding="utf-8")
    assert build_one(folder, catalogue, out).rendered
    assert (target / "notities" / "mijn.txt").read_text(encoding="utf-8") == "van mij"
    assert (target / "wijzer.lnk").readlink() == Path("nergens")


def test_an_edited_file_is_kept_beside_ours_and_named(catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]) -> None:
    packed(tmp_path)
    page = tmp_path / "schapenweide" / "afsprakenstelsel.html"
    original = page.read_bytes()
    for number, name in ((1, "afsprakenstelsel.bewerkt.html"), (2, "afsprakenstelsel.bewerkt-2.html")):
        page.write_text(f"bewerkt {number}", encoding="utf-8")
        result = build_one(SCHAPENWEIDE, catalogue, tmp_path)
        assert [warning.code for warning in result.warnings] == ["bestand-bewerkt"]
        assert name in result.warnings[0].what
        assert page.read_bytes() == original
        assert (tmp_path / "schapenweide" / name).read_text(encoding="utf-8") == f"bewerkt {number}"
    assert build_one(SCHAPENWEIDE, catalogue, tmp_path).warnings == ()


def test_a_file_that_somebody_removed_comes_back(catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]) -> None:
    packed(tmp_path)
    before = tree(tmp_path)
    (tmp_path / "schapenweide" / "assets" / "style.css").unlink()
    build_one(SCHAPENWEIDE, catalogue, tmp_path)
    assert tree(tmp_path) == before


def test_a_folder_of_somebody_else_is_not_touched(catalogue: Catalogue, tmp_path: Path) -> None:
    target = tmp_path / "schapenweide"
    target.mkdir()
    (target / "brief.docx").write_text("van een ander", encoding="utf-8")
    result = build_one(SCHAPENWEIDE, catalogue, tmp_path)
    assert [each.code for each in result.problems] == ["uitvoer-van-anderen"]
    assert tree(tmp_path) == {"schapenweide/brief.docx": b"van een ander"}


def test_a_zip_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "wijk.zip"
    path.write_bytes(b"van een ander")
    with pytest.raises(ContentError) as caught:
        write_zip(path, "wijk", {"a.txt": b"a"})
    assert [each.code for each in caught.value.problems] == ["uitvoer-van-anderen"]
    assert path.read_bytes() == b"van een ander"


@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize("failing", ["_write", "_place_for", "_swap"])
def test_when_writing_fails_the_old_pack_is_whole(
    failing: str,
    exchange: bool,
    site: Callable[..., Path],
    catalogue: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    packed: Callable[[Path], Path],
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    (out / "schapenweide" / "mijn.txt").write_text("van mij", encoding="utf-8")
    before = tree(out)
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Fit West", "Fit Oost"), encoding="utf-8")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packs, failing, full_disk)
    if not exchange:
        monkeypatch.setattr(packs, "_exchange", lambda *_: False)
    result = build_one(folder, catalogue, out)
    assert [each.code for each in result.problems] == ["uitvoer-niet-schrijfbaar"]
    assert tree(out) == before, "no leftovers, nothing lost"


def test_the_swap_without_exchange_gives_the_same(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: Callable[[Path], Path]
) -> None:
    packed(tmp_path / "a")
    monkeypatch.setattr(packs, "_exchange", lambda *_: False)
    target = tmp_path / "b" / "schapenweide"
    build_one(SCHAPENWEIDE, catalogue, tmp_path / "b")
    (target / "index.html").write_text("weg", encoding="utf-8")
    (target / "index.html").unlink()
    build_one(SCHAPENWEIDE, catalogue, tmp_path / "b")
    assert tree(tmp_path / "b") == tree(tmp_path / "a")


def test_a_run_that_was_killed_halfway_two_renames_is_put_right(
    catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]
) -> None:
    packed(tmp_path)
    before = tree(tmp_path)
    target = tmp_path / "schapenweide"
    target.rename(tmp_path / ".schapenweide.oud")
    (tmp_path / ".schapenweide.nieuw-1").mkdir()
    recover(target)
    assert look_at(target).intact
    assert build_one(SCHAPENWEIDE, catalogue, tmp_path).rendered == ()
    assert {path: content for path, content in tree(tmp_path).items() if not path.startswith(".")} == before


def without_history(pack: Path) -> frozenset[tuple[str, bytes]]:
    """The files of a pack; of its manifest only what is of now."""
    content = json.loads((pack / NAME).read_text(encoding="utf-8"))
    return frozenset((tree(pack) | {NAME: json.dumps({**content, "history": []}).encode()}).items())


@pytest.mark.slow
def test_kills_at_any_moment_leave_a_whole_pack(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    """Kill real builds after random times; every time the pack is the old one or the new one, never a mixture."""
    folder, out = site(), tmp_path / "out"
    build_one(folder, catalogue, out)
    packs_seen = {without_history(out / "schapenweide")}
    profile = folder / "profiel.yaml"
    text = profile.read_text(encoding="utf-8")
    other = text.replace("Fit West", "Fit Oost")
    profile.write_text(other, encoding="utf-8")
    build_one(folder, catalogue, tmp_path / "other")
    packs_seen.add(without_history(tmp_path / "other" / "schapenweide"))
    code = textwrap.dedent(f"""
        from kbrollout.cli import kbrollout
        kbrollout(["build", {str(folder)!r}, "--out", {str(out)!r}, "--format", "html", "--date", "2026-11-22"])
    """)
    for attempt in range(40):
        profile.write_text(text if attempt % 2 else other, encoding="utf-8")
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=0.15 + 0.03 * attempt)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        recover(out / "schapenweide")
        assert without_history(out / "schapenweide") in packs_seen


def test_a_file_of_others_under_a_name_of_ours_is_kept_beside_it(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder, out = site(), tmp_path / "out"
    build_one(folder, catalogue, out, only=("besturing",))
    target = out / "schapenweide"
    (target / "wie-is-wie.html").write_text("van mij", encoding="utf-8")
    (target / "Open-Punten.html").write_text("ook van mij", encoding="utf-8")
    (target / "rolkaarten").write_text("een bestand", encoding="utf-8")
    result = build_one(folder, catalogue, out)
    assert sorted(warning.code for warning in result.warnings) == ["bestand-bewerkt"] * 3
    assert (target / "wie-is-wie.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (target / "wie-is-wie.bewerkt.html").read_text(encoding="utf-8") == "van mij"
    assert (target / "Open-Punten.bewerkt.html").read_text(encoding="utf-8") == "ook van mij"
    assert (target / "rolkaarten.bewerkt").read_text(encoding="utf-8") == "een bestand"
    assert (target / "rolkaarten" / "huisarts.html").is_file()


def test_what_others_do_while_a_pack_is_made_survives(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: Callable[[Path], Path]
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Fit West", "Fit Oost"), encoding="utf-8")
    target = out / "schapenweide"

    def busy(job: Job) -> bytes:
        (target / "nieuw.txt").write_text("net gemaakt", encoding="utf-8")
        (target / "besturing.html").write_text("net bewerkt", encoding="utf-8")
        return run_job(job)

    monkeypatch.setattr("kbrollout.packing.run_job", busy)
    result = build_one(folder, catalogue, out)
    assert result.pack
    assert (target / "nieuw.txt").read_text(encoding="utf-8") == "net gemaakt"
    assert (target / "besturing.bewerkt.html").read_text(encoding="utf-8") == "net bewerkt"


def test_a_folder_that_is_taken_away_while_it_is_filled_is_no_pack(
    site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: Callable[[Path], Path]
) -> None:
    folder, out = site(), tmp_path / "out"
    packed(out)
    before = tree(out)
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Fit West", "Fit Oost"), encoding="utf-8")
    written: list[Path] = []

    def robbed(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        written.append(path)
        if len(written) == 3:
            shutil.rmtree(next(out.glob(".schapenweide.nieuw-*")))

    monkeypatch.setattr(packs, "_write", robbed)
    result = build_one(folder, catalogue, out)
    assert [each.code for each in result.problems] == ["uitvoer-niet-schrijfbaar"]
    assert tree(out) == before


def test_strict_refuses_what_only_shows_at_the_end(catalogue: Catalogue, tmp_path: Path, packed: Callable[[Path], Path]) -> None:
    packed(tmp_path)
    page = tmp_path / "schapenweide" / "besturing.html"
    page.write_text("bewerkt", encoding="utf-8")
    before = tree(tmp_path)
    strict = build_one(SCHAPENWEIDE, catalogue, tmp_path, strict=True)
    assert [each.code for each in strict.problems] == ["bestand-bewerkt"]
    assert tree(tmp_path) == before


def test_a_pack_behind_a_link_is_renewed_where_it_stands(catalogue: Catalogue, tmp_path: Path) -> None:
    real = tmp_path / "elders"
    real.mkdir()
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / "schapenweide").symlink_to(real)
    assert build_one(SCHAPENWEIDE, catalogue, tmp_path / "uit").pack == real
    assert (tmp_path / "uit" / "schapenweide").is_symlink()
    assert (real / "index.html").is_file()


def test_an_old_zip_is_renewed_and_a_zip_of_others_stops_the_build(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder, out = site(), tmp_path / "out"
    build_one(folder, catalogue, out, zip=True)
    first = (out / "schapenweide.zip").read_bytes()
    profile = folder / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Fit West", "Fit Oost"), encoding="utf-8")
    build_one(folder, catalogue, out)
    assert (out / "schapenweide.zip").read_bytes() != first
    other = tmp_path / "other"
    other.mkdir()
    (other / "schapenweide.zip").write_bytes(b"van een ander")
    refused = build_one(folder, catalogue, other, zip=True)
    assert [each.code for each in refused.problems] == ["uitvoer-van-anderen"]
    assert tree(other) == {"schapenweide.zip": b"van een ander"}
