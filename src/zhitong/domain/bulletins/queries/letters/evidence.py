"""What proves a matter: the files beside it, its card and the instructions on it, as far as the reader may see each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.queries.letters.matter import Matter
from zhitong.domain.bulletins.queries.letters.phrases import box, heading, moment, slot
from zhitong.domain.cards.models import ProblemRow
from zhitong.domain.cards.queries.opened import OpenedCard, card
from zhitong.domain.files.queries import FileView
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.attached import files_of_problem
from zhitong.domain.supervision.queries.instructions import instruction_page
from zhitong.domain.supervision.queries.pressed import pressed_on
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import Block, Document, Grid, Style, Table
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file and what it stands beside, in a word."""

    file: FileView
    of: str


def evidence_of(viewer: Viewer, found: Matter) -> tuple[Evidence, ...]:
    """The files that stood beside a matter at the cut-off, its own first, then those of its card and of instructions on it."""
    opened = _card(viewer, found)
    of_card = [one for files in opened.files.values() for one in files] if opened else []
    of_instructions = [
        one for instruction_id in _papers_on(viewer, found, UrgingKind.INSTRUCT)
        for one in _files_of_instruction(viewer, instruction_id, found.at)
    ]
    kept = [
        *((one, "问题附件") for one in files_of_problem(found.standing.id)), *((one, "反馈卡附件") for one in of_card),
        *((one, "批示原件") for one in of_instructions),
    ]
    return tuple(Evidence(file, of) for file, of in kept if file.attached_at and file.attached_at <= found.at)


def card_of(viewer: Viewer, found: Matter) -> Document | None:
    """The card a matter came with, as it read at the cut-off; None where there is none or none for this reader.

    Its figures stand there for who may see them (R-E3: the firm, who cares for it, the office that collects).
    """
    opened = _card(viewer, found)
    if opened is None or opened.head.first_submitted_at is None or opened.head.first_submitted_at > found.at:
        return None
    head = opened.head
    figures: list[Block] = [heading(0, "填报内容"), Grid(((box("填报数据", "不在查看人的查看范围内"),),))]
    if opened.sections is not None:
        figures = [heading(0, "填报内容"), *_sections(opened, found.at)]
    rows = tuple((row.category_label, row.text, slot(row.raised_at)) for row in opened.rows if row.raised_at <= found.at)
    return Document(
        Style.FORM, opened.template.name,
        (
            Grid((
                (box("服务对象", head.subject_name), box("属地", head.region_name)),
                (box("填报期", head.round_name), box("首次报送", moment(head.first_submitted_at))),
            )),
            *figures, heading(1, "反映的问题"), Table(("类别", "问题", "时间"), rows or (("", "没有", ""),), (3, 9, 3)),
        ),
        cut_off=found.at,
    )


def _card(viewer: Viewer, found: Matter) -> OpenedCard | None:
    """The card for this reader; an unnamed matter's would say whose it is."""
    if found.standing.unnamed:
        return None
    row = ProblemRow.objects.filter(problem_id=found.standing.id).values_list("card_id", flat=True).first()
    if row is None:
        return None
    with suppress(NotFound):
        return card(viewer, row, today=day_of(found.at))
    return None


def _sections(opened: OpenedCard, at: datetime) -> list[Block]:
    """The sections as they read then: what later corrections put in is taken out again."""
    before: dict[str, str] = {}
    for event in reversed(opened.events):
        if event.at > at:
            before |= {change.code: change.before for change in event.changes}
    return [
        Table((told.section.title, "填报"), tuple((one.label, before.get(one.code, text) or "—") for one, text in told.fields), (2, 3))
        for told in opened.sections or () if told.fields
    ]


def _papers_on(viewer: Viewer, found: Matter, kind: UrgingKind) -> Sequence[UUID]:
    pressed = pressed_on(viewer, found.standing, now=found.at).urgings
    ids = (one.paper_id for one in reversed(pressed) if one.kind is kind and one.at <= found.at)
    return [one for one in dict.fromkeys(ids) if one is not None]


def _files_of_instruction(viewer: Viewer, instruction_id: UUID, at: datetime) -> Sequence[FileView]:
    with suppress(NotFound):
        return instruction_page(viewer, instruction_id, now=at).files
    return ()
