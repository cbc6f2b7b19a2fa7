"""What all pages of tiering ask first: the campaign in force, the kind looked at, and forms that happen once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import CampaignHead, campaign_in_force
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.queries.runs import require_open
from zhitong.domain.tiering.queries.standards import kinds_tiered
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.shell.words import figure_in_words

NO_TIER = "—"


@dataclass(frozen=True)
class Tab:
    """One of several pages that lie side by side."""

    label: Text
    url: str
    current: bool


def campaign_looked_at(request: HttpRequest) -> CampaignHead:
    """The campaign in force. Raises NotFound: there is none, or tiering is not the viewer's to look at."""
    require_open(request.viewer)
    return campaign_of()


def campaign_of() -> CampaignHead:
    """The campaign in force. Raises NotFound: there is none."""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return campaign


def kind_in(request: HttpRequest, campaign: str) -> SubjectKind:
    """The kind an address asks for, the first of the campaign by default. Raises NotFound: no standard for it."""
    kinds = kinds_tiered(campaign)
    asked = request.GET.get("kind", request.POST.get("kind", ""))
    found = next((one for one in kinds if one.value == asked), kinds[0] if kinds and not asked else None)
    if found is None:
        raise NotFound
    return found


def tier_in_words(rank: Rank | None) -> str:
    """A tier as a column says it."""
    return rank.label if rank else NO_TIER


def signed(number: int) -> str:
    """A difference as tables say it: +3, -1,200, 0."""
    return f"+{figure_in_words(number)}" if number > 0 else figure_in_words(number)


@dataclass(frozen=True)
class Once:
    """A form page whose act happens once: refused, it comes back with what was typed and why."""

    title: Text
    button: Text
    consequence: Text
    done: Text
    to: str
    crumbs: Sequence[Crumb]

    def respond(self, request: HttpRequest, form: PlainForm, act: Callable[[], Any], **context: Any) -> HttpResponse:
        """The form, or after its act the page it leads to."""
        refusal = ""
        if request.method == "POST" and form.is_valid():
            try:
                answer, _is_new = send_once(request, act)
            except (NotFound, NotYours):
                raise
            except BadInput as refused:
                refusal = _beside_fields(form, refused)
            except Refused as refused:
                refusal = refused.sentence
            else:
                messages.success(request, str(self.done) % answer if "%" in str(self.done) else self.done)
                return redirect(self.to)
        status = 409 if refusal else 422 if form.errors else 200
        again = new_key() if refusal or form.errors else key_of(request)
        page: Mapping[str, Any] = {
            "title": self.title, "button": self.button, "consequence": self.consequence, "form": form,
            "refusal": refusal, "once_key": again, "back_url": self.to, "crumbs": self.crumbs, **context,
        }
        return render(request, "tiering/form.html", dict(page), status=status)


def _beside_fields(form: PlainForm, refused: BadInput) -> str:
    """Put what is wrong beside its field; what belongs to none stays a sentence above."""
    for name, sentence in refused.fields.items():
        if name in form.fields:
            form.add_error(name, sentence)
    return "" if set(refused.fields) & set(form.fields) else refused.sentence


def crumb(label: Text = "", url: str = "") -> Crumb:
    """A step of the way."""
    return Crumb(label or _("分级帮扶"), url)
