"""What is known of enterprises for diagnosis and ladders: figures by period and qualifications, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zhitong.domain.subjects.models import DatedFact, Subject
from zhitong.domain.subjects.rules.kinds import ENTERPRISES, SubjectKind
from zhitong.domain.tiering.queries.judging import marks_of
from zhitong.domain.tiering.rules.ladders import Climber

Figures = Mapping[str, Mapping[str, Decimal]]
"""By period and code; money in yuan."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise with all its dated figures and its marks of today."""

    id: UUID
    kind: SubjectKind
    region_id: UUID
    is_served: bool
    figures: Figures
    marks: frozenset[str]

    def climber(self) -> Climber:
        """The enterprise as ladders ask for it: figures of whole years alone."""
        yearly: dict[str, dict[int, Decimal]] = defaultdict(dict)
        for period, told in self.figures.items():
            if len(period) == 4:
                for code, value in told.items():
                    yearly[code][int(period)] = value
        return Climber(self.marks, yearly)


def enterprises(subject_ids: Collection[UUID]) -> list[Enterprise]:
    """Those of the named that are enterprises, by id (three queries)."""
    rows = Subject.objects.filter(id__in=subject_ids, kind__in=[kind.value for kind in ENTERPRISES])
    figures: dict[UUID, dict[str, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    told = DatedFact.objects.filter(subject__in=rows.values("id"))
    for subject_id, period, code, value in told.values_list("subject_id", "period", "code", "value"):
        figures[subject_id][period][code] = value
    marks = marks_of(rows)
    return [
        Enterprise(
            subject_id, SubjectKind(kind), region_id, ended_on is None, figures.get(subject_id, {}),
            marks.get(subject_id, frozenset()),
        )
        for subject_id, kind, region_id, ended_on in rows.order_by("id").values_list("id", "kind", "region_id", "ended_on")
    ]
