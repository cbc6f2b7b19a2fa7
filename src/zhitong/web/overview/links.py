"""The addresses of the rows behind a figure: the list of problems, narrowed to what the figure counts; none where the
list cannot say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from zhitong.domain.analysis.rules.stretches import Stretch
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import STATES_OF, Phase
from zhitong.web.shell.navigation import address_of

LIST = "problems:list"


@dataclass(frozen=True)
class Rows:
    """The rows of one overview: through a lens, of one line where one is chosen, as of a moment where it is past.

    Who sees lines only opens no rows of the past: the list holds what belongs to the line today. What moved within a time
    opens only where no line is chosen: a matter may have come to a line, or left it, in between.
    """

    lens: Lens
    line: str = ""
    as_of: datetime | None = None
    stretch: Stretch | None = None

    def of(
        self, region: str, *, phases: Sequence[Phase] = (), light: Light | None = None, **narrowed: str,
    ) -> str:
        """The rows that stand so; empty where the list cannot tell them."""
        if self.as_of is not None and self.lens is not Lens.TERRITORY:
            return ""
        asked = [("state", state.value) for phase in phases for state in STATES_OF[phase]]
        asked += [("light", light.value)] if light else []
        if self.as_of is not None:
            narrowed = {**narrowed, "as_of": self.as_of.isoformat()}
        return self._address(region, asked, narrowed)

    def reported(self, region: str, **narrowed: str) -> str:
        """The rows reported within the time."""
        return self._moved(region, "reported", narrowed)

    def closed(self, region: str) -> str:
        """The rows closed within the time."""
        return self._moved(region, "closed", {})

    def _moved(self, region: str, what: str, narrowed: dict[str, str]) -> str:
        if self.stretch is None or self.lens is not Lens.TERRITORY or self.line:
            return ""
        since, until = self.stretch.since.isoformat(), self.stretch.until.isoformat()
        return self._address(region, [], {**narrowed, f"{what}_after": since, f"{what}_until": until})

    def _address(self, region: str, asked: list[tuple[str, str]], narrowed: dict[str, str]) -> str:
        address = address_of(LIST)
        if not address:
            return ""
        whole = [("lens", self.lens.value), ("region", region), *asked]
        whole += [("confidential", "no")] if self.lens is Lens.TERRITORY else []
        whole += [(name, value) for name, value in ({"line": self.line} | narrowed).items() if value]
        return f"{address}?{urlencode(whole)}"
