"""Which rights a client may hold, from where and how often it may call, and how long its keys hold. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from datetime import timedelta

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.choices import Word

KEPT_FOR_PEOPLE = frozenset({
    Permission.HEAD, Permission.SIGN, Permission.ADMINISTER, Permission.UNSEAL, Permission.AUDIT,
})
"""What only a person does: rating as head of a firm, signing, administering, opening what is sealed, auditing."""

KEY_START, TOKEN_START = "zc_", "za_"
PREFIX_LENGTH = 10
"""How much of a key is shown afterwards: enough to tell it from others, too little to guess the rest."""
MOST_KEYS = 5
MOST_DAYS, USUAL_DAYS = 366, 180
TOKEN_LIVES = timedelta(minutes=10)
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_CONTACT = 36, 200, 60
MOST_ADDRESSES = 20


class RateClass(Word):
    """How many calls a client may make in a minute; `most` is the number."""

    LOW = "low", "每分钟60次"
    ORDINARY = "ordinary", "每分钟600次"
    HIGH = "high", "每分钟3000次"

    @property
    def most(self) -> int:
        """Calls in a minute of the clock."""
        return {"low": 60, "ordinary": 600, "high": 3000}[str(self.value)]


class SystemFact(Word):
    """What happens to clients, their keys and their subscriptions."""

    REGISTERED = "client.registered", "登记接入系统"
    ENDED = "client.ended", "停用接入系统"
    KEY_GIVEN = "client_key.given", "发放接入密钥"
    KEY_ENDED = "client_key.ended", "停用接入密钥"
    SUBSCRIBED = "subscription.made", "订阅事件通知"
    SECRET_CHANGED = "subscription.secret_changed", "更换通知签名密钥"
    PAUSED = "subscription.paused", "事件通知因连续失败自动暂停"
    RESUMED = "subscription.resumed", "恢复事件通知"
    UNSUBSCRIBED = "subscription.ended", "取消订阅"
    RESENT = "subscription.resent", "重发事件通知"


def may_hold(rights: Iterable[Permission], of_post: frozenset[Permission]) -> bool:
    """Whether a client may be given rights: those of its post, without those kept for people."""
    return set(rights) <= of_post - KEPT_FOR_PEOPLE


def offered(of_post: frozenset[Permission]) -> tuple[Permission, ...]:
    """The rights of a post that a client may be given, in the order of their declaration."""
    return tuple(one for one in Permission if one in of_post and one not in KEPT_FOR_PEOPLE)


def networks_in(text: str) -> tuple[str, ...]:
    """The networks written in a text, parted by blanks, commas or lines: `10.1.0.0/16 10.2.3.4`.

    Raises ValueError, with the part as its message: it is no address and no network.
    """
    found = []
    for part in text.replace(",", " ").replace("，", " ").replace("、", " ").split():
        try:
            found.append(str(ipaddress.ip_network(part, strict=False)))
        except ValueError:
            raise ValueError(part) from None
    return tuple(dict.fromkeys(found))


def comes_from(address: str, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of the networks; where none is named, every address does."""
    allowed = [ipaddress.ip_network(one) for one in networks]
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        return not allowed
    return not allowed or any(here in one for one in allowed if one.version == here.version)
