"""Two regions side by side: the same targets, the share of the way, the light; only regions of one's own territory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import Compared
from zhitong.kit.refusals import NotFound
from zhitong.web.progress import tables
from zhitong.web.progress.choosing import regions_offered
from zhitong.web.progress.tables import TargetLine
from zhitong.web.shell.components import Empty
from zhitong.web.shell.forms import PlainForm


class Sides(PlainForm):
    """Which two regions."""

    left = forms.ChoiceField(label=gettext_lazy("甲地"), required=False)
    right = forms.ChoiceField(label=gettext_lazy("乙地"), required=False)

    def __init__(self, *args: Any, regions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("left", "right"):
            self.fields[name].choices = [("", _("请选择")), *regions]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Pair:
    """One indicator in both regions; `ahead` says which has come further on the way."""

    name: str
    task: str
    left: TargetLine | None
    right: TargetLine | None
    ahead: str


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Two regions side by side; with fewer than two named, the question which.

    Raises NotFound: the viewer watches nothing, or a region named is not the viewer's to watch.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not watching.may_watch(viewer):
        raise NotFound
    sides = [_side(request.GET.get(name, "")) for name in ("left", "right")]
    left, right = sides
    found = watching.compared(viewer, left.id, right.id) if left and right and left != right else []
    for one in (left, right):
        if one:
            watching.watched_region(viewer, one.id)
    pairs = [_pair(one, left, right) for one in found if one.is_shared and left and right]
    return render(request, "progress/compare.html", {
        "form": Sides(request.GET, regions=regions_offered(viewer)),
        "left": left,
        "right": right,
        "title": _finding(pairs, left, right),
        "pairs": pairs,
        "alone": [
            (_("只有%s有的目标") % side.name, [tables.target_line(target, side.code) for target in targets])
            for side, targets in _alone(found, left, right) if targets
        ],
        "nothing": Empty(
            _("选两个地区，看同样的目标各走到哪里"), _("只能选本辖区内的地区。两地都有的目标并排列出。"), icon="columns",
        ) if not (left and right and left != right) else Empty(
            _("两地没有同样的目标"), _("目标分解下达到两地后，这里并排列出。"), icon="columns",
        ),
    })


def _side(code: str) -> RegionEntry | None:
    found = directory().region_coded(code) if code else None
    if code and found is None:
        raise NotFound
    return found


def _pair(one: Compared, left: RegionEntry, right: RegionEntry) -> Pair:
    first = tables.target_line(one.left, left.code) if one.left else None
    second = tables.target_line(one.right, right.code) if one.right else None
    return Pair(
        one.either.name, f"{one.either.task_number} {one.either.task_title}", first, second, _ahead(one, left, right)
    )


def _ahead(one: Compared, left: RegionEntry, right: RegionEntry) -> str:
    """Which side has come further, by how much of the way; empty where one of them has no share."""
    shares = [side.judged.share if side and side.judged else None for side in (one.left, one.right)]
    if shares[0] is None or shares[1] is None:
        return ""
    difference = round((shares[0] - shares[1]) * 100)
    if not difference:
        return _("相同")
    return _("%(place)s多 %(points)d 个百分点") % {
        "place": left.short if difference > 0 else right.short, "points": abs(difference),
    }


def _alone(
    found: Sequence[Compared], left: RegionEntry | None, right: RegionEntry | None
) -> list[tuple[RegionEntry, list[watching.WatchedTarget]]]:
    sides = []
    if left and right:
        sides.append((left, [one.left for one in found if one.left and not one.right]))
        sides.append((right, [one.right for one in found if one.right and not one.left]))
    return sides


def _finding(pairs: Sequence[Pair], left: RegionEntry | None, right: RegionEntry | None) -> str:
    if not (left and right and pairs):
        return _("两地比较")
    return _("%(left)s和%(right)s：同样的目标 %(every)d 项，达到序时 %(good)d 项和 %(other)d 项") % {
        "left": left.name, "right": right.name, "every": len(pairs),
        "good": sum(1 for one in pairs if one.left and one.left.target.light in tables.GOOD),
        "other": sum(1 for one in pairs if one.right and one.right.target.light in tables.GOOD),
    }
