"""How long somebody who signed in may sit, and on what he sits, in words. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from zhitong.domain.accounts.rules.protection import Protection

SEEN_EVERY = timedelta(minutes=1)
"""So often at most it is written down that somebody is still there."""

_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)
_PROGRAMS = (
    ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("360SE", "360浏览器"), ("QQBrowser", "QQ浏览器"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)
UNKNOWN = "未知设备"


def is_over(began: datetime, seen: datetime, now: datetime, protection: Protection) -> bool:
    """Whether a sitting has reached its absolute limit, or nobody was there for too long."""
    is_idle = bool(protection.idle_minutes) and now - seen > timedelta(minutes=protection.idle_minutes)
    return is_idle or now - began > timedelta(hours=protection.sitting_hours)


def device_in_words(user_agent: str) -> str:
    """What somebody sits at, from what his browser says of itself: 安卓 · 微信."""
    system = next((word for sign, word in _SYSTEMS if sign in user_agent), "")
    program = next((word for sign, word in _PROGRAMS if sign in user_agent), "")
    return " · ".join(filter(None, [system, program])) or UNKNOWN
