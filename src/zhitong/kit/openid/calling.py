"""Calling a service: a few seconds, no detours, an answer of reasonable length that is a JSON object."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import httpx

from zhitong.kit.openid.shapes import Unreachable

SECONDS, MOST_BYTES = 5, 256 * 1024
_HERE = ("127.0.0.1", "localhost", "::1")


def called(method: str, address: str, **sent: Any) -> dict[str, Any]:
    """The JSON object that an address answers with. Raises Unreachable: it does not, or not so."""
    if not is_safe(address):
        raise Unreachable(f"{address} is not an https address")
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False) as client, client.stream(method, address, **sent) as answer:
            body = b""
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    raise Unreachable(f"{address} answers with more than {MOST_BYTES} bytes")
    except httpx.HTTPError as error:
        raise Unreachable(f"{address}: {type(error).__name__}") from error
    if answer.status_code != httpx.codes.OK:
        raise Unreachable(f"{address} answers {answer.status_code}", answer.status_code)
    try:
        told = json.loads(body)
    except ValueError as error:
        raise Unreachable(f"{address} does not answer with JSON") from error
    if not isinstance(told, dict):
        raise Unreachable(f"{address} does not answer with an object")
    return told


def is_safe(address: str) -> bool:
    """Whether secrets may go there: https, or a program on this machine."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE))
    except ValueError:
        return False
