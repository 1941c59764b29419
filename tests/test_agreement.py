"""One agreement at a time: what is asked, and that only what was meant changes in the files of a site."""

import difflib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbrollout import cli
from kbrollout.check import check_site
from kbrollout.editing.drafting import free_id
from kbrollout.editing.profiletext import NotEditable, with_choice
from kbrollout.editing.saving import Change, Refused, read_site, write_change
from kbrollout.editing.search import find
from kbrollout.errors import ContentError
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Heading
from kbrollout.model.neighbourhood import ResolvedAgreement, State
from kbrollout.model.tailoring import OwnHeader
from kbrollout.site import PROFILE
from kbrollout.yamlfile import Data, parse_yaml
from tests.conftest import ROOT, SCHAPENWEIDE, TODAY, tree

BLOEMHOF = ROOT / "examples" / "rotterdam-bloemhof"
PROFILES = sorted((ROOT / "examples").glob("*/profiel.yaml"))
ENTRY: dict[str, Data] = {"id": "W-NIEUW-01", "keuze": "overnemen", "besluit": {"op": "2026-11-12", "door": "stuurgroep"}}
REASON = "Verzonnen reden: het kan niet sneller."
BODY = "Teamoverleg van de praktijk"


@pytest.fixture(autouse=True)
def _one_catalogue(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kbrollout.catalogue.load_catalogue", lambda: catalogue)


@pytest.fixture
def bloemhof(site: Callable[..., Path]) -> Path:
    return site(BLOEMHOF, name="bloemhof")


def run(folder: Path, *typed: str, day: date = TODAY) -> Result:
    text = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(cli.kbrollout, ["agreement", str(folder), "--date", day.isoformat()], input=text)


def saved(folder: Path, *typed: str) -> Result:
    done = run(folder, *typed, "ja")
    assert done.exit_code == 0, done.output
    assert "Opgeslagen: " in done.output
    return done


def changed(folder: Path) -> list[str]:
    """The lines of the profile that went (-) and came (+)."""
    before, after = ((each / PROFILE).read_text(encoding="utf-8").splitlines() for each in (BLOEMHOF, folder))
    return [line for line in difflib.ndiff(before, after) if line[:1] in "+-"]


def agreement(folder: Path, identifier: str, catalogue: Catalogue) -> ResolvedAgreement:
    found = check_site(folder, catalogue, TODAY).neighbourhood.agreements
    return next(each for each in found if each.id == identifier)


# -- the four paths ----------------------------------------------------------------------------------------------------


def test_take_over(bloemhof: Path, catalogue: Catalogue) -> None:
    done = saved(bloemhof, "overnemen", "W-CONT-02", BODY, "", "")
    assert changed(bloemhof) == [
        "+   - id: W-CONT-02",
        "+     keuze: overnemen",
        "+     besluit: {op: 2026-11-22, door: teamoverleg}",
    ]
    assert "Stand: te kiezen." in done.output
    assert "Straks: W-CONT-02 geldt" in done.output
    assert "+  - id: W-CONT-02" in done.output
    assert "\x1b[" not in done.output
    assert agreement(bloemhof, "W-CONT-02", catalogue).state is State.IN_FORCE


def test_adapt_values_text_and_additions(bloemhof: Path, catalogue: Catalogue) -> None:
    done = saved(
        bloemhof,
        *("aanpassen", "beveiligd kanaal", "het kanaal van de zorggroep.", "drie werkdagen"),
        "Berichten gaan via {kanaal}, en wie een vraag krijgt, antwoordt binnen {reactietijd}.",
        *("Toelichting", "Haast het? Zie dan [[W-CONT-03]].", "verwachtingen", "wijkteam", "kijkt elke dag in het kanaal.", ""),
        *(BODY, "20-11-2026", REASON, "ja"),
    )
    assert "De referentie zegt minstens 1 en hoogstens 5 werkdagen." in done.output
    assert "Berichten gaan via het kanaal van de zorggroep, en wie een vraag krijgt, antwoordt" in done.output
    here = agreement(bloemhof, "W-CONT-02", catalogue)
    assert here.state is State.ADAPTED
    assert here.values == {"kanaal": "het kanaal van de zorggroep", "reactietijd": "drie werkdagen"}
    assert here.agreement.text[Heading.EXPLANATION].endswith("\n\nHaast het? Zie dan [[W-CONT-03]].")
    assert (here.agreement.expectations[-1].role, here.agreement.expectations[-1].text) == ("sociaal-team", "kijkt elke dag in het kanaal.")
    assert here.decision is not None
    assert (here.decision.on, here.decision.by, here.decision.reason) == (date(2026, 11, 20), "teamoverleg", REASON)
    assert here.share
    assert all(line.startswith("+ ") for line in changed(bloemhof))


def test_drop(bloemhof: Path, catalogue: Catalogue) -> None:
    saved(bloemhof, "weglaten", "W-CONT-02", BODY, "", REASON, "")
    assert changed(bloemhof) == [
        "+   - id: W-CONT-02",
        "+     keuze: weglaten",
        "+     besluit:",
        "+       op: 2026-11-22",
        "+       door: teamoverleg",
        f'+       reden: "{REASON}"',
    ]
    assert agreement(bloemhof, "W-CONT-02", catalogue).state is State.DROPPED


OWN = (
    *("eigen", "Bellen over een kind dat niet komt", "Vitale kinderen", "stroomlijnen", "de huisarts, het wijkteam"),
    *("Komt een kind niet? Dan belt {huisarts} met het wijkteam.", "belt binnen een week.", ""),
)


def test_own_agreement_with_a_decision(bloemhof: Path, catalogue: Catalogue) -> None:
    before = tree(bloemhof)
    done = saved(bloemhof, *OWN, BODY, "", "", "ja")
    after = tree(bloemhof)
    (path,) = after.keys() - before.keys()
    assert before.items() <= after.items(), "an own agreement changes no other file"
    here = agreement(bloemhof, Path(path).stem, catalogue)
    assert path == "afspraken/BLO-02.md"
    assert after[path].decode() in done.output.replace("\n  ", "\n")
    assert isinstance(here.agreement.header, OwnHeader)
    assert here.agreement.header.roles.does == ("huisarts", "sociaal-team")
    assert (here.state, here.share, len(here.agreement.expectations)) == (State.IN_FORCE, True, 1)


def test_own_agreement_without_a_decision_is_a_proposal(bloemhof: Path, catalogue: Catalogue) -> None:
    done = saved(bloemhof, *OWN, "nog geen besluit", "")
    assert agreement(bloemhof, "BLO-02", catalogue).state is State.TO_CHOOSE
    assert "besluit: {op: jjjj-mm-dd, door: gremium}" in done.output


def test_first_own_agreement_and_first_choice_of_a_site(site: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = site(SCHAPENWEIDE)
    before = (folder / PROFILE).read_text(encoding="utf-8")
    saved(folder, "eigen", "Een eigen zin", "", "relatie", "1", "Wij doen iets samen.", "", "1", "")
    assert (folder / PROFILE).read_text(encoding="utf-8") == before
    code = check_site(folder, catalogue, TODAY).neighbourhood.site.profile.place.code
    assert (folder / "afspraken" / f"{code}-01.md").exists()


# -- a choice that is there already ------------------------------------------------------------------------------------

LIKE_BEFORE = ("", "", "", "", "", "")
"""Enter for all that the choice about W-KIND-02 had: text, heading, addition, no more, body, today."""


def test_an_existing_choice_stays_unless_it_is_to_be_replaced(bloemhof: Path) -> None:
    before = tree(bloemhof)
    done = run(bloemhof, "aanpassen", "W-KIND-02", "nee")
    assert done.exit_code == 1
    assert "De wijk koos al: W-KIND-02 aanpassen" in done.output
    assert tree(bloemhof) == before


def test_replacing_keeps_what_is_not_said_otherwise(bloemhof: Path, catalogue: Catalogue) -> None:
    before = agreement(bloemhof, "W-KIND-02", catalogue)
    saved(bloemhof, "aanpassen", "W-KIND-02", "ja", *LIKE_BEFORE, REASON, "")
    after = agreement(bloemhof, "W-KIND-02", catalogue)
    assert after.agreement.text == before.agreement.text
    assert after.decision is not None
    assert (after.decision.on, after.decision.reason) == (TODAY, REASON)


def test_replacing_changes_that_entry_alone(bloemhof: Path, catalogue: Catalogue) -> None:
    saved(bloemhof, "weglaten", "W-APO-01", "ja", BODY, "", REASON, "")
    assert agreement(bloemhof, "W-APO-01", catalogue).state is State.DROPPED
    said = parse_yaml((bloemhof / PROFILE).read_text(encoding="utf-8"), "").data
    was = parse_yaml((BLOEMHOF / PROFILE).read_text(encoding="utf-8"), "").data
    assert isinstance(said, dict)
    assert isinstance(was, dict)
    now: Any = said.pop("afspraken")
    then: Any = was.pop("afspraken")
    assert said == was
    assert [each for each in now if each["id"] != "W-APO-01"] == [each for each in then if each["id"] != "W-APO-01"]
    assert [each["id"] for each in now] == [each["id"] for each in then]


# -- nothing is written ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("stop",), 0),
        (("aanpassen", "W-CONT-02", "stop"), 0),
        (("overnemen", "W-CONT-02", BODY, "", "", "nee"), 0),
        (("overnemen", "W-CONT-02", BODY, "", ""), 1),
        (("overnemen", "W-CONT-02", BODY, "", "", ""), 1),
        ((), 1),
        ((*OWN, "nog geen besluit", ""), 1),
    ],
    ids=["at once", "halfway", "no", "end of input", "enter is no answer", "no input", "own"],
)
def test_stopping_writes_nothing(bloemhof: Path, typed: Sequence[str], code: int) -> None:
    before = tree(bloemhof)
    done = run(bloemhof, *typed)
    assert done.exit_code == code, done.output
    assert "Er is niets opgeslagen." in done.output
    assert tree(bloemhof) == before


