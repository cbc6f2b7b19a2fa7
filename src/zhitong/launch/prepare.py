"""`zhitong prepare`: everything short of serving: the tables, and what must be in them on the first day."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import cast

from zhitong.kit import progress

MONTHS_AHEAD_DAYS = 400


@dataclass(frozen=True)
class Preparation:
    """One step after the migrations: what people see, the function, and the role it logs in as.

    The function takes the progress line it may move, does nothing where it has been done, and is safe to repeat.
    """

    label: str
    function: str  # "module:name", imported when its turn comes
    role: str

    def load(self) -> Callable[[progress.Step], None]:
        module, _, name = self.function.partition(":")
        return cast(Callable[[progress.Step], None], getattr(import_module(module), name))


PREPARATIONS: tuple[Preparation, ...] = (
    Preparation("接续恢复的留痕", "zhitong.launch.prepare:settle_history", "owner"),
    Preparation("准备留痕分区", "zhitong.launch.prepare:open_months", "owner"),
    Preparation("建立开放数据的视图", "zhitong.launch.prepare:lay_open_data", "owner"),
    Preparation("载入活动和工作日历", "zhitong.rehearsal.opening:load_packages", "owner"),
    Preparation("更新演示活动包", "zhitong.rehearsal.opening:renew_packages", "owner"),
    Preparation("建立演示名录（企业、项目、平台、工程）", "zhitong.rehearsal.opening:fill_registry", "owner"),
    Preparation("开设演示账号", "zhitong.rehearsal.opening:seat_people", "owner"),
    Preparation("分解演示目标", "zhitong.rehearsal.opening:divide_targets", "owner"),
    Preparation("提出演示曲线和调整", "zhitong.rehearsal.opening:change_course", "owner"),
    Preparation("分级测算", "zhitong.rehearsal.opening:judge_tiers", "owner"),
    Preparation("报送演示卡片", "zhitong.rehearsal.opening:collect_cards", "owner"),
    Preparation("报送演示目标任务进展", "zhitong.rehearsal.opening:report_progress", "owner"),
    Preparation("核定演示目标的灯和节点", "zhitong.rehearsal.opening:light_targets", "owner"),
    Preparation("起草演示表式", "zhitong.rehearsal.opening:draw_up_forms", "owner"),
    Preparation("收入演示文件", "zhitong.rehearsal.opening:take_papers_in", "owner"),
    Preparation("编排演示时间表和民生微实事", "zhitong.rehearsal.opening:keep_timetables", "owner"),
    Preparation("预测演示目标", "zhitong.rehearsal.opening:foretell_targets", "owner"),
    Preparation("办理演示问题", "zhitong.rehearsal.opening:play_story", "owner"),
    Preparation("登记演示走访和座谈会", "zhitong.rehearsal.opening:visit_firms", "owner"),
    Preparation("开展演示督查", "zhitong.rehearsal.opening:inspect_units", "owner"),
    Preparation("报送演示稿件", "zhitong.rehearsal.opening:write_pieces", "owner"),
    Preparation("召开演示会议", "zhitong.rehearsal.opening:hold_meetings", "owner"),
    Preparation("保存演示视图", "zhitong.rehearsal.opening:save_views", "owner"),
    Preparation("归集演示共性问题", "zhitong.rehearsal.opening:gather_what_is_shared", "owner"),
    Preparation("编发演示通报、简报", "zhitong.rehearsal.opening:circulate_papers", "owner"),
    Preparation("填报演示套表", "zhitong.rehearsal.opening:keep_a_blank", "owner"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: it always does what is missing."""


def run(arguments: argparse.Namespace) -> int:
    prepare()
    print("已准备好；运行 zhitong up 即可提供服务。")
    return 0


def prepare() -> None:
    """Bring the database up to this release. Asks for the database to be running and Django to be set up."""
    from zhitong.config import database

    with database.as_role("owner"):
        migrate()
    for preparation in PREPARATIONS:
        with database.as_role(preparation.role), progress.step(preparation.label) as step:
            preparation.load()(step)


def migrate() -> None:
    """Apply the migrations that are not applied yet; silent and quick when there are none."""
    from zhitong.launch import migrating

    if not waiting_migrations():
        return
    with progress.step("建立和更新数据表"):
        migrating.apply()


def waiting_migrations() -> list[str]:
    """The migrations of this release that the default connection's database does not have, in order."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def has_tables() -> bool:
    """Whether the default connection's database has been prepared before."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return MigrationRecorder(connection).has_table()


def settle_history(step: progress.Step) -> None:
    """Let followers go on after a backup has returned to a new server."""
    from zhitong.domain.history import actions

    actions.settle_on_this_server()


def open_months(step: progress.Step) -> None:
    """Make the partitions that facts of the coming year will need."""
    from zhitong.domain.history import actions
    from zhitong.kit import clock

    today = clock.today()
    actions.open_months(today, today + timedelta(days=MONTHS_AHEAD_DAYS))


def lay_open_data(step: progress.Step) -> None:
    """Lay the views of open data where this release has others."""
    from zhitong.domain.opendata.actions import laying

    laying.lay()
