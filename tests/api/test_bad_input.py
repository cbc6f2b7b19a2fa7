"""Bad input is told in a clear sentence at its place; nothing is kept of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import TEXT, Calls, Fill, matter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"revenue": "约一千二百万"}, "revenue", "“主营业务收入”要填数字，您填的是“约一千二百万”"),
        ({"revenue": -5}, "revenue", "“主营业务收入”不能小于0，您填的是-5"),
        ({"revenue": "１２abc"}, "revenue", "要填数字"),
        ({"revenue": 1e30}, "revenue", "数太大"),
        ({"employees": 1.5}, "employees", "要填整数"),
        ({"remarks": "长" * 20_000}, "remarks", "最多1000字，您写了20000字"),
        ({"remarks": "附件为绝密文件"}, "remarks", "本系统为非涉密系统，不得填写国家秘密。内容里有“绝密”字样"),
        ({"diagnosis": "great"}, "diagnosis", "没有“great”这一项"),
        ({"revenu": 5}, "revenu", "这张卡没有“revenu”这一栏"),
    ],
)
def test_a_figure_or_text_that_cannot_be_taken_is_told_at_its_place(
    calls: Calls, april: UUID, fill: Fill, changes: dict[str, Any], place: str, words: str
) -> None:
    firm = calls("firm")
    answer = firm.post(f"/rounds/{april}/card/submit", fill(problems=[matter()], **changes))

    assert (answer.status, answer.body["code"], list(answer.body["fields"])) == (422, "values_refused", [place])
    assert words in answer.body["fields"][place]
    assert firm.get("/problems").body["rows"] == []
    assert firm.get("/cards/owed").body["rows"][0]["state"]["code"] == "missing"


def test_full_width_digits_and_separators_are_read(calls: Calls, april: UUID, fill: Fill) -> None:
    firm = calls("firm")
    sent = firm.post(f"/rounds/{april}/card/submit", fill(revenue="１，２３４．５", tax_paid=" 12 "))
    values = {one["code"]: one["value"] for one in firm.get(f"/cards/{sent.body['card_id']}").body["values"]}

    assert sent.status == 200
    assert values["revenue"].replace(",", "").startswith("1234.5")


def test_a_matter_of_a_card_is_told_by_its_row(calls: Calls, april: UUID, fill: Fill) -> None:
    rows = [matter(), matter("机密材料见附件"), matter("长" * 20_000)]

    answer = calls("firm").post(f"/rounds/{april}/card/submit", fill(problems=rows))

    assert list(answer.body["fields"]) == ["problems.1.text", "problems.2.text"]
    assert "最多5000字，您写了20000字" in answer.body["fields"]["problems.2.text"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这是绝密事项", "本系统为非涉密系统"), ("长" * 20_000, "最多5000字，您写了20000字，请删减15000字"),
        ("  \n ", "请填写这一项"), ("\x00\ud800", "请填写这一项"), (12, "应为文字"), (None, "应为文字"),
    ],
)
def test_a_text_that_cannot_be_kept_is_told(calls: Calls, text: Any, words: str) -> None:
    answer = calls("firm").post("/problems", {"category": "energy", "text": text})

    assert (answer.status, list(answer.body["fields"])) == (422, ["text"])
    assert words in answer.body["fields"]["text"]


def test_a_marked_text_is_stopped_in_every_act(calls: Calls, reported: str) -> None:
    answer = calls("park").act(reported, "acknowledge", contact="绝 密 事项")

    assert (answer.status, list(answer.body["fields"])) == (422, ["contact"])
    assert calls("park").get(f"/problems/{reported}").body["state"]["code"] == "dispatched"


def test_signs_that_no_database_keeps_are_left_out(calls: Calls) -> None:
    number = calls("firm").post("/problems", {"category": "energy", "text": f"\x00{TEXT}\udfff"}).body["number"]

    assert calls("firm").get(f"/problems/{number}").body["text"] == TEXT


def test_every_wrong_field_is_told_at_once(calls: Calls) -> None:
    answer = calls("firm").post("/problems", {"category": "能 源", "urgency": "very", "known_to_head": "maybe", "colour": 1})

    assert answer.status == 422
    assert answer.body["sentence"].startswith("有5项内容需要修改，没有办理。")
    assert answer.body["fields"] == {
        "category": "内容或格式不对，请核对接口文档。", "text": "缺少这一项，请补上。",
        "urgency": "没有这个选项，可选：ordinary、urgent。", "known_to_head": "应为 true 或 false。",
        "colour": "没有这一项，请删去或核对拼写。",
    }


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": NaN'])
def test_what_is_no_json_is_told(calls: Calls, raw: bytes) -> None:
    answer = calls("firm").post("/problems", raw=raw)

    assert (answer.status, answer.body["code"]) == (422, "bad_input")
    assert "JSON" in answer.sentence


@pytest.mark.parametrize("raw", [b"[]", b"3", b'"text"', b"null", b""])
def test_json_of_another_shape_is_told(calls: Calls, raw: bytes) -> None:
    answer = calls("firm").post("/problems", raw=raw)

    assert (answer.status, answer.body["code"]) == (422, "bad_input")
    assert list(answer.body["fields"]) == ["body"]


def test_too_much_at_once_is_told(calls: Calls) -> None:
    answer = calls("firm").post("/problems", raw=b" " * 3_000_000)

    assert (answer.status, answer.body["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "path", ["/problems?words=%00", "/problems?region=%00", "/problems/%00", "/problems?subject=x", "/cards/x", "/tasks/%00"]
)
def test_odd_signs_in_addresses_are_no_accident(calls: Calls, path: str) -> None:
    assert calls("park").get(path).status in (200, 404, 422)


def test_a_category_of_another_kind_is_refused(calls: Calls) -> None:
    answer = calls("firm").post("/problems", {"category": "logistics", "text": TEXT})

    assert (answer.status, answer.body["code"]) == (409, "no_such_category")


def test_an_official_cannot_report_for_a_firm(calls: Calls) -> None:
    answer = calls("park_office").post("/problems", {"category": "energy", "text": TEXT})

    assert (answer.status, answer.body["code"]) == (403, "not_yours")
