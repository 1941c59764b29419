"""Tailoring: states, layers and decisions, and what holds for any valid tailoring, written as a coordinator writes it."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kbrollout.check import check_site
from kbrollout.deviations import Deviation, deviations
from kbrollout.differences import Change, word_differences
from kbrollout.documents import rolkaart
from kbrollout.documents.plan import PlannedDocument, plan_documents
from kbrollout.errors import ContentError
from kbrollout.fingerprint import fingerprint
from kbrollout.model.catalogue import Agreement, Catalogue, Gap, Retired, Value
from kbrollout.model.framework import Binding, Heading, Provenance, Status, ValueKind
from kbrollout.model.neighbourhood import HOLDS, Neighbourhood, ResolvedAgreement, State
from kbrollout.render.html import render_html
from kbrollout.resolve import resolve
from tests.conftest import SCHAPENWEIDE, TODAY, own_reference, text_of, tries
from tests.test_documents import Links

Entry = dict[str, Any]
"""One entry of a YAML list, with Dutch keys and every scalar as text."""

BODIES = """gremia:
  - {id: bestuur, naam: Bestuur Schapenweide, niveau: wijk, taak: Stelt de afspraken vast., functie: besluit}
  - {id: werkgroep, naam: Werkgroep Schapenweide, niveau: wijk, taak: Werkt de afspraken uit., functie: voert uit}
