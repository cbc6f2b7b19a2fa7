"""What may be said outside: that something waits, of which sort, its number, where to look; never what it is about. Pure.

Titles, firms and persons stay inside: the only words of a matter that leave are numbers the house itself has given, of
three kinds of things, in a form that holds no free text. Of sealed complaints not even the sort is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.notices.rules import NoticeKind
from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI

MOST_NUMBERS = 5
HOUSE = "直通"
_NUMBERED = {
    "problem": re.compile(r"[一-龥A-Z]{1,6}-[一-龥]{1,12}-\d{4}-\d{4,9}"),
    "common": re.compile(r"共-[一-龥]{1,12}-\d{4}-\d{1,6}"),
    "supervision": re.compile(r"[一-龥]{2,30}字〔\d{4}〕\d{1,5}号"),
}


class Sort(Word):
    """What sort of thing waits, as it is said outside."""

    TO_SIGN = "to_sign", "待签收"
    TO_HANDLE = "to_handle", "待办理"
    TO_DECIDE = "to_decide", "待审批"
    TO_CONFIRM = "to_confirm", "待确认"
    TO_REPORT = "to_report", "待报送"
    TO_CHECK = "to_check", "待核对"
    MEETING = "meeting", "会议安排"
    NEWS = "news", "有新进展"
    UNSAID = "unsaid", "新消息"


_K = NoticeKind
_OF_SORT: dict[Sort, tuple[NoticeKind, ...]] = {
    Sort.TO_SIGN: (_K.SUPERVISED, _K.INSTRUCTED, _K.TAKEN_OVER, _K.COMMON_LEAD, _K.EXTRA_LEAD, _K.DECISION_GIVEN),
    Sort.TO_HANDLE: (
        _K.GIVEN_BACK, _K.TO_PASS_DOWN, _K.DISSATISFIED, _K.REMINDED, _K.REMINDED_BY_REPORTER, _K.PAPER_RETURNED, _K.OBJECTED,
        _K.ACCEPTED_AFTER_ALL, _K.ADVISED, _K.SHARE_GIVEN, _K.LOOK_IN, _K.CONTACT_VOIDED, _K.FOUND_WANTING, _K.OFFERED,
        _K.TURNED_DOWN, _K.PART_ASKED, _K.CONSULTED, _K.KEPT, _K.HANDLED_ANEW, _K.COMMON_ANSWERED, _K.GOES_ON, _K.DECISION_GIVEN_BACK,
        _K.TO_RECTIFY, _K.TO_RECTIFY_AGAIN, _K.INSPECTED, _K.MILESTONE_DUE, _K.DECISION_SHARED, _K.FIGURES_OBJECTED,
    ),
    Sort.TO_DECIDE: (
        _K.TO_DECIDE, _K.EXCUSE_TO_DECIDE, _K.CORRECTION_TO_DECIDE, _K.CURVE_TO_DECIDE, _K.AMENDMENT_TO_DECIDE, _K.SHARE_ASKED,
        _K.PLAN_TO_APPROVE, _K.FIGURE_TO_CORRECT, _K.EXTRA_PROPOSED, _K.ITEM_ASKED, _K.PIECE_CAME, _K.PAPER_ANSWERED, _K.RECTIFIED,
        _K.DECISION_CARRIED_OUT, _K.CAME_FROM_BELOW,
    ),
    Sort.TO_CONFIRM: (_K.ANSWERED, _K.VISITED, _K.CARD_FILLED_FOR, _K.CONTACTED, _K.ASKED_MORE, _K.SHARES_ISSUED, _K.SHARE_ANSWERED),
    Sort.TO_REPORT: (
        _K.CARD_MISSING, _K.CARD_FIRMS_MISSING, _K.REPORTS_DUE, _K.REPORTS_MISSING, _K.UNITS_MISSING, _K.REPORT_RETURNED,
        _K.REPORT_TAKEN_OVER, _K.PIECE_RETURNED,
    ),
    Sort.TO_CHECK: (_K.FIGURES_TO_CHECK, _K.CARD_DISPUTED, _K.VISIT_DENIED, _K.OUTCOME_DOUBTED, _K.DECLINE_WANTING),
    Sort.MEETING: (
        _K.MEETING_TO_PREPARE, _K.MEETING_CALLED, _K.MEETING_MOVED, _K.MEETING_DROPPED, _K.MEETING_NOT_NEEDED, _K.MINUTES_PUBLISHED,
        _K.JOINT_VISIT,
    ),
    Sort.UNSAID: (
        _K.SEALED_CAME, _K.SEALED_SUPPLIED, _K.SEALED_TAKEN, _K.SEALED_ASKED, _K.SEALED_REFERRED, _K.SEALED_NOTIFIED,
    ),
    Sort.NEWS: (
        _K.DECLINED, _K.DECIDED, _K.STOOD_STILL, _K.WITHDRAWN, _K.PAPER_ACCEPTED, _K.MERGED, _K.SPLIT, _K.CORRECTED,
        _K.OBJECTION_GRANTED, _K.DECLINE_UPHELD, _K.LOOKED_IN, _K.REOPENED, _K.CLOSED_UNRATED, _K.CALLED_BACK, _K.TAKEN_BY_OTHER,
        _K.PART_ANSWERED, _K.COMMON_JOINED, _K.COMMON_TAKEN_OUT, _K.REPLIED, _K.ENDED, _K.EXCUSE_DECIDED, _K.CORRECTION_DECIDED,
        _K.CURVE_DECIDED, _K.AMENDMENT_REFUSED, _K.PLAN_AMENDED, _K.EXTRA_LISTED, _K.EXTRA_TURNED_DOWN, _K.PLAN_APPROVED,
        _K.PLAN_REFUSED, _K.RECTIFICATION_CHECKED, _K.PIECE_ADOPTED, _K.PIECE_PASSED_OVER, _K.PIECE_USED, _K.PIECE_PUBLISHED,
        _K.VIRUS_FOUND, _K.CALLS_PAUSED, _K.PASSKEY_BOUND, _K.SUBSTITUTE_NAMED, _K.SUBSTITUTION_BEGUN, _K.SUBSTITUTION_ENDED,
        _K.SUBSTITUTION_RUN_OUT,
        _K.FIGURE_CORRECTED, _K.OBJECTION_SETTLED, _K.EDITION_ISSUED, _K.ITEM_TAKEN, _K.ITEM_LEFT_OUT, _K.DECISION_CHECKED,
    ),
}
SORTS: dict[NoticeKind, Sort] = {kind: sort for sort, kinds in _OF_SORT.items() for kind in kinds}

URGENT = frozenset({
    _K.REMINDED, _K.REMINDED_BY_REPORTER, _K.SUPERVISED, _K.PAPER_RETURNED, _K.INSTRUCTED, _K.TAKEN_OVER, _K.LOOK_IN,
    _K.DISSATISFIED, _K.HANDLED_ANEW, _K.FIGURES_TO_CHECK, _K.MEETING_MOVED, _K.MEETING_DROPPED, _K.TO_PASS_DOWN,
})
"""What does not wait for a digest: somebody above presses, or the time left is a working day or less. Our own choice (本系统设定)."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing told: of which kind, of which sort of thing, and what stands for it inside."""

    kind: NoticeKind
    thing_kind: str
    thing_number: str


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a matter: its sort, and its number where it may leave."""

    sort: Sort
    number: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What leaves: a title for mail, the sentence, and where to look (empty where the installation has no address)."""

    title: str
    sentence: str
    url: str