def test_a_result_that_is_not_valid_is_not_written(bloemhof: Path) -> None:
    saved(bloemhof, "aanpassen", "W-CONT-02", "", "", "", "Toelichting", "Zie [[W-CONT-03]].", "", BODY, "", REASON, "")
    before = tree(bloemhof)
    done = run(bloemhof, "weglaten", "W-CONT-03", BODY, "", REASON, "", "ja")
    assert done.exit_code == 1
    assert "[verwijzing-weggelaten]" in done.output
    assert f"{bloemhof}/{PROFILE}:" in done.output
    assert "Er is niets opgeslagen." in done.output
    assert tree(bloemhof) == before


def test_a_site_with_faults_is_told_before_anything_is_asked(site: Callable[..., Path]) -> None:
    done = run(site(BLOEMHOF, {"code: BLO": "code: blo"}))
    assert done.exit_code == 1
    assert "[geen-wijkcode]" in done.output
    assert "Wat wilt u doen?" not in done.output


def test_a_profile_that_changed_meanwhile_is_refused(bloemhof: Path, catalogue: Catalogue) -> None:
    reading = read_site(bloemhof, catalogue, TODAY)
    profile = bloemhof / PROFILE
    profile.write_text(profile.read_text(encoding="utf-8") + "# van een ander\n", encoding="utf-8")
    before = tree(bloemhof)
    for path, text in ((PROFILE, "oud"), ("afspraken/BLO-09.md", "")):
        with pytest.raises(Refused, match="veranderd terwijl u bezig was"):
            write_change(Change(path, text, "nieuw"), reading)
    assert tree(bloemhof) == before


