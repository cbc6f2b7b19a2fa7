"""What all pages of tiering ask first: the campaign in force, the kind looked at, and forms that happen once."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import CampaignHead, campaign_in_force
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.queries.runs import require_open
from zhitong.domain.tiering.queries.standards import kinds_tiered
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.words import figure_in_words

NO_TIER = "—"


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


def crumb(label: Text = "", url: str = "") -> Crumb:
    """A step of the way."""
    return Crumb(label or _("分级帮扶"), url)
