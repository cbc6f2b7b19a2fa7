"""From above: advise, coordinate, take over; the reporter's asking a level above to look in; opening again what had ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions import climbing, leading
from zhitong.domain.problems.queries.page import ProblemPage
from zhitong.domain.problems.queries.units import ChargeableUnit, units_to_charge
from zhitong.domain.problems.rules.leading import SHARES_AT_MOST
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.web.problems.acts.receiving import choices_of
from zhitong.web.problems.fields import ActForm, DayField, ProseField, UnitField
from zhitong.web.problems.way import Way

WORKDAYS_AT_MOST = 60


class AdviseForm(ActForm):
    reason = ProseField(
        gettext_lazy("上级意见"), gettext_lazy("写明怎么办、依据什么、由谁落实。提请单位和企业都会看到。"), rows=5
    )


class CoordinateForm(ActForm):
    """When and by whom, what was decided, and who does what by when."""

    held_on = DayField(label=gettext_lazy("协调日期"))
    chaired_by = ProseField(gettext_lazy("主持人"), gettext_lazy("姓名和职务。"), rows=1, max_length=60)
    decided = ProseField(gettext_lazy("议定事项"), gettext_lazy("写明议定了什么，企业会看到。"), rows=4)

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The units beside and below that may be given a share."""
        return {"units": units_to_charge(viewer, found.standing)}

    def __init__(self, *args: Any, units: Sequence[ChargeableUnit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, SHARES_AT_MOST + 1):
            self.add(f"unit_{place}", UnitField(
                label=_("负责单位 %d") % place, choices=choices_of(units), required=place == 1,
                help_text="" if place == 1 else _("没有更多单位的不用选。"),
            ))
            self.add(f"text_{place}", ProseField(_("单位 %d 的任务") % place, rows=2, required=place == 1))
            self.add(f"workdays_{place}", forms.IntegerField(
                label=_("几个工作日内反馈"), min_value=1, max_value=WORKDAYS_AT_MOST, required=False,
                help_text=_("不填的按协办反馈时限计算。"),
            ))

    def clean_held_on(self) -> date:
        """What was decided has been held.

        Raises ValidationError: the day has not come yet.
        """
        given: date = self.cleaned_data["held_on"]
        if given > clock.today():
            raise forms.ValidationError(_("协调日期不能晚于今天。"))
        return given

    def clean(self) -> dict[str, Any]:
        """The shares as the act wants them; a unit needs its task, and a task its unit."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        shares = []
        for place in range(1, SHARES_AT_MOST + 1):
            unit_id, text = given.get(f"unit_{place}"), given.get(f"text_{place}")
            if isinstance(unit_id, UUID) and text:
                shares.append(leading.Share(unit_id, text, given.get(f"workdays_{place}")))
            elif unit_id or text:
                missing = "text" if unit_id else "unit"
                if f"{missing}_{place}" not in self.errors:
                    self.add_error(f"{missing}_{place}", _("单位和任务要一起填写。"))
        named = {name: given.get(name) for name in ("held_on", "chaired_by", "decided")}
        return {**named, "shares": tuple(shares)}


class TakeOverForm(ActForm):
    reason = ProseField(gettext_lazy("提级办理的理由"), gettext_lazy("写明为什么由本级直接办理。企业和下级都会看到。"))


class LookInForm(ActForm):
    words = ProseField(gettext_lazy("请上级过问什么"), gettext_lazy("写明办到哪一步、哪里没有进展。"), rows=4)


class AnswerLookInForm(ActForm):
    text = ProseField(gettext_lazy("过问结果"), gettext_lazy("写明了解到的情况和下一步。企业会看到。"), rows=4)


class ReopenForm(ActForm):
    new_facts = ProseField(gettext_lazy("新的事实"), gettext_lazy("写明终结或撤回后出现了什么新情况；没有新的事实不能重新受理。"))


WAYS: Mapping[Act, Way] = {
    Act.ADVISE: Way(
        AdviseForm, climbing.Rule, leading.advise, gettext_lazy("已提出意见，由提请单位继续办理。"), "corner-up-left"
    ),
    Act.COORDINATE: Way(
        CoordinateForm, leading.Coordinate, leading.coordinate, gettext_lazy("已登记统筹协调，任务已分给有关单位。"), "users"
    ),
    Act.TAKE_OVER: Way(
        TakeOverForm, leading.TakeOver, leading.take_over, gettext_lazy("已提级办理，下级仍需告知企业。"), "arrow-up"
    ),
    Act.LOOK_IN: Way(
        LookInForm, leading.LookIn, leading.look_in, gettext_lazy("已请上级活动办公室过问，答复后会告诉您。"), "eye",
        plain=gettext_lazy("请上级过问"),
    ),
    Act.ANSWER_LOOK_IN: Way(
        AnswerLookInForm, leading.AnswerLookIn, leading.answer_look_in, gettext_lazy("已答复企业，承办责任不变。"), "message"
    ),
    Act.REOPEN: Way(
        ReopenForm, leading.Reopen, leading.reopen, gettext_lazy("已重新受理，请交办给承办单位。"), "refresh"
    ),
}
