"""What a neighbourhood decided, as people see it: the annex, the register, the meeting paper, the sheet to sign, `diff`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kbrollout import manifest
from kbrollout.check import check_site
from kbrollout.cli import kbrollout
from kbrollout.deviations import deviations
from kbrollout.differences import Change, as_text, word_differences
from kbrollout.documents import anders, besluiten, tekenblad, tekiezen
from kbrollout.errors import ContentError
from kbrollout.fingerprint import fingerprint
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.neighbourhood import Neighbourhood, State
from kbrollout.overview.data import overview
from tests.conftest import SCHAPENWEIDE, TODAY, build_one, text_of

CHOICES = """
afspraken:
  - id: W-PRIV-01
    keuze: overnemen
    besluit: {op: 2026-10-12, door: stuurgroep}
  - id: W-CONT-02
    keuze: aanpassen
    waarden: {reactietijd: 3}
    aanvullen: {Toelichting: "Wij proberen dit een jaar."}
    delen: ja
    besluit: {op: 2026-10-12, door: stuurgroep, reden: Drie dagen is haalbaar.}
  - id: W-REG-02
    keuze: weglaten
    besluit: {op: 2026-10-13, door: stuurgroep, reden: Er is nog geen dashboard.}
niet_eens:
  - {id: N-10, partijen: [stad], wat: Eerst weten wat het kost.}
"""

OWN = """---
id: SCH-01
titel: Koffie in de wachtkamer
kolom: kwaliteit
laag: werkafspraken
thema: kern
soort: relatie
rollen:
  doet: [huisartsenpraktijk]
besluit: {op: 2026-09-01, door: stuurgroep, reden: Bewoners vroegen erom.}
delen: ja
---

## Afspraak

{Huisartsenpraktijk} zet koffie voor {client}.

## Verwachtingen

