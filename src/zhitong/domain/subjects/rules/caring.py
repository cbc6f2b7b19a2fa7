"""Whether somebody looks after one of the served: at which level it must be so, and who must be named. Pure."""

from __future__ import annotations

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.choices import Word

WITH_TASK_FORCE = frozenset({SubjectKind.PLATFORM, SubjectKind.WORK})
"""Every platform and livelihood work has a task force (冀发〔2018〕7号 四（二）)."""

HOME_OF_UNTIERED = Rank.COUNTY
"""Where those on no tier are looked after: nothing is without an owner (R-B2)."""


class Coverage(Word):
    """How far one of the served is looked after at its own level."""

    COVERED = "covered", "已落实"
    NO_FORCE = "no_force", "缺工作专班"
    NOBODY = "nobody", "没有分包"


GAPS = (Coverage.NOBODY, Coverage.NO_FORCE)


def home_tier(tier: Rank | None) -> Rank:
    """The level at which somebody must look after a subject of a tier."""
    return tier or HOME_OF_UNTIERED


def coverage_of(kind: SubjectKind, *, is_cared_for: bool, has_force: bool) -> Coverage:
    """How far a subject is looked after, from its care at its own level."""
    if not is_cared_for:
        return Coverage.NOBODY
    return Coverage.NO_FORCE if kind in WITH_TASK_FORCE and not has_force else Coverage.COVERED
