"""表式 through the API: drawn up, checked, published, revised, ended; an XLSForm sent in (R-E1)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, Answered, Caller, Calls, answered
from tests.cards.test_xlsform import HEADS, ROWS, book

pytestmark = pytest.mark.django_db

NEW = {"name": "走访情况表", "kind": "industry", "period": "quarter"}
CONTENT: dict[str, Any] = {
    "name": "走访情况表", "period": "quarter", "purpose": "了解困难", "basis": "冀发〔2018〕7号",
    "sections": [{"code": "s1", "title": "走访情况", "prefill": "never", "fields": [
        {"code": "wages", "label": "欠薪金额", "type": "money", "least": "0", "required": True},
        {"code": "state", "label": "生产状态", "type": "choice",
         "options": [{"code": "ok", "label": "正常"}, {"code": "off", "label": "停产"}]},
        {"code": "why", "label": "停产原因", "type": "text", "longest": 200, "when": {"field": "state", "answer": "off"}},
    ]}],
    "checks": [{"left": "wages", "must": "<=", "number": "5000", "severity": "warning", "say": "请核对单位。"}],
    "most_problems": 0,
}


def begun(program: Caller) -> Any:
    answer = program.post("/form-drafts", NEW)
    assert answer.status == 201, answer.body
    return answer.body


def changed(program: Caller, draft: Any, **content: Any) -> Answered:
    return program.post(f"/form-drafts/{draft['id']}", {"version": draft["version"], "content": {**CONTENT, **content}})


def test_a_form_goes_from_draft_to_version_and_reads_back_as_it_was_written(calls: Calls) -> None:
    program = calls("city_office")
    draft = begun(program)

    kept = changed(program, draft)
    check = program.get(f"/form-drafts/{draft['id']}/check")
    done = program.post(f"/form-drafts/{draft['id']}/publish", {"version": kept.body["version"]})
    register = program.get("/forms", words="走访")

    assert (kept.status, kept.body["faults"]) == (200, [])
    assert check.body["cost"]["fields"] == 3
    assert check.body["cost"]["hours_a_year"] > 0
    assert (done.status, done.body["version"], done.body["asked_by"]) == (201, 1, register.body["rows"][0]["asked_by"])
    read = done.body["content"]
    assert [one["code"] for one in read["sections"][0]["fields"]] == ["wages", "state", "why"]
    assert read["sections"][0]["fields"][2]["when"] == {"field": "state", "answer": "off"}
    assert (read["checks"][0]["number"], read["most_problems"], read["basis"]) == ("5000", 0, "冀发〔2018〕7号")
    assert [one["name"] for one in register.body["rows"]] == ["走访情况表"]


def test_what_is_read_can_be_sent_back_and_changes_nothing(calls: Calls) -> None:
    program = calls("city_office")
    draft = changed(program, begun(program)).body

    again = program.post(f"/form-drafts/{draft['id']}", {"version": draft["version"], "content": draft["content"]})

    assert again.status == 200
    assert again.body == draft


def test_faults_are_named_by_place_and_stop_the_publishing(calls: Calls) -> None:
    program = calls("city_office")
    sections = [{**CONTENT["sections"][0], "fields": [{"code": "state", "label": "状态", "type": "choice"}]}]
    draft = changed(program, begun(program), sections=sections, checks=[], purpose="").body

    refused = program.post(f"/form-drafts/{draft['id']}/publish", {"version": draft["version"]})

    assert {(one["place"], one["key"]) for one in draft["faults"]} == {("", "purpose"), ("sections.0.fields.0", "type")}
    assert refused.status == 422
    assert refused.body["fields"].keys() == {"purpose", "sections.0.fields.0.type"}
    assert program.get("/forms", words="走访").body["rows"] == []


def test_an_old_version_of_the_draft_is_refused(calls: Calls) -> None:
    program = calls("city_office")
    draft = begun(program)
    changed(program, draft)

    assert changed(program, draft, name="晚到的").status == 409


def test_every_shipped_form_reads_revises_and_ends_for_the_top_office_alone(calls: Calls) -> None:
    program = calls("province_office")
    for row in program.get("/forms").body["rows"]:
        assert program.get(f"/forms/{row['id']}").body["content"]["sections"]
    form, version = row["id"], row["version"]

    draft = program.post(f"/forms/{form}/revise", {})
    kept = program.post(f"/form-drafts/{draft.body['id']}", {"version": 1, "content": {
        **draft.body["content"], "purpose": "新的用途", "basis": "四（五）",
    }})
    done = program.post(f"/form-drafts/{draft.body['id']}/publish", {"version": kept.body["version"]})
    refused = calls("park_office").post(f"/forms/{form}/retire", {"reason": "不用"})
    ended = program.post(f"/forms/{done.body['id']}/retire", {"reason": "并入季报"})

    assert done.body["version"] == version + 1
    assert any("用途" in one for one in done.body["changes"])
    assert all("栏" not in one and "核对" not in one for one in done.body["changes"])
    assert (refused.status, ended.status) == (403, 200)
    retired = program.get("/forms", standing="retired").body["rows"]
    assert {(one["code"], one["standing"]["code"]) for one in retired} == {(row["code"], "retired")}
    assert done.body["id"] in {one["id"] for one in retired}


def test_the_register_turns_its_pages(calls: Calls) -> None:
    program = calls("city_office")
    first = program.get("/forms", limit=1).body
    names, cursor = [first["rows"][0]["id"]], first["next"]
    while cursor:
        page = program.get("/forms", limit=1, cursor=cursor).body
        names += [one["id"] for one in page["rows"]]
        cursor = page["next"]

    assert names == [one["id"] for one in program.get("/forms").body["rows"]]
    assert len(names) >= 3


def sent(program: Caller, content: bytes) -> Answered:
    headers = {"Authorization": f"Bearer {program.secret}", "Idempotency-Key": str(uuid4())}
    form = {**NEW, "file": SimpleUploadedFile("表.xlsx", content)}
    return answered(program.client.post(f"{PLACE}/form-drafts/xlsform", form, headers=headers))


def test_an_xlsform_becomes_a_draft(calls: Calls) -> None:
    taken = sent(calls("city_office"), book([HEADS, *ROWS]))
    refused = sent(calls("city_office"), book([("题目",)], []))

    assert taken.status == 201, taken.body
    assert any(one["row"] == 20 and "没有采用" in one["sentence"] for one in taken.body["not_taken"])
    assert refused.status == 422


def test_others_find_nothing_of_a_draft_and_the_served_no_register(calls: Calls) -> None:
    draft = begun(calls("park_office"))

    for login in ("outsider", "firm", "park"):
        for path in (f"/form-drafts/{draft['id']}", f"/form-drafts/{draft['id']}/check"):
            assert calls(login).get(path).status in (403, 404), (login, path)
        assert changed(calls(login), draft).status in (403, 404)
    assert calls("firm").get("/forms").status == 404
    assert calls("outsider").get("/form-drafts").body == {"rows": []}
    assert [one["id"] for one in calls("city_office").get("/form-drafts").body["rows"]] == [draft["id"]]
    assert changed(calls("city_office"), draft).status == 404
