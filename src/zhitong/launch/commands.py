"""The table of commands: what each is called, where it lives, and what it needs before it runs."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast


class Runnable(Protocol):
    """What a command's module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


@dataclass(frozen=True)
class Command:
    """One command of `zhitong`; its module is Runnable and is imported only when the command is called."""

    name: str
    module: str
    needs_database: bool
    role: str
    help: str
    database_for: str = ""
    """The option with which a command that needs no database asks for it all the same."""

    def load(self) -> Runnable:
        """Import the module; one that needs the database finds Django set up, but nothing connected yet."""
        if self.needs_database:
            _set_up()
        return cast(Runnable, import_module(self.module))

    def asks_for_database(self, arguments: argparse.Namespace) -> bool:
        """Whether this call needs the database; Django is set up when it does."""
        if not self.needs_database and getattr(arguments, self.database_for or "-", None):
            _set_up()
            return True
        return self.needs_database


def _set_up() -> None:
    import django

    django.setup()


COMMANDS: tuple[Command, ...] = (
    Command("up", "zhitong.launch.up", True, "owner", "启动全部服务：准备数据库，提供网页，在后台办理到期事项"),
    Command("prepare", "zhitong.launch.prepare", True, "owner", "只做准备：建表、载入，不提供服务"),
    Command("upgrade", "zhitong.launch.upgrade", True, "owner", "升级：先备份，再更新数据表，逐项核对，说明如何退回"),
    Command("work", "zhitong.work.loop", True, "worker", "后台办理：事实之后的反应、计数合并、到期事项（up 会自动启动）"),
    Command("campaign", "zhitong.cli.campaign", False, "owner", "检查活动包：campaign check 文件夹"),
    Command("load", "zhitong.cli.load", True, "owner", "载入活动包及其上级包；重复载入不改变任何内容"),
    Command("administrator", "zhitong.cli.administrator", True, "owner", "任命一个区划的系统管理员；新装环境的第一个账号"),
    Command("accounts", "zhitong.rehearsal.commands.accounts", True, "owner", "列出演示账号：登录名、单位、岗位、口令、看什么"),
    Command("cards", "zhitong.cli.cards", True, "worker", "核对采集数：cards verify 逐地区重算采集率；recount 重新计数"),
    Command("plan", "zhitong.cli.plan", True, "worker", "核对目标任务：plan verify 只凭报告重算每一个灯和节点；recount 重新计数"),
    Command("problems", "zhitong.cli.problems", True, "worker", "核对问题台账：problems verify 重算环节、时限、计数；recount 重新计数"),
    Command("tallies", "zhitong.cli.tallies", True, "worker", "核对全部计数：tallies verify 逐项核对现在和过去；--mend 重新计数"),
    Command("messages", "zhitong.cli.messages", True, "worker", "外发消息：各渠道是否正常；messages email 地址 试发一条"),
    Command("retention", "zhitong.cli.retention", True, "worker", "保存期限：retention plan 看今天会清理多少；retention run 现在就清理"),
    Command(
        "history", "zhitong.cli.history", True, "owner",
        "留痕封存：history verify 重算全部封存，逐条指出改动；seal 现在封存；day 一天的封存摘要；archive 归档六个月以前的月份",
    ),
    Command(
        "keys", "zhitong.launch.keys", True, "worker",
        "个人信息的加密密钥：keys status 各列用哪个密钥；keys new 加一个新密钥；keys rotate 全部改用新密钥，可中断后继续",
    ),
    Command(
        "due", "zhitong.cli.due", False, "web", "推算到期时间：due '2018-04-27 15:40' --workdays 5，或 --hours 16",
        database_for="unit",
    ),
    Command(
        "policy", "zhitong.cli.policy", False, "owner",
        "读文件：policy compile 把实施意见、方案读成草案；policy score 与人工读法核对；policy check 找疑点；policy compare 上下级对照",
    ),
    Command("population", "zhitong.rehearsal.commands.population", True, "owner", "各类服务对象和问题的数量"),
    Command("tiers", "zhitong.cli.tiers", True, "worker", "分级帮扶：全部服务对象按标准分级，与数额比较，列出超出、递补和冲突"),
    Command("cascade", "zhitong.cli.cascade", True, "worker", "核对目标分解：逐级相加与目标比较，列出未分、超分，并用另一种算法复核"),
    Command(
        "forecast", "zhitong.rehearsal.commands.forecast", False, "owner",
        "检验完成预测：forecast check --seed N，用虚构的年度进度核对结论和区间",
    ),
    Command(
        "organisation", "zhitong.cli.organisation", True, "web",
        "组织机构：organisation export 导出辖区的区划、单位、岗位、人员；differences 对照文件；import 导入",
    ),
    Command("token", "zhitong.cli.token", True, "web", "给一个登录名的岗位发放接口密钥，只显示一次"),
    Command(
        "bench", "zhitong.launch.bench.command", True, "owner",
        "测速：bench all 把待办、问题、总览、搜索、报送、导入、实时通知、风暴、读文件测一遍，与 PostgreSQL 直接做、与一万个问题时相比；"
        "也可只测一项；中断后接着测",
    ),
    Command("rehearse-year", "zhitong.launch.rehearse_year", True, "owner", "过一年：逐月开放、报告、亮灯、核定节点，再只凭报告重算"),
    Command("storm", "zhitong.launch.storm", True, "owner", "风暴：众人同时乱办问题，再核对每一个环节、时限和计数"),
    Command("backup", "zhitong.launch.backup.take", True, "owner", "备份：不停机导出全部数据，记下每张表的行数和校验值，旧备份按规则清理"),
    Command("verify-backup", "zhitong.launch.backup.verify", True, "owner", "核对备份：恢复到临时库，逐表比对，用后删除"),
    Command("restore", "zhitong.launch.backup.restore", True, "owner", "恢复：把备份恢复到本系统的数据库，逐表核对后才换上"),
    Command(
        "restore-to", "zhitong.launch.backup.restore_to", False, "owner",
        "恢复到某一时刻：内置数据库的备份加归档的日志（ZHITONG_WAL_ARCHIVE）",
    ),
    Command("doctor", "zhitong.launch.doctor", False, "worker", "逐项检查安装，说明哪里有问题、怎么办"),
    Command(
        "manage", "zhitong.launch.manage", True, "owner", "Django 自带的管理命令，如 zhitong manage showmigrations"
    ),
)
