"""Remind (催办): by the offices of the accountable chain, one problem or many; by the reporter when a limit presses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.supervision.actions.urging import NotPressed, press, standings_of
from zhitong.domain.supervision.models import Urging
from zhitong.domain.supervision.rules.facts import SupervisionFact
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.domain.supervision.rules.pressing import why_not_press, why_not_remind_as_reporter

TOGETHER_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Which problems are reminded of, by whom, with which words (none are needed)."""

    problem_ids: tuple[UUID, ...]
    actor: Actor
    now: datetime
    words: str = ""


@transaction.atomic
def remind(reminding: Reminding) -> list[UUID]:
    """Remind the accountable units of all these problems, or of none; returns the ids of the urgings.

    Raises NotFound: a problem is not there for this viewer. Raises NotYours: the post may not remind.
    Raises NotPressed: a problem cannot be reminded of now; the sentence names it and the reason.
    Source: R-F5, 冀发〔2018〕7号 四（三）.
    """
    _held_to_measure(len(reminding.problem_ids))
    actor, now = reminding.actor, reminding.now
    standings = standings_of(reminding.problem_ids)
    by_reporter = all(one.reporter_unit_id == actor.unit_id for one in standings)
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, Permission.REPORT if by_reporter else Permission.SUPERVISE)
    last = _last_by(actor.unit_id, reminding.problem_ids) if by_reporter else {}
    for one in standings:
        _may_remind(one, reminding, by_reporter, last)
    rows = press(UrgingKind.REMIND, standings, actor, now, words=reminding.words, by_reporter=by_reporter)
    record_many([
        Fact(SupervisionFact.REMINDED.value, "urging", row.id, actor, now,
             {"problem": row.problem_id, "number": one.number, "unit": row.unit_id, "by_reporter": by_reporter},
             {"words": reminding.words} if reminding.words else {})
        for row, one in zip(rows, standings, strict=True)
    ])
    return [row.id for row in rows]


def _held_to_measure(n: int) -> None:
    if not n:
        raise NotPressed("没有选中任何问题，请先选择要催办的。")
    if n > TOGETHER_MOST:
        raise NotPressed(f"一次最多催办 {TOGETHER_MOST} 件，请分几次办。")


def _last_by(unit_id: UUID | None, problem_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When a unit last reminded of each of these problems."""
    rows = Urging.objects.filter(by_unit_id=unit_id, problem_id__in=problem_ids, kind=UrgingKind.REMIND.value)
    return dict(rows.values_list("problem_id").annotate(last=Max("at")))


def _may_remind(one: Standing, reminding: Reminding, by_reporter: bool, last: Mapping[UUID, datetime]) -> None:
    if by_reporter:
        reason = why_not_remind_as_reporter(one, last.get(one.id), calendar(), reminding.now)
    else:
        reason = why_not_press(one, reminding.actor.unit_id, directory())
    if reason is None:
        return
    named = f"{one.number}：" if len(reminding.problem_ids) > 1 else ""
    raise NotPressed(f"{named}{reason}")
