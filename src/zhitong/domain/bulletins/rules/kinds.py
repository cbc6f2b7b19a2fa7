"""The words of editions: how a paper that is to be issued stands, how a unit answered to its figures, what became of a number."""

from __future__ import annotations

from zhitong.kit.choices import Word


class EditionState(Word):
    """How an edition stands."""

    DRAFTING = "drafting", "起草中"
    CHECKING = "checking", "数据核对中"
    TO_SIGN = "to_sign", "待签发"
    ISSUED = "issued", "已印发"
    DROPPED = "dropped", "已作废"


class CheckState(Word):
    """How a unit answered when it was asked to check its figures; silence is noted, never taken for consent."""

    ASKED = "asked", "待核对"
    CONFIRMED = "confirmed", "确认无误"
    OBJECTED = "objected", "提出异议"
    ADOPTED = "adopted", "异议采纳"
    UPHELD = "upheld", "维持原数"
    SILENT = "silent", "逾期未反馈"


class NumberState(Word):
    """What became of a number in the register."""

    RESERVED = "reserved", "已预留"
    USED = "used", "已使用"
    VOID = "void", "作废"


class PaperSide(Word):
    """From which side a unit looks at editions."""

    OWN = "own", "本单位编发"
    CHECKS = "checks", "请本单位核对"
    RECEIVED = "received", "收到的"


class CheckDuty(Word):
    """What editions ask of a unit."""

    CHECK = "check", "核对数据"
    SETTLE = "settle", "答复异议"
    SUBMIT = "submit", "送签发"
    SIGN_OUT = "sign_out", "签发通报简报"
