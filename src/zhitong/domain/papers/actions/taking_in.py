"""A document is taken in: its text is read at once, its plan too unless it is long; and a paper is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction

from zhitong.domain.files.actions import FilesUnfit, Upload, attach, store
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.actions.standing import must_be_office, own_paper, tell
from zhitong.domain.papers.models import Paper, Reading
from zhitong.domain.papers.queries.sight import FILES_OF
from zhitong.domain.papers.rules.facts import PaperFact
from zhitong.domain.papers.rules.kinds import AT_ONCE, PaperAct, PaperKind, PaperState
from zhitong.domain.papers.rules.reader import NoPlanFound, Unreadable, plan_in, text_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput
from zhitong.kit.texts import secrecy_trouble
from zhitong.policy.shapes import Plan, as_json

KEPT_AS_FILES = frozenset({"docx", "pdf", "txt"})
"""Formats kept beside their text; of a web page the text alone is kept."""
HEAD = 200
"""Characters in which a mark of classification stands; further down a plan may speak of secrets without being one."""
LONGEST_TITLE, LONGEST_NUMBER, LONGEST_NAME = 200, 60, 130
UNTITLED = "未读出标题的文件"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A document as it was sent; `name` is empty for pasted text, `campaign` names the plan it is for, or is empty."""

    kind: PaperKind
    name: str
    content: bytes
    campaign: str = ""


@transaction.atomic
def take_in(viewer: Viewer, new: NewPaper, *, actor: Actor, now: datetime) -> UUID:
    """Keep a document with the plan that the reader makes of it; a long one is read by the worker.

    Raises NotYours: the viewer is not the campaign office of its region. Raises BadInput, at `file`: the reader cannot
    read it or finds no plan in it, it is marked as classified, or is no file that is kept. Nothing is kept then.
    Source: R-C7.
    """
    must_be_office(viewer)
    try:
        read = text_of(new.content, new.name)
        trouble = secrecy_trouble(read.text[:HEAD])
        if trouble:
            raise _unfit(trouble)
        plan = None if len(read.text) > AT_ONCE else plan_in(read.text, read.noise, new.name)
    except (Unreadable, NoPlanFound) as unread:
        raise _unfit(str(unread)) from unread
    row = _paper(viewer, new, actor, now)
    row.text, row.noise, row.format = read.text, [list(span) for span in read.noise], read.format
    _head(row, plan, new.name)
    row.save(force_insert=True)
    if plan is not None:
        _keep_reading(row, plan, now)
    if new.name and read.format in KEPT_AS_FILES:
        _keep_file(row, new, actor, now)
    tell(row, PaperFact.TAKEN_IN, actor, now, {"kind": row.kind, "characters": len(read.text)})
    return row.id


@transaction.atomic
def withdraw(viewer: Viewer, paper_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a paper that was not published off the desk; it stays in the list.

    Raises NotYours, NotFound. Raises NotNow: it is published or was withdrawn.
    """
    row = own_paper(viewer, paper_id, PaperAct.WITHDRAW)
    row.state = PaperState.WITHDRAWN.value
    row.save(update_fields=["state"])
    tell(row, PaperFact.WITHDRAWN, actor, now)


@transaction.atomic
def read_next(now: datetime) -> int:
    """Read the oldest long paper that waits; how many were looked at (0 or 1). For the worker."""
    waiting = Paper.objects.select_for_update(skip_locked=True).filter(state=PaperState.READING.value)
    row = waiting.order_by("id").first()
    if row is None:
        return 0
    try:
        plan = plan_in(row.text, [(start, end) for start, end in row.noise], row.name)
    except NoPlanFound as nothing:
        row.state, row.refusal = PaperState.UNREADABLE.value, str(nothing)
        row.save(update_fields=["state", "refusal"])
        return 1
    _head(row, plan, row.name)
    row.save(update_fields=["state", "title", "number"])
    _keep_reading(row, plan, now)
    return 1


def _paper(viewer: Viewer, new: NewPaper, actor: Actor, now: datetime) -> Paper:
    at = uuid7()
    region = directory().regions[viewer.region_id]
    return Paper(
        id=at, region_id=viewer.region_id, by_unit_id=viewer.unit_id, by_person_id=actor.person_id, kind=new.kind.value,
        campaign=new.campaign or f"{region.code}-{at.hex[-8:]}", document=f"paper-{at.hex[-12:]}",
        name=new.name[:LONGEST_NAME], taken_at=now,
    )


def _head(row: Paper, plan: Plan | None, name: str) -> None:
    head = plan.document if plan else None
    row.title = ((head.title if head else None) or name or UNTITLED)[:LONGEST_TITLE]
    row.number = ((head.number if head else None) or "")[:LONGEST_NUMBER]
    row.state = (PaperState.READING if plan is None else PaperState.DRAFT).value


def _keep_reading(row: Paper, plan: Plan, now: datetime) -> None:
    drawn = as_json(plan)
    Reading.objects.create(paper=row, plan=drawn, draft=drawn, read_at=now, changed_at=now)


def _keep_file(row: Paper, new: NewPaper, actor: Actor, now: datetime) -> None:
    try:
        [file] = store([Upload(new.name, len(new.content), BytesIO(new.content))], actor=actor, now=now)
    except FilesUnfit as unfit:
        raise _unfit(unfit.sentence) from unfit
    attach([file.id], FILES_OF, row.id, actor=actor, now=now)


def _unfit(sentence: str) -> BadInput:
    return BadInput(sentence, {"file": sentence})
