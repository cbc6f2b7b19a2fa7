"""The ways out of this installation, from the settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zhitong.config import environment, locks
from zhitong.domain.messaging.rules.channels import OF_UNITS, Channel
from zhitong.domain.messaging.rules.wires import AppWire, GatewayWire, Hook, MailWire, Wires

SECURITY = ("starttls", "tls", "none")
WECOM, DINGTALK = "https://qyapi.weixin.qq.com", "https://oapi.dingtalk.com"
_USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def wires() -> Wires:
    """What is connected. Raises WrongSetting: a channel is set in part, or its address cannot be one."""
    return Wires(
        site=locks.origin(), mail=_mail(), sms=_gateway(),
        wecom=_app("WECOM", WECOM), dingtalk=_app("DINGTALK", DINGTALK), hooks=_hooks(),
    )


def _mail() -> MailWire | None:
    place, sender = environment.text("ZHITONG_SMTP_HOST"), environment.text("ZHITONG_MAIL_FROM")
    if not place:
        return None
    if "@" not in sender:
        raise environment.WrongSetting("填了 ZHITONG_SMTP_HOST，还须在 ZHITONG_MAIL_FROM 写明发件人邮箱；请补上后再试。")
    security = environment.one_of("ZHITONG_SMTP_SECURITY", SECURITY)
    host, _colon, port = place.partition(":")
    if port and not (port.isascii() and port.isdigit()):
        raise environment.WrongSetting(f"环境变量 ZHITONG_SMTP_HOST 应为 主机 或 主机:端口，现在是“{place}”；请改正后再试。")
    return MailWire(
        host, int(port or _USUAL_PORTS[security]), security, environment.text("ZHITONG_SMTP_USER"),
        environment.text("ZHITONG_SMTP_PASSWORD"), sender,
    )


def _gateway() -> GatewayWire | None:
    url = _address("ZHITONG_SMS_GATEWAY")
    return GatewayWire(url, environment.text("ZHITONG_SMS_KEY")) if url else None


def _app(name: str, usual: str) -> AppWire | None:
    key, secret, agent = (environment.text(f"ZHITONG_{name}_{part}") for part in ("KEY", "SECRET", "AGENT"))
    if not (key or secret or agent):
        return None
    if not (key and secret and agent.isdigit()):
        raise environment.WrongSetting(f"ZHITONG_{name}_KEY、_SECRET、_AGENT（数字）须一起填写；请补上后再试。")
    return AppWire(_address(f"ZHITONG_{name}_URL") or usual, key, secret, agent)


def _hooks() -> dict[str, Hook]:
    path = environment.text("ZHITONG_MESSAGE_HOOKS")
    if not path:
        return {}
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        found = [_hook(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise environment.WrongSetting(
            f"ZHITONG_MESSAGE_HOOKS 指的文件读不了（{type(error).__name__}）。应为 JSON 列表，每项有 name、unit、kind、url，可有 secret。"
        ) from error
    return {hook.name: hook for hook in found}


def _hook(row: dict[str, Any]) -> Hook:
    channel = Channel(row["kind"])
    if channel not in OF_UNITS or not str(row["url"]).startswith(("https://", "http://")):
        raise ValueError(channel)
    return Hook(str(row["name"]), str(row["unit"]), channel, str(row["url"]), str(row.get("secret", "")))


def _address(name: str) -> str:
    """A web address without a slash at its end; empty where none is set. Raises WrongSetting."""
    url = environment.text(name)
    if url and not url.startswith(("https://", "http://")):
        raise environment.WrongSetting(f"环境变量 {name} 应以 https:// 开头，现在是“{url}”；请改正后再试。")
    return url.rstrip("/")
