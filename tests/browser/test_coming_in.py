"""A firm comes in without a manual (R-A2), by the code on its sheet; how a county does stands among the moments."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator

from tests.browser.conftest import Site, Visitor
from tests.files.samples import m4a

pytestmark = pytest.mark.browser

MOST_TAPS, MOST_SECONDS = 25, 180


@dataclass
class Thumb:
    """Counts what is touched: a button, or a field that is then written in."""

    visitor: Visitor
    taps: int = 0

    def tap(self, button: Locator, *, goes: bool = False) -> None:
        """Touch a button; `goes`: it leads to another page."""
        self.taps += 1
        if not goes:
            return button.click()
        with self.visitor.page.expect_navigation():
            button.click()
        return None

    def write(self, name: str, text: str) -> None:
        """Touch a field and write."""
        self.taps += 1
        self.visitor.page.locator(f"[name={name}]").fill(text)

    def button(self, name: str) -> Locator:
        """A button by its word."""
        return self.visitor.page.get_by_role("button", name=name)

    def come_in(self, **typed: str) -> None:
        """Write what the page asks, have a code sent, use it, and be in."""
        for name, text in typed.items():
            self.write(name, text)
        self.tap(self.button("发送验证码"), goes=True)
        code = re.search(r"验证码(\d{6})", self.visitor.page.inner_text("main"))
        assert code is not None, "a demonstration shows what would go to the phone"
        self.write("code", code[1])
        self.tap(self.button("开通并进入"), goes=True)


def link_on_sheet(office: Visitor, firm: str) -> str:
    """The office ticks a firm and prints its sheet; the path behind the code on it."""
    office.open("/entry/names/?come=never")
    office.page.get_by_role("checkbox", name=f"选择 {firm}").check()
    with office.page.expect_navigation():
        office.page.get_by_role("button", name="给勾选的发邀请单").click()
    link = re.search(r"/join/\S+", office.page.locator(".zt-slip", has_text=firm).inner_text())
    assert link is not None
    return link[0]


def test_a_first_problem_by_code_and_voice_in_three_minutes(site: Site, visit: Callable[..., Visitor]) -> None:
    address = site()
    link = link_on_sheet(visit(address, "park_office"), "演示南大港石化设备有限公司")
    stranger = visit(address, phone=True)
    page, thumb, began = stranger.page, Thumb(stranger), time.monotonic()

    stranger.open(link)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    thumb.come_in(name="演示申", phone="139 0000 0001")
    assert "演示南大港石化设备有限公司" in page.inner_text("main")
    thumb.tap(page.get_by_role("link", name="我要反映问题").first, goes=True)
    thumb.tap(page.locator("[name=category][value=energy]"))
    thumb.write("text", "限电，听录音。（演示内容）")
    page.get_by_label("录音", exact=True).set_input_files({"name": "说明.m4a", "mimeType": "audio/mp4", "buffer": m4a(8)})
    thumb.taps += 1
    thumb.tap(thumb.button("提交"), goes=True)

    told = page.inner_text("main")
    assert re.search(r"冀-沧州-2018-\d{6}", told), told
    assert "说明.m4a" in told
    assert thumb.taps < MOST_TAPS
    assert time.monotonic() - began < MOST_SECONDS
