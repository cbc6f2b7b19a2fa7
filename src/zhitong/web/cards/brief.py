"""A region's collection in one line, for pages that speak of the region in another matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from zhitong.domain.cards.queries import AskedRound, collection_by_round, rounds_asked
from zhitong.domain.cards.rules.collection import Collection
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.shell.navigation import address_of
from zhitong.web.shell.words import figure_in_words


@dataclass(frozen=True)
class Meter:
    """The newest round of one kind of subject: its share collected, 0–100, in words, and its page."""

    name: str
    share: int
    words: str
    url: str


def meters_of(viewer: Viewer, region: RegionEntry, today: date) -> Sequence[Meter]:
    """The newest round of each kind of subject that is asked in a region; none where nothing is asked; three queries.

    Raises NotFound: the region is not wholly within the viewer's subtree or line.
    """
    newest: dict[str, AskedRound] = {}
    for one in rounds_asked(viewer, today=today):
        newest.setdefault(one.subject_kind, one)
    if not newest:
        return []
    found = collection_by_round(viewer, region.id, [one.round_id for one in newest.values()])
    return [_meter(one, found[one.round_id], region) for one in newest.values() if one.round_id in found]


def _meter(one: AskedRound, found: Collection, region: RegionEntry) -> Meter:
    rate = found.rate or 0
    words = f"{rate:.1%}"
    if found.owed > found.collected:
        words += _("，还差 %s 户") % figure_in_words(found.owed - found.collected)
    query = urlencode({"round": str(one.round_id), "region": region.code})
    name = f"{SubjectKind(one.subject_kind).label} {one.name}"
    return Meter(name, round(100 * rate), words, f"{address_of('cards:list')}?{query}")
