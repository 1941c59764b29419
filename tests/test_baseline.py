"""`kbrollout plan vastleggen`: the approved plan in the lock, and nothing else changed."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbrollout.baseline import fix_plan
from kbrollout.check import check_site
from kbrollout.cli import CONTENT, DONE, kbrollout
from kbrollout.errors import ContentError
from kbrollout.model.catalogue import Catalogue
from kbrollout.site import LOCK, read_lock

TODAY = date(2026, 11, 22)
PLANNING = "start: 2027-01-11\neinde: 2027-03-01\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small neighbourhood with a start date."""
    folder = tmp_path / "wijk"
    shutil.copytree(Path(__file__).parent.parent / "examples" / "rotterdam-bloemhof", folder)
    (folder / LOCK).unlink(missing_ok=True)
    (folder / "planning.yaml").write_text(PLANNING, encoding="utf-8")
    return folder


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(kbrollout, ["plan", "vastleggen", *arguments, "--date", "2026-11-22"])
    return result.exit_code, result.output


def test_the_days_of_now_become_the_baseline(site: Path, catalogue: Catalogue) -> None:
    code, said = run(str(site))
    assert code == DONE
    before = check_site(site, catalogue, TODAY).neighbourhood
    assert before.plan
    assert before.plan.baseline_on == TODAY
    assert all(task.baseline == (task.start, task.end) for task in before.plan.tasks)
    assert f"van 11 januari 2027 tot en met {before.plan.end.day} " in said
    assert "later dan de wijk wil (1 maart 2027)" in said
    # A later start shows against what was approved.
    (site / "planning.yaml").write_text("start: 2027-02-01\n", encoding="utf-8")
    after = check_site(site, catalogue, TODAY).neighbourhood.plan
    assert after
    moved = {task.id: task.baseline for task in after.tasks}
    assert moved == {task.id: (task.start, task.end) for task in before.plan.tasks}
    assert all(task.baseline and task.start > task.baseline[0] for task in after.tasks)


def test_a_plan_is_only_replaced_on_purpose(site: Path) -> None:
    assert run(str(site))[0] == DONE
    first = (site / LOCK).read_bytes()
    (site / "planning.yaml").write_text("start: 2027-02-01\n", encoding="utf-8")
    code, said = run(str(site))
    assert (code, (site / LOCK).read_bytes()) == (CONTENT, first)
    assert "--force" in said
    assert run(str(site), "--force")[0] == DONE
    assert (site / LOCK).read_bytes() != first


def test_what_the_neighbourhood_accepted_stays_in_the_lock(site: Path) -> None:
    (site / LOCK).write_text('wijk: rotterdam-bloemhof\nreferentie: "2.1"\nafspraken:\n  N-01: "0123abcd"\n', encoding="utf-8")
    assert run(str(site))[0] == DONE
    lock = read_lock(site, None)
    assert lock
    assert lock.baseline
    assert (lock.site, lock.version, lock.agreements) == ("rotterdam-bloemhof", "2.1", {"N-01": "0123abcd"})


def test_without_a_start_nothing_is_written(site: Path) -> None:
    (site / "planning.yaml").write_text("start: onbekend\n", encoding="utf-8")
    code, said = run(str(site))
    assert code == CONTENT
    assert "planning.yaml" in said
    assert not (site / LOCK).exists()


def test_a_fault_in_the_planning_stops_it(site: Path) -> None:
    (site / "planning.yaml").write_text("start: 2027-02-29\n", encoding="utf-8")
    code, said = run(str(site))
    assert code == CONTENT
    assert "[datum-bestaat-niet]" in said
    assert not (site / LOCK).exists()


def test_a_folder_that_cannot_be_written_keeps_its_lock(site: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(str(site))[0] == DONE
    first = (site / LOCK).read_bytes()
    neighbourhood = check_site(site, catalogue, TODAY).neighbourhood

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert neighbourhood.plan
    with pytest.raises(ContentError) as refused:
        fix_plan(site, neighbourhood, neighbourhood.plan, TODAY)
    assert [each.code for each in refused.value.problems] == ["map-niet-schrijfbaar"]
    assert (site / LOCK).read_bytes() == first
    assert not list(site.glob(f".{LOCK}*"))
