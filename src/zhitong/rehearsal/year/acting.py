"""The part of a rehearsed year that goes through the acts: one city with all below it, and the province that waits for all.

Reports are filled in, sent, approved, accepted, given back and mended, let through and corrected as people do it on the
pages, the lowest regions first. What every other region says is written as a whole by `telling`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import Post
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.plans.rules import Stage
from zhitong.domain.problems.actions.reporting import ReportToSend, submit_reports
from zhitong.domain.progress.actions.correcting import AskedCorrection, ask_correction, decide_correction
from zhitong.domain.progress.actions.deciding import (
    Decision,
    accept_reports,
    approve_reports,
    let_through,
    return_reports,
)
from zhitong.domain.progress.actions.entering import Entry, Told, save_reports
from zhitong.domain.progress.actions.submitting import Submission
from zhitong.domain.progress.actions.waiting import stop_waiting
from zhitong.domain.progress.models import Figure, Report
from zhitong.domain.progress.queries.deciders import Deciders, deciders_of
from zhitong.domain.progress.rules import ReportState
from zhitong.kit.choices import Word
from zhitong.kit.refusals import BadInput
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.year.telling import ByHand, Owed, owed, said_of

CORRECTED = 3
"""So many figures of a month are asked to be corrected after its lock; every third is refused."""
EVERY_WAITING = 10_000
PROGRESS, TROUBLE = "按时间表推进。（演示内容）", "部分点位用地手续未办完，请上级协调。（演示内容）"
CHECKED, MEND = "已核对，以台账为准。（演示内容）", "请核对累计数后重报。（演示内容）"
NOT_WAITED, MISSED = "个别地区未报，先报已核定的数。（演示内容）", "核对台账发现漏报一处。（演示内容）"


class Fate(Word):
    """What becomes of a report that goes through the acts."""

    NEVER = "never", "不报"
    LATE = "late", "迟报"
    MENDED_HERE = "mended_here", "本级退回后重报"
    MENDED_ABOVE = "mended_above", "上级退回后重报"
    LEFT = "left", "上级未接受"
    ASKING = "asking", "提请上级协调"
    ACCEPTED = "accepted", "上级接受"


FATES = (
    (0.02, Fate.NEVER), (0.05, Fate.LATE), (0.09, Fate.MENDED_HERE), (0.13, Fate.MENDED_ABOVE), (0.25, Fate.LEFT),
    (0.26, Fate.ASKING), (1.0, Fate.ACCEPTED),
)
"""Each fate up to its draw."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """A report in somebody's hands: who reports it, who decides, what it says and what becomes of it."""

    report_id: UUID
    unit_id: UUID
    region_id: UUID
    is_joiner: bool
    fate: Fate
    figures: tuple[Told, ...]
    deciders: Deciders


@dataclass(slots=True)
class Acted:
    """How often each act was done, and the reports that are still to come late, in the order of their sending."""

    done: Counter[str] = field(default_factory=Counter)
    late: list[_Hand] = field(default_factory=list)


class People:
    """Two posts of every unit, who reports and who decides: nobody approves what he has sent himself."""

    def __init__(self) -> None:
        self._reporting = self._posts(PostKind.OFFICER)
        self._deciding = self._posts(PostKind.LEADER)

    def reporter(self, unit_id: UUID) -> Actor:
        """Who fills in and sends for a unit."""
        return Actor(None, self._reporting.get(unit_id), unit_id, "rehearsal")

    def decider(self, unit_id: UUID | None) -> Actor:
        """Who approves, accepts and gives back for a unit."""
        assert unit_id is not None, "whoever is asked to decide is a unit"
        return Actor(None, self._deciding.get(unit_id), unit_id, "rehearsal")

    @staticmethod
    def _posts(kind: PostKind) -> dict[UUID, UUID]:
        rows = Post.objects.filter(kind=kind.value, ended_on__isnull=True).order_by("-title")
        return dict(rows.values_list("unit_id", "id"))


def act(seed: int, period: str, by_hand: ByHand, people: People, *, now: datetime) -> Acted:
    """Let what a period asks be reported by hand, a day for each level, the lowest first."""
    here, acted = directory(), Acted()
    hands = _hands(seed, period, owed(period, by_hand, inside=True))
    # Of one region the parts of joint units go before the report that joins them.
    order = sorted(hands, key=lambda one: (-len(here.path(one.region_id)), one.is_joiner))
    for place, (_level, each) in enumerate(groupby(order, key=lambda one: (len(here.path(one.region_id)), one.is_joiner))):
        _go(list(each), people, now + timedelta(hours=20 * place), acted)
    return acted


def send_late(acted: Acted, people: People, *, now: datetime) -> None:
    """Send what was kept back, after its day and before the lock."""
    _send(acted.late, people, now, acted)
    _approve(acted.late, people, now, acted)
    _accept(acted.late, people, now, acted)


def correct(seed: int, period: str, regions: Collection[UUID], people: People, *, now: datetime) -> Counter[str]:
    """Ask for corrections of a locked period in these regions, and let the level above allow most of them."""
    rows = Figure.objects.filter(
        report__period=period, report__region__in=regions, report__is_joiner=True, report__state=ReportState.ACCEPTED.value,
        report__lock_at__lte=now, value__gt=0, indicator__aggregation="sum", corrections__isnull=True,
    ).select_related("report__task__plan").order_by("report__region__position", "indicator__position", "id")
    done: Counter[str] = Counter()
    found = list(rows)
    for place, row in enumerate(chance("year-correction", seed, period).sample(found, min(CORRECTED, len(found)))):
        assert row.value is not None, "only told figures are looked for"
        asker, decider = people.reporter(row.report.unit_id), deciders_of([row.report])[row.report_id]
        asked = AskedCorrection(figure_id=row.id, after=row.value + Decimal(1), reason=MISSED, actor=asker)
        kept = ask_correction(asked, now=now)
        is_allowed = place % 3 < 2
        decide_correction(
            kept, is_allowed=is_allowed, words="" if is_allowed else MEND, now=now + timedelta(hours=3),
            actor=people.decider(decider.acceptor_id or decider.approver_id),
        )
        done["corrected" if is_allowed else "correction_refused"] += 1
    return done


