"""The screens of the workbook: out, in, a look at what changes, and only then the change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kbrollout.tracker.models import Event, Export, Item, Upload
from kbrollout.tracker.services import change
from kbrollout.tracker.sheets import read_workbook
from kbrollout.tracker.workbook import progress_workbook
from tests.tracker.conftest import COMMAND, Cast, queries
from tests.tracker.workbooks import actor_of, filled, opened

NUMBER = "1112" + "22333"


@pytest.fixture
def workbook(cast: Cast, line: Item) -> bytes:
    return progress_workbook(cast.site, [line.unit], cast.member)


def send(client: Client, cast: Cast, content: bytes, name: str = "voortgang.xlsx") -> Any:
    return client.post(reverse("workbook", args=[cast.site.slug]), {"workbook": SimpleUploadedFile(name, content)})


def text(response: Any) -> str:
    return str(response.content.decode())


def token(response: Any) -> str:
    return text(response).partition('name="preview" value="')[2].partition('"')[0]


def test_the_workbook_is_fetched_and_remembered(cast: Cast, line: Item) -> None:
    response: Any = cast.client("reader").post(reverse("workbook_file", args=[cast.site.slug]), {"unit": line.unit.slug})
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="voortgang-{cast.site.slug}-{line.unit.slug}-20')
    assert opened(response.content)["_kb"]["B7"].value == str(Export.objects.get(by=cast.reader).pk)
    assert cast.client("member").post(reverse("workbook_file", args=[cast.site.slug]), {"unit": "elders"}).status_code == 404


def test_there_and_back(cast: Cast, line: Item, workbook: bytes) -> None:
    client = cast.client("member")
    sent = send(client, cast, filled(workbook, (line, "stand", "Geregeld"), (line, "note", "<b>klaar</b>"), (line, "date", "12-3-2027")))
    assert sent.status_code == 302
    page = client.get(sent.headers["Location"])
    for said in ("Dit verandert (3)", "Nog niet bekeken", "Geregeld", "12-03-2027", "&lt;b&gt;klaar&lt;/b&gt;", line.title):
        assert said in text(page), said
    assert not Event.objects.filter(item=line).exists()
    done = client.post(sent.headers["Location"], {"preview": token(page)}, follow=True)
    assert "Overgenomen uit Excel: 3 wijzigingen in 1 regel." in text(done)
    line.refresh_from_db()
    assert (line.stand, line.note) == ("Geregeld", "<b>klaar</b>")
    assert Event.objects.get(item=line).channel == "excel"
    assert not Upload.objects.exists()
    assert client.get(sent.headers["Location"]).status_code == 404


def test_a_clash_is_chosen_and_what_was_chosen_is_kept(cast: Cast, line: Item, workbook: bytes) -> None:
    client = cast.client("member")
    content = filled(workbook, (line, "stand", "Geregeld"), (line, "owner", "assistente"))
    change(actor_of(cast, "coordinator"), line.pk, 0, {"stand": "Mee bezig", "owner": "praktijkmanager"})
    address = send(client, cast, content).headers["Location"]
    page = client.get(address)
    assert "Coordinator (wijkcoördinator, website)" in text(page)
    answer = {"preview": token(page), f"{line.pk}-stand": "excel"}
    half = client.post(address, answer)
    assert half.status_code == 422
    assert f'href="#veld-{line.pk}-owner"' in text(half)
    assert f'id="excel-{line.pk}-stand" value="excel" required checked' in text(half)
    assert client.post(address, answer | {f"{line.pk}-owner": "website"}).status_code == 302
    line.refresh_from_db()
    assert (line.stand, line.owner) == ("Geregeld", "praktijkmanager")


def test_when_the_site_moved_it_is_looked_at_again(cast: Cast, line: Item, workbook: bytes) -> None:
    client = cast.client("member")
    address = send(client, cast, filled(workbook, (line, "stand", "Geregeld"))).headers["Location"]
    old = token(client.get(address))
    change(COMMAND, line.pk, 0, {"stand": "Mee bezig"})
    moved = client.post(address, {"preview": old})
    assert moved.status_code == 409
    assert "Op de website is intussen iets veranderd." in text(moved)
    assert "Kies wat er moet staan" in text(moved)
    answer = {"preview": token(moved), f"{line.pk}-stand": "excel"}
    assert client.post(address, answer).status_code == 302


def test_what_looks_like_patient_data_is_shown_and_not_kept(
    cast: Cast, line: Item, workbook: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    response = send(cast.client("member"), cast, filled(workbook, (line, "note", f"nummer {NUMBER}"), (line, "stand", "Geregeld")))
    assert response.status_code == 422
    assert "cel O4" in text(response)
    assert "•••••••••" in text(response)
    assert NUMBER not in text(response) + caplog.text
    assert not Upload.objects.exists()


def test_only_what_was_read_is_kept_and_no_name_that_says_too_much(cast: Cast, line: Item, workbook: bytes) -> None:
    client = cast.client("member")
    content = filled(workbook, (line, "stand", "Geregeld"))
    send(client, cast, content, f"{NUMBER}.xlsx")
    send(client, cast, content, "../../maandag.xlsx")
    assert [each.name for each in Upload.objects.order_by("at")] == ["werkmap.xlsx", "maandag.xlsx"]
    assert {bytes(each.content) for each in Upload.objects.all()} == {read_workbook(content).to_bytes()}


def test_what_waits_too_long_is_gone(cast: Cast, workbook: bytes) -> None:
    client = cast.client("member")
    address = send(client, cast, workbook).headers["Location"]
    Upload.objects.update(at=timezone.now() - timedelta(hours=25))
    assert client.get(address).status_code == 404
    send(client, cast, workbook)
    assert Upload.objects.count() == 1


def test_what_was_sent_in_can_be_put_away(cast: Cast, line: Item, workbook: bytes) -> None:
    client = cast.client("member")
    address = send(client, cast, filled(workbook, (line, "stand", "Geregeld"))).headers["Location"]
    assert "Er is niets veranderd." in text(client.post(address, {"discard": "ja"}, follow=True))
    assert not Upload.objects.exists()
    assert not Event.objects.filter(item=line).exists()


def test_only_the_sender_sees_it_and_who_only_reads_sends_nothing(cast: Cast, line: Item, workbook: bytes) -> None:
    content = filled(workbook, (line, "stand", "Geregeld"))
    address = send(cast.client("member"), cast, content).headers["Location"]
    for who in ("admin", "coordinator", "reader", "outsider"):
        assert cast.client(who).get(address).status_code == 404, who
        assert cast.client(who).post(address, {"preview": "x"}).status_code == 404, who
    assert send(cast.client("reader"), cast, content).status_code == 404
    assert "Inleveren" not in text(cast.client("reader").get(reverse("workbook", args=[cast.site.slug])))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Er is geen bestand gekozen, of het is te groot."),
        (b"<html>", "Dit bestand is geen werkmap van Excel."),
        (bytes(2_500_000), "Dit bestand is groter dan een werkmap van de voortgang kan zijn."),
        (bytes(4_000_000), "Er is geen bestand gekozen, of het is te groot."),
    ],
)
def test_a_file_that_is_no_workbook_is_told(cast: Cast, content: bytes, said: str) -> None:
    response = send(cast.client("member"), cast, content)
    assert response.status_code == 422
    assert said in text(response)


def test_looking_asks_as_many_queries_for_many_lines_as_for_one(cast: Cast, line: Item, workbook: bytes) -> None:
    client = cast.client("member")
    others = list(cast.site.items.filter(kind="eis", unit=line.unit).select_related("unit"))
    few = send(client, cast, filled(workbook, *((item, "stand", "Geregeld") for item in others[:2]))).headers["Location"]
    many = send(client, cast, filled(workbook, *((item, "stand", "Geregeld") for item in others))).headers["Location"]
    for item in others:
        change(COMMAND, item.pk, 0, {"stand": "Mee bezig"})
    counts = []
    for address in (few, many):
        with queries() as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
