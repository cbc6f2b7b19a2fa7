"""Moving firms on a ladder, or off it: many at once, each move kept with its reason and what the rule said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.queries.lists import through
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.domain.tiering.models import Footing, RungSpell
from zhitong.domain.tiering.queries.known import enterprises
from zhitong.domain.tiering.queries.ladders import ladder_of, may_lead
from zhitong.domain.tiering.rules.cuts import rung_cell
from zhitong.domain.tiering.rules.kinds import TieringFact
from zhitong.domain.tiering.rules.ladders import Ladder, propose
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound

LONGEST = 400
"""How long a reason may be, in characters."""


@transaction.atomic
def climb(
    viewer: Viewer, ladder_code: str, rungs: Mapping[UUID, str], reason: str, *, campaign: str, actor: Actor, now: datetime
) -> int:
    """Put firms on rungs ("" takes a firm off the ladder); who stands there already stays. Returns how many moved.

    Raises NotFound: no such ladder, or a firm is not there for the viewer's territory. Raises NotYours: the post belongs
    neither to a campaign office nor to the line that leads the ladder. Raises BadInput: no reason, or no such rung.
    """
    ladder = ladder_of(campaign, ladder_code)
    if not may_lead(viewer, ladder):
        name = next((one.name for one in directory().lines.values() if one.code == ladder.line), "")
        raise NotYours(f"“{ladder.name}”由{name}条线和活动办公室办理。请向其提出。")
    _stop_if_wrong(ladder, rungs, reason)
    firms = _locked(viewer, ladder, rungs)
    standing = {
        row.subject_id: row
        for row in Footing.objects.filter(campaign=campaign, ladder=ladder.code, subject_id__in=rungs)
    }
    moved = [one for one in firms if (standing[one].rung if one in standing else "") != rungs[one]]
    spells = _write(ladder, {one: rungs[one] for one in moved}, standing, reason.strip(), campaign, actor, now)
    record_many([
        Fact(
            TieringFact.RUNG_SET.value, "subject", row.subject_id, actor, now,
            {"ladder": row.ladder, "from": row.before, "to": row.rung}, {"reason": row.reason},
        )
        for row in spells
    ])
    return len(spells)


def _stop_if_wrong(ladder: Ladder, rungs: Mapping[UUID, str], reason: str) -> None:
    if not 0 < len(reason.strip()) <= LONGEST:
        raise BadInput("请写明调整梯次的理由。", {"reason": f"请写明调整梯次的理由，最多{LONGEST}字。"})
    if not rungs:
        raise BadInput("还没有选择企业。请先勾选要调整的企业。", {"chosen": "请先勾选要调整的企业。"})
    if any(rung and ladder.place(rung) < 0 for rung in rungs.values()):
        raise BadInput("没有这个梯次，请从列出的梯次中选择。", {"rung": "没有这个梯次，请从列出的梯次中选择。"})


def _locked(viewer: Viewer, ladder: Ladder, rungs: Mapping[UUID, str]) -> list[UUID]:
    rows = through(viewer, Lens.TERRITORY, None).filter(id__in=rungs, kind__in=[kind.value for kind in ladder.kinds])
    seen = rows.order_by().values("id")
    found = list(Subject.objects.select_for_update().filter(id__in=seen).order_by("id").values_list("id", flat=True))
    if len(found) != len(rungs):
        raise NotFound("其中的企业没有找到，或者不在您的管理范围内。请刷新后重选。")
    return found


def _write(
    ladder: Ladder, rungs: Mapping[UUID, str], standing: Mapping[UUID, Footing], reason: str, campaign: str, actor: Actor,
    now: datetime,
) -> list[RungSpell]:
    """End what stood, begin what stands now, and count it."""
    today, cells = day_of(now), []
    spells: list[RungSpell] = []
    new: list[Footing] = []
    kept: list[Footing] = []
    for one in enterprises(rungs):
        said, row = propose(one.climber(), ladder), standing.get(one.id)
        before = row.rung if row else ""
        left = [_cell(row)] if row else []
        footing = row or Footing(subject_id=one.id, campaign=campaign, ladder=ladder.code)
        footing.region_id, footing.rung, footing.proposed = one.region_id, rungs[one.id], said.rung
        footing.words, footing.lacking, footing.is_ready = said.words, said.lacking, said.rung != rungs[one.id]
        (kept if row else new).append(footing)
        cells.append((left, [_cell(footing)]))
        spells.append(RungSpell(
            subject_id=one.id, campaign=campaign, ladder=ladder.code, rung=rungs[one.id], before=before, reason=reason,
            words=said.words, unit_id=actor.unit_id, at=now, since=today,
        ))
    RungSpell.objects.filter(campaign=campaign, ladder=ladder.code, subject_id__in=rungs, until=None).update(until=today)
    RungSpell.objects.bulk_create(spells, batch_size=2000)
    Footing.objects.bulk_create(new, batch_size=2000)
    Footing.objects.bulk_update(kept, ["region", "rung", "proposed", "words", "lacking", "is_ready"], batch_size=1000)
    post(postings(cells))
    return spells


def _cell(row: Footing) -> tuple[str, UUID, str, str, str]:
    return rung_cell(row.region_id, row.campaign, row.ladder, row.rung, is_ready=row.is_ready)
