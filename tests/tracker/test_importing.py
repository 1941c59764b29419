"""Bringing a workbook back: each cell compared three ways, all of it or nothing, nobody's work lost, nothing of patients kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbrollout.errors import ContentError
from kbrollout.model.progress import Stand
from kbrollout.tracker.commands import bring_in
from kbrollout.tracker.fields import FIELDS, Kind, check_text, empty
from kbrollout.tracker.importing import EXCEL, WEBSITE, Moved, Preview, apply_import, preview
from kbrollout.tracker.models import Channel, Event, Export, Item, Site
from kbrollout.tracker.services import change, differs, review
from kbrollout.tracker.sheets import read_workbook
from kbrollout.tracker.workbook import progress_workbook
from tests.test_progress import LIBREOFFICE, converted
from tests.tracker.conftest import COMMAND, Cast
from tests.tracker.workbooks import actor_of, cell_of, edited, filled, make_task, opened, sheet_of

NUMBER = "1112" + "22333"
BUSY, ARRANGED, NOT_BEGUN, NOT_SEEN = "Mee bezig", "Geregeld", "Nog niet gestart", "Nog niet bekeken"


@pytest.fixture
def lines(cast: Cast, line: Item) -> list[Item]:
    """Requirements of the first practice, the one of `line` first."""
    return list(cast.site.items.filter(kind="eis", unit=line.unit).select_related("unit"))


@pytest.fixture
def workbook(cast: Cast, lines: list[Item]) -> bytes:
    """The workbook of the first practice, before anything was filled in."""
    return progress_workbook(cast.site, [lines[0].unit], cast.member)


def fresh(site: Site) -> Site:
    return Site.objects.get(pk=site.pk)


def seen(cast: Cast, content: bytes, units: frozenset[int] | None = None) -> Preview:
    return preview(fresh(cast.site), read_workbook(content), units)


def taken(cast: Cast, content: bytes, who: str = "member", **choices: str) -> Any:
    """Bring in a workbook at once, the same choice for every conflict."""
    found = seen(cast, content)
    chosen = {each.key: choices["all"] for each in found.conflicts} if choices else {}
    return apply_import(actor_of(cast, who), cast.site, read_workbook(content), chosen, found.token)


def changes(found: Preview) -> list[tuple[str, str, str, str]]:
    return [(each.item.code, each.field, each.before, each.after) for each in found.changes]


def codes(problems: Any) -> list[str]:
    return [each.code for each in problems]


# -- cell by cell ------------------------------------------------------------------------------------------------------

MERGE: dict[str, tuple[str, str, str | None, str]] = {
    # what is compared: handed out, here by now, in the workbook, and what comes of it
    "niets veranderd": ("map", "map", "map", ""),
    "hier veranderd": ("map", "kast", "map", ""),
    "in Excel veranderd": ("map", "map", "la", "map → la"),
    "in Excel ingevuld": ("", "", "la", " → la"),
    "aan beide kanten gelijk": ("map", "la", "la", ""),
    "aan beide kanten ingevuld": ("", "kast", "la", "kast of la"),
    "alle drie anders": ("map", "kast", "la", "kast of la"),
    "in Excel leeg": ("map", "map", None, ""),
    "in Excel leeg en hier veranderd": ("map", "kast", None, ""),
    "leeggemaakt": ("map", "map", "(leeg)", "map → "),
    "leeggemaakt wat leeg was": ("", "", "(leeg)", ""),
    "leeggemaakt en hier veranderd": ("map", "kast", "(leeg)", "kast of "),
    "leeggemaakt en hier ook": ("map", "", "(leeg)", ""),
    "alleen spaties erbij": ("map", "map", "  map\n", ""),
}


def test_every_row_of_the_merge_table(cast: Cast, lines: list[Item]) -> None:
    rows = dict(zip(MERGE, lines, strict=False))
    assert len(rows) == len(MERGE), "a line for every row"
    for name, (base, _, _, _) in MERGE.items():
        change(COMMAND, rows[name].pk, 0, {"evidence": base})
    content = progress_workbook(cast.site, [lines[0].unit], None)
    for name, (_, theirs, _, _) in MERGE.items():
        item = Item.objects.get(pk=rows[name].pk)
        change(COMMAND, item.pk, item.version, {"evidence": theirs})
    found = seen(cast, filled(content, *((rows[name], "evidence", mine) for name, (_, _, mine, _) in MERGE.items())))
    assert found.problems == found.notes == ()
    got = {each.item.pk: f"{each.before} → {each.after}" for each in found.changes}
    got |= {each.item.pk: f"{each.before} of {each.after}" for each in found.conflicts}
    assert {name: got.get(rows[name].pk, "") for name in MERGE} == {name: row[3] for name, row in MERGE.items()}


def test_all_kinds_of_lines_come_back(cast: Cast, line: Item) -> None:
    task = make_task(line.unit)
    point = cast.site.items.filter(kind="punt").select_related("unit").first()
    assert point is not None
    cells = [
        *(
            (line, "stand", ARRANGED),
            (line, "date", date(2027, 3, 12)),
            (line, "evidence_until", "12-3-2028"),
            (line, "owner", "praktijkmanager"),
        ),
        *((task, "stand", "ja"), (task, "date", date(2027, 1, 7)), (point, "stand", "Opgelost"), (point, "note", "Besproken")),
    ]
    done = taken(cast, filled(progress_workbook(cast.site, None, None), *cells), "coordinator")
    assert (done.lines, done.fields) == (3, 8)
    for item in (line, task, point):
        item.refresh_from_db()
    got = {name: text for name, text in line.values.items() if text}
    assert got == {"stand": ARRANGED, "date": "2027-03-12", "evidence_until": "2028-03-12", "owner": "praktijkmanager"}
    assert task.values == {"stand": "ja", "date": "2027-01-07"}
    assert point.values == {"stand": "Opgelost", "note": "Besproken"}
    events = Event.objects.filter(batch=done.batch)
    assert {(each.channel, each.by, each.by_role) for each in events} == {(Channel.EXCEL, cast.coordinator, "wijkcoordinator")}
    assert events.count() == 3
    assert list(differs(cast.site)) == []


def test_the_same_file_again_changes_nothing(cast: Cast, line: Item, workbook: bytes) -> None:
    content = filled(workbook, (line, "stand", ARRANGED), (line, "note", "=1+1"))
    taken(cast, content)
    number = fresh(cast.site).last_event
    assert seen(cast, content).changes == ()
    assert taken(cast, content).lines == 0
    assert fresh(cast.site).last_event == number


def test_a_conflict_says_with_whom_and_waits_for_a_choice(cast: Cast, line: Item, workbook: bytes) -> None:
    content = filled(workbook, (line, "stand", ARRANGED), (line, "owner", "assistente"))
    change(actor_of(cast, "coordinator"), line.pk, 0, {"stand": BUSY})
    change(actor_of(cast, "coordinator"), line.pk, 1, {"note": "later"})
    found = seen(cast, content)
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.before, conflict.after) == (NOT_SEEN, BUSY, ARRANGED)
    assert conflict.event is not None
    assert (conflict.event.by_name, conflict.event.channel, conflict.event.version) == ("Coordinator", "web", 1)
    for choices in ({}, {conflict.key: "beide"}, {"1-stand": EXCEL}):
        with pytest.raises(ContentError) as error:
            apply_import(actor_of(cast, "member"), cast.site, read_workbook(content), choices, found.token)
        assert codes(error.value.problems) == ["keuze-ontbreekt"]
    line.refresh_from_db()
    assert (line.stand, line.owner) == (BUSY, "")


@pytest.mark.parametrize(("choice", "stand"), [(EXCEL, ARRANGED), (WEBSITE, BUSY)])
def test_what_is_chosen_is_what_stands_there(cast: Cast, line: Item, workbook: bytes, choice: str, stand: str) -> None:
    content = filled(workbook, (line, "stand", ARRANGED), (line, "owner", "assistente"))
    change(COMMAND, line.pk, 0, {"stand": BUSY})
    taken(cast, content, all=choice)
    line.refresh_from_db()
    assert (line.stand, line.owner) == (stand, "assistente")


def test_two_people_with_the_same_workbook(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    mine = filled(workbook, (lines[0], "stand", ARRANGED), (lines[1], "stand", BUSY))
    theirs = filled(workbook, (lines[0], "stand", NOT_BEGUN), (lines[2], "stand", BUSY))
    first, second = seen(cast, mine), seen(cast, theirs)
    apply_import(actor_of(cast, "member"), cast.site, read_workbook(mine), {}, first.token)
    with pytest.raises(Moved) as moved:
        apply_import(actor_of(cast, "coordinator"), cast.site, read_workbook(theirs), {}, second.token)
    assert [each.after for each in moved.value.preview.conflicts] == [NOT_BEGUN]
    assert changes(moved.value.preview) == [(lines[2].code, "stand", NOT_SEEN, BUSY)]
    assert not Event.objects.filter(item=lines[2]).exists()


def test_on_the_command_line_too_nothing_is_taken_over_after_somebody_else_changed_something(
    cast: Cast, lines: list[Item], workbook: bytes
) -> None:
    content = filled(workbook, (lines[0], "stand", ARRANGED))
    shown = seen(cast, content)
    change(COMMAND, lines[1].pk, 0, {"stand": BUSY})
    with pytest.raises(ContentError) as error:
        bring_in(cast.site, read_workbook(content), shown, EXCEL, "praktijkmanager")
    assert [each.code for each in error.value.problems] == ["intussen-veranderd"]
    assert not Event.objects.filter(item=lines[0]).exists()


def test_a_token_is_of_one_workbook(cast: Cast, line: Item, workbook: bytes) -> None:
    one, other = filled(workbook, (line, "stand", BUSY)), filled(workbook, (line, "stand", ARRANGED))
    with pytest.raises(Moved):
        apply_import(COMMAND, cast.site, read_workbook(other), {}, seen(cast, one).token)


def test_a_workbook_of_the_pack_began_empty(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    change(COMMAND, lines[0].pk, 0, {"stand": BUSY})
    sheets = replace(read_workbook(filled(workbook, (lines[1], "stand", ARRANGED), (lines[0], "stand", ARRANGED))), export="")
    Export.objects.all().delete()
    found = preview(fresh(cast.site), sheets)
    assert changes(found) == [(lines[1].code, "stand", NOT_SEEN, ARRANGED)]
    assert [each.before for each in found.conflicts] == [BUSY], "it was filled in here since"


# -- what is refused, and where it stands ------------------------------------------------------------------------------


BAD: list[tuple[str, Any, str]] = [
    ("stand", "Klaar", "stand-onbekend"),
    ("stand", "(leeg)", "stand-onbekend"),
    ("date", "morgen", "geen-dag"),
    ("date", "31-2-2027", "dag-bestaat-niet"),
    ("date", "12-3-1900", "cel-patientgegeven"),
    ("note", "x" * 1001, "tekst-te-lang"),
    ("note", "x" * 4001, "tekst-te-lang"),
    ("note", f"nummer {NUMBER}", "cel-patientgegeven"),
    ("note", int(NUMBER), "cel-patientgegeven"),
    ("owner", "".join(chr(0xFF10 + int(digit)) for digit in NUMBER), "cel-patientgegeven"),
    ("date", NUMBER, "cel-patientgegeven"),
    ("stand", NUMBER, "cel-patientgegeven"),
    ("evidence", "bel 06-" + "12345678", "cel-patientgegeven"),
    ("evidence", "iemand@" + "voorbeeld.nl", "cel-patientgegeven"),
]


def test_cells_that_cannot_stand_are_told_with_their_place_and_nothing_is_written(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    assert len(lines) > len(BAD)
    cells = [(item, name, typed) for item, (name, typed, _) in zip(lines[1:], BAD, strict=False)]
    content = filled(workbook, *cells, (lines[0], "stand", ARRANGED))
    found = seen(cast, content)
    letters = {"stand": "I", "date": "L", "note": "O", "owner": "K", "evidence": "M"}
    assert sorted((each.code, each.path) for each in found.problems) == sorted(
        (code, f"blad {sheet(workbook, lines[0])}, cel {letters[name]}{row}") for row, (name, _, code) in enumerate(BAD, 5)
    )
    assert not {NUMBER, "12345678", "iemand"} & set(re.findall(r"\w+", str(found.problems)))
    assert len(found.changes) == 1
    with pytest.raises(ContentError):
        apply_import(COMMAND, cast.site, read_workbook(content), {}, found.token)
    assert not Event.objects.filter(item__isnull=False).exists()


def test_a_formula_blocks(cast: Cast, line: Item, workbook: bytes) -> None:
    def edit(book: Any) -> None:
        cell_of(book, line, "note").value = "=SUM(A1:A3)"
        cell_of(book, line, "stand").value = ARRANGED

    assert codes(seen(cast, edited(workbook, edit)).problems) == ["cel-formule"]


def sheet(content: bytes, item: Item) -> str:
    """The name of the sheet of a line."""
    return str(sheet_of(opened(content), item).title)


def test_a_number_over_two_cells_is_seen(cast: Cast, line: Item, workbook: bytes) -> None:
    found = seen(cast, filled(workbook, (line, "evidence", NUMBER[:5]), (line, "note", NUMBER[5:])))
    assert codes(found.problems) == ["cel-patientgegeven"]
    assert found.problems[0].what.startswith("Cellen van deze rij lijken samen een burgerservicenummer (BSN).")


def test_a_number_that_is_no_bsn_stays_when_nobody_touches_it(cast: Cast, line: Item) -> None:
    change(COMMAND, line.pk, 0, {"note": NUMBER}, not_bsn="Nummer van de factuur")
    content = progress_workbook(cast.site, None, None)
    assert seen(cast, content).problems == ()
    assert changes(seen(cast, filled(content, (line, "stand", BUSY)))) == [(line.code, "stand", NOT_SEEN, BUSY)]


def test_not_applicable_needs_its_reason_here_too(cast: Cast, line: Item, workbook: bytes) -> None:
    (problem,) = seen(cast, filled(workbook, (line, "stand", "Niet van toepassing"))).problems
    assert (problem.code, problem.path.rpartition(", ")[2]) == ("reden-ontbreekt", "cel J4")
    content = filled(workbook, (line, "stand", "Niet van toepassing"), (line, "missing", "Deze praktijk heeft geen balie."))
    assert len(seen(cast, content).changes) == 2


def test_a_choice_that_leaves_a_line_without_its_reason_is_refused(cast: Cast, line: Item) -> None:
    change(COMMAND, line.pk, 0, {"missing": "Deze praktijk heeft geen balie."})
    content = progress_workbook(cast.site, None, None)
    change(COMMAND, line.pk, 1, {"missing": "kort"})
    content = filled(content, (line, "stand", "Niet van toepassing"), (line, "missing", "Er is hier geen balie meer."))
    with pytest.raises(ContentError) as error:
        taken(cast, content, all=WEBSITE)
    assert codes(error.value.problems) == ["reden-ontbreekt"]
    assert taken(cast, content, all=EXCEL).fields == 2


def test_rows_that_do_not_belong_are_told(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    def edit(book: Any) -> None:
        page = sheet_of(book, lines[0])
        last = page.max_row
        page.cell(last + 1, 9).value = ARRANGED  # a row of somebody's own
        page.cell(last + 2, 1).value = "BV-P-99"  # unknown, and nothing in it
        for column in (1, 2, 9):  # a row copied
            page.cell(last + 3, column).value = page.cell(4, column).value
        page.cell(6, 2).value = lines[0].code  # sorted without its hidden column

    found = seen(cast, edited(workbook, edit))
    last = 3 + len(lines)
    assert [(each.code, int(each.path.rpartition(" ")[2])) for each in found.problems] == [
        ("rij-verwisseld", 6),
        ("rij-onbekend", last + 1),
        ("rij-dubbel", last + 3),
    ]


def test_a_line_that_was_not_handed_out_is_unknown(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    """An id that was typed over, though the line exists."""
    Export.objects.update(values={})
    assert codes(seen(cast, filled(workbook, (lines[0], "stand", BUSY))).problems) == ["rij-onbekend"]


def test_what_is_not_to_be_filled_in_is_left_and_told(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    others, gone, changed, mine = lines[:4]
    Item.objects.filter(pk=gone.pk).update(gone=timezone.localdate())
    Item.objects.filter(pk=changed.pk).update(fingerprint="anders")
    content = filled(workbook, *((item, "stand", ARRANGED) for item in (gone, changed, mine)))
    found = seen(cast, content)
    assert [(each.code, each.path) for each in found.notes] == [
        ("regel-vervallen", f"blad {sheet(workbook, gone)}, rij 5"),
        ("regel-anders-gevraagd", f"blad {sheet(workbook, gone)}, rij 6"),
    ]
    assert [each.item for each in found.changes] == [mine]
    found = seen(cast, filled(workbook, (others, "stand", ARRANGED)), frozenset())
    assert codes(found.notes) == ["regel-van-ander"]
    assert (found.changes, found.problems) == ((), ())


def test_each_row_asks_who_may_fill_it_in(cast: Cast, line: Item) -> None:
    theirs = cast.site.items.filter(kind="eis").exclude(unit=line.unit).select_related("unit").first()
    assert theirs is not None
    content = filled(progress_workbook(cast.site, None, cast.member), (line, "stand", BUSY), (theirs, "stand", BUSY))
    found = seen(cast, content, frozenset([line.unit_id]))
    apply_import(actor_of(cast, "member"), cast.site, read_workbook(content), {}, found.token, frozenset([line.unit_id]))
    line.refresh_from_db()
    theirs.refresh_from_db()
    assert (line.stand, theirs.stand) == (BUSY, NOT_SEEN)


def test_patient_data_in_a_row_that_is_left_alone_blocks_too(cast: Cast, line: Item, workbook: bytes) -> None:
    found = seen(cast, filled(workbook, (line, "note", NUMBER)), frozenset())
    assert codes(found.problems) == ["cel-patientgegeven"]


def test_checking_is_not_done_in_excel(cast: Cast, line: Item) -> None:
    change(actor_of(cast, "member"), line.pk, 0, {"stand": ARRANGED})
    review(actor_of(cast, "coordinator"), line.pk, 1, "teruggestuurd", "De map is leeg.")
    content = progress_workbook(cast.site, None, None)
    assert seen(cast, content).notes == ()

    def edit(book: Any) -> None:
        cell_of(book, line, "review").value = "akkoord"
        sheet_of(book, line)["C4"] = "Iets anders geregeld"

    found = seen(cast, edited(content, edit))
    assert codes(found.notes) == ["controle-in-excel"]
    assert (found.changes, found.problems) == ((), ())
    found = seen(cast, filled(content, (line, "review", NUMBER)))
    assert codes(found.problems) == ["cel-patientgegeven"]


def test_a_workbook_from_elsewhere_or_too_old_is_refused(cast: Cast, workbook: bytes) -> None:
    sheets = read_workbook(workbook)
    elsewhere = Site.objects.exclude(pk=cast.site.pk).get()
    Export.objects.update(at=timezone.now() - timedelta(days=181))
    for site, came, code in (
        (elsewhere, sheets, "werkmap-andere-wijk"),
        (cast.site, sheets, "werkmap-te-oud"),
        (cast.site, replace(sheets, export=str(UUID(int=7))), "werkmap-onbekend"),
        (cast.site, replace(sheets, export="geen id"), "werkmap-onbekend"),
        (elsewhere, replace(sheets, site="elders"), "werkmap-onbekend"),
    ):
        with pytest.raises(ContentError) as error:
            preview(site, came)
        assert codes(error.value.problems) == [code]


# -- there and back ----------------------------------------------------------------------------------------------------

HOSTILE = (
    *("=1+1", "+31 6", "-1", "@SUM(A1)", '=HYPERLINK("https://x.nl")', "https://x.nl"),
    *("0123", "12-3-2027", "_x0041_", "x005F_", "(leeg)", "＝1"),
)


def test_text_comes_back_as_it_was_whatever_it_looks_like(cast: Cast, lines: list[Item]) -> None:
    for item, text in zip(lines, HOSTILE, strict=False):
        change(COMMAND, item.pk, 0, {"missing": text, "note": f"een\nen {text}"})
    found = seen(cast, progress_workbook(cast.site, None, None))
    assert (found.changes, found.conflicts, found.problems, found.notes) == ((), (), (), ())


def test_text_that_is_typed_comes_in_as_it_was(cast: Cast, lines: list[Item], workbook: bytes) -> None:
    typed = [text for text in HOSTILE if "_" not in text and text != "(leeg)"]
    found = seen(cast, filled(workbook, *((item, "missing", text) for item, text in zip(lines, typed, strict=False))))
    assert [each.after for each in found.changes] == typed[: len(lines)]
    assert found.problems == ()


def kept(text: str) -> str | None:
    """A text as it would be kept; None when it would be refused."""
    try:
        return check_text("note", text)
    except ContentError:
        return None


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(kept).filter(lambda text: text is not None)
DAYS = st.one_of(st.just(""), st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(date.isoformat))
FILLED = st.fixed_dictionaries(
    {
        "stand": st.sampled_from([each.value for each in Stand if each is not Stand.NOT_APPLICABLE]),
        **dict.fromkeys(("missing", "owner", "evidence", "note"), TEXTS),
        **dict.fromkeys(("date", "evidence_until"), DAYS),
    }
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(FILLED, min_size=6, max_size=6))
def test_what_goes_out_comes_back_equal(cast: Cast, lines: list[Item], filled_in: list[dict[str, str]]) -> None:
    columns = list(FIELDS[Kind.REQUIREMENT])
    for item, values in zip(lines, filled_in, strict=False):
        item.fill(values)
    Item.objects.bulk_update(lines, columns)
    content = progress_workbook(cast.site, [lines[0].unit], None)
    found = seen(cast, content)
    assert (found.changes, found.conflicts, found.problems, found.notes) == ((), (), (), ())
    # In a site where nothing was filled in, all of it is new, and the same.
    for item in lines:
        item.fill(empty(Kind.REQUIREMENT))
    Item.objects.bulk_update(lines, columns)
    found = preview(fresh(cast.site), replace(read_workbook(content), export=""))
    begun = empty(Kind.REQUIREMENT)
    expected = {
        (item.code, name): text
        for item, values in zip(lines, filled_in, strict=False)
        for name, text in values.items()
        if text != begun[name] and text != "(leeg)"
    }
    assert (found.problems, found.conflicts) == ((), ())
    assert {(each.item.code, each.field): each.after for each in found.changes} == expected


@pytest.mark.slow
@LIBREOFFICE
def test_a_workbook_that_libreoffice_saved_brings_exactly_the_changes(cast: Cast, lines: list[Item], tmp_path: Path) -> None:
    task = make_task(lines[0].unit)
    for item, text in zip(lines, HOSTILE, strict=False):
        change(COMMAND, item.pk, 0, {"missing": text, "note": f"een\nen {text}", "date": "2027-03-12"})
    content = progress_workbook(cast.site, None, None)
    untouched = seen(cast, converted(content, "xlsx", tmp_path / "een").read_bytes())
    assert (untouched.changes, untouched.conflicts, untouched.problems, untouched.notes) == ((), (), (), ())
    cells = [
        *((lines[0], "stand", BUSY), (lines[0], "note", "(leeg)"), (lines[1], "date", date(2027, 4, 1)), (lines[2], "evidence", "=A1")),
        *((lines[3], "owner", 7), (task, "stand", "ja"), (task, "date", date(2027, 1, 7))),
    ]
    found = seen(cast, converted(filled(content, *cells), "xlsx", tmp_path / "twee").read_bytes())
    assert found.problems == found.notes == ()
    assert changes(found) == [
        (lines[0].code, "stand", NOT_SEEN, BUSY),
        (lines[0].code, "note", f"een\nen {HOSTILE[0]}", ""),
        (lines[1].code, "date", "2027-03-12", "2027-04-01"),
        (lines[2].code, "evidence", "", "=A1"),
        (lines[3].code, "owner", "", "7"),
        (task.code, "stand", "nee", "ja"),
        (task.code, "date", "", "2027-01-07"),
    ]
