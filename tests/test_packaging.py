"""What is built, locked and promised by make holds: the wheel has all templates, locks are closed, help is complete."""

import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = [ROOT / "requirements/all.txt", ROOT / "requirements/dev.txt"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def hatchling(source: Path, target: str, out: Path) -> Path:
    """Build `target` from the folder `source` without isolation or network; return the one file made."""
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", out, cwd=source)
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked sdist."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    # tar and not tarfile: Debian's Python 3.11.2 has no `filter` for extractall, later ones warn without it.
    run("tar", "-xzf", hatchling(ROOT, "sdist", tmp_path_factory.mktemp("sdist")), cwd=unpacked)
    (top,) = unpacked.iterdir()
    return top


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the sdist, as a distributor would."""
    return hatchling(sdist, "wheel", tmp_path_factory.mktemp("wheel"))


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


@pytest.mark.parametrize("folder", ["templates", "examples"])
def test_wheel_from_sdist_has_exactly_the_content_of_the_tree(wheel: Path, folder: str) -> None:
    prefix = f"kbrollout/_{folder}/"
    with zipfile.ZipFile(wheel) as archive:
        packed = {name.removeprefix(prefix) for name in archive.namelist() if name.startswith(prefix)}
        differing = [name for name in packed if archive.read(prefix + name) != (ROOT / folder / name).read_bytes()]
    assert packed, f"the wheel has no {folder} at all"
    assert packed == files_below(ROOT / folder)
    assert differing == []


def test_wheel_has_the_code_and_nothing_beside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    code = [name for name in names if name.startswith("kbrollout/") and not re.match(r"kbrollout/_(templates|examples)/", name)]
    modules = {name.removeprefix("kbrollout/") for name in code}
    assert modules == files_below(ROOT / "kbrollout")
    assert {name.split("/")[0].split("-")[0] for name in names} == {"kbrollout"}


def test_wheel_states_licence_and_python_version(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = next(name.split("/")[0] for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
        licence = archive.read(f"{info}/licenses/LICENSE").decode()
    assert metadata["License-Expression"] == "EUPL-1.2"
    assert metadata["Requires-Python"] == ">=3.11"
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_licence_is_the_whole_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    articles = re.findall(r"^(\d+)\.\s*[A-Z]", text, flags=re.MULTILINE)
    assert [int(number) for number in articles] == list(range(1, 16))
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def requirements_in(lock: Path) -> list[tuple[Requirement, int]]:
    """Each locked requirement with its number of hashes."""
    lines = (line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    entries = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(Requirement(entry.split(" --hash=")[0].strip()), entry.count("--hash=sha256:")) for entry in entries if entry.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_pins_and_hashes_every_requirement(lock: Path) -> None:
    locked = requirements_in(lock)
    assert len(locked) > 20
    for requirement, hashes in locked:
        assert hashes > 0, f"{requirement} has no hash"
        assert requirement.url is None, f"{requirement} comes from an address"
        assert [pin.operator for pin in requirement.specifier] == ["=="], f"{requirement} is not pinned"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_names_no_index_and_no_place_on_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    options = set(re.findall(r"(?<!\S)-{1,2}[a-z][a-z-]*", text))
    assert options == {"--hash"}
    assert not re.search(r"(?<!\S)\.{0,2}/", text), "a path"


def test_dev_lock_holds_the_same_versions_as_the_lock_for_users() -> None:
    users, developers = ({(item.name, str(item.marker)): str(item.specifier) for item, _ in requirements_in(lock)} for lock in LOCKS)
    assert users.items() <= developers.items()


def wanted(group: str) -> list[Requirement]:
    entries = PROJECT["dependency-groups"][group]
    return [Requirement(entry) for entry in entries if isinstance(entry, str)]


def test_locks_fit_pyproject() -> None:
    """A dependency added or raised without `make lock` is found here, not on somebody's fresh machine."""
    extras = [Requirement(entry) for extra in PROJECT["project"]["optional-dependencies"].values() for entry in extra]
    direct = [Requirement(entry) for entry in PROJECT["project"]["dependencies"]] + [item for item in extras if item.name != "kbrollout"]
    for lock, needed in zip(LOCKS, (direct + wanted("build"), direct + wanted("build") + wanted("dev")), strict=True):
        pins = {canonicalize_name(item.name): item.specifier for item, _ in requirements_in(lock)}
        for requirement in needed:
            pin = str(pins[canonicalize_name(requirement.name)]).removeprefix("==")
            assert requirement.specifier.contains(pin), f"{lock.name} has {requirement.name} {pin}; run make lock"


def test_extra_all_holds_every_extra() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    (everything,) = (Requirement(entry) for entry in extras["all"])
    assert everything.name == "kbrollout"
    assert everything.extras == extras.keys() - {"all"}


def test_make_help_lists_every_public_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    public = {target for target in phony.split() if not target.startswith("_")}
    shown = re.findall(r"^  make (\S+) +(\S.*)$", run("make", "--no-print-directory", "help"), flags=re.MULTILINE)
    assert {"demo", "test", "test-all"} <= public
    assert {target for target, _ in shown} == public
    assert len(shown) == len(public)


def test_system_packages_refuses_a_need_it_does_not_know() -> None:
    done = subprocess.run([ROOT / "scripts/system-packages", "fortran"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "unknown need: fortran" in done.stderr
