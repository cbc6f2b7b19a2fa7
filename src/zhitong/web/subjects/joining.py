"""Merging and splitting at the screen: what will happen is shown before it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import tier_rules_in_force
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.subjects.actions.joining import Dividing, Merging, divide, merge, undo_merge
from zhitong.domain.subjects.queries.alike import Asked, alike_to
from zhitong.domain.subjects.queries.known import absorbed_by, figures_of
from zhitong.domain.subjects.queries.lists import Filters, subjects_for
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.subjects.rules.describing import Field
from zhitong.domain.subjects.rules.lenses import Lens
from zhitong.domain.subjects.rules.lists import kinds_on_list
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.subjects.acting import crumbs_of, require_for
from zhitong.web.subjects.fields import region_field, regions_under
from zhitong.web.subjects.forms import ReasonForm, RegisterForm, SplitForm
from zhitong.web.subjects.registering import entry_of

OFFERED = 10


@dataclass(frozen=True)
class Choice:
    """One that may be the same: a link leads to what merging would do."""

    id: UUID
    name: str
    code: str
    region: str
    why: str = ""


@dataclass(frozen=True)
class Effect:
    """What becomes of one part of the register when two rows become one."""

    label: str
    goes_over: Sequence[str]
    stays: Sequence[str]


@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Choose the row that goes into this one, see what will happen, and do it.

    Raises NotFound: one is not there for this viewer. Raises NotYours: another merges.
    """
    kept = subject_seen(request.viewer, subject_id)
    require_for(request.viewer, kept, is_rearranging=True)
    other = _other(request)
    if other is None:
        return _choose(request, kept)
    require_for(request.viewer, other, is_rearranging=True)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _preview(request, kept, other, form)
    if not form.is_valid():
        return _preview(request, kept, other, form, status=422)
    said = Merging(
        kept_id=kept.id, merged_id=other.id, reason=form.cleaned_data["reason"],
        kept_version=_number(request.POST.get("kept_version")), merged_version=_number(request.POST.get("merged_version")),
    )
    try:
        send_once(request, lambda: merge(said, actor=request.viewer.actor("web"), now=clock.now()))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        return _preview(request, kept, other, form, refusal=refused.sentence, status=409)
    messages.success(request, _("已把“%s”并入本户。") % other.name)
    return redirect("subjects:page", kept.id)


