"""Before the ledger: the check of what was not simply solved, and of what nobody rated."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from zhitong.domain.problems.actions import settling
from zhitong.domain.problems.rules.kinds import CheckedBy
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.fields import ActForm, ProseField, WordField
from zhitong.web.problems.way import Way


class VerifyForm(ActForm):
    checked_by = WordField(CheckedBy, gettext_lazy("怎样核查的"))
    checked = ProseField(
        gettext_lazy("核查情况"), gettext_lazy("写明向谁核实、看到什么、与答复是否一致；有材料的写明名称和文号。"), rows=4
    )


class FindWantingForm(ActForm):
    checked_by = WordField(CheckedBy, gettext_lazy("怎样核查的"))
    reason = ProseField(gettext_lazy("哪里与答复不一致"), gettext_lazy("写明核查到的情况，承办单位和企业都会看到。"), rows=4)


WAYS: Mapping[Act, Way] = {
    Act.VERIFY: Way(
        VerifyForm, settling.Verify, settling.verify, gettext_lazy("已登记核查情况；列入计划的已挂账，到期恢复办理。"), "list-check"
    ),
    Act.FIND_WANTING: Way(
        FindWantingForm, settling.FindWanting, settling.find_wanting, gettext_lazy("已退回答复单位重新办理。"), "arrow-back-up"
    ),
    Act.CLOSE_UNRATED: Way(
        VerifyForm, settling.CloseUnrated, settling.close_unrated, gettext_lazy("已销号归档，评价为空，不计为满意。"),
        "clipboard-check",
    ),
}
