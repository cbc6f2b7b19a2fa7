"""Each kind with its usual term, the floor that the law sets under it, and the columns it clears. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from types import MappingProxyType

from zhitong.domain.retention.rules.words import KeptKind, Treatment

SECURITY = "《网络安全法》第二十一条：网络日志留存不少于六个月"
WORK = "办结后的复核、回访和抽查还要用"
USE = "超过使用所需的时间不再保存（《个人信息保护法》第十九条）"
LONGEST_TERM = 120
BATCH = 200
"""Rows treated in one transaction, so that everything else the worker does goes on in between."""
BEGINS_AT = time(2)
"""A day's run begins when offices sleep."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long a kind is kept: `months` unless changed, never under `floor`; `since` says from when they count."""

    kind: KeptKind
    since: str
    months: int
    floor: int
    why: str
    treatment: Treatment
    columns: tuple[str, ...]


_TERMS = (
    Term(
        KeptKind.CONTACTS, "企业退出活动之日", 24, 6, WORK, Treatment.BLANKED,
        ("subjects_subject.contact", "subjects_subject.contact_phone", "subjects_subject.contact_phone_digest"),
    ),
    Term(
        KeptKind.REPORTERS, "问题办结之日", 24, 6, WORK, Treatment.BLANKED,
        ("cards_problem_row.reporter_name", "cards_problem_row.reporter_post", "cards_problem_row.reporter_phone"),
    ),
    Term(KeptKind.HOTLINE, "问题办结之日", 24, 6, WORK, Treatment.BLANKED, ("intake_order.original", "intake_sheet_row.original")),
    Term(
        KeptKind.LEFT, "最后一个岗位离任之日", 12, 1, USE, Treatment.BLANKED,
        (
            "organisations_person.phone", "organisations_person.phone_digest", "organisations_person.password",
            "accounts_own_password.encoded", "accounts_identity.subject", "messaging_address.address",
        ),
    ),
    Term(
        KeptKind.SITTINGS, "登录之时", 6, 6, SECURITY, Treatment.ERASED, ("accounts_sitting.device", "accounts_sitting.address"),
    ),
    Term(KeptKind.MESSAGES, "消息发出之时", 6, 6, SECURITY, Treatment.ERASED, ()),
    Term(KeptKind.UNMASKINGS, "查看之时", 12, 6, SECURITY, Treatment.ERASED, ()),
    Term(KeptKind.DRAFTS, "最近一次保存", 6, 1, USE, Treatment.ERASED, ("cards_draft.values", "cards_draft.rows")),
    Term(
        KeptKind.UPLOADS, "导入、撤销或放弃之时", 6, 1, USE, Treatment.ERASED, ("exchange_row.original", "exchange_row.before"),
    ),
    Term(KeptKind.CODES, "发出之时", 1, 1, USE, Treatment.ERASED, ("entry_phone_code.phone",)),
)
TERMS: Mapping[KeptKind, Term] = MappingProxyType({one.kind: one for one in _TERMS})


def term_trouble(kind: KeptKind, months: int) -> str:
    """What is wrong with a term, as a sentence; empty when it may be set. Source: 网络安全法 第二十一条, PIPL 第十九条."""
    term = TERMS[kind]
    if months < term.floor:
        return f"“{kind.label}”至少保存{term.floor}个月（{term.why}）。请填{term.floor}或更大的数。"
    if months > LONGEST_TERM:
        return f"最多保存{LONGEST_TERM}个月。确需更久的，请对具体的企业或人员设定保留。"
    return ""


def cutoff_of(now: datetime, months: int) -> datetime:
    """The moment so many months before another; a day that the month lacks becomes its last."""
    total = now.year * 12 + now.month - 1 - months
    year, month = divmod(total, 12)
    for day in (now.day, 30, 29, 28):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def may_run(local: datetime) -> bool:
    """Whether the run of a day may begin, by the clock on the wall."""
    return local.time() >= BEGINS_AT


def erased_name(number: int) -> str:
    """What stands in the place of the name of somebody erased."""
    return f"已删除人员{number:04d}"


def erased_login(number: int) -> str:
    """The login name of somebody erased; nobody signs in under it."""
    return f"erased-{number:04d}"
