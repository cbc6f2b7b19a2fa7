"""How far collection of cards is: the newest period of the whole, and of each region below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.cards.queries import AskedRound, collection_meter, rounds_asked
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.clock import day_of
from zhitong.web.overview.findings import share_in_words
from zhitong.web.shell.words import day_in_words, figure_in_words, period_in_words
from zhitong.web.wall.showing import Showing
from zhitong.web.wall.strips import Given, left_out, strips_of
from zhitong.web.wall.telling import Big, Table, Told, counted

COUNTED_SO = gettext_lazy("采集率为企业自报和代填已确认的户数占应报户数")


def told(viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """The scene, from the kept counts of the newest period's rounds that reach this region."""
    rounds = _newest(viewer, showing, now)
    below = directory().children(showing.region.id)
    ids = [showing.region.id, *(one.id for one in below)]
    found = collection_meter(viewer, ids, [one.round_id for one in rounds]) if rounds else {}
    whole = found[showing.region.id].total if rounds else Collection({})
    if not whole.owed:
        return Told(
            _("%s还没有开始采集") % showing.region.name,
            empty=_("填报期开放后，这里显示应报多少户、已采集多少户和各地的采集率。"),
        )
    asked = [(one, found[one.id].total) for one in below if found[one.id].total.owed]
    title, figures = _title(showing.region.name, rounds[0].period, whole), _figures(whole, rounds)
    given = [_given(one.short, collection) for one, collection in asked]
    if not given:
        return Told(title, figures, key=COUNTED_SO)
    return Told(
        title, figures, "wall/strips.html", strips_of(given),
        Table(
            [_("地区"), _("应报（户）"), _("已采集（户）"), _("采集率")],
            [_row(one.name, collection) for one, collection in [*asked, (showing.region, whole)]],
        ),
        left_out(given) or COUNTED_SO,
    )


def _newest(viewer: Viewer, showing: Showing, now: datetime) -> list[AskedRound]:
    """The rounds of the newest period that were opened for this region or one above it."""
    here = directory()
    path = {one.id for one in here.path(showing.region.id)}
    rounds = [one for one in rounds_asked(viewer, today=day_of(now)) if one.region_id in path]
    return [one for one in rounds if one.period == rounds[0].period]


def _title(name: str, period: str, whole: Collection) -> str:
    """How far the whole is, and how many are wanting."""
    wanting = whole.owed - whole.collected
    said = _("%(place)s%(period)s采集率 %(share)s") % {
        "place": name, "period": period_in_words(period), "share": share_in_words(whole.collected, whole.owed),
    }
    return said + (_("，还差 %s 户") % figure_in_words(wanting) if wanting else _("，应报的都报了"))


def _figures(whole: Collection, rounds: Sequence[AskedRound]) -> list[Big]:
    due = max(one.due_on for one in rounds)
    return [
        Big(_("采集率"), share_in_words(whole.collected, whole.owed), note=_("%s截止") % day_in_words(due)),
        counted(_("应报"), whole.owed, _("户")),
        counted(_("已采集"), whole.collected, _("户")),
        counted(_("还差"), whole.owed - whole.collected, _("户")),
    ]


def _given(name: str, found: Collection) -> Given:
    said = [(None, _("%s 户") % figure_in_words(found.owed)), (None, share_in_words(found.collected, found.owed))]
    return Given(name, [("done", found.collected / found.owed)], said)


def _row(name: str, found: Collection) -> list[str]:
    return [
        name, figure_in_words(found.owed), figure_in_words(found.collected), share_in_words(found.collected, found.owed)
    ]
