"""By keyboard alone: come in, hand in a card, sign for a problem; the focus is always to be seen and never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, Visitor
from tests.browser.test_journey import FIGURES, STANDING, open_round
from tests.cast import Story, acting
from tests.problems.conftest import raised as raised
from tests.world import PASSWORD
from zhitong.domain.problems.models import Problem

pytestmark = [pytest.mark.browser, pytest.mark.prove]

MOST_TABS = 250
AT = "() => { const one = document.activeElement; return [one.tagName, one.name ?? '', one.innerText ?? one.value ?? '', one.href ?? '']; }"
SEEN = """() => { const one = document.activeElement;
    if (one === document.body || one.closest(".zt-choice") || one.matches("[tabindex='-1']")) return "";
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (style.outlineStyle === "none" && style.boxShadow === "none") return "no mark: " + one.outerHTML.slice(0, 100);
    return box.width && box.height ? "" : "not to be seen: " + one.outerHTML.slice(0, 100); }"""


def tab_to(page: Page, *, name: str = "", text: str = "") -> None:
    """Press Tab until a field of a name, or a link or button of a text, has the focus; it is to be seen all the way."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN) == ""
        _tag, here, said, _href = page.evaluate(AT)
        if (name and here == name) or (text and text in said):
            return
    raise AssertionError(f"no way by Tab to {name or text}")


def test_one_comes_in_and_skips_to_the_page(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site())
    page = visitor.page
    visitor.open("/")
    assert page.evaluate(AT)[1] == "login"
    page.keyboard.type("park_office")
    page.keyboard.press("Enter")
    page.locator("main .zt-notice-refused").wait_for()
    assert "有几项需要改一改" in page.evaluate(AT)[2]
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(AT)[2] == "跳到正文"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_a_card_is_handed_in(site: Site, visit: Callable[..., Visitor]) -> None:
    open_round()
    visitor = visit(site(), "firm")
    page = visitor.page
    visitor.open("/")
    tab_to(page, text="去填卡")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for name, value in {**STANDING, **FIGURES}.items():
        page.locator(f"[name={name}]").evaluate("one => { const fold = one.closest('details'); if (fold) fold.open = true; }")
        page.locator(f"[name={name}]").focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
    page.locator("[name=diagnosis]").first.focus()
    page.keyboard.press("Space")
    tab_to(page, text="写一个问题")
    page.keyboard.press("Enter")
    page.locator("[name$='.category']:focus").wait_for()
    page.keyboard.type("用")
    tab_to(page, text="报送")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "refusal"
    assert "您填的内容都还在" in page.inner_text("main")
    assert page.locator("[name=employees]").input_value() == FIGURES["employees"]


def test_an_official_signs_for_a_problem(site: Site, visit: Callable[..., Visitor], raised: Callable[..., Story]) -> None:
    raised(category="energy")
    with acting("firm"):
        number = Problem.objects.values_list("number", flat=True).get()
    visitor = visit(site(), "park")
    page = visitor.page
    visitor.open(f"/problems/{number}/")
    tab_to(page, text="签收")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, name="contact")
    page.keyboard.type("已电话联系企业负责人。")
    tab_to(page, text="签收")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "已电话联系企业负责人" in page.inner_text("main")


def test_keys_of_one_letter_can_be_switched_off(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site(), "park")
    page = visitor.page
    visitor.open("/keys/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.locator("#keys-off").check()
    page.locator("h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement === document.body")
