"""Filling a stock database: the campaign, its firms, a story played by the acts, twins of it, indexes, counts."""

from __future__ import annotations

from datetime import date

from django.db import connection

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.history.actions import open_months
from zhitong.domain.history.rules.seals import SEALER
from zhitong.domain.problems.actions.recounting import recount
from zhitong.domain.problems.queries.verifying import DATED_CUTS
from zhitong.domain.tallies.actions import close_days
from zhitong.kit import clock, progress
from zhitong.rehearsal.accounts import seat_accounts
from zhitong.rehearsal.bench.stock import stages, stripping, twinning
from zhitong.rehearsal.bench.stock.plainly import Wordy, plainly
from zhitong.rehearsal.opening import TODAY, fill_registry, load_packages
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.playing import play
from zhitong.work.flagging import FOLLOWER as FLAGS
from zhitong.work.reactions import FOLLOWER as REACTIONS

PLAYED = 3000
"""Problems played through the acts; all others are their twins."""

WORDS = "problems_wording"
"""The words beside the problems, which triggers write."""


def begin() -> None:
    """Bring a migrated database (as its owner) to the problems played, from which stocks of every size are made."""
    stages.begin()
    stages.once("begin", "活动", load_packages)
    require_stage()
    stages.once("begin", "企业", fill_registry)
    stages.once("begin", "账号", lambda _step: seat_accounts(date(TODAY.year, 1, 1)))
    stages.once("begin", f"按流程办理 {PLAYED:,} 个问题", _play)
    stages.once("begin", "汇总过去的日子", _close_days, bare=True)
    stages.once("begin", "选定样本", lambda _step: twinning.choose())


def fill(total: int) -> list[stages.Stage]:
    """Bring a copy of what was begun (as its owner) to so many problems; returns every stage with what it took, also of
    earlier runs."""
    _twin(total - PLAYED)
    for name, statement in stripping.taken():
        stages.once("index", f"建立 {name}", lambda _step, statement=statement: stripping.put_back(statement))
    stages.once("tallies", "清点现在和过去", lambda _step: recount())
    stages.once("analyse", "统计信息", _analyse, bare=True)
    return stages.done()


def _play(step: progress.Step) -> None:
    assert campaign_in_force() is not None, "the campaign is loaded in the stage before"
    open_months(date(TODAY.year, 1, 1), clock.today())
    play(until=TODAY, show=step.at, count=PLAYED, told_by=plainly, texts=Wordy())


def _twin(total: int) -> None:
    twinned = twinning.plan()
    stages.once("load", "卸下索引", lambda _step: stripping.strip([*(one.table for one in twinned), WORDS]))
    for batch in range(twinning.batches(total)):
        stages.once(
            "load", f"写入问题 {batch + 1}/{twinning.batches(total)}",
            lambda _step, batch=batch: twinning.write(twinned, batch, total),
        )


def _close_days(_step: progress.Step) -> None:
    """As the worker does, while there is little to sum; stocks count these days anew, a month at a time."""
    while close_days(DATED_CUTS, now=clock.now()):
        pass


def _analyse(_step: progress.Step) -> None:
    """Statistics for the planner; the followers begin behind what was written here."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        for name in (REACTIONS, FLAGS, SEALER):
            cursor.execute(
                "INSERT INTO history_follower (name, xid, fact_id) SELECT %s, max(xid::text::bigint), max(id::text)::uuid FROM"
                " history_fact ON CONFLICT (name) DO UPDATE SET xid = excluded.xid, fact_id = excluded.fact_id", [name],
            )
