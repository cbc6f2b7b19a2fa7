"""What is told between a service that knows people and one that relies on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class Unreachable(Exception):
    """The service does not answer, or not in the way its standard asks; the text is for the log.

    `status` is the HTTP status it answered with, where it did.
    """

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class NotGenuine(Exception):
    """What came back is not what this service told us for this asking; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Client:
    """Ourselves, as one service knows us. `issuer` is its address exactly as it states it."""

    issuer: str
    client_id: str
    client_secret: str
    scope: str = "openid profile"


@dataclass(frozen=True, slots=True)
class Provider:
    """What a service says of itself. Addresses that it does not offer are empty."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    end_session: str
    algorithms: tuple[str, ...]
    secret_in_body: bool


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the browser that asked can bring back: drawn for one asking, used once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who somebody is, by a genuine token: `subject` never changes at its issuer. `token` is the token itself."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    token: str
