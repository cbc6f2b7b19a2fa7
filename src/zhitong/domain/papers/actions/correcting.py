"""A person corrects the draft beside the text; every correction is kept as a case, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.actions.standing import own_paper, tell
from zhitong.domain.papers.models import Correction, Paper, Reading
from zhitong.domain.papers.rules.facts import PaperFact
from zhitong.domain.papers.rules.kinds import ADDING, OF_TASKS, STRIKING, CorrectionKind, PaperAct
from zhitong.domain.papers.rules.reader import checked
from zhitong.domain.papers.rules.replaying import Change, kinds_said, replayed
from zhitong.domain.papers.rules.saying import settled
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.texts import written
from zhitong.policy.shapes import Plan, as_json, plan_from

LONGEST_REASON = 400


class NothingChanged(Refused):
    """What was sent says what the draft says already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """What a person does to the thing with an id: only the fields that change, in the contract's words.

    `thing` of an added task is its number; of an added indicator it is given.
    """

    kind: CorrectionKind
    thing: str = ""
    after: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def correct(viewer: Viewer, paper_id: UUID, new: NewCorrection, *, actor: Actor, now: datetime) -> str:
    """Change the draft; returns the id of the thing.

    Raises NotYours, NotFound: see `own_paper`; or the draft has no such thing. Raises NotNow, NothingChanged.
    Raises BadInput: a field the thing does not have, a place outside the text, words that are no word of the contract.
    Source: R-C7.
    """
    row = own_paper(viewer, paper_id, PaperAct.CORRECT)
    reading = Reading.objects.select_for_update().get(paper=row)
    rows = reading.draft["tasks" if new.kind in OF_TASKS else "indicators"]
    known = {one["id"]: one for one in rows}
    thing = _thing(new, known)
    reason = written("reason", new.reason, LONGEST_REASON)
    after = {} if new.kind in STRIKING else settled(new.kind, new.after, row.text)
    was = _was(row, new.kind, thing, known)
    if new.kind not in ADDING | STRIKING:
        after = {name: value for name, value in after.items() if was.get(name) != value}
        if not after:
            raise NothingChanged("填写的内容与草案一样，没有需要改动的。")
    before = dict(was) if new.kind in STRIKING else {name: was.get(name) for name in after} if was else {}
    last = Correction.objects.filter(paper=row).aggregate(last=Max("number"))["last"] or 0
    Correction.objects.create(
        paper=row, number=last + 1, kind=new.kind.value, thing=thing, before=before, after=after, reason=reason,
        by_unit_id=viewer.unit_id, by_person_id=actor.person_id, at=now,
    )
    _draw(row, reading, now)
    tell(row, PaperFact.CORRECTED, actor, now, {"kind": new.kind, "thing": thing}, {"reason": reason})
    return thing


@transaction.atomic
def restore(viewer: Viewer, paper_id: UUID, number: int, *, actor: Actor, now: datetime) -> None:
    """Take a correction back: the draft is as if it had not been made; the case stays in the list.

    Raises NotYours, NotFound, NotNow.
    """
    row = own_paper(viewer, paper_id, PaperAct.CORRECT)
    taken = Correction.objects.filter(paper=row, number=number, restored_at__isnull=True).update(restored_at=now)
    if not taken:
        raise NotFound
    _draw(row, Reading.objects.select_for_update().get(paper=row), now)
    tell(row, PaperFact.RESTORED, actor, now, {"number": number})


def changes_of(row: Paper) -> list[Change]:
    """The corrections that stand, in order."""
    rows = Correction.objects.filter(paper=row, restored_at__isnull=True).order_by("number")
    return [Change(CorrectionKind(kind), thing, after) for kind, thing, after in rows.values_list("kind", "thing", "after")]


def draft_of(row: Paper, reading: Reading) -> Plan:
    """The draft with the text its spans count in."""
    return plan_from(reading.draft, row.text)


def _draw(row: Paper, reading: Reading, now: datetime) -> None:
    draft = checked(replayed(plan_from(reading.plan, row.text), changes_of(row)))
    reading.draft, reading.changed_at = as_json(draft), now
    reading.save(update_fields=["draft", "changed_at"])


def _was(row: Paper, kind: CorrectionKind, thing: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """What the draft says of a thing, with the kind of task that was said by hand."""
    was = dict(known.get(thing, {}))
    return {**was, "kind": kinds_said(changes_of(row)).get(thing)} if was and kind in OF_TASKS else was


def _thing(new: NewCorrection, known: Mapping[str, Any]) -> str:
    """The id of what is changed, or of what is new."""
    if new.kind is CorrectionKind.INDICATOR_ADDED:
        return next(code for number in range(1, len(known) + 2) if (code := f"P{number:03}") not in known)
    thing = new.thing.strip()
    if new.kind is CorrectionKind.TASK_ADDED:
        trouble = "请填写任务编号。" if not thing else "这个编号已经有任务用了，请换一个。" if thing in known else ""
        trouble = trouble or ("任务编号最多40个字。" if len(thing) > 40 else "")
        if trouble:
            raise BadInput(trouble, {"number": trouble})
        return thing
    if thing not in known:
        raise NotFound
    return thing
