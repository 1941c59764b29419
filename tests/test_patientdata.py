"""The guard at every free-text door: what is refused, what passes, and that a refusal never repeats what it refuses.

Numbers and addresses are put together from parts, so that none stands in these files.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kbrollout.grammar import MONTHS
from kbrollout.patientdata import Kind, findings


def bsn_from(first_eight: str) -> str:
    """The number that starts with these eight digits and passes the eleven-test; empty when no ninth digit does."""
    ninth = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first_eight, strict=True)) % 11
    return "" if ninth == 10 else f"{first_eight}{ninth}"


BSN = bsn_from("1112" + "2233")
NO_BSN = BSN[:8] + str((int(BSN[8]) + 1) % 10)
FULL_WIDTH = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
ARABIC_INDIC = str.maketrans("0123456789", "".join(chr(0x0660 + digit) for digit in range(10)))
CIRCLED = str.maketrans("123456789", "".join(chr(0x2460 + digit) for digit in range(9)))
MOBILE = "1234" + "5678"
ADDRESS = "j.jansen" + "@" + "voorbeeld.nl"
BIRTHDAY = "12-03-" + "1948"


def kinds(text: str, *, no_bsn: bool = False) -> list[Kind]:
    return [each.kind for each in findings(text, no_bsn=no_bsn)]


def grouped(digits: str, sizes: tuple[int, ...], sign: str) -> str:
    rest = iter(digits)
    return sign.join("".join(next(rest) for _ in range(size)) for size in sizes)


REFUSED_BSNS = {
    "plain": BSN,
    "in a sentence": f"Afgesproken voor {BSN}, volgende week verder.",
    "spaces": grouped(BSN, (3, 3, 3), " "),
    "dots": grouped(BSN, (4, 2, 3), "."),
    "dashes": grouped(BSN, (2, 3, 4), "-"),
    "long dashes": grouped(BSN, (3, 3, 3), " – "),
    "slashes": grouped(BSN, (3, 3, 3), "/"),
    "in twos, like a time or a date": grouped(BSN, (2, 2, 2, 3), ":"),
    "in twos with dashes": grouped(BSN, (2, 2, 2, 2, 1), "-"),
    "digit by digit": " ".join(BSN),
    "different signs": f"{BSN[:3]}.{BSN[3:6]} {BSN[6:]}",
    "hard spaces": grouped(BSN, (3, 3, 3), "\u00a0"),
    "over lines": f"{BSN[:4]}\n{BSN[4:]}",
    "over lines of a list": f"{BSN[:4]}\r\n        - {BSN[4:]}",
    "full width": BSN.translate(FULL_WIDTH),
    "arabic": BSN.translate(ARABIC_INDIC),
    "circled": BSN.translate(CIRCLED),
    "two scripts": BSN[:4].translate(ARABIC_INDIC) + BSN[4:],
    "zero width": "\u200b".join(BSN),
    "soft hyphens": f"{BSN[:5]}\u00ad{BSN[5:]}",
    "empty letters": f"{BSN[:5]}\u3164{BSN[5:]}",
    "turned round": f"\u202e{BSN}",
    "struck out": "\u0336".join(BSN),
    "behind another number": f"1234/{BSN}",
    "before another number": f"{BSN}/1234",
    "behind a date": f"12-03-2027 {BSN}",
    "before a date": f"{BSN} 12-03-2027",
    "behind an amount": f"€ 1.250,00 {BSN}",
    "letters in front": f"bsn{BSN}",
    "a letter in front": f"I{BSN}",
    "letters behind": f"{BSN}abc",
    "in a path": f"map/{BSN}/brief.docx",
    "as the number of a company": f"RSIN {BSN}",
    "eight digits beside the word": "bsn 1234" + "5678",
    "eight digits before the word": "1234" + "5678 (BSN)",
    "eight digits beside the old word": "Sofinummer: 1234" + "5678",
    "eight digits beside the long word": "burgerservicenummer 1234" + "5678",
    "eight digits in groups": "b.s.n. " + grouped(bsn_from("0123" + "4567")[1:], (2, 3, 3), "."),
    "mistyped beside the word": f"BSN {NO_BSN}",
    "filled up with zeros beside the word": f"BSN 000{BSN}",
}


@pytest.mark.parametrize("text", REFUSED_BSNS.values(), ids=REFUSED_BSNS.keys())
def test_a_bsn_is_refused_however_it_is_written(text: str) -> None:
    assert kinds(text) == [Kind.BSN]
    assert kinds(text, no_bsn=True) == []


def test_two_numbers_with_a_slash_are_each_looked_at() -> None:
    other = bsn_from("2468" + "1359")
    assert other
    both = findings(f"{BSN}/{other}")
    assert [(each.kind, each.start, each.end) for each in both] == [(Kind.BSN, 0, 9), (Kind.BSN, 10, 19)]
    assert [(each.start, each.end) for each in findings(f"{NO_BSN}/{other}")] == [(10, 19)]


REFUSED = {
    "mobile": (Kind.PHONE, f"06{MOBILE}"),
    "mobile with dash": (Kind.PHONE, f"bel 06-{MOBILE}"),
    "mobile in twos": (Kind.PHONE, f"06 {grouped(MOBILE, (2, 2, 2, 2), ' ')}"),
    "mobile digit by digit": (Kind.PHONE, " ".join("06" + MOBILE)),
    "mobile with country": (Kind.PHONE, f"+31 6 {MOBILE}"),
    "mobile with country in twos": (Kind.PHONE, f"+31 6 {grouped(MOBILE, (2, 2, 2, 2), ' ')}"),
    "mobile with country and zero": (Kind.PHONE, f"+31 (0)6-{MOBILE}"),
    "country in brackets": (Kind.PHONE, f"(+31) 6 {MOBILE}"),
    "country with zeros": (Kind.PHONE, f"0031 6 {MOBILE}"),
    "country glued": (Kind.PHONE, f"00316{MOBILE}"),
    "another country": (Kind.PHONE, "+32 2 " + "555 " + "12 12"),
    "land line": (Kind.PHONE, "030" + "234" + "5678"),
    "land line with dash": (Kind.PHONE, "030-" + "234" + "5678"),
    "land line with brackets": (Kind.PHONE, "(030) " + "234 56 78"),
    "land line with long area code": (Kind.PHONE, "0346 - " + "12 34 56"),
    "land line of an organisation": (Kind.PHONE, "088-" + "123 4567"),
    "phone in arabic digits": (Kind.PHONE, f"06-{MOBILE}".translate(ARABIC_INDIC)),
    "phone with zero width": (Kind.PHONE, f"06\u200b{MOBILE}"),
    "phone over lines": (Kind.PHONE, f"06\n{MOBILE}"),
    "mail": (Kind.MAIL, f"Vraag het aan {ADDRESS}."),
    "mail of a desk": (Kind.MAIL, "info" + "@" + "voorbeeld.nl"),
    "mail with full width": (Kind.MAIL, ADDRESS.replace("@", "\uff20")),
    "mail with spaces": (Kind.MAIL, ADDRESS.replace("@", " @ ")),
    "mail with at in words": (Kind.MAIL, ADDRESS.replace("@", " [at] ")),
    "mail with zero width": (Kind.MAIL, ADDRESS.replace("@", "\u200b@\u200b")),
    "born": (Kind.BIRTH, "geb. 12-03-" + "2011"),
    "born, two digits for the year": (Kind.BIRTH, "geb 12-03-" + "48"),
    "born, glued": (Kind.BIRTH, "geb12/3/" + "2011"),
    "born, in full": (Kind.BIRTH, "Mevrouw is geboren op 12 maart " + "2011"),
    "born, short month": (Kind.BIRTH, "geboren 12 mrt. '" + "48"),
    "born, month alone": (Kind.BIRTH, "geboren in maart " + "2011"),
    "born, year first": (Kind.BIRTH, "geboortedatum: 2011" + "-03-12"),
    "born, without signs": (Kind.BIRTH, "gebdat 1203" + "2011"),
    "born, spaces": (Kind.BIRTH, "geb. datum 12 03 " + "2011"),
    "born, over lines": (Kind.BIRTH, "Geboortedatum\n12-03-" + "2011"),
    "born behind the date": (Kind.BIRTH, "12 maart " + "2011 te Utrecht geboren"),
    "born, full width": (Kind.BIRTH, ("geb. 12-03-" + "2011").translate(FULL_WIDTH)),
    "a day long ago": (Kind.BIRTH, f"Mevrouw J., {BIRTHDAY}"),
    "a day long ago in full": (Kind.BIRTH, "gesprek met dhr. B. (3 mei " + "1961)"),
    "a day long ago, year first": (Kind.BIRTH, "1961" + "/05/03"),
    "a day long ago behind a number": (Kind.BIRTH, f"kamer 3 {BIRTHDAY}"),
}


@pytest.mark.parametrize(("kind", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_phones_addresses_and_birthdays_are_refused_whatever_is_said_of_bsns(kind: Kind, text: str) -> None:
    assert kinds(text) == [kind]
    assert kinds(text, no_bsn=True) == [kind]


PASSES = [
    "",
    "Klaar.",
    "AGB 0105" + "7890",
    "AGB-code: 0105" + "7890 en KvK 1234" + "5678",
    "BSN-controle staat aan in het HIS; AGB 0105" + "7890",
    "BSN-controle: KvK-nummer 1234" + "5678",
    "BSN-controle klaar op 12-03-2027, 10:30 uur",
    "De BSN-controle loopt van 2024-2026.",
    "NL00" + "BANK" + "0123456789",
    "iban nl00 " + "bank " + "0123 4567 89 graag",
    "Sofie en Sofia doen ook mee, zaak 1234" + "5678",
    "Postcodes 3562 AB, 3562AC en 3563",
    "2024-2026",
    "Subsidie 2024/2026 en 2027–2028",
    "klaar op 12-03-2027",
    "sinds 2019, en weer vanaf 1-1-2025",
    "Van 2-12-2027 – 10-1-2028, daarna 3/4/28",
    "12 maart 2027 om 9.30 uur, tot 10.30-11.15 uur",
    "2026-03-12T10:30:00",
    "verslag_20260312_1.pdf",
    "Overleg 12-03-2027 09:30-10:30",
    "€ 12.500,00",
    "€ 1.250.000,00 en 2.222.333,33 en € 300.000 (2027)",
    "BV-P-01, BV-P-02 en W-BEW-03",
    "BV-P-01/02/03/04/05",
    "versie 2.2.0, daarna 2.10.11-1",
    "map Kwaliteit/2026/protocol-12",
    "https://www.voorbeeld.nl/documenten/2026/03/12/protocol-12.pdf",
    "factuur F2026-001234, order 20261234-A",
    "bestelling 1112" + "22333" + "4445, EAN 8712" + "345" + "678906",
    "BIG 1901" + "2345" + "678",
    "overleg 3 van 12, punt 4.2",
    "3, 6, 12, 18, 24 maanden",
    "Bel 112 of 0800-1234, of 14 030",
    "@team en kbrollout@2.1",
    "Geboortezorg: klaar op 12-03-2027. Kansrijke Start (ongeboren kind) 01-04-2027",
    "geboren uit een idee van 2019",
    "De praktijk bestaat sinds 1985.",
]


@pytest.mark.parametrize("text", PASSES)
def test_what_people_write_about_their_work_passes(text: str) -> None:
    assert findings(text) == ()


@pytest.mark.parametrize("ordinary", ["{}, 2024-2026", "{}: 10.30-11.30 uur", "€ {}.500 (2026)", "€ {}25 / 1300"])
def test_a_number_that_is_clearly_something_else_joins_no_other(ordinary: str) -> None:
    texts = [ordinary.format(number) for number in range(1, 1000)]
    by_chance = [text for text in texts if (digits := re.sub(r"\D", "", text)) and len(digits) == 9 and digits == bsn_from(digits[:8])]
    assert by_chance
    assert [text for text in by_chance if findings(text)] == []


def test_nine_digits_that_fail_the_eleven_test_pass_without_the_word() -> None:
    assert kinds(f"zaak {NO_BSN}") == []
    assert kinds("000" + "000" + "000") == []


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [
        (f"Besproken: {BSN}, akkoord", BSN, "Besproken: •••••••••, akkoord"),
        (f"\ufdfa \u200b{BSN.translate(ARABIC_INDIC)}", BSN.translate(ARABIC_INDIC), "\ufdfa •••••••••"),
        (f"Stuur het vandaag nog naar {ADDRESS} als het kan, dank u", ADDRESS, "…ndaag nog naar ••••••••@•••••••••••• als het kan, d…"),
        (f"zie\n\t06-{MOBILE}\u202e", f"06-{MOBILE}", "zie ••-••••••••"),
        (f"mw. geb. {BIRTHDAY}", BIRTHDAY, "mw. geb. ••-••-••••"),
    ],
)
def test_a_finding_shows_where_and_masks_what(text: str, place: str, shown: str) -> None:
    (found,) = findings(text)
    assert text[found.start : found.end] == place
    assert found.shown == shown


def test_what_stands_beside_a_finding_is_masked_as_well() -> None:
    first, second = findings(f"{BSN} {ADDRESS}")
    assert (first.kind, second.kind) == (Kind.BSN, Kind.MAIL)
    assert first.shown == "••••••••• ••••••••@•••••…"
    assert second.shown == "••••••••• ••••••••@••••••••••••"


def test_the_end_of_a_phone_number_is_no_bsn() -> None:
    number = next(each for each in (bsn_from(f"6123456{last}") for last in range(10)) if each)
    assert kinds(f"+31 {number}") == [Kind.PHONE]


def test_every_kind_says_what_is_wrong_and_how_to_mend_it() -> None:
    found = findings(f"{BSN}; 06-{MOBILE}; {ADDRESS}; {BIRTHDAY}")
    assert [each.kind for each in found] == [Kind.BSN, Kind.PHONE, Kind.MAIL, Kind.BIRTH]
    assert "dit is geen BSN" in found[0].fix
    assert len({each.what for each in found}) == len({each.fix for each in found}) == 4
    assert all(each.kind.value in each.what and each.fix.endswith(".") for each in found)


DIGITS = "0123456789"
SCRIPTS = [
    str.maketrans(DIGITS, "".join(chr(zero + digit) for digit in range(10))) for zero in (0x30, 0xFF10, 0x660, 0x6F0, 0x966, 0x1D7CE)
]
SIGNS = ["", " ", ".", "-", "/", "–", "\u00a0", "\n", "\r\n", "\t", "\u200b", "\u2060", "_", "|", "·", ", ", " - ", " / "]
SIZES = [(9,), (3, 3, 3), (4, 2, 3), (2, 3, 4), (4, 5), (1, 8), (2, 2, 2, 2, 1), (1,) * 9]
bsns = st.text(DIGITS, min_size=8, max_size=8).map(bsn_from).filter(lambda number: bool(number.strip("0")))


@given(bsns, st.sampled_from(SIZES), st.sampled_from(SIGNS), st.sampled_from(SCRIPTS), st.sampled_from(["", "bsn", "zie ", "1234/", "x\n"]))
def test_any_bsn_in_any_script_with_any_sign_is_found(
    number: str, sizes: tuple[int, ...], sign: str, script: dict[int, int], before: str
) -> None:
    written = grouped(number.translate(script), sizes, sign)
    text = f"{before}{written} besproken"
    # The numbers in front may happen to make another BSN together with the first digits of this one; then that one is shown.
    assert any(each.kind is Kind.BSN and each.end > len(before) for each in findings(text))
    if not before.startswith("1234"):
        (found,) = findings(text)
        assert (found.start, found.end) == (len(before), len(before) + len(written))


@given(bsns, st.lists(st.sampled_from(["", " ", ".", "-", "/"]), min_size=8, max_size=8))
def test_a_bsn_with_different_signs_is_found_unless_it_holds_a_date(number: str, signs: list[str]) -> None:
    written = number[0] + "".join(f"{sign}{digit}" for sign, digit in zip(signs, number[1:], strict=True))
    # A date with another number beside it ("12-03-2027 4 praktijken") is ordinary planning and wins.
    assume(not re.search(r"\d([-./])\d\d?\1\d|(19|20)\d\d[-/ ]+(19|20)\d\d|(19|20)\d{6}", written))
    assert findings(written)


@given(st.text(st.one_of(st.characters(), st.sampled_from(DIGITS + "@.-/ \n+€'\u200b\u0664"))), st.booleans())
def test_any_text_is_read_and_never_repeated(text: str, no_bsn: bool) -> None:
    found = findings(text, no_bsn=no_bsn)
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert not any(unicodedata.digit(character, None) is not None for character in each.shown)
        assert not (no_bsn and each.kind is Kind.BSN)
    assert list(found) == sorted(found, key=lambda each: each.start)


words = st.text(st.characters(categories=["Ll", "Lu", "Zs"]), max_size=40)


@given(words, st.sampled_from([BSN, " ".join(BSN), f"06-{MOBILE}", ADDRESS, BIRTHDAY]), words)
def test_what_is_refused_is_not_in_what_is_shown(before: str, refused: str, after: str) -> None:
    found = findings(f"{before} {refused} {after}")
    assert found
    for each in found:
        assert refused not in each.shown
        assert not set(DIGITS) & set(each.shown)
        assert "voorbeeld" not in each.shown or "voorbeeld" in before + after


days = st.dates(date(2015, 1, 1), date(2060, 12, 31))
WRITTEN_DATES: list[Callable[[date], str]] = [
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d-%m-%y}",
    lambda day: f"{day.day}-{day.month}-{day:%y}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%Y%m%d}",
]


@given(days, days, st.sampled_from(WRITTEN_DATES), st.sampled_from([" – ", " / ", " t/m ", ", ", " ", "\n"]), st.integers(0, 999))
def test_dates_of_the_planning_pass(first: date, last: date, write: Callable[[date], str], between: str, count: int) -> None:
    assert findings(f"Klaar op {write(first)}{between}{write(last)} bij {count} praktijken") == ()
    assert findings(f"{write(first)} 09:30-10:45 ({count})") == ()


@given(st.integers(0, 10**10), st.integers(2015, 2060))
def test_amounts_and_years_pass(cents: int, year: int) -> None:
    euros = f"{cents // 100:,}".replace(",", ".")
    assert findings(f"€ {euros},{cents % 100:02} in {year}-{year + 2}") == ()
