"""A person judges the doubts that the check found, and says whom a printed name means."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.actions.standing import own_paper, tell
from zhitong.domain.papers.models import Judged, NameLink, Reading
from zhitong.domain.papers.rules.doubts import doubts_in
from zhitong.domain.papers.rules.facts import PaperFact
from zhitong.domain.papers.rules.kinds import Judgement, PaperAct
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import written
from zhitong.policy.shapes import plan_from

LONGEST_REASON = 400


@transaction.atomic
def judge(
    viewer: Viewer, paper_id: UUID, key: str, judgement: Judgement, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Say whether a doubt is true; said again, the newer word stands.

    Raises NotYours, NotNow. Raises NotFound: also where the draft as it is has no such doubt. Raises BadInput, at
    `reason`: a doubt is dismissed without one. Source: issue 6, check.
    """
    row = own_paper(viewer, paper_id, PaperAct.CORRECT)
    draft = plan_from(Reading.objects.values_list("draft", flat=True).get(paper=row))
    doubt = dict(doubts_in(draft.findings)).get(key)
    if doubt is None:
        raise NotFound
    wanted = "请写明为什么不成立。" if judgement is Judgement.DISMISSED else ""
    said = written("reason", reason, LONGEST_REASON, wanted=wanted)
    Judged.objects.update_or_create(paper=row, key=key, defaults={
        "kind": doubt.kind[:60], "message": doubt.message, "judgement": judgement.value, "reason": said,
        "by_person_id": actor.person_id, "at": now,
    })
    tell(row, PaperFact.JUDGED, actor, now, {"judgement": judgement, "doubt": key}, {"reason": said})


@transaction.atomic
def link(viewer: Viewer, paper_id: UUID, links: dict[str, UUID | None], *, actor: Actor, now: datetime) -> None:
    """Say which unit each printed name means, or (None) that it is left as printed.

    Raises NotYours, NotFound, NotNow. Raises BadInput: a name that no task prints, a unit that does not stand.
    """
    row = own_paper(viewer, paper_id, PaperAct.CORRECT)
    draft = plan_from(Reading.objects.values_list("draft", flat=True).get(paper=row))
    printed = {one.name for task in draft.tasks for one in task.responsible}
    units = directory().units
    for name, unit_id in links.items():
        if name not in printed or (unit_id is not None and unit_id not in units):
            sentence = f"“{name[:40]}”没有印在任务里，或者所选单位已经撤销，请重新选择。"
            raise BadInput(sentence, {"unit": sentence})
        NameLink.objects.update_or_create(paper=row, name=name, defaults={"unit_id": unit_id})
    tell(row, PaperFact.LINKED, actor, now, {"names": len(links)})
