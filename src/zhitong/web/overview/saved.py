"""Saved views: the shelf above the overview, opening one, saving what one looks at, naming anew and sharing, deleting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.analysis.actions.views import delete_view, rename_view, save_view, share_view
from zhitong.domain.analysis.queries.views import ViewRow, opened, view_seen, views_for
from zhitong.domain.analysis.rules.views import LONGEST_NAME, Sharing, dimensions_of, may_look
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.overview.asking import Asked, asked_of, query_of
from zhitong.web.problems.fields import ProseField, WordField
from zhitong.web.shell.components import Confirmation, Crumb, Empty, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.visits.asking import tried


class ViewForm(PlainForm):
    """A view's name and who else finds it."""

    name = ProseField(gettext_lazy("视图名称"), gettext_lazy("例如：本月各县能源类"), rows=1, max_length=LONGEST_NAME)
    sharing = WordField(Sharing, gettext_lazy("谁能看到这个视图"), initial=Sharing.POST.value)


@dataclass(frozen=True)
class Shelved:
    """A view on the shelf: its name, whose it is where it is not one's own, its address."""

    name: str
    by: str
    url: str
    current: bool


@dataclass(frozen=True)
class Shelf:
    """The views above the overview; `notes` say what of the one that is open is not as it was saved."""

    views: Sequence[Shelved]
    notes: Sequence[str]
    save_url: str
    every_url: str


def shelf_of(viewer: Viewer, asked: Asked, current: str) -> Shelf:
    """The views that the viewer finds, the open one marked; one query."""
    views = views_for(viewer)
    open_one = next((one for one in views if str(one.id) == current), None)
    save = asked.address(view="").partition("?")[2]
    return Shelf(
        [_shelved(one, one is open_one) for one in views], opened(viewer, open_one).notes if open_one else (),
        f"{reverse('overview:save', args=[asked.region.code])}{'?' if save else ''}{save}", reverse("overview:views"),
    )


def _shelved(one: ViewRow, is_open: bool) -> Shelved:
    return Shelved(one.name, "" if one.is_own else one.unit, reverse("overview:open", args=[one.id]), is_open)


