"""Firms of several sizes in the small world, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tests.cast import acting
from tests.subjects.conftest import firm as firm
from tests.subjects.conftest import rules as rules
from tests.world import NOW
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList, DatedFact, Membership, Subject
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.kit.clock import held_at

HEBEI = "hebei-2018"
YI = 100_000_000
Known = dict[str, UUID]


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with held_at(NOW):
        yield


@pytest.fixture
def known(db: None, firm: Callable[..., NewSubject], rules: list[TierRule]) -> Known:
    """Firms by how they were registered: each stands on the tier that the rules then gave it."""
    wanted = {"giant": (60 * YI, "130973"), "large": (20 * YI, "130973"), "small": (2 * YI, "130973400"),
              "tiny": (YI // 2, "130973"), "unknown": (None, "130973"), "elsewhere": (30 * YI, "1301")}  # fmt: skip
    with acting("province_office") as office:
        entries = [firm(region, revenue_cny=revenue) for revenue, region in wanted.values()]
        ids = register(entries, rules=rules, actor=office, now=NOW)
    return dict(zip(wanted, ids, strict=True))


def enlisted(subject_id: UUID, code: str, since: date = date(2018, 3, 1)) -> None:
    """Put a subject on a list of the campaign by hand."""
    with acting("province_office"):
        drawn = AssistanceList.objects.get(campaign=HEBEI, code=code)
        Membership.objects.create(list=drawn, subject_id=subject_id, since=since)


def lists_of(subject_id: UUID) -> dict[str, bool]:
    """The lists a subject stood on, and whether it still does."""
    rows = Membership.objects.filter(subject_id=subject_id).values_list("list__code", "until")
    return {code: until is None for code, until in rows}


def earns(subject_id: UUID, revenue_cny: int) -> None:
    """Change a firm's revenue behind everybody's back."""
    with acting("province_office"):
        Subject.objects.filter(id=subject_id).update(revenue_cny=revenue_cny)


def tier_of(subject_id: UUID) -> Rank | None:
    """The tier that the register row has."""
    tier = Subject.objects.values_list("tier", flat=True).get(id=subject_id)
    return Rank(tier) if tier else None


def tells(subject_id: UUID, period: str, **figures: int) -> None:
    """Note figures of a period, in yuan."""
    for code, value in figures.items():
        DatedFact.objects.update_or_create(
            subject_id=subject_id, code=code, period=period,
            defaults={"value": Decimal(value), "source": "card", "noted_at": NOW},
        )
