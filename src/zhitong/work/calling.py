"""Calling other systems over HTTP: to the very address that was looked up and found open, signed, briefly, no further.

A name is looked up once and the connection made to what it stood for, so that it cannot stand for another machine a moment
later; answers that lead elsewhere are not followed; nothing of ours but the event is sent.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from zhitong.domain.systems.actions.delivering import Letter, Outcome
from zhitong.domain.systems.rules.telling import (
    ANSWER_SECONDS,
    CONNECT_SECONDS,
    LONGEST_ANSWER,
    MOST_BYTES_READ,
    WHOLE_SECONDS,
    may_call,
    signatures,
    url_trouble,
)
from zhitong.kit.clock import world_now

_TIMEOUT = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
_PORTS = {"https": 443, "http": 80}


def send(letter: Letter, *, networks: Sequence[str], may_be_plain: bool) -> Outcome:
    """Send an event once; whatever happens is told as an outcome. No database: for threads."""
    trouble = url_trouble(letter.to, may_be_plain=may_be_plain)
    if trouble:
        return Outcome(letter.id, None, trouble)
    try:
        address = _open_address(letter.to, networks)
        return _answered(letter, address) if address else Outcome(letter.id, None, "这个地址在内部网络，没有允许，不能通知。")
    except httpx.TimeoutException:
        return Outcome(letter.id, None, "对方没有在规定时间内答复。")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Outcome(letter.id, None, f"连接不上：{type(error).__name__}")


def _open_address(url: str, networks: Sequence[str]) -> str | None:
    """The address to connect to; None where one of those a name stands for may not be called. Raises OSError: no such name."""
    parts = urlsplit(url)
    found = socket.getaddrinfo(parts.hostname, parts.port or _PORTS[parts.scheme], type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    return addresses[0] if may_call(addresses, networks) else None


def _answered(letter: Letter, address: str) -> Outcome:
    url = httpx.URL(letter.to)
    timestamp = int(world_now().timestamp())
    headers = {
        "Host": url.netloc.decode(), "Content-Type": "application/json", "User-Agent": "Zhitong-Webhooks/1",
        "webhook-id": str(letter.id), "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures(str(letter.id), timestamp, letter.body, letter.secrets),
    }
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
        request = client.build_request(
            "POST", url.copy_with(host=address), content=letter.body, headers=headers,
            extensions={"sni_hostname": url.host},
        )
        answer = client.send(request, stream=True)
        try:
            return Outcome(letter.id, answer.status_code, _beginning(answer))
        finally:
            answer.close()


def _beginning(answer: httpx.Response) -> str:
    """The first words of an answer, read no further and no longer than need be."""
    ends, read = time.monotonic() + WHOLE_SECONDS, b""
    for piece in answer.iter_raw():
        read += piece
        if len(read) >= MOST_BYTES_READ or time.monotonic() > ends:
            break
    return read[:MOST_BYTES_READ].decode(errors="replace")[:LONGEST_ANSWER]
