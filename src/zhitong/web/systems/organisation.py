"""组织机构导出导入: the territory as a file, held against first, then taken in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.tree import tree_of
from zhitong.domain.organisations.rules.kinds import Subordination, UnitKind
from zhitong.domain.organisations.rules.tree import Change, Difference, Tree, UnreadableTree, read, told
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.staffing import take_in_organisation
from zhitong.domain.problems.queries.staffing import differences_with_work
from zhitong.kit import clock
from zhitong.kit.choices import Word
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.shell.components import Crumb, Empty, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.systems.views import administrators_only

MOST_BYTES = 10_000_000
LOOK, TAKE = "look", "take"
THINGS: Mapping[str, Text] = {
    "region": gettext_lazy("区划"), "unit": gettext_lazy("单位"), "person": gettext_lazy("人员"), "post": gettext_lazy("岗位"),
    "tenure": gettext_lazy("任职"),
}
FIELDS: Mapping[str, Text] = {
    "name": gettext_lazy("名称"), "short": gettext_lazy("简称"), "rank": gettext_lazy("级别"), "kind": gettext_lazy("类别"),
    "parent": gettext_lazy("上级区划"), "region": gettext_lazy("区划"), "subordination": gettext_lazy("管理体制"),
    "host": gettext_lazy("依托单位"), "contact_unit": gettext_lazy("对口联系单位"), "all_lines": gettext_lazy("承担全部条线"),
    "lines": gettext_lazy("条线"), "aliases": gettext_lazy("别名"),
}
WORDS: Mapping[str, type[Word]] = {"kind": UnitKind, "subordination": Subordination}
MOST_TOLD = 300


class TreeForm(PlainForm):
    """A file, and whether it is only held against."""

    file = forms.FileField(label=gettext_lazy("组织机构文件"), help_text=gettext_lazy("从这里导出的 JSON 文件，改好的；最大10MB"))
    what = forms.ChoiceField(
        label=gettext_lazy("做什么"), initial=LOOK, widget=forms.RadioSelect,
        choices=[(LOOK, gettext_lazy("只对照，看会改什么")), (TAKE, gettext_lazy("导入"))],
    )

    def clean_file(self) -> Tree:
        """The file as it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大，最大10MB。请按下级地区分几次导入。"))
        try:
            return read(json.loads(sent.read().decode("utf-8-sig")))
        except (UnicodeDecodeError, ValueError) as error:
            sentence = str(error) if isinstance(error, UnreadableTree) else _("这不是 JSON 文件。请上传从这里导出、改好的文件。")
            raise forms.ValidationError(sentence) from error


@dataclass(frozen=True)
class Told:
    """A difference in words: what changes, where, from what to what; or why it may not be."""

    change: Text
    what: Text
    name: str
    code: str
    changes: Sequence[tuple[Text, str, str]]
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: HttpRequest) -> HttpResponse:
    """Hold a file against the territory, or take it in. Raises NotFound: the post does not administer."""
    administrators_only(request.viewer)
    if request.method != "POST":
        return _page(request, TreeForm())
    form = TreeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    wanted: Tree = form.cleaned_data["file"]
    try:
        if form.cleaned_data["what"] == LOOK:
            found = differences_with_work(request.viewer, wanted, today=clock.today())
            return _page(request, TreeForm(initial={"what": TAKE}), found=found)
        done, _is_new = send_once(
            request, lambda: len(take_in_organisation(request.viewer, wanted, actor=request.viewer.actor("web"), now=clock.now()))
        )
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return _page(request, form, status=409)
    messages.success(request, _("已导入，改了 %d 处。") % done)
    return redirect("systems:organisation")


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """The territory as a file. Raises NotFound: the post does not administer."""
    administrators_only(request.viewer)
    tree = tree_of(request.viewer, today=clock.today())
    answer = HttpResponse(
        json.dumps(told(tree), ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="organisation-{tree.region}-{clock.today():%Y%m%d}.json"'
    return answer


def _page(request: HttpRequest, form: TreeForm, *, found: list[Difference] | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form, "is_held_against": found is not None, "count": len(found or []),
        "found": [_told_in_words(one) for one in _refused_first(found or [])[:MOST_TOLD]],
        "refused": sum(one.change is Change.REFUSED for one in found or []), "most": MOST_TOLD,
        "once_key": new_key() if form.errors else key_of(request),
        "crumbs": [Crumb(_("组织机构导出导入"))],
        "nothing": Empty(_("没有不同"), _("文件和现在的组织机构一致，导入不会改动任何内容。"), icon="shield-check"),
    }
    return render(request, "systems/organisation.html", context, status=status)


def _refused_first(found: Sequence[Difference]) -> list[Difference]:
    return sorted(found, key=lambda one: one.change is not Change.REFUSED)


def _told_in_words(one: Difference) -> Told:
    code, _space, rest = one.key.partition(" ")
    entry = directory().region_coded(code) if one.what == "region" else directory().unit_coded(code)
    name = f"{entry.name} {rest}".strip() if entry else one.key
    changes = [(FIELDS.get(field, field), *(_word(field, value) for value in pair)) for field, pair in one.fields.items()]
    return Told(one.change.label, THINGS.get(one.what, one.what), name, code if entry else "", changes, one.why)


def _word(field: str, value: str) -> str:
    """A kind by its name; everything else as it is written."""
    return next((str(one.label) for one in WORDS.get(field, ()) if str(one.value) == value), value)
