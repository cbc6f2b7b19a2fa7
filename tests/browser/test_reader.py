"""The policy reader as a person uses it: a paper pasted, words picked with the mouse, both sides lit, tabs on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor
from zhitong.rehearsal.papering import DOCUMENTS, LOST

pytestmark = [pytest.mark.browser, pytest.mark.prove]
PICK = """words => {
  for (const line of document.querySelectorAll('#original [data-start]')) {
    const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const at = line.textContent.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    const place = (offset) => {
      walk.currentNode = line;
      for (let node = walk.nextNode(), past = 0; node; past += node.length, node = walk.nextNode())
        if (offset <= past + node.length) return [node, offset - past];
    };
    range.setStart(...place(at)); range.setEnd(...place(at + words.length));
    const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
    line.scrollIntoView();
    return true;
  }
  return false;
}"""


def test_a_paper_is_read_corrected_by_picking_words_and_looked_at_on_a_phone(site: Site, visit: Callable[..., Visitor]) -> None:
    office = visit(site(), "zone_office")
    office.open("/reader/new/")
    page = office.page
    page.locator("[name=pasted]").fill((DOCUMENTS / "lower.txt").read_text())
    with page.expect_navigation():
        page.locator("form.zt-form .btn-primary[type=submit]").click()

    assert page.locator("#original a.zt-m-title").count() == 5
    page.locator("#draft .zt-draft > li").first.hover()
    assert page.locator("#original .zt-m-lit").count() > 0
    assert page.evaluate(PICK, LOST)
    page.locator("#picked-indicator").wait_for(state="visible")
    with page.expect_navigation():
        page.locator("#picked-indicator").click()
    assert page.locator("[name=words]").input_value() == LOST
    page.locator("[name=name]").fill("政务服务事项网上可办率")
    page.locator("[name=comparator]").select_option(">=")
    page.locator("[name=value]").fill("85")
    page.locator("[name=unit]").fill("%")
    page.locator("[name=kind]").select_option("rate")
    with page.expect_navigation():
        page.locator("form.zt-form .btn-primary[type=submit]").click()
    assert "≥85%" in page.locator("#draft").inner_text()

    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(page.url.split("#")[0])
    assert (page.locator("#original").is_visible(), page.locator("#draft").is_visible()) == (True, False)
    page.locator(".zt-reader-tabs a").last.click()
    assert (page.locator("#original").is_visible(), page.locator("#draft").is_visible()) == (False, True)
    page.locator("#draft .zt-draft-head > a").nth(3).click()
    assert (page.locator("#original").is_visible(), page.locator("#x-t3").is_visible()) == (True, True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
