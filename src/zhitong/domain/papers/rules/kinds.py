"""Which papers there are, how far each has come, what is done with it, and how much may be sent. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word

AT_ONCE = 20_000
"""Characters that are read while their sender waits; longer papers are read by the worker."""


class PaperKind(Word):
    """Whose document it is: the region's own becomes its plan, one from above is kept to be compared with."""

    OWN = "own", "本级文件"
    UPPER = "upper", "上级文件"


class PaperState(Word):
    """How far a paper has come."""

    READING = "reading", "正在读取"
    UNREADABLE = "unreadable", "没有读成"
    DRAFT = "draft", "草案"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已收回"


class PaperAct(Word):
    """What can be done with a paper."""

    CORRECT = "correct", "改动"
    COMPARE = "compare", "对照"
    PUBLISH = "publish", "发布"
    WITHDRAW = "withdraw", "收回"


class CorrectionKind(Word):
    """What a person did to the draft."""

    TASK_ADDED = "task_added", "补任务"
    TASK_CHANGED = "task_changed", "改任务"
    TASK_STRUCK = "task_struck", "去任务"
    INDICATOR_ADDED = "indicator_added", "补指标"
    INDICATOR_CHANGED = "indicator_changed", "改指标"
    INDICATOR_STRUCK = "indicator_struck", "去指标"


class Judgement(Word):
    """What a person holds of a doubt."""

    ACCEPTED = "accepted", "属实"
    DISMISSED = "dismissed", "不成立"


OF_TASKS = frozenset({CorrectionKind.TASK_ADDED, CorrectionKind.TASK_CHANGED, CorrectionKind.TASK_STRUCK})
ADDING = frozenset({CorrectionKind.TASK_ADDED, CorrectionKind.INDICATOR_ADDED})
STRIKING = frozenset({CorrectionKind.TASK_STRUCK, CorrectionKind.INDICATOR_STRUCK})

ALLOWED: dict[PaperState, frozenset[PaperAct]] = {
    PaperState.READING: frozenset({PaperAct.WITHDRAW}),
    PaperState.UNREADABLE: frozenset({PaperAct.WITHDRAW}),
    PaperState.DRAFT: frozenset({PaperAct.CORRECT, PaperAct.COMPARE, PaperAct.PUBLISH, PaperAct.WITHDRAW}),
    PaperState.PUBLISHED: frozenset({PaperAct.CORRECT, PaperAct.COMPARE, PaperAct.PUBLISH}),
    PaperState.WITHDRAWN: frozenset(),
}
"""What each state lets the office do; a published paper is corrected and published anew, never taken back."""
