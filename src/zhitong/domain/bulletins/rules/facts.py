"""The kinds of facts an edition leaves, in the words its timeline uses."""

from __future__ import annotations

from zhitong.kit.choices import Word


class EditionFact(Word):
    """What happens to an edition and to the numbers of its series."""

    DRAFTED = "edition.drafted", "起草"
    EDITED = "edition.edited", "修改文稿"
    REDRAWN = "edition.redrawn", "重新统计"
    CHECK_ASKED = "edition.check_asked", "送数据核对"
    CHECK_CONFIRMED = "edition.check_confirmed", "确认数据无误"
    CHECK_OBJECTED = "edition.check_objected", "对数据提出异议"
    CHECK_SETTLED = "edition.check_settled", "答复异议"
    CHECK_CLOSED = "edition.check_closed", "结束数据核对，送签发"
    RETURNED = "edition.returned", "退回修改"
    ISSUED = "edition.issued", "签发印发"
    DROPPED = "edition.dropped", "作废文稿"
    NUMBER_RESERVED = "edition.number_reserved", "预留文号"
    NUMBER_VOIDED = "edition.number_voided", "文号作废"
