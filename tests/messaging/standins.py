"""Stand-ins on this machine that speak the protocols of the other sides: 企业微信, 钉钉, gateways, robots, a mail server."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Call:
    """What came to a stand-in."""

    path: str
    asked: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def words(self) -> Any:
        """The JSON of it."""
        return json.loads(self.body)


Answering = Callable[[Call], tuple[int, Any]]


@dataclass
class StandIn:
    """A small HTTP server: answers as told, and keeps what came."""

    answering: Answering
    calls: list[Call] = field(default_factory=list)
    url: str = ""


@contextmanager
def serving(answering: Answering) -> Iterator[StandIn]:
    """Serve on a free port for the length of a block."""
    here = StandIn(answering)

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            call = Call(parts.path, dict(parse_qsl(parts.query)), {key.lower(): value for key, value in self.headers.items()}, body)
            here.calls.append(call)
            status, answer = here.answering(call)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _any

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    here.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Office:
    """企业微信 or 钉钉 as its documents describe it: keys against tokens that end, one refusal after another on demand."""

    secret: str = "stand-in-secret"
    people: frozenset[str] = frozenset({"zhang"})
    refusals: list[int] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)

    def __call__(self, call: Call) -> tuple[int, Any]:
        """Answer one call; errors are told inside an answer of 200, as both services do."""
        if call.path.endswith("/gettoken"):
            return 200, self._token(call.asked)
        if call.asked.get("access_token") != (self.tokens or [""])[-1]:
            return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
        if self.refusals:
            return 200, {"errcode": self.refusals.pop(0), "errmsg": "refused"}
        words = call.words
        named = words.get("touser") or words.get("userid_list")
        if named not in self.people:
            unknown = {"errcode": 0, "invaliduser": named} if "touser" in words else {"errcode": 33012, "errmsg": "no user"}
            return 200, unknown
        self.said.append(words)
        return 200, {"errcode": 0, "errmsg": "ok", "msgid": f"m{len(self.said)}", "task_id": len(self.said)}

    def _token(self, asked: dict[str, str]) -> dict[str, Any]:
        if (asked.get("corpsecret") or asked.get("appsecret")) != self.secret:
            return {"errcode": 40001 if "corpsecret" in asked else 40089, "errmsg": "invalid secret"}
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return {"errcode": 0, "access_token": self.tokens[-1], "expires_in": 7200}

    def end_token(self) -> None:
        """Let the token end before its time, as a change of the secret does."""
        self.tokens.append("nobody-has-it")


@dataclass
class Mailbox:
    """What a mail server took, and what it refuses next."""

    refusals: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Take a recipient, or refuse as told."""
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a mail."""
        self.was_encrypted.append(session.ssl is not None)
        self.mails.append(envelope.content.decode())
        return "250 OK"


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[Mailbox, int, Path]]:
    """A mail server that asks for STARTTLS and a password; yields its mailbox, port, and the certificate to trust."""
    certificate = certified(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, folder / "key.pem")
    box = Mailbox()

    def known(server: Any, session: Any, envelope: Any, mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"zhitong", b"mail-secret"), handled=False)

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True, auth_required=True, authenticator=known,
    )
    controller.start()
    try:
        yield box, port, certificate
    finally:
        controller.stop()


def certified(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))
    path = folder / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path
