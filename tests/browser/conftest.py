"""A real site in a real browser: the small world behind granian, on its own database and its own clock."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.machine import chromium
from tests.web.stories import signed_in
from tests.world import NOW, PASSWORD
from zhitong.config import database as config

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
READY_SECONDS = 90  # a busy machine takes long to import the house
Site = Callable[..., str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. Playwright keeps a loop in this thread; our calls to Django beside it are not async."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def site(fresh_database: str, tmp_path: Path) -> Iterator[Site]:
    """Serve the small world: `site()` gives the address; `site("tests.browser.bare:application")` another build of it."""
    with serving(fresh_database, tmp_path) as serve:
        yield serve


@contextmanager
def serving(database: str, folder: Path) -> Iterator[Site]:
    """The small world of a database behind as many servers as are asked for, each from a moment on, until the block ends."""
    state = _state_folder(folder, database)
    started: list[subprocess.Popen[bytes]] = []

    def serve(application: str = "zhitong.config.wsgi:application", at: datetime = NOW, *, has_origin: bool = False) -> str:
        """`has_origin`: the installation has an address of its own, under a name, as passkeys need it."""
        _set_clock(database, at)
        port = _free_port()
        address = f"http://{'localhost' if has_origin else '127.0.0.1'}:{port}"
        command = [
            sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        ]
        environment = {
            **os.environ, "ZHITONG_STATE_DIR": str(state), "ZHITONG_ROLE": "web",
            "DJANGO_SETTINGS_MODULE": "zhitong.config.settings", "ZHITONG_ORIGIN": address if has_origin else "",
        }
        started.append(subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2]))
        _wait_for(address)
        return address

    try:
        yield serve
    finally:
        for process in started:
            process.terminate()
            process.wait(timeout=15)


def _set_clock(name: str, at: datetime) -> None:
    from zhitong.domain.campaigns.actions import mark_demonstration

    with config.as_role("owner", name=name):
        mark_demonstration(clock_offset=at - datetime.now(UTC))


def _state_folder(folder: Path, name: str) -> Path:
    """A state folder whose logins lead to this test's database, and whose secret is ours: sessions made here hold there."""
    logins = config.logins()
    assert logins is not None, "the suite's server is running"
    state = folder / "state"
    state.mkdir(mode=0o700)
    (state / "database.json").write_text(json.dumps({**logins, "name": name}), encoding="utf-8")
    (state / "secret_key").write_text(settings.SECRET_KEY, encoding="utf-8")
    (state / "data_keys").write_text(settings.DATA_KEYS, encoding="utf-8")
    for file in state.iterdir():
        file.chmod(0o600)
    return state


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own site on 127.0.0.1
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the site did not answer within {READY_SECONDS} s")


@dataclass
class Visitor:
    """Somebody at a screen; every console error and breach of the content policy is remembered."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from the first page on."""
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        answered = any(f"status of {code}" in message.text for code in (404, 409, 422))
        if message.type == "error" and not answered:
            self.troubles.append(message.text)

    def open(self, path: str) -> int:
        """Go to a path; returns the status."""
        response = self.page.goto(f"{self.address}{path}")
        assert response is not None
        return response.status

    def hold_session_of(self, login: str) -> None:
        """Be signed in already, as one who did so this morning; no page is open yet."""
        key = signed_in(login).cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}])

    def sign_in(self, login: str) -> None:
        """Sign in as a member of the cast, by name and password."""
        self.open("/")
        self.page.locator("[name=login]").fill(login)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(address, "firm")`: a visitor with a session, at a desk or with `phone=True` at a phone; a stranger without a login."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def come(address: str, login: str = "", *, phone: bool = False) -> Visitor:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), address)
        opened.append((context, visitor))
        if login:
            visitor.hold_session_of(login)
        return visitor

    yield come
    for context, visitor in opened:
        context.close()
        assert visitor.troubles == []