@require_GET
def open_one(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """The overview as a view has it, cut to the reader's own region and lines.

    Raises NotFound: there is no such view for the viewer.
    """
    look = opened(request.viewer, view_seen(request.viewer, view_id)).look
    here = directory()
    asked, _form = asked_of(request.viewer, here.regions[look.region_id], request.GET, clock.now())
    return redirect(asked.address(**query_of(look, here.lines, view=str(view_id))))


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest, code: str) -> HttpResponse:
    """Save what the address asks.

    Raises NotFound: the region does not lie inside the viewer's own. Raises NotYours: the post oversees nothing.
    """
    require(request.viewer, Permission.OVERSEE)
    region = directory().region_coded(code)
    if region is None or not may_look(request.viewer, region.id, directory()):
        raise NotFound
    asked, _asking = asked_of(request.viewer, region, request.GET, clock.now())
    form = ViewForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        is_done, made, refusal, status = tried(request, form, lambda: str(save_view(
            request.viewer, said["name"], asked.look(), said["sharing"], actor=request.viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已保存视图“%s”。") % said["name"])
            return redirect("overview:open", made)
    title, told = _("保存视图：%s") % region.name, _in_words(request.viewer, asked)
    return _form_page(request, form, title, _("保存"), told, asked.address(), refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Another name, another circle of readers; for views of one's own post.

    Raises NotFound: the post has no such view.
    """
    found = _own(request.viewer, view_id)
    form = ViewForm(request.POST if request.method == "POST" else None, initial={"name": found.name, "sharing": found.sharing.value})
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _answer, refusal, status = tried(request, form, lambda: _changed(request, found, form))
        if is_done:
            messages.success(request, _("已修改视图“%s”。") % form.cleaned_data["name"])
            return redirect("overview:views")
    consequence = _("别人打开共享的视图，只看到本人查看范围内的数。")
    return _form_page(request, form, _("修改视图：%s") % found.name, _("保存"), consequence, reverse("overview:views"), refusal, status)


def _changed(request: HttpRequest, found: ViewRow, form: ViewForm) -> None:
    """Do what of the form differs from the view."""
    viewer, said, now = request.viewer, form.cleaned_data, clock.now()
    actor = viewer.actor("web")
    if said["name"] != found.name:
        rename_view(viewer, found.id, said["name"], actor=actor, now=now)
    if said["sharing"] is not found.sharing:
        share_view(viewer, found.id, said["sharing"], actor=actor, now=now)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Ask once more, then delete a view of one's own post.

    Raises NotFound: the post has no such view.
    """
    if request.method == "POST":
        send_once(request, lambda: delete_view(request.viewer, view_id, actor=request.viewer.actor("web"), now=clock.now()))
        messages.success(request, _("已删除视图。"))
        return redirect("overview:views")
    found = _own(request.viewer, view_id)
    shared = "" if found.sharing is Sharing.POST else _("能看到它的其他岗位也不再看到。")
    return render(request, "shell/confirm.html", {"confirmation": Confirmation(
        _("删除视图：%s") % found.name, _("删除后不能恢复，只删除这个看法，不影响任何数据。") + shared,
        reverse("overview:delete", args=[view_id]), _("删除"), reverse("overview:views"), new_key(),
    )})


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All the views that the viewer finds, with what they look at.

    Raises NotYours: the post oversees nothing.
    """
    require(request.viewer, Permission.OVERSEE)
    here = directory()
    lines = [(one, opened(request.viewer, one), here.regions.get(one.look.region_id)) for one in views_for(request.viewer)]
    return render(request, "overview/views.html", {
        "views": [
            (row, region.name if region else _("已撤并的地区"), row.look.stretch.label, _named(request.viewer, row), cut.notes)
            for row, cut, region in lines
        ],
        "crumbs": [Crumb(_("总览"), reverse("overview:overview")), Crumb(_("保存的视图"))],
        "nothing": Empty(
            _("还没有保存的视图"), _("在总览里选好地区、条线、期间和分法，点“保存视图”，以后一点就到；也可以共享给下级。"),
            reverse("overview:overview"), _("去总览"), icon="bookmark",
        ),
    })


def _named(viewer: Viewer, row: ViewRow) -> str:
    """The line of a view in words, or that it holds all."""
    line = directory().lines.get(row.look.line_id) if row.look.line_id else None
    return line.name if line else _("全部条线")


def _own(viewer: Viewer, view_id: UUID) -> ViewRow:
    found = view_seen(viewer, view_id)
    if not found.is_own:
        raise NotFound
    return found


def _in_words(viewer: Viewer, asked: Asked) -> str:
    """What is about to be kept."""
    line_id = asked.line.id if asked.line else None
    by = next((one.label for one in dimensions_of(viewer, line_id) if one.value == asked.by), dimensions_of(viewer, line_id)[0].label)
    return _("将保存：%(place)s，%(line)s，%(period)s，按%(by)s。打开时显示当时的数；共享给别人，各人只看到本人查看范围内的数。") % {
        "place": asked.region.name, "line": asked.line.name if asked.line else _("全部条线"), "period": asked.kind.label, "by": by,
    }


def _form_page(
    request: HttpRequest, form: PlainForm, title: str, button: Text, consequence: str, back: str, refusal: str, status: int
) -> HttpResponse:
    return render(request, "overview/form.html", {
        "form": form, "title": title, "button": button, "consequence": consequence, "back_url": back, "refusal": refusal,
        "crumbs": [Crumb(_("总览"), reverse("overview:overview")), Crumb(_("保存的视图"), reverse("overview:views")), Crumb(title)],
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip
