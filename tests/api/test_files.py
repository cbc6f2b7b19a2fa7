"""Files through the API (R-E5): stored once for a key, attached by the report, opened by whoever sees the problem."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, TEXT, Caller, Calls, answered
from tests.files.samples import amr, pdf, photo
from zhitong.domain.files.rules.kinds import MEBIBYTE

pytestmark = pytest.mark.django_db

MATTER = {"category": "energy", "text": TEXT}


def open_file(caller: Caller, file_id: str) -> Any:
    """Ask for the bytes."""
    return caller.client.get(f"{PLACE}/files/{file_id}", headers={"Authorization": f"Bearer {caller.secret}"})


def test_a_file_goes_with_the_report_and_is_told_of_with_the_problem(calls: Calls) -> None:
    firm = calls("firm")
    sent = [firm.upload(), firm.upload("说明.amr", amr(3))]

    number = firm.post("/problems", {**MATTER, "files": [one.body["id"] for one in sent]}).body["number"]

    assert [one.status for one in sent] == [201, 201]
    files = calls("park").get(f"/problems/{number}").body["files"]
    assert [(one["name"], one["format"]["code"], one["seconds"]) for one in files] == [
        ("现场.jpg", "jpeg", None), ("说明.amr", "amr", 3)
    ]
    assert [one["digest"] for one in files] == [one.body["digest"] for one in sent]
    opened = open_file(calls("park"), files[1]["id"])
    assert (opened.status_code, opened.content, opened["Content-Type"]) == (200, amr(3), "audio/amr")
    assert opened["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("login", ["other_firm", "neighbour", "outsider"])
def test_a_stranger_opens_neither_a_waiting_file_nor_an_attached_one(calls: Calls, login: str) -> None:
    firm = calls("firm")
    waiting, used = firm.upload().body["id"], firm.upload().body["id"]
    firm.post("/problems", {**MATTER, "files": [used]})

    for file in (waiting, used, str(uuid4())):
        answer = answered(open_file(calls(login), file))
        assert (answer.status, answer.body["code"]) == (404, "not_found")


def test_the_same_file_with_the_same_key_is_stored_once_and_another_is_refused(calls: Calls) -> None:
    firm = calls("firm")

    first, again = firm.upload(key="one"), firm.upload(key="one")
    other = firm.upload(content=photo("PNG"), key="one")

    assert (first.body, again.headers["Idempotent-Replay"]) == (again.body, "true")
    assert (other.status, other.body["code"]) == (422, "key_used")


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("合同.pdf", photo(), "“合同.pdf”的名称以.pdf结尾，内容却是JPG照片"),
    ("空.pdf", b"", "“空.pdf”是空的"),
    ("大.pdf", pdf() + bytes(21 * MEBIBYTE), "“大.pdf”有21.0MB，超过20MB"),
])  # fmt: skip
def test_what_is_not_taken_is_named(calls: Calls, name: str, content: bytes, sentence: str) -> None:
    answer = calls("firm").upload(name, content)

    assert (answer.status, answer.body["code"]) == (422, "files_unfit")
    assert sentence in answer.sentence


def test_a_call_without_a_file_is_told_so(calls: Calls) -> None:
    answer = calls("firm").post("/files", {})

    assert (answer.status, answer.body["fields"]) == (422, {"file": "缺少这一项，请补上。"})


def test_a_file_that_is_not_ones_own_is_not_attached_and_no_problem_is_raised(calls: Calls) -> None:
    firm, stolen = calls("firm"), calls("other_firm").upload().body["id"]

    answer = firm.post("/problems", {**MATTER, "files": [stolen]})

    assert (answer.status, answer.body["code"]) == (409, "file_gone")
    assert firm.get("/problems").body["rows"] == []


@pytest.mark.parametrize(("asked", "place"), [("?with_place=true", ("38.301944", "116.835000")), ("", (None, None))])
def test_where_a_photo_was_taken_is_told_of_a_file_sent_for_a_form_that_asks(
    calls: Calls, asked: str, place: tuple[str | None, str | None]
) -> None:
    firm = calls("firm")
    headers = {"Authorization": f"Bearer {firm.secret}", "Idempotency-Key": str(uuid4())}
    body = {"file": SimpleUploadedFile("现场.jpg", photo(), "image/jpeg")}

    sent = answered(firm.client.post(f"{PLACE}/files{asked}", body, headers=headers)).body

    assert (sent["latitude"], sent["longitude"]) == place
