"""留痕审计: the facts of an auditor's territory, the seals, the verifyings, the digest of a day, the proof of a fact."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Labelled, Shape, Words, labelled
from zhitong.domain.history.queries.archives import archives
from zhitong.domain.history.queries.checks import newest_checks
from zhitong.domain.history.queries.days import seal_of_day
from zhitong.domain.history.queries.kinds import kinds_told
from zhitong.domain.history.queries.sealed import newest_heads
from zhitong.domain.history.rules.seals import Head
from zhitong.domain.organisations.queries.auditing import AuditedFact, AuditFilters, fact_audited, facts_for
from zhitong.domain.organisations.rules.auditing import period_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()
LISTING = "audit"
NEWEST = 50


class AuditedFactTold(Shape):
    """One fact without the words beside it; `fields` names them."""

    id: UUID
    at: datetime
    kind: Labelled
    thing_kind: str
    thing_id: UUID
    number: str
    unit: str
    post: str
    person: str
    via: str
    request_id: UUID | None
    body: dict[str, Any]
    fields: list[str]


class AuditedFacts(Shape):
    """One page, the newest first."""

    rows: list[AuditedFactTold]
    next: str | None


class SealTold(Shape):
    """One seal: digests are hexadecimal; `total` counts the facts under it and all before it."""

    number: int
    count: int
    total: int
    algorithm: Labelled
    root: str
    previous: str
    digest: str
    at: datetime


class SealsTold(Shape):
    """The newest seals, newest first."""

    rows: list[SealTold]


class CheckTold(Shape):
    """One verifying; without an end it is under way."""

    started_at: datetime
    ended_at: datetime | None
    until: int
    facts: int
    details: int
    faults: int


class ChecksTold(Shape):
    """The newest verifyings, newest first."""

    rows: list[CheckTold]


class ArchiveTold(Shape):
    """A month that was taken out into a file."""

    month: date
    facts: int
    file: str
    file_digest: str


class ArchivesTold(Shape):
    """The months, the newest first."""

    rows: list[ArchiveTold]


class DayTold(Shape):
    """The digest of a day: the last seal that stood at its end, and the digest as it is put on paper."""

    day: date
    seal: SealTold
    sentence: str


class FactProof(Shape):
    """A fact, whether it is what was sealed, and what proves it; no proof while it waits for its seal."""

    fact: AuditedFactTold
    is_sealed: bool
    holds: bool
    proof: dict[str, Any] | None


class FactsWanted(Shape):
    """Which facts: from a day to a day, both whole; without them the last thirty days."""

    since: date | None = Field(None, description="从哪一天起")
    until: date | None = Field(None, description="到哪一天止")
    kind: Words = Field("", description="办了什么：留痕的种类")
    person: Words = Field("", description="姓名或登录名")
    unit: Words = Field("", description="单位名称或其中几个字")
    thing: Words = Field("", description="事项编号")
    cursor: CursorText = ""
    limit: Limit = 50


@reads(router, "/audit/facts", answer=AuditedFacts, summary="本辖区各单位的留痕，只有审计管理员看得到")
def audited_facts(request: Request, wanted: Annotated[FactsWanted, Query()]) -> AuditedFacts:
    """The facts of the auditor's territory, the newest first."""
    key = opened(LISTING, wanted.cursor)
    after = (datetime.fromisoformat(str(key[0])), UUID(str(key[1]))) if key else None
    rows = facts_for(request.viewer, _filters(wanted, day_of(request.now)), after=after, limit=wanted.limit + 1)
    more, shown = len(rows) > wanted.limit, rows[: wanted.limit]
    last = (shown[-1].at.isoformat(), shown[-1].id) if more else None
    return AuditedFacts(rows=[_fact(one) for one in shown], next=sealed(LISTING, last))


@reads(router, "/audit/facts/{fact_id}", answer=FactProof, summary="一条留痕：是否与封存一致，和它的证明")
def audited_fact(request: Request, fact_id: UUID) -> FactProof:
    """One fact with its seal."""
    found = fact_audited(request.viewer, fact_id)
    is_sealed = found.under is not None
    return FactProof(
        fact=_fact(found.row), is_sealed=is_sealed, holds=found.holds, proof=found.proof if is_sealed else None
    )


@reads(router, "/audit/seals", answer=SealsTold, summary="最近的封存，只有审计管理员看得到")
def audited_seals(request: Request) -> SealsTold:
    """The newest seals."""
    heads = newest_heads(NEWEST) if request.viewer.may(Permission.AUDIT) else []
    return SealsTold(rows=[_seal(one) for one in heads])


@reads(router, "/audit/checks", answer=ChecksTold, summary="最近的核验，只有审计管理员看得到")
def audited_checks(request: Request) -> ChecksTold:
    """The newest verifyings."""
    checks = newest_checks(NEWEST) if request.viewer.may(Permission.AUDIT) else []
    return ChecksTold(rows=[
        CheckTold(
            started_at=one.started_at, ended_at=one.ended_at, until=one.until, facts=one.facts, details=one.details,
            faults=one.faults,
        ) for one in checks
    ])


@reads(router, "/audit/archives", answer=ArchivesTold, summary="已归档的月份，只有审计管理员看得到")
def audited_archives(request: Request) -> ArchivesTold:
    """The months that were taken out into files."""
    found = archives() if request.viewer.may(Permission.AUDIT) else []
    return ArchivesTold(rows=[
        ArchiveTold(month=one.month, facts=one.facts, file=one.file, file_digest=one.file_digest) for one in found
    ])


@reads(router, "/audit/days/{day}", answer=DayTold, summary="一天的封存摘要，可存到别处、抄到纸上")
def audited_day(request: Request, day: date) -> DayTold:
    """The digest of a day."""
    found = seal_of_day(day) if request.viewer.may(Permission.AUDIT) and day < date.max else None
    if found is None:
        raise NotFound
    return DayTold(day=day, seal=_seal(found.head), sentence=found.sentence)


def _filters(wanted: FactsWanted, today: date) -> AuditFilters:
    since, until = period_of(wanted.since, wanted.until, today=today)
    return AuditFilters(since, until, wanted.kind, wanted.person, wanted.unit, wanted.thing)


def _fact(one: AuditedFact) -> AuditedFactTold:
    return AuditedFactTold(
        id=one.id, at=one.at, kind=Labelled(code=one.kind, label=kinds_told().get(one.kind, one.kind)),
        thing_kind=one.thing_kind, thing_id=one.thing_id, number=one.number, unit=one.unit, post=one.post,
        person=one.person, via=one.via, request_id=one.request_id, body=one.body, fields=list(one.fields),
    )


def _seal(head: Head) -> SealTold:
    return SealTold(
        number=head.number, count=head.count, total=head.total, algorithm=labelled(head.algorithm), root=head.root.hex(),
        previous=head.previous.hex(), digest=head.digest.hex(), at=head.at,
    )
