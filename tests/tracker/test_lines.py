"""The page of a line: what it says, what the form does, and that nothing that somebody typed gets lost."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from kbrollout.documents.parts import anchor
from kbrollout.model.progress import MEANINGS, Stand
from kbrollout.tracker.models import Agreement, Channel, Event, Item, PackFile, Role
from kbrollout.tracker.services import Actor, change, differs, review
from tests.tracker.conftest import COMMAND, Cast, make_person
from tests.tracker.pages import form, forms, said, title

REASON = "Deze praktijk heeft geen balie."
BSN = "1112" + "22333"


def actor(cast: Cast, who: str) -> Actor:
    person = getattr(cast, who)
    return Actor(person.name, Channel.WEB, person, person.memberships.get().role)


def address(item: Item) -> str:
    return reverse("line", args=[item.site_id, item.kind, item.unit.slug, item.code])


def sent(client: Client, item: Item, **changes: str) -> Any:
    """Open the page, change fields, submit."""
    values = form(client.get(address(item)), "stand").values
    return client.post(address(item), {**values, **changes})


def now(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


# -- what it says


def test_a_requirement_says_what_is_asked_and_why(line: Item, cast: Cast) -> None:
    Item.objects.filter(pk=line.pk).update(due=date(2027, 4, 9))
    page = cast.client("member").get(address(line))
    words = said(page)
    for text in (line.title, line.details["why"], line.details["good_enough"], line.details["evidence"], "Uiterlijk 9 april 2027"):
        assert text in words
    assert cast.site.roles[line.who] in words
    assert line.title in title(page)
    for code in line.details["agreements"]:
        assert reverse("agreement", args=[cast.site.slug, code]) in page.content.decode()


def test_stands_are_asked_in_their_order_with_their_meaning(line: Item, cast: Cast) -> None:
    page = cast.client("member").get(address(line))
    asked = form(page, "stand")
    assert asked.options["stand"] == list(Stand)
    assert asked.values["stand"] == "Nog niet bekeken"
    assert all(meaning in said(page) for meaning in MEANINGS.values())


def test_a_task_and_a_point_have_their_own_fields(cast: Cast, line: Item) -> None:
    task = Item.objects.create(site=cast.site, unit=line.unit, kind="taak", code="T-1/x", title="Bel rond", who="huisarts", stand="nee")
    client = cast.client("member")
    assert set(form(client.get(address(task)), "stand").values) == {"csrfmiddlewaretoken", "version", "stand", "date"}
    assert sent(client, task, stand="ja", date="3-2-2027").status_code == 302
    assert (now(task).stand, now(task).date) == ("ja", date(2027, 2, 3))
    assert "Gedaan" in said(client.get(address(task)))
    point = cast.site.items.filter(kind="punt").first()
    assert point is not None
    client = cast.client("coordinator")
    assert set(form(client.get(address(point)), "stand").values) == {"csrfmiddlewaretoken", "version", "stand", "note"}
    assert sent(client, point, stand="Opgelost").status_code == 302
    assert now(point).stand == "Opgelost"


@pytest.mark.parametrize("who", ["reader", "member"])
def test_who_does_not_fill_in_sees_everything_and_has_no_form(cast: Cast, line: Item, who: str) -> None:
    """A reader; and somebody of another practice."""
    other = cast.site.items.filter(kind="eis", unit__kind="praktijk").exclude(unit=line.unit).first()
    assert other is not None
    change(COMMAND, other.pk, 0, {"stand": "Mee bezig", "missing": "Nog een datum", "date": "12-3-2027"})
    client = cast.client(who)
    page = client.get(address(other))
    assert forms(page) == []
    for text in (other.title, "Nog een datum", "12-03-2027", "niet ingevuld", "Nog niet bekeken → werd Mee bezig"):
        assert text in said(page)
    for name in ("line", "review", "take_over"):
        where = reverse(name, args=[other.site_id, other.kind, other.unit.slug, other.code])
        assert client.post(where, {"version": "1", "stand": "Geregeld"}).status_code == 404
    assert now(other).version == 1


# -- the form


def test_what_was_filled_in_is_saved_and_told(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    answer = sent(client, line, stand="Mee bezig", missing="De datum\r\nen de plek", owner="praktijkmanager", date="12-3-2027")
    assert (answer.status_code, answer.headers["Location"]) == (302, address(line))
    assert now(line).values == {**line.values, "stand": "Mee bezig", "missing": "De datum\nen de plek", "owner": "praktijkmanager"} | {
        "date": "2027-03-12"
    }
    page = client.get(address(line))
    words = said(page)
    assert f"Opgeslagen: {line.title}." in words
    assert "Stand: Nog niet bekeken → werd Mee bezig" in words
    assert "Datum: niet ingevuld → werd 12-03-2027" in words
    assert f"{cast.member.name} (invuller, website)" in words
    assert form(page, "stand").values["date"] == "12-03-2027"


def test_the_newest_change_stands_first(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"note": "eerst"})
    change(COMMAND, line.pk, 1, {"note": "daarna"})
    words = said(cast.client("reader").get(address(line)))
    assert words.index("eerst → werd daarna") < words.index("niet ingevuld → werd eerst")
    assert "opdracht, " in words, "a command has no role, and its name says the door"


def test_an_answer_of_one_word_is_shown_as_it_was_typed(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"note": "ja"})
    assert "Toelichting: niet ingevuld → werd ja" in said(cast.client("reader").get(address(line)))


def test_nothing_changed_is_said(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    sent(client, line)
    assert "Er was niets veranderd." in said(client.get(address(line)))
    assert now(line).version == 0


def test_save_and_go_on(line: Item, cast: Cast) -> None:
    following = cast.site.items.filter(kind="eis", unit=line.unit, order__gt=line.order).first()
    assert following is not None
    client = cast.client("member")
    assert sent(client, line, note="gezien", next="ja").headers["Location"] == address(following)
    page = client.get(address(following)).content.decode()
    assert address(line) in page


def test_faults_stand_on_top_and_at_their_fields_and_keep_what_was_typed(line: Item, cast: Cast) -> None:
    typed = {"stand": "Niet van toepassing", "missing": "nee", "date": "morgen", "owner": "praktijkmanager"}
    page = sent(cast.client("member"), line, **typed)
    assert page.status_code == 400
    assert title(page).startswith("Fout: ")
    text = page.content.decode()
    assert 'href="#veld-date"' in text
    assert 'id="veld-date"' in text
    assert said(page).count("“morgen” is geen datum.") == 2
    assert {name: form(page, "stand").values[name] for name in typed} == typed
    assert (now(line).version, Event.objects.filter(item=line).count()) == (0, 0)


def test_fields_that_do_not_go_together_are_refused(line: Item, cast: Cast) -> None:
    page = sent(cast.client("member"), line, stand="Niet van toepassing", missing="nee")
    assert page.status_code == 400
    assert "hoort een reden" in said(page)
    assert sent(cast.client("member"), line, stand="Niet van toepassing", missing=REASON).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "1.0"])
def test_a_form_that_is_not_ours_is_refused(line: Item, cast: Cast, version: str) -> None:
    assert cast.client("member").post(address(line), {"stand": "Geregeld", "version": version}).status_code == 400
    assert now(line).version == 0


def test_a_bsn_is_refused_and_neither_kept_nor_logged(line: Item, cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    client = cast.client("member")
    with caplog.at_level(logging.DEBUG):
        page = sent(client, line, note=f"Factuur {BSN}")
    assert page.status_code == 400
    assert "burgerservicenummer" in said(page)
    assert BSN not in caplog.text
    assert now(line).version == 0
    asked = form(page, "stand")
    assert asked.values["note"] == f"Factuur {BSN}"
    assert asked.options["is_not_bsn"] == ["ja"]
    without = client.post(address(line), {**asked.values, "is_not_bsn": "ja"})
    assert without.status_code == 400
    assert 'href="#veld-not_bsn"' in without.content.decode()
    again = client.post(address(line), {**form(without, "stand").values, "not_bsn": "Nummer van een factuur"})
    assert again.status_code == 302
    assert now(line).note == f"Factuur {BSN}"
    assert "Nummer van een factuur" in said(client.get(address(line)))


def test_a_bsn_is_no_reason_why_a_number_is_none(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    page = sent(client, line, note="Alles in orde", is_not_bsn="ja", not_bsn=f"Het is {BSN} en niets anders")
    assert page.status_code == 400
    assert 'href="#veld-not_bsn"' in page.content.decode()
    assert now(line).version == 0


def test_a_number_is_only_asked_about_when_there_is_one(line: Item, cast: Cast) -> None:
    page = sent(cast.client("member"), line, note="bel 06-" + "12345678")
    assert page.status_code == 400
    assert "is_not_bsn" not in form(page, "stand").options


# -- two people at once


def test_a_clash_shows_both_answers_and_loses_nothing(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    mine = form(client.get(address(line)), "stand").values
    change(actor(cast, "coordinator"), line.pk, 0, {"stand": "Mee bezig", "owner": "assistente", "note": "van de ander"})
    page = client.post(address(line), {**mine, "stand": "Geregeld", "note": "van mij", "evidence": "Map Kwaliteit", "date": "1-2-2027"})
    assert page.status_code == 409
    assert title(page).startswith("Fout: ")
    words = said(page)
    for text in ("Geregeld", "Mee bezig", "van mij", "van de ander", f"{cast.coordinator.name}, "):
        assert text in words
    assert (now(line).stand, now(line).version) == ("Mee bezig", 1)
    asked = form(page, "evidence")
    assert asked.values["version"] == "1"
    assert (asked.values["evidence"], asked.values["date"]) == ("Map Kwaliteit", "01-02-2027")
    assert asked.values["owner"] == "assistente", "what only the other one filled in stays"
    assert asked.options["keuze-stand"] == ["mijn", "ander"]
    assert not {"keuze-stand", "keuze-note"} & asked.values.keys(), "no answer is chosen beforehand"
    answer = client.post(address(line), {**asked.values, "keuze-stand": "mijn", "keuze-note": "ander"})
    assert answer.status_code == 302
    expected = {"stand": "Geregeld", "note": "van de ander", "owner": "assistente", "evidence": "Map Kwaliteit", "date": "2027-02-01"}
    assert now(line).values == {**line.values, **expected}
    assert list(differs(cast.site)) == []


def test_a_clash_waits_for_a_choice(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    mine = form(client.get(address(line)), "stand").values
    change(COMMAND, line.pk, 0, {"stand": "Mee bezig", "date": "1-3-2027"})
    page = client.post(address(line), {**mine, "stand": "Geregeld", "date": "1-2-2027", "note": "klaar"})
    again = client.post(address(line), {**form(page, "note").values, "keuze-date": "mijn"})
    assert again.status_code == 409
    asked = form(again, "note")
    assert asked.values["keuze-date"] == "mijn"
    assert "keuze-stand" not in asked.values
    assert (asked.values["mijn-stand"], asked.values["mijn-date"], asked.values["note"]) == ("Geregeld", "01-02-2027", "klaar")
    assert client.post(address(line), {**asked.values, "keuze-stand": "ander"}).status_code == 302
    assert (now(line).stand, now(line).date, now(line).note) == ("Mee bezig", date(2027, 2, 1), "klaar")


def test_a_third_answer_clashes_again(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    mine = form(client.get(address(line)), "stand").values
    change(COMMAND, line.pk, 0, {"note": "twee"})
    page = client.post(address(line), {**mine, "note": "een"})
    change(COMMAND, line.pk, 1, {"note": "drie"})
    again = client.post(address(line), {**form(page, "version").values, "keuze-note": "mijn"})
    assert again.status_code == 409
    assert "drie" in said(again)
    assert now(line).note == "drie"


def test_different_fields_of_two_people_are_both_kept(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    mine = form(client.get(address(line)), "stand").values
    change(COMMAND, line.pk, 0, {"owner": "assistente"})
    assert client.post(address(line), {**mine, "stand": "Mee bezig"}).status_code == 302
    assert (now(line).stand, now(line).owner) == ("Mee bezig", "assistente")


def test_a_fault_in_a_choice_keeps_the_choice(line: Item, cast: Cast) -> None:
    client = cast.client("member")
    mine = form(client.get(address(line)), "stand").values
    change(COMMAND, line.pk, 0, {"stand": "Mee bezig"})
    page = client.post(address(line), {**mine, "stand": "Geregeld"})
    wrong = client.post(address(line), {**form(page, "note").values, "keuze-stand": "mijn", "date": "ooit"})
    assert wrong.status_code == 400
    asked = form(wrong, "note")
    assert (asked.values["keuze-stand"], asked.values["date"]) == ("mijn", "ooit")
    assert client.post(address(line), {**asked.values, "date": ""}).status_code == 302
    assert now(line).stand == "Geregeld"


# -- another text, a successor, the end


def test_a_changed_requirement_shows_both_texts_and_can_be_confirmed(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    then = {"title": line.title, "good_enough": "Er hangt een lijst.", "evidence": line.details["evidence"]}
    Item.objects.filter(pk=line.pk).update(answered="0" * 64, answered_text=then)
    client = cast.client("member")
    page = client.get(address(line))
    words = said(page)
    assert "De eis is gewijzigd" in words
    assert "Er hangt een lijst." in words
    assert words.count(line.details["good_enough"]) == 2, "as it is now, beside what it was"
    confirm = next(each for each in forms(page) if set(each.values) == {"csrfmiddlewaretoken", "version"})
    assert client.post(address(line), confirm.values).status_code == 302
    assert (now(line).has_changed, now(line).stand) == (False, "Geregeld")
    after = said(client.get(address(line)))
    assert "De eis is gewijzigd" not in after
    assert "Bevestigd dat het antwoord nog klopt" in after


def test_the_answers_of_a_predecessor_can_be_taken_over(line: Item, cast: Cast) -> None:
    old = cast.site.items.filter(kind="eis", unit=line.unit).exclude(pk=line.pk).first()
    assert old is not None
    change(COMMAND, old.pk, 0, {"stand": "Geregeld", "evidence": "Map Kwaliteit"})
    Item.objects.filter(pk=line.pk).update(predecessor=old)
    client = cast.client("member")
    page = client.get(address(line))
    assert "Map Kwaliteit" in said(page)
    where = reverse("take_over", args=[line.site_id, line.kind, line.unit.slug, line.code])
    assert where in [each.action for each in forms(page)]
    assert client.post(where).headers["Location"] == address(line)
    assert (now(line).stand, now(line).evidence) == ("Geregeld", "Map Kwaliteit")
    assert f"Antwoord overgenomen van {old.code}" in said(client.get(address(line)))
    again = client.post(where)
    assert (again.status_code, "niets om over te nemen" in said(again)) == (400, True)


def test_what_is_not_asked_any_more_is_shown_and_not_asked(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"stand": "Geregeld", "evidence": "Map Kwaliteit"})
    new = cast.site.items.filter(kind="eis", unit=line.unit).exclude(pk=line.pk).first()
    assert new is not None
    Item.objects.filter(pk=line.pk).update(gone=date(2026, 11, 20))
    Item.objects.filter(pk=new.pk).update(predecessor=line)
    client = cast.client("member")
    page = client.get(address(line))
    assert forms(page) == []
    assert "Vervallen sinds 20 november 2026" in said(page)
    assert "Map Kwaliteit" in said(page)
    assert address(new) in page.content.decode()
    late = client.post(address(line), {"version": "1", "stand": "Mee bezig"})
    assert (late.status_code, "geldt niet meer" in said(late), now(line).stand) == (400, True, "Geregeld")


# -- the check by somebody else


def controle(item: Item) -> str:
    return reverse("review", args=[item.site_id, item.kind, item.unit.slug, item.code])


def test_somebody_else_says_that_it_is_right(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    assert controle(line) not in [each.action for each in forms(cast.client("member").get(address(line)))]
    client = cast.client("coordinator")
    asked = form(client.get(address(line)), "review")
    assert asked.action == controle(line)
    assert client.post(asked.action, {**asked.values, "review": "akkoord"}).status_code == 302
    assert (now(line).review, now(line).reviewed_by) == ("akkoord", cast.coordinator)
    words = said(client.get(address(line)))
    assert f"{cast.coordinator.name} keek hiernaar en is akkoord." in words
    assert "Controle: nog niet gecontroleerd → werd akkoord" in words
    assert len(forms(client.get(address(line)))) == 1, "there is nothing left to check"


def test_sending_back_asks_for_a_reason_and_keeps_what_was_typed(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    client = cast.client("coordinator")
    values = form(client.get(address(line)), "review").values
    page = client.post(controle(line), {**values, "review": "teruggestuurd", "review_note": "kort"})
    assert page.status_code == 400
    assert 'href="#veld-review_note"' in page.content.decode()
    asked = form(page, "review").values
    assert (asked["review"], asked["review_note"]) == ("teruggestuurd", "kort")
    client.post(controle(line), {**asked, "review_note": "Noem de map waar het staat."})
    words = said(cast.client("member").get(address(line)))
    assert "Teruggestuurd" in words
    assert f"{cast.coordinator.name} stuurde dit terug: Noem de map waar het staat." in words


def test_a_check_of_what_changed_meanwhile_is_refused(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    client = cast.client("coordinator")
    values = form(client.get(address(line)), "review").values
    change(actor(cast, "member"), line.pk, 1, {"evidence": "Andere map"})
    page = client.post(controle(line), {**values, "review": "akkoord"})
    assert (page.status_code, now(line).review) == (400, "")
    assert form(page, "review").values["version"] == "2"


def test_one_cannot_check_oneself(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    page = cast.client("member").post(controle(line), {"version": "1", "review": "akkoord"})
    assert (page.status_code, now(line).review) == (400, "")
    assert "Een ander controleert het." in said(page)


def test_who_sent_it_back_can_still_agree(line: Item, cast: Cast) -> None:
    change(actor(cast, "member"), line.pk, 0, {"stand": "Geregeld"})
    review(actor(cast, "coordinator"), line.pk, 1, "teruggestuurd", "Noem de map waar het staat.")
    client = cast.client("coordinator")
    values = form(client.get(address(line)), "review").values
    assert client.post(controle(line), {**values, "review": "akkoord"}).status_code == 302
    assert now(line).review == "akkoord"


# -- the code on paper


def test_the_code_on_paper_leads_to_its_line(line: Item, cast: Cast) -> None:
    where = f"/{cast.site.slug}/{line.unit.slug}/{line.code}"
    assert cast.client("member").get(where).headers["Location"] == address(line)
    first = cast.client(None).get(where).headers["Location"]
    assert first == f"{reverse('account_login')}?next={where}"
    assert cast.client("outsider").get(where).status_code == 404
    assert cast.client("member").get(where + "X").status_code == 404


# -- an agreement


def test_an_agreement_says_what_holds_and_what_serves_it(line: Item, cast: Cast) -> None:
    code = line.details["agreements"][0]
    found = Agreement.objects.get(site=cast.site, code=code)
    change(COMMAND, line.pk, 0, {"stand": "Geregeld"})
    client = cast.client("reader")
    page = client.get(reverse("agreement", args=[cast.site.slug, code]))
    words = said(page)
    assert found.title in words
    assert found.text.split("\n")[0] in words
    assert found.state in words
    same = cast.site.items.filter(kind="eis", code=line.code).count()
    assert f"1 van {same} ({100 // same}%) geregeld" in words
    assert address(line) in page.content.decode()
    assert "afsprakenstelsel.html" not in page.content.decode(), "this pack has no such page"
    assert client.get(reverse("agreement", args=[cast.site.slug, "W-BESTAAT-NIET"])).status_code == 404


def test_an_agreement_leads_to_its_place_in_the_pack(line: Item, cast: Cast) -> None:
    index = cast.site.files.first()
    assert index is not None
    PackFile.objects.create(
        site=cast.site, path="afsprakenstelsel.html", blob=index.blob, document="x", format="html", title="x", date=index.date
    )
    code = line.details["agreements"][0]
    page = cast.client("reader").get(reverse("agreement", args=[cast.site.slug, code])).content.decode()
    place = f'href="{reverse("pack_file", args=[cast.site.slug, "afsprakenstelsel.html"])}#{anchor(code)}"'
    assert place in page
    assert place in cast.client("reader").get(address(line)).content.decode()
    Agreement.objects.filter(site=cast.site, code=code).update(state="niet van toepassing")
    assert "afsprakenstelsel.html" not in cast.client("reader").get(reverse("agreement", args=[cast.site.slug, code])).content.decode()


def test_text_of_people_is_text(line: Item, cast: Cast) -> None:
    change(COMMAND, line.pk, 0, {"note": "<script>alert(1)</script> {{ user.email }} {% now %}"})
    page = cast.client("member").get(address(line)).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ user.email }} {% now %}" in page


def test_a_name_of_a_colleague_who_left_stays_in_the_history(line: Item, cast: Cast) -> None:
    person = make_person("weg", Role.MEMBER, cast.site, unit=line.unit)
    change(Actor(person.name, Channel.WEB, person, "invuller"), line.pk, 0, {"stand": "Mee bezig"})
    person.memberships.all().delete()
    assert f"{person.name} (invuller, website)" in said(cast.client("reader").get(address(line)))


def test_a_database_that_others_keep_busy_is_told(line: Item, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("kbrollout.tracker.services.change", busy)
    response = cast.client("member").post(address(line), {"stand": "Geregeld", "version": "0"})
    assert response.status_code == 503
    assert "Er is niets opgeslagen" in said(response)
    assert "locked" not in response.content.decode()
