"""The kinds of facts that curves and amendments leave."""

from __future__ import annotations

from zhitong.kit.choices import Word


class CurveFact(Word):
    """What is recorded of curves of expected progress; the thing is the target."""

    PROPOSED = "plans.curve_proposed", "提出进度曲线"
    ACCEPTED = "plans.curve_accepted", "认可进度曲线"
    RETURNED = "plans.curve_returned", "退回进度曲线"


class AmendmentFact(Word):
    """What is recorded of amendments of a plan; the thing is the amendment."""

    DRAFTED = "plans.amendment_drafted", "拟定调整"
    SUBMITTED = "plans.amendment_submitted", "提请批准调整"
    WITHDRAWN = "plans.amendment_withdrawn", "撤回调整"
    REFUSED = "plans.amendment_refused", "未批准调整"
    AMENDED = "plans.amended", "批准调整"
