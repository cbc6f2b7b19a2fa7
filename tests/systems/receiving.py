"""A receiver of events as somebody else would write one: a real server on this machine, which verifies what comes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What came, in order; the next answers by `statuses`, then 204; `slow` seconds are taken for each."""

    url: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    slow: float = 0.0
    leads_to: str = ""

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events that came, read."""
        return [json.loads(body) for _headers, body in self.came]

    @property
    def ids(self) -> list[str]:
        """The ids they came under."""
        return [headers["webhook-id"] for headers, _body in self.came]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for the length of a story."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(receiver.slow)
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 204)
            if receiver.leads_to:
                self.send_header("Location", receiver.leads_to)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/zhitong"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether one of the signatures was made with a secret, reckoned as the standard's page says and not by our own code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(one, f"v1,{wanted}") for one in headers["webhook-signature"].split())
