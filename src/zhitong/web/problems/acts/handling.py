"""At the handler's desk: acknowledge, reply, send back, complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.problems.actions import handling
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.web.problems.fields import ActForm, DayField, ProseField, WordField
from zhitong.web.problems.way import Way


class AcknowledgeForm(ActForm):
    contact = ProseField(
        gettext_lazy("怎样联系了企业"), gettext_lazy("例如：已电话联系企业负责人，约定明天上午到现场。企业会看到。")
    )


class ReplyForm(ActForm):
    text = ProseField(gettext_lazy("办到哪一步了"), gettext_lazy("写明进展和下一步，企业会看到。"), rows=4)


class SendBackForm(ActForm):
    rule = ProseField(gettext_lazy("退回依据"), gettext_lazy("写明职责规定，例如：某局“三定”规定第二条第（四）项。"))
    whose = ProseField(gettext_lazy("应由谁办"), gettext_lazy("写明单位名称和理由。"))


class CompleteForm(ActForm):
    """An honest outcome: planned needs a day ahead, cannot needs the power that is missing."""

    outcome = WordField(
        Outcome, gettext_lazy("办理结果"), help_text=gettext_lazy("只有“已解决”不需再核查；请如实选择。")
    )
    planned_on = DayField(
        label=gettext_lazy("计划完成日期"), conditional=True, help_text=gettext_lazy("选“列入计划”时必填，企业会看到。")
    )
    power_missing = WordField(
        PowerMissing, gettext_lazy("缺少哪项权限或条件"), conditional=True,
        help_text=gettext_lazy("选“无法解决”时必填；上级有此权限的，可先提出提请上级协调。"),
    )
    text = ProseField(gettext_lazy("答复企业的内容"), gettext_lazy("写明怎样解决、谁办的、什么时候见效。企业会看到。"), rows=5)

    def clean(self) -> dict[str, Any]:
        """Hold the outcome to what makes it honest; what another outcome asks for is left out."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = given.get("outcome")
        if outcome is not Outcome.PLANNED:
            given["planned_on"] = None
            self.errors.pop("planned_on", None)
        elif "planned_on" in given and given["planned_on"] is None:
            self.add_error("planned_on", _("“列入计划”须写明计划完成日期。"))
        elif given.get("planned_on") and given["planned_on"] <= clock.today():
            self.add_error("planned_on", _("计划完成日期应晚于今天；今天已完成的，请选“已解决”。"))
        if outcome is not Outcome.CANNOT:
            given["power_missing"] = None
        elif given.get("power_missing") is None:
            self.add_error("power_missing", _("“无法解决”须选择缺少哪项权限或条件。"))
        return given


WAYS: Mapping[Act, Way] = {
    Act.ACKNOWLEDGE: Way(
        AcknowledgeForm, handling.Acknowledge, handling.acknowledge,
        gettext_lazy("已签收，现由本单位办理；联系情况企业已能看到。"), "phone",
    ),
    Act.REPLY: Way(
        ReplyForm, handling.Reply, handling.reply, gettext_lazy("已答复进展，企业已能看到。"), "message"
    ),
    Act.SEND_BACK: Way(
        SendBackForm, handling.SendBack, handling.send_back, gettext_lazy("已退回，由活动办公室重新交办。"), "arrow-back-up"
    ),
    Act.COMPLETE: Way(
        CompleteForm, handling.Complete, handling.complete, gettext_lazy("已办结，答复已送出。"), "checks"
    ),
}
