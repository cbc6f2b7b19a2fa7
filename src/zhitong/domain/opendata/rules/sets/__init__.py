"""Every set of open data, in the order in which pages and documents tell of them."""

from __future__ import annotations

from zhitong.domain.opendata.rules.columns import DataSet
from zhitong.domain.opendata.rules.sets.collection import OBLIGATIONS
from zhitong.domain.opendata.rules.sets.order import DAYS, REGIONS, UNITS
from zhitong.domain.opendata.rules.sets.plan import FIGURES, STANDINGS, TARGETS
from zhitong.domain.opendata.rules.sets.problems import PROBLEMS, SPELLS, STAYS
from zhitong.domain.opendata.rules.sets.subjects import SUBJECTS

SETS: dict[str, DataSet] = {
    one.name: one
    for one in (PROBLEMS, SPELLS, STAYS, SUBJECTS, OBLIGATIONS, TARGETS, FIGURES, STANDINGS, REGIONS, UNITS, DAYS)
}