def test_an_own_agreement_that_somebody_else_made_meanwhile_is_refused(bloemhof: Path, catalogue: Catalogue) -> None:
    reading = read_site(bloemhof, catalogue, TODAY)
    (bloemhof / "afspraken" / "BLO-02.md").write_text("van een ander", encoding="utf-8")
    with pytest.raises(Refused):
        write_change(Change("afspraken/BLO-02.md", "", "nieuw"), reading)
    assert (bloemhof / "afspraken" / "BLO-02.md").read_text(encoding="utf-8") == "van een ander"


@pytest.mark.parametrize("name", [PROFILE, "afspraken"])
def test_nothing_is_written_outside_the_site_folder(bloemhof: Path, tmp_path: Path, name: str) -> None:
    (bloemhof / name).rename(tmp_path / "elders")
    (bloemhof / name).symlink_to(tmp_path / "elders")
    done = run(bloemhof, "overnemen")
    assert done.exit_code == 1
    assert "snelkoppeling" in done.output


def test_a_disk_that_fails_leaves_the_site_whole(bloemhof: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read_site(bloemhof, catalogue, TODAY)
    before = tree(bloemhof)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ContentError, match="de schijf is vol"):
        write_change(Change(PROFILE, "oud", "nieuw"), reading)
    assert tree(bloemhof) == before


