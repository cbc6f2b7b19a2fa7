"""The words of rounds: how a card was filled in, why one is not, how an obligation counts, who is reminded, what looks odd."""

from __future__ import annotations

from zhitong.kit.choices import Word


class FillManner(Word):
    """Who filled a card in."""

    OWN = "own", "企业自填"
    FOR_FIRM = "for_firm", "代填"


class ExcuseReason(Word):
    """Why a subject does not report; the first two stay owed, the others leave the list once approved (R-E7)."""

    REFUSED = "refused", "拒报"
    UNREACHABLE = "unreachable", "无法联系"
    SUSPENDED = "suspended", "停产停业"
    MOVED_OUT = "moved_out", "已迁出"
    DEREGISTERED = "deregistered", "已注销"


STAYING = frozenset({ExcuseReason.REFUSED, ExcuseReason.UNREACHABLE})
"""Excuses that are told but change no denominator."""
USUAL_PROOF = tuple(one for one in ExcuseReason if one not in STAYING)
"""Excuses that need a paper or a photo where the campaign's package says nothing: those that leave the denominator."""


class RequestState(Word):
    """How something asked for stands."""

    ASKED = "asked", "待审批"
    GRANTED = "granted", "已同意"
    DECLINED = "declined", "未同意"


class MeterStanding(Word):
    """How an obligation counts in the meter; only what the firm sent or confirmed is collected."""

    MISSING = "missing", "未填报"
    DRAFT = "draft", "填报中"
    RETURNED = "returned", "已退回"
    OWN = "own", "企业自报"
    FOR_FIRM = "for_firm", "代填待确认"
    CONFIRMED = "confirmed", "代填已确认"
    DISPUTED = "disputed", "代填有异议"
    REFUSED = "refused", "拒报"
    UNREACHABLE = "unreachable", "无法联系"
    SUSPENDED = "suspended", "停产停业（不计）"
    MOVED_OUT = "moved_out", "已迁出（不计）"
    DEREGISTERED = "deregistered", "已注销（不计）"


COUNTED = (MeterStanding.OWN, MeterStanding.CONFIRMED)
"""What counts as collected."""
EXCUSED = (MeterStanding.SUSPENDED, MeterStanding.MOVED_OUT, MeterStanding.DEREGISTERED)
"""What is not in the denominator."""
WANTING = (MeterStanding.MISSING, MeterStanding.DRAFT, MeterStanding.RETURNED, MeterStanding.DISPUTED)
"""Whose firm can still do something about it, and is reminded."""


class ReminderLevel(Word):
    """Who is reminded of a missing card, one after the other."""

    FIRM = "firm", "企业"
    PERSON = "person", "责任人"
    UNIT = "unit", "帮包单位"
    OFFICE = "office", "收卡办公室"


class FlagKind(Word):
    """What looks odd about a card, put to the office as a question (R-E7)."""

    ONE_ORIGIN = "one_origin", "多户同一设备或地址报送"
    IDENTICAL = "identical", "与其他卡片数字完全相同"
    ROUND_FIGURES = "round_figures", "数字过于整齐"
    AS_LAST = "as_last", "与上期完全相同"
