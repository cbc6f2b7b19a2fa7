"""What a roster row (单位, 姓名, 职务, 手机) means: which kind of seat a title is. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from zhitong.domain.organisations.rules.kinds import PostKind

_WORDS: tuple[tuple[PostKind, tuple[str, ...]], ...] = (
    (PostKind.ADMINISTRATOR, ("系统管理", "平台管理")),
    (PostKind.SECURITY, ("安全管理员",)),
    (PostKind.AUDITOR, ("审计管理",)),
    (PostKind.LIAISON, ("联络员", "联系人")),
    (PostKind.DEPUTY, ("副", "分管", "总工", "纪检组长", "常务")),
    (PostKind.LEADER, ("局长", "主任", "书记", "县长", "区长", "市长", "乡长", "镇长", "厅长", "组长", "主要负责")),
)
_NOT_HEADS = ("科", "股", "室", "处", "队", "所", "站")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster, as it was read."""

    line: int
    unit: str
    name: str
    title: str
    phone: str


def seat_kind(title: str) -> PostKind:
    """The kind of seat a title is; the head of a section (科长, 办公室主任) works cases like any officer."""
    narrow = unicodedata.normalize("NFKC", title)
    for kind, words in _WORDS:
        if any(word in narrow for word in words):
            is_section = kind in (PostKind.LEADER, PostKind.DEPUTY) and any(
                f"{part}{word}" in narrow for part in _NOT_HEADS for word in ("长", "主任", "副主任", "副长")
            )
            return PostKind.OFFICER if is_section else kind
    return PostKind.OFFICER


def unit_key(name: str) -> str:
    """A unit's name as it is compared: half width, without blanks and brackets."""
    narrow = unicodedata.normalize("NFKC", name)
    return "".join(sign for sign in narrow if not sign.isspace() and sign not in "()（）“”\"'·")
