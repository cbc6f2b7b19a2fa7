"""Every act a person may do on a problem's page, by phase of its life: its form, the act behind it, the words around it."""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.problems.rules.way import Act
from zhitong.web.problems.acts import climbing, closing, handling, receiving, sharing, timing
from zhitong.web.problems.way import Way

WAYS: Mapping[Act, Way] = {
    **receiving.WAYS,
    **handling.WAYS,
    **sharing.WAYS,
    **timing.WAYS,
    **climbing.WAYS,
    **closing.WAYS,
}
