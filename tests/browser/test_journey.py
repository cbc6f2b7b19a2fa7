"""One card goes straight through the levels and its answer comes back, in a real browser, everybody at his own screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from tests.browser.acting import acts
from tests.browser.conftest import Site, Visitor
from tests.cast import acting
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.cards.models import TemplateRow
from zhitong.domain.organisations.models import Region

pytestmark = pytest.mark.browser

FIGURES = {
    "total_assets": "５，２００", "liabilities": "2100", "revenue": "1234.5", "profit": "86", "tax_paid": "41",
    "employees": "126",
}
STANDING = {
    "legal_person": "演示甲", "business_address": "南大港产业园区演示路1号", "main_activity": "石化设备制造",
    "head_name": "演示甲", "head_phone": "13800000001", "contact_name": "演示甲", "contact_phone": "13800000002",
}
TEXT = "夜间限电，热处理炉不能连续生产，请协调错峰方案。（演示内容）"
LEVELS = (("park", "park_office"), ("zone", "zone_office"), ("city", "city_office"))


def open_round() -> None:
    """The province asks every industrial enterprise for its card of April."""
    with acting("province_office") as actor:
        template = TemplateRow.objects.get(campaign="hebei-2018", subject_kind="industry")
        open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code=template.code, region_id=Region.objects.get(code="13").id,
            period="2018-04", name="2018年4月规上工业企业综合情况卡", opens_on=date(2018, 4, 20),
            due_on=date(2018, 5, 10), locked_on=date(2018, 5, 15), actor=actor,
        )], now=NOW)


def fill_in_the_card(firm: Visitor) -> str:
    """Fill in and send the card with one problem, as one does on a phone; returns the problem's number."""
    page = firm.page
    firm.open("/portal/card/")
    page.locator("main a[href*='/portal/card/']").first.click()
    for name, value in {**STANDING, **FIGURES}.items():
        field = page.locator(f"[name='{name}']")
        if not field.is_visible():
            page.locator("details:not([open]) > summary").first.click()
        field.fill(value)
    page.locator("[name='diagnosis'][value='profitable']").check()
    page.get_by_role("button", name="写一个问题").click()
    page.locator("select[name$='.category']").select_option("energy")
    page.locator("textarea[name$='.text']").fill(TEXT)
    page.locator("[name$='.known_to_head'][value='是']").check()
    with page.expect_navigation():
        page.get_by_role("button", name="报送", exact=True).click()
    doubts = page.get_by_role("button", name="核对无误，仍然报送")
    if doubts.count():
        with page.expect_navigation():
            doubts.click()
    shown = page.inner_text("main")
    assert "由南大港产业园区经发局负责" in shown, shown
    return re.search(r"冀-沧州-2018-\d{6}", shown)[0]  # type: ignore[index]


@pytest.mark.prove
def test_a_card_goes_through_the_levels_and_its_answer_is_confirmed(
    site: Site, visit: Callable[..., Visitor]
) -> None:
    open_round()
    address = site()
    seats = {login: visit(address, login) for login in
             ("park", "park_office", "zone", "zone_office", "city", "city_office", "province")}
    watcher, outsider = visit(address, "province_office"), visit(address, "outsider")
    firm = visit(address, "firm", phone=True)

    number = fill_in_the_card(firm)

    def seen_above_and_by_no_outsider() -> None:
        assert watcher.open(f"/problems/{number}/") == 200
        assert TEXT in watcher.page.content()
        assert outsider.open(f"/problems/{number}/") == 404

    seen_above_and_by_no_outsider()
    for department, office in LEVELS:
        seats[department].open("/")
        assert "演示南大港石化设备有限公司" in seats[department].page.content()
        acts(seats[department], number, "acknowledge", contact="已电话联系企业负责人。")
        acts(seats[department], number, "propose", tried="已与供电公司协商两次。", power_missing="authority",
             asked_for="请协调调整错峰方案。")
        seen_above_and_by_no_outsider()
        acts(seats[office], number, "escalate", consent_by="演示主任", consent_on="2018-04-27")
        seen_above_and_by_no_outsider()
    acts(seats["province"], number, "acknowledge", contact="已联系企业和供电公司。")
    acts(seats["province"], number, "complete", outcome="solved", text="错峰方案已调整，五月一日起执行。")
    firm.open(f"/problems/{number}/")
    assert "错峰方案已调整" not in firm.page.content()
    for department in ("city", "zone", "park"):
        acts(seats[department], number, "pass_down", note="请当面告知企业。")
        seen_above_and_by_no_outsider()
    firm.open(f"/problems/{number}/")
    assert "错峰方案已调整" in firm.page.content()
    acts(firm, number, "confirm", rating="satisfied", reply_rating="satisfied")
    acts(seats["park_office"], number, "close_off")

    assert watcher.open(f"/problems/{number}/") == 200
    assert "已销号" in watcher.page.content()


@pytest.mark.prove
def test_a_neighbour_sees_nothing_even_without_the_first_wall(site: Site, visit: Callable[..., Visitor]) -> None:
    open_round()
    firm = visit(site(), "firm", phone=True)
    number = fill_in_the_card(firm)

    for login in ("outsider", "neighbour"):
        stranger = visit(site("tests.browser.bare:application"), login)

        assert stranger.open(f"/problems/{number}/") == 404
        assert stranger.open(f"/problems/{number}/acknowledge/") == 404
        for path in ("/", "/problems/", "/problems/ledger/", "/problems/?q=演示南大港"):
            stranger.open(path)
            assert number not in stranger.page.content()
            assert TEXT not in stranger.page.content()