# -- questions ---------------------------------------------------------------------------------------------------------


def test_going_back_asks_again_and_remembers(bloemhof: Path) -> None:
    done = run(bloemhof, "terug", "aanpassen", "W-CONT-02", "per fax", "terug", "", "terug", "terug", "W-CONT-04", "stop")
    assert "Dit is de eerste vraag." in done.output
    assert "[Enter = per fax]" in done.output
    assert "W-CONT-04 Terugkoppelen en warm overdragen" in done.output


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("aanpassen", "W-CONT-02", "via {kanaal}"), "staan accolades"),
        (("aanpassen", "W-CONT-02", "", "gauw"), "“gauw” is geen aantal werkdagen."),
        (("aanpassen", "W-CONT-02", "", "", "Wij bellen {huisartss}."), "Bedoelde u “huisarts”?"),
        (("aanpassen", "W-CONT-02", "", "", "3"), "“3” is geen zin."),
        (("aanpassen", "W-CONT-02", "", "", "", ""), "Er is nog niets veranderd aan de afspraak."),
        (("overnemen", "W-CONT-02", BODY, "2026-11-23"), "maar die dag moet nog komen"),
        (("overnemen", "W-CONT-02", BODY, "31-02-2026"), "De datum 2026-02-31 bestaat niet."),
        (("weglaten", "W-CONT-02", BODY, "", ""), "Hier is een antwoord nodig"),
        (("weglaten", "W-CONT-02", ""), "Hier is een keuze nodig. Typ een nummer uit de lijst."),
        (("weglaten", "W-CONT-99"), "De afspraak “W-CONT-99” bestaat niet. Bedoelde u"),
        (("weglaten", "W-BEW-01"), "De wijk heeft het thema Meer bewegen niet gekozen."),
        (("weglaten", "BLO-01"), "is een eigen afspraak van de wijk"),
        (("weglaten", "zwembadwater"), "Geen afspraak gevonden"),
        (("weglaten", "2"), "Typ het hele id"),
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_is_told_at_once(bloemhof: Path, typed: Sequence[str], said: str) -> None:
    assert said in " ".join(run(bloemhof, *typed, "stop").output.split())


def test_a_value_beyond_its_limit_is_asked_about(bloemhof: Path, catalogue: Catalogue) -> None:
    typed = ("aanpassen", "W-CONT-02", "", "9", "nee", "8", "ja", "", "")
    saved(bloemhof, *typed, BODY, "", REASON, "")
    assert "+     afwijken: ja" in changed(bloemhof)
    assert agreement(bloemhof, "W-CONT-02", catalogue).values["reactietijd"] == "acht werkdagen"


def test_only_bodies_that_decide_are_offered_for_the_core(bloemhof: Path, site: Callable[..., Path]) -> None:
    deciding = site(SCHAPENWEIDE, {"taak: Besluit over de afspraken.": "taak: Besluit over de afspraken.\n    functie: besluit"})
    done = run(deciding, "weglaten", "N-05", "stop")
    assert "N-05 hoort bij de kern." in done.output
    assert "1 Stuurgroep Schapenweide" in done.output
    assert BODY in run(bloemhof, "overnemen", "N-05", "stop").output
    # A fund decides in Bloemhof, but for the region: nobody there can set aside the core for the neighbourhood.
    assert "Zo'n gremium is er niet." in " ".join(run(bloemhof, "weglaten", "N-05", "stop").output.split())


