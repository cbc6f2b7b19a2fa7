"""The served, with what is public of each: no contact, no figure of a period."""

from __future__ import annotations

from zhitong.domain.opendata.rules.columns import Column, DataSet, Shape, Sight, placed, places, worded
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import ProjectStage, SubjectKind


def _of_project(name: str, shape: Shape, about: str) -> Column:
    return Column(name, shape, about, f"CASE WHEN subject.kind = 'project' THEN subject.{name} END")


SUBJECTS = DataSet(
    "subjects", "服务对象", "现在服务的企业、项目、平台、民心工程，每个一行；只有公开的登记事项，没有联系人和经营数据。", Sight.SUBJECTS,
    ("id",),
    (
        Column("id", Shape.ID, "服务对象的标识，不变", "subject.id", optional=False),
        *worded("kind", "subject.kind", SubjectKind, "种类"),
        Column("sub_kind", Shape.TEXT, "细类（代码）", "nullif(subject.sub_kind, '')"),
        Column("name", Shape.TEXT, "名称", "subject.name", optional=False),
        Column("code", Shape.TEXT, "统一社会信用代码或项目代码", "nullif(subject.code, '')"),
        *placed("subject.region_id"),
        Column("industry", Shape.TEXT, "行业", "nullif(subject.industry, '')"),
        *worded("tier", "subject.tier", Rank, "由哪一级帮扶"),
        *worded("importance", "subject.importance", Rank, "重点项目的级别"),
        *worded("stage", "subject.stage", ProjectStage, "项目阶段"),
        _of_project("investment_cny", Shape.WHOLE, "项目总投资，元"),
        _of_project("invested_cny", Shape.WHOLE, "项目已完成投资，元"),
        _of_project("planned_start_on", Shape.DAY, "项目计划开工"),
        _of_project("started_on", Shape.DAY, "项目开工"),
        _of_project("planned_finish_on", Shape.DAY, "项目计划竣工"),
        _of_project("finished_on", Shape.DAY, "项目竣工"),
    ),
    f"FROM subjects_subject subject {places('subject.region_id')} WHERE subject.ended_on IS NULL",
)
