"""What the clock brings, as one table: how often, and what is done then. Everything here bears being done twice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from zhitong.domain.accounts.actions.forgetting import forget_what_is_over
from zhitong.domain.analysis.actions.forecasting import forecast_moved
from zhitong.domain.campaigns.queries import campaign_in_force, campaigns_under_way
from zhitong.domain.cards.actions.filing import let_go_of_files
from zhitong.domain.cards.actions.peering import keep_peer_ranges
from zhitong.domain.cards.actions.reminding import remind_due
from zhitong.domain.cards.actions.scheduling import open_scheduled
from zhitong.domain.exchange.actions.progress import commit_next
from zhitong.domain.files.actions import drop_unattached
from zhitong.domain.files.judging import judge_next
from zhitong.domain.files.rules.kinds import ATTACH_WITHIN
from zhitong.domain.health.actions import beat
from zhitong.domain.health.rules import BEAT_EVERY, WORKER
from zhitong.domain.history.actions import forget_outcomes, open_months
from zhitong.domain.history.actions.checking import check_on
from zhitong.domain.history.actions.exporting import write_days
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.follow import follow, follow_together
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.domain.messaging.actions.composing import compose_due
from zhitong.domain.messaging.actions.planning import plan_outgoing
from zhitong.domain.messaging.actions.sending import send_due
from zhitong.domain.organisations.actions.substituting import begin_due, run_out
from zhitong.domain.pacing.actions import forget_full
from zhitong.domain.papers.actions.taking_in import read_next
from zhitong.domain.plans.actions.warning import warn_of_due
from zhitong.domain.problems.actions.climbing import show_overdue_answers
from zhitong.domain.problems.actions.drawing import draw_checks
from zhitong.domain.problems.actions.prechecking import pass_on_unchecked
from zhitong.domain.problems.actions.recounting import mend_tampered
from zhitong.domain.problems.actions.resuming import resume_those_due
from zhitong.domain.problems.actions.sampling import sample_declined
from zhitong.domain.problems.queries.verifying import DATED_CUTS, EVERY_CUT
from zhitong.domain.progress.actions import reminding as reports
from zhitong.domain.progress.actions.assigning import assign_duties, pass_to_heirs
from zhitong.domain.progress.actions.gating import freeze_gates
from zhitong.domain.progress.actions.opening import open_due
from zhitong.domain.progress.actions.restanding import stand_changed
from zhitong.domain.progress.actions.standing import stand_fallen_due
from zhitong.domain.progress.actions.waiting import stop_waiting
from zhitong.domain.retention.actions.erasing import erase_next
from zhitong.domain.retention.actions.running import carry_on
from zhitong.domain.rhythm.actions.opening import open_due as open_cycles
from zhitong.domain.systems.actions.delivering import forget_delivered
from zhitong.domain.tallies.actions import close_days, fold, run_on
from zhitong.kit import clock
from zhitong.work.flagging import FOLLOWER as FLAGS
from zhitong.work.flagging import look
from zhitong.work.measuring import FOLLOWER as MEASURED
from zhitong.work.measuring import measure
from zhitong.work.reactions import FOLLOWER, react
from zhitong.work.systems import FOLLOWER as TOLD
from zhitong.work.systems import keep_told, post

log = logging.getLogger(__name__)
AHEAD = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Recurring:
    """One thing done again and again; `do` returns how much it did, 0 when there was nothing."""

    name: str
    every_seconds: float
    do: Callable[[], int]


def be_seen() -> int:
    """Note that the worker is at work; there is never more of it to do."""
    beat(WORKER, now=clock.now())
    return 0


def open_coming_months() -> int:
    """Have the partitions of facts ready before their month begins."""
    return open_months(clock.today(), clock.today() + AHEAD)


def open_rounds_due() -> int:
    """Open the rounds of the campaign in force whose day has come."""
    campaign = campaign_in_force()
    return open_scheduled(campaign.code, campaign.region_id, clock.now()) if campaign else 0


def open_cycles_due() -> int:
    """Open the cycles whose preparation begins by the habits of their offices."""
    campaign = campaign_in_force()
    return open_cycles(campaign.code, clock.now()) if campaign else 0


def open_reports_due() -> int:
    """Find who reports what as targets and units are now, and open the periods that have ended, in every campaign under way."""
    now = clock.now()
    pass_to_heirs(now=now)
    for campaign in campaigns_under_way():
        assign_duties(campaign, on=clock.day_of(now))
    return sum(open_due(campaign, now=now) for campaign in campaigns_under_way())

def seal_history() -> int:
    """Seal the facts that wait, by the digest of the setting."""
    return seal_next(algorithm=Algorithm(settings.SEAL_DIGEST), now=clock.now())


def judge_uploads() -> int:
    """Ask the operator's scanner, where there is one, about the next upload."""
    return judge_next(settings.SCANNER, now=clock.now()) if settings.SCANNER else 0


