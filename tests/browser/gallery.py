"""Pages hung in a gallery: made by the test client, served with our files from one folder, looked at in a real browser.

Quicker than a site for each: one page after another comes from memory, files come once and stay with the browser.
"""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.house.habits import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LAWS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""WCAG 2.1 A and AA, and of 2.2 what machines can see (targets of 24 px)."""
DESK, PHONE, NARROWEST = (1440, 900), (390, 844), (320, 640)
ASK_AXE = """async (laws) => {
    for (const fold of document.querySelectorAll("details:not(.zt-menu, .zt-bottom details)")) fold.open = true;
    const found = await axe.run(document, { runOnly: laws, resultTypes: ["violations"] });
    return found.violations.flatMap((law) => law.nodes.map((node) => `${law.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
}"""
WIDER = """() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return "";
    const inside = (one) => one.closest(".zt-table, .zt-scroll, svg") && one !== one.closest(".zt-table, .zt-scroll, svg");
    const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > most + 1 && !inside(one));
    return `${document.documentElement.scrollWidth} px: ` + wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ");
}"""


@dataclass(frozen=True)
class Hung:
    """A page as it came: whose, where from, in what state."""

    login: str
    view: str
    address: str
    html: str
    state: str = "shown"

    def __str__(self) -> str:
        return f"{self.login} {self.address} ({self.state})"


class Gallery:
    """Looks at pages; `page` is the browser's."""

    def __init__(self, page: Page, root: str, walls: dict[str, str]) -> None:
        self.page, self.root, self.walls = page, root, walls

    def hang(self, html: str, size: tuple[int, int] = DESK) -> Page:
        """Show a page in a window of a size."""
        name = f"/hung/{len(self.walls)}"
        self.walls[name] = html
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.goto(self.root + name)
        return self.page

    def breaches(self, html: str) -> list[str]:
        """What breaks a law at a desk and on a phone, and what is wider than the narrowest screen; empty when all is well."""
        page = self.hang(html)
        found = [f"1440: {one}" for one in page.evaluate(ASK_AXE, LAWS)]
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        found += [f"390: {one}" for one in page.evaluate(ASK_AXE, LAWS)]
        page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
        wider = page.evaluate(WIDER)
        return [*found, *([f"320: wider, {wider}"] if wider else [])]


@contextmanager
def gallery(browser: Browser) -> Iterator[Gallery]:
    """A gallery for the length of a block."""
    walls: dict[str, str] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _keeper(walls))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(locale="zh-CN", service_workers="block", reduced_motion="reduce")
    context.add_init_script(path=AXE)
    try:
        yield Gallery(context.new_page(), f"http://127.0.0.1:{server.server_port}", walls)
    finally:
        context.close()
        server.shutdown()
        server.server_close()


def _keeper(walls: dict[str, str]) -> type[BaseHTTPRequestHandler]:
    class Keeper(BaseHTTPRequestHandler):
        """Answers with a page from memory or a file of ours."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body, kind = self._found()
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            if self.path.startswith(settings.STATIC_URL):
                self.send_header("Cache-Control", "max-age=3600, immutable")
            self.end_headers()
            self.wfile.write(body or b"")

        def _found(self) -> tuple[bytes | None, str]:
            if self.path in walls:
                return walls[self.path].encode(), "text/html; charset=utf-8"
            file = Path(settings.STATIC_ROOT) / self.path.split("?")[0].removeprefix(settings.STATIC_URL)
            is_ours = self.path.startswith(settings.STATIC_URL) and file.is_file()
            return (file.read_bytes() if is_ours else None), mimetypes.guess_type(file.name)[0] or "text/plain"

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    return Keeper
