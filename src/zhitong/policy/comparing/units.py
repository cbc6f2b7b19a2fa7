"""Who answers in the upper and in the lower paper: the same line of work one level down, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhitong.policy.comparing.shapes import Difference
from zhitong.policy.shapes import Responsible, Task

REGION = re.compile("^(?:国家|[^省市县区州盟旗委政]{0,6}[省市县区州盟旗])(?=.{2})")
TERRITORY = re.compile("(?:政府|管理委员会|管委会|办事处|党工委)$")
ORGAN = re.compile("(?:监督管理|行政管理|管理|分)?(?:委员会|办公室|办公厅|总局|厅|局|委|办|部|中心|集团)$")
KIN = (
    ("发展改革", "发改", "经发", "经济发展", "发展和改革"),
    ("工业和信息化", "工信", "经信", "经发", "经济发展"),
    ("住房城乡建设", "住建", "规划建设", "建设", "城市管理", "城管"),
    ("人力资源社会保障", "人社", "社会事务", "组织人事"),
    ("教育", "教体", "文教", "社会事务"),
    ("卫生计生", "卫计", "卫健", "卫生健康", "社会事务"),
    ("民政", "社会事务"),
    ("交通", "交通运输", "交运"),
    ("环境保护", "环保", "生态环境"),
    ("文化", "文旅", "文广新", "社会事务"),
    ("旅游发展", "旅游", "文旅"),
    ("食品药品监管", "食药监", "市场监管", "社会事务"),
    ("工商", "工商行政管理", "市场监管", "行政审批"),
    ("编委", "组织人事", "机构编制"),
    ("政府", "党政"),
    ("商务", "招商", "经发", "商务和投促"),
    ("公安", "交警", "交管"),
)


def unit_differences(upper: Task, lower: Sequence[Task]) -> Iterator[Difference]:
    """At most one: the line of the upper lead is kept one level down, has no lead there, or cannot be found."""
    wanted = [one for one in upper.responsible if not one.is_collective]
    answering = [one for task in lower for one in task.responsible]
    if not wanted or {one.name for one in wanted} == {one.name for one in answering}:
        return
    before, after = _told(wanted), _told(answering)
    if not answering:
        yield Difference("units", before, None, "dropped", "下级没有写明责任单位，请明确由谁承接。")
        return
    lead = [one for one in wanted if one.role == "lead"] or wanted
    kept = [one for one in answering if any(is_same_line(one.name, each.name) for each in lead)]
    if not kept:
        why = f"上级由{_names(lead)}负责，下级责任单位中没有看出同一条线的单位，请确认由谁承接。"
        yield Difference("units", before, after, "ask", why)
    elif any(one.role == "lead" for one in wanted) and not any(one.role == "lead" for one in answering):
        why = f"{_names(kept)}承接这一条线，下级没有写明牵头单位。"
        yield Difference(
            "units", before, after, "no_lead" if len({one.name for one in answering}) > 1 else "localised", why
        )
    else:
        yield Difference("units", before, after, "localised", f"{_names(kept)}承接这一条线。")


def is_same_line(one: str, other: str) -> bool:
    """Whether two departments keep one line of work: 省科技厅 and 市科技局; lower levels may keep several lines in one."""
    left, right = line_of(one), line_of(other)
    if not left or not right:
        return False
    if left.endswith(right) or right.endswith(left) or left.startswith(right) or right.startswith(left):
        return True
    return any(_is_named(left, kin) and _is_named(right, kin) for kin in KIN)


def line_of(unit: str) -> str:
    """The trade of a unit without its region and organ: 省交通运输厅 → 交通运输; empty for a government, which keeps all."""
    return "" if TERRITORY.search(unit) else ORGAN.sub("", REGION.sub("", unit))


def _is_named(line: str, kin: tuple[str, ...]) -> bool:
    return any(line == name or line.endswith(name) for name in kin)


def _told(units: Sequence[Responsible]) -> str:
    roles = {"lead": "（牵头）", "support": "（配合）"}
    return "、".join(dict.fromkeys(f"{one.name}{roles.get(one.role, '')}" for one in units))


def _names(units: Sequence[Responsible]) -> str:
    return "、".join(dict.fromkeys(one.name for one in units))
