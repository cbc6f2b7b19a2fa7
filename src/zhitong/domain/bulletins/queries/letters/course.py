"""办理经过: what a matter is and everything that happened to it until the cut-off time, line by line, for an archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.queries.letters.matter import Matter
from zhitong.domain.bulletins.queries.letters.phrases import box, heading, in_words, label_of, moment, slot, who_of
from zhitong.domain.history.queries import ToldFact
from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import SpellKind
from zhitong.kit.official.shapes import Document, Grid, Style, Table

_TOLD_ABOVE = frozenset({"text"})


def course_of(found: Matter) -> Document:
    """The course of a matter in hand; three queries."""
    who, units = who_of(found.facts), unit_names(one.unit_id for one in found.facts)
    events = tuple(
        (slot(one.at), label_of(one), *_by(found, one, units, who[one.id]), _words(one)) for one in found.facts
    )
    spells = tuple(
        (SpellKind(one.kind).label, found.unit(one.unit_id), slot(one.started_at), _until(found, one.acknowledged_at),
         _until(found, one.ended_at) or "进行中")
        for one in found.spells
    )
    return Document(
        Style.FORM, "问题办理经过",
        (
            Grid((
                (box("编号", found.number), box("当时状态", found.state.label)),
                (box("反映单位", found.head.subject_name), box("属地", found.place)),
                (box("来源和类别", f"{found.source.label}，{found.nature.label}，{found.category}"),
                 box("反映时间", moment(found.standing.submitted_at))),
                (box("反映的问题", found.text, lines=3),),
            )),
            heading(0, "办理过程"), Table(("时间", "环节", "单位", "经办人", "内容"), events, (3, 2, 3, 2, 6)),
            heading(1, "承办环节"), Table(("环节", "承办单位", "开始", "签收", "结束"), spells, (2, 5, 3, 3, 3)),
        ),
        cut_off=found.at, is_landscape=True,
    )


def _by(found: Matter, fact: ToldFact, units: Mapping[UUID, str], who: str) -> tuple[str, str]:
    """Unit and person; of an unnamed reporter nothing where the reader may not know him."""
    is_hidden = found.head.subject_name == UNNAMED and fact.unit_id == found.standing.reporter_unit_id
    return (UNNAMED, "") if is_hidden else (units.get(fact.unit_id, "") if fact.unit_id else "", who)


def _words(fact: ToldFact) -> str:
    return in_words(fact, _TOLD_ABOVE if fact.kind == ProblemFact.SUBMITTED.value else frozenset())


def _until(found: Matter, at: datetime | None) -> str:
    return slot(at) if at is not None and at <= found.at else ""