"""
ADOPTED = 'vastgesteld:\n  versie: "2.1"\n  op: 2026-06-01\n  door: stuurgroep\n'
FIRST_PRACTICE = "    patienten: 4.200\n"
PROFILE = (SCHAPENWEIDE / "profiel.yaml").read_text(encoding="utf-8")
assert all(PROFILE.count(each) == 1 for each in (ADOPTED, FIRST_PRACTICE, "gremia:\n"))


@dataclass(frozen=True)
class Tailoring:
    """What a neighbourhood chose: the lists of its profile, and the files of its own agreements."""

    choices: list[Entry] = field(default_factory=list)
    in_practice: list[Entry] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    disagreements: list[Entry] = field(default_factory=list)
    adopted: str | None = "2.1"

    def of_kind(self, kind: str) -> list[Entry]:
        return [choice for choice in self.choices if choice["keuze"] == kind]


def resolved_with(tailoring: Tailoring) -> Neighbourhood:
    """Schapenweide with this tailoring, read from files as any site is. Raises ContentError where it is not valid."""
    text = PROFILE.replace("gremia:\n", BODIES)
    text = text.replace(ADOPTED, ADOPTED.replace("2.1", tailoring.adopted) if tailoring.adopted else "")
    if tailoring.in_practice:
        text = text.replace(FIRST_PRACTICE, f"{FIRST_PRACTICE}    afspraken: {json.dumps(tailoring.in_practice, ensure_ascii=False)}\n")
    text += f"\nafspraken: {json.dumps(tailoring.choices, ensure_ascii=False)}\n"
    text += f"niet_eens: {json.dumps(tailoring.disagreements, ensure_ascii=False)}\n"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "profiel.yaml").write_text(text, encoding="utf-8")
        for identifier, words in tailoring.own.items():
            (folder / "afspraken").mkdir(exist_ok=True)
            (folder / "afspraken" / f"{identifier}.md").write_text(words, encoding="utf-8")
        return check_site(folder, reference(), TODAY).neighbourhood


def reference() -> Catalogue:
    return own_reference()


def by_id(neighbourhood: Neighbourhood) -> dict[str, ResolvedAgreement]:
    return {resolved.id: resolved for resolved in neighbourhood.agreements}


def codes(tailoring: Tailoring) -> list[str]:
    """The codes of what is wrong with a tailoring."""
    with pytest.raises(ContentError) as raised:
        resolved_with(tailoring)
    return [problem.code for problem in raised.value.problems]


# -- any valid tailoring ---------------------------------------------------------------------------------------------

PLAIN = ("samen", "elke week", "R&D", "‘warm’ overdragen", "< 5 dagen", "één", "“ja”")
"""Reasons and disagreements are text as it is; texts of agreements may also hold Markdown and names."""
WORDS = (*PLAIN, "**altijd**", "{client}", "{Sociaal-team}", "{beweegprogramma}")
REASONS = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=6).map(lambda words: f"Reden van de wijk: {' '.join(words)}.")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(lambda words: f"Tekst van de wijk: {' '.join(words)}.")
NAMES = st.sampled_from(
    ["de beveiligde weg van Samenzorg", "elke tweede dinsdag", "“Gaat u dat doen?”", "R&D < 5", "[haakje](https://x.nl)"]
)


@st.composite
def decisions(draw: st.DrawFn, by: tuple[str, ...]) -> Entry:
    return {"op": draw(st.sampled_from(["2026-06-02", "2026-11-22"])), "door": draw(st.sampled_from(by)), "reden": draw(REASONS)}


@st.composite
def texts(draw: st.DrawFn, agreement: Agreement, targets: list[str]) -> dict[str, str]:
    """New text under some headings, with what texts may hold: Markdown, names, values and references."""
    found = {}
    for heading in draw(st.sets(st.sampled_from(list(Heading)), max_size=2)):
        parts = [draw(SENTENCES), *(f"Binnen {{{name}}}." for name in agreement.header.values)]
        parts += [f"Zie [[{key}]]." for key in draw(st.lists(st.sampled_from(targets), max_size=1))]
        text = " ".join(parts)
        if heading is Heading.EXPECTATIONS:
            roles = draw(st.lists(st.sampled_from(agreement.header.roles.does), min_size=1, max_size=2))
            text = "\n".join(f"- {{{role}}}: {text}" for role in roles)
        found[heading.value] = text
    return found


@st.composite
def values(draw: st.DrawFn, agreement: Agreement) -> tuple[dict[str, str], bool]:
    """Other values than those of the reference, and whether one lies beyond its limits."""
    declared, beyond = agreement.header.values, draw(st.booleans())
    chosen = draw(st.sets(st.sampled_from(sorted(declared)))) if declared else set()
    return {name: draw(value_for(declared[name], beyond)) for name in sorted(chosen)}, beyond


def value_for(value: Value, beyond: bool) -> st.SearchStrategy[str]:
    if value.kind is ValueKind.TEXT:
        return NAMES.filter(lambda given_: given_ != value.default)
    most = 60 if beyond or value.most is None else value.most
    return st.integers(0 if beyond else value.least or 0, most).map(str).filter(lambda given_: given_ != value.default)


@st.composite
def choice_of(draw: st.DrawFn, key: str, kind: str, targets: list[str]) -> Entry:
    agreement = reference().agreements[key]
    deviates_from_core = kind != "overnemen" and agreement.header.binding is Binding.CORE
    decision = draw(decisions(("bestuur",) if deviates_from_core else ("bestuur", "werkgroep", "stuurgroep")))
    choice: Entry = {"id": key, "keuze": kind, "besluit": decision, "delen": draw(st.sampled_from(["ja", "nee"]))}
    if kind == "aanpassen":
        chosen, beyond = draw(values(agreement))
        choice |= {"waarden": chosen, "afwijken": "ja" if beyond else "nee"}
        choice |= {"aanvullen": draw(texts(agreement, targets)), "vervangen": draw(texts(agreement, targets))}
        if not (chosen or choice["aanvullen"] or choice["vervangen"]):
            choice["aanvullen"] = {"Toelichting": draw(SENTENCES)}
    return choice


CELLS: tuple[Entry, ...] = (
    {"kolom": "kwaliteit", "soort": "relatie", "thema": "kern"},
    {"kolom": "kwaliteit", "soort": "stroomlijnen", "thema": "meer-bewegen"},
    {"kolom": "kwaliteit", "soort": "gezond werken", "thema": "ouderenzorg"},
    {"kolom": "duurzaamheid", "functie": "leren", "thema": "kern"},
)


@st.composite
def own_agreement(draw: st.DrawFn, identifier: str) -> str:
    """An own agreement as its file, with or without a decision."""
    header: Entry = {
        "id": identifier,
        "titel": f"Eigen afspraak {identifier}",
        **draw(st.sampled_from(CELLS)),
        "laag": draw(st.sampled_from(["normen", "werkafspraken", "techniek"])),
        "rollen": {"doet": ["huisarts"], "weet": draw(st.sampled_from([[], ["client", "beweegmakelaar"]]))},
        "waarden": {"ritme": {"soort": "tekst", "vraag": "Hoe vaak?", "standaard": draw(NAMES)}},
    }
    if draw(st.booleans()):
        header["besluit"] = draw(decisions(("bestuur", "werkgroep")))
    front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items())
    body = f"## Afspraak\n\n{draw(SENTENCES)} Dat doen wij {{ritme}}.\n\n## Verwachtingen\n\n- {{huisarts}}: doet dit {{ritme}}.\n"
    return f"---\n{front}\n---\n\n{body}"


@st.composite
def tailorings(draw: st.DrawFn, kinds: tuple[str, ...] = ("overnemen", "aanpassen", "weglaten")) -> Tailoring:
    """Any tailoring that the program has to accept."""
    keys = sorted(reference().agreements)
    with_values = [key for key in keys if reference().agreements[key].header.values]
    some = st.sampled_from(keys) | st.sampled_from(with_values)
    chosen = {key: draw(st.sampled_from(kinds)) for key in draw(st.lists(some, unique=True, max_size=12))}
    targets = [key for key in keys if chosen.get(key) != "weglaten"]
    own = [f"SCH-{number:02}" for number in range(1, draw(st.integers(0, 2)) + 1)] if len(kinds) > 1 else []
    in_practice = draw(st.lists(some, unique=True, max_size=3)) if len(kinds) > 1 else []
    return Tailoring(
        choices=[draw(choice_of(key, kind, targets)) for key, kind in chosen.items()],
        in_practice=[draw(choice_of(key, draw(st.sampled_from(kinds[1:])), targets)) for key in in_practice],
        own={identifier: draw(own_agreement(identifier)) for identifier in own},
        disagreements=[{"id": key, "partijen": ["stad", "molenpad"], "wat": draw(REASONS)} for key in [*own, *chosen][:1]],
        adopted=draw(st.sampled_from([None, "2.1", "2.2"])),
    )


def trying(examples: int, *, shrink: bool = True) -> settings:
    """How often a property is tried; the same examples in every run. Where trying is slow, a failure is told as it was found."""
    phases = [phase for phase in (Phase.explicit, Phase.generate, Phase.shrink) if shrink or phase is not Phase.shrink]
    return settings(max_examples=tries(examples), deadline=None, derandomize=True, phases=phases)


@trying(50)
@given(tailorings())
def test_no_agreement_is_lost_or_doubled(tailoring: Tailoring) -> None:
    found = [resolved.id for resolved in resolved_with(tailoring).agreements]
    assert sorted(found) == sorted([*reference().agreements, *tailoring.own])


@trying(60)
@given(tailorings())
def test_every_agreement_has_the_state_that_was_chosen(tailoring: Tailoring) -> None:
    neighbourhood = resolved_with(tailoring)
    states = {"overnemen": State.IN_FORCE, "aanpassen": State.ADAPTED, "weglaten": State.DROPPED}
    chosen_themes = {"kern", *(chosen.theme.id for chosen in neighbourhood.themes)}
    chosen = {choice["id"]: choice for choice in tailoring.choices}
    for key, resolved in by_id(neighbourhood).items():
        if resolved.agreement.header.theme not in chosen_themes:
            assert resolved.state is State.NOT_APPLICABLE
        elif key in chosen:
            assert resolved.state is states[chosen[key]["keuze"]]
            assert chosen[key]["besluit"]["reden"].rstrip(".") in resolved.reason
            assert resolved.share == (chosen[key]["delen"] == "ja")
        elif key in tailoring.own:
            assert resolved.state is (State.IN_FORCE if "besluit:" in tailoring.own[key] else State.TO_CHOOSE)
        else:
            assert resolved.state in (State.IN_FORCE, State.TO_CHOOSE)


@trying(15)
@given(st.data(), tailorings())
def test_the_order_of_the_entries_does_not_matter(data: st.DataObject, tailoring: Tailoring) -> None:
    shuffled = replace(
        tailoring,
        choices=data.draw(st.permutations(tailoring.choices)),
        in_practice=data.draw(st.permutations(tailoring.in_practice)),
        own=dict(data.draw(st.permutations(list(tailoring.own.items())))),
    )
    one, other = resolved_with(tailoring), resolved_with(shuffled)
    assert one.agreements == other.agreements
    assert one.requirements == other.requirements
    assert one.open_points == other.open_points
    assert [(each.id, each.key) for each in plan_documents(one)] == [(each.id, each.key) for each in plan_documents(other)]


@trying(30)
@given(tailorings(("overnemen",)))
def test_taking_over_changes_no_word_of_the_reference(tailoring: Tailoring) -> None:
    assert_is_the_reference(resolved_with(tailoring))


@pytest.mark.parametrize("adopted", [None, "2.1", "2.2"])
def test_an_empty_tailoring_is_the_reference(adopted: str | None, schapenweide: Neighbourhood) -> None:
    neighbourhood = resolved_with(Tailoring(adopted=adopted))
    assert_is_the_reference(neighbourhood)
    if adopted == "2.1":
        assert neighbourhood.agreements == schapenweide.agreements
        assert neighbourhood.requirements == schapenweide.requirements


def assert_is_the_reference(neighbourhood: Neighbourhood) -> None:
    assert {key: resolved.agreement for key, resolved in by_id(neighbourhood).items()} == reference().agreements
    for resolved in neighbourhood.agreements:
        assert resolved.fingerprint == fingerprint(reference().agreements[resolved.id])
        assert (resolved.original, resolved.own, resolved.practices) == (None, False, ())
        assert all((bound.layer, bound.phrase) == ("referentie", bound.standard) for bound in resolved.bound.values())
    assert deviations(neighbourhood) == ()


@trying(80)
@given(tailorings())
def test_a_difference_names_exactly_what_was_adjusted(tailoring: Tailoring) -> None:
    neighbourhood = resolved_with(tailoring)
    found = {deviation.id: deviation for deviation in deviations(neighbourhood)}
    adapted = {key for key, resolved in by_id(neighbourhood).items() if resolved.state is State.ADAPTED}
    dropped = {key for key, resolved in by_id(neighbourhood).items() if resolved.state is State.DROPPED}
    assert len(found) == len(deviations(neighbourhood))
    assert set(found) == adapted | dropped | set(tailoring.own)
    for choice in tailoring.of_kind("aanpassen"):
        if choice["id"] in adapted:
            assert_names_what_was_adjusted(found[choice["id"]], choice)
    for key, resolved in by_id(neighbourhood).items():
        if key not in adapted and not resolved.own:
            assert resolved.agreement == reference().agreements[key]


def assert_names_what_was_adjusted(deviation: Deviation, choice: Entry) -> None:
    resolved, original = deviation.resolved, reference().agreements[deviation.id]
    assert resolved.original == original
    assert {change.heading.value for change in deviation.texts} == {*choice["aanvullen"], *choice["vervangen"]}
    assert {change.name for change in deviation.values} == set(choice["waarden"])
    assert {name for name, bound in resolved.bound.items() if bound.layer == "wijk"} == set(choice["waarden"])
    assert resolved.fingerprint == fingerprint(resolved.agreement) != fingerprint(original)
    values_of_reference = {"values": original.header.values}
    assert resolved.agreement.header.model_copy(update=values_of_reference) == original.header
    for heading in Heading:
        said = [choice["vervangen"].get(heading.value, text_under(original, heading)), choice["aanvullen"].get(heading.value, "")]
        between = "\n" if heading is Heading.EXPECTATIONS else "\n\n"
        assert text_under(resolved.agreement, heading) == between.join(filter(None, said))


def text_under(agreement: Agreement, heading: Heading) -> str:
    """The text under a heading as its file has it."""
    if heading is Heading.EXPECTATIONS:
        return "\n".join(f"- {{{each.role}}}: {each.text}" for each in agreement.expectations)
    return agreement.text.get(heading, "")


@trying(40)
@given(tailorings())
def test_what_is_dropped_holds_nowhere(tailoring: Tailoring) -> None:
    neighbourhood = resolved_with(tailoring)
    states = {key: resolved.state for key, resolved in by_id(neighbourhood).items()}
    dropped = {choice["id"] for choice in tailoring.of_kind("weglaten")}
    assert not any(states[key] in HOLDS for key in dropped)
    for each in neighbourhood.requirements:
        assert all(states[key] in HOLDS for key in each.serves)
        assert not dropped & {*each.serves, *each.waits_for}
        assert not dropped.issuperset(each.requirement.agreements)
    assert not dropped & {key for point in neighbourhood.open_points if point.id == "OP-TE-KIEZEN" for key in ids_in_text(point.why)}
    for role in rolkaart.roles(neighbourhood):
        assert not dropped & set(named_in(rolkaart.view(neighbourhood, role)[1])), role


def ids_in_text(text: str) -> set[str]:
    return set(re.findall(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+", text))


def named_in(data: Any) -> Iterator[str]:
    """Every id that data of a document names, apart from the list of all that texts may refer to."""
    if isinstance(data, Mapping):
        if isinstance(data.get("id"), str):
            yield data["id"]
        data = [value for key, value in data.items() if key != "targets"]
    if isinstance(data, list):
        for each in data:
            yield from named_in(each)


HOLE = re.compile(r"[{}]|\[\[|\]\]|\b(?:None|True|False)\b|Undefined")


@trying(8, shrink=False)
@given(tailorings())
def test_every_valid_profile_builds_every_document_without_a_hole(tailoring: Tailoring) -> None:
    for path, html in pages_of(tailoring).items():
        text = text_of(html)
        hole = HOLE.search(text)
        assert hole is None, f"{path}: {text[max(hole.start() - 40, 0) : hole.end() + 40]}"


@trying(8, shrink=False)
@given(tailorings())
def test_every_link_leads_somewhere_whatever_was_left_out(tailoring: Tailoring) -> None:
    links = {path: Links(html) for path, html in pages_of(tailoring).items()}
    for path, here in links.items():
        assert len(here.ids) == len(set(here.ids)), path
        for href in here.hrefs:
            target, _, anchor = href.removeprefix("../").partition("#")
            assert not anchor or anchor in links[target or path].ids, f"{path}: {href}"


def pages_of(tailoring: Tailoring) -> dict[str, str]:
    """Every document of the plan as HTML, by its path."""
    return {document.path("html"): html_of(document) for document in plan_documents(resolved_with(tailoring)) if document.template}


def html_of(document: PlannedDocument) -> str:
    assert document.template
    stamp = {"code": document.code, "date": "22 november 2026", "date_iso": "2026-11-22", "dates": None}
    return render_html(document.template, document.data, {**stamp, "root": document.root, "format": "html"}).decode()


@trying(200)
@given(st.text(st.sampled_from("ab c\n"), max_size=30), st.text(st.sampled_from("ab c\n"), max_size=30))
def test_word_differences_hold_both_texts(before: str, after: str) -> None:
    runs = word_differences(before, after)
    old = "".join(run.text for run in runs if run.change is not Change.NEW)
    new = "".join(run.text for run in runs if run.change is not Change.GONE)
    assert (old, new) == (" ".join(before.split()), " ".join(after.split()))
    assert all(run.text for run in runs)


def test_only_the_word_that_changed_is_marked() -> None:
    runs = word_differences("binnen twee werkdagen", "binnen drie werkdagen")
    found = [(run.change, run.text.strip()) for run in runs if run.text.strip()]
    assert found == [(Change.SAME, "binnen"), (Change.GONE, "twee"), (Change.NEW, "drie"), (Change.SAME, "werkdagen")]


# -- states ----------------------------------------------------------------------------------------------------------


def choice(key: str, kind: str = "overnemen", by: str = "bestuur", **more: Any) -> Entry:
    return {"id": key, "keuze": kind, "besluit": {"op": "2026-10-12", "door": by, "reden": "Zo past het hier."}, **more}


def own(identifier: str = "SCH-01", theme: str = "kern", more: str = "") -> dict[str, str]:
    """An own agreement as a file; without a decision unless `more` has one."""
    header = f"id: {identifier}\ntitel: Samen wandelen\nkolom: kwaliteit\nlaag: werkafspraken\nthema: {theme}\nsoort: relatie\n"
    header += "rollen:\n  doet: [huisarts]\n  weet: [client]\n"
    body = "## Afspraak\n\n{Huisarts} wandelt met {client}.\n\n## Verwachtingen\n\n- {huisarts}: heeft wandelschoenen.\n"
    return {identifier: f"---\n{header}{more}---\n\n{body}"}


DECIDED = "besluit: {op: 2026-10-12, door: werkgroep, reden: Het hielp.}\n"


def test_what_was_chosen_gives_the_state_with_its_reason() -> None:
    choices = [
        choice("W-PRIV-01"),
        choice("W-CONT-02", "aanpassen", waarden={"reactietijd": "3"}),
        choice("W-REG-02", "weglaten"),
        choice("W-OUD-03", "weglaten"),
    ]
    found = by_id(resolved_with(Tailoring(choices)))
    assert found["W-PRIV-01"].state is State.IN_FORCE
    assert found["W-PRIV-01"].reason == "De wijk nam de afspraak over. Besluit: 12 oktober 2026, Bestuur Schapenweide: Zo past het hier."
    assert found["W-CONT-02"].state is State.ADAPTED
    assert found["W-REG-02"].state is State.DROPPED
    assert found["W-OUD-03"].state is State.NOT_APPLICABLE, "a choice does not choose a theme"
    assert found["W-PRIV-02"].state is State.TO_CHOOSE


def test_a_proposal_waits_whatever_was_adopted() -> None:
    proposals = [key for key, each in reference().agreements.items() if each.header.provenance is Provenance.PROPOSAL]
    assert len(proposals) > 20
    for adopted in (None, "2.1", "2.2"):
        found = by_id(resolved_with(Tailoring(adopted=adopted)))
        assert {found[key].state for key in proposals} == {State.TO_CHOOSE, State.NOT_APPLICABLE}


def test_a_choice_lets_what_is_newer_than_the_adopted_version_hold(schapenweide: Neighbourhood) -> None:
    header = reference().agreements["N-02"].header.model_copy(update={"since": "2.2"})
    newer = replace(reference(), agreements={**reference().agreements, "N-02": replace(reference().agreements["N-02"], header=header)})
    assert by_id(resolve(newer, schapenweide.site))["N-02"].state is State.TO_CHOOSE
    chosen = resolved_with(Tailoring([choice("N-02")])).site
    assert by_id(resolve(newer, chosen))["N-02"].state is State.IN_FORCE


def test_what_changed_since_it_was_accepted_is_to_be_reviewed() -> None:
    adapted = choice("W-CONT-02", "aanpassen", waarden={"reactietijd": "3"})
    site = resolved_with(Tailoring([adapted, choice("W-REG-02", "weglaten")])).site
    other = dict.fromkeys(("N-02", "W-CONT-02", "W-REG-02", "W-PRIV-01"), "v1:0123456789abcdef")
    found = by_id(resolve(reference(), replace(site, accepted=other)))
    assert (found["N-02"].state, found["W-CONT-02"].state) == (State.TO_REVIEW, State.TO_REVIEW)
    assert (found["W-REG-02"].state, found["W-PRIV-01"].state) == (State.DROPPED, State.TO_CHOOSE), "nothing holds there to review"
    same = {key: fingerprint(agreement) for key, agreement in reference().agreements.items()}
    assert by_id(resolve(reference(), replace(site, accepted=same)))["W-CONT-02"].state is State.ADAPTED


def test_a_retired_agreement_names_its_successor(schapenweide: Neighbourhood) -> None:
    header = reference().agreements["N-02"].header.model_copy(update={"status": Status.RETIRED})
    entry = Retired.model_validate({"id": "N-02", "sinds": "2.2", "opgevolgd_door": ["N-01"], "reden": "Samengevoegd."})
    retired = replace(
        reference(),
        agreements={**reference().agreements, "N-02": replace(reference().agreements["N-02"], header=header)},
        retired=(entry,),
    )
    found = by_id(resolve(retired, schapenweide.site))["N-02"]
    assert (found.state, found.reason) == (State.RETIRED, "Samengevoegd. Opgevolgd door N-01.")


# -- decisions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["aanpassen", "weglaten"])
def test_only_a_body_that_decides_may_deviate_from_the_core(kind: str) -> None:
    more: Entry = {"aanvullen": {"Toelichting": "Erbij."}} if kind == "aanpassen" else {}
    assert reference().agreements["N-08"].header.binding is Binding.CORE
    assert codes(Tailoring([choice("N-08", kind, "werkgroep", **more)])) == ["besluit-kern"]
    assert codes(Tailoring([choice("N-08", kind, "stuurgroep", **more)])) == ["besluit-kern"], "its function is unknown"
    assert codes(Tailoring(in_practice=[choice("N-08", kind, "werkgroep", **more)])) == ["besluit-kern"]
    resolved_with(Tailoring([choice("N-08", kind, "bestuur", **more)]))
    resolved_with(Tailoring([choice("W-REG-01", kind, "werkgroep", **more)]))


def test_any_body_may_take_the_core_over() -> None:
    assert by_id(resolved_with(Tailoring([choice("N-08", by="werkgroep")])))["N-08"].state is State.IN_FORCE


def test_a_value_beyond_its_limit_has_to_be_meant() -> None:
    beyond = choice("W-CONT-02", "aanpassen", waarden={"reactietijd": "9"})
    assert codes(Tailoring([beyond])) == ["waarde-grens"]
    assert by_id(resolved_with(Tailoring([{**beyond, "afwijken": "ja"}])))["W-CONT-02"].values["reactietijd"] == "negen werkdagen"


def test_disagreements_stand_with_their_agreement() -> None:
    told = {"id": "N-10", "partijen": ["stad", "huisarts"], "wat": "Zij willen het anders."}
    neighbourhood = resolved_with(Tailoring(disagreements=[told]))
    found = {key: resolved.disagreements for key, resolved in by_id(neighbourhood).items() if resolved.disagreements}
    assert {key: [(each.parties, each.what) for each in said] for key, said in found.items()} == {
        "N-10": [(("stad", "huisarts"), "Zij willen het anders.")]
    }
    (document,) = (each for each in plan_documents(neighbourhood) if each.id == "afsprakenstelsel")
    assert "Zij willen het anders." in text_of(html_of(document))


# -- layers ----------------------------------------------------------------------------------------------------------


def test_the_nearest_layer_wins_and_every_value_tells_its_layer() -> None:
    here = choice("W-CONT-02", "aanpassen", waarden={"reactietijd": "3"})
    nearer = choice("W-CONT-02", "aanpassen", waarden={"reactietijd": "1"}, vervangen={"Toelichting": "Alleen voor deze praktijk."})
    resolved = by_id(resolved_with(Tailoring([here], in_practice=[nearer])))["W-CONT-02"]
    assert layers(resolved.bound) == {
        "kanaal": ("een beveiligd kanaal dat de wijk kiest", "referentie"),
        "reactietijd": ("drie werkdagen", "wijk"),
    }
    (version,) = resolved.practices
    assert (version.practice, version.name, version.dropped) == ("molenpad", "Praktijk Molenpad", False)
    assert layers(version.bound) == {
        "kanaal": ("een beveiligd kanaal dat de wijk kiest", "referentie"),
        "reactietijd": ("één werkdag", "Praktijk Molenpad"),
    }
    assert {bound.standard for bound in version.bound.values()} == {bound.standard for bound in resolved.bound.values()}
    assert version.agreement.text[Heading.EXPLANATION] == "Alleen voor deze praktijk."
    assert resolved.agreement.text == reference().agreements["W-CONT-02"].text


def layers(bound: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    return {name: (value.phrase, value.layer) for name, value in bound.items()}


def test_a_practice_builds_on_what_the_neighbourhood_has() -> None:
    here = choice("W-CONT-02", "aanpassen", waarden={"kanaal": "het kanaal van de wijk"}, aanvullen={"Toelichting": "Van de wijk."})
    nearer = choice("W-CONT-02", "aanpassen", waarden={"reactietijd": "1"}, aanvullen={"Toelichting": "Van de praktijk."})
    (version,) = by_id(resolved_with(Tailoring([here], in_practice=[nearer])))["W-CONT-02"].practices
    assert layers(version.bound)["kanaal"] == ("het kanaal van de wijk", "wijk")
    assert version.agreement.text[Heading.EXPLANATION].endswith("Van de wijk.\n\nVan de praktijk.")


def test_what_a_practice_leaves_out_still_holds_in_the_neighbourhood() -> None:
    resolved = by_id(resolved_with(Tailoring(in_practice=[choice("W-REG-02", "weglaten")])))["W-REG-02"]
    assert resolved.state is State.IN_FORCE
    assert [(version.practice, version.dropped) for version in resolved.practices] == [("molenpad", True)]


# -- proposals -------------------------------------------------------------------------------------------------------


def test_taking_over_the_answers_closes_a_gap_and_dropping_one_does_not() -> None:
    gap = next(each for each in reference().gaps if each.id == "GAP-28")
    assert len(gap.answers) > 1
    assert gap.id in points(Tailoring())
    assert gap.id in points(Tailoring([choice(key) for key in gap.answers[1:]]))
    assert gap.id not in points(Tailoring([choice(key) for key in gap.answers]))
    dropped = choice(gap.answers[0], "weglaten")
    assert gap.id in points(Tailoring([dropped, *(choice(key) for key in gap.answers[1:])]))


def test_every_gap_of_the_core_with_answers_can_be_closed() -> None:
    gaps: list[Gap] = [each for each in reference().gaps if each.theme == "kern" and each.answers and each.solved is None]
    answers = sorted({key for gap in gaps for key in gap.answers})
    assert len(gaps) > 5
    assert not {gap.id for gap in gaps} & set(points(Tailoring([choice(key) for key in answers])))


def points(tailoring: Tailoring) -> list[str]:
    return [point.id for point in resolved_with(tailoring).open_points]


def test_requirements_stop_waiting_when_their_proposal_is_taken_over() -> None:
    before = {each.id: each for each in resolved_with(Tailoring()).requirements}
    waiting = {key: each.waits_for for key, each in before.items() if not each.asked}
    assert waiting
    chosen = sorted({each for waits in waiting.values() for each in waits})
    after = {each.id: each for each in resolved_with(Tailoring([choice(key) for key in chosen])).requirements}
    assert all(after[key].asked and not after[key].waits_for for key in waiting)
    left_out = {each.id for each in resolved_with(Tailoring([choice(key, "weglaten") for key in chosen])).requirements}
    assert not left_out & set(waiting)


# -- own agreements --------------------------------------------------------------------------------------------------


def test_an_own_agreement_without_a_decision_is_to_be_chosen() -> None:
    neighbourhood = resolved_with(Tailoring(own=own()))
    resolved = by_id(neighbourhood)["SCH-01"]
    assert (resolved.state, resolved.own, resolved.decision) == (State.TO_CHOOSE, True, None)
    (point,) = (each for each in neighbourhood.open_points if each.id == "OP-TE-KIEZEN")
    assert "SCH-01" in point.why
    assert "SCH-01" not in named_in(rolkaart.view(neighbourhood, "huisarts")[1])


def test_a_decided_own_agreement_stands_where_those_of_the_reference_stand() -> None:
    neighbourhood = resolved_with(Tailoring(own=own(more=DECIDED)))
    resolved = by_id(neighbourhood)["SCH-01"]
    assert (resolved.state, resolved.own, resolved.agreement.header.provenance) == (State.IN_FORCE, True, Provenance.OWN)
    assert resolved.reason == "Eigen afspraak van de wijk. Besluit: 12 oktober 2026, Werkgroep Schapenweide: Het hielp."
    pages = {each.id: text_of(html_of(each)) for each in plan_documents(neighbourhood) if each.template and each.kind != "praktijk"}
    assert "De huisarts wandelt met de cliënt." in pages["afsprakenstelsel"]
    assert {"SCH-01" in pages[each] for each in ("afsprakenstelsel", "rolkaart-huisarts", "bewust-anders", "besluiten")} == {True}


def test_an_own_agreement_in_a_theme_that_was_not_chosen_does_not_apply() -> None:
    assert by_id(resolved_with(Tailoring(own=own(theme="ouderenzorg", more=DECIDED))))["SCH-01"].state is State.NOT_APPLICABLE


def test_an_own_agreement_and_a_choice_may_refer_to_each_other() -> None:
    text = own(more=DECIDED)["SCH-01"].replace("met {client}.", "met {client}. Zie [[W-REG-01]].")
    seen = choice("W-REG-01", "aanpassen", aanvullen={"Toelichting": "Zie [[SCH-01]]."})
    found = by_id(resolved_with(Tailoring([seen], own={"SCH-01": text})))
    assert "[[SCH-01]]" in found["W-REG-01"].agreement.text[Heading.EXPLANATION]
