"""Drafting an amendment, changing the draft, sending it up and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import officials_only
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.plans.actions.amending.checking import AmendmentWrong, checked
from zhitong.domain.plans.models import AmendedItem, Amendment, Plan
from zhitong.domain.plans.queries.amended import stands_of
from zhitong.domain.plans.queries.rights import deciding_office, may_amend
from zhitong.domain.plans.rules import AmendmentState, Changed
from zhitong.domain.plans.rules.amending import OF_TARGETS, ItemAsked, items_trouble, since_trouble
from zhitong.domain.plans.rules.change_facts import AmendmentFact
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused
from zhitong.kit.texts import clean_text, text_trouble

LONGEST = 2000
"""Signs that a reason may have."""


class NotInDraft(Refused):
    """The amendment is not being drafted any more, or somebody has changed it meanwhile."""


@dataclass(frozen=True, slots=True)
class AmendmentAsked:
    """An amendment as it is typed; it holds from `since` once it is approved."""

    title: str
    reason: str
    document_number: str
    since: date
    items: Sequence[ItemAsked]


@transaction.atomic
def draft_amendment(viewer: Viewer, plan_id: UUID, asked: AmendmentAsked, *, actor: Actor, now: datetime) -> UUID:
    """Begin an amendment of a plan in the viewer's region; returns its id. Numbers run per plan and region.

    Raises NotFound: no such plan, or the viewer is one of the served. Raises NotYours: not a region's campaign office.
    Raises AmendmentWrong: title, reason, day or a line cannot be so; `fields` says where (items by place: `items-0`).
    """
    officials_only(viewer)
    plan = Plan.objects.select_for_update().filter(id=plan_id).first()
    if plan is None:
        raise NotFound
    if not may_amend(viewer, viewer.region_id):
        raise NotYours("调整由本级活动办公室拟定。如需调整，请与本级活动办公室联系。")
    items = _checked(asked, plan, viewer.region_id, now)
    before = Amendment.objects.filter(plan=plan, region_id=viewer.region_id).aggregate(newest=Max("number"))
    row = Amendment.objects.create(
        plan=plan, region_id=viewer.region_id, number=(before["newest"] or 0) + 1, state=AmendmentState.DRAFT.value,
        by_unit_id=viewer.unit_id, made_at=now, **_head(asked),
    )
    _write(row, items)
    record_amendment(AmendmentFact.DRAFTED, row, actor, now)
    return row.id


@transaction.atomic
def change_draft(
    viewer: Viewer, amendment_id: UUID, asked: AmendmentAsked, *, version: int, actor: Actor, now: datetime
) -> None:
    """Replace what a draft says; `version` is the one that was read.

    Raises NotFound, NotYours, AmendmentWrong as `draft_amendment`. Raises NotInDraft: sent already, or changed meanwhile.
    """
    row = own_draft(viewer, amendment_id, version)
    items = _checked(asked, row.plan, row.region_id, now)
    for name, value in _head(asked).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    row.items.all().delete()
    _write(row, items)
    record_amendment(AmendmentFact.DRAFTED, row, actor, now)


@transaction.atomic
def submit_amendment(viewer: Viewer, amendment_id: UUID, *, version: int, actor: Actor, now: datetime) -> None:
    """Send a draft to the office that decides it; what stands now is written beside each line anew.

    Raises NotFound, NotYours, NotInDraft. Raises AmendmentWrong: meanwhile a line changes nothing, or its day has passed.
    """
    row = own_draft(viewer, amendment_id, version)
    items = asked_items(row)
    _checked(AmendmentAsked(row.title, row.reason, row.document_number, row.since, items), row.plan, row.region_id, now)
    row.items.all().delete()
    _write(row, items)
    row.state, row.submitted_at, row.version = AmendmentState.SUBMITTED.value, now, row.version + 1
    row.save(update_fields=["state", "submitted_at", "version"])
    record_amendment(AmendmentFact.SUBMITTED, row, actor, now)


@transaction.atomic
def withdraw_amendment(viewer: Viewer, amendment_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a draft, or one that waits for its decision, back for good.

    Raises NotFound, NotYours. Raises NotInDraft: it is decided already.
    """
    row = locked(viewer, amendment_id)
    _require_drafter(viewer, row)
    if row.state not in (AmendmentState.DRAFT.value, AmendmentState.SUBMITTED.value):
        raise NotInDraft("这份调整已有结果，不能撤回；如需改变，请另拟一份。")
    row.state, row.version = AmendmentState.WITHDRAWN.value, row.version + 1
    row.save(update_fields=["state", "version"])
    record_amendment(AmendmentFact.WITHDRAWN, row, actor, now)


