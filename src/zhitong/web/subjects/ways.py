"""The acts on one of the served, as its page offers them: for whom, the form, what is done, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.campaigns.queries import campaign_in_force, tier_rules_in_force
from zhitong.domain.cards.actions.erasing import erase_contact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.actions.caring import enlist
from zhitong.domain.subjects.actions.changing import Change, change, relocate
from zhitong.domain.subjects.actions.ending import Ending, end, resume
from zhitong.domain.subjects.actions.listing import ask_removal
from zhitong.domain.subjects.actions.marking import NewElement, NewMark, set_elements, set_marks
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.queries.known import ElementView, elements_of, marks_of
from zhitong.domain.subjects.queries.lists import lists_of
from zhitong.domain.subjects.queries.one import SubjectView
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, SubjectKind
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.subjects.rules.lists import kinds_on_list
from zhitong.kit import clock
from zhitong.web.shell.components import Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.subjects import forms
from zhitong.web.subjects.fields import initial_of

Made = Callable[[HttpRequest, SubjectView, QueryDict | None], PlainForm]
Done = Callable[[HttpRequest, SubjectView, Any], str]


@dataclass(frozen=True)
class Way:
    """An act: what it is called, whether the office of the territory alone does it, when it is there, its form, what it does
    (the sentence said afterwards), and what follows."""

    label: Text
    icon: str
    consequence: Text
    make: Made
    do: Done
    is_rearranging: bool = False
    is_there: Callable[[SubjectView], bool] = lambda subject: subject.ended_on is None


def _edit_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    initial = {**initial_of(subject.described), "version": subject.version}
    has_alike = sent is not None and "alike_reason" in sent
    return forms.EditForm(sent, subject=subject, viewer=request.viewer, has_alike=has_alike, initial=initial)


def _edit(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said = Change(
        subject_id=subject.id, values=form.described, version=form.cleaned_data["version"],
        alike_reason=form.cleaned_data.get("alike_reason", ""),
    )
    changed = change([said], actor=request.viewer.actor("web"), now=clock.now())
    return _("已保存修改。") if changed else _("没有改动。")


def _note_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    return forms.NoteForm(sent, kind=subject.kind, initial={"period": f"{clock.today():%Y-%m}"})


def _note(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said = form.cleaned_data
    entries = [
        NewFact(
            subject_id=subject.id, code=code, period=said["period"], value=Decimal(said[code.value]), source=FactSource.REGISTRY
        )
        for code in Known if said.get(code.value) is not None
    ]
    noted = note_facts(entries, actor=request.viewer.actor("web"), now=clock.now())
    counted = {"new": noted.new, "replaced": noted.replaced, "same": noted.same}
    return _("已记录：新增%(new)s项，更正%(replaced)s项，相同%(same)s项。") % counted


def _marks_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    borne = [one for one in marks_of(subject.id) if one.until is None]
    initial = {"marks": [one.code for one in borne], "since": clock.today()}
    return forms.MarksForm(sent, borne=borne, rules=tier_rules_in_force(), initial=initial)


def _mark(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said = form.cleaned_data
    marks = [NewMark(code=code, since=said["since"], evidence=said["evidence"]) for code in said["marks"]]
    set_marks({subject.id: marks}, actor=request.viewer.actor("web"), now=clock.now())
    return _("已保存。帮扶级别在下一次分级时按新的条件计算。")


def _element_named(request: HttpRequest, subject: SubjectView) -> ElementView | None:
    name = request.GET.get("name", "")
    return next((one for one in elements_of(subject.id) if one.name == name), None)


def _element_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    one = _element_named(request, subject)
    initial = {} if one is None else {
        "element": one.element.value, "name": one.name, "state": one.state.value, "done_on": one.done_on,
        "unit": str(one.unit_id or ""), "note": one.note,
    }
    above = [region.id for region in directory().path(subject.region_id)]
    return forms.ElementForm(sent, region_ids=above, standing=one, initial=initial)


def _set_element(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said, before = form.cleaned_data, _element_named(request, subject)
    kept = [_said_again(one) for one in elements_of(subject.id) if before is None or one.name != before.name]
    if not said.get("drop"):
        kept.append(NewElement(
            element=said["element"], name=said["name"], state=said["state"], done_on=said["done_on"], unit_id=said["unit"],
            note=said["note"],
        ))
    set_elements({subject.id: kept}, actor=request.viewer.actor("web"), now=clock.now())
    return _("已更新要件清单。")


def _said_again(one: ElementView) -> NewElement:
    return NewElement(
        element=one.element, name=one.name, state=one.state, done_on=one.done_on, unit_id=one.unit_id, note=one.note
    )


def _relocate_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    return forms.RelocateForm(sent, viewer=request.viewer, initial={"version": subject.version})


def _relocate(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said = form.cleaned_data
    relocate(
        subject_id=subject.id, region_id=said["region"], reason=said["reason"], is_ruling=said["ruling"] == "ruled",
        version=said["version"], actor=request.viewer.actor("web"), now=clock.now(),
    )
    return _("属地已变更。")


def _lists_offered(request: HttpRequest, subject: SubjectView) -> list[tuple[str, str]]:
    campaign = campaign_in_force()
    standing = {one.id for one in subject.lists}
    kinds = kinds_on_list(subject.kind)
    drawn = lists_of(request.viewer, campaign.code) if campaign else []
    return [(str(one.id), one.name) for one in drawn if one.kind in kinds and one.id not in standing]


def _enlist_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    return forms.EnlistForm(sent, lists=_lists_offered(request, subject))


def _enlist(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    enlist(UUID(form.cleaned_data["list"]), [subject.id], actor=request.viewer.actor("web"), now=clock.now())
    return _("已列入名单。")


def _remove_form(request: HttpRequest, subject: SubjectView, sent: QueryDict | None) -> PlainForm:
    return forms.RemoveForm(sent, lists=[(str(one.id), one.name) for one in subject.lists])


def _remove(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said = form.cleaned_data
    asked = ask_removal(
        subject_id=subject.id, list_id=UUID(said["list"]), cause=said["cause"], proof=said["proof"],
        actor=request.viewer.actor("web"), now=clock.now(),
    )
    return _("已移出名单。") if asked.is_done else _("已提请确定名单的单位审定，审定前仍在名单上。")


def _end(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    said = form.cleaned_data
    ending = Ending(subject_id=subject.id, reason=said["reason"], on=said["on"], proof=said["proof"])
    end([ending], actor=request.viewer.actor("web"), now=clock.now())
    return _("已登记不再服务。")


def _resume(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    resume(
        subject_id=subject.id, reason=form.cleaned_data["reason"], actor=request.viewer.actor("web"), now=clock.now()
    )
    return _("已恢复服务。")


def _forget(request: HttpRequest, subject: SubjectView, form: Any) -> str:
    erase_contact(
        subject_id=subject.id, reason=form.cleaned_data["reason"], actor=request.viewer.actor("web"), now=clock.now()
    )
    return _("已删除联系人信息。")


WAYS: Mapping[str, Way] = {
    "edit": Way(gettext_lazy("修改登记"), "pencil", gettext_lazy("改动会记入履历，写明原来是什么。"), _edit_form, _edit),
    "note": Way(
        gettext_lazy("记录数据"), "chart-bar", gettext_lazy("同一期同一项后报的为准；被替换的数记入履历。"), _note_form, _note,
        is_there=lambda subject: subject.ended_on is None and subject.sees_figures,
    ),
    "elements": Way(
        gettext_lazy("更新要件"), "list-check", gettext_lazy("同名要件按这次填的为准。"), _element_form, _set_element,
        is_there=lambda subject: subject.ended_on is None and subject.kind is SubjectKind.PROJECT,
    ),
    "marks": Way(
        gettext_lazy("登记资质"), "award", gettext_lazy("去掉勾的从今天起不再具备；分级结果在下一次分级时更新。"), _marks_form, _mark,
        is_there=lambda subject: subject.ended_on is None and subject.kind in {*ENTERPRISES, SubjectKind.PROJECT},
    ),
    "enlist": Way(
        gettext_lazy("列入名单"), "plus", gettext_lazy("从今天起列入；以后各期的应报按名单写入。"), _enlist_form, _enlist,
        is_rearranging=True,
    ),
    "remove": Way(
        gettext_lazy("移出名单"), "arrow-back-up",
        gettext_lazy("由确定名单的单位审定；审定前仍在名单上，仍计入应报。"), _remove_form, _remove, is_rearranging=True,
        is_there=lambda subject: subject.ended_on is None and bool(subject.lists),
    ),
    "relocate": Way(
        gettext_lazy("变更属地"), "sitemap", gettext_lazy("变更后由新的属地服务，已经受理的问题仍由原单位办完。"),
        _relocate_form, _relocate, is_rearranging=True,
    ),
    "end": Way(
        gettext_lazy("不再服务"), "x",
        gettext_lazy("分包从今天起结束；所在名单提请确定名单的单位审定移出；企业仍能登录查看未办结的问题。"),
        lambda request, subject, sent: forms.EndForm(sent, initial={"on": clock.today()}), _end, is_rearranging=True,
    ),
    "forget": Way(
        gettext_lazy("删除联系人"), "trash",
        gettext_lazy("联系人姓名、电话和报送卡片上填报人的姓名、电话将被删除，不能恢复；企业、问题和办理经过都保留。删除会留痕。"),
        lambda request, subject, sent: forms.ReasonForm(sent), _forget, is_rearranging=True, is_there=lambda subject: True,
    ),
    "resume": Way(
        gettext_lazy("恢复服务"), "refresh", gettext_lazy("恢复后重新计入名册；已移出的名单须另行列入。"),
        lambda request, subject, sent: forms.ReasonForm(sent), _resume, is_rearranging=True,
        is_there=lambda subject: subject.ended_on is not None and subject.merged_into_id is None,
    ),
}