def _hands(seed: int, period: str, places: Iterable[Owed]) -> list[_Hand]:
    by_report = {key: list(each) for key, each in groupby(places, key=lambda one: one.report_id)}
    rows = Report.objects.filter(id__in=by_report).select_related("task__plan")
    deciders = deciders_of(list(rows))
    return [
        _Hand(
            report_id, each[0].unit_id, each[0].region_id, each[0].is_joiner, _fate(seed, period, each[0]),
            tuple(_told(seed, one) for one in each if one.indicator_id and one.is_joiner), deciders[report_id],
        )
        for report_id, each in by_report.items()
    ]


def _fate(seed: int, period: str, one: Owed) -> Fate:
    luck = chance("year-act", seed, period, one.key, one.is_joiner).random()
    fate = next(fate for most, fate in FATES if luck < most)
    return fate if one.is_joiner else Fate.ACCEPTED


def _told(seed: int, one: Owed) -> Told:
    assert one.indicator_id is not None, "asked of places for figures alone"
    value, stage = said_of(seed, one)
    return Told(one.indicator_id, value, Stage(stage) if stage else None, note="" if value is not None or stage else CHECKED)


def _go(hands: list[_Hand], people: People, now: datetime, acted: Acted) -> None:
    """The reports of one level go their ways within a day."""
    going = [one for one in hands if one.fate not in (Fate.NEVER, Fate.LATE)]
    acted.late += [one for one in hands if one.fate is Fate.LATE]
    stop_waiting(now=now, limit=EVERY_WAITING)
    _let_through([one for one in hands if one.fate is not Fate.NEVER], people, now, acted)
    _send(going, people, now, acted)
    _mend([one for one in going if one.fate is Fate.MENDED_HERE], people, now, acted, above=False)
    _approve(going, people, now + timedelta(hours=4), acted)
    again = [one for one in going if one.fate is Fate.MENDED_ABOVE and one.deciders.acceptor_id]
    _mend(again, people, now + timedelta(hours=5), acted, above=True)
    _approve(again, people, now + timedelta(hours=7), acted)
    _accept([one for one in going if one.fate is not Fate.LEFT], people, now + timedelta(hours=8), acted)


def _let_through(hands: Sequence[_Hand], people: People, now: datetime, acted: Acted) -> None:
    """The office lets go up what still waits for somebody who has not told."""
    waiting = set(
        Report.objects.filter(id__in=[one.report_id for one in hands], state=ReportState.WAITING_BELOW.value).values_list("id", flat=True)
    )
    held = [one for one in hands if one.report_id in waiting]
    acted.done["let_through"] += len(_decided(let_through, held, people, now, NOT_WAITED))


def _send(hands: Sequence[_Hand], people: People, now: datetime, acted: Acted) -> None:
    """Fill in and send; what is asked about is answered with a note and sent again."""
    _save(hands, people, now)
    steps = [
        ReportToSend(
            submission=Submission(report_id=one.report_id, actor=people.reporter(one.unit_id)), asks_above=one.fate is Fate.ASKING,
        )
        for one in hands
    ]
    try:
        submit_reports(steps, now=now)
    except BadInput as refused:
        asked = set(refused.fields)
        _save([_noted(one, asked) for one in hands], people, now)
        submit_reports(steps, now=now)
        acted.done["asked_about"] += len(asked)
    acted.done["submitted"] += len(hands)


def _noted(one: _Hand, asked: Collection[str]) -> _Hand:
    figures = tuple(
        replace(told, note=CHECKED) if f"{one.report_id}.{told.indicator_id}" in asked else told for told in one.figures
    )
    return replace(one, figures=figures)


def _save(hands: Sequence[_Hand], people: People, now: datetime) -> None:
    save_reports([
        Entry(
            report_id=one.report_id, actor=people.reporter(one.unit_id), figures=one.figures, progress_words=PROGRESS,
            trouble_words=TROUBLE if one.fate is Fate.ASKING else "",
        )
        for one in hands
    ], now=now)


def _mend(hands: Sequence[_Hand], people: People, now: datetime, acted: Acted, *, above: bool) -> None:
    """Give back with a reason, and send again."""
    acted.done["returned"] += len(_decided(return_reports, hands, people, now + timedelta(hours=1), MEND, above=above))
    _send(hands, people, now + timedelta(hours=2), acted)


def _approve(hands: Sequence[_Hand], people: People, now: datetime, acted: Acted) -> None:
    acted.done["approved"] += len(_decided(approve_reports, hands, people, now))


def _accept(hands: Sequence[_Hand], people: People, now: datetime, acted: Acted) -> None:
    below = [one for one in hands if one.deciders.acceptor_id]
    acted.done["accepted"] += len(_decided(accept_reports, below, people, now, above=True))


def _decided(
    act: Callable[..., list[UUID]], hands: Sequence[_Hand], people: People, now: datetime, reason: str = "", *, above: bool = False
) -> list[UUID]:
    steps = [
        Decision(
            report_id=one.report_id, reason=reason,
            actor=people.decider(one.deciders.acceptor_id if above else one.deciders.approver_id),
        )
        for one in hands
    ]
    return act(steps, now=now) if steps else []
