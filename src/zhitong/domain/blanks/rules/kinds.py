"""What one row of a blank is, which rows are wanted, and what is recorded. Pure."""

from __future__ import annotations

from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.choices import Word


class Grain(Word):
    """What one row of a table is."""

    PROBLEM = "problem", "一个问题"
    SUBJECT = "subject", "一户企业（项目）"
    REGION = "region", "一个地区"
    UNIT = "unit", "一个承办单位"
    CATEGORY = "category", "一个问题类别"


class Which(Word):
    """Which problems or subjects stand in a list; tables of figures count all."""

    ALL = "all", "全部"
    OPEN = "open", "未办结的问题"
    SETTLED = "settled", "已办结的问题"
    OVERDUE = "overdue", "超期的问题"
    FIRMS = "firms", "企业"
    PROJECTS = "projects", "项目"
    PLATFORMS = "platforms", "平台"
    WORKS = "works", "民心工程"


CHOICES = {
    Grain.PROBLEM: (Which.ALL, Which.OPEN, Which.SETTLED, Which.OVERDUE),
    Grain.SUBJECT: (Which.FIRMS, Which.PROJECTS, Which.PLATFORMS, Which.WORKS, Which.ALL),
}
"""What may be chosen for a grain, the usual first; the others have no choice."""

KINDS_OF = {
    Which.FIRMS: (SubjectKind.INDUSTRY, SubjectKind.SERVICES, SubjectKind.TECH_SME), Which.PROJECTS: (SubjectKind.PROJECT,),
    Which.PLATFORMS: (SubjectKind.PLATFORM,), Which.WORKS: (SubjectKind.WORK,), Which.ALL: tuple(SubjectKind),
}
"""The kinds of subject that a choice means."""


class BlankFact(Word):
    """What is recorded of blanks."""

    SENT = "blank.sent", "上传套表"
    POINTED = "blank.pointed", "指定套表各列"
    FILLED = "blank.filled", "填报套表"
    TAUGHT = "blank.taught", "交回手填内容"
    DROPPED = "blank.dropped", "停用套表"
