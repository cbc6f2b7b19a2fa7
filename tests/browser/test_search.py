"""The search from any page by one key, at a desk and at a phone. Issue 7, 8."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor
from tests.problems.conftest import raised as raised
from tests.problems.ways import Raise

pytestmark = pytest.mark.browser


def test_one_key_leads_to_the_search_and_what_is_found_is_marked(site: Site, visit: Callable[..., Visitor], raised: Raise) -> None:
    raised(text="厂区北门夜间限电，热处理炉不能连续生产；上月也限电两次，请协调错峰。")
    raised(text="<b>限电</b>造成订单延误")
    desk = visit(site(), "zone_office")

    desk.open("/problems/ledger/")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("限电")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_url("**/search/**")

    assert desk.page.locator("mark").all_text_contents() == ["限电"] * 3
    assert desk.troubles == []


def test_at_a_phone_a_link_leads_to_the_search_and_nothing_runs_over(site: Site, visit: Callable[..., Visitor], raised: Raise) -> None:
    raised(text="厂区北门夜间限电，热处理炉不能连续生产；上月也限电两次，请协调错峰。")
    phone = visit(site(), "zone_office", phone=True)

    phone.open("/problems/")
    phone.page.locator(".zt-search-link").click()
    phone.page.locator(".zt-bar [name=q]").fill("限电")
    phone.page.locator(".zt-bar button").click()
    phone.page.wait_for_url("**q=*")

    assert phone.page.locator("mark").first.is_visible()
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.troubles == []
