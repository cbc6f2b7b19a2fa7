"""答复意见: what a unit answers the reporter, on paper: what was asked, how it ended, and what he may do if he disagrees."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.bulletins.queries.letters.matter import AnswerThen, Matter, matter, one_of, split_about
from zhitong.domain.bulletins.queries.letters.phrases import day, heading, moment, prose, said
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Answer
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import Document, Head, Paragraph, Style

_ENDS = {
    Outcome.SOLVED: "您反映的问题已经解决。",
    Outcome.PARTLY: "您反映的问题部分解决，其余部分的办理意见见上。",
    Outcome.EXPLAINED: "对您反映的问题，现作解释说明如上。",
    Outcome.PLANNED: "您反映的问题已列入计划，计划于{planned}前完成，完成情况将另行告知。",
    Outcome.CANNOT: "您反映的问题目前无法解决，原因是{missing}。",
}


def answer(viewer: Viewer, about: str, at: datetime) -> Document:
    """The newest answer until `at`, or the one at a place (「编号@1」 is the first).

    Raises NotFound: the matter is not there for this official. Raises Refused: it had not been answered.
    """
    number, place = split_about(about)
    return answer_of(matter(viewer, number, at), place)


def answer_of(found: Matter, place: int = 0) -> Document:
    """The same of a matter in hand. An answer on its way down through the levels is a draft until the reporter may see it."""
    number, at = found.number, found.at
    said_then: AnswerThen = one_of(found.answers, place, f"问题{number}在{moment(at)}还没有办结答复，没有答复意见可出。")
    row = said_then.row
    return Document(
        Style.LETTER, "关于所反映问题的答复意见",
        (
            said(f"贵单位{day(day_of(found.standing.submitted_at))}反映的问题（编号{number}）收悉。经研究办理，现答复如下："),
            heading(0, "反映的问题"), *prose(found.text),
            heading(1, "办理情况和意见"), *prose(row.text),
            heading(2, "办理结果"), *_result(row), *_rights(found),
        ),
        head=Head(found.unit(row.unit_id)), recipients=(found.outward_name,), signed_by=found.unit(row.unit_id),
        signed_on=day_of(row.answered_at), is_draft=row.shown_at is None or row.shown_at > at,
    )


def _result(row: Answer) -> list[Paragraph]:
    outcome = Outcome(row.outcome)
    missing = PowerMissing(row.power_missing).label if row.power_missing else ""
    return [said(f"{outcome.label}。", _ENDS[outcome].format(planned=day(row.planned_on), missing=missing))]


def _rights(found: Matter) -> list[Paragraph]:
    source = found.office(found.standing.region_id)
    return [said(
        f"如对本答复满意，请在系统中确认；如不满意，可以在系统中选择“不满意”并说明理由，由{source or '活动办公室'}复核，"
        "也可以请上一级活动办公室过问。"
    )]
