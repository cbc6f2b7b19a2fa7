"""At the office's desk: accept, ask more, decline, dispatch, reassign; and the reporter's supplement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions import prechecking, receiving
from zhitong.domain.problems.queries.page import ProblemPage
from zhitong.domain.problems.queries.units import ChargeableUnit, units_to_charge
from zhitong.domain.problems.rules.kinds import DeclineReason, PrecheckFinding
from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.fields import ActForm, ProseField, UnitField, UnitSelect, WordField
from zhitong.web.problems.way import Group, Way


class QuestionForm(ActForm):
    question = ProseField(
        gettext_lazy("需要企业补正什么"), gettext_lazy("例如：请补充用电报装申请的编号和申请日期。只能要求补正一次。")
    )


class PrecheckForm(ActForm):
    finding = WordField(PrecheckFinding, gettext_lazy("初核结论"))
    text = ProseField(
        gettext_lazy("核实的情况"),
        gettext_lazy("写明怎样核实的。已就地解决的写给企业的答复，退回补正的写要企业补充什么；企业会看到。"), rows=4,
    )


class SupplyForm(ActForm):
    text = ProseField(gettext_lazy("补充说明"), gettext_lazy("办公室需要您补充的内容见上方“需补正”。"), rows=5)


class DeclineForm(ActForm):
    reason = WordField(DeclineReason, gettext_lazy("不予受理的理由"))
    rule = ProseField(gettext_lazy("依据"), gettext_lazy("写明文件名称和条款，企业会看到。"))
    channel = ProseField(gettext_lazy("正确渠道"), gettext_lazy("例如：可向仲裁委员会申请仲裁，电话 0317-0000000。"))


class ChargeForm(ActForm):
    """Handing to a unit: `units` come with the suggestion first."""

    needs_units = True
    unit_id = UnitField(
        label=gettext_lazy("交给哪个单位"), widget=UnitSelect(attrs={"data-choose": ""}),
        error_messages={"invalid_choice": gettext_lazy("请从列出的单位中选择。")},
    )
    reason = ProseField(gettext_lazy("交办依据"), gettext_lazy("写明为什么由该单位办理，企业会看到。"))

    @classmethod
    def about(cls, viewer: Viewer, found: ProblemPage) -> dict[str, Any]:
        """The units that the viewer may charge."""
        return {"units": units_to_charge(viewer, found.standing)}

    def __init__(self, *args: Any, units: Sequence[ChargeableUnit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit_id"]
        field.choices = choices_of(units)
        field.widget.closed = frozenset(str(unit.id) for unit in units if unit.through)
        if units and units[0].is_suggested:
            field.initial = str(units[0].id)
            field.help_text = _("已按条线选好%s，可以改选。") % units[0].name


def choices_of(units: Sequence[ChargeableUnit]) -> list[Any]:
    """Units to choose from: the suggestion, then region by region."""
    suggested = [(str(unit.id), unit.name) for unit in units if unit.is_suggested]
    groups = groupby((unit for unit in units if not unit.is_suggested), lambda unit: unit.region)
    return [
        ("", _("请选择单位")),
        *([(_("建议"), suggested)] if suggested else []),
        *((region, [(str(unit.id), _named(unit)) for unit in members]) for region, members in groups),
    ]


def _named(unit: ChargeableUnit) -> str:
    return _("%(unit)s（须商请，请交给%(through)s）") % {"unit": unit.name, "through": unit.through} if unit.through else unit.name


WAYS: Mapping[Act, Way] = {
    Act.ACCEPT: Way(
        ActForm, receiving.Accept, receiving.accept, gettext_lazy("已受理，请交办给承办单位。"), "circle-check"
    ),
    Act.PRECHECK: Way(
        PrecheckForm, prechecking.Precheck, prechecking.precheck, gettext_lazy("已登记初核结论，后续由系统转办。"), "search"
    ),
    Act.ASK_MORE: Way(
        QuestionForm, receiving.AskMore, receiving.ask_more, gettext_lazy("已请企业补正，企业补充后回到本办。"), "help"
    ),
    Act.SUPPLY: Way(
        SupplyForm, receiving.Supply, receiving.supply, gettext_lazy("已补充，活动办公室会继续受理。"), "pencil",
        plain=gettext_lazy("补充说明"),
    ),
    Act.DECLINE: Way(
        DeclineForm, receiving.Decline, receiving.decline, gettext_lazy("已不予受理，企业会看到理由和正确渠道。"), "ban"
    ),
    Act.DISPATCH: Way(
        ChargeForm, receiving.Dispatch, receiving.dispatch, gettext_lazy("已交办，承办时限开始计算。"), "send"
    ),
    Act.REASSIGN: Way(
        ChargeForm, receiving.Dispatch, receiving.reassign, gettext_lazy("已改派，原单位仍可查看。"), "transfer",
        group=Group.SHARING,
    ),
}
