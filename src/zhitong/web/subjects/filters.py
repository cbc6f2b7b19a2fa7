"""What the registry can be narrowed to: kind, level, stage, importance, region, list, without care, ended, words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.lists import Filters, lists_of
from zhitong.domain.subjects.rules.kinds import PlatformKind, ProjectStage, ServiceSubKind, SubjectKind
from zhitong.kit.choices import choices_of
from zhitong.web.shell.forms import PlainForm


def _one_of(label: Any, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", gettext_lazy("全部")), *choices])


class SubjectFilters(PlainForm):
    """The bar above the registry; regions are those directly below the viewer's own and the one asked for."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("名称或代码"), "type": "search"}),
    )
    kind = _one_of(gettext_lazy("类别"), choices_of(SubjectKind))
    sub_kind = _one_of(gettext_lazy("小类"), [*choices_of(ServiceSubKind), *choices_of(PlatformKind)])
    tier = _one_of(gettext_lazy("帮扶层级"), choices_of(Rank))
    stage = _one_of(gettext_lazy("项目阶段"), choices_of(ProjectStage))
    importance = _one_of(gettext_lazy("重点级别"), choices_of(Rank)[:3])
    region = _one_of(gettext_lazy("区划"), [])
    list = _one_of(gettext_lazy("名单"), [])
    without_care = forms.BooleanField(label=gettext_lazy("还没有分包"), required=False)

    ended = forms.BooleanField(label=gettext_lazy("只看不再服务的"), required=False)

    def __init__(self, query: QueryDict, viewer: Viewer) -> None:
        super().__init__(query)
        self.regions = _regions(viewer, query.get("region", ""))
        campaign = campaign_in_force()
        drawn = lists_of(viewer, campaign.code) if campaign else []
        self._offer("region", [(code, name) for code, (_id, name) in self.regions.items()])
        self._offer("list", [(str(one.id), _size(one.name, one.members, one.quota)) for one in drawn])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:  # type: ignore[valid-type]
        if choices:
            self.fields[name].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined, misc]
        else:
            del self.fields[name]

    def asked_of(self, asked: Mapping[str, Any]) -> Filters:
        """The house's filters for what is asked."""
        region = self.regions.get(asked.get("region", ""))
        return Filters(
            kinds=(SubjectKind(asked["kind"]),) if "kind" in asked else (),
            sub_kinds=(asked["sub_kind"],) if "sub_kind" in asked else (),
            importances=(Rank(asked["importance"]),) if "importance" in asked else (),
            ended=bool(asked.get("ended")),
            tiers=(Rank(asked["tier"]),) if "tier" in asked else (),
            stages=(ProjectStage(asked["stage"]),) if "stage" in asked else (),
            region_id=region[0] if region else None,
            list_id=UUID(asked["list"]) if "list" in asked else None,
            without_care=bool(asked.get("without_care")),
            words=asked.get("q", ""),
        )


def _size(name: str, members: int, quota: int | None) -> str:
    """A list with how many of its number the viewer sees."""
    return _("%(name)s（%(members)s/%(quota)s）") % {"name": name, "members": members, "quota": quota or "—"}


def _regions(viewer: Viewer, asked: str) -> dict[str, tuple[UUID, str]]:
    here = directory()
    found = {one.code: (one.id, one.name) for one in here.children(viewer.region_id)}
    deep = next((one for one in here.regions.values() if one.code == asked), None)
    if deep is not None and viewer.region_id in {one.id for one in here.path(deep.id)}:
        found.setdefault(deep.code, (deep.id, deep.name))
    return found
