"""Signing an edition out: it takes its number and is frozen; what is found wrong afterwards goes into a correction slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.bulletins.actions.editions import keeping
from zhitong.domain.bulletins.actions.editions.numbering import reserved, taken
from zhitong.domain.bulletins.models import Edition, PaperNumber
from zhitong.domain.bulletins.queries.editions.frozen import (
    digest_of_content,
    digest_of_figures,
    figures_of,
    sections_of,
)
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.drawn import Bound, Section
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import EditionState, NumberState
from zhitong.domain.bulletins.rules.marks import mark, unknown
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.practices.actions.using import note_in_brief
from zhitong.domain.practices.queries.briefing import adopted_between
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import written

LONGEST_NAME, LONGEST_VALUE, LONGEST_REASON = 60, 40, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """Who signed an edition on which day, and the reserved number it takes, if one was."""

    edition_id: UUID
    signed_by: str
    signed_on: date
    number_id: UUID | None = None
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correcting:
    """A figure of an issued paper that was wrong, by its key, what it should have said, and why."""

    edition_id: UUID
    key: str
    right: str
    reason: str
    actor: Actor
    now: datetime


@transaction.atomic
def issue(issuing: Issuing) -> str:
    """Sign an edition out: it takes the next number of its series or a reserved one, and is never changed again.

    Who holds no right to sign registers what was signed on paper; the record says so. Returns the number.
    Raises NotFound, NotYours, NotNow. Raises BadInput: signed on a day to come, or a mark in the text that names no figure.
    """
    keeping.require(Permission.SIGN, Permission.DISPATCH)
    actor, now, viewer = issuing.actor, issuing.now, scope.present()
    edition = keeping.permitted(EditionAct.ISSUE, issuing.edition_id, actor, now, Permission.HANDLE)
    if issuing.signed_on > day_of(now):
        raise BadInput("签发日期不能晚于今天。", {"signed_on": "签发日期不能晚于今天。"})
    edition.signed_by = written("signed_by", issuing.signed_by, LONGEST_NAME, wanted="请填写签发人姓名和职务。")
    edition.signed_on, edition.issued_at = issuing.signed_on, now
    edition.signed_on_paper = viewer is not None and not viewer.may(Permission.SIGN)
    _freeze(edition)
    _number(edition, issuing)
    if edition.kind == PaperKind.BRIEF.value:
        _note_pieces(edition, issuing)
    keeping.tell(
        EditionFact.ISSUED, edition, actor, now,
        {"kind": edition.kind, "signed_on": issuing.signed_on, "on_paper": edition.signed_on_paper,
         "content": edition.content_digest, "figures": edition.figures_digest, "units": _named_in(edition)},
        {"signed_by": edition.signed_by},
    )
    return edition.number


def _freeze(edition: Edition) -> None:
    wording, figures = keeping.wording_of(edition), figures_of(edition.figures.all())
    strange = unknown((one.text for one in sections_of(wording)), (one.label for one in figures))
    if strange:
        raise BadInput(f"文稿中有没有来源的数：{'、'.join(strange)}。请先退回修改。", {"sections": "请退回修改。"})
    edition.content_digest, edition.figures_digest = digest_of_content(wording), digest_of_figures(figures)


def _note_pieces(edition: Edition, issuing: Issuing) -> None:
    """Note on the pieces that a brief tells that it used them; those that were edited out of it were not."""
    text = "\n".join(one.text for one in sections_of(keeping.wording_of(edition)))
    pieces = adopted_between(edition.region_id, edition.since, edition.cut_off)
    note_in_brief(pieces, text, f"《{edition.title}》{edition.number}", issuing.signed_on, actor=issuing.actor, now=issuing.now)


def _number(edition: Edition, issuing: Issuing) -> None:
    """Take the number last, so that its series is locked as shortly as can be, and enter it into the register."""
    kind, number = PaperKind(edition.kind), None
    if issuing.number_id is not None:
        number = reserved(issuing.number_id, issuing.actor, kind)
    number = number or taken(edition.unit_id, kind, issuing.now)
    edition.state, edition.number = EditionState.ISSUED.value, number.number
    edition.year, edition.serial = number.year, number.serial
    edition.save()
    _enter(number, edition, issuing.now)


def _enter(number: PaperNumber, edition: Edition, now: datetime) -> None:
    number.state, number.edition, number.settled_at = NumberState.USED.value, edition, now
    number.save()


def _named_in(edition: Edition) -> list[UUID]:
    """Units whose own figures an edition tells, or those of the paper it corrects."""
    of = edition.corrects_id or edition.id
    rows = Edition.objects.get(id=of).figures.filter(unit__isnull=False)
    return sorted(set(rows.values_list("unit_id", flat=True)))


@transaction.atomic
def correct(correcting: Correcting) -> UUID:
    """Draft a correction slip (更正函) for a figure of an issued paper, which itself stays as it is; returns its id.

    Raises NotFound: the paper has no such figure. Raises NotYours, NotNow. Raises BadInput: nothing right, or no reason.
    """
    actor, now = correcting.actor, correcting.now
    edition = keeping.permitted(EditionAct.CORRECT, correcting.edition_id, actor, now)
    row = edition.figures.filter(key=correcting.key).first()
    if row is None:
        raise NotFound
    right = written("right", correcting.right, LONGEST_VALUE, wanted="请填写应当是多少。")
    reason = written("reason", correcting.reason, LONGEST_REASON, wanted="请写明差错的原因。")
    if right == row.text:
        raise BadInput(f"原件印的就是{row.text}，没有需要更正的。", {"right": f"原件印的就是{row.text}。"})
    slip = Edition.objects.create(
        id=uuid7(), kind=PaperKind.CORRECTION.value, unit_id=edition.unit_id, region_id=edition.region_id,
        state=EditionState.DRAFTING.value, title=f"关于更正《{edition.title}》有关数据的函"[:200], since=edition.since,
        cut_off=edition.cut_off, drawn_at=now, corrects=edition,
    )
    printed = Bound("printed", f"原件{row.label}", row.text, row.unit_word, None, row.behind)
    corrected = Bound("right", f"更正后{row.label}", right, row.unit_word)
    keeping.keep_figures(slip, (printed, corrected))
    keeping.keep_wording(
        slip, title=slip.title, recipients=keeping.wording_of(edition).recipients, annexes=(), actor=actor, now=now,
        sections=(_said(edition, row.label, row.unit_word, printed, corrected, reason),),
    )
    keeping.tell(EditionFact.DRAFTED, slip, actor, now, {"kind": slip.kind, "corrects": edition.id}, {"reason": reason})
    return slip.id


def _said(edition: Edition, label: str, unit: str, printed: Bound, right: Bound, reason: str) -> Section:
    office = directory().name_of(edition.unit_id)
    return Section("", (
        f"{office}印发的《{edition.title}》（{edition.number}）中，“{label}”印为{mark(printed.label)}{unit}，"
        f"应为{mark(right.label)}{unit}。\n差错原因：{reason}\n特此更正，原件其他内容不变。"
    ))
