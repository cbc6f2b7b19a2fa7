"""Where a unit signs an act off, its form puts a draft before the signers instead, or registers a signature on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.actions.signing import Drafting, OnPaper, draft, sign_on_paper
from zhitong.domain.problems.queries.signing import DraftView, drafts_about, signing_of
from zhitong.domain.problems.rules.signing import SIGNABLE, DraftState, Steps
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.web.problems.fields import PaperForm
from zhitong.web.shell.components import Text


def is_signed_off(viewer: Viewer, act: Act) -> bool:
    """Whether this person's act goes before the signers of the unit first."""
    if act not in SIGNABLE or viewer.may(Permission.SIGN):
        return False
    return signing_of(viewer).get(act, Steps.NONE) is not Steps.NONE


def submit(request: HttpRequest, act: Act, problem_id: UUID, values: dict[str, Any], paper: PaperForm) -> dict[str, str]:
    """Draft the act, or register that it was signed on paper.

    Raises what the act refuses.
    """
    drafting = Drafting(problem_id, act, values, request.viewer.actor("web"), clock.now())
    signer, day = paper.cleaned_data.get("signer"), paper.cleaned_data.get("signed_on")
    if signer and day:
        paper_signed = OnPaper(signer, day, tuple(paper.cleaned_data["files"]))
        return {"state": sign_on_paper(drafting, paper_signed).state.value}
    return {"draft": str(draft(drafting))}


def said_after(paper: PaperForm, done: Text) -> Text:
    """What is said when it was taken."""
    if paper.cleaned_data.get("signer"):
        return _("已登记线下审签。%s") % done
    return _("已提交审签，审签后生效；承办时限不停。")


def returned_draft(viewer: Viewer, act: Act, problem_id: UUID) -> DraftView | None:
    """The draft of this act that was given back to be mended."""
    drafts = drafts_about(viewer, problem_id)
    return next((one for one in drafts if one.act is act and one.state is DraftState.RETURNED), None)
