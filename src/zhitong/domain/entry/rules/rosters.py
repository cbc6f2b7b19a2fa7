"""What a roster row (单位, 姓名, 职务, 手机) means: which kind of seat a title is. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhitong.domain.organisations.rules.kinds import PostKind

_WORDS: tuple[tuple[PostKind, tuple[str, ...]], ...] = (
    (PostKind.ADMINISTRATOR, ("系统管理", "平台管理")),
    (PostKind.LIAISON, ("联络员", "联系人")),
    (PostKind.DEPUTY, ("副", "分管", "总工", "纪检组长", "常务")),
    (PostKind.LEADER, ("局长", "主任", "书记", "县长", "区长", "市长", "乡长", "镇长", "厅长", "组长", "主要负责")),
)
_NOT_HEADS = ("科", "股", "室", "处", "队", "所", "站")


COLUMNS: Mapping[str, str] = {"unit": "单位", "name": "姓名", "title": "职务", "phone": "手机"}
"""The columns of a roster with their heads."""
_HEADS = {
    "unit": ("单位", "部门", "机构"), "name": ("姓名", "名字"), "title": ("职务", "职位", "岗位"), "phone": ("手机", "电话", "联系方式"),
}
HEAD_WORDS = frozenset(word for words in _HEADS.values() for word in words)
"""What the heads of a roster are likely to hold."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster, as it was read."""

    line: int
    unit: str
    name: str
    title: str
    phone: str


def columns_found(heads: Sequence[str]) -> dict[str, int]:
    """In which place each column stands: the head that is its word, else the first that holds one of its words."""
    found: dict[str, int] = {}
    for fits in (str.__eq__, str.__contains__):
        for column, words in _HEADS.items():
            free = (
                place for place, head in enumerate(heads)
                if place not in found.values() and any(fits(unit_key(head), word) for word in words)
            )
            place = None if column in found else next(free, None)
            if place is not None:
                found[column] = place
    return found


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
