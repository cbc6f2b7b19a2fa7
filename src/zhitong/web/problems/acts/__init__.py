"""Every act a person may do on a problem's page, by phase of its life: its form, the act behind it, the words around it."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.acts import (
    climbing,
    closing,
    contacting,
    handling,
    leading,
    receiving,
    settling,
    sharing,
    sorting,
    timing,
)
from zhitong.web.problems.way import Way

WAYS: Mapping[Act, Way] = {
    **receiving.WAYS,
    **sorting.WAYS,
    **handling.WAYS,
    **sharing.WAYS,
    **timing.WAYS,
    **climbing.WAYS,
    **leading.WAYS,
    **closing.WAYS,
    **contacting.WAYS,
    **settling.WAYS,
}
