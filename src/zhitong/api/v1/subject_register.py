"""Registering the served and changing what the register says of them, after a look for those alike."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field as Asked

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.subjects import Subject, in_full
from zhitong.api.v1.subjects import router as registry
from zhitong.api.words import Code, Labelled, Note, OneOf, Said, Shape, Words, labelled, region_coded
from zhitong.domain.campaigns.queries import tier_rules_in_force
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.changing import Change, change
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.queries.alike import Asked as Asking
from zhitong.domain.subjects.queries.alike import alike_to
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.subjects.queries.registrars import require_may_change, require_may_register
from zhitong.domain.subjects.rules.describing import PLACES, Field
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind
from zhitong.kit.choices import Word

router = Router()
MOST_REGISTERED = 500
Name120 = Annotated[str, Asked(max_length=120)]
_MAY_BE_NULL = frozenset({
    Field.PLANNED_START, Field.STARTED, Field.PLANNED_FINISH, Field.FINISHED, Field.INVESTMENT,
})


class DescribedSaid(Said):
    """What may be said of a subject; which of it a kind has the answer to a wrong one tells."""

    sub_kind: Code | None = None
    industry: Note | None = Asked(None, description="GB/T 4754-2017 大类的代码或名称")
    stage: OneOf[ProjectStage] | None = None
    importance: OneOf[Rank] | None = None
    address: Note | None = None
    registered_region: Code | None = None
    registered_address: Note | None = None
    tax_region: Code | None = None
    statistics_region: Code | None = None
    contact: Note | None = None
    contact_phone: Note | None = None
    investment_cny: int | None = Asked(None, ge=0, description="总投资，元")
    progress_words: Note | None = None
    planned_start_on: date | None = None
    started_on: date | None = None
    planned_finish_on: date | None = None
    finished_on: date | None = None
    code_reason: Note | None = None
    alike_reason: Note = Asked("", description="与已登记的相近而确实不是同一户时写明")


class NewSubjectSaid(DescribedSaid):
    """One to be registered."""

    kind: OneOf[SubjectKind]
    name: Name120
    code: Note
    region: Code = Asked(description="属地代码")
    revenue_cny: int | None = Asked(None, ge=0, description="主营业务收入，元")
    revenue_period: str = Asked("", max_length=12, description="哪一年的；不填为上年")
    invested_cny: int | None = Asked(None, ge=0, description="已完成投资，元")
    marks: list[Code] = Asked([], max_length=40, description="具备的条件")


class Registering(Said):
    """登记服务对象."""

    subjects: list[NewSubjectSaid] = Asked(min_length=1, max_length=MOST_REGISTERED)


class Registered(Shape):
    """The ids in the order given."""

    ids: list[UUID]


class ChangeSaid(DescribedSaid):
    """修改登记：写到的改，没有写到的不变."""

    version: int = Asked(description="读到的版本；刚被别人改过的会被拒绝")
    name: Name120 | None = None
    code: Note | None = None


class AlikeWanted(Shape):
    """Whom one is about to register."""

    name: Words
    region: Code
    code: str = Asked("", max_length=60)
    phone: str = Asked("", max_length=30)


class AlikeOne(Shape):
    """One that may be the same."""

    id: UUID
    name: str
    code: str
    kind: Labelled
    region: str
    why: Labelled


class AlikeOnes(Shape):
    """Those that may be the same, the surest first."""

    rows: list[AlikeOne]


@reads(router, "/subjects/alike", answer=AlikeOnes, summary="登记前查重：代码、名称、电话相同或相近的")
def alike(request: Request, wanted: Annotated[AlikeWanted, Query()]) -> AlikeOnes:
    """As far as this post sees them."""
    asked = Asking(name=wanted.name, code=wanted.code, region_id=region_coded(wanted.region).id, phone=wanted.phone)
    return AlikeOnes(rows=[
        AlikeOne(id=one.id, name=one.name, code=one.code, kind=labelled(one.kind), region=one.region, why=labelled(one.why))
        for one in alike_to([asked]).get(0, ())
    ])


@writes(registry, "/subjects", answer=Registered, summary="批量登记服务对象", status=HTTPStatus.CREATED)
def register_many(request: Request, said: Registering) -> Registered:
    """All or none; an alike one needs its reason."""
    entries = [entry_of(one) for one in said.subjects]
    require_may_register(request.viewer, [(one.kind, one.region_id) for one in entries])
    return Registered(ids=register(entries, rules=tier_rules_in_force(), actor=actor_of(request), now=request.now))


@writes(router, "/subjects/{subject_id}/change", answer=Subject, summary="修改登记")
def change_one(request: Request, subject_id: UUID, said: ChangeSaid) -> Subject:
    """Held against the version that was read."""
    require_may_change(request.viewer, [subject_id])
    wanted = Change(
        subject_id=subject_id, values=_said_of(said), version=said.version, alike_reason=said.alike_reason
    )
    change([wanted], actor=actor_of(request), now=request.now)
    return in_full(subject_seen(request.viewer, subject_id))


def entry_of(said: NewSubjectSaid) -> NewSubject:
    """What is said of a new one, as it is registered.

    Raises NotFound: a region is not there.
    """
    figures = {name: getattr(said, name) for name in ("revenue_cny", "invested_cny")}
    return NewSubject(
        kind=said.kind, region_id=region_coded(said.region).id, marks=frozenset(said.marks), alike_reason=said.alike_reason,
        revenue_period=said.revenue_period, **figures, **{field.value: value for field, value in _said_of(said).items()},
    )


def _said_of(said: NewSubjectSaid | ChangeSaid) -> dict[Field, Any]:
    """The fields of the register that a call has set; regions by their codes, null for nothing said."""
    found: dict[Field, Any] = {}
    for field in Field:
        name = field.value.removesuffix("_id") if field in PLACES else field.value
        if name not in said.model_fields_set:
            continue
        value = getattr(said, name)
        if field in PLACES:
            found[field] = region_coded(value).id if value else None
        else:
            value = str(value) if isinstance(value, Word) else value
            found[field] = "" if value is None and field not in _MAY_BE_NULL else value
    return found
