"""Nothing of the sources is lost, and nothing is copied: the inventory, its counts, and runs of words."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import ThemeKind
from kbrollout.model.neighbourhood import Neighbourhood
from scripts import herkomst
from scripts.seed_runs import digest, runs
from tests.conftest import ROOT

ROWS = {
    "SEED": 5,
    "S": 44,
    "META": 7,
    "PROB": 2,
    "HIST": 14,
    "RES": 6,
    "SCH": 11,
    "G": 4,
    "N": 13,
    "TH": 9,
    "W": 50,
    "T": 26,
    "ND": 8,
    "D": 13,
    "F": 9,
    "A": 41,
    "B": 8,
    "DOC": 80,
    "GAP": 43,
    "INC": 12,
    "PII": 5,
    "S0": 13,
    "S2": 24,
    "S3": 9,
    "S4": 10,
    "XC": 7,
}
"""How many rows the inventory of the sources has, per table."""

WORK = {"KERN": 3, "IMPL": 4, "REG": 2, "BEW": 5, "KIND": 3, "SOLK": 14, "GGZ": 8, "JG": 1, "OUD": 3, "SPEC": 5}
"""How many work agreements the sources hold, per series; Wijkverpleging and Wijkapotheker are empty there."""

TEXT = {".md", ".yaml", ".html", ".py", ".txt", ".toml", ".css", ".json", ".po"}


def numbered(series: str, count: int) -> set[str]:
    return {f"{series}-{number:02}" for number in range(1, count + 1)}


def test_every_row_of_the_inventory_is_accounted_for() -> None:
    rows = herkomst.read_rows()
    assert len({row.id for row in rows}) == len(rows)
    assert Counter(row.part for row in rows) == ROWS
    assert [row.id for row in rows if not row.homes and not row.reason] == []


def test_every_home_exists() -> None:
    known = herkomst.homes()
    missing = {row.id: home for row in herkomst.read_rows() for home in row.homes if home not in known}
    assert missing == {}


def test_the_table_for_readers_is_current() -> None:
    assert (ROOT / "docs" / "herkomst.md").read_text(encoding="utf-8") == herkomst.markdown(), "run: make herkomst"


def test_the_reference_holds_all_that_the_sources_hold(catalogue: Catalogue) -> None:
    of_sources = numbered("N", 13) | numbered("ND", 8) | numbered("D", 13)
    of_sources |= {identifier for series, count in WORK.items() for identifier in numbered(f"W-{series}", count)}
    assert len(of_sources) == 82
    assert of_sources <= set(catalogue.agreements)
    assert numbered("G", 4) == {goal.id for goal in catalogue.goals}
    assert numbered("T", 26) <= {instrument.id for instrument in catalogue.instruments}
    assert numbered("DOC", 80) == set(catalogue.documents)
    assert numbered("GAP", 43) <= {gap.id for gap in catalogue.gaps}
    assert numbered("RES", 5) <= {result.id for result in catalogue.results}
    assert len(catalogue.index.cells) == 6
    kinds = Counter(theme.kind for theme in catalogue.themes.values())
    assert kinds == {ThemeKind.SUBJECT: 6, ThemeKind.DISCIPLINE: 3}


def test_the_example_of_overvecht_holds_the_rest(overvecht: Neighbourhood) -> None:
    profile, streams = overvecht.site.profile, overvecht.site.streams
    alliance = next(body for body in profile.bodies if body.id == "alliantie-gezonde-wijk")
    # The source counts thirteen: the two teams of buurtteam are one member there.
    assert len(set(alliance.members) - {"buurtteam-jeugd-en-gezin"}) == 13
    assert numbered("F", 9) <= {stream.id for stream in streams}
    assert len(profile.specialisms) == 11
    assert len(profile.practices) == 9
    assert len(profile.bodies) >= 8
    assert len(profile.themes) == 9
    assert numbered("HIST", 14) <= {event.id for event in profile.timeline}


def test_what_the_sources_leave_empty_is_a_proposal_or_an_open_point(catalogue: Catalogue) -> None:
    proposals = {key for key, agreement in catalogue.agreements.items() if agreement.header.since == "2.2"}
    assert {key.rpartition("-")[0] for key in proposals} >= {"W-PRIV", "W-CONT", "W-BWN", "W-WV", "W-APO", "W-JG", "W-OUD", "D"}
    assert all(catalogue.agreements[key].header.provenance == "voorstel" for key in proposals)
    solved = {gap.id for gap in catalogue.gaps if gap.solved}
    assert 0 < len(solved) < len(catalogue.gaps) / 2


def content_files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.suffix in TEXT)
    for folder in ("benchmarks", "docs", "examples", "kbrollout", "scripts", "templates", "tests"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in TEXT and path.name != "seed-runs.txt")


def test_no_run_of_twelve_words_stands_in_a_source() -> None:
    theirs = set((ROOT / "tests" / "data" / "seed-runs.txt").read_text(encoding="utf-8").split())
    assert len(theirs) > 5000
    files = list(content_files())
    assert len(files) > 300
    for path in files:
        copied = [run for run in runs(path.read_text(encoding="utf-8")) if digest(run) in theirs]
        assert copied == [], path


def test_runs_ignore_capitals_and_punctuation() -> None:
    text = "Één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien"
    assert len(list(runs(text))) == 2
    assert list(runs(text)) == list(runs(re.sub(" ", ", ", text.upper())))
