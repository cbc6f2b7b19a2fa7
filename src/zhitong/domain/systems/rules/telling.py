"""What systems are told and how: topics, the signed form, when it is tried again, which addresses are never called. Pure.

The form is that of Standard Webhooks 1.0: headers webhook-id, webhook-timestamp, webhook-signature, an HMAC-SHA256 over
`id.timestamp.body`. Events are thin: which thing has moved and where to fetch it, no word of what it says.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from zhitong.domain.history.rules import plain
from zhitong.kit.choices import Word

SECRET_START, SECRET_BYTES = "whsec_", 32
BOTH_SIGN_FOR = timedelta(days=1)
"""How long the former secret signs beside the new one."""
MOST_SUBSCRIPTIONS = 10
LONGEST_URL, LONGEST_ANSWER = 500, 200
MOST_BYTES_READ = 4096
CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 5.0, 10.0, 15.0
LEASE = timedelta(seconds=60)
"""After so long a delivery whose outcome was never written down is tried again: its sender died."""
PAUSE_AFTER = 20
"""Failures in a row, over all its deliveries, after which a subscription is paused."""
GONE = 410
_WAITS = (5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 86_400)
"""Seconds until the next try; after the last of them a delivery is a dead letter."""
_JITTER = 0.2


class Topic(Word):
    """What a client may subscribe to; the stored word is the kind of the fact."""

    PROBLEM_SUBMITTED = "problem.submitted", "问题已提交"
    PROBLEM_ACCEPTED = "problem.accepted", "问题已受理"
    PROBLEM_DISPATCHED = "problem.dispatched", "问题已交办"
    PROBLEM_ACKNOWLEDGED = "problem.acknowledged", "问题已签收"
    PROBLEM_COMPLETED = "problem.completed", "问题已答复"
    PROBLEM_ESCALATED = "problem.escalated", "问题已提请上级协调"
    PROBLEM_CONFIRMED = "problem.confirmed", "企业已确认答复"
    PROBLEM_REJECTED = "problem.rejected", "企业不满意答复"
    PROBLEM_CLOSED = "problem.closed_off", "问题已销号"
    CARD_SUBMITTED = "card.submitted", "卡片已报送"
    CARD_RETURNED = "card.returned", "卡片已退回"

    @property
    def thing(self) -> str:
        """The kind of thing that moved."""
        return str(self.value).partition(".")[0]


class SubscriptionState(Word):
    """Whether a subscription is served."""

    ACTIVE = "active", "通知中"
    PAUSED = "paused", "已暂停"
    ENDED = "ended", "已取消"


class DeliveryState(Word):
    """How far one event has come on its way to one subscription."""

    WAITING = "waiting", "待送达"
    DELIVERED = "delivered", "已送达"
    DEAD = "dead", "未能送达"


def secret_in_words(secret: bytes) -> str:
    """A secret as receivers write it into their settings: `whsec_` and base64."""
    return SECRET_START + base64.b64encode(secret).decode()


def signatures(message_id: str, timestamp: int, body: bytes, secrets: Iterable[bytes]) -> str:
    """The header webhook-signature: one signature for each secret that holds, parted by blanks."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digests = (hmac.digest(secret, signed, hashlib.sha256) for secret in secrets)
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


def body_of(*, topic: Topic, thing_id: UUID, version: int, url: str, at: datetime) -> bytes:
    """The body of an event: `version` grows with every event of a thing, so that a late one is known as late."""
    told = {
        "type": str(topic.value), "timestamp": plain(at),
        "data": {"kind": topic.thing, "id": str(thing_id), "version": version, "url": url},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def next_try(tries: int, chance: float) -> timedelta | None:
    """How long to wait after so many tries, a fifth more or less by `chance` (0 to 1); None: no more."""
    if tries > len(_WAITS):
        return None
    return timedelta(seconds=_WAITS[tries - 1] * (1 + _JITTER * (2 * chance - 1)))


def url_trouble(url: str, *, may_be_plain: bool) -> str | None:
    """What is wrong with an address as a sentence; None when it can be called. Plain http is for demonstrations."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return "地址的写法不对，请填写完整地址，例如 https://xitong.example.cn/zhitong。"
    if parts.scheme not in (("https", "http") if may_be_plain else ("https",)) or not parts.hostname:
        return "地址须以 https:// 开头，例如 https://xitong.example.cn/zhitong。"
    if parts.username or parts.password or parts.fragment:
        return "地址里不能带用户名、密码或 # 号；通知本身带签名，凭签名核对。"
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable():
        return f"地址最多{LONGEST_URL}个字符，只用英文字母、数字和符号。"
    return None


def may_call(addresses: Sequence[str], allowed: Iterable[str]) -> bool:
    """Whether a name that stands for these addresses may be called: each is public, or of a network that was allowed.

    Networks of one's own machines, of one's own office and of the machine itself are not, so that nobody lets this system
    knock at doors behind its own wall (OWASP ASVS 5.0 V1.3.6).
    """
    networks = [ipaddress.ip_network(one) for one in allowed]
    return bool(addresses) and all(_is_open(ipaddress.ip_address(one.partition("%")[0]), networks) for one in addresses)


def _is_open(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in one for one in networks if one.version == address.version):
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved
