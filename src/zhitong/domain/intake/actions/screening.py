"""A screening from its opening to the frozen plan: measures, who answers for them, until when, approved, then only amended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from zhitong.domain.cards.rules.texts import clean_text, text_trouble
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.intake.models import Item, Screening
from zhitong.domain.intake.rules.facts import IntakeFact
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound, Refused

LONGEST_NAME, LONGEST_MEASURE, LINES_NAMED = 120, 2000, 10


class AlreadyFrozen(Refused):
    """The plan is approved; it changes only by an amendment with its reason."""


class NotWhole(Refused):
    """The plan cannot be approved: lines lack a measure, a unit or a day, or there are none."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one problem is to be put right."""

    measure: str
    answerable: str
    due_on: date | None


@transaction.atomic
def open_screening(viewer: Viewer, name: str, *, campaign: str, actor: Actor, now: datetime) -> UUID:
    """Begin a drive of the viewer's unit. Raises BadInput: no name, or the unit has one so called. Source: R-E6."""
    require(viewer, Permission.HANDLE)
    name = _checked("name", name, LONGEST_NAME)
    if not name or Screening.objects.filter(unit_id=viewer.unit_id, name=name).exists():
        sentence = "本单位已有同名的排查，请换一个名称。" if name else "请填写排查名称。"
        raise BadInput(sentence, {"name": sentence})
    row = Screening.objects.create(
        campaign=campaign, name=name, unit_id=viewer.unit_id, region_id=viewer.region_id, opened_at=now
    )
    _tell(IntakeFact.OPENED, row.id, actor, now)
    return row.id


@transaction.atomic
def plan_item(viewer: Viewer, item_id: UUID, plan: Plan, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Write the plan of one line; once frozen it takes a reason, which is kept with what stood there before.

    Raises NotFound: there is no such line of the unit's. Raises AlreadyFrozen: no reason is given for a change.
    Raises BadInput: a text is too long or marked as classified, or a frozen line would lose a part.
    """
    item = Item.objects.select_for_update(of=("self",)).select_related("screening").filter(id=item_id).first()
    if item is None or item.screening.unit_id != viewer.unit_id:
        raise NotFound
    require(viewer, Permission.HANDLE)
    reason = _checked("reason", reason, LONGEST_MEASURE)
    frozen = item.screening.frozen_at is not None
    if frozen and not reason:
        raise AlreadyFrozen("整改方案已经审定固化，不能直接修改。确需变更的，请写明变更理由。")
    before = Plan(item.measure, item.answerable, item.due_on)
    after = Plan(_checked("measure", plan.measure, LONGEST_MEASURE), _checked("answerable", plan.answerable, LONGEST_NAME), plan.due_on)
    if frozen and not (after.measure and after.answerable and after.due_on):
        raise BadInput("变更后仍须写明措施、责任单位和时限。")
    item.measure, item.answerable, item.due_on = after.measure, after.answerable, after.due_on
    item.save(update_fields=["measure", "answerable", "due_on"])
    if frozen:
        was = f"第{item.position}行：{before.measure}；{before.answerable}；{before.due_on}"
        _tell(IntakeFact.AMENDED, item.screening_id, actor, now, {"item": item.id}, {"was": was, "reason": reason})
    else:
        _tell(IntakeFact.PLANNED, item.screening_id, actor, now, {"item": item.id})


@transaction.atomic
def approve(viewer: Viewer, screening_id: UUID, approved_by: str, approved_on: date, *, actor: Actor, now: datetime) -> None:
    """Register that the leader in charge has approved the plan; it is frozen from then on.

    Raises NotFound: there is no such screening of the unit's. Raises AlreadyFrozen: it is approved.
    Raises BadInput: nobody is named, or the day has not come. Raises NotWhole: lines lack something; they are named.
    """
    row = Screening.objects.select_for_update().filter(id=screening_id, unit_id=viewer.unit_id).first()
    if row is None:
        raise NotFound
    require(viewer, Permission.HANDLE)
    if row.frozen_at:
        raise AlreadyFrozen("整改方案已经审定固化。")
    approved_by = _checked("approved_by", approved_by, 60)
    if not approved_by or approved_on > day_of(now):
        sentence = "审定日期不能晚于今天。" if approved_by else "请填写审定的分管领导。"
        raise BadInput(sentence, {"approved_on" if approved_by else "approved_by": sentence})
    items = Item.objects.filter(screening_id=row.id)
    lacking = list(
        items.filter(Q(measure="") | Q(answerable="") | Q(due_on__isnull=True)).order_by("position").values_list("position", flat=True)
    )
    if lacking:
        named = "、".join(str(one) for one in lacking[:LINES_NAMED])
        more = "等" if len(lacking) > LINES_NAMED else ""
        raise NotWhole(f"第{named}行{more}共{len(lacking)}行没有写全措施、责任单位和时限，补全后再登记审定。")
    if not items.exists():
        raise NotWhole("台账里还没有问题，不能登记审定。")
    row.approved_by, row.approved_on, row.frozen_at = approved_by, approved_on, now
    row.save(update_fields=["approved_by", "approved_on", "frozen_at"])
    _tell(IntakeFact.APPROVED, row.id, actor, now, {"on": approved_on}, {"approved_by": approved_by})


def _checked(field: str, text: str, longest: int) -> str:
    text = clean_text(text)
    trouble = text_trouble(text, longest)
    if trouble:
        raise BadInput(trouble, {field: trouble})
    return text


def _tell(
    kind: IntakeFact, screening_id: UUID, actor: Actor, now: datetime, body: dict[str, object] | None = None,
    words: dict[str, str] | None = None,
) -> None:
    record_many([Fact(kind.value, "screening", screening_id, actor, now, body or {}, words or {})])
