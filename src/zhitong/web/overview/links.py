"""The addresses of the rows behind a figure: the list of problems, narrowed to what the figure counts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import STATES_OF, Phase
from zhitong.web.shell.navigation import address_of

LIST = "problems:list"


def rows_of(
    lens: Lens, region: str, *, phases: Sequence[Phase] = (), light: Light | None = None, kind: str = "", category: str = "",
    recorded: str = "",
) -> str:
    """The list behind a figure; empty while there is no such page."""
    address = address_of(LIST)
    if not address:
        return ""
    asked = [("lens", lens.value), ("region", region)]
    asked += [("state", state.value) for phase in phases for state in STATES_OF[phase]]
    asked += [("light", light.value)] if light else []
    asked += [("confidential", "no")] if lens is Lens.TERRITORY else []
    asked += [(name, value) for name, value in (("kind", kind), ("category", category), ("recorded", recorded)) if value]
    return f"{address}?{urlencode(asked)}"