def test_words_give_at_most_ten_to_pick_from_and_other_words_search_again(bloemhof: Path, catalogue: Catalogue) -> None:
    neighbourhood = check_site(bloemhof, catalogue, TODAY).neighbourhood
    assert len(find(neighbourhood, "wijkteam")) > 10
    done = run(bloemhof, "overnemen", "wijkteam", "kinderen", "99", "1", "stop")
    assert "Dit zijn de eerste 10." in done.output
    assert "1 W-KIND-01 " in done.output
    assert "“99” kan hier niet." in done.output
    assert [each.id for each in find(neighbourhood, "begeleiden KÍND")] == ["W-KIND-01"]
    assert all(each.state is not State.NOT_APPLICABLE for each in find(neighbourhood, "de"))


def test_proposals_come_first_for_who_takes_over(bloemhof: Path) -> None:
    first = next(line for line in run(bloemhof, "overnemen", "wijkteam", "stop").output.splitlines() if line.startswith("   1 W-"))
    assert first.endswith("(te kiezen)")


def test_a_site_without_bodies_can_only_propose(tmp_path: Path) -> None:
    (tmp_path / PROFILE).write_text("wijk: {id: a, naam: A, code: AA, gemeente: G}\npraktijken:\n  - {id: p, naam: P}\n", encoding="utf-8")
    done = run(tmp_path, "weglaten", *OWN[:2], "", "relatie", "huisarts", "Wij doen iets samen.", "", "", "1", "nee", "ja")
    assert "nog geen gremium" in done.output
    assert (tmp_path / "afspraken" / "AA-01.md").exists(), done.output


def test_numbers_of_own_agreements_never_come_back() -> None:
    assert free_id("BLO", []) == "BLO-01"
    assert free_id("BLO", ["BLO-01", "BLO-07", "BLO-X", "AZO-12"]) == "BLO-08"
    assert free_id("BLO", ["BLO-99"]) == "BLO-100"


# -- the text of a profile ---------------------------------------------------------------------------------------------


def cut(text: str, made: str) -> str:
    """What stands in `made` and not in `text`, when it stands there in one piece."""
    (opcode,) = [
        code for code in difflib.SequenceMatcher(None, lines(text), lines(made), autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    assert opcode[0] == "insert", "something else changed"
    return "".join(lines(made)[opcode[3] : opcode[4]])


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.parent.name)
def test_a_choice_is_put_in_and_all_else_stays(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "- id: W-NIEUW-01\n" in cut(text, with_choice(text, ENTRY))


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.parent.name)
def test_replacing_the_last_choice_leaves_what_comes_after_it(path: Path) -> None:
    text = with_choice(path.read_text(encoding="utf-8"), ENTRY)
    assert with_choice(text, ENTRY) == text
    other = with_choice(text, {**ENTRY, "keuze": "weglaten"})
    assert other == text.replace("- id: W-NIEUW-01\n    keuze: overnemen", "- id: W-NIEUW-01\n    keuze: weglaten")


MADE = "  - id: W-NIEUW-01\n    keuze: overnemen\n    besluit: {op: 2026-11-12, door: stuurgroep}\n"


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("wijk: {id:  a }\nafspraken:\n  - id: X # een\n    keuze:   'weg'\n", "    keuze:   'weg'\n", ""),
        ("wijk: a\nafspraken: []  # nog niets\n\n# einde\n", "afspraken:  # nog niets\n", "\n# einde\n"),
        (
            "afspraken:\n  - id: X\n    # hoort bij X\n\n# over het volgende\nopenstaand: []\n",
            "    # hoort bij X\n",
            "\n# over het volgende\n",
        ),
        ("afspraken:\n  - id: X\n    reden: |-\n      tekst\n      # geen commentaar\n\nopenstaand: []\n", "# geen commentaar\n", "\nopen"),
        ("afspraken:\n  - {id: X, keuze: weglaten}\nopenstaand: []\n", "weglaten}\n", "openstaand"),
        ("wijk: a\ntijdlijn:\n  - a: b\n\n# Open.\nopenstaand: []\n", "afspraken:\n", "\n# Open.\n"),
        ("wijk: a\n# vastgesteld:\n#   op: x\n", "afspraken:\n", "\n# vastgesteld:\n"),
        ("wijk: a", "afspraken:\n", ""),
        ("openstaand: []\nwijk: {a: b}\n", "afspraken:\n", ""),
    ],
    ids=["odd layout", "empty list", "comment of the entry", "hash in a text", "flow entry", "new section", "end", "no line end", "order"],
)
def test_where_a_choice_comes(text: str, before: str, after: str) -> None:
    made = with_choice(text, ENTRY)
    assert f"{before}{MADE}{after}" in made
    rest = made.replace(MADE, "")
    kept = [line for line in lines(text) if line.rstrip("\n") not in ("wijk: a", "afspraken: []  # nog niets")]
    assert all(line in rest for line in kept)