def sort_of(kind: NoticeKind) -> Sort:
    """The sort said outside; a kind nobody has sorted is told without one."""
    return SORTS.get(kind, Sort.UNSAID)


def number_outside(matter: Matter) -> str:
    """The number that may leave; empty where a thing has none of the house's own, and always of sealed complaints."""
    pattern = _NUMBERED.get(matter.thing_kind)
    if pattern is None or sort_of(matter.kind) is Sort.UNSAID:
        return ""
    return matter.thing_number if pattern.fullmatch(matter.thing_number) else ""


def number_of_problem(number: str) -> str:
    """The number of a problem as it may leave; empty where it is none of the house's own."""
    return number if _NUMBERED["problem"].fullmatch(number) else ""


def told_of(matter: Matter) -> Told:
    """What may be told of a matter."""
    return Told(sort_of(matter.kind), number_outside(matter))


def text_of(told: Sequence[Told], url: str, at: datetime) -> Text:
    """One message about one or many things. The time makes two messages of the same words different, which 钉钉 requires."""
    sorts = Counter(one.sort for one in told)
    numbers = [number for number in dict.fromkeys(one.number for one in told) if number]
    title = _one(told[0].sort) if len(told) == 1 else _many(sorts, len(told))
    here = at.astimezone(SHANGHAI)
    named = f"（编号：{'、'.join(numbers[:MOST_NUMBERS])}{'等' if len(numbers) > MOST_NUMBERS else ''}）" if numbers else ""
    where = f"请登录查看：{url}" if url else "请登录查看。"
    sentence = f"【{HOUSE}】{title}{named}，{where}"
    return Text(title, f"{sentence}{' ' if url else ''}{here.month}月{here.day}日{here:%H:%M}", url)


def code_text(code: str, minutes: int) -> Text:
    """What proves an address: a code that holds for some minutes."""
    return Text("验证码", f"【{HOUSE}】验证码{code}，{minutes}分钟内有效，用于设置消息接收。请勿告诉他人。", "")


def trial_text(at: datetime) -> Text:
    """What an operator sends to see whether a channel works."""
    here = at.astimezone(SHANGHAI)
    return Text("试发", f"【{HOUSE}】这是一条试发的消息，收到即表示渠道畅通。{here.month}月{here.day}日{here:%H:%M}", "")


def _one(sort: Sort) -> str:
    if sort is Sort.UNSAID:
        return "您有一条新消息"
    return "您有一件事项有新进展" if sort is Sort.NEWS else f"您有一件{sort.label}事项"


def _many(sorts: Counter[Sort], count: int) -> str:
    told = "、".join(f"{sort.label}{sorts[sort]}件" for sort in Sort if sorts[sort])
    return f"您有{count}件事项：{told}"
