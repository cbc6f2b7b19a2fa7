"""The auditor's pages and addresses (R-A8, 等保三级 安全审计): the chain, the facts, one fact, a day; an outsider has none."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from tests.api.conftest import Caller
from tests.audit.conftest import NUMBER, Told
from tests.cast import viewer
from tests.telling import words_in
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.history.rules.days import read_day
from zhitong.domain.history.rules.proofs import proves
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.queries.auditing import AuditFilters, facts_for
from zhitong.domain.organisations.rules.auditing import period_of
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit.clock import day_of

DAY = day_of(NOW).isoformat()


def caller(login: str) -> Caller:
    who = viewer(login)
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


def page(login: str, address: str, **asked: Any) -> str:
    answer = signed_in(login).get(address, asked)
    assert answer.status_code == 200, answer.status_code
    return words_in(answer.getvalue())


@pytest.mark.parametrize("login", ["outsider", "park_office", "firm", "province_office"])
def test_who_is_no_auditor_finds_no_such_page(login: str, told: Told) -> None:
    browser, program, fact = signed_in(login), caller(login), told.facts["park"]
    pages = ("/audit/", "/audit/facts/", f"/audit/facts/{fact}/", f"/audit/facts/{fact}/proof/", f"/audit/days/{DAY}/")

    assert {browser.get(address).status_code for address in pages} == {404}
    assert program.get(f"/audit/facts/{fact}").status == program.get(f"/audit/days/{DAY}").status == 404
    assert [program.get(f"/audit/{one}").body["rows"] for one in ("facts", "seals", "checks", "archives")] == [[]] * 4
    assert "留痕审计" not in words_in(browser.get("/").getvalue())


def test_the_chain_is_told_in_words_and_its_days_can_be_taken_away(told: Told) -> None:
    said = page("city_auditor", "/audit/")
    file = signed_in("city_auditor").get(f"/audit/days/{DAY}/")
    kept = read_day(file.getvalue().decode())
    told_by_api = caller("city_auditor").get(f"/audit/days/{DAY}").body

    assert all(word in said for word in ("完好", "SM3", f"第 {kept.number} 号"))
    assert "attachment" in file["Content-Disposition"]
    assert told_by_api["seal"]["digest"] == kept.digest.hex()
    assert f"累计 {told_by_api['seal']['total']} 条" in said
    assert {signed_in("city_auditor").get(f"/audit/days/{day}/").status_code for day in ("2017-01-01", "2018-13-45")} == {404}


def test_facts_are_listed_with_their_filters_and_without_the_words(told: Told) -> None:
    said = page("city_auditor", "/audit/facts/", unit="南大港产业园区经发局", kind="problem.replied")
    nothing = page("city_auditor", "/audit/facts/", since="9999-12-31", until="9999-12-31")

    assert all(word in said for word in (NUMBER, "演示丙"))
    assert "不该看到的话" not in said
    assert "这段时间没有符合条件的留痕" in nothing


def test_an_export_leaves_a_fact_of_its_own(told: Told) -> None:
    answer = signed_in("park_auditor").get("/audit/facts/", {"export": "xlsx", "kind": "problem.replied", "person": "演示丙"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()

    assert any(NUMBER in row for row in rows)
    with acting_as(viewer("park_auditor")) as here:
        since, until = period_of(None, None, today=day_of(NOW))
        [left] = facts_for(here, AuditFilters(since, until, kind="history.exported"))
    assert (left.fields, left.body["kind"]) == (("person",), "problem.replied")


def test_one_fact_is_shown_with_its_seal_and_proven(told: Told) -> None:
    address = f"/audit/facts/{told.facts['park']}/"
    said = page("park_auditor", address)
    proof = json.loads(signed_in("park_auditor").get(f"{address}proof/").getvalue())
    told_by_api = caller("park_auditor").get(f"/audit/facts/{told.facts['park']}").body

    assert "与封存一致" in said
    assert "不该看到的话" not in said
    assert proves(proof)
    assert not proves({**proof, "fact": proof["fact"].replace(NUMBER, "另一个")})
    assert (told_by_api["proof"], told_by_api["holds"]) == (proof, True)
    assert signed_in("park_auditor").get(f"/audit/facts/{uuid4()}/").status_code == 404


def test_programs_page_through_facts(told: Told) -> None:
    program = caller("city_auditor")
    first = program.get("/audit/facts", kind="problem.replied", limit=2).body
    second = program.get("/audit/facts", kind="problem.replied", limit=2, cursor=first["next"]).body

    assert len(first["rows"]) == len(second["rows"]) == 2
    assert second["next"] is None
    assert len({row["id"] for row in first["rows"] + second["rows"]}) == 4
    assert [row["faults"] for row in program.get("/audit/checks").body["rows"]] == [0]
    assert program.get("/audit/seals").body["rows"][0]["algorithm"]["code"] == "sm3"
