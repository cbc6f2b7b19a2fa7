"""A passkey in a real browser, with Chromium's own virtual device: bound at the desk, and next time it opens alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Site, Visitor
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.prove]


def test_an_official_binds_his_device_and_comes_in_by_it_alone(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(site(has_origin=True), "park_office")
    page = visitor.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    }})  # fmt: skip
    visitor.open("/account/passkeys/add/")
    page.locator("[name=name]").fill("办公室电脑")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="下一步").click()
    with page.expect_navigation():
        page.get_by_role("button", name="绑定", exact=True).click()
    assert "办公室电脑" in page.inner_text("main")
    [key] = device.send("WebAuthn.getCredentials", made)["credentials"]
    assert (key["rpId"], key["isResidentCredential"]) == ("localhost", True)

    page.context.clear_cookies()
    visitor.open("/sign-in/")
    page.get_by_role("link", name="用通行密钥登录").click()
    page.wait_for_url("**/localhost:*/", timeout=15_000)

    assert "登录" not in page.title()
    assert "演示丁" in page.content()
