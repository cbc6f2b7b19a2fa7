"""Registering another system in two steps: for which unit, then as which post, with which rights, from where."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.acting_posts import StandingPost, standing_posts_of
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.systems.actions.registering import NewClient, register
from zhitong.domain.systems.rules.clients import (
    KEPT_FOR_PEOPLE,
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    RateClass,
)
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.asking import Once
from zhitong.web.shell.forms import PlainForm
from zhitong.web.systems.views import administrators_only, crumbs_to

_NOBODY = gettext_lazy("本辖区没有这个单位。请填写单位全称、简称或代码，例如“任丘市工信局”。")


class UnitForm(PlainForm):
    """For which unit."""

    unit = forms.CharField(label=gettext_lazy("为哪个单位登记"), max_length=120, help_text=gettext_lazy("单位全称、简称或代码"))

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._viewer = viewer

    def clean_unit(self) -> UnitEntry:
        """The unit of the territory that is meant."""
        words, here = self.cleaned_data["unit"].strip(), directory()
        within = set(here.within(self._viewer.region_id))
        found = [
            one for one in here.units.values() if one.region_id in within and words in (one.code, one.name, one.short)
        ]
        if len(found) != 1:
            raise forms.ValidationError(_("有多个单位叫这个名字，请填写全称或代码。") if found else str(_NOBODY))
        return found[0]


class ClientForm(PlainForm):
    """What the system is, and what it may do."""

    name = forms.CharField(label=gettext_lazy("系统名称"), max_length=LONGEST_NAME, help_text=gettext_lazy("例如：市督办平台"))
    purpose = forms.CharField(
        label=gettext_lazy("接入用来做什么"), max_length=LONGEST_PURPOSE,
        help_text=gettext_lazy("例如：每小时取本局在办问题，显示在本局大屏"),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系人和电话"), max_length=LONGEST_CONTACT,
        help_text=gettext_lazy("出了问题找谁，例如：信息中心 张三 0317-1234567"),
    )
    post = forms.ChoiceField(label=gettext_lazy("代表哪个岗位"), help_text=gettext_lazy("看得到的和这个岗位一样多"))
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("可以办什么"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一项不选，就只能看。评价、审签、管理、密封件和审计只由人办理，不能交给系统。"),
    )
    addresses = forms.CharField(
        label=gettext_lazy("只允许从哪些地址调用"), required=False, max_length=1000,
        help_text=gettext_lazy("例如：10.1.2.3 10.1.0.0/16，用空格分开；不填为不限"),
    )
    rate = forms.ChoiceField(label=gettext_lazy("调用等级"), choices=choices_of(RateClass), initial="ordinary")

    def __init__(self, posts: list[StandingPost], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        granted = frozenset[Permission]().union(*(one.permissions for one in posts)) - KEPT_FOR_PEOPLE
        self.fields["post"].choices = [(str(one.id), one.title) for one in posts]  # type: ignore[attr-defined]
        self.fields["rights"].choices = [  # type: ignore[attr-defined]
            (str(one.value), one.label) for one in Permission if one in granted
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Say for which unit. Raises NotFound: the post does not administer."""
    administrators_only(request.viewer)
    form = UnitForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("systems:register", form.cleaned_data["unit"].id)
    return render(request, "shell/ask.html", {
        "title": _("登记接入系统"), "button": _("下一步"), "form": form, "refusal": "", "back_url": reverse("systems:list"),
        "consequence": _("接入系统归一个单位，以这个单位的一个岗位查看和办理。"), "crumbs": crumbs_to(_("登记接入系统")),
    }, status=422 if form.errors else 200)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Register a system for a unit. Raises NotFound: the post does not administer, or the unit is not of its territory."""
    administrators_only(request.viewer)
    unit = directory().units.get(unit_id)
    if unit is None or unit.region_id not in set(directory().within(request.viewer.region_id)):
        raise NotFound
    form = ClientForm(standing_posts_of(unit_id), request.POST or None)
    page = Once(
        _("登记接入系统：%s") % unit.name, _("登记"), _("登记以后还要发给它密钥才能调用。它办的每一件事，留痕里都写明是它办的。"),
        _("已登记，可以发密钥了。"), reverse("systems:list"), crumbs_to(unit.name),
    )
    return page.respond(request, form, lambda: str(_register(request, unit_id, form.cleaned_data)))


def _register(request: HttpRequest, unit_id: UUID, given: dict[str, Any]) -> UUID:
    new = NewClient(
        unit_id=unit_id, post_id=UUID(given["post"]), name=given["name"], purpose=given["purpose"], contact=given["contact"],
        rights={Permission(one) for one in given["rights"]}, addresses=given["addresses"], rate=RateClass(given["rate"]),
    )
    return register(request.viewer, new, actor=request.viewer.actor("web"), now=clock.now())
