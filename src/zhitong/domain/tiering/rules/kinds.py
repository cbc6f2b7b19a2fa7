"""The words of tiering: what is odd about a result, why a tier moved, and what is recorded."""

from __future__ import annotations

from zhitong.kit.choices import Word


class Conflict(Word):
    """Why a result needs a person's eye: two tiers at once, or none. Source: R-D2."""

    HAND_DIFFERS = "hand_differs", "人工级别与规则不同"
    LIST_DIFFERS = "list_differs", "所在名单与规则不同"
    TWO_LISTS = "two_lists", "同时在两级名单"
    NO_FIGURE = "no_figure", "缺少数据"
    BELOW = "below", "不够标准"


class QuotaPlace(Word):
    """Where a result stands to the quota: it would fall out, or it comes next."""

    OVER = "over", "超出数额"
    NEXT = "next", "可以递补"


class MoveCause(Word):
    """What moved a subject from one tier to another."""

    RUN = "run", "采用测算结果"
    OVERRIDE = "override", "人工调整"
    RELEASE = "release", "恢复按规则"


class StandardOrigin(Word):
    """Where a standard comes from; what a run laid down goes before the package."""

    PACKAGE = "package", "活动包"
    RUN = "run", "采用的测算"


class TieringFact(Word):
    """What is recorded of tiering."""

    RUN_KEPT = "tiering.run_kept", "保存分级测算"
    ADOPTED = "tiering.adopted", "采用分级测算"
    OVERRIDDEN = "tiering.overridden", "人工调整帮扶级别"
    RELEASED = "tiering.released", "恢复按规则分级"
    DIAGNOSED = "tiering.diagnosed", "企业诊断变化"
    RUNG_SET = "tiering.rung_set", "调整培育梯次"
