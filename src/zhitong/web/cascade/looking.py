"""What all pages of dividing ask first: which campaign, whose targets, the turn of whoever acts; and how figures are said."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.campaigns.queries import CampaignHead, campaign_in_force, campaigns_loaded
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.plans.actions.dividing.standing import Turn
from zhitong.domain.plans.queries.dividing.heads import TargetHead, sees_division
from zhitong.domain.plans.rules.dividing import Balance, Standing
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Crumb, Figure, Light, Tab, Text, Tone
from zhitong.web.shell.words import figure_in_words

STANDINGS = {Standing.UNFILLED: Tone.NONE, Standing.SHORT: Tone.WARN, Standing.EXACT: Tone.GOOD, Standing.BEYOND: Tone.GOOD}


def turn_of(request: HttpRequest) -> Turn:
    """The viewer acting now, through the pages."""
    return Turn(viewer=request.viewer, via="web", now=clock.now())


def campaign_asked(request: HttpRequest) -> CampaignHead:
    """The campaign an address names, the one in force by default.

    Raises NotFound: there is none, or how targets are divided is not the viewer's to look at.
    """
    if not request.viewer.may(Permission.OVERSEE):
        raise NotFound
    code = request.GET.get("campaign") or request.POST.get("campaign")
    found = next((one for one in campaigns_loaded() if one.code == code), None) if code else campaign_in_force()
    if found is None:
        raise NotFound
    return found


def region_asked(request: HttpRequest) -> RegionEntry:
    """The region an address names, the viewer's own by default. Raises NotFound: it is above the viewer or beside it."""
    code = request.GET.get("region") or request.POST.get("region")
    here = directory()
    found = here.region_coded(code) if code else here.regions.get(request.viewer.region_id)
    if found is None or not sees_division(request.viewer, found.id):
        raise NotFound
    return found


def tabs(request: HttpRequest, campaign: CampaignHead, region: RegionEntry, current: str) -> list[Tab]:
    """The pages of a region side by side: what it divides, what came down to it, the weights."""
    asked = f"?campaign={campaign.code}&region={region.code}"
    pages = [("overview", _("向下分解")), ("incoming", _("上级下达")), ("weights", _("权数"))]
    has_above = region.parent_id is not None
    return [
        Tab(label, reverse(f"cascade:{name}") + asked, name == current) for name, label in pages if has_above or name != "incoming"
    ]


def crumb(label: Text = "", url: str = "") -> Crumb:
    """A step of the way."""
    return Crumb(label or _("目标分解"), url)


def crumbs_of(head: TargetHead, *last: str) -> list[Crumb]:
    """The way to a target's division, and on."""
    region = directory().regions[head.region_id]
    overview = f"{reverse('cascade:overview')}?campaign={head.campaign}&region={region.code}"
    page = reverse("cascade:division", args=[head.id])
    return [crumb(_("%s目标分解") % region.short, overview), crumb(head.name, page if last else ""), *map(crumb, last)]


def page_of(target_id: UUID) -> str:
    """The page of a target's division."""
    return reverse("cascade:division", args=[target_id])


def light_of(balance: Balance) -> Light:
    """Whether the parts come to the whole, as a word with a shape."""
    return Light(STANDINGS[balance.standing], balance.standing.label)


def difference_in_words(head: TargetHead, balance: Balance) -> str:
    """What is lacking or beyond, with its unit: 还差 3家, 超出 2家; empty where there is neither or nothing to compare."""
    if balance.given is None or balance.given == balance.whole:
        return ""
    away = abs(balance.remainder)
    said = f"{figure_in_words(away)}{_('个百分点') if head.asks.measure == '%' else head.asks.measure}"
    return _("还差%s") % said if balance.remainder > 0 else _("超出%s") % said


def balance_figures(head: TargetHead, balance: Balance, weighed_by: str = "") -> list[Figure]:
    """The whole, what the parts come to, and what lies between."""
    unit = head.asks.measure
    if head.asks.is_summed:
        label, note = _("各地合计"), ""
    elif weighed_by or head.weighed_by:
        label, note = _("各地加权平均"), _("权数：%s") % (weighed_by or head.weighed_by)
    else:
        label, note = _("各地平均"), _("没有指定权数，各地同等计算")
    if not head.asks.is_summed and head.asks.makes_whole.value == "each":
        label, note = _("最低的一地"), _("各地分别达到")
    return [
        Figure(_("目标"), figure_in_words(balance.whole), unit),
        Figure(label, figure_in_words(balance.given), unit if balance.given is not None else "", note),
        Figure(
            _("与目标比较"), difference_in_words(head, balance) or ("—" if balance.given is None else _("不差")), "",
            _("已填 %(filled)s / %(places)s 地") % {"filled": balance.filled, "places": balance.places},
        ),
    ]


def in_cell(value: Decimal | None) -> str:
    """A share as it stands in its field: whole, without separators lost, nothing for none."""
    return "" if value is None else format(value.normalize(), "f") if value else "0"
