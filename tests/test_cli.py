"""The command line: exit codes, what it prints where, JSON, and that nothing is swallowed."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbrollout import cli
from kbrollout.schema import NAMES
from tests.conftest import OVERVECHT, ROOT, SCHAPENWEIDE


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.kbrollout, [str(each) for each in arguments])


class Then(date):
    """A clock that stands still: the plan of Overvecht has a first day, and a start that is past is told."""

    @classmethod
    def today(cls) -> "Then":
        return cls(2026, 11, 22)


def test_check_says_that_a_site_is_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbrollout.cli.check_command.date", Then)
    done = run("check", OVERVECHT)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{OVERVECHT}: in orde, ")
    assert "open punten." in done.stdout
    assert done.stderr == ""


def test_check_exits_1_and_writes_faults_to_stderr(tmp_path: Path) -> None:
    done = run("check", tmp_path / "nergens", SCHAPENWEIDE)
    assert done.exit_code == 1
    assert "[map-ontbreekt]" in done.stderr
    assert "1 fout." in done.stdout
    assert "in orde" in done.stdout


def test_check_as_json_holds_everything(tmp_path: Path) -> None:
    done = run("check", "--json", tmp_path / "nergens", SCHAPENWEIDE)
    first, second = json.loads(done.stdout)["sites"]
    assert (first["ok"], second["ok"]) == (False, True)
    assert first["problems"][0]["code"] == "map-ontbreekt"
    assert second["open_points"] > 5
    assert done.stderr == ""


def test_build_says_what_was_made_and_where(tmp_path: Path) -> None:
    arguments = ("build", SCHAPENWEIDE, "--out", tmp_path, "--format", "html", "--date", "2026-11-12")
    first, second = run(*arguments), run(*arguments)
    assert first.exit_code == second.exit_code == 0
    made = len(list((tmp_path / "schapenweide").rglob("*.html")))
    assert made > 10
    assert f"{made} gemaakt, 0 ongewijzigd" in first.stdout
    assert f"0 gemaakt, {made} ongewijzigd" in second.stdout
    assert str(tmp_path / "schapenweide" / "index.html") in first.stdout
    assert "12 november 2026" in (tmp_path / "schapenweide" / "index.html").read_text(encoding="utf-8")


def test_build_as_json(tmp_path: Path) -> None:
    done = run("build", SCHAPENWEIDE, tmp_path / "nergens", "--out", tmp_path / "uit", "--format", "html", "--json")
    assert done.exit_code == 1
    made, failed = json.loads(done.stdout)["sites"]
    assert made["rendered"][0] == "afsprakenstelsel.html"
    assert made["rendered"][-1] == "index.html"
    assert made["pack"].endswith("schapenweide")
    assert failed["pack"] is None
    assert failed["problems"][0]["code"] == "map-ontbreekt"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", SCHAPENWEIDE), "--out"),
        (("build", SCHAPENWEIDE, "--out", "x", "--only", "brief"), "“brief” is geen document"),
        (("build", SCHAPENWEIDE, "--out", "x", "--date", "12-11-2026"), "geen datum"),
        (("check",), "WIJKMAP"),
        (("schema",), "profiel, documenten, financiering, contacten, planning, aanbod, manifest"),
        (("schema", "onzin"), "profiel, documenten, financiering, contacten, planning, aanbod, manifest"),
        (("bouw",), "bouw"),
    ],
)
def test_wrong_usage_exits_2_in_dutch(arguments: tuple[str | Path, ...], said: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Fout:" in done.stderr
    assert "Error" not in done.stderr


def test_our_own_bug_exits_3_and_shows_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["kbrollout", "check", str(OVERVECHT)])
    monkeypatch.setattr("kbrollout.check.check_site", lambda *_: 1 // 0)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 3
    shown = capsys.readouterr().err
    assert "ZeroDivisionError" in shown
    assert "fout in kbrollout zelf" in shown


def test_a_fault_in_the_reference_is_shown_and_stops(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kbrollout.catalogue.templates", lambda: tmp_path)
    done = run("build", OVERVECHT, "--out", tmp_path / "uit")
    assert done.exit_code == 1
    assert "[bestand-ontbreekt]" in done.stderr
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize("name", ["profiel", "documenten", "financiering", "contacten", "planning", "aanbod"])
def test_the_schemas_of_the_example_are_those_of_the_program(name: str) -> None:
    committed = (OVERVECHT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert run("schema", name).stdout == committed, "run: make schema"


def test_the_published_schema_of_the_manifest_is_that_of_the_program() -> None:
    assert run("schema", "manifest").stdout == (ROOT / "docs" / "manifest.schema.json").read_text(encoding="utf-8"), "run: make schema"


def test_schemas_can_be_written_to_a_folder(tmp_path: Path) -> None:
    done = run("schema", "--out", tmp_path / "schema")
    assert done.exit_code == 0
    assert {path.name for path in (tmp_path / "schema").iterdir()} == {f"{name}.schema.json" for name in NAMES if name != "manifest"}
