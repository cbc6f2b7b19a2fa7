"""The timetable and roadmap of a task (时间表、路线图): how a milestone stands."""

from __future__ import annotations

from zhitong.kit.choices import Word


class MilestoneState(Word):
    """How a milestone stands on a day."""

    AHEAD = "ahead", "未到时间"
    UNDER_WAY = "under_way", "进行中"
    DUE_SOON = "due_soon", "临近到期"
    LATE = "late", "已逾期"
    DONE = "done", "已完成"
    DONE_LATE = "done_late", "逾期完成"
    DROPPED = "dropped", "已取消"
