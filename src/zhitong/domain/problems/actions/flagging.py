"""Flags: what looks wrong is laid before a person, from typed rows alone, a fixed number of indexed reads after each act.

For the worker, which follows the facts of problems; a thing flagged stays flagged once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhitong.domain.problems.actions.running import desk
from zhitong.domain.problems.models import Answer, Flagged, Problem, Reply, Spell, Verdict
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.rules.flags import USUAL, Thresholds, bulk_of, contradicts, is_near, is_same_day
from zhitong.domain.problems.rules.kinds import Flag, Outcome, Rating, Stage

MOST = 200
"""Rows looked at beside one; more of one kind in ten minutes would be flagged by the first of them."""


def flag_signing(problem_id: UUID, at: datetime, limits: Thresholds = USUAL) -> int:
    """Many signed for by one unit in a few minutes, shortly before they would have been late; returns how many are new."""
    unit_id = Spell.objects.filter(problem_id=problem_id, acknowledged_at=at).values_list("unit_id", flat=True).first()
    if unit_id is None:
        return 0
    here = desk()
    window = (at - limits.bulk_within, at + limits.bulk_within)
    spells = Spell.objects.filter(unit_id=unit_id, acknowledged_at__range=window).order_by("acknowledged_at")[:MOST]
    rows = Problem.objects.filter(id__in=[spell.problem_id for spell in spells]).values(*COLUMNS)
    standings = {standing.id: standing for standing in map(standing_from, rows)}
    near = []
    for spell in spells:
        clock = here.clock(
            Stage.ACKNOWLEDGE, standings[spell.problem_id], spell.region_id, spell.clock_from or spell.started_at
        )
        signed_at = spell.acknowledged_at
        if signed_at is not None and is_near(signed_at, clock.due_at if clock else None, limits):
            near.append((spell.problem_id, signed_at))
    return _flag_bulk(near, unit_id, at, limits, "签收")


def flag_answering(problem_id: UUID, at: datetime, limits: Thresholds = USUAL) -> int:
    """Many answered by one unit shortly before they would have been late, or reported and solved on one day."""
    answer = Answer.objects.filter(problem_id=problem_id, answered_at=at).select_related("problem").first()
    if answer is None:
        return 0
    flagged = 0
    problem = answer.problem
    is_quick = answer.outcome == Outcome.SOLVED.value and not problem.recorded
    if is_quick and is_same_day(problem.submitted_at, at):
        flagged += _flag([problem_id], Flag.SAME_DAY, answer.unit_id, at, "当日反映，当日以“已解决”办结。")
    window = (at - limits.bulk_within, at + limits.bulk_within)
    rows = Answer.objects.filter(unit_id=answer.unit_id, answered_at__range=window).select_related("spell")[:MOST]
    near = [
        (row.problem_id, row.answered_at) for row in rows if is_near(row.answered_at, row.spell.due_at, limits)
    ]
    return flagged + _flag_bulk(near, answer.unit_id, at, limits, "办结")


def _flag_bulk(
    near: list[tuple[UUID, datetime]], unit_id: UUID, at: datetime, limits: Thresholds, what: str
) -> int:
    count = bulk_of([moment for _problem_id, moment in near], at, limits)
    if count < limits.bulk:
        return 0
    minutes = int(limits.bulk_within.total_seconds() // 60)
    words = f"{minutes}分钟内{what} {count} 件，都在到期前不久。"
    return _flag([problem_id for problem_id, _moment in near], Flag.BULK_NEAR_LIMIT, unit_id, at, words)


def flag_replying(problem_id: UUID, at: datetime, limits: Thresholds = USUAL) -> int:
    """The same stage reply given to several problems by one unit."""
    reply = Reply.objects.filter(problem_id=problem_id, at=at).first()
    if reply is None:
        return 0
    alike = Reply.objects.filter(unit_id=reply.unit_id, digest=reply.digest).values_list("problem_id", flat=True)
    found = set(alike.distinct()[:MOST])
    if len(found) < limits.equal_replies:
        return 0
    return _flag(found, Flag.EQUAL_REPLIES, reply.unit_id, at, f"{len(found)} 件问题的阶段性答复内容相同。")


def flag_rating(problem_id: UUID, at: datetime, limits: Thresholds = USUAL) -> int:
    """Ratings of several firms from one device, or from a device on which answers were written; two words that disagree."""
    verdict = Verdict.objects.filter(problem_id=problem_id, at=at).select_related("answer").first()
    if verdict is None:
        return 0
    unit_id = verdict.answer.unit_id
    flagged = 0
    if verdict.device:
        same = Verdict.objects.filter(device=verdict.device).values_list("problem_id", "problem__reporter_unit_id")[:MOST]
        firms = {firm for _problem_id, firm in same}
        if len(firms) >= limits.firms_on_device:
            words = f"{len(firms)} 家企业的评价来自同一设备。"
            flagged += _flag({one for one, _firm in same}, Flag.ONE_DEVICE, unit_id, at, words)
        if Answer.objects.filter(device=verdict.device).exists():
            flagged += _flag([problem_id], Flag.RATED_BY_HANDLER, unit_id, at, "评价所用设备也用来办理过问题。")
    said = Verdict.objects.filter(answer_id=verdict.answer_id).values_list("rating", flat=True)
    words_said = [Rating(one) for one in said]
    if len(words_said) > 1 and contradicts(*words_said[:2]):
        flagged += _flag([problem_id], Flag.CONTRADICTED, unit_id, at, "企业负责人与填报人的评价相反，列入交叉回访。")
    return flagged


def _flag(problem_ids: Iterable[UUID], flag: Flag, unit_id: UUID, at: datetime, words: str) -> int:
    """Flag what is not flagged so already; returns how many are new."""
    wanted = set(problem_ids)
    known = set(Flagged.objects.filter(problem_id__in=wanted, flag=flag.value).values_list("problem_id", flat=True))
    rows = [
        Flagged(problem_id=one, flag=flag.value, unit_id=unit_id, at=at, words=words) for one in sorted(wanted - known)
    ]
    Flagged.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