def own_draft(viewer: Viewer, amendment_id: UUID, version: int) -> Amendment:
    """A draft of the viewer's office, locked. Raises NotFound, NotYours, NotInDraft."""
    row = locked(viewer, amendment_id)
    _require_drafter(viewer, row)
    if row.state != AmendmentState.DRAFT.value:
        raise NotInDraft("这份调整已经提请批准，不能再改；可以先撤回，再另拟一份。")
    if row.version != version:
        raise NotInDraft("这份调整刚被同事改过，请刷新后再改。")
    return row


def locked(viewer: Viewer, amendment_id: UUID) -> Amendment:
    """An amendment with its plan, locked. Raises NotFound: it is not there for this viewer."""
    officials_only(viewer)
    row = Amendment.objects.select_for_update(of=("self",)).select_related("plan").filter(id=amendment_id).first()
    if row is None:
        raise NotFound
    return row


def asked_items(row: Amendment) -> list[ItemAsked]:
    """The lines of an amendment as they were asked."""
    return [
        ItemAsked(Changed(one.changed), one.target_id or one.task_id, one.after)  # type: ignore[arg-type]
        for one in row.items.order_by("position")
    ]


def record_amendment(
    fact: AmendmentFact, row: Amendment, actor: Actor, now: datetime, **body: object
) -> None:
    """Leave a fact about an amendment; it names the office that decides and the one that drafted."""
    record(
        fact.value, thing_kind="amendment", thing_id=row.id, actor=actor, at=now,
        body={
            "plan": row.plan_id, "region": row.region_id, "number": row.number, "since": row.since.isoformat(),
            "to": deciding_office(row.region_id), "by": row.by_unit_id, **body,
        },
        details={"title": row.title, "reason": row.decision or row.reason},
    )


def _require_drafter(viewer: Viewer, row: Amendment) -> None:
    if not may_amend(viewer, row.region_id):
        raise NotYours("这份调整由拟定它的活动办公室修改、提请或撤回。")


def _troubles_with_words(asked: AmendmentAsked) -> Iterator[tuple[str, str]]:
    title, reason = clean_text(asked.title), clean_text(asked.reason)
    yield "title", text_trouble(title, 120) or ("" if title else "请写明标题，例如：关于调整农村公路建设目标的通知。")
    yield "reason", text_trouble(reason, LONGEST) or ("" if reason else "请写明调整的理由。")
    yield "document_number", text_trouble(asked.document_number, 60) or ""


def _head(asked: AmendmentAsked) -> dict[str, object]:
    return {
        "title": clean_text(asked.title), "reason": clean_text(asked.reason),
        "document_number": clean_text(asked.document_number), "since": asked.since,
    }


def _checked(asked: AmendmentAsked, plan: Plan, region_id: UUID, now: datetime) -> list[ItemAsked]:
    faults = {name: trouble for name, trouble in _troubles_with_words(asked) if trouble}
    changes = [item.changed for item in asked.items]
    if trouble := since_trouble(asked.since, day_of(now), asked.document_number, changes):
        faults["since"] = trouble
    if trouble := items_trouble(asked.items):
        faults["items"] = trouble
    if faults:
        raise AmendmentWrong("这份调整还不完整，没有保存。请按提示补充。", faults)
    return checked(asked.items, plan, region_id, asked.since)


def _write(row: Amendment, items: Sequence[ItemAsked]) -> None:
    AmendedItem.objects.bulk_create([
        AmendedItem(
            amendment=row, position=place, changed=item.changed.value, before=before, after=dict(item.after),
            target_id=item.thing_id if item.changed in OF_TARGETS else None,
            task_id=None if item.changed in OF_TARGETS else item.thing_id,
        )
        for place, (item, before) in enumerate(zip(items, stands_of(items), strict=True), 1)
    ])
