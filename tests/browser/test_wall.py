"""The wall on a large screen: letters large enough, scenes that turn and leave nothing behind, a quiet word when cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Site, Visitor
from tests.problems.conftest import raised as raised
from tests.problems.ways import Raise
from tests.web.wall.stories import fill
from zhitong.web.wall.showing import Scene

pytestmark = pytest.mark.browser

LEAST = 28
SMALLEST = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const words = node.data.trim(), own = node.parentElement;
    if (!words || own.closest("noscript, option") || !own.checkVisibility({ visibilityProperty: true })) continue;
    const drawn = own.ownerSVGElement ? own.getScreenCTM().a : 1;
    found.push([parseFloat(getComputedStyle(own).fontSize) * drawn, words]);
  }
  return found;
}"""
OUTSIDE = """() => {
  const parts = ".zt-wall-head *, .zt-wall-figures *, .zt-wall-drawing text, .zt-wall-key, .zt-wall-foot a, .zt-wall-foot button";
  return [...document.querySelectorAll(parts)].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
  }).map((one) => one.textContent);
}"""
TURN = """async (times) => {
  const stage = document.querySelector("[data-stage]");
  for (let n = 0; n < times; n += 1) {
    const shown = new Promise((done) => stage.addEventListener("zhitong:shown", done, { once: true }));
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    await shown;
  }
}"""


@pytest.fixture
def wall(site: Site, visit: Callable[..., Visitor], raised: Raise) -> Visitor:
    """the city's wall on a screen of 1920 × 1080, something in every scene."""
    fill(raised)
    office = visit(site(), "city_office")
    office.page.set_viewport_size({"width": 1920, "height": 1080})
    office.open("/wall/?seconds=120")
    return office


def heap_of(page: Page) -> int:
    """Bytes of script objects still held, after the rubbish is collected."""
    session = page.context.new_cdp_session(page)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    used = int(session.send("Runtime.getHeapUsage")["usedSize"])
    session.detach()
    return used


def answered_from_memory(page: Page) -> dict[str, str]:
    """Let every scene come from the site once, and from memory afterwards."""
    told: dict[str, str] = {}

    def answer(route: Route) -> None:
        address = route.request.url
        if address not in told:
            told[address] = route.fetch().text()
        route.fulfill(body=told[address], content_type="text/html; charset=utf-8")

    page.route("**/wall/1309/**", answer)
    return told


def grown(page: Page, first: int, last: int) -> float:
    """The heap after the last of so many turns against that after the first of them."""
    page.evaluate(TURN, first)
    before = heap_of(page)
    page.evaluate(TURN, last - first)
    return heap_of(page) / before


def test_the_wall_turns_by_key_says_when_it_is_cut_off_and_no_letter_is_small(wall: Visitor) -> None:
    """Issue 7, item 2: no text under 28 px at 1920 × 1080."""
    page = wall.page
    for scene in Scene:
        assert page.locator(f".zt-wall-scene.zt-wall-{scene.value}").count() == 1
        assert page.locator("[aria-current]").inner_text() == scene.label
        assert [one for one in page.evaluate(SMALLEST) if one[0] < LEAST] == []
        assert page.evaluate(OUTSIDE) == []
        page.evaluate(TURN, 1)
    page.locator("summary").click()
    assert [one for one in page.evaluate(SMALLEST) if one[0] < LEAST] == []

    page.get_by_role("button", name="暂停").click()
    assert page.get_by_role("button", name="继续").count() == 1

    page.route("**/wall/1309/**", lambda route: route.fulfill(status=503, body=""))
    page.evaluate(TURN, 1)
    assert page.locator("[data-sign]").inner_text() == "连接中断，仍是上一次的数据"
    assert page.locator(".zt-wall-tiles").count() == 1, "what was shown stays"
    page.unroute_all()
    page.evaluate(TURN, 1)
    assert page.locator("[data-sign]").inner_text() == ""

    for _ in range(2):
        with page.expect_response("**/wall/1309/flow/**"):
            page.evaluate("document.querySelector('[data-live]').dispatchEvent(new CustomEvent('zhitong:moved'))")
    page.locator("[data-stage][data-renewed] .zt-wall-flow").wait_for()
    told = answered_from_memory(page)
    assert grown(page, 40, 200) <= 1.1, "nothing of a scene is kept; in full below"
    assert len(told) == len(Scene)
    wall.troubles[:] = [one for one in wall.troubles if "503" not in one]


@pytest.mark.prove
def test_scenes_leave_nothing_behind(wall: Visitor) -> None:
    """Issue 7, item 2: the heap after 2 000 scenes ≤ 1.1 × that after 200, every scene fetched from the site."""
    assert grown(wall.page, 200, 2_000) <= 1.1
