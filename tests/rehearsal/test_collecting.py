"""What the invented firms write on their cards: nothing that a card would refuse or ask about."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.rehearsal.conftest import Packages
from zhitong.domain.cards.rules.checking import check
from zhitong.domain.cards.rules.templates import template_of
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, SubjectKind
from zhitong.rehearsal.collecting import MONTHS, Owing, values_of
from zhitong.rehearsal.population.inventing import Invented

NOBODY = UUID(int=0)


def owing(one: Invented) -> Owing:
    return Owing(
        NOBODY, NOBODY, one.kind, one.sub_kind, one.name, one.code, one.industry, one.revenue_cny or 0, NOBODY
    )


@pytest.mark.parametrize("kind", sorted(ENTERPRISES, key=str), ids=str)
def test_a_card_filled_in_raises_no_question(
    kind: SubjectKind, population: list[Invented], shipped_packages: Packages
) -> None:
    record = next(one for one in shipped_packages[0].templates if one.definition["kind"] == str(kind))
    template = template_of(record.definition)
    firms = [one for one in population if one.kind is kind][::25]

    for one in firms:
        for month in MONTHS:
            troubles = check(template, values_of(owing(one), month.number)).troubles
            assert (troubles.errors, troubles.warnings) == ({}, {}), one.name


def test_a_round_ends_after_it_is_due_and_takes_no_more_than_all() -> None:
    for month in MONTHS:
        assert month.opens_on <= month.due_on <= month.locked_on
        assert sum(share for _day, share in month.comes_in) <= 1
        assert month.accepted + month.returned <= 1
