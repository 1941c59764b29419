"""`kbrollout doctor`: each thing that can be missing is named with its remedy, and doctor itself never fails."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfoNotFoundError

import pytest
from click.testing import CliRunner, Result

from kbrollout import cli, doctor, fonts
from kbrollout.doctor import Finding, Outcome, Probe, examine

Patch = pytest.MonkeyPatch


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.kbrollout, ["doctor", *arguments])


def found(name: str) -> Finding:
    (probe,) = (each for each in doctor.PROBES if each.name == name)
    return doctor.find(probe)


def raising(error: Exception) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


# -- as a whole ------------------------------------------------------------------------------------------------------


def test_all_is_well_on_a_machine_of_makers(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [(each.name, each.what) for each in examine() if each.outcome is not Outcome.OK] == []
    assert list(tmp_path.iterdir()) == []


def test_one_line_per_item_and_what_it_comes_to() -> None:
    done = run()
    assert done.exit_code == 0, done.output
    *items, empty, summary = done.stdout.splitlines()
    assert [line[8:].split(":")[0] for line in items] == [probe.name for probe in doctor.PROBES]
    assert {line[:8] for line in items} == {"OK      "}
    assert (empty, summary) == ("", "Alles werkt.")


def test_json_holds_the_same() -> None:
    done = run("--json")
    said = json.loads(done.stdout)
    assert said["ok"]
    assert [item["name"] for item in said["items"]] == [probe.name for probe in doctor.PROBES]
    assert set(said["items"][0]) == {"name", "outcome", "what", "remedy"}


@pytest.mark.parametrize(
    ("outcomes", "code", "summary"),
    [
        ("O", 0, "Alles werkt."),
        ("W", 0, "Één punt om op te letten. kbrollout werkt."),
        ("OWW", 0, "Twee punten om op te letten. kbrollout werkt."),
        ("F", 1, "Één fout. Los de fouten eerst op."),
        ("FWF", 1, "Twee fouten en één punt om op te letten. Los de fouten eerst op."),
    ],
)
def test_only_a_fault_fails(outcomes: str, code: int, summary: str, monkeypatch: Patch) -> None:
    kinds = {"O": Outcome.OK, "W": Outcome.WARNING, "F": Outcome.FAULT}
    said = tuple(Finding(f"item {number}", kinds[each], "wat", "remedie") for number, each in enumerate(outcomes))
    monkeypatch.setattr("kbrollout.doctor.examine", lambda: said)
    done = run()
    assert done.exit_code == code
    assert done.stdout.splitlines()[-1] == summary
    assert done.stdout.count("        → remedie") == len(outcomes)
    assert json.loads(run("--json").stdout)["ok"] == (code == 0)


@pytest.mark.parametrize("error", [RuntimeError("kapot\nop twee regels"), ImportError("weg"), OSError(5, "fout"), AssertionError()])
def test_a_probe_that_goes_wrong_is_what_it_reports(error: Exception, monkeypatch: Patch) -> None:
    def ask() -> doctor.Said:
        raise error

    monkeypatch.setattr(doctor, "PROBES", (Probe("iets", ask), Probe("iets anders", ask, Outcome.WARNING)))
    first, second = examine()
    assert (first.outcome, second.outcome) == (Outcome.FAULT, Outcome.WARNING)
    assert type(error).__name__ in first.what
    assert "\n" not in first.what
    assert first.remedy


def test_doctor_speaks_where_kbrollout_cannot_even_load_its_own_parts() -> None:
    """As on a machine where installing broke off: click is there, the rest is not."""
    code = (
        "import sys\n"
        "for name in ('pydantic', 'yaml', 'jinja2', 'weasyprint', 'fontTools', 'xlsxwriter', 'pypandoc', 'markdown', 'nh3', 'rich'):\n"
        "    sys.modules[name] = None\n"
        "from kbrollout.cli import kbrollout\nkbrollout(['doctor'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert any(line.startswith("fout    Referentie: ") for line in lines)
    assert any(line.startswith("fout    Letters: ") for line in lines)
    assert any(line.startswith("let op  PDF: WeasyPrint is niet geïnstalleerd.") for line in lines)


# -- each item -------------------------------------------------------------------------------------------------------


def test_an_old_python(monkeypatch: Patch) -> None:
    monkeypatch.setattr(doctor, "sys", SimpleNamespace(version_info=(3, 10, 2), stdout=sys.stdout))
    assert found("Python").outcome is Outcome.FAULT
    assert "3.10.2" in found("Python").what


def test_files_and_installation_of_different_versions(monkeypatch: Patch) -> None:
    monkeypatch.setattr("kbrollout.__version__", "9.9")
    assert found("kbrollout").outcome is Outcome.WARNING
    assert "9.9" in found("kbrollout").what


def test_kbrollout_is_not_installed(monkeypatch: Patch) -> None:
    absent = raising(metadata.PackageNotFoundError("kbrollout"))
    monkeypatch.setattr(metadata, "version", absent)
    monkeypatch.setattr(metadata, "requires", absent)
    assert "niet geïnstalleerd" in found("kbrollout").what
    assert found("Onderdelen").outcome is Outcome.FAULT


REQUIRED = ["click>=8.2", "weasyprint>=70; extra == 'pdf'", 'iets[x]>=2.10; extra == "excel"', "kbrollout[excel]; extra == 'all'"]


@pytest.mark.parametrize(
    ("installed", "name", "outcome", "said"),
    [
        ({"click": "8.2", "iets": "2.10.1"}, "Onderdelen", Outcome.OK, "click 8.2"),
        ({"click": "8.10", "iets": "2.9"}, "Onderdelen", Outcome.OK, "click 8.10"),
        ({"iets": "2.10"}, "Onderdelen", Outcome.FAULT, "click ontbreekt."),
        ({"click": "8.1.9"}, "Onderdelen", Outcome.FAULT, "click is 8.1.9, nodig is 8.2 of nieuwer."),
        ({"click": "8.2", "iets": "2.10"}, "Excel", Outcome.OK, "iets 2.10"),
        ({"click": "8.2", "iets": "2.9"}, "Excel", Outcome.WARNING, "iets is 2.9, nodig is 2.10 of nieuwer."),
        ({"click": "8.2"}, "Excel", Outcome.WARNING, "iets ontbreekt."),
    ],
)
def test_packages_that_are_missing_or_old(installed: dict[str, str], name: str, outcome: Outcome, said: str, monkeypatch: Patch) -> None:
    def version(package: str) -> str:
        if package not in installed:
            raise metadata.PackageNotFoundError(package)
        return installed[package]

    monkeypatch.setattr(metadata, "requires", lambda _: REQUIRED)
    monkeypatch.setattr(metadata, "version", version)
    assert (found(name).outcome, found(name).what) == (outcome, said)


def test_an_installation_that_knows_no_excel(monkeypatch: Patch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: ["click>=8"])
    assert found("Excel").outcome is Outcome.WARNING


def test_no_templates(monkeypatch: Patch, tmp_path: Path) -> None:
    for module in ("resources", "catalogue", "templating"):
        monkeypatch.setattr(f"kbrollout.{module}.templates", lambda: tmp_path / "weg")
    assert found("Referentie").outcome is Outcome.FAULT
    assert "ontbreekt" in found("Referentie").what
    assert found("Sjablonen").outcome is Outcome.FAULT


def test_a_reference_with_faults(monkeypatch: Patch, tmp_path: Path) -> None:
    (tmp_path / "catalogue").mkdir()
    for module in ("resources", "catalogue"):
        monkeypatch.setattr(f"kbrollout.{module}.templates", lambda: tmp_path)
    finding = found("Referentie")
    assert finding.outcome is Outcome.FAULT
    assert "[bestand-ontbreekt]" in finding.what
    assert "meer." in finding.what


def test_no_fonts(monkeypatch: Patch) -> None:
    monkeypatch.setattr(fonts, "FACES", {"x": ("font_source_sans_pro", "Weg.ttf")})
    assert found("Letters").what == "Niet gevonden: Weg.ttf."
    monkeypatch.setattr(fonts, "FACES", {"x": ("geen_pakket", "Weg.ttf")})
    assert found("Letters").outcome is Outcome.FAULT


def test_fonts_that_cannot_be_cut(monkeypatch: Patch) -> None:
    monkeypatch.setattr(fonts, "woff2", raising(ImportError("brotli")))
    assert found("Letters").outcome is Outcome.FAULT
    assert "brotli" in found("Letters").what


def test_no_pango(monkeypatch: Patch) -> None:
    monkeypatch.setattr("kbrollout.render.pdf.unavailable", lambda: ("Pango ontbreekt", "Installeer Pango."))
    finding = found("PDF")
    assert finding == Finding("PDF", Outcome.WARNING, "Pango ontbreekt. Alles behalve PDF werkt wel.", "Installeer Pango.")


def test_no_pandoc(monkeypatch: Patch) -> None:
    monkeypatch.setattr(doctor, "import_module", raising(OSError("No pandoc was found")))
    assert found("ODT en DOCX").what.startswith("pandoc ontbreekt.")
    monkeypatch.setattr(doctor, "find_spec", lambda _: None)
    assert found("ODT en DOCX").what.startswith("pypandoc ontbreekt.")
    assert found("ODT en DOCX").outcome is Outcome.WARNING


def test_a_folder_that_cannot_be_written(monkeypatch: Patch) -> None:
    monkeypatch.setattr(doctor, "TemporaryDirectory", raising(PermissionError(13, "Permission denied")))
    finding = found("Schrijven in deze map")
    assert finding.outcome is Outcome.WARNING
    assert "u hebt geen toestemming" in finding.what


def test_a_folder_that_is_gone(monkeypatch: Patch, tmp_path: Path) -> None:
    gone = tmp_path / "weg"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert found("Schrijven in deze map").outcome is Outcome.WARNING


def test_nothing_is_left_when_trying_to_write_goes_wrong_halfway(monkeypatch: Patch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "write_text", raising(OSError(28, "No space left on device")))
    assert "de schijf is vol" in found("Schrijven in deze map").what
    assert list(tmp_path.iterdir()) == []


def test_no_time_zones(monkeypatch: Patch) -> None:
    monkeypatch.setattr("zoneinfo.ZoneInfo", raising(ZoneInfoNotFoundError("No time zone found")))
    assert found("Tijdzone").remedy == "Typ: python -m pip install tzdata"


@pytest.mark.parametrize(
    ("encoding", "outcome"),
    [("utf-8", Outcome.OK), ("UTF8", Outcome.OK), ("cp1252", Outcome.WARNING), (None, Outcome.WARNING), ("onzin", Outcome.WARNING)],
)
def test_a_terminal_that_does_not_know_every_character(encoding: str | None, outcome: Outcome, monkeypatch: Patch) -> None:
    window = SimpleNamespace(version_info=sys.version_info, stdout=SimpleNamespace(encoding=encoding))
    monkeypatch.setattr(doctor, "sys", window)
    assert found("Tekens in dit venster").outcome is outcome
