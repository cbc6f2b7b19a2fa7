"""The card without a network: filled in, sent later, sent once; it survives the end of a sitting and never passes to others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route

from tests.browser.conftest import Site, Visitor
from tests.browser.test_journey import FIGURES, STANDING, TEXT, open_round
from tests.cast import acting
from tests.world import PASSWORD
from zhitong.domain.cards.models import Card
from zhitong.domain.problems.models import Problem

pytestmark = pytest.mark.browser

BOARD = "[data-unsent]"
WORKER_AT_WORK = "() => navigator.serviceWorker.controller !== null"


@pytest.fixture
def firm(site: Site, visit: Callable[..., Visitor]) -> Visitor:
    """The firm with its form open on a phone that keeps the form."""
    open_round()
    visitor = visit(site(), "firm", phone=True)
    visitor.open("/portal/card/")
    visitor.page.wait_for_function(WORKER_AT_WORK)
    visitor.page.get_by_role("link", name="去填卡").click()
    visitor.page.locator("form[data-unsent-name]").wait_for()
    return visitor


def write_the_card(page: Page) -> None:
    """Everything the card asks, and one problem."""
    page.get_by_role("button", name="写一个问题").click()
    page.locator("textarea[name$='.text']").fill(TEXT)
    page.locator("select[name$='.category']").select_option("energy")
    page.locator("[name$='.known_to_head'][value='是']").check()
    page.locator("[name=diagnosis][value=profitable]").check()
    page.locator("[name=credit_code]").fill("91130900MA0000001B")
    for name, value in {**STANDING, **FIGURES}.items():
        page.locator(f"[name={name}]").fill(value)


def loses_the_network(firm: Visitor) -> None:
    firm.page.context.set_offline(True)


def has_it_again(firm: Visitor) -> None:
    """The network is back; that it was away is no trouble of the page."""
    firm.page.context.set_offline(False)
    noise = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    firm.troubles[:] = [one for one in firm.troubles if not any(word in one for word in noise)]


def press_send(page: Page) -> None:
    page.get_by_role("button", name="报送", exact=True).click()


def arrived() -> tuple[int, int]:
    """How many cards were handed in, and how many problems with them."""
    with acting("province_office"):
        return Card.objects.filter(submitted_at__isnull=False).count(), Problem.objects.count()


def test_a_card_sent_without_a_network_goes_out_once_also_after_the_sitting_has_ended(firm: Visitor) -> None:
    page = firm.page
    write_the_card(page)
    loses_the_network(firm)
    press_send(page)
    page.locator(BOARD).get_by_text("未发送").wait_for()
    page.reload()  # the form opens again without a network, and what waits is still told
    page.locator(BOARD).get_by_text("未发送").wait_for()
    assert arrived() == (0, 0)

    Session.objects.all().delete()
    has_it_again(firm)
    page.get_by_role("link", name="去登录").click()
    page.locator("[name=login]").fill("firm")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator(BOARD).get_by_text("已发送").wait_for()

    assert arrived() == (1, 1)
    page.reload()
    assert page.locator(BOARD).is_hidden()
    has_it_again(firm)


@pytest.mark.prove
def test_an_answer_lost_on_its_way_makes_no_second_card(firm: Visitor) -> None:
    page = firm.page
    write_the_card(page)
    loses_the_network(firm)
    press_send(page)
    page.locator(BOARD).get_by_text("未发送").wait_for()

    def swallowed(route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/portal/card/*/", swallowed)
    has_it_again(firm)
    page.wait_for_timeout(3000)
    assert arrived() == (1, 1)
    page.unroute("**/portal/card/*/")
    firm.troubles.clear()  # the swallowed answer is ours
    page.get_by_role("button", name="现在再试").click()
    page.locator(BOARD).get_by_text("已发送").wait_for()

    assert arrived() == (1, 1)


@pytest.mark.prove
def test_what_is_refused_comes_back_with_everything_typed(firm: Visitor) -> None:
    page = firm.page
    page.locator("[name=revenue]").fill("三千")
    loses_the_network(firm)
    press_send(page)
    page.locator(BOARD).get_by_text("未发送").wait_for()
    has_it_again(firm)
    page.locator(BOARD).get_by_text("被退回").wait_for()
    page.get_by_role("button", name="打开来改").click()
    page.locator("#refusal").wait_for()

    assert page.locator("[name=revenue]").input_value() == "三千"
    assert "要填数字" in page.inner_text("main")
    assert page.locator(BOARD).is_hidden()
    assert arrived() == (0, 0)


@pytest.mark.prove
def test_signing_out_leaves_nothing_of_a_person_on_the_device(firm: Visitor) -> None:
    page, address = firm.page, firm.page.url
    page.locator("[name=revenue]").fill("2345")
    loses_the_network(firm)
    press_send(page)
    page.locator(BOARD).get_by_text("未发送").wait_for()
    page.locator("header details.zt-menu > summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_text("还有没送出的卡").wait_for()
    has_it_again(firm)
    if not page.get_by_role("button", name="退出登录").is_visible():
        page.locator("header details.zt-menu > summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in/")

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('zhitong.')).length") == 0
    assert page.evaluate("caches.has('zhitong-forms')") is False
    waiting = """() => new Promise((done) => { const asked = indexedDB.open('zhitong', 1);
        asked.onsuccess = () => { const all = asked.result.transaction('unsent').objectStore('unsent').count();
            all.onsuccess = () => done(all.result); }; })"""
    assert page.evaluate(waiting) == 0
    loses_the_network(firm)
    page.goto(address)
    assert "现在没有网络" in page.inner_text("main")
    has_it_again(firm)
