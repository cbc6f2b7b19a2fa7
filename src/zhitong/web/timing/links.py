"""The addresses behind the figures of where time goes: the passages counted, or the same page narrowed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from zhitong.domain.analysis.queries.timing.rows import Which
from zhitong.web.timing.filters import TimingFilters

_CARRIED = ("region", "period", "kind", "category", "rank", "unit", "cutoff")


class Links:
    """Addresses that carry what the page asks for."""

    def __init__(self, form: TimingFilters) -> None:
        self._asked = {name: str(form.data.get(name, "")) for name in _CARRIED if form.data.get(name)}

    def page(self, **changes: str) -> str:
        """This page with other filters; an empty value takes one away."""
        return f"{reverse('timing:timing')}?{self._query(changes)}"

    def rows(self, count: int, **narrowed: str) -> str:
        """The passages behind a figure; empty behind a zero."""
        return f"{reverse('timing:rows')}?{self._query(narrowed)}" if count else ""

    def still(self, count: int, **narrowed: str) -> str:
        """The passages that had not ended at the cut-off; empty behind a zero."""
        return self.rows(count, which=Which.STILL.value, **narrowed)

    def _query(self, changes: dict[str, str]) -> str:
        return urlencode({name: value for name, value in (self._asked | changes).items() if value})
