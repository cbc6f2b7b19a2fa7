"""Problems to begin stories with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import Story, acting
from tests.world import NOW
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source
from zhitong.domain.subjects.models import Subject


@pytest.fixture
def raised() -> Callable[..., Story]:
    """Raise a problem as the firm of 南大港: `raised(category="energy", ...)`."""

    def tell(category: str = "energy", login: str = "firm", **more: object) -> Story:
        with acting(login) as actor:
            subject = Subject.objects.get(unit_id=actor.unit_id)
            values = {
                "campaign": "hebei-2018", "source": Source.CARD, "subject_id": subject.id, "subject_name": subject.name,
                "subject_kind": subject.kind, "tier": subject.tier, "reporter_unit_id": actor.unit_id,
                "region_id": subject.region_id, "category": category, "text": "夜间限电，热处理炉不能连续生产。",
                "actor": actor, "now": NOW,
            }
            report = Report(**(values | more))  # type: ignore[arg-type]
            return Story(raise_problems([report])[0].id)

    return tell
