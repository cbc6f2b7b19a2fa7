"""The ways out, whose address each takes, and how addresses are written right and shown. Pure."""

from __future__ import annotations

import re
import unicodedata

from zhitong.kit.choices import Word


class Channel(Word):
    """A way by which a message leaves; the first four go to a person, the others to a unit."""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"
    WECOM = "wecom", "企业微信"
    DINGTALK = "dingtalk", "钉钉"
    WECOM_ROBOT = "wecom_robot", "企业微信群机器人"
    DINGTALK_ROBOT = "dingtalk_robot", "钉钉群机器人"
    WEBHOOK = "webhook", "单位的业务系统"


PERSONAL = (Channel.EMAIL, Channel.SMS, Channel.WECOM, Channel.DINGTALK)
OF_UNITS = (Channel.WECOM_ROBOT, Channel.DINGTALK_ROBOT, Channel.WEBHOOK)
LONGEST_ADDRESS = 120

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
_WRONG = {
    Channel.EMAIL: (_EMAIL, "这不是电子邮箱，请写成 name@example.cn 的样子。"),
    Channel.SMS: (_MOBILE, "请填写11位手机号码。"),
    Channel.WECOM: (_ACCOUNT, "请填写企业微信通讯录里的账号（字母、数字），不是姓名。"),
    Channel.DINGTALK: (_ACCOUNT, "请填写钉钉通讯录里的 userid（字母、数字），不是姓名。"),
}


def written_right(channel: Channel, text: str) -> str:
    """The address as it is kept: half-width, without blanks; a phone without +86, an e-mail address in small letters."""
    narrow = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if channel is Channel.SMS:
        return re.sub(r"^(?:\+|00)86", "", narrow.replace("-", ""))
    return narrow.lower() if channel is Channel.EMAIL else narrow


def address_trouble(channel: Channel, address: str) -> str:
    """What is wrong with an address written right, as a sentence; empty when nothing is."""
    if not address:
        return "请填写这一项。"
    if len(address) > LONGEST_ADDRESS:
        return f"最多填写 {LONGEST_ADDRESS} 个字。"
    pattern, sentence = _WRONG[channel]
    return "" if pattern.fullmatch(address) else sentence


def masked(channel: Channel, address: str) -> str:
    """The address with its middle hidden, as lists show it."""
    name, at, domain = address.partition("@")
    if channel is Channel.EMAIL:
        return f"{name[:2]}***{at}{domain}"
    return f"{address[:3]}****{address[-4:]}" if len(address) == 11 else f"{address[:2]}***"
