"""Alike names and industries (R-D1): what a name is without its form and place, and what the standard calls a trade."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.domain.subjects.rules.industries import industries, industry_called
from zhitong.domain.subjects.rules.names import is_alike, key_of, pairs_of, probes_of
from zhitong.rehearsal.population import places

PLACES = ("河北省", "河北", "沧州市", "沧州", "任丘市", "任丘")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("沧州恒通管道装备有限公司", "恒通管道装备"), ("河北省沧州市恒通管道装备股份有限公司", "恒通管道装备"),
        ("恒通管道装备(集团)有限责任公司", "恒通管道装备"), ("恒通管道装备（任丘）集团有限公司", "恒通管道装备"),
        ("任丘市ＡＢＣ化工有限公司", "ABC化工"), ("任丘公司", "任丘"), ("沧州", "沧州"), ("恒通公司沧州分公司", "恒通公司沧州分"),
        ("  ", ""), ("北京恒通装备有限公司", "北京恒通装备"),
    ],
)
def test_the_key_of_a_name(name: str, key: str) -> None:
    assert key_of(name, PLACES) == key


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("恒通管道装备", "恒通管道装备", True), ("恒通管道装备", "恒通管道装备制造", True), ("恒通管道装备", "恒通石油管道装备", True),
        ("恒通管道装备", "华瑞管道装备", False), ("恒通管道装备", "恒通化工", False), ("恒通", "恒通化工", False),
        ("恒通新材料", "华瑞新材料", False), ("恒通新材料", "恒同新材料", False),
        ("恒通新能源汽车零部件", "亨通新能源汽车零部件", True), ("新恒通新能源汽车零部件", "恒通新能源汽车零部件", True),
        ("热电一期工程项目", "热电二期工程项目", False), ("演示企业12号矿", "演示企业13号矿", False), ("", "", False),
        ("石化三厂热电车间改造", "石化三厂热电车间改造工程", True),
    ],
)
def test_which_keys_are_alike(one: str, other: str, alike: bool) -> None:
    assert (is_alike(one, other), is_alike(other, one)) == (alike, alike)


SIGNS = st.text(alphabet="恒通华瑞管道装备化工", min_size=1, max_size=12)


@given(SIGNS, SIGNS, st.randoms())
def test_no_alike_key_escapes_the_probes(one: str, other: str, chance: random.Random) -> None:
    """What is looked up by probes misses no key that the rule calls alike, whichever pairs are taken for the rarest."""
    if one != other and is_alike(one, other):
        few, many = probes_of(one)
        pairs = sorted(pairs_of(one))
        chance.shuffle(pairs)

        assert pairs_of(other) & set(pairs[:few] if one[:2] != other[:2] else pairs[:many])


def test_the_standard_has_20_sections_and_97_divisions() -> None:
    every = industries()

    assert len(every) == 97
    assert [one.code for one in every] == [f"{number:02d}" for number in range(1, 98)]
    assert "".join(dict.fromkeys(one.section for one in every)) == "ABCDEFGHIJKLMNOPQRST"
    assert len({one.name for one in every}) == 97


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("31", "C31"), ("C31", "C31"), ("c3110", "C31"), ("3110", "C31"), ("黑色金属冶炼和压延加工业", "C31"), ("零售业", "F52"),
        ("０１", "A01"), ("D31", None), ("C", None), ("99", None), ("铁匠铺", None), ("", None), ("31100", None),
    ],
)
def test_an_industry_is_known_by_code_and_by_name(said: str, code: str | None) -> None:
    found = industry_called(said)

    assert (found.full_code if found else None) == code


def test_the_invented_firms_work_in_trades_of_the_standard() -> None:
    of_firms = (Path(places.__file__).parent / places.PLACES).read_text(encoding="utf-8").partition("\nprojects:")[0]
    said = set(re.findall(r"industry: ([^,}]+)", of_firms))

    assert said
    assert {one for one in said if industry_called(one) is None} == set()