- {huisartsenpraktijk}: zet koffie.
"""


@pytest.fixture
def chosen(site: Callable[..., Path]) -> Callable[..., Path]:
    """A copy of Schapenweide with choices and an own agreement."""

    def make(more: str = "", name: str = "gekozen", edits: dict[str, str] | None = None) -> Path:
        folder = site(SCHAPENWEIDE, edits, name)
        with (folder / "profiel.yaml").open("a", encoding="utf-8") as profile:
            profile.write(CHOICES + more)
        (folder / "afspraken").mkdir()
        (folder / "afspraken" / "SCH-01.md").write_text(OWN, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def neighbourhood(chosen: Callable[..., Path], catalogue: Catalogue) -> Neighbourhood:
    return check_site(chosen(), catalogue, TODAY).neighbourhood


# -- differences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("wij bellen elke week", "wij bellen elke maand", "wij bellen elke [-week-]{+maand+}"),
        ("wij bellen", "wij bellen altijd", "wij bellen{+ altijd+}"),
        ("wij bellen altijd", "wij bellen", "wij bellen[- altijd-]"),
        ("bel, de arts en ons", "bel en ons", "bel[-, de arts-] en ons"),
        ("gelijk", "gelijk", "gelijk"),
        ("", "nieuw", "{+nieuw+}"),
    ],
)
def test_words_that_went_and_came_are_marked(before: str, after: str, said: str) -> None:
    runs = word_differences(before, after)
    assert as_text(runs) == said
    assert "".join(run.text for run in runs if run.change is not Change.NEW) == before
    assert "".join(run.text for run in runs if run.change is not Change.GONE) == after


def test_deviations_name_what_was_changed_and_nothing_else(neighbourhood: Neighbourhood) -> None:
    found = {each.id: each for each in deviations(neighbourhood)}
    assert {key: each.kind for key, each in found.items()} == {"W-CONT-02": "aangepast", "W-REG-02": "weggelaten", "SCH-01": "eigen"}
    adapted = found["W-CONT-02"]
    assert [(value.name, value.after) for value in adapted.values] == [("reactietijd", "drie werkdagen")]
    assert [change.heading.value for change in adapted.texts] == ["Toelichting"]
    assert as_text(adapted.texts[0].runs).endswith("{+ Wij proberen dit een jaar.+}")


# -- documents ---------------------------------------------------------------------------------------------------------


def test_the_annex_shows_both_texts_with_the_decision(chosen: Callable[..., Path], catalogue: Catalogue, tmp_path: Path) -> None:
    pack = build_one(chosen(), catalogue, tmp_path / "out").pack
    assert pack is not None
    html = (pack / "bewust-anders.html").read_text(encoding="utf-8")
    text = text_of(html)
    assert "<ins>[nieuw: Wij proberen dit een jaar.]</ins>" in html, "marked by words too, not by colour alone"
    assert "twee werkdagen (aanname)" in text
    assert "drie werkdagen" in text
    assert "12 oktober 2026, Stuurgroep Schapenweide: Drie dagen is haalbaar." in text
    assert "Er is nog geen dashboard." in text
    assert "Samen de behandelroute" in text, "parties that do not agree"
    for page in ("afsprakenstelsel.html", "rolkaarten/huisartsenpraktijk.html"):
        assert "zet koffie" in text_of((pack / page).read_text(encoding="utf-8")), page
    whole = text_of((pack / "afsprakenstelsel.html").read_text(encoding="utf-8"))
    assert "eigen afspraak" in whole
    assert "aangepast door de wijk" in whole
    assert "Niet eens: Verzonnenstad" in whole
    assert "Binnen hoeveel werkdagen krijgt iemand antwoord op een vraag? Drie werkdagen (wijk; in de referentie:" in whole


def test_the_register_holds_every_decision_in_order(neighbourhood: Neighbourhood) -> None:
    _, data = besluiten.view(neighbourhood)
    assert [(row["id"], row["decision"]["on"]) for row in data["rows"]] == [
        ("", "1 juni 2026"),
        ("SCH-01", "1 september 2026"),
        ("W-CONT-02", "12 oktober 2026"),
        ("W-PRIV-01", "12 oktober 2026"),
        ("W-REG-02", "13 oktober 2026"),
    ]


def test_the_meeting_paper_holds_what_waits_and_nothing_else(neighbourhood: Neighbourhood) -> None:
    _, data = tekiezen.view(neighbourhood)
    listed = [each["id"] for group in data["groups"] for each in group["proposals"]]
    assert sorted(listed) == sorted(resolved.id for resolved in neighbourhood.agreements if resolved.state is State.TO_CHOOSE)
    assert "W-PRIV-01" not in listed
    assert data["count"] == len(listed) > 5


def test_a_signature_covers_the_text_until_it_changes(chosen: Callable[..., Path], catalogue: Catalogue) -> None:
    _, data = tekenblad.view(check_site(chosen(), catalogue, TODAY).neighbourhood)
    current = f"  - {{wie: stad, op: 2026-11-01, code: {data['text_code']}}}\n"
    signed = f"ondertekend:\n{current}  - {{wie: samenzorg, op: 2026-10-01, code: 0000-0000}}\n"
    same = check_site(chosen(signed, "getekend"), catalogue, TODAY).neighbourhood
    _, data = tekenblad.view(same)
    assert {each["name"]: each["covers"] for each in data["signatures"]} == {"Verzonnenstad": True, "Samenzorg": False}
    assert "Verzonnenstad" not in data["to_sign"]
    assert "Samenzorg" in data["to_sign"]
    changed = chosen(signed, "veranderd")
    profile = changed / "profiel.yaml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("reactietijd: 3", "reactietijd: 4"), encoding="utf-8")
    _, data = tekenblad.view(check_site(changed, catalogue, TODAY).neighbourhood)
    assert not any(each["covers"] for each in data["signatures"])


def test_without_deviations_the_annex_says_so(schapenweide: Neighbourhood) -> None:
    _, data = anders.view(schapenweide)
    assert data["count"] == 0


# -- command, manifest, overview, lock ---------------------------------------------------------------------------------


def test_diff_as_text_and_as_json(chosen: Callable[..., Path]) -> None:
    folder = chosen()
    text = CliRunner().invoke(kbrollout, ["diff", str(folder)])
    assert text.exit_code == 0
    assert "Schapenweide wijkt op drie plaatsen af van de referentie" in text.stdout
    assert "{+ Wij proberen dit een jaar.+}" in text.stdout
    assert "[[" not in text.stdout
    made = json.loads(CliRunner().invoke(kbrollout, ["diff", str(folder), "--json"]).stdout)
    assert [(each["id"], each["kind"]) for each in made["deviations"]] == [
        ("W-CONT-02", "aangepast"),
        ("W-REG-02", "weggelaten"),
        ("SCH-01", "eigen"),
    ]
    assert "W-PRIV-02" in made["to_choose"]
    nothing = CliRunner().invoke(kbrollout, ["diff", str(SCHAPENWEIDE)])
    assert "wijkt nergens af" in nothing.stdout


def test_diff_of_a_faulty_site_tells_the_faults(site: Callable[..., Path]) -> None:
    folder = site(edits={"code: SCH": "code: sch"})
    assert CliRunner().invoke(kbrollout, ["diff", str(folder)]).exit_code == 1
    made = CliRunner().invoke(kbrollout, ["diff", str(folder), "--json"])
    assert made.exit_code == 1
    assert json.loads(made.stdout)["problems"][0]["code"] == "geen-wijkcode"


def test_the_manifest_holds_decisions_and_own_agreements(neighbourhood: Neighbourhood) -> None:
    made = manifest.make_manifest(neighbourhood, ())
    assert [(each.agreement, each.what) for each in made.decisions] == [
        (None, "vastgesteld"),
        ("W-CONT-02", "aangepast"),
        ("W-PRIV-01", "overgenomen"),
        ("W-REG-02", "weggelaten"),
        ("SCH-01", "eigen afspraak"),
    ]
    assert [each.id for each in made.agreements if each.own] == ["SCH-01"]
    assert "binnen drie werkdagen" in next(each.text for each in made.agreements if each.id == "W-CONT-02")


def test_the_same_change_in_two_neighbourhoods_is_a_candidate(chosen: Callable[..., Path], catalogue: Catalogue) -> None:
    places = {"een": "Een", "twee": "Twee", "drie": "Drie"}
    sites = {
        name: chosen(name=name, edits={"id: schapenweide": f"id: {name}", "naam: Schapenweide\n": f"naam: {place}\n"})
        for name, place in places.items()
    }
    third = sites["drie"] / "profiel.yaml"
    third.write_text(third.read_text(encoding="utf-8").replace("reactietijd: 3", "reactietijd: 4"), encoding="utf-8")
    shared = overview([check_site(folder, catalogue, TODAY).neighbourhood for folder in sites.values()])["shared"]
    assert [(each["id"], each["sites"]) for each in shared["candidates"]] == [("W-CONT-02", ["Een", "Twee"])]
    assert [(each["site"], each["id"]) for each in shared["offers"]] == [
        (place, key) for place in ("Een", "Twee", "Drie") for key in ("W-CONT-02", "SCH-01")
    ]


def locked(folder: Path, catalogue: Catalogue, site: str = "schapenweide", **changed: str) -> Path:
    lines = [f"wijk: {site}", 'referentie: "2.1"', "afspraken:"]
    lines += [f'  {key}: "{changed.get(key.replace("-", "_"), fingerprint(each))}"' for key, each in catalogue.agreements.items()]
    (folder / "kbrollout.lock").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_text_that_changed_since_it_was_accepted_is_to_be_reviewed(chosen: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = locked(chosen(), catalogue, N_01="v1:0000000000000000")
    states = {resolved.id: resolved.state for resolved in check_site(folder, catalogue, TODAY).neighbourhood.agreements}
    assert states["N-01"] is State.TO_REVIEW
    assert states["N-02"] is State.IN_FORCE
    assert states["W-CONT-02"] is State.ADAPTED


def test_a_lock_of_another_site_is_refused(site: Callable[..., Path], catalogue: Catalogue) -> None:
    with pytest.raises(ContentError) as refused:
        check_site(locked(site(), catalogue, "elders"), catalogue, TODAY)
    assert [(each.code, each.line) for each in refused.value.problems] == [("lock-andere-wijk", 1)]


def test_an_own_agreement_without_a_decision_waits(chosen: Callable[..., Path], catalogue: Catalogue) -> None:
    folder = chosen()
    own = folder / "afspraken" / "SCH-01.md"
    own.write_text("\n".join(line for line in OWN.splitlines() if not line.startswith("besluit")), encoding="utf-8")
    neighbourhood = check_site(folder, catalogue, TODAY).neighbourhood
    resolved = next(each for each in neighbourhood.agreements if each.id == "SCH-01")
    assert resolved.state is State.TO_CHOOSE
    _, data = tekiezen.view(neighbourhood)
    assert "SCH-01" in [each["id"] for group in data["groups"] for each in group["proposals"]]
