"""The accounts of the demonstration: one table, told apart by login, role and level."""

from __future__ import annotations

import re

from tests.rehearsal.conftest import Packages
from zhitong.rehearsal.accounts import ACCOUNTS, aligned


def test_logins_are_short_words_and_nobody_shares_one() -> None:
    logins = [one.login for one in ACCOUNTS]

    assert len(set(logins)) == len(logins)
    assert [login for login in logins if not re.fullmatch(r"[a-z]{3,12}", login)] == []


def test_every_unit_of_the_table_is_in_the_package(shipped_packages: Packages) -> None:
    order = shipped_packages[0].organisation
    assert order is not None
    units = {unit.code for unit in order.units}
    regions = {region.code for region in order.regions}

    for one in ACCOUNTS:
        assert one.unit in units if isinstance(one.unit, str) else one.unit.region in regions, one.login


def test_columns_stand_under_each_other_though_chinese_is_twice_as_wide() -> None:
    assert aligned([("登录名", "看"), ("ab", "c")]) == ["登录名  看", "ab      c"]
