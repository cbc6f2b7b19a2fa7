"""The pages and the API of retention: for the three administrators; nobody else finds them."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.api.conftest import Caller
from tests.cast import viewer
from tests.telling import words_in
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.actions.seating import issue_token

PAGES = ("/retention/", "/retention/holds/", "/retention/erasures/", "/retention/terms/codes/", "/retention/holds/new/")
pytestmark = pytest.mark.usefixtures("keepers")
LISTS = ("terms", "runs", "holds", "erasures")


def caller(login: str) -> Caller:
    who = viewer(login)
    return Caller(issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW))


@pytest.mark.parametrize("login", ["outsider", "firm", "province_office"])
def test_who_keeps_nothing_finds_no_such_page(login: str) -> None:
    browser, program = signed_in(login), caller(login)

    assert {browser.get(address).status_code for address in PAGES} == {404}
    assert [program.get(f"/retention/{one}").body["rows"] for one in LISTS] == [[]] * 4
    assert program.post("/retention/erasures", {"login": "park", "reason": "演示"}).status == 403
    assert "保存期限" not in words_in(browser.get("/").getvalue())


def test_the_workbook_is_the_dry_run_as_seen() -> None:
    browser = signed_in("auditor")
    said = words_in(browser.get("/retention/").getvalue())
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get("/retention/", {"export": "xlsx"}).getvalue()))
    rows = [row for row in book.get_sheet_by_index(0).to_python() if "登录记录" in row]

    assert "今天到期" in said
    assert "还没有清理过" in said
    assert len(rows) == 1
    assert 6 in rows[0]
    assert "调整" not in [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]


def test_a_term_under_the_floor_comes_back_with_what_was_typed() -> None:
    browser = signed_in("guard")
    short = browser.post("/retention/terms/sittings/", {"months": "3", "reason": "演示：少存", "once_key": "a"})
    done = browser.post("/retention/terms/sittings/", {"months": "12", "reason": "演示：多存", "once_key": "b"})

    assert "至少保存6个月" in words_in(short.getvalue())
    assert "演示：少存" in short.getvalue().decode()
    assert done.status_code == 302
    [told] = [one for one in caller("auditor").get("/retention/terms").body["rows"] if one["kind"]["code"] == "sittings"]
    assert (told["months"], told["floor"]) == (12, 6)


def test_api_and_page_tell_the_same_hold() -> None:
    program = caller("county_guard")
    made = program.post("/retention/holds", {
        "kind": "subject", "named": "91130982MA00000022", "until": "2018-12-31", "reason": "演示：审计",
    })
    [told] = program.get("/retention/holds").body["rows"]

    assert made.status == 201
    assert told["name"] == "91130982MA00000022"
    assert "演示：审计" in words_in(signed_in("county_admin").get("/retention/holds/").getvalue())
    assert "演示：审计" not in words_in(signed_in("far_admin").get("/retention/holds/").getvalue())
    assert program.post(f"/retention/holds/{told['id']}/release", {}).status == 200
    assert program.get("/retention/holds").body["rows"] == []
