"""Firms to be registered in the world of the tests, and the rules that ship."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from tests import packages
from zhitong.domain.organisations.models import Region, Unit
from zhitong.domain.subjects.actions.registering import NewSubject
from zhitong.domain.subjects.package import parse, rules_of
from zhitong.domain.subjects.rules.codes import check_character
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule


@pytest.fixture(scope="session")
def rules() -> list[TierRule]:
    """The tier rules that ship."""
    return rules_of(parse(packages.shipped("hebei-2018"))[0])


def sound_code(number: int) -> str:
    """A code with a right check digit, another for each number."""
    first = f"91139999MA0{number:06d}"
    return first + check_character(first)


@pytest.fixture
def firm() -> Callable[..., NewSubject]:
    """An industrial firm of 渤海新区, or what is asked for: `firm(revenue_cny=…, region="1301")`."""
    numbers = iter(range(1, 1_000_000))

    def make(region: str = "130973", **changes: object) -> NewSubject:
        number = next(numbers)
        entry: dict[str, object] = {
            "kind": SubjectKind.INDUSTRY, "name": f"演示企业{number}", "code": sound_code(number),
            "region_id": region_id(region), "revenue_cny": 200_000_000, **changes,
        }
        return NewSubject(**entry)  # type: ignore[arg-type]

    return make


def region_id(code: str) -> UUID:
    """The id of a region of the world."""
    return Region.objects.get(code=code).id


def unit_of(code: str) -> Unit:
    """A unit of the world."""
    return Unit.objects.get(code=code)
