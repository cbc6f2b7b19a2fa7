"""Stocks of problems on the shelf: filled once, kept between runs, and what filling them took in seconds and on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch import database
from zhitong.launch.bench.figures import Outcome
from zhitong.launch.bench.ground import drop_stocks_of_other_days, stock_name
from zhitong.launch.bench.terms import Terms

if TYPE_CHECKING:
    from zhitong.rehearsal.bench.stock.stages import Stage

GROUPS = {"begin": "按流程办理样本", "load": "填入", "index": "索引和约束", "tallies": "计数", "analyse": "统计信息"}
BEGUN = 0
"""The scale under which the database stands that has the problems played and no more."""


def stocked(scale: int) -> str:
    """Have the stock of so many problems ready; returns the name of its database."""
    from zhitong.rehearsal.bench.stock import filling

    drop_stocks_of_other_days()
    name, begun = stock_name(scale), stock_name(BEGUN)
    if name not in database.names(name):
        _begin(begun)
        database.create_from_template(name, begun, by_files=True)
    with config.as_role("owner", name=name):
        filling.fill(scale)
    return name


def _begin(name: str) -> None:
    """The problems played, once for stocks of every size."""
    from zhitong.launch import migrating
    from zhitong.rehearsal.bench.stock import filling, stages

    if name not in database.names(name):
        database.create(name)
    with config.as_role("owner", name=name):
        if not stages.has_begun():
            with progress.step("准备测试用的库：数据表"):
                migrating.apply()
        filling.begin()


def measure(scale: int, terms: Terms) -> Outcome:
    """Have the stock ready; what each group of stages took, whenever it ran, and the disk by table."""
    from zhitong.rehearsal.bench.stock import disk, stages

    with config.as_role("owner", name=stocked(scale)):
        done, on_disk = stages.done(), disk.taken(scale)
    return Outcome(more={
        "scale": scale, "stages": [_group(group, done) for group in GROUPS],
        "mib": sum(one.mib for one in on_disk), "disk": [one.as_json() for one in on_disk],
    })


def _group(group: str, done: list[Stage]) -> dict[str, object]:
    own = [stage for stage in done if stage.group == group]
    return {
        "group": group, "steps": len(own), "seconds": sum(stage.seconds for stage in own),
        "mib": sum(stage.grown for stage in own) / 2**20,
    }