def mend_counts() -> int:
    """Look whether kept counts were tampered with, count those anew and say so."""
    mended = mend_tampered()
    if mended:
        log.warning("计数表被改动过，已按现有记录重新计数：%s", "、".join(mended))
    return len(mended)


SCHEDULE: tuple[Recurring, ...] = (
    Recurring("心跳", BEAT_EVERY.total_seconds(), be_seen),
    Recurring("事实之后的反应", 0.1, lambda: follow(FOLLOWER, react)),
    Recurring("要外发的消息", 2, lambda: plan_outgoing(clock.now())),
    Recurring("到点的外发消息", 5, lambda: compose_due(clock.now())),
    Recurring("发送外发消息", 2, lambda: send_due(clock.now())),
    Recurring("异常提示", 1, lambda: follow(FLAGS, look)),
    Recurring("停留的办公时间", 2, lambda: follow_together(MEASURED, measure)),
    Recurring("合并计数", 1, fold),
    Recurring("到点的临期和超期", 10, lambda: run_on(EVERY_CUT, now=clock.now())),
    Recurring("汇总过去的日子", 600, lambda: close_days(DATED_CUTS, now=clock.now())),
    Recurring("附件查毒", 1, judge_uploads),
    Recurring("清理访问限速", 600, lambda: forget_full(clock.now())),
    Recurring("查看计数是否被改动", 3600, mend_counts),
    Recurring("后台导入的表格", 2, lambda: commit_next(clock.now())),
    Recurring("后台读取的长文件", 2, lambda: read_next(clock.now())),
    Recurring("到期未传的答复", 60, lambda: len(show_overdue_answers(clock.now()))),
    Recurring("到期的暂停和挂账", 60, lambda: len(resume_those_due(clock.now()))),
    Recurring("逾期未核的初核", 60, lambda: len(pass_on_unchecked(clock.now()))),
    Recurring("今天开始的代办", 60, lambda: begin_due(now=clock.now())),
    Recurring("到期的代办", 60, lambda: run_out(now=clock.now())),
    Recurring("逾期未报的提醒", 60, lambda: remind_due(clock.now())),
    Recurring("临近到期的节点", 3600, lambda: warn_of_due(clock.now())),
    Recurring("逾期未报的灯", 600, lambda: stand_fallen_due(clock.now())),
    Recurring("目标和曲线调整后的灯", 60, lambda: stand_changed(clock.now())),
    Recurring("到日子的节点", 600, lambda: freeze_gates(clock.now())),
    Recurring("完成预测", 1800, lambda: forecast_moved(campaigns_under_way(), now=clock.now())),
    Recurring("按期开放填报", 3600, open_rounds_due),
    Recurring("按期开放目标任务报告", 3600, open_reports_due),
    Recurring("按例会安排开始筹备", 600, open_cycles_due),
    Recurring("下级报齐的报告", 60, lambda: stop_waiting(now=clock.now())),
    Recurring("即将到期的目标任务报告", 600, lambda: reports.remind_ahead(clock.now())),
    Recurring("逾期未报的目标任务报告", 600, lambda: reports.remind_due(clock.now())),
    Recurring("不予受理抽查", 3600, lambda: sample_declined(clock.now())),
    Recurring("办结抽查和交叉回访", 3600, lambda: draw_checks(clock.now())),
    Recurring("同类企业的常见范围", 3600, lambda: keep_peer_ranges(clock.today())),
    Recurring("过期的幂等结果", 3600, lambda: forget_outcomes(now=clock.now())),
    Recurring("事件通知", 0.2, lambda: follow_together(TOLD, keep_told)),
    Recurring("投递事件通知", 0.5, post.carry_on),
    Recurring("过期的事件通知", 3600, lambda: forget_delivered(now=clock.now())),
    Recurring("过期的登录", 3600, lambda: forget_what_is_over(now=clock.now(), world=clock.world_now())),
    Recurring("受理的删除个人信息", 5, lambda: erase_next(now=clock.now())),
    Recurring("保存期限已到的记录", 600, lambda: carry_on(now=clock.now())),
    Recurring("卡片上去掉的附件", 3600, lambda: let_go_of_files(clock.now())),
    Recurring("没有用上的附件", 3600, lambda: drop_unattached(clock.now() - ATTACH_WITHIN)),
    Recurring("封存留痕", 60, seal_history),
    Recurring("每晚核验封存", 600, lambda: check_on(now=clock.now())),
    Recurring("每日封存摘要", 3600, lambda: write_days(settings.SEAL_FOLDER, today=clock.today())),
    Recurring("来月的留痕分区", 3600, open_coming_months),
)
