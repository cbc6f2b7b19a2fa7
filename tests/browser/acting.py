"""Doing an act at the screen as a person does: open the problem, find the act in the bar or its fold, fill in, send."""

from __future__ import annotations

from tests.browser.conftest import Visitor
from tests.problems.ways import unit_id


def acts(visitor: Visitor, number: str, act: str, **given: str) -> None:
    """Open the problem, choose an act, fill in its form and send it; a unit is named by its code."""
    page = visitor.page
    assert visitor.open(f"/problems/{number}/") == 200
    link = page.locator(f"main a[href$='/{act}/']").first
    if not link.is_visible():
        page.locator("main details", has=page.locator(f"a[href$='/{act}/']")).first.locator("summary").first.click()
    link.click()
    for name, value in given.items():
        _fill(visitor, name, value)
    with page.expect_navigation():
        page.locator("form.zt-form button[type=submit]").first.click()
    assert "没有任何内容被改动" not in page.content(), page.inner_text("main")


def _fill(visitor: Visitor, name: str, value: str) -> None:
    page = visitor.page
    field = page.locator(f"[name='{name}']").first
    if field.get_attribute("type") == "radio":
        page.locator(f"[name='{name}'][value='{value}']").check()
    elif field.evaluate("one => one.tagName") == "SELECT":
        chosen = str(unit_id(value)) if name == "unit_id" else value
        field.evaluate("(one, value) => { one.tomselect ? one.tomselect.setValue(value) : (one.value = value) }", chosen)
    else:
        field.fill(value)
