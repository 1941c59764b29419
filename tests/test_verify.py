"""What a pack remembers of earlier versions, and what `kbrollout verify` says of the code on a print."""

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kbrollout import cli
from kbrollout.manifest import ASSET, HISTORY, NAME, Made, made_in, remember
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.manifest import FileEntry, HistoryEntry
from kbrollout.verify import EXAMPLE, Standing, meant, read_code, verify
from tests.conftest import SCHAPENWEIDE, TODAY, build_one, text_of, tree

NEXT_WEEK, IN_SPRING = TODAY + timedelta(days=7), date(2027, 4, 1)
ONLY = ("wie-is-wie", "open-punten")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.kbrollout, [str(each) for each in arguments])


def manifest(pack: Path) -> dict[str, Any]:
    content = json.loads((pack / NAME).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def code_on(page: Path) -> str:
    """The code as a reader sees it at the bottom of a page."""
    text = text_of(page.read_text(encoding="utf-8"))
    return text[text.rindex(" code ") + 6 :][:9]


def file(document: str, start: str, day: date = TODAY, file_format: str = "html") -> FileEntry:
    """An entry whose code starts with `start`."""
    key = start.lower().ljust(64, "0")
    path = f"{document}.{file_format}"
    return FileEntry(path=path, document=document, format=file_format, title=document, sha256="0" * 64, key=key, date=day.isoformat())


@pytest.fixture(scope="module")
def once(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A site folder and a pack of it, in which one document changed a week later, with the code that it had and that it has."""
    base = tmp_path_factory.mktemp("eens")
    folder, page = base / "site", base / "out" / "schapenweide" / "wie-is-wie.html"
    shutil.copytree(SCHAPENWEIDE, folder)
    build_one(folder, catalogue, base / "out", only=ONLY)
    before = code_on(page)
    change(folder, "Praktijk Molenpad", "Praktijk Molenweg")
    build_one(folder, catalogue, base / "out", today=NEXT_WEEK, only=ONLY)
    assert code_on(page) != before
    return base, before, code_on(page)


@pytest.fixture
def rebuilt(once: tuple[Path, str, str], tmp_path: Path) -> tuple[Path, str, str]:
    """A copy of that pack, to do with as one likes; the site folder is `site`, two steps up."""
    base, before, after = once
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out" / "schapenweide", before, after


def change(folder: Path, old: str, new: str) -> None:
    profile = folder / "profiel.yaml"
    text = profile.read_text(encoding="utf-8")
    assert old in text
    profile.write_text(text.replace(old, new), encoding="utf-8")


# -- what a pack remembers -------------------------------------------------------------------------------------------


def test_a_first_pack_has_no_history_and_an_unchanged_one_stays_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    build_one(SCHAPENWEIDE, catalogue, tmp_path, only=ONLY)
    before = tree(tmp_path)
    assert manifest(tmp_path / "schapenweide")["history"] == []
    build_one(SCHAPENWEIDE, catalogue, tmp_path, today=IN_SPRING, only=ONLY)
    assert tree(tmp_path) == before


def test_a_change_is_remembered_once_with_both_dates(rebuilt: tuple[Path, str, str]) -> None:
    pack, before, _ = rebuilt
    mine = [each for each in manifest(pack)["history"] if each["document"] == "wie-is-wie"]
    assert mine == [
        {
            "document": "wie-is-wie",
            "title": "Wie is wie in Schapenweide",
            "code": before,
            "since": TODAY.isoformat(),
            "until": NEXT_WEEK.isoformat(),
        }
    ]
    assert "open-punten" not in {each["document"] for each in manifest(pack)["history"]}, "it did not change"


def test_history_stays_while_nothing_changes(rebuilt: tuple[Path, str, str], catalogue: Catalogue) -> None:
    pack, _, _ = rebuilt
    before = tree(pack)
    build_one(pack.parent.parent / "site", catalogue, pack.parent, today=IN_SPRING, only=ONLY)
    assert tree(pack) == before


def test_a_document_that_goes_is_remembered(rebuilt: tuple[Path, str, str], catalogue: Catalogue) -> None:
    pack, before, after = rebuilt
    folder = pack.parent.parent / "site"
    change(folder, "Praktijk Molenweg", "Praktijk Molendam")
    build_one(folder, catalogue, pack.parent, today=IN_SPRING, only=("open-punten",))
    assert not (pack / "wie-is-wie.html").exists()
    mine = [(each["code"], each["until"]) for each in manifest(pack)["history"] if each["document"] == "wie-is-wie"]
    assert mine == [(before, NEXT_WEEK.isoformat()), (after, IN_SPRING.isoformat())]
    said = run("verify", pack, after)
    assert said.exit_code == 0
    assert "Verouderd" in said.stdout
    assert "zit niet meer in het pakket" in said.stdout


def test_what_was_edited_or_removed_is_remembered_too(site: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    folder, pack = site(), tmp_path / "out" / "schapenweide"
    build_one(folder, catalogue, tmp_path / "out", only=ONLY)
    codes = {name: code_on(pack / f"{name}.html") for name in ("wie-is-wie", "index")}
    (pack / "wie-is-wie.html").write_text("bewerkt", encoding="utf-8")
    (pack / "index.html").unlink()
    change(folder, "Praktijk Molenpad", "Praktijk Molenweg")
    build_one(folder, catalogue, tmp_path / "out", today=NEXT_WEEK, only=ONLY)
    remembered = {each["document"]: each["code"] for each in manifest(pack)["history"]}
    assert {name: remembered[name] for name in codes} == codes


def test_formats_of_a_document_are_one_version_and_style_is_no_document() -> None:
    before = [file("plan", "aa"), file("plan", "aa", file_format="pdf"), file(ASSET, "bb", file_format="css")]
    now = [file("plan", "cc", NEXT_WEEK), file(ASSET, "dd", NEXT_WEEK, "css")]
    (only,) = remember((), before, now, NEXT_WEEK)
    assert (only.document, only.code, only.since, only.until) == ("plan", "AA00-0000", TODAY.isoformat(), NEXT_WEEK.isoformat())


def test_the_oldest_of_too_many_versions_are_forgotten_per_document() -> None:
    history: tuple[HistoryEntry, ...] = remember((), [file("besturing", "bb")], [], TODAY)
    for number in range(HISTORY + 7):
        day = TODAY + timedelta(days=number)
        history = remember(history, [file("plan", f"a{number:03d}", day)], [], day + timedelta(days=1))
    mine = [each for each in history if each.document == "plan"]
    assert [each.code[:4] for each in mine] == [f"A{number:03d}" for number in range(7, HISTORY + 7)]
    assert [each.code for each in history if each.document == "besturing"] == ["BB00-0000"]


def test_an_old_manifest_without_history_is_read(rebuilt: tuple[Path, str, str], catalogue: Catalogue) -> None:
    pack, _, after = rebuilt
    content = manifest(pack)
    del content["history"]
    (pack / NAME).write_text(json.dumps(content), encoding="utf-8")
    assert run("verify", pack, after).stdout.startswith("Actueel")
    build_one(pack.parent.parent / "site", catalogue, pack.parent, today=IN_SPRING, only=ONLY)
    assert manifest(pack)["history"] == []


GOOD = {"document": "plan", "title": "Plan", "code": "AB12-34CD", "since": "2026-11-01", "until": "2026-11-22"}
SPOILT: list[Any] = [
    *(None, "x", 3, {}, {"plan": GOOD}, [None, 3, "x", [], {}]),
    *([{**GOOD, key: wrong}] for key, wrong in (("code", "ab12-34cd"), ("until", "2026-02-30"), ("since", 3), ("title", None))),
    [{key: value for key, value in GOOD.items() if key != "until"}],
]


@pytest.mark.parametrize("history", SPOILT, ids=lambda value: json.dumps(value)[:50])
def test_what_is_spoilt_of_a_history_is_passed_over(history: Any, tmp_path: Path) -> None:
    good = {**GOOD, "code": "0000-1111"}
    for content, known in ((history, 0), ([*history, good], 1)) if isinstance(history, list) else ((history, 0),):
        (tmp_path / NAME).write_text(json.dumps({"files": [], "history": content}), encoding="utf-8")
        made = made_in(tmp_path)
        assert made
        assert [each.code for each in made.history] == ["0000-1111"] * known


def test_a_pack_with_a_spoilt_history_can_be_built_anew(rebuilt: tuple[Path, str, str], catalogue: Catalogue) -> None:
    pack, before, _ = rebuilt
    content = manifest(pack)
    (pack / NAME).write_text(json.dumps({**content, "history": [3, *content["history"]]}), encoding="utf-8")
    assert build_one(pack.parent.parent / "site", catalogue, pack.parent, today=IN_SPRING, only=ONLY).pack
    assert manifest(pack)["history"] == content["history"]
    assert run("verify", pack, before).stdout.startswith("Verouderd")


# -- codes as people type them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["9F3A-12BC", "9f3a-12bc", "9f3a12bc", " 9F3A - 12BC ", "9F3A 12 BC", "9F3A–12BC", "9f3a‑12bc", "code 9F3A-12BC"]
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "9F3A-12BC"


@pytest.mark.parametrize("typed", ["", "9F3A", "9F3A-12BC-0", "9F3A-12BG", "9O3A-12BC", "９F3A-12BC", "afsprakenstelsel", "code"])
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert read_code(typed) is None


def test_the_example_is_a_code() -> None:
    assert read_code(EXAMPLE) == EXAMPLE


@pytest.mark.parametrize(
    ("typed", "alike"),
    [
        ("9O3A-I2BC", "903A-12BC"),
        ("SZG0-lTQ2", "5260-1702"),
        ("9F3A-12B", "9F3A-12BC"),
        ("9F3A-12BBC", "9F3A-12BC"),
        ("9F3A-128C", "9F3A-12BC"),
        ("F93A-12BC", "9F3A-12BC"),
        ("9F3A-1234", None),
        ("afsprakenstelsel", None),
    ],
)
def test_a_slip_is_recognised(typed: str, alike: str | None) -> None:
    made = Made({"plan.html": file("plan", "9f3a12bc")}, remember((), [file("besturing", "77777777")], [], TODAY))
    assert meant(typed, made) == alike


# -- what is said of a code ------------------------------------------------------------------------------------------


def test_now_goes_before_earlier_and_the_last_time_counts() -> None:
    history = remember((), [file("plan", "aa")], [file("plan", "bb")], NEXT_WEEK)
    back = Made({"plan.html": file("plan", "aa", NEXT_WEEK)}, remember(history, [file("plan", "bb", NEXT_WEEK)], [], IN_SPRING))
    assert verify("AA00-0000", back).standing is Standing.CURRENT
    assert verify("BB00-0000", back).until == IN_SPRING.isoformat()
    twice = Made({}, remember(history, [file("plan", "aa", NEXT_WEEK)], [], IN_SPRING))
    assert (verify("AA00-0000", twice).since, verify("AA00-0000", twice).until) == (NEXT_WEEK.isoformat(), IN_SPRING.isoformat())


def test_the_code_of_a_style_sheet_is_on_no_print() -> None:
    made = Made({"assets/style.css": file(ASSET, "aa", file_format="css")})
    assert verify("AA00-0000", made).standing is Standing.UNKNOWN


def test_current(rebuilt: tuple[Path, str, str]) -> None:
    pack, _, after = rebuilt
    said = run("verify", pack, after.lower().replace("-", ""))
    assert said.exit_code == 0
    assert said.stdout == (
        f"Actueel: code {after} is “Wie is wie in Schapenweide”, zoals het nu in het pakket van Schapenweide staat.\n"
        "De tekst is van 29 november 2026 en is daarna niet veranderd.\n"
        f"Bestand: {pack / 'wie-is-wie.html'}\n"
    )
    assert run("verify", pack / NAME, *after.split("-")).stdout == said.stdout


def test_outdated(rebuilt: tuple[Path, str, str]) -> None:
    pack, before, after = rebuilt
    said = run("verify", pack, before)
    assert said.exit_code == 0
    assert said.stdout == (
        f"Verouderd: code {before} is een eerdere versie van “Wie is wie in Schapenweide” in het pakket van Schapenweide.\n"
        "Die versie is van 22 november 2026 en is verouderd sinds 29 november 2026.\n"
        f"Nu is er code {after}, van 29 november 2026.\n"
        f"Bestand: {pack / 'wie-is-wie.html'}\n"
    )


def test_unknown(rebuilt: tuple[Path, str, str]) -> None:
    pack, _, after = rebuilt
    said = run("verify", pack, "0000-0000")
    assert said.exit_code == 1
    assert said.stdout.startswith("Onbekend: het pakket van Schapenweide kent code 0000-0000 niet.\n")
    assert "andere wijk" in said.stdout
    assert "Bedoelt u" not in said.stdout
    slip = after[:-1] + ("0" if after[-1] != "0" else "1")
    asked = run("verify", pack, slip)
    assert asked.exit_code == 1
    assert f"Bedoelt u {after}?" in asked.stdout


def test_as_json(rebuilt: tuple[Path, str, str]) -> None:
    pack, before, after = rebuilt
    now = {"code": after, "since": NEXT_WEEK.isoformat(), "files": ["wie-is-wie.html"]}
    about = {"site": "Schapenweide", "document": "wie-is-wie", "title": "Wie is wie in Schapenweide", "now": now, "alike": None}
    dates = {"since": TODAY.isoformat(), "until": NEXT_WEEK.isoformat()}
    assert json.loads(run("verify", pack, before, "--json").stdout) == {"code": before, "standing": "verouderd", **dates, **about}
    current = json.loads(run("verify", pack, after, "--json").stdout)
    assert current == {"code": after, "standing": "actueel", "since": NEXT_WEEK.isoformat(), "until": None, **about}
    unknown = run("verify", pack, "0000-0000", "--json")
    assert unknown.exit_code == 1
    assert json.loads(unknown.stdout)["standing"] == "onbekend"


def test_all_formats_are_named_the_page_for_the_screen_first() -> None:
    made = Made({each.path: each for each in (file("plan", "aa", file_format=each) for each in ("docx", "html", "pdf"))})
    assert [each.path for each in verify("AA00-0000", made).now] == ["plan.html", "plan.docx", "plan.pdf"]


@pytest.mark.parametrize(("typed", "said"), [("9O3A-12BC", "Bedoelt u 903A-12BC?"), ("wie-is-wie", "onderaan de bladzijde")])
def test_what_is_no_code_exits_2_with_an_example(typed: str, said: str, rebuilt: tuple[Path, str, str]) -> None:
    done = run("verify", rebuilt[0], typed)
    assert done.exit_code == 2
    assert f"“{typed}” is geen code" in done.stderr
    assert EXAMPLE in done.stderr
    assert said in done.stderr
    assert done.stdout == ""


def test_what_is_no_pack_exits_2_and_says_what_to_give(rebuilt: tuple[Path, str, str], tmp_path: Path) -> None:
    pack, _, after = rebuilt
    (tmp_path / "wijk.zip").write_bytes(b"PK")
    (tmp_path / "los.txt").write_text("x", encoding="utf-8")
    for folder, said in (
        (tmp_path / "nergens", "bestaat niet"),
        (tmp_path / "wijk.zip", "Pak het eerst uit"),
        (tmp_path / "los.txt", "geen pakket"),
        (SCHAPENWEIDE, "geen pakket"),
        (pack.parent, "het pakket schapenweide"),
    ):
        done = run("verify", folder, after)
        assert done.exit_code == 2, folder
        assert said in done.stderr


@pytest.mark.parametrize("content", [b"", b"[]", b"3", b"{}", b"\xff", b'{"files": 3}', b'{"files": [{}]}', b"[" * 100_000])
def test_a_manifest_of_others_is_no_pack(content: bytes, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert made_in(tmp_path) is None
    assert run("verify", tmp_path, EXAMPLE).exit_code == 2


def test_a_day_that_does_not_exist_is_no_manifest_of_ours(rebuilt: tuple[Path, str, str]) -> None:
    pack, _, _ = rebuilt
    content = manifest(pack)
    content["files"][0]["date"] = "2026-02-30"
    (pack / NAME).write_text(json.dumps(content), encoding="utf-8")
    assert made_in(pack) is None


@pytest.mark.parametrize("site_entry", [None, 3, [], {}, {"name": 3}])
def test_a_pack_without_a_name_is_still_a_pack(site_entry: Any, rebuilt: tuple[Path, str, str]) -> None:
    pack, _, after = rebuilt
    (pack / NAME).write_text(json.dumps({**manifest(pack), "site": site_entry}), encoding="utf-8")
    assert "zoals het nu in dit pakket staat" in run("verify", pack, after).stdout
