"""The unit's drafts: a list, one draft to be read and signed (on a phone in one tap), and the unit's setting."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.entry.rules.phones import phone_masked
from zhitong.domain.organisations.queries import signers_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.actions.signing import check, give_back, set_signing, sign, withdraw_draft
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.signing import DraftView, draft_for, drafts_open, signing_of
from zhitong.domain.problems.rules.signing import SIGNABLE, WAITING, DraftState, Steps, trouble_with
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.problems.showing import address_of, clocks_of
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.signing.telling import said_of


@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """Every draft of the unit under way, oldest first; those for this person to sign are marked.

    Raises NotYours: the post does not handle problems.
    """
    require(request.viewer, Permission.HANDLE)
    found = drafts_open(request.viewer)
    return render(request, "signing/list.html", {
        "drafts": [(draft, _is_mine(request, draft)) for draft in found],
        "may_set": request.viewer.may(Permission.SIGN),
        "is_set": bool(signing_of(request.viewer)),
        "nothing": Empty(
            _("没有在审签的拟办件"), _("本单位规定须经审签的事项，经办人拟办后会出现在这里。"), icon="signature"
        ),
    })  # fmt: skip


def _is_mine(request: HttpRequest, draft: DraftView) -> bool:
    """Whether this person can move the draft on."""
    who = request.viewer.person_id
    if draft.state is DraftState.RETURNED:
        return draft.drafted_by == who
    return request.viewer.may(Permission.SIGN) and trouble_with(draft.state, draft.drafted_by, draft.checked_by, who) is None


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft beside its problem's clocks, and what may be done with it.

    Raises NotFound: there is none such in this unit.
    """
    draft = draft_for(request.viewer, draft_id)
    if request.method == "POST":
        return _do(request, draft)
    return _shown(request, draft)


def _shown(request: HttpRequest, draft: DraftView, *, refusal: str = "", status: int = 200) -> HttpResponse:
    page = problem_page(request.viewer, draft.problem_id, now=clock.now())
    is_mine = _is_mine(request, draft)
    return render(request, "signing/draft.html", {
        "draft": draft, "said": list(said_of(draft)), "page": page, "standing": page.standing,
        "clocks": clocks_of(page, clock.now()), "refusal": refusal, "once_key": new_key() if refusal else key_of(request),
        "to_check": is_mine and draft.state is DraftState.DRAFTED, "to_sign": is_mine and draft.state is DraftState.CHECKED,
        "to_mend": is_mine and draft.state is DraftState.RETURNED,
        "may_withdraw": draft.drafted_by == request.viewer.person_id and draft.state is not DraftState.SIGNED,
        "mend_url": reverse("problems:act", args=[draft.number, draft.act.value]),
        "crumbs": [Crumb(_("审签"), reverse("signing:list")), Crumb(draft.number)], "words": request.POST.get("words", ""),
        **_by_phone(request, draft),
    }, status=status)  # fmt: skip


def _by_phone(request: HttpRequest, draft: DraftView) -> dict[str, object]:
    """The link with which a signer away from his desk comes to this draft alone: a code to his own phone lets him in."""
    if draft.state not in WAITING:
        return {}
    onward = urlencode({"next": reverse("signing:draft", args=[draft.id])})
    signers = [
        (name, title, phone_masked(phone)) for name, title, phone in signers_of(request.viewer.unit_id, clock.today())
    ]
    return {"signers": signers, "phone_link": request.build_absolute_uri(f"{reverse('entry:by_phone')}?{onward}")}


def _do(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """Check, sign, give back or withdraw; refused, the draft is shown as it stands now."""
    actor, now = request.viewer.actor("web"), clock.now()
    words = request.POST.get("words", "").strip()
    doing: dict[str, tuple[Callable[[], object], str]] = {
        "check": (lambda: check(draft.id, actor=actor, now=now), _("已审核，等待审签。")),
        "sign": (lambda: sign(draft.id, actor=actor, now=now), _("已审签，“%s”已经生效。") % draft.act.label),
        "give_back": (lambda: give_back(draft.id, words, actor=actor, now=now), _("已退回修改。")),
        "withdraw": (lambda: withdraw_draft(draft.id, actor=actor, now=now), _("已撤回，没有办理任何事项。")),
    }
    if request.POST.get("do") not in doing:
        raise NotFound
    if request.POST["do"] == "give_back" and not words:
        return _shown(request, draft, refusal=_("请写明退回修改的意见。"), status=422)
    act, said = doing[request.POST["do"]]
    try:
        send_once(request, lambda: act() and None)
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        return _shown(request, draft_for(request.viewer, draft.id), refusal=refused.sentence, status=409)
    messages.success(request, said)
    return redirect(address_of(draft.number) if request.POST["do"] == "sign" else reverse("signing:list"))


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest) -> HttpResponse:
    """How many hands each act of the unit goes through; only who signs for the unit sets it.

    Raises NotYours: the post may not.
    """
    require(request.viewer, Permission.SIGN)
    if request.method == "POST":
        actor, now = request.viewer.actor("web"), clock.now()
        before = signing_of(request.viewer)
        for act, steps in _chosen(request).items():
            if before.get(act, Steps.NONE) is not steps:
                set_signing(act, steps, actor=actor, now=now)
        messages.success(request, _("已保存。以后拟办的按新规定审签，已在审签的不变。"))
        return redirect("signing:setting")
    kept = signing_of(request.viewer)
    return render(request, "signing/setting.html", {
        "rows": [(act, kept.get(act, Steps.NONE)) for act in SIGNABLE], "choices": list(Steps),
        "crumbs": [Crumb(_("审签"), reverse("signing:list")), Crumb(_("审签设置"))],
    })  # fmt: skip


def _chosen(request: HttpRequest) -> dict[Act, Steps]:
    known = {steps.value: steps for steps in Steps}
    return {act: known[word] for act in SIGNABLE if (word := request.POST.get(f"steps_{act.value}", "")) in known}


