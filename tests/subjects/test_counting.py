"""What is counted of the registry is what its rows say."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import acting
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.rules.cuts import CUTS, KINDS
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tallies.actions import rebuild
from zhitong.domain.tallies.queries import differences


def test_counts_kept_by_acts_agree_with_the_rows(
    fresh_database: str, firm: Callable[..., NewSubject], rules: list[TierRule]
) -> None:
    with config.as_role("owner", name=fresh_database):
        rebuild(CUTS)  # the firms of the world were not registered by the act

    with acting("zone_office") as clerk:
        register([firm(), firm(kind=SubjectKind.PROJECT, stage="completion")], rules=rules, actor=clerk, now=NOW)

    with config.as_role("owner", name=fresh_database):
        assert differences(KINDS) == []
