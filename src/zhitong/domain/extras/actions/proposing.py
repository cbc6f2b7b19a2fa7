"""Proposing from the township up, taking it back, and sending a good one on to the list above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.extras.models import Proposal
from zhitong.domain.extras.queries.sight import seen_by
from zhitong.domain.extras.rules.facts import ExtraFact
from zhitong.domain.extras.rules.kinds import ALLOWED, ExtraAct, ExtraKind, ProposalState, WishSource
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written

LONGEST_TITLE, LONGEST_TEXT, LONGEST_WORDS = 120, 2000, 400
MOST_CNY = Decimal(10_000_000_000)
MOST_PEOPLE = 100_000_000


class NotNow(Refused):
    """The proposal has come too far for that, or not far enough."""


class NotYoursToDecide(Refused):
    """The office of the list's region decides."""


class NobodyAbove(Refused):
    """There is no list above."""


class SentUpAlready(Refused):
    """It was sent up before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """A proposal as it is written; `cost_cny` in yuan, `beneficiaries` in people."""

    campaign: str
    kind: ExtraKind
    title: str
    place: str
    what: str
    reasons: str
    source: WishSource
    cost_cny: Decimal
    funding: str
    beneficiaries: int
    by_when: date


@transaction.atomic
def propose(viewer: Viewer, new: NewProposal, *, actor: Actor, now: datetime) -> UUID:
    """Put a thing forward for the list of the region whose office receives the viewer's unit.

    Raises NotYours. Raises BadInput: something is missing, too long, marked as classified, or out of bounds.
    Source: 冀发〔2018〕7号 三（六）; R-C2.
    """
    require(viewer, Permission.HANDLE)
    _refuse_wrong(new, day_of(now))
    office = directory().office(viewer.region_id)
    if office is None:
        raise NotFound
    row = Proposal.objects.create(
        campaign=new.campaign, region_id=office.region_id, by_unit_id=viewer.unit_id, kind=new.kind.value, title=new.title.strip(),
        place=new.place.strip(), what=new.what.strip(), reasons=new.reasons.strip(), source=new.source.value,
        cost_cny=new.cost_cny, funding=new.funding.strip(), beneficiaries=new.beneficiaries, by_when=new.by_when,
        state=ProposalState.PROPOSED.value, proposed_at=now,
    )
    tell(row, ExtraFact.PROPOSED, actor, now, {"office": office.id})
    return row.id


@transaction.atomic
def withdraw(viewer: Viewer, proposal_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take a proposal back before it is decided; by the unit that proposed it.

    Raises NotFound: it is not the unit's. Raises NotNow. Raises BadInput: no reason.
    """
    row = found(viewer, proposal_id)
    if row.by_unit_id != viewer.unit_id:
        raise NotFound
    must_allow(row, ExtraAct.WITHDRAW)
    row.decision = written("reason", reason, LONGEST_WORDS, wanted="请写明撤回的理由。")
    row.state, row.decided_at = ProposalState.WITHDRAWN.value, now
    row.save(update_fields=["decision", "state", "decided_at"])
    tell(row, ExtraFact.WITHDRAWN, actor, now, {}, {"reason": row.decision})


@transaction.atomic
def send_up(viewer: Viewer, proposal_id: UUID, words: str, *, actor: Actor, now: datetime) -> UUID:
    """Put a weighed proposal forward for the list above, in the office's name; it stays on its way here.

    Returns the id of the proposal above. Raises NotFound, NotYoursToDecide, NotNow, NobodyAbove, SentUpAlready.
    Raises BadInput: no words.
    """
    row = found(viewer, proposal_id)
    must_be_office(viewer, row.region_id)
    must_allow(row, ExtraAct.SEND_UP)
    above = directory().office_above(row.region_id)
    if above is None:
        raise NobodyAbove("上面没有可推荐的清单。")
    said = written("words", words, LONGEST_WORDS, wanted="请写明推荐的理由。")
    if Proposal.objects.filter(origin=row).exists() or facts_of_sending(row):
        raise SentUpAlready("这一项已经推荐给上级。")
    new = Proposal(
        campaign=row.campaign, region_id=above.region_id, by_unit_id=viewer.unit_id, kind=row.kind, title=row.title,
        place=row.place, what=row.what, reasons=f"{row.reasons}\n{said}"[:LONGEST_TEXT], source=row.source, cost_cny=row.cost_cny,
        funding=row.funding, beneficiaries=row.beneficiaries, by_when=row.by_when, state=ProposalState.PROPOSED.value,
        origin=row, proposed_at=now,
    )
    new.save(force_insert=True)
    tell(new, ExtraFact.SENT_UP, actor, now, {"office": above.id, "origin": row.id}, {"words": said})
    return new.id


def facts_of_sending(row: Proposal) -> bool:
    """Whether a proposal was itself sent up from here to a region that the viewer may not look into."""
    return Proposal.objects.filter(id=row.id, sent_up_as__isnull=False).exists()


def found(viewer: Viewer, proposal_id: UUID) -> Proposal:
    """A proposal that the viewer may see and touch, locked.

    Raises NotFound.
    """
    require(viewer, Permission.HANDLE)
    row = Proposal.objects.select_for_update(of=("self",)).filter(seen_by(viewer), id=proposal_id).first()
    if row is None:
        raise NotFound
    return row


def must_allow(row: Proposal, act: ExtraAct) -> None:
    """Refuse what the state of a proposal does not let happen.

    Raises NotNow.
    """
    state = ProposalState(row.state)
    if act not in ALLOWED[state]:
        raise NotNow(f"“{row.title}”现在是“{state.label}”，不能{act.label}。")


def must_be_office(viewer: Viewer, region_id: UUID) -> None:
    """Refuse whoever is not the office that keeps the list of a region.

    Raises NotYoursToDecide.
    """
    office = directory().office(region_id)
    if office is None or office.id != viewer.unit_id:
        raise NotYoursToDecide("清单由本级活动办公室评议和确定。有意见请与他们联系。")


def tell(
    row: Proposal, kind: ExtraFact, actor: Actor, now: datetime, body: dict[str, object], words: dict[str, str] | None = None
) -> None:
    """Record what was done to a proposal."""
    record_many([Fact(
        str(kind), "extra", row.id, actor, now, {"region": row.region_id, "by_unit": row.by_unit_id, **body},
        {"title": row.title, **(words or {})},
    )])


def _refuse_wrong(new: NewProposal, today: date) -> None:
    written("title", new.title, LONGEST_TITLE, wanted="请写明做什么。")
    written("place", new.place, LONGEST_TITLE, wanted="请写明在哪里做。")
    written("what", new.what, LONGEST_TEXT, wanted="请写明具体内容。")
    written("reasons", new.reasons, LONGEST_TEXT, wanted="请写明为什么要做、群众怎么说。")
    written("funding", new.funding, 200, wanted="请写明资金从哪里来。")
    for field, is_wrong, sentence in (
        ("cost_cny", not 0 <= new.cost_cny <= MOST_CNY, "资金请填0到100亿元。"),
        ("beneficiaries", not 0 < new.beneficiaries <= MOST_PEOPLE, "请填受益的人数，至少1人。"),
        ("by_when", new.by_when <= today, "完成时间要在今天以后。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})
