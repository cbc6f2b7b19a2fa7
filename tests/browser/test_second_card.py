"""The second monthly card on a phone: under ten actions, nothing lost with the connection, every field with its name (R-E2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Site, Visitor
from tests.browser.test_journey import FIGURES, STANDING
from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, Submission, open_rounds, submit_cards
from zhitong.domain.organisations.models import Region
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.browser

MOST_ACTIONS = 9


def open_month(number: int, opens_on: date) -> object:
    """The province asks for the cards of a month."""
    with acting("province_office") as actor:
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id,
            period=f"2018-{number:02}", name=f"2018年{number}月", opens_on=opens_on, due_on=date(2018, 5, 10),
            locked_on=date(2018, 5, 15), actor=actor,
        )], now=NOW)
    return opened.round_id


def march_was_sent() -> None:
    """The firm has sent its card of March."""
    march = open_month(3, date(2018, 3, 20))
    typed = {**STANDING, **FIGURES, "name": "演示南大港石化设备有限公司", "credit_code": "91130900MA0000001B", "diagnosis": "profitable"}
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=viewer("firm").unit_id)
        submit_cards([Submission(
            round_id=march, subject_id=subject.id, version=0, actor=actor, values=typed, confirmed=True,  # type: ignore[arg-type]
        )], now=NOW)


@pytest.fixture
def firm(site: Site, visit: Callable[..., Visitor]) -> Visitor:
    """The firm on its phone, March sent, April asked."""
    march_was_sent()
    open_month(4, date(2018, 4, 20))
    return visit(site(), "firm", phone=True)


@dataclass
class Hand:
    """A person's hand: every tap and every field written is counted."""

    actions: int = 0

    def taps(self, place: Locator) -> None:
        self.actions += 1
        place.click()

    def writes(self, place: Locator, text: str) -> None:
        self.actions += 1
        place.fill(text)


def test_the_second_card_takes_fewer_than_ten_actions(firm: Visitor) -> None:
    page, hand = firm.page, Hand()
    firm.open("/")
    assert "约11分钟" in page.inner_text("main")

    hand.taps(page.get_by_role("link", name="去填卡"))
    for name, value in FIGURES.items():
        hand.writes(page.locator(f"[name='{name}']"), value)
    hand.taps(page.locator("label:has([name=diagnosis][value=profitable])"))
    with page.expect_navigation():
        hand.taps(page.get_by_role("button", name="报送", exact=True))

    page.get_by_text("已报送。").first.wait_for()
    assert hand.actions <= MOST_ACTIONS
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('zhitong.kept')).length") == 0


def loses_the_connection_while_typing(firm: Visitor, revenue: str) -> str:
    """The firm writes its revenue without a connection, and its browser goes away; returns the address of the form."""
    page = firm.page
    firm.open("/")
    page.get_by_role("link", name="去填卡").click()
    address = page.url
    page.context.set_offline(True)
    page.locator("[name=revenue]").fill(revenue)
    page.get_by_text("网络不通，没有自动保存").wait_for()
    page.goto("about:blank")
    page.context.set_offline(False)
    firm.troubles = [one for one in firm.troubles if "ERR_INTERNET_DISCONNECTED" not in one]  # ours to break
    return address


@pytest.mark.prove
def test_what_a_lost_connection_kept_from_being_saved_is_offered_and_restored(firm: Visitor) -> None:
    page, address = firm.page, loses_the_connection_while_typing(firm, "2345")
    page.goto(address)

    assert page.locator("[name=revenue]").input_value() == ""
    assert "上有上次没有保存到的内容" in page.locator("[data-kept-offer]").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="恢复").click()
    assert page.locator("[name=revenue]").input_value().replace(",", "") == "2345"


@pytest.mark.prove
def test_a_newer_draft_is_never_silently_replaced(firm: Visitor, visit: Callable[..., Visitor]) -> None:
    page, address = firm.page, loses_the_connection_while_typing(firm, "2345")
    colleague = visit(firm.address, "firm")
    colleague.page.goto(address)
    colleague.page.locator("[name=revenue]").fill("5000")
    colleague.page.get_by_role("button", name="保存草稿").last.click()
    colleague.page.get_by_text("草稿已保存").wait_for()
    page.goto(address)

    assert page.locator("[name=revenue]").input_value() == "5,000"
    assert "后来又有人保存过更新的草稿" in page.locator("[data-kept-offer]").inner_text()
    page.get_by_role("button", name="不要了").click()
    page.reload()
    assert page.locator("[data-kept-offer]").is_hidden()


@pytest.mark.prove
def test_every_field_has_a_name_and_nothing_is_wider_than_the_phone(firm: Visitor) -> None:
    page = firm.page
    firm.open("/")
    page.get_by_role("link", name="去填卡").click()
    page.get_by_role("button", name="写一个问题").click()
    page.locator("textarea[name$='.text']").wait_for()

    nameless = page.evaluate("""() => [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
        .filter((one) => !(one.labels && one.labels.length) && !one.getAttribute('aria-label')).map((one) => one.name)""")
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert nameless == []
    assert widths[0] <= widths[1]
