"""督办通知单: number, grade, what is demanded by when with its sum, the matters, and what came of pressing until the cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhitong.domain.bulletins.queries.letters.phrases import heading, moment, prose, said
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.heads import ProblemHead
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.supervision.queries.papers import paper_numbered
from zhitong.domain.supervision.queries.pressed import UrgingView
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.supervision.rules.kinds import EffectState
from zhitong.domain.supervision.rules.pressing import effect_of
from zhitong.kit.official.shapes import Block, Document, Figure, Head, Style, Table
from zhitong.kit.refusals import Refused

_EXCERPT = 120


def supervision(viewer: Viewer, about: str, at: datetime) -> Document:
    """The paper with a number as it was signed; bound behind it the effect and the answer there were until `at`.

    Raises NotFound: there is no such paper for this official. Raises Refused: it had not been signed.
    """
    officials_only(viewer)
    found = paper_numbered(viewer, about, now=at)
    row = found.row
    if row.issued_at is None or row.issued_at > at:
        raise Refused(f"这份督办单在{moment(at)}还没有签发，没有编号和时限。请先签发，或选择签发以后的统计截止时间。")
    return Document(
        Style.PAPER, f"{row.grade.label}通知单",
        (
            said(f"贵单位承办的下列问题，现予以{row.grade.label}，请抓紧办理并按时反馈。"),
            heading(0, "督办的问题"), _cases(found.cases),
            heading(1, "督办要求"), *prose(row.demand),
            heading(2, "反馈时限"), said(f"{found.workdays}个工作日。{found.due_words}。"),
            said("督办不改变问题的承办单位和办理时限；反馈不实或者逾期不反馈的，记入督办台账。"),
        ),
        head=Head(row.by_unit, row.number), recipients=(row.unit,), signed_by=row.by_unit, signed_on=found.signed_on,
        note=f"签发人：{found.signed_by}" if found.signed_by else "",
        appended=(_what_came_of_it(found.urgings, facts_about(row.id), row.issued_at, at),),
    )


def _what_came_of_it(urgings: Sequence[UrgingView], facts: Sequence[ToldFact], issued_at: datetime, at: datetime) -> Document:
    """A page for the file behind the notice, which stays as it was signed."""
    return Document(
        Style.FORM, "督办成效和反馈情况",
        (
            said(f"本单{moment(issued_at)}签发。"), heading(0, "督办成效"), *_effects(urgings, at),
            heading(1, "反馈情况"), *_answer(facts, at),
        ),
        cut_off=at,
    )


def _cases(heads: Sequence[ProblemHead]) -> Table:
    rows = tuple(
        (str(place), head.standing.number, UNNAMED if head.standing.unnamed else head.subject_name, _short(head.text))
        for place, head in enumerate(heads, start=1)
    )
    return Table(("序号", "编号", "反映单位", "反映的问题"), rows, (1, 4, 4, 8))


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def _effects(urgings: Sequence[UrgingView], at: datetime) -> list[Block]:
    """Of so many pressed so many moved within two working days, as far as that was known at the cut-off."""
    acted, waiting = 0, 0
    for one in urgings:
        moved_at = one.effect.at if one.effect.at and one.effect.at <= at else None
        state = effect_of(moved_at, one.effect.due_at, at)
        acted += state is EffectState.ACTED
        waiting += state is EffectState.WAITING
    rest = f"，其余{waiting}件的两个工作日未满" if waiting else ""
    return [said(
        "督办", Figure("supervised", str(len(urgings))), "件，签发后两个工作日内有动作",
        Figure("acted", str(acted)), f"件{rest}。",
    )]


def _answer(facts: Sequence[ToldFact], at: datetime) -> list[Block]:
    """What was answered last until the cut-off, and what the supervising unit made of it."""
    told = [one for one in facts if one.at <= at]
    answered = [one for one in told if one.kind == SupervisionFact.ANSWERED.value]
    if not answered:
        return [said("尚未反馈。")]
    last = answered[-1]
    judged = [one for one in told if one.at >= last.at and one.kind in _JUDGED]
    words = [
        said(f"{moment(one.at)}{_JUDGED[one.kind]}。{one.words.get('reason') or one.words.get('opinion') or ''}") for one in judged
    ]
    return [said(f"{moment(last.at)}反馈："), *prose(last.words.get("text", "")), *words]


_JUDGED = {SupervisionFact.RETURNED.value: "退回重报", SupervisionFact.ACCEPTED.value: "审核办结"}
