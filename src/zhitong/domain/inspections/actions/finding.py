"""What is found, and how it is put right: demanded with a limit, answered with evidence, checked, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import LimitUnit, arithmetic, due_after_workdays, warn_before
from zhitong.domain.files.actions import attach
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.inspections.actions.planning import LONGEST_TEXT, LONGEST_WORDS, NotNow, permitted
from zhitong.domain.inspections.models import Drawn, Finding
from zhitong.domain.inspections.queries.sight import FILES_OF, findings_seen, hands_on_finding
from zhitong.domain.inspections.rules.facts import InspectionFact
from zhitong.domain.inspections.rules.kinds import FindingState
from zhitong.domain.inspections.rules.way import FindingAct, InspectionAct, why_not
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import written

WORKDAYS_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found at a unit, of which drawn one, whether it differs from what was reported, what is to be put right."""

    unit_id: UUID
    what: str
    demand: str
    workdays: int
    drawn_id: UUID | None = None
    differs: bool = False
    file_ids: tuple[UUID, ...] = ()


@transaction.atomic
def register_finding(viewer: Viewer, inspection_id: UUID, found: Found, *, actor: Actor, now: datetime) -> UUID:
    """Put a finding into the rectification list of a unit; its limit runs from now in that unit's working days.

    Raises NotFound: no such inspection, or nothing such was drawn. Raises NotYours, NotNow. Raises BadInput: something is
    missing, out of measure, or the unit is not one of those looked at.
    """
    row = permitted(viewer, inspection_id, InspectionAct.FIND)
    _refuse_wrong(found, row.objects_of)
    drawn = _drawn(row.id, found.drawn_id)
    if found.differs and not (drawn and drawn.reported):
        raise BadInput("抽到的样本里有自报的内容，才能登记与自报不一致。", {"differs": "请先选择抽到的样本。"})
    here = directory()
    days = calendar_of(here.calendar_owners(found.unit_id))
    due = due_after_workdays(now, found.workdays, days)
    finding = Finding.objects.create(
        inspection=row, by_unit_id=viewer.unit_id, unit_id=found.unit_id, unit_region_id=here.units[found.unit_id].region_id,
        drawn=drawn, drawn_words=f"{drawn.name} {drawn.about}" if drawn else "", title=row.title,
        what=written("what", found.what, LONGEST_TEXT, wanted="请写明发现了什么问题。"),
        demand=written("demand", found.demand, LONGEST_TEXT, wanted="请写明怎样整改。"), differs=found.differs,
        reported=drawn.reported if drawn else "", state=FindingState.OPEN.value, found_at=now, due_at=due.at,
        warn_at=warn_before(due, now, days), due_words=arithmetic(now, due, found.workdays, LimitUnit.WORKDAYS, days, "交办整改"),
    )
    attach(found.file_ids, FILES_OF, finding.id, actor=actor, now=now)
    body = {"inspection": row.id, "due_at": due.at, "differs": found.differs}
    _tell(InspectionFact.FOUND, finding, actor, now, body, {"what": finding.what, "demand": finding.demand})
    return finding.id


@transaction.atomic
def answer_finding(
    viewer: Viewer, finding_id: UUID, text: str, file_ids: Sequence[UUID] = (), *, actor: Actor, now: datetime
) -> None:
    """Report what was put right; the time of the first report stays known.

    Raises NotFound, NotYours, NotNow. Raises BadInput: no text. Raises what `files.actions.attach` refuses.
    """
    row = _permitted(viewer, finding_id, FindingAct.ANSWER, Permission.HANDLE)
    row.answer = written("text", text, LONGEST_TEXT, wanted="请写明怎样整改的、结果如何。")
    row.state, row.answered_at, row.first_answered_at = FindingState.ANSWERED.value, now, row.first_answered_at or now
    row.save()
    attach(file_ids, FILES_OF, row.id, actor=actor, now=now)
    _tell(InspectionFact.ANSWERED, row, actor, now, {}, {"text": row.answer})


@transaction.atomic
def return_finding(viewer: Viewer, finding_id: UUID, reason: str, *, actor: Actor, now: datetime) -> None:
    """Give a report back, saying what is missing; the limit stays what it was.

    Raises NotFound, NotYours, NotNow. Raises BadInput: no reason.
    """
    row = _permitted(viewer, finding_id, FindingAct.RETURN, Permission.SUPERVISE)
    row.return_reason = written("reason", reason, LONGEST_WORDS, wanted="请写明还差什么。")
    row.state, row.returns = FindingState.RETURNED.value, row.returns + 1
    row.save()
    _tell(InspectionFact.RETURNED, row, actor, now, {"returns": row.returns}, {"reason": row.return_reason})


@transaction.atomic
def close_finding(viewer: Viewer, finding_id: UUID, opinion: str, *, actor: Actor, now: datetime) -> None:
    """Strike a finding off the rectification list after a check on the spot.

    Raises NotFound, NotYours, NotNow. Raises BadInput: how it was checked is not said.
    """
    row = _permitted(viewer, finding_id, FindingAct.CLOSE, Permission.SUPERVISE)
    row.opinion = written("opinion", opinion, LONGEST_WORDS, wanted="请写明怎样核查的。")
    row.state, row.closed_at = FindingState.CLOSED.value, now
    row.save()
    _tell(InspectionFact.CLOSED, row, actor, now, {}, {"opinion": row.opinion})


def _permitted(viewer: Viewer, finding_id: UUID, act: FindingAct, permission: Permission) -> Finding:
    require(viewer, permission)
    row = findings_seen(viewer).select_for_update(of=("self",)).filter(id=finding_id).first()
    if row is None:
        raise NotFound
    reason = why_not(act, FindingState(row.state), hands_on_finding(row, viewer.unit_id), row.returns)
    if reason:
        raise NotNow(reason)
    return row


def _drawn(inspection_id: UUID, drawn_id: UUID | None) -> Drawn | None:
    if drawn_id is None:
        return None
    found = Drawn.objects.filter(id=drawn_id, sample__inspection_id=inspection_id).first()
    if found is None:
        raise NotFound
    return found


def _refuse_wrong(found: Found, objects: Sequence[UUID]) -> None:
    for field, is_wrong, sentence in (
        ("unit_id", found.unit_id not in objects, "请选择方案里的被督查单位。"),
        ("workdays", not 1 <= found.workdays <= WORKDAYS_MOST, f"整改期限填1至{WORKDAYS_MOST}个工作日。"),
    ):
        if is_wrong:
            raise BadInput(sentence, {field: sentence})


def _tell(
    kind: InspectionFact, row: Finding, actor: Actor, now: datetime, body: dict[str, object], words: dict[str, str]
) -> None:
    sides = {"unit": row.unit_id, "by_unit": row.by_unit_id}
    record(kind.value, thing_kind="finding", thing_id=row.id, actor=actor, at=now, body={**sides, **body}, details=words)
