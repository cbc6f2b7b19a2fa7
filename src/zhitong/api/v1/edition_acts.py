"""What is done with an edition: drafted, edited, checked, signed out, corrected."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from ninja import File, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.editions import EditionTold, told
from zhitong.api.words import Empty, LongText, Name, Note, Said, ShortText
from zhitong.domain.bulletins.actions.editions import checking, drafting, issuing, taking_back
from zhitong.domain.bulletins.queries.editions.page import edition_page
from zhitong.domain.bulletins.rules.drawn import Section
from zhitong.domain.bulletins.rules.templating import MOST_BYTES
from zhitong.kit.refusals import NotFound

router = Router()


class SectionSaid(Said):
    """文稿的一部分."""

    heading: Note = Field("", description="标题")
    text: LongText = Field(description="正文，一行一段；数字用【数:名称】")


class SavingSaid(Said):
    """保存文稿."""

    version: int = Field(ge=1, description="从哪一版改起；别人已改同一部分的，会退回")
    title: ShortText = Field(description="标题")
    recipients: Note = Field("", description="主送")
    sections: list[SectionSaid] = Field(min_length=1, max_length=drafting.SECTIONS_MOST, description="各部分，按顺序")
    knowingly: bool = Field(False, description="已核实：删去的数、手工填写的数确实要这样")


class ObjectingSaid(Said):
    """对数字提出异议."""

    words: ShortText = Field(description="哪个数不对、应当是多少、依据是什么")


class SettlingSaid(Said):
    """答复异议."""

    adopted: bool = Field(description="true 采纳并重新统计，false 维持原数")
    words: ShortText = Field(description="说明")


class SigningOutSaid(Said):
    """签发."""

    signed_by: Name = Field(description="签发人姓名和职务")
    signed_on: date = Field(description="签发日期")
    number: UUID | None = Field(None, description="用预留的文号；不填取下一个流水号")


class CorrectingSaid(Said):
    """起草更正函."""

    key: str = Field(max_length=100, description="更正哪个数")
    right: Name = Field(description="应当是多少")
    reason: ShortText = Field(description="差错原因")


class EditionReasonSaid(Said):
    """原因."""

    reason: ShortText = Field(description="原因")


@writes(router, "/bulletins/editions/{edition_id}/save", answer=EditionTold, summary="保存文稿")
def save_edition(request: Request, edition_id: UUID, said: SavingSaid) -> EditionTold:
    """Save the text."""
    drafting.save(drafting.Saving(
        edition_id=edition_id, version=said.version, title=said.title, recipients=said.recipients,
        sections=tuple(Section(one.heading, one.text) for one in said.sections), knowingly=said.knowingly,
        actor=actor_of(request), now=request.now,
    ))
    return told(request, edition_id)


@writes(router, "/bulletins/editions/{edition_id}/word", answer=EditionTold, summary="取回在 Word 里改过的文稿")
def take_edition_back(request: Request, edition_id: UUID, file: File[UploadedFile], knowingly: bool = False) -> EditionTold:
    """Save the words of a Word file that was given out."""
    file.seek(0)
    taking_back.take_back(taking_back.TakingBack(
        edition_id=edition_id, name=file.name or "", content=file.read(MOST_BYTES + 1), knowingly=knowingly, actor=actor_of(request),
        now=request.now,
    ))
    return told(request, edition_id)


@writes(router, "/bulletins/editions/{edition_id}/redraw", answer=EditionTold, summary="按同一截止时间重新统计")
def redraw_edition(request: Request, edition_id: UUID, said: Empty) -> EditionTold:
    """Count anew."""
    return _done(request, edition_id, drafting.redraw)


@writes(router, "/bulletins/editions/{edition_id}/check", answer=EditionTold, summary="送数据核对")
def check_edition(request: Request, edition_id: UUID, said: Empty) -> EditionTold:
    """Ask the units named."""
    return _done(request, edition_id, checking.send_to_check)


@writes(router, "/bulletins/editions/{edition_id}/confirm", answer=EditionTold, summary="确认本单位的数无误")
def confirm_figures(request: Request, edition_id: UUID, said: Empty) -> EditionTold:
    """Confirm one's figures."""
    return _done(request, edition_id, checking.confirm)


@writes(router, "/bulletins/editions/{edition_id}/object", answer=EditionTold, summary="对本单位的数提出异议")
def object_to_figures(request: Request, edition_id: UUID, said: ObjectingSaid) -> EditionTold:
    """Object to one's figures."""
    return _done(request, edition_id, checking.object_to, words=said.words)


@writes(router, "/bulletins/editions/{edition_id}/checks/{check_id}/settle", answer=EditionTold, summary="答复异议")
def settle_objection(request: Request, edition_id: UUID, check_id: UUID, said: SettlingSaid) -> EditionTold:
    """Answer an objection."""
    if check_id not in {one.id for one in edition_page(request.viewer, edition_id, now=request.now).checks}:
        raise NotFound
    checking.settle(check_id=check_id, adopted=said.adopted, words=said.words, actor=actor_of(request), now=request.now)
    return told(request, edition_id)


@writes(router, "/bulletins/editions/{edition_id}/submit", answer=EditionTold, summary="结束数据核对，送签发")
def submit_edition(request: Request, edition_id: UUID, said: Empty) -> EditionTold:
    """Lay it before who signs."""
    return _done(request, edition_id, checking.submit)


@writes(router, "/bulletins/editions/{edition_id}/return", answer=EditionTold, summary="退回修改")
def return_edition(request: Request, edition_id: UUID, said: EditionReasonSaid) -> EditionTold:
    """Return it to drafting."""
    return _done(request, edition_id, drafting.send_back, reason=said.reason)


@writes(router, "/bulletins/editions/{edition_id}/drop", answer=EditionTold, summary="作废文稿，不占用编号")
def drop_edition(request: Request, edition_id: UUID, said: EditionReasonSaid) -> EditionTold:
    """Give it up."""
    return _done(request, edition_id, drafting.drop, reason=said.reason)


@writes(router, "/bulletins/editions/{edition_id}/issue", answer=EditionTold, summary="签发：取号、封存")
def issue_edition(request: Request, edition_id: UUID, said: SigningOutSaid) -> EditionTold:
    """Sign it out."""
    issuing.issue(issuing.Issuing(
        edition_id=edition_id, signed_by=said.signed_by, signed_on=said.signed_on, number_id=said.number,
        actor=actor_of(request), now=request.now,
    ))
    return told(request, edition_id)


@writes(
    router, "/bulletins/editions/{edition_id}/correct", answer=EditionTold, summary="对已印发的数起草更正函", status=HTTPStatus.CREATED
)
def correct_edition(request: Request, edition_id: UUID, said: CorrectingSaid) -> EditionTold:
    """Draft a correction slip."""
    slip = issuing.correct(issuing.Correcting(
        edition_id=edition_id, key=said.key, right=said.right, reason=said.reason, actor=actor_of(request), now=request.now,
    ))
    return told(request, slip)


def _done(request: Request, edition_id: UUID, act: Any, **given: Any) -> EditionTold:
    act(edition_id=edition_id, actor=actor_of(request), now=request.now, **given)
    return told(request, edition_id)
