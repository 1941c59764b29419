"""Small formatters: Dutch grammar, slots, Markdown, fingerprints."""

from dataclasses import replace
from datetime import date

import pytest

from kbrollout.fingerprint import fingerprint, normalised
from kbrollout.grammar import capitalised, counted, digits, long_date, number, series, working_days
from kbrollout.model.catalogue import Catalogue
from kbrollout.model.framework import Heading
from kbrollout.render.markdown import Targets, to_html, to_inline_html
from kbrollout.slots import fill, renamed

NAMES = {"sociaal-team": "het wijkteam", "huisarts": "de huisarts"}
TARGETS: Targets = {
    "N-01": {"label": "Kijken (N-01)", "href": "#id-n-01"},
    "DOC-09": {"label": "Werk & afspraken (DOC-09)", "href": None},
}


@pytest.mark.parametrize(("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")])
def test_series(words: list[str], said: str) -> None:
    assert series(words) == said


def test_numbers() -> None:
    assert [number(n) for n in (0, 1, 20, 21, 1200)] == ["nul", "één", "twintig", "21", "1.200"]
    assert digits(1234567) == "1.234.567"
    assert [working_days(n) for n in (1, 3, 30)] == ["één werkdag", "drie werkdagen", "30 werkdagen"]
    assert counted(2, "afspraak", "afspraken") == "twee afspraken"


def test_dates_and_capitals() -> None:
    assert long_date(date(2026, 3, 1)) == "1 maart 2026"
    assert capitalised("het wijkteam") == "Het wijkteam"
    assert capitalised("éénloket") == "Éénloket"
    assert capitalised("") == ""


def test_a_name_with_a_capital_starts_a_sentence() -> None:
    assert fill("{Sociaal-team} belt {huisarts}.", NAMES) == "Het wijkteam belt de huisarts."


def test_names_are_text_and_never_markup() -> None:
    names = {"sociaal-team": "het *team* <b>&amp;</b> {huisarts} [[N-01]]", "huisarts": "x"}
    assert to_html("Bel {sociaal-team}.", names, TARGETS) == "<p>Bel het *team* &lt;b&gt;&amp;amp;&lt;/b&gt; {huisarts} [[N-01]].</p>"


def test_names_are_not_filled_in_inside_tags() -> None:
    assert 'href="https://voorbeeld.nl/{huisarts}"' in to_html("[bel](https://voorbeeld.nl/{huisarts})", NAMES, TARGETS)


def test_markup_of_authors_is_sanitised() -> None:
    assert to_html("Een <script>alert(1)</script> **woord**", {}, {}) == "<p>Een  <strong>woord</strong></p>"
    assert "javascript" not in to_html("[klik](javascript:alert(1))", {}, {})


def test_references_become_links_where_the_target_stands_in_the_document() -> None:
    assert to_inline_html("Zie [[N-01]].", {}, TARGETS) == 'Zie <a href="#id-n-01">Kijken <span class="heel">(N-01)</span></a>.'
    assert to_inline_html("Zie [[DOC-09]].", {}, TARGETS) == 'Zie Werk &amp; afspraken <span class="heel">(DOC-09)</span>.'


def test_a_fingerprint_is_blind_to_typing_and_sees_meaning(catalogue: Catalogue) -> None:
    agreement = catalogue.agreements["W-KERN-03"]
    text = agreement.text[Heading.AGREEMENT]
    rewrapped = replace(agreement, text={**agreement.text, Heading.AGREEMENT: text.replace(" ", "\n", 3) + "  "})
    assert fingerprint(rewrapped) == fingerprint(agreement)
    changed = replace(agreement, text={**agreement.text, Heading.AGREEMENT: text.replace("direct", "later")})
    assert changed.text != agreement.text
    assert fingerprint(changed) != fingerprint(agreement)
    other_parties = replace(agreement, header=agreement.header.model_copy(update={"roles": catalogue.agreements["N-01"].header.roles}))
    assert fingerprint(other_parties) != fingerprint(agreement)
    assert normalised("e\u0301e\u0301n  “dag”\r\n") == 'één "dag"'


WORDS = {
    "cliënt": "patiënt",
    "cliënten": "patiënten",
    "praktijkondersteuner": "POH",
    "praktijkondersteuner ggz": "praktijkondersteuner ggz",
}


@pytest.mark.parametrize(
    ("said", "here"),
    [
        ("Een cliënt en alle cliënten.", "Een patiënt en alle patiënten."),
        ("Cliënten kiezen zelf.", "Patiënten kiezen zelf."),
        ("Het cliëntsysteem en de niet-cliënt blijven.", "Het cliëntsysteem en de niet-cliënt blijven."),
        ("De praktijkondersteuner en de praktijkondersteuner ggz.", "De POH en de praktijkondersteuner ggz."),
        ("Niets te doen.", "Niets te doen."),
    ],
)
def test_whole_words_are_said_as_the_neighbourhood_says_them(said: str, here: str) -> None:
    assert renamed(said, WORDS) == here
    assert to_inline_html(said, {}, {}, WORDS) == here


def test_what_a_profile_calls_something_is_text_and_never_markup() -> None:
    assert to_inline_html("een cliënt", {}, {}, {"cliënt": "<b>x</b>"}) == "een &lt;b&gt;x&lt;/b&gt;"


def test_local_words_never_touch_addresses() -> None:
    words = {"huisarts": "dokter"}
    assert renamed("zie https://huisarts.nl/huisarts en huisarts@voorbeeld.nl, huisarts.", words) == (
        "zie https://huisarts.nl/huisarts en huisarts@voorbeeld.nl, dokter."
    )


def test_local_words_never_touch_names_slots_or_references() -> None:
    names, targets = {"client": "de cliënt van hier"}, {"DOC-01": {"label": "Brief aan cliënten", "href": None}}
    assert to_inline_html("{Client}, cliënt, [[DOC-01]]", names, targets, WORDS) == "De cliënt van hier, patiënt, Brief aan cliënten"
    assert fill("{client} en cliënt", names, WORDS) == "de cliënt van hier en patiënt"
