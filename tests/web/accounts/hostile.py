"""An identity service on this machine that speaks as real ones do, and signs whatever a test wants it to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey


@dataclass
class Service:
    """The service: its key, its claims beside the usual ones, how it makes a token of them, and what it was asked."""

    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    nonce: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "first"})
    made: Callable[[dict[str, Any]], str] | None = None
    told: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    is_down: bool = False

    def claims(self) -> dict[str, Any]:
        """What the token says."""
        now = int(time.time())
        usual = {
            "iss": self.address, "aud": "zhitong", "sub": "s-1", "exp": now + 300, "iat": now, "nonce": self.nonce,
            "preferred_username": "wang", **self.more,
        }
        return {name: said for name, said in usual.items() if name not in self.lacks}

    def token(self) -> str:
        """The token."""
        return self.made(self.claims()) if self.made else jwt.encode(self.header, self.claims(), self.key)

    def answer(self, path: str) -> dict[str, Any]:
        """What an address tells."""
        self.asked.append(path)
        if path.endswith("/openid-configuration"):
            return {
                "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/jwks",
                "end_session_endpoint": f"{self.address}/leave", "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.told,
            }
        if path == "/jwks":
            return {"keys": [{**self.key.as_dict(private=False), "kid": self.key.kid}, {"kty": "strange"}]}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.token()}


@contextmanager
def running() -> Iterator[Service]:
    """Let it answer on a port of its own until the block ends."""
    service = Service()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(service.answer(self.path)).encode()
            self.send_response(500 if service.is_down else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
