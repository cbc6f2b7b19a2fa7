"""Two people look at the same matter and one of them acts; the other sees it without touching anything."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.acting import acts
from tests.browser.conftest import READY_SECONDS, Site, Visitor, _free_port
from tests.browser.test_distribution import reported
from tests.launch.conftest import wait_until
from tests.problems.ways import acknowledged
from zhitong.launch import up

pytestmark = [pytest.mark.browser, pytest.mark.prove]
HEARD_MS = 5000
FOLLOWING = "body[data-live-open]"
LOST = ("ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY_RESPONSE")
"""What a browser says of a stream that broke, or that nobody answers."""


class FollowedSite:
    """The site with its process of streams, which can be killed and started anew."""

    def __init__(self, address: str, port: int, state: Path) -> None:
        self.address = address
        self._port, self._state = port, state
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve the streams."""
        given = {
            "ZHITONG_STATE_DIR": str(self._state), "ZHITONG_ROLE": "web", "ZHITONG_PORT": self.address.rsplit(":", 1)[1],
            "ZHITONG_LIVE_PORT": str(self._port),
        }
        command = up.live_server("127.0.0.1", self._port)
        self._process = subprocess.Popen(command, env={**os.environ, **given}, start_new_session=True)
        wait_until(lambda: up.is_answering("127.0.0.1", self._port), seconds=READY_SECONDS)

    def kill(self) -> None:
        """End it as a failing machine does: at once, with nothing said."""
        if self._process is not None:
            os.killpg(self._process.pid, 9)
            self._process.wait(timeout=10)
            self._process = None


@pytest.fixture
def followed(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FollowedSite]:
    port = _free_port()
    monkeypatch.setenv("ZHITONG_LIVE_PORT", str(port))
    made = FollowedSite(site(), port, tmp_path / "state")
    try:
        made.start()
        yield made
    finally:
        made.kill()


def test_what_one_does_the_other_sees_within_a_second(followed: FollowedSite, visit: Callable[..., Visitor]) -> None:
    story = reported()
    number = story.standing.number
    firm, park = visit(followed.address, "firm", phone=True), visit(followed.address, "park")
    firm.open(f"/problems/{number}/")
    firm.page.wait_for_selector(FOLLOWING)

    acts(park, number, "acknowledge", contact="已电话联系企业负责人")

    expect(firm.page.locator(".zt-stands-state")).to_have_text("办理中", timeout=HEARD_MS)


def test_what_was_typed_is_not_swept_away(followed: FollowedSite, visit: Callable[..., Visitor]) -> None:
    office = visit(followed.address, "park_office")
    office.open("/problems/ledger/")
    office.page.wait_for_selector(FOLLOWING)
    search = office.page.locator("main input[name=q]").first
    search.fill("夜间")

    reported()
    office.page.wait_for_timeout(2500)

    expect(search).to_have_value("夜间")
    expect(office.page.locator("main [data-rows]")).to_have_count(0)

    search.fill("")
    office.page.locator("h1").click()
    expect(office.page.locator("main [data-rows] tbody tr")).to_have_count(1, timeout=HEARD_MS)


def test_after_the_process_was_killed_what_was_missed_is_made_good(
    followed: FollowedSite, visit: Callable[..., Visitor]
) -> None:
    story = reported()
    firm, park = visit(followed.address, "firm"), visit(followed.address, "park")
    firm.open(f"/problems/{story.standing.number}/")
    firm.page.wait_for_selector(FOLLOWING)

    followed.kill()
    firm.page.wait_for_selector("body:not([data-live-open])")
    park.open("/problems/")
    assert story.standing.number in park.page.inner_text("main")
    acknowledged(story)
    followed.start()

    expect(firm.page.locator(".zt-stands-state")).to_have_text("办理中", timeout=30_000)
    for visitor in (firm, park):
        visitor.troubles = [one for one in visitor.troubles if not any(code in one for code in LOST)]
