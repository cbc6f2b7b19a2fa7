"""Standing in for the holder of a post (临时代办, AB角): who for whom, and for how long. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from zhitong.domain.organisations.rules.apart import KEEPERS
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.kit.choices import Word

LONGEST = timedelta(days=92)
"""A quarter: who is away longer hands over."""
TOLD_WITHIN = timedelta(days=3)
"""So long after the day it is still told that a substitution begins or has run out, should the worker have stood still."""


class SubstitutionFact(Word):
    """What happens to a substitution; facts of what the substitute does name whom he stands in for."""

    NAMED = "substitution.named", "指定代办人"
    BEGUN = "substitution.begun", "代办开始"
    ENDED = "substitution.ended", "结束代办"
    RUN_OUT = "substitution.run_out", "代办到期"


def post_trouble(kind: PostKind, unit_kind: UnitKind) -> str:
    """Why nobody may stand in a post; empty where somebody may."""
    if kind in KEEPERS:
        return f"{kind.label}的岗位不能代办。暂时离开的，请由上一级系统管理员办理岗位交接。"
    if unit_kind is UnitKind.SERVED:
        return "企业的岗位不用指定代办。请用邀请给同事开通账号。"
    return ""


def days_trouble(since: date, until: date, today: date) -> tuple[str, str]:
    """Which day is wrong (`since`, `until`) and why; two empty words where none is."""
    if since < today:
        return "since", "代办不能从过去的日子算起，请填今天或以后。"
    if until < since:
        return "until", "最后一天不能早于第一天，请核对。"
    if until - since > LONGEST:
        return "until", f"一次代办最长{LONGEST.days}天。离开更久的，请办理岗位交接。"
    return "", ""