def test_the_indentation_of_the_list_is_followed() -> None:
    made = with_choice("afspraken:\n- id: X\n  keuze: weglaten\n", ENTRY)
    assert made.endswith("\n- id: W-NIEUW-01\n  keuze: overnemen\n  besluit: {op: 2026-11-12, door: stuurgroep}\n")


def test_comments_in_an_entry_that_is_replaced_stay() -> None:
    text = "afspraken:\n  # boven\n  - id: W-NIEUW-01\n    # in april opnieuw bekijken\n    keuze: weglaten\n\n  # onder\n  - id: Y\n"
    assert with_choice(text, ENTRY) == f"afspraken:\n  # boven\n{MADE}    # in april opnieuw bekijken\n\n  # onder\n  - id: Y\n"


def test_line_ends_of_windows_stay() -> None:
    text = "wijk: a\r\nafspraken:\r\n  - id: X\r\n"
    assert with_choice(text, ENTRY) == text + MADE.replace("\n", "\r\n")


def test_a_byte_order_mark_stays(bloemhof: Path) -> None:
    profile = bloemhof / PROFILE
    mark = b"\xef\xbb\xbf"
    profile.write_bytes(mark + profile.read_bytes())
    saved(bloemhof, "overnemen", "W-CONT-02", BODY, "", "")
    assert profile.read_bytes().startswith(mark)
    assert profile.read_bytes().count(mark) == 1


@pytest.mark.parametrize("text", ["afspraken: [{id: X}]\n", "{wijk: a}\n", "wijk: a\nafspraken: [\n  {id: X},\n]\n"])
def test_a_form_that_cannot_be_added_to_is_left_alone(text: str) -> None:
    with pytest.raises(NotEditable, match="- id: W-NIEUW-01"):
        with_choice(text, ENTRY)


def test_who_cannot_be_helped_gets_the_lines_to_put_in(bloemhof: Path) -> None:
    profile = bloemhof / PROFILE
    start, _, rest = profile.read_text(encoding="utf-8").partition("\nafspraken:\n")
    _, _, rest = rest.partition("\n\n")
    profile.write_text(
        f"{start}\nafspraken: [{{id: W-PRIV-02, keuze: overnemen, besluit: {{op: 2026-10-08, door: teamoverleg}}}}]\n\n{rest}"
    )
    before = tree(bloemhof)
    done = run(bloemhof, "overnemen", "W-CONT-02", BODY, "", "")
    assert done.exit_code == 1
    assert "  - id: W-CONT-02\n    keuze: overnemen\n" in done.output
    assert tree(bloemhof) == before


READABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"], include_characters="\t\n"), min_size=1, max_size=400
)


@settings(deadline=None, derandomize=True)
@given(READABLE, READABLE, st.sampled_from(PROFILES))
@example("- {huisarts}: belt.\n- {poh}: schrijft.", "a" * 130 + ": b #c", PROFILES[0])
@example("- a", "een twee " * 40, PROFILES[0])
@example(" a\n\n b ", "\t", PROFILES[0])
def test_any_text_is_read_back_as_it_was(text: str, reason: str, path: Path) -> None:
    entry: dict[str, Data] = {
        **ENTRY,
        "aanvullen": {"Niet eens": text},
        "waarden": {"x": reason},
        "besluit": {"op": "2026-11-12", "door": "a", "reden": reason},
    }
    profile = "\n".join(path.read_text(encoding="utf-8").split("\n")[:20])
    said: Any = parse_yaml(with_choice(profile, entry), "").data
    assert said["afspraken"] == [entry]
