"""Whom a paper is sent to: one name each, what several share put back (各市、县人民政府 → 各市人民政府, 各县人民政府)."""

from __future__ import annotations

import re

SHARED = re.compile(
    r"(?:党委和(?:人民)?政府|党工委和管委会|党委、政府|(?:人民)?政府|管理委员会|管委会|街道办事处|办事处|党委|党工委|委员会|办公室|部门|单位)$"
)
LOOSE = ("部门", "单位")
"""Words that end a circle described in several words: 中央、省驻市各单位 is one."""
OWN_CIRCLE = re.compile(r"各|[省市县区州][直级属]|驻|有关|相关")
"""How a circle begins that shares nothing with the places before it: 各县区、市直各部门."""
GENERIC = re.compile(r"(?:市|县|区|州|盟|旗|乡|镇|街道|地区|园区|开发区|功能区|自治|设区|省直|市直|县直|区直|有关|直属|驻|企业|事业)")


def addressees(printed: str) -> tuple[str, ...]:
    """The names of an address line, its colon left out; brackets stay whole."""
    names: list[str] = []
    for group in _split(re.sub(r"\s", "", printed).rstrip("：:"), "，,；;"):
        names += _group(_split(group, "、"))
    return tuple(dict.fromkeys(names))


def _group(members: list[str]) -> list[str]:
    """The members of one enumeration, each with the prefix 各 and the ending that only one of them prints.

    市直各委、办、局, 各乡镇党委、人民政府 and 中央、省驻市各单位 name one circle of bodies and stay whole.
    """
    if len(members) < 2 or any(len(member) == 1 or (place and SHARED.fullmatch(member)) for place, member in enumerate(members)):
        return ["、".join(members)]
    ending = SHARED.search(members[-1])
    if ending and ending[0] in LOOSE and members[0].startswith("各") and OWN_CIRCLE.match(members[-1]):
        return [*_group(members[:-1]), members[-1]]
    if ending and ending[0] in LOOSE and not all(SHARED.search(member) for member in members):
        return ["、".join(members)]
    named: list[str] = []
    for member in members:
        whole = member if ending is None or SHARED.search(member) else member + ending[0]
        shares = members[0].startswith("各") and not whole.startswith(("各", "省", "驻")) and GENERIC.match(whole)
        named.append(f"各{whole}" if shares else whole)
    return named


def _split(printed: str, marks: str) -> list[str]:
    """Split at marks that stand outside brackets."""
    parts, depth = [""], 0
    for mark in printed:
        depth = max(0, depth + (mark in "（(〔[") - (mark in "）)〕]"))
        if mark in marks and depth == 0:
            parts.append("")
        else:
            parts[-1] += mark
    return [part for part in parts if part]
