"""Which region and which kind the pages of 开通 look at, and how their figures and addresses are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.entry.queries.activation import OFFICIAL
from zhitong.domain.entry.rules.activation import Activation
from zhitong.domain.entry.rules.kinds import Presence
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.shell.words import figure_in_words


@dataclass(frozen=True)
class Looking:
    """The region and the kind looked at; `code` is empty for one's own region, `kind` for all the served."""

    region: RegionEntry
    code: str
    kind: str
    below: Sequence[RegionEntry]

    def url(self, name: str, **asked: str) -> str:
        """The address of a page of 开通 that looks at the same, but for what is asked otherwise."""
        query = {"region": self.code, "kind": self.kind, **asked}
        said = urlencode({key: value for key, value in query.items() if value})
        return f"{reverse(name)}?{said}" if said else reverse(name)


@dataclass(frozen=True)
class MeterLine:
    """A line of the table of who has come; numbers lead to the names behind them."""

    name: str
    url: str
    cells: Sequence[tuple[str, str]]
    share: int
    rate: str


def kind_words() -> dict[str, str]:
    """What each kind is called; of the empty kind all the served."""
    return {"": _("全部服务对象"), **{kind.value: kind.label for kind in SubjectKind}, OFFICIAL: _("政府单位")}


def looking_at(viewer: Viewer, query: QueryDict | Mapping[str, Any]) -> Looking:
    """What an address asks for; a region outside the viewer's own, or a kind that there is not, is not taken."""
    here = directory()
    own = here.regions[viewer.region_id]
    named = here.region_coded(str(query.get("region", ""))) or own
    region = named if own.id in {one.id for one in here.path(named.id)} else own
    kind = str(query.get("kind", ""))
    return Looking(region, "" if region is own else region.code, kind if kind in kind_words() else "", here.children(region.id))


def meter_line(name: str, url: str, found: Activation, names: Looking | None) -> MeterLine:
    """The figures of a place, a kind or a list; `names` is where the names behind them are, None where there are none."""
    counts = (
        (found.total, ""), (found.opened, ""), (found.this_month, Presence.THIS_MONTH.value), (found.never, Presence.NEVER.value),
    )
    cells = [
        (figure_in_words(count), names.url("entry:names", come=come) if names and count and (come or place == 0) else "")
        for place, (count, come) in enumerate(counts)
    ]
    rate = found.rate
    return MeterLine(name, url, cells, round(100 * (rate or 0)), f"{rate:.1%}" if rate is not None else "—")
