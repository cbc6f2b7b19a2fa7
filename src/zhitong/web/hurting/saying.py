"""How what hurts is said: against what, by how much, and the title that is the finding."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.hurting.hurting import Hurting, SpotView
from zhitong.domain.analysis.rules.hurting.themes import Theme
from zhitong.web.shell.words import figure_in_words, whole_moment
from zhitong.web.timing.saying import against


def finding_of(found: Hurting) -> str:
    """The title of the page: what stands out the most."""
    place, period = found.seen.region.name, found.span.period.words
    if not found.came:
        return _("%(place)s%(period)s没有收到问题") % {"place": place, "period": period}
    if not found.spots:
        return _("%(place)s%(period)s收到 %(came)s 个问题，没有明显高于预期的热点") % {
            "place": place, "period": period, "came": figure_in_words(found.came),
        }
    return _("%(place)s%(period)s：%(spot)s") % {"place": place, "period": period, "spot": spot_in_words(found.spots[0])}


def spot_in_words(view: SpotView) -> str:
    """A hot spot in a sentence: 某区专用设备制造业“用地需求” 9 个，是预期的 2.6 倍."""
    cell = view.spot.cell
    said = _("%(region)s%(industry)s“%(category)s” %(came)s 个") % {
        "region": view.region.name, "industry": cell.industry, "category": view.category_label,
        "came": figure_in_words(cell.came),
    }
    return f"{said}，{times_in_words(cell.came, view.spot.expected)}"


def times_in_words(came: int, expected: float) -> str:
    """是预期的 2.6 倍; where next to nothing was expected, 预期不到 1 个."""
    if expected < 1:
        return _("预期不到 1 个")
    return _("是预期的 %s 倍") % tenths(came / expected)


def growth_in_words(theme: Theme) -> str:
    """上期没有, or 上期 3 个，按总量折算应有 4.2 个."""
    if theme.is_new:
        return _("上期没有")
    return _("上期 %(last)s 个，按总量折算应有 %(expected)s 个") % {
        "last": figure_in_words(theme.last), "expected": tenths(theme.expected),
    }


def change_in_words(came: int, last: int) -> str:
    """比上期多 12 个, 比上期少 3 个, 与上期相同."""
    if came == last:
        return _("与上期相同")
    said = _("比上期多 %s 个") if came > last else _("比上期少 %s 个")
    return said % figure_in_words(abs(came - last))


def source_of(found: Hurting) -> str:
    """Where the figures come from, as of when, against what, and what is not in them."""
    parts = [
        _("来源：问题台账和服务对象名录；统计截止 %s。") % whole_moment(found.taken_at), _("对照%s。") % against(found.span),
        _("不含企业要求保密的问题和密封件。"),
    ]
    if found.seen.lines is not None:
        parts.append(_("只含本单位所管条线。"))
    return "".join(parts)


def texts_in_words(found: Hurting) -> str:
    """How many texts themes were read from, and that these are the newest where there are more."""
    said = _("从 %s 个问题的文字里读出") % figure_in_words(found.texts)
    return said + (_("（只读最新的这些）") if found.is_cut else "")


def tenths(value: float) -> str:
    """One decimal at most."""
    return figure_in_words(Decimal(str(round(value, 1))))
