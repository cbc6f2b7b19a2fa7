"""The card on a phone, in a real browser: checked as one leaves a field, kept as one types, sent without losing a race."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor
from tests.browser.test_journey import FIGURES, STANDING, TEXT, open_round

pytestmark = pytest.mark.browser


@pytest.fixture
def firm(site: Site, visit: Callable[..., Visitor]) -> Visitor:
    """The firm with its form open on a phone."""
    open_round()
    visitor = visit(site(), "firm", phone=True)
    visitor.open("/portal/card/")
    visitor.page.get_by_role("link", name="去填卡").click()
    return visitor


@pytest.mark.prove
def test_a_field_says_what_is_wrong_as_one_leaves_it_and_is_quiet_when_mended(firm: Visitor) -> None:
    page = firm.page
    said = page.locator("#said-revenue")

    page.locator("[name=revenue]").fill("三千")
    page.locator("[name=profit]").focus()
    said.get_by_text("要填数字，您填的是“三千”").wait_for()
    page.locator("[name=revenue]").fill("３０００")
    page.locator("[name=profit]").focus()
    said.get_by_text("要填数字").wait_for(state="detached")

    assert page.locator("[name=revenue]").input_value() == "3,000"


def test_what_is_typed_is_kept_and_found_again(firm: Visitor) -> None:
    page = firm.page

    page.locator("[name=legal_person]").fill("演示法人")
    page.locator("[data-saved]").get_by_text("已自动保存").wait_for()
    page.locator("[name=main_activity]").fill("演示业务")
    page.wait_for_timeout(2500)
    page.reload()

    assert page.locator("[name=legal_person]").input_value() == "演示法人"
    assert page.locator("[name=main_activity]").input_value() == "演示业务"


@pytest.mark.prove
def test_a_card_sent_while_its_draft_is_being_kept_is_sent_whole(firm: Visitor) -> None:
    page = firm.page
    page.get_by_role("button", name="写一个问题").click()
    page.locator("textarea[name$='.text']").fill(TEXT)
    assert page.locator("textarea[name$='.text'] + [data-count]").inner_text() == f"{len(TEXT)} / 5000"
    page.locator("select[name$='.category']").select_option("energy")
    page.locator("[name$='.known_to_head'][value='是']").check()
    page.locator("[name=diagnosis][value=profitable]").check()
    page.locator("[name=credit_code]").fill("91130900MA0000001B")
    for name, value in {**STANDING, **FIGURES}.items():
        page.locator(f"[name={name}]").fill(value)

    page.wait_for_timeout(1500)  # the draft is on its way
    page.get_by_role("button", name="报送", exact=True).click()
    page.get_by_text("已报送。您写的 1 个问题已同时提交").wait_for()

    assert re.search(r"由南大港产业园区经发局负责，.*前答复", page.inner_text("main"))
