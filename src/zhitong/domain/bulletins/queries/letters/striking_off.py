"""销号审批表: before a matter is struck off the ledger: what was done, how it ended, what was said of it, what proves it."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.bulletins.queries.letters.matter import AnswerThen, Matter, matter, one_of, split_about
from zhitong.domain.bulletins.queries.letters.phrases import PEN_LINES, box, day, in_words, moment, slot
from zhitong.domain.history.queries import ToldFact
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Answer, Spell, Verdict
from zhitong.domain.problems.queries.attached import files_of_problem
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import CheckState, Outcome, PowerMissing, Rating, State
from zhitong.kit.official.shapes import Box, Document, Grid, Style, Table
from zhitong.kit.refusals import Refused

_MEASURES = (
    ProblemFact.ACKNOWLEDGED, ProblemFact.CONTACTED, ProblemFact.REPLIED, ProblemFact.ESCALATED, ProblemFact.COORDINATED,
    ProblemFact.ADVISED, ProblemFact.PART_ANSWERED, ProblemFact.REPLY_REGISTERED,
)
_CHECKED = (ProblemFact.VERIFIED, ProblemFact.FOUND_WANTING)
_CLOSED = (ProblemFact.CLOSED_OFF, ProblemFact.CLOSED_UNRATED)


def striking_off(viewer: Viewer, about: str, at: datetime) -> Document:
    """The form of a matter that was answered until `at`; one that was struck off by then carries when and by whom.

    Raises NotFound: the matter is not there for this official. Raises Refused: it had not been answered, or the reporter
    did not agree and it is being looked at again.
    """
    number, _place = split_about(about)
    return striking_off_of(matter(viewer, number, at))


def striking_off_of(found: Matter, _place: int = 0) -> Document:
    """The same of a matter in hand: there is one form, the last answer's."""
    about, at = found.number, found.at
    nothing = f"问题{about}在{moment(at)}还没有办结答复，不能填销号审批表。请先办结。"
    last: AnswerThen = one_of(found.answers, 0, nothing)
    if found.state not in (State.ANSWERED, State.CONFIRMED, State.CLOSED, State.RETURNING):
        raise Refused(f"问题{about}在{moment(at)}是“{found.state.label}”，还没有到销号这一步，不能填销号审批表。")
    return Document(
        Style.FORM, "问题销号审批表", (Grid(tuple(_rows(found, last))), _evidence(found)),
    )


def _rows(found: Matter, last: AnswerThen) -> list[tuple[Box, ...]]:
    spell, row = found.handling[-1] if found.handling else None, last.row
    return [
        (box("编号", found.number), box("类别", found.category)),
        (box("反映单位", found.head.subject_name), box("属地", found.place)),
        (box("来源", found.source.label), box("反映时间", moment(found.standing.submitted_at))),
        (box("承办单位", found.unit(row.unit_id)), box("交办时间", moment(spell.started_at) if spell else "")),
        (box("反映的问题", found.text, lines=2),),
        (box("办理措施", "\n".join(_measures(found)), lines=2),),
        (box("办理结果", _result(row), lines=2),),
        (box("办结时间", moment(row.answered_at)), box("是否按时", _on_time(row, spell))),
        (box("企业评价", _rated(last)),),
        (box("核查情况", _checks(found)),),
        (box("承办单位意见", lines=PEN_LINES), box("负责人签字")),
        *_closing(found),
    ]


def _measures(found: Matter) -> list[str]:
    wanted = {one.value for one in _MEASURES}
    facts = [one for one in found.facts if one.kind in wanted]
    return [f"{slot(one.at)} {ProblemFact(one.kind).label}。{in_words(one)}" for one in facts] or ["办结前没有登记阶段性进展。"]


def _result(row: Answer) -> str:
    planned = f"计划完成：{day(row.planned_on)}。" if row.planned_on else ""
    missing = f"缺少的权限或条件：{PowerMissing(row.power_missing).label}。" if row.power_missing else ""
    return f"{Outcome(row.outcome).label}。{row.text}\n{planned}{missing}".strip()


def _on_time(row: Answer, spell: Spell | None) -> str:
    """By the first limit, which more time never moves."""
    if spell is None or spell.first_due_at is None:
        return "不设时限"
    return f"{'按时' if row.answered_at <= spell.first_due_at else '超过首次时限'}（首次时限{moment(spell.first_due_at)}）"


def _rated(last: AnswerThen) -> str:
    told = [_verdict("企业", last.verdict), _verdict("企业负责人", last.head)]
    return "\n".join(filter(None, told)) or "企业没有评价"


def _verdict(who: str, verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    manner = f"，态度和速度{Rating(verdict.reply_rating).label}" if verdict.reply_rating else ""
    words = f"，{verdict.words}" if verdict.words else ""
    return f"{who}：{Rating(verdict.rating).label}{manner}{words}（{moment(verdict.at)}）"


def _checks(found: Matter) -> str:
    """What offices found: their own verification, and second looks that were over by then."""
    wanted = {one.value for one in _CHECKED}
    lines = [f"{slot(one.at)} {ProblemFact(one.kind).label}。{in_words(one)}" for one in found.facts if one.kind in wanted]
    for one in found.checks:
        if one.settled_at and one.settled_at <= found.at:
            lines.append(f"{slot(one.settled_at)} {found.unit(one.unit_id)}：{CheckState(one.state).label}。{one.words}")
    return "\n".join(lines) or "没有核查记录"


def _closing(found: Matter) -> list[tuple[Box, ...]]:
    closed: ToldFact | None = found.last(*_CLOSED) if found.state is State.CLOSED else None
    if closed is None:
        return [(box("活动办公室意见", lines=PEN_LINES), box("负责人签字")), (box("分管领导意见", lines=PEN_LINES), box("签字"))]
    by = found.unit(closed.unit_id) or found.office(found.standing.region_id)
    return [(box("销号单位", by), box("销号时间", moment(closed.at)))]


def _evidence(found: Matter) -> Table:
    files = [one for one in files_of_problem(found.standing.id) if one.attached_at and one.attached_at <= found.at]
    rows = tuple((str(place), one.name, moment(one.attached_at)) for place, one in enumerate(files, start=1))
    return Table(("序号", "佐证材料", "上传时间"), rows or (("", "没有附件", ""),), (1, 6, 4), caption="佐证材料清单")
