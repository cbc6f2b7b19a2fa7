"""Policy papers: sent in, read as the contract of the reader has it, corrected, judged, linked, published."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.problem import Attached, attached
from zhitong.api.words import Code, Empty, Labelled, Note, OneOf, Said, Shape, ShortText, Words, labelled, unit_id_coded
from zhitong.domain.campaigns.actions import publish_paper
from zhitong.domain.files.rules.kinds import MOST_BYTES
from zhitong.domain.papers.actions.correcting import NewCorrection, correct, restore
from zhitong.domain.papers.actions.judging import judge, link
from zhitong.domain.papers.actions.publishing import Publishing
from zhitong.domain.papers.actions.taking_in import NewPaper, take_in, withdraw
from zhitong.domain.papers.queries.cases import corrections_of
from zhitong.domain.papers.queries.papers import PaperRow, doubts_of, paper_seen, papers_for
from zhitong.domain.papers.rules.kinds import CorrectionKind, Judgement, PaperKind, PaperState
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.policy.shapes import as_json

router = Router()


class PaperInList(Shape):
    """A paper as a list shows it."""

    id: UUID
    title: str
    number: str
    kind: Labelled
    state: Labelled
    region: str
    by_unit: str
    campaign: str = Field(description="发布成哪份方案")
    taken_at: datetime
    published_at: datetime | None


class PapersTold(Shape):
    """One page, the newest first."""

    rows: list[PaperInList]
    next: str | None


class DoubtTold(Shape):
    """A doubt, and what a person holds of it."""

    key: str
    kind: str
    severity: str
    message: str
    spans: list[list[int]]
    judgement: Labelled | None
    reason: str


class PolicyPaperTold(Shape):
    """A paper; `version` of its newest edition, `acts` what the caller may do now."""

    paper: PaperInList
    refusal: str
    version: int | None
    is_published: bool
    doubts: list[DoubtTold]
    files: list[Attached]
    acts: list[Labelled]


class PaperRead(Shape):
    """A reading: the text, and the plan in the form that `zhitong policy compile --json` prints."""

    text: str
    plan: dict[str, Any]


class CorrectionTold(Shape):
    """A correction."""

    number: int
    kind: Labelled
    thing: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    by: str
    at: datetime
    restored_at: datetime | None


class CorrectionsTold(Shape):
    """The corrections, the newest first."""

    rows: list[CorrectionTold]


class Corrected(Shape):
    """The id of what was corrected."""

    thing: str


class PublishedTold(Shape):
    """The version that a draft became."""

    campaign: str
    version: int
    created: int
    changed: int
    removed: int


class PapersWanted(Shape):
    """Which papers."""

    kind: OneOf[PaperKind] | None = Field(None, description="哪级文件")
    state: OneOf[PaperState] | None = Field(None, description="状态")
    words: Words = Field("", description="在标题和文号中查找")
    cursor: CursorText = ""
    limit: Limit = 50


class PaperSending(Said):
    """收入文件."""

    kind: OneOf[PaperKind] = Field(PaperKind.OWN, description="哪级文件")
    campaign: str = Field("", max_length=40, pattern=r"^[0-9A-Za-z_-]*$", description="发布成哪份方案的新版；空为新的方案")


class PaperCorrecting(Said):
    """一处改动."""

    kind: OneOf[CorrectionKind]
    thing: str = Field("", max_length=60, description="任务或指标的 id；补任务时为编号，补指标时不填")
    after: dict[str, Any] = Field({}, max_length=20, description="改动的各项，名称和写法与读取结果相同")
    reason: Note = ""


class DoubtJudging(Said):
    """判定疑点；不成立要写理由."""

    judgement: OneOf[Judgement]
    reason: Note = ""


class NameLinking(Said):
    """原文里的名称对应的单位."""

    name: str = Field(min_length=1, max_length=120)
    unit: Code | None = Field(None, description="单位代码；空为按原文保留")


class NamesLinking(Said):
    """对应单位."""

    names: list[NameLinking] = Field(min_length=1, max_length=400)


class PaperPublishing(Said):
    """发布."""

    title: ShortText
    number: Note = ""
    issued_on: date
    begins_on: date | None = None
    ends_on: date | None = None
    leave_names: bool = Field(False, description="没有对上的单位名称都按原文保留")


@reads(router, "/papers", answer=PapersTold, summary="政策文件")
def papers(request: Request, wanted: Annotated[PapersWanted, Query()]) -> PapersTold:
    """本办公室收入的，和本辖区、上级已发布的."""
    key = opened("papers", wanted.cursor)
    rows = papers_for(
        request.viewer, kind=wanted.kind, state=wanted.state, words=wanted.words, after=UUID(str(key[0])) if key else None,
        limit=wanted.limit + 1,
    )
    shown, more = rows[: wanted.limit], len(rows) > wanted.limit
    return PapersTold(rows=[listed(one) for one in shown], next=sealed("papers", (shown[-1].id,) if more else None))


@writes(router, "/papers", answer=PolicyPaperTold, summary="收入文件并读取", status=HTTPStatus.CREATED)
def send_paper(request: Request, file: File[UploadedFile], said: Form[PaperSending]) -> PolicyPaperTold:
    """本级活动办公室收入；很长的文件在后台读取."""
    file.seek(0)
    new = NewPaper(kind=said.kind, name=file.name or "", content=file.read(MOST_BYTES + 1), campaign=said.campaign)
    return _whole(request, take_in(request.viewer, new, actor=actor_of(request), now=request.now))


@reads(router, "/papers/{paper_id}", answer=PolicyPaperTold, summary="一份政策文件，附疑点")
def paper(request: Request, paper_id: UUID) -> PolicyPaperTold:
    """草案只有本办公室看得到，别人看到的是已发布的."""
    return _whole(request, paper_id)


@reads(router, "/papers/{paper_id}/plan", answer=PaperRead, summary="原文和读出的方案")
def paper_plan(request: Request, paper_id: UUID) -> PaperRead:
    """位置按原文字符从0数起。"""
    found = paper_seen(request.viewer, paper_id)
    if found.seen is None:
        raise NotFound
    return PaperRead(text=found.text, plan=as_json(found.seen.plan))


@reads(router, "/papers/{paper_id}/corrections", answer=CorrectionsTold, summary="改动记录")
def corrections(request: Request, paper_id: UUID) -> CorrectionsTold:
    """只给本办公室."""
    return CorrectionsTold(rows=[
        CorrectionTold(
            number=one.number, kind=labelled(one.kind), thing=one.thing, before=one.before, after=one.after, reason=one.reason,
            by=one.by, at=one.at, restored_at=one.restored_at,
        ) for one in corrections_of(request.viewer, paper_id)
    ])


@writes(router, "/papers/{paper_id}/corrections", answer=Corrected, summary="改动草案", status=HTTPStatus.CREATED)
def correct_draft(request: Request, paper_id: UUID, said: PaperCorrecting) -> Corrected:
    """补、改、去掉任务或指标；草案随即重新核对."""
    new = NewCorrection(kind=said.kind, thing=said.thing, after=said.after, reason=said.reason)
    return Corrected(thing=correct(request.viewer, paper_id, new, actor=actor_of(request), now=request.now))


@writes(router, "/papers/{paper_id}/corrections/{number}/restoring", answer=CorrectionsTold, summary="撤销一处改动")
def restore_correction(request: Request, paper_id: UUID, number: int, said: Empty) -> CorrectionsTold:
    """改动仍留在记录里."""
    if not 0 < number < 2**31:
        raise NotFound
    restore(request.viewer, paper_id, number, actor=actor_of(request), now=request.now)
    return corrections(request, paper_id)


@writes(router, "/papers/{paper_id}/doubts/{doubt_key}", answer=PolicyPaperTold, summary="判定疑点")
def judge_doubt(request: Request, paper_id: UUID, doubt_key: str, said: DoubtJudging) -> PolicyPaperTold:
    """doubt_key 见 GET /papers/{paper_id}."""
    judge(request.viewer, paper_id, doubt_key, said.judgement, said.reason, actor=actor_of(request), now=request.now)
    return _whole(request, paper_id)


@writes(router, "/papers/{paper_id}/names", answer=PolicyPaperTold, summary="说明单位名称对应谁")
def link_names(request: Request, paper_id: UUID, said: NamesLinking) -> PolicyPaperTold:
    """没有说明的按名录自动对应."""
    links = {one.name: unit_id_coded(one.unit, "unit") if one.unit else None for one in said.names}
    link(request.viewer, paper_id, links, actor=actor_of(request), now=request.now)
    return _whole(request, paper_id)


@writes(router, "/papers/{paper_id}/publication", answer=PublishedTold, summary="发布成正在执行的方案")
def publish(request: Request, paper_id: UUID, said: PaperPublishing) -> PublishedTold:
    """同一编号的任务、同一个指标沿用原来的记录."""
    if said.ends_on and said.begins_on and said.ends_on < said.begins_on:
        raise BadInput("结束日期不能早于开始日期。", {"ends_on": "结束日期不能早于开始日期。"})
    done = publish_paper(
        request.viewer, paper_id, Publishing(**said.model_dump()), actor=actor_of(request), now=request.now
    )
    return PublishedTold(
        campaign=done.campaign, version=done.version, created=done.loaded.created, changed=done.loaded.changed,
        removed=done.loaded.removed,
    )


@writes(router, "/papers/{paper_id}/withdrawal", answer=PolicyPaperTold, summary="收回没有发布的文件")
def take_back_paper(request: Request, paper_id: UUID, said: Empty) -> PolicyPaperTold:
    """收回后只能查看."""
    withdraw(request.viewer, paper_id, actor=actor_of(request), now=request.now)
    return _whole(request, paper_id)


def _whole(request: Request, paper_id: UUID) -> PolicyPaperTold:
    found = paper_seen(request.viewer, paper_id)
    return PolicyPaperTold(
        paper=listed(found.row), refusal=found.refusal, version=found.seen.version if found.seen else None,
        is_published=found.seen.is_published if found.seen else False, files=[attached(one) for one in found.files],
        acts=[labelled(one) for one in sorted(found.acts, key=str)],
        doubts=[
            DoubtTold(
                key=one.key, kind=one.finding.kind, severity=one.finding.severity, message=one.finding.message,
                spans=[list(span) for span in one.finding.spans], judgement=labelled(one.judgement) if one.judgement else None,
                reason=one.reason,
            ) for one in doubts_of(request.viewer, found)
        ],
    )


def listed(one: PaperRow) -> PaperInList:
    """A paper as lists tell it."""
    return PaperInList(
        id=one.id, title=one.title, number=one.number, kind=labelled(one.kind), state=labelled(one.state), region=one.region,
        by_unit=one.by_unit, campaign=one.campaign, taken_at=one.taken_at, published_at=one.published_at,
    )
