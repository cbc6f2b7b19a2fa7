"""Between the levels: propose, keep, escalate, what the level above rules, passing the answer down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions import climbing
from zhitong.domain.problems.queries.page import ProblemPage
from zhitong.domain.problems.rules.kinds import PowerMissing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.web.problems.fields import ActForm, DayField, ProseField, WordField
from zhitong.web.problems.way import Way


class ProposeForm(ActForm):
    """What was tried stands there already where a consulted body left two letters unanswered."""

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """What the letters without an answer say was tried."""
        return {"initial": {"tried": found.sharing.unanswered_twice}}

    tried = ProseField(gettext_lazy("本级已做的工作"), gettext_lazy("例如：已与供电公司协商两次，未能调整错峰方案。"))
    power_missing = WordField(PowerMissing, gettext_lazy("本级缺少什么"))
    asked_for = ProseField(gettext_lazy("请上级做什么"), gettext_lazy("写成一件可以办的事。"))


class ReasonForm(ActForm):
    reason = ProseField(gettext_lazy("理由"), gettext_lazy("写明理由和办理意见，承办单位会看到。"))


class EscalateForm(ActForm):
    consent_by = ProseField(
        gettext_lazy("同意上报的负责人"), gettext_lazy("姓名和职务；已线下审签的照实登记。"), rows=1, max_length=60
    )
    consent_on = DayField(label=gettext_lazy("同意日期"))

    def clean_consent_on(self) -> date:
        """Consent lies behind us.

        Raises ValidationError: the day has not come yet.
        """
        given: date = self.cleaned_data["consent_on"]
        if given > clock.today():
            raise forms.ValidationError(_("同意日期不能晚于今天。"))
        return given


class PassDownForm(ActForm):
    note = ProseField(gettext_lazy("给下级的话"), gettext_lazy("例如：请当面告知企业并记录。"), required=False)


WAYS: Mapping[Act, Way] = {
    Act.PROPOSE: Way(
        ProposeForm, climbing.Propose, climbing.propose, gettext_lazy("已提出，等活动办公室审核；承办时限不停。"), "arrow-up"
    ),
    Act.KEEP: Way(
        ReasonForm, climbing.Keep, climbing.keep, gettext_lazy("未同意上报，由原单位继续办理。"), "arrow-down"
    ),
    Act.ESCALATE: Way(
        EscalateForm, climbing.Escalate, climbing.escalate, gettext_lazy("已提请上级，本级仍需告知企业。"), "arrow-up"
    ),
    Act.ASK_LOWER: Way(
        ReasonForm, climbing.Rule, climbing.ask_lower, gettext_lazy("已请下级补充。"), "help"
    ),
    Act.RULE_OWN_LEVEL: Way(
        ReasonForm, climbing.Rule, climbing.rule_own_level, gettext_lazy("已退给提请单位继续办理。"), "corner-up-left"
    ),
    Act.PASS_DOWN: Way(
        PassDownForm, climbing.PassDown, climbing.pass_down, gettext_lazy("已向下级传答复。"), "arrow-down"
    ),
}
