"""The number that people see and say: 冀-沧州-2018-000123. Gaps are allowed; the id stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.kit.clock import day_of

# The signs of the provinces (简称) by their codes in GB/T 2260.
PROVINCE_SIGNS = {
    **dict(zip(("11", "12", "13", "14", "15"), "京津冀晋蒙", strict=True)),
    **dict(zip(("21", "22", "23"), "辽吉黑", strict=True)),
    **dict(zip(("31", "32", "33", "34", "35", "36", "37"), "沪苏浙皖闽赣鲁", strict=True)),
    **dict(zip(("41", "42", "43", "44", "45", "46"), "豫鄂湘粤桂琼", strict=True)),
    **dict(zip(("50", "51", "52", "53", "54"), "渝川贵云藏", strict=True)),
    **dict(zip(("61", "62", "63", "64", "65"), "陕甘青宁新", strict=True)),
}


def number_of(path: Sequence[RegionEntry], at: datetime, serial: int) -> str:
    """Province sign, city, year of submission and serial, from the path of the problem's region (root first)."""
    province = PROVINCE_SIGNS.get(path[0].code, path[0].short)
    city = path[1].short if len(path) > 1 else "本级"
    return f"{province}-{city}-{day_of(at).year}-{serial:06d}"
