"""Who owes a card in which round, and how it stands: the rows behind every collection rate."""

from __future__ import annotations

from zhitong.domain.cards.rules.collection import IS_LATE, STANDING
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.cards.rules.rounds import ExcuseReason, MeterStanding
from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape, Sight, placed, places, worded
from zhitong.domain.subjects.rules.kinds import SubjectKind


def _late(whose: Lateness) -> str:
    return f"coalesce({IS_LATE[whose]}, false)"


OBLIGATIONS = DataSet(
    "obligations", "应报卡片", "每一期每个应报对象一行：报没报、怎么报的、迟没迟。采集率＝（自报＋代填已确认）÷应报。", Sight.COLLECTION,
    ("round_id", "position"),
    (
        Column("round_id", Shape.ID, "填报期的标识", "obligation.round_id", optional=False),
        Column("position", Shape.WHOLE, "在这一期名单里的序号", "obligation.position", optional=False),
        Column("round_name", Shape.TEXT, "填报期", "round.name", optional=False),
        Column("period", Shape.TEXT, "期别，如 2018-08", "round.period", optional=False),
        Column("opens_on", Shape.DAY, "开放填报", "round.opens_on", optional=False),
        Column("due_on", Shape.DAY, "截止", "round.due_on", optional=False),
        Column("subject_id", Shape.ID, "服务对象，与 subjects 的 id 对应", "obligation.subject_id", optional=False),
        Column("subject_name", Shape.TEXT, "服务对象名称", "subject.name"),
        *worded("subject_kind", "template.subject_kind", SubjectKind, "服务对象的种类"),
        *placed("obligation.region_id"),
        Column("collecting_unit_code", Shape.TEXT, "收卡单位代码，与 units 的 code 对应", "collecting.code", optional=False),
        Column("collecting_unit_name", Shape.TEXT, "收卡单位", "collecting.name", optional=False),
        Column("caring_unit_code", Shape.TEXT, "开放时的帮包单位代码", "caring.code"),
        Column("caring_unit_name", Shape.TEXT, "开放时的帮包单位", "caring.name"),
        Column("owed", Shape.YES_NO, "计入应报", "obligation.owed", optional=False),
        *worded("excuse", "obligation.excuse", ExcuseReason, "不报的原因"),
        *worded("standing", f"({STANDING})", MeterStanding, "怎样计入采集率"),
        Column("first_submitted_at", Shape.MOMENT, "首次报送", "card.first_submitted_at"),
        Column("late", Shape.YES_NO, "企业迟报", _late(Lateness.OWN), optional=False),
        Column("late_above", Shape.YES_NO, "上级原因迟报", _late(Lateness.ABOVE), optional=False),
    ),
    f"""
    FROM cards_obligation obligation {places("obligation.region_id")}
    JOIN cards_round round ON round.id = obligation.round_id
    JOIN cards_template template ON template.id = round.template_id
    JOIN organisations_unit collecting ON collecting.id = obligation.collecting_unit_id
    LEFT JOIN organisations_unit caring ON caring.id = obligation.caring_unit_id
    LEFT JOIN subjects_subject subject ON subject.id = obligation.subject_id
    LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id""",
    thing="subject_id", period="due_on",
)
