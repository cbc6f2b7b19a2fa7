"""钉钉: work notices of an application (gettoken, asyncsend_v2) and a group's robot with its signature.

Kept from being doubled: 钉钉 refuses the same text to the same person on the same day, which counts here as sent; a robot
has nothing of the kind, so after a break a group may read a message twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from zhitong.domain.messaging.carriers.keeping import Tokens
from zhitong.domain.messaging.carriers.parcels import NotTaken, Parcel, called, said
from zhitong.domain.messaging.rules.wires import AppWire, Hook
from zhitong.kit import clock

TOKEN_OVER = frozenset({40014, 42001, 88})
"""不合法、已过期的 access_token（88 是总的鉴权错误，细分在 sub_code）。"""
TOO_MANY = frozenset({90018, 90002, 130101, 410100, -1})
"""接口、机器人（每分钟20条）、总的调用超过限制，系统繁忙。"""
NO_SUCH_PERSON = frozenset({33012, 60121, 40031})
WRONG_KEY = frozenset({40089, 40078, 310000, 300001, 400101})
"""应用的密钥不对；机器人的签名、关键词、来源地址或 token 不对。"""
SENT_BEFORE = frozenset({143105, 143106})
"""当天已给这个人发过同样内容。"""


def carry(wire: AppWire, parcel: Parcel) -> str:
    """Send a work notice to one person. Raises NotTaken."""
    body: dict[str, object] = {
        "agent_id": wire.agent, "userid_list": parcel.to,
        "msg": {"msgtype": "text", "text": {"content": parcel.text.sentence}},
    }
    answer = _sent(wire, body)
    if answer.get("errcode") in TOKEN_OVER:
        _tokens.forget(wire)
        answer = _sent(wire, body)
    if answer.get("errcode") in SENT_BEFORE:
        return str(parcel.id)
    _judge(answer)
    return str(answer.get("task_id", ""))


def carry_to_robot(hook: Hook, parcel: Parcel) -> str:
    """Let a group's robot say it, signed where it has a secret. Raises NotTaken."""
    asked = signature(hook.secret, int(clock.world_now().timestamp() * 1000)) if hook.secret else {}
    words = {"msgtype": "text", "text": {"content": parcel.text.sentence}}
    address, _mark, rest = hook.url.partition("?")
    given = dict(one.split("=", 1) for one in rest.split("&") if "=" in one)
    _judge(said(called("POST", address, params={**given, **asked}, json=words)))
    return str(parcel.id)


def signature(secret: str, milliseconds: int) -> dict[str, str]:
    """What proves to a group that a robot's words are ours: HMAC-SHA256 over time, line break and secret."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return {"timestamp": str(milliseconds), "sign": base64.b64encode(digest).decode()}


def _sent(wire: AppWire, body: dict[str, object]) -> dict[str, object]:
    url = f"{wire.url}/topapi/message/corpconversation/asyncsend_v2"
    return said(called("POST", url, params={"access_token": _tokens.of(wire)}, json=body))


def _fetch(wire: AppWire) -> tuple[str, float]:
    answer = said(called("GET", f"{wire.url}/gettoken", params={"appkey": wire.key, "appsecret": wire.secret}))
    _judge(answer)
    return str(answer["access_token"]), float(str(answer.get("expires_in", 7200)))


def _judge(answer: dict[str, object]) -> None:
    code = answer.get("errcode", 0)
    if code == 0:
        return
    if code in NO_SUCH_PERSON:
        raise NotTaken(f"钉钉里没有这个账号（{code}）。", is_lasting=True)
    if code in TOO_MANY:
        raise NotTaken(f"钉钉说发得太多（{code}），稍后再发。", rests=True)
    if code in WRONG_KEY or code in TOKEN_OVER:
        raise NotTaken(f"钉钉不认本系统的密钥、应用或签名（{code}），请核对设置。", rests=True)
    raise NotTaken(f"钉钉没有收下（{code}）。")


_tokens = Tokens(_fetch)