@require_http_methods(["GET", "HEAD", "POST"])
def splitting(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Take out again a row that went into this one, or register what it has split off; lists and care go over as chosen.

    Raises NotFound: it is not there for this viewer, or the row did not go into it. Raises NotYours: another splits.
    """
    subject = subject_seen(request.viewer, subject_id)
    require_for(request.viewer, subject, is_rearranging=True)
    absorbed = [one for one in absorbed_by(subject.id) if one.ended_on]
    undone = next((one for one in absorbed if str(one.id) == request.GET.get("undo", "")), None)
    is_new = undone is None and ("new" in request.GET or not absorbed)
    sent = request.POST if request.method == "POST" else None
    form = SplitForm(sent, subject=subject, initial={"version": subject.version})
    fresh = _new_form(request, subject, sent) if is_new else None
    context = {
        "subject": subject, "absorbed": absorbed, "undone": undone, "is_new": is_new, "form": form, "fresh": fresh,
        "crumbs": crumbs_of(subject, _("拆分登记")), "once_key": key_of(request), "refusal": "",
    }
    if sent is None or (undone is None and not is_new):
        return render(request, "subjects/split.html", context)
    both = [form.is_valid(), fresh is None or fresh.is_valid()]
    if not all(both):
        return render(request, "subjects/split.html", {**context, "once_key": new_key()}, status=422)
    try:
        answer, _is_first = send_once(
            request, lambda: str(_split(request, subject, form, undone.id if undone else None, fresh))
        )
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        said = "".join(getattr(refused, "fields", {}).values()) or refused.sentence
        status = 422 if isinstance(refused, BadInput) else 409
        return render(request, "subjects/split.html", {**context, "once_key": new_key(), "refusal": said}, status=status)
    messages.success(request, _("已拆分，下面是拆出的这一户。"))
    return redirect("subjects:page", UUID(answer))


def _split(request: HttpRequest, subject: SubjectView, form: Any, undone_id: UUID | None, fresh: Any) -> UUID:
    said, actor = form.cleaned_data, request.viewer.actor("web")
    dividing = Dividing(
        subject_id=subject.id, reason=said["reason"], version=said["version"],
        list_ids=[UUID(one) for one in said.get("lists", ())], care_tiers=[Rank(one) for one in said.get("care", ())],
    )
    if undone_id is not None:
        return undo_merge(dividing, merged_id=undone_id, actor=actor, now=clock.now())
    new = entry_of(subject.kind, fresh.cleaned_data["region"], fresh)
    return divide(dividing, new, rules=tier_rules_in_force(), actor=actor, now=clock.now())


def _new_form(request: HttpRequest, subject: SubjectView, sent: Any) -> PlainForm:
    """The register's form for the one that is split off: of the same kind, in the same place unless another is chosen."""
    initial = {"region": str(subject.region_id), "industry": subject.described.get(Field.INDUSTRY, "")}
    form = RegisterForm(
        sent, kind=subject.kind, viewer=request.viewer, rules=tier_rules_in_force(), has_alike=True, initial=initial
    )
    form.fields["alike_reason"].required = False
    form.add("region", region_field(regions_under(request.viewer.region_id), _("属地"), required=True))
    return form


def _other(request: HttpRequest) -> SubjectView | None:
    """The row that was chosen to go over.

    Raises NotFound: it is not there for this viewer, or has ended.
    """
    try:
        other = subject_seen(request.viewer, UUID(request.GET.get("other", "")))
    except ValueError:
        return None
    if other.ended_on is not None:
        raise NotFound
    return other


def _choose(request: HttpRequest, kept: SubjectView) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:60]
    kinds = tuple(kinds_on_list(kept.kind))
    if words:
        page = subjects_for(request.viewer, Lens.TERRITORY, Filters(words=words, kinds=kinds), limit=OFFERED + 1)
        found = [Choice(row.id, row.name, row.code, row.region) for row in page.rows if row.id != kept.id]
    else:
        asked = Asked(
            id=kept.id, name=kept.name, code=kept.code, region_id=kept.region_id,
            phone=kept.described.get(Field.CONTACT_PHONE, ""),
        )
        alike = alike_to([asked]).get(0, [])
        found = [Choice(one.id, one.name, one.code, one.region, one.why.label) for one in alike if one.kind in kinds]
    context = {"subject": kept, "words": words, "found": found[:OFFERED], "crumbs": crumbs_of(kept, _("合并登记"))}
    return render(request, "subjects/merge_choose.html", context)


def _preview(
    request: HttpRequest, kept: SubjectView, other: SubjectView, form: PlainForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "subject": kept, "other": other, "form": form, "refusal": refusal, "effects": effects_of(kept, other),
        "crumbs": crumbs_of(kept, _("合并登记")), "once_key": new_key() if status != 200 else key_of(request),
    }
    return render(request, "subjects/merge.html", context, status=status)


def effects_of(kept: SubjectView, other: SubjectView) -> list[Effect]:
    """What goes over to the row that remains, and what stays as that has it."""
    listed, cared = {one.id for one in kept.lists}, {one.tier for one in kept.care}
    known = {(series.code, one.period) for series in figures_of(kept) for one in series.figures}
    said = [(series.code, one) for series in figures_of(other) for one in series.figures]
    return [
        Effect(_("帮扶名单"), [one.name for one in other.lists if one.id not in listed], [one.name for one in kept.lists]),
        Effect(
            _("分包帮扶"), [f"{one.tier.label} {one.unit} {one.lead_official}" for one in other.care if one.tier not in cared],
            [f"{one.tier.label} {one.unit} {one.lead_official}" for one in kept.care],
        ),
        Effect(
            _("数据"),
            [f"{one.period_words}{code.label}" for code, one in said if (code, one.period) not in known],
            [_("本户已有的 %d 项") % len(known)] if known else [],
        ),
    ]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
