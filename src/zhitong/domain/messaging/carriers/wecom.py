"""企业微信 (and 政务微信 of the same API): messages of an application (gettoken, message/send) and a group's robot.

Kept from being doubled: `enable_duplicate_check` lets the service drop the same text to the same person within four hours;
a robot has nothing of the kind, so after a break a group may read a message twice.
"""

from __future__ import annotations

from zhitong.domain.messaging.carriers.keeping import Tokens
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel, called, said
from zhitong.domain.messaging.rules.wires import AppWire, Hook

TOKEN_OVER = frozenset({40014, 41001, 42001})
"""不合法的 access_token、缺少 access_token、access_token 已过期: a new one is fetched and the call made once more."""
TOO_MANY = frozenset({45009, 45033, -1})
"""接口调用超过限制、并发调用超过限制、系统繁忙。"""
NO_SUCH_PERSON = frozenset({81013, 60111, 60011, 40003, 60103})
"""UserID 无权限或不存在。"""
WRONG_KEY = frozenset({40001, 40013, 40056, 40091, 301002, 60020, 93000})
"""不合法的 secret、corpid、agentid；来源地址不可信；机器人地址无效。"""
FOUR_HOURS = 14_400


def carry(wire: AppWire, parcel: Parcel) -> str:
    """Send a text message of the application to one person. Raises NotTaken."""
    body = {
        "touser": parcel.to, "msgtype": "text", "agentid": int(wire.agent), "text": {"content": parcel.text.sentence},
        "enable_duplicate_check": 1, "duplicate_check_interval": FOUR_HOURS,
    }
    answer = _sent(wire, body)
    if answer.get("errcode") in TOKEN_OVER:
        _tokens.forget(wire)
        answer = _sent(wire, body)
    _judge(answer)
    if parcel.to.casefold() in str(answer.get("invaliduser", "")).casefold().split("|"):
        raise NotTaken("企业微信里没有这个账号，或者应用对他不可见。", is_lasting=True)
    return str(answer.get("msgid", ""))


def carry_to_robot(hook: Hook, parcel: Parcel) -> str:
    """Let a group's robot say it. Raises NotTaken."""
    _judge(said(called("POST", hook.url, json={"msgtype": "text", "text": {"content": parcel.text.sentence}})))
    return str(parcel.id)


def _sent(wire: AppWire, body: dict[str, object]) -> dict[str, object]:
    return said(called("POST", f"{wire.url}/cgi-bin/message/send", params={"access_token": _tokens.of(wire)}, json=body))


def _fetch(wire: AppWire) -> tuple[str, float]:
    answer = said(called("GET", f"{wire.url}/cgi-bin/gettoken", params={"corpid": wire.key, "corpsecret": wire.secret}))
    _judge(answer)
    return str(answer["access_token"]), float(str(answer.get("expires_in", 7200)))


def _judge(answer: dict[str, object]) -> None:
    code = answer.get("errcode", 0)
    if code == 0:
        return
    if code in NO_SUCH_PERSON:
        raise NotTaken(f"企业微信里没有这个账号（{code}）。", is_lasting=True)
    if code in TOO_MANY:
        raise NotTaken(f"企业微信说发得太多（{code}），稍后再发。", rests=True)
    if code in WRONG_KEY or code in TOKEN_OVER:
        raise NotTaken(f"企业微信不认本系统的密钥、应用或机器人（{code}），请核对设置。", rests=True)
    raise NotTaken(f"企业微信没有收下（{code}）。")


_tokens = Tokens(_fetch)
