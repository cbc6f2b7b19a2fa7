"""领导批示办理情况专报: what leaders instructed in a territory, or one instruction, with what came of it, at a cut-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.queries.letters.phrases import day, heading, moment, said
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.supervision.queries.instructions import (
    InstructionRow,
    ItemView,
    instruction_page,
    instructions_until,
)
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.supervision.rules.kinds import InstructionKind
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import Block, Document, Figure, Head, Heading, Piece, Style
from zhitong.kit.refusals import NotFound, Refused

MOST = 100
"""As many instructions as one report tells of."""


@dataclass(frozen=True, slots=True)
class _ItemThen:
    """An item as it stood: its report, and the leader's answer, as far as they were there."""

    item: ItemView
    reported_at: datetime | None
    report: str
    is_ended: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """An instruction with its items as they stood."""

    row: InstructionRow
    items: tuple[_ItemThen, ...]


def instructions(viewer: Viewer, about: str, at: datetime) -> Document:
    """The report on what was registered in a territory (a region's code; empty: the reader's own) until `at`; or on one
    instruction by its id, to go back to the leader who gave it, with nobody else's words in it.

    The reader's unit reports, of items it does not keep on its own alone. Words about a confidential matter are left out
    for who may not see the matter. Up to 100 instructions.
    Raises NotFound: the territory or the instruction is not the reader's. Raises Refused: nothing had been registered, or
    too much.
    """
    officials_only(viewer)
    one = _id_in(about)
    if one is not None:
        return _of_one(viewer, one, at)
    region = _region(viewer, about)
    rows = instructions_until(viewer, region.id, at=at, most=MOST + 1)
    if not rows:
        raise Refused(f"{region.name}到{moment(at)}没有登记过领导批示，没有专报可出。收到批示后请先登记。")
    if len(rows) > MOST:
        raise Refused(f"{region.name}到{moment(at)}登记的批示超过{MOST}条，一份专报装不下，请分辖区出。")
    told = [_told(row, at) for row in rows]
    whole = [said(f"截至{moment(at)}，{region.name}共登记领导批示", Figure("instructions", str(len(told))), "条，", *_counted(told))]
    return _paper(viewer, "领导批示办理情况专报", (heading(0, "总体情况"), *whole, heading(1, "逐条办理情况"), *_each(told)), at)


def _of_one(viewer: Viewer, instruction_id: UUID, at: datetime) -> Document:
    row = instruction_page(viewer, instruction_id, now=at).row
    if row.registered_at > at:
        raise Refused(f"到{moment(at)}还没有登记这条批示，没有专报可出。请选晚一些的统计截止时间。")
    told = _told(row, at)
    blocks = (
        heading(0, "批示情况"), said(f"{day(row.instructed_on)}，{row.leader_title} {row.leader}{_on_what(row)}{row.kind.label}。"),
        *_what_was_said(row), heading(1, "办理情况"), said(f"截至{moment(at)}，", *_counted([told])), *_of_items(told),
    )
    return _paper(viewer, f"关于{row.leader_title} {row.leader}{row.kind.label}办理情况的专报", blocks, at)


def _paper(viewer: Viewer, title: str, blocks: tuple[Block, ...], at: datetime) -> Document:
    by = directory().name_of(viewer.unit_id)
    return Document(Style.PAPER, title, blocks, head=Head(by), signed_by=by, signed_on=day_of(at), cut_off=at)


def _id_in(about: str) -> UUID | None:
    try:
        return UUID(about)
    except ValueError:
        return None


def _region(viewer: Viewer, code: str) -> RegionEntry:
    here = directory()
    region = here.region_coded(code) if code else here.regions.get(viewer.region_id)
    if region is None or viewer.region_id not in {one.id for one in here.path(region.id)}:
        raise NotFound
    return region


def _told(row: InstructionRow, at: datetime) -> _Told:
    facts = [one for one in facts_about(row.id) if one.at <= at]
    given = {one.body["item"]: one.at for one in facts if one.kind == SupervisionFact.ASSIGNED.value}
    return _Told(row, tuple(_item(item, facts, at) for item in row.items if str(item.id) in given))


