"""Drafting an amendment: its head and its lines, as many as one asks for; “再加几行” keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.amending.drafting import AmendmentAsked, change_draft, draft_amendment
from zhitong.domain.plans.queries import PlanView, plans_seen
from zhitong.domain.plans.queries.amendable import Amendable, amendable_in
from zhitong.domain.plans.queries.amendments import AmendmentView, amendment_seen
from zhitong.domain.plans.queries.rights import may_amend
from zhitong.domain.plans.rules import Changed
from zhitong.domain.plans.rules.amending import ItemAsked
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.amendments.forms import Choices, DraftForm, LineForm
from zhitong.web.amendments.reading import read_after, said_after
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once

LEAST, MORE, MOST = 2, 3, 60
"""Lines shown at first, added at a time, and at most."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, campaign: str) -> HttpResponse:
    """A new draft, perhaps with a first line about `?target=` or `?task=`.

    Raises NotFound: no such plan. Raises NotYours: this post drafts no amendments.
    """
    plan = next((one for one in plans_seen(request.viewer) if one.campaign == campaign), None)
    if plan is None:
        raise NotFound
    asked = request.GET.get("target") or request.GET.get("task")
    first = [{"changed": str(Changed.VALUE if "target" in request.GET else Changed.CONTENT), "thing": asked}] if asked else []
    head = {"since": clock.today()}

    def act(said: AmendmentAsked) -> UUID:
        viewer = request.viewer
        return draft_amendment(viewer, plan.id, said, actor=viewer.actor("web"), now=clock.now())

    return _drafting(request, plan, head, first, act, _("拟定调整"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, amendment_id: UUID) -> HttpResponse:
    """The draft again. Raises NotFound: it is not there, or this post may not change it now."""
    found = amendment_seen(request.viewer, amendment_id)
    if not found.may_change:
        raise NotFound
    plan = next(one for one in plans_seen(request.viewer) if one.id == found.plan_id)
    head = {name: getattr(found, name) for name in ("title", "reason", "document_number", "since")}

    def act(said: AmendmentAsked) -> UUID:
        viewer, version = request.viewer, int(request.POST.get("version") or 0)
        change_draft(viewer, amendment_id, said, version=version, actor=viewer.actor("web"), now=clock.now())
        return amendment_id

    return _drafting(request, plan, head, _lines_of(found), act, _("修改调整"), version=found.version)


def _drafting(
    request: HttpRequest, plan: PlanView, head: Mapping[str, Any], first: Sequence[Mapping[str, Any]], act: Any,
    title: str, version: int = 0,
) -> HttpResponse:
    if not may_amend(request.viewer, request.viewer.region_id):
        raise NotYours(_("调整由本级活动办公室拟定。如需调整，请与本级活动办公室联系。"))
    things = amendable_in(request.viewer, plan.id, request.viewer.region_id)
    posted = request.POST if request.method == "POST" else None
    form = DraftForm(posted, initial=dict(head))
    lines = _line_forms(request, things, first)
    refusal, is_read = "", False
    if posted is not None and "more" not in posted:
        is_read = all([form.is_valid(), *(line.is_valid() for line in lines)])
    if is_read:
        try:
            answer, _is_new = send_once(request, lambda: str(act(_asked(form, lines, things))))
        except (NotFound, NotYours):
            raise
        except BadInput as wrong:
            refusal = _beside(form, lines, wrong)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("已保存为草稿；核对通知的文字后提请批准。"))
            return redirect("amendments:page", answer)
    has_errors = posted is not None and "more" not in posted and (bool(form.errors) or any(line.errors for line in lines))
    return render(request, "amendments/draft.html", {
        "title": title, "plan": plan, "form": form, "lines": lines, "refusal": refusal, "version": version,
        "once_key": new_key() if refusal or has_errors else key_of(request),
        "crumbs": [Crumb(_("调整"), reverse("amendments:list")), Crumb(title)],
    }, status=409 if refusal else 422 if has_errors else 200)


def _line_forms(request: HttpRequest, things: Sequence[Amendable], first: Sequence[Mapping[str, Any]]) -> list[LineForm]:
    choices = _choices(things)
    if request.method != "POST":
        blank = [{} for _place in range(max(LEAST - len(first), 1))]
        return [
            LineForm(prefix=f"line-{place}", things=choices, initial=dict(values))
            for place, values in enumerate([*first, *blank])
        ]
    said = request.POST.get("lines", "")
    count = min(int(said) if said.isdecimal() else LEAST, MOST)
    more = MORE if "more" in request.POST else 0
    typed = [LineForm(request.POST, prefix=f"line-{place}", things=choices) for place in range(count)]
    return [*typed, *(LineForm(prefix=f"line-{place}", things=choices) for place in range(count, min(count + more, MOST)))]


def _choices(things: Sequence[Amendable]) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in things:
        groups.setdefault(one.group, []).append((str(one.id), one.name))
    return list(groups.items())


def _asked(form: DraftForm, lines: Sequence[LineForm], things: Sequence[Amendable]) -> AmendmentAsked:
    named = {str(one.id): one for one in things}
    items = []
    for line in lines:
        if line.is_said:
            changed, thing = Changed(line.cleaned_data["changed"]), named[line.cleaned_data["thing"]]
            after = read_after(changed, line.cleaned_data["after"], thing.measure, thing.comparator)
            items.append(ItemAsked(changed, thing.id, after))
    said = form.cleaned_data
    return AmendmentAsked(said["title"], said["reason"], said["document_number"], said["since"], items)


def _beside(form: DraftForm, lines: Sequence[LineForm], wrong: BadInput) -> str:
    """Put what is wrong beside its field; what belongs to none stays a sentence above."""
    said = [line for line in lines if line.is_said]
    rest = ""
    for name, sentence in wrong.fields.items():
        place = name.removeprefix("items-")
        if place.isdecimal() and int(place) < len(said):
            said[int(place)].add_error("after", sentence)
        elif name in form.fields:
            form.add_error(name, sentence)
        else:
            rest = sentence
    return rest or ("" if wrong.fields else wrong.sentence)


def _lines_of(found: AmendmentView) -> list[dict[str, Any]]:
    return [
        {
            "changed": str(one.changed), "thing": str(one.target_id or one.task_id),
            "after": said_after(one.changed, one.after, one.measure),
        }
        for one in found.items
    ]
