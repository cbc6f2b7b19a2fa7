"""An authenticator of the tests' own: a key in memory that answers as a browser would, and lies where a test says so."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url, encode_cbor

ORIGIN = "https://zhitong.example"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One device with one key; `flags`, `origin`, `rp_id` and `count` are what it says, true or not."""

    origin: str = ORIGIN
    rp_id: str = "zhitong.example"
    flags: int = PRESENT | VERIFIED
    count: int = 1
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    handle: bytes = b""

    def made(self, challenge: bytes) -> str:
        """The answer to being asked to make a key."""
        point = self.key.public_key().public_numbers()
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        attested = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + public
        statement = encode_cbor({"fmt": "none", "attStmt": {}, "authData": self._said(self.flags | ATTESTED) + attested})
        return self._answer("webauthn.create", challenge, {"attestationObject": bytes_to_base64url(statement)})

    def shown(self, challenge: bytes) -> str:
        """The answer to being asked to show it; the count goes up."""
        self.count += 1
        said, client = self._said(self.flags), self._client("webauthn.get", challenge)
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer("webauthn.get", challenge, {
            "authenticatorData": bytes_to_base64url(said), "signature": bytes_to_base64url(signature),
            **({"userHandle": bytes_to_base64url(self.handle)} if self.handle else {}),
        })  # fmt: skip

    def _said(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: bytes) -> bytes:
        return json.dumps({"type": kind, "challenge": bytes_to_base64url(challenge), "origin": self.origin}).encode()

    def _answer(self, kind: str, challenge: bytes, response: dict[str, Any]) -> str:
        credential, client = bytes_to_base64url(self.credential), bytes_to_base64url(self._client(kind, challenge))
        return json.dumps({
            "id": credential, "rawId": credential, "type": "public-key", "response": {"clientDataJSON": client, **response},
        })  # fmt: skip
