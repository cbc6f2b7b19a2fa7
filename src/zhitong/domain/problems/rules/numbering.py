"""The number that people see and say: 冀-沧州-2018-000123. Gaps are allowed; the id stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.kit.clock import day_of

PROVINCE_SIGNS = {"河北": "冀"}


def number_of(path: Sequence[RegionEntry], at: datetime, serial: int) -> str:
    """Province sign, city, year of submission and serial, from the path of the problem's region (root first)."""
    province = PROVINCE_SIGNS.get(path[0].short, path[0].short)
    city = path[1].short if len(path) > 1 else "本级"
    return f"{province}-{city}-{day_of(at).year}-{serial:06d}"