def _item(item: ItemView, facts: Sequence[ToldFact], at: datetime) -> _ItemThen:
    own = [one for one in facts if one.body.get("item") == str(item.id)]
    reports = [one for one in own if one.kind == SupervisionFact.REPORTED.value]
    last = reports[-1] if reports else None
    is_late = (reports[0].at if reports else at) > item.due_at
    return _ItemThen(
        item, last.at if last else None, last.words.get("text", "") if last else "",
        any(one.kind == SupervisionFact.ENDED.value for one in own), is_late,
    )


def _counted(told: Sequence[_Told]) -> list[Piece]:
    """How many items there are, and how they stand."""
    items = [item for one in told for item in one.items]
    ended = sum(item.is_ended for item in items)
    reported = sum(item.reported_at is not None and not item.is_ended for item in items)
    late = sum(item.is_late for item in items)
    return [
        "分解事项", Figure("items", str(len(items))), "项：领导已阅批", Figure("ended", str(ended)), "项，已报办理情况待呈报",
        Figure("reported", str(reported)), "项，正在办理", Figure("open", str(len(items) - ended - reported)),
        "项；超过完成期限的", Figure("late", str(late)), "项。",
    ]


def _each(told: Sequence[_Told]) -> list[Block]:
    blocks: list[Block] = []
    for place, one in enumerate(told, start=1):
        row = one.row
        head = f"（{_numeral(place)}）{row.leader_title} {row.leader} {day(row.instructed_on)}{row.kind.label}{_paper_of(row)}"
        blocks += [Heading(2, head), *_what_was_said(row), *_of_items(one)]
    return blocks


def _paper_of(row: InstructionRow) -> str:
    return f"（{row.paper_title}{f'，{row.paper_number}' if row.paper_number else ''}）" if row.paper_title else ""


def _on_what(row: InstructionRow) -> str:
    number = f"（{row.paper_number}）" if row.paper_number else ""
    return f"在《{row.paper_title}》{number}上" if row.paper_title else ""


def _what_was_said(row: InstructionRow) -> list[Block]:
    return [said(_words(row)), *([said(f"涉及问题：{_cases(row)}。")] if row.cases else [])]


def _of_items(one: _Told) -> list[Block]:
    if not one.items:
        return [said("没有分解事项，存档备查。")]
    return [block for item in one.items for block in _of_item(item)]


def _words(row: InstructionRow) -> str:
    if row.kind is InstructionKind.READ:
        return "圈阅，没有文字。"
    return "批示内容涉及企业要求保密的问题，此处不载。" if row.are_words_hidden else f"批示内容：{row.words}"


def _cases(row: InstructionRow) -> str:
    return "、".join(head.standing.number for head in row.cases)


def _of_item(then: _ItemThen) -> list[Block]:
    item = then.item
    if then.reported_at is None:
        how = "尚未报办理情况，已超过完成期限。" if then.is_late else "正在办理。"
        return [said(f"{item.unit}：{item.demand}（{moment(item.due_at)}前完成）{how}")]
    blocks: list[Block] = [said(
        f"{item.unit}：{item.demand}（{moment(item.due_at)}前完成）{moment(then.reported_at)}报：{then.report}"
    )]
    if then.is_ended and item.presented_on and item.answered_on:
        answer = f"：{item.answer_words}" if item.answer_words else ""
        kind = item.answer_kind.label if item.answer_kind else ""
        blocks.append(said(f"{day(item.presented_on)}呈报，{day(item.answered_on)}领导{kind}{answer}。".replace("。。", "。")))
    return blocks


_DIGITS = "一二三四五六七八九"


def _numeral(number: int) -> str:
    """A number up to 100 as headings have it: 十二."""
    tens, ones = divmod(number, 10)
    if number == 100:
        return "一百"
    ten = f"{_DIGITS[tens - 1] if tens > 1 else ''}十" if tens else ""
    return ten + (_DIGITS[ones - 1] if ones else "")
