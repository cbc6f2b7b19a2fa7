"""What the house answers to a whole form: each thing read once, whatever number of tables ask for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from zhitong.domain.blanks.queries.asked import Cut
from zhitong.domain.blanks.queries.numbers import (
    category_rows,
    moved_in,
    region_rows,
    unit_rows,
    whole_at,
    whole_figures,
)
from zhitong.domain.blanks.queries.problems import Stood, problem_rows, problems_stood
from zhitong.domain.blanks.queries.subjects import subject_rows
from zhitong.domain.blanks.rules.answers import Answer, Answers, Value
from zhitong.domain.blanks.rules.kinds import Grain
from zhitong.domain.blanks.rules.pointing import Pointing, TablePointing
from zhitong.domain.organisations.queries import directory, person_names, unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Category
from zhitong.domain.problems.queries.overview import Movement, Overview
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.figures import whole_day

CONFIDENTIAL = "企业要求保密的问题没有列入。"
_FROM_PROBLEMS = (Grain.PROBLEM, Grain.SUBJECT, Grain.UNIT)
_OWN = frozenset({"own_unit", "own_person", "own_region", "cut_off", "cut_off_year", "cut_off_month", "cut_off_day"})


def answers_for(viewer: Viewer, pointing: Pointing, cut: Cut) -> Answers:
    """The answers to everything that a pointing asks for: at most some thirty queries, whatever the rows.

    Raises TooMany: a list would be longer than a table holds. Raises TooEarly: the past is not kept that far back.
    """
    asking = _Asking(viewer, cut)
    said: list[str] = []
    tables = tuple(asking.table(one, said) for one in pointing.tables)
    return Answers(tables, asking.gaps({code for code in pointing.gaps.values() if code}), tuple(dict.fromkeys(said)))


def names_known() -> Mapping[Grain, Collection[str]]:
    """The names by which printed rows are known: of regions, of categories, of units; one query."""
    here = directory()
    return {
        Grain.REGION: [name for region in here.regions.values() for name in (region.name, region.short) if name],
        Grain.CATEGORY: _labels(), Grain.UNIT: [unit.name for unit in here.units.values()],
    }


class _Asking:
    """One reading for a form; what several tables need is asked once."""

    def __init__(self, viewer: Viewer, cut: Cut) -> None:
        self._viewer, self._cut = viewer, cut

    @cached_property
    def _stood(self) -> tuple[Stood, ...]:
        return problems_stood(self._viewer, self._cut)

    @cached_property
    def _whole(self) -> Overview:
        return whole_at(self._viewer, self._cut)

    @cached_property
    def _moved(self) -> Movement | None:
        return moved_in(self._viewer, self._cut)

    def table(self, asked: TablePointing, said: list[str]) -> Answer:
        """The answer to one table; sentences on where it comes from are added."""
        if asked.grain in _FROM_PROBLEMS:
            said.append(CONFIDENTIAL)
            if self._cut.since is not None:
                since = self._cut.since.astimezone(SHANGHAI).date()
                said.append(f"按问题、企业、单位列的表只算{whole_day(since)}以后反映的。")
        match asked.grain:
            case Grain.PROBLEM:
                return problem_rows(self._stood, asked.which, self._cut)
            case Grain.SUBJECT:
                answer, more = subject_rows(self._viewer, asked.which, self._stood, self._cut)
                said += more
                return answer
            case Grain.REGION:
                return region_rows(self._whole, self._moved)
            case Grain.UNIT:
                return unit_rows(self._stood, self._cut)
            case Grain.CATEGORY:
                return category_rows(self._whole, _labels())

    def gaps(self, codes: Collection[str]) -> dict[str, Value]:
        """Who fills in, the day of the cut-off, and figures of the whole where they are asked for."""
        found = self._own() if codes else {}
        return found | whole_figures(self._whole, self._moved) if set(codes) - _OWN else found

    def _own(self) -> dict[str, Value]:
        viewer, day = self._viewer, day_of(self._cut.at)
        return {
            "own_unit": unit_names([viewer.unit_id]).get(viewer.unit_id, ""),
            "own_person": person_names([viewer.person_id]).get(viewer.person_id, ""),
            "own_region": directory().regions[self._cut.region_id].name, "cut_off": day, "cut_off_year": day.year,
            "cut_off_month": day.month, "cut_off_day": day.day,
        }


def _labels() -> list[str]:
    return list(Category.objects.order_by("label").values_list("label", flat=True).distinct())
