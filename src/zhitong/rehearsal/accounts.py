"""The demonstration's accounts, one per role and level: the table from which they are seated and printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.models import Post, Tenure
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.population.names import person
from zhitong.rehearsal.stage import require_stage

PASSWORD = "zhitong-2018"  # noqa: S105 - shared by the accounts of people who do not exist, and printed
HEAD = ("登录名", "单位", "岗位", "口令", "看什么")


@dataclass(frozen=True, slots=True)
class ServedBy:
    """The own unit of one of the served: the `place`-th of its kind in a region."""

    region: str
    kind: SubjectKind = SubjectKind.INDUSTRY
    place: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """One account: the unit by its package code (or one of the served), the kind of post, and what there is to see."""

    login: str
    unit: str | ServedBy
    post: PostKind
    sees: str


ACCOUNTS: tuple[Account, ...] = (
    Account("qiye", ServedBy("130973400"), PostKind.REPORTER, "南大港一家企业：填卡、反映问题、看进度、确认答复"),
    Account("linqi", ServedBy("130973400", place=1), PostKind.REPORTER, "同园区另一家企业：看不到邻居的任何内容"),
    Account("xiangmu", ServedBy("130973403", SubjectKind.PROJECT), PostKind.REPORTER, "一个重点项目单位"),
    Account("nandagang", "130973400-economy", PostKind.OFFICER, "园区经发局：签收、办理、答复、提请上级"),
    Account("nandagangban", "130973400-office", PostKind.OFFICER, "园区双创双服办：受理、交办、复核、销号"),
    Account("bohai", "130973-economy", PostKind.OFFICER, "渤海新区经发局：园区提请上来的问题"),
    Account("bohaiban", "130973-office", PostKind.OFFICER, "渤海新区双创双服办：各园区总览、审核上报"),
    Account("cangzhou", "1309-development", PostKind.OFFICER, "沧州市发展改革委：市级承办"),
    Account("cangzhougong", "1309-industry", PostKind.OFFICER, "沧州市工信局：工业条线"),
    Account("cangzhouban", "1309-office", PostKind.OFFICER, "沧州市双创双服办：全市总览"),
    Account("cangzhoudu", "1309-inspection", PostKind.OFFICER, "沧州市督查室：看全市问题，催办、督办、登记批示；受理对下一级的密封投诉"),
    Account("sheng", "13-development", PostKind.OFFICER, "省发展改革委：省级承办"),
    Account("shenggong", "13-industry", PostKind.OFFICER, "省工信厅：全省工业条线"),
    Account("shengban", "13-office", PostKind.OFFICER, "省双创双服办：全省总览，一直看到最底层"),
    Account("shengzhang", "13-leading_group", PostKind.LEADER, "省领导小组组长：全省总览"),
    Account("renqiu", "130982-development", PostKind.OFFICER, "邻县任丘市发展改革局：看不到南大港的内容"),
    Account("renqiuban", "130982-office", PostKind.OFFICER, "任丘市双创双服办"),
    Account("renqiuguan", "130982-office", PostKind.ADMINISTRATOR, "任丘市系统管理员：本级岗位与人员"),
    Account("renqiuan", "130982-office", PostKind.SECURITY, "任丘市安全管理员：登录保护、谁能看到什么"),
    Account("renqiushen", "130982-office", PostKind.AUDITOR, "任丘市审计管理员：全市的留痕、封存和核验结果"),
    Account("shengshen", "13-office", PostKind.AUDITOR, "省审计管理员：全省的留痕、封存和核验结果"),
    Account("xincun", "130973206-government", PostKind.OFFICER, "新村回族乡：乡级承担全部条线"),
)


def seat_accounts(since: date, accounts: Sequence[Account] = ACCOUNTS) -> int:
    """Seat everybody of the table in their posts; returns how many.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    seats = [
        Seat(login=one.login, name=person(chance("account", one.login)), password=PASSWORD, post_id=_post(one),
             since=since)
        for one in accounts
    ]
    return len(seat(seats))


def _post(account: Account) -> UUID:
    posts = Post.objects.filter(kind=account.post.value, ended_on__isnull=True)
    if isinstance(account.unit, str):
        return posts.filter(unit__code=account.unit).order_by("id").values_list("id", flat=True)[0]
    return posts.get(unit_id=unit_of(account.unit)).id


def unit_of(served: ServedBy) -> UUID:
    """The own unit of one of the served, counted in the order of the registry."""
    ids = Subject.objects.filter(region__code=served.region, kind=served.kind.value, unit__isnull=False)
    return ids.order_by("id").values_list("unit_id", flat=True)[served.place]


def table(accounts: Sequence[Account] = ACCOUNTS) -> list[tuple[str, ...]]:
    """The accounts as they are seated, a row each under HEAD; empty where none is."""
    known = {
        row[0]: row[1:]
        for row in Tenure.objects.filter(person__login__in=[one.login for one in accounts], until__isnull=True)
        .values_list("person__login", "post__unit__name", "post__title")
    }
    return [(one.login, *known[one.login], PASSWORD, one.sees) for one in accounts if one.login in known]


def greeting() -> list[str]:
    """The table as lines of equal columns, for `zhitong up`; nothing where this is no demonstration."""
    if not is_demonstration():
        return []
    return ["", "演示账号（单位、人员和数据均为虚构）：", *aligned([HEAD, *table()]), ""]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as text with columns of equal width; a Chinese sign takes two places."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)

