"""The weights of the package are those of its own table, and what is wrong with them is said at its line (R-C5)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests import packages
from tests.plans.dividing.conftest import CAMPAIGN, townships
from zhitong.domain.campaigns.package import parse as parse_campaign
from zhitong.domain.plans.actions.weighing import load_weights
from zhitong.domain.plans.models import Weight
from zhitong.domain.plans.package import weights
from zhitong.domain.plans.package.weights import parse


def test_townships_are_counted_from_the_campaigns_own_table() -> None:
    package, findings = parse_campaign(packages.SHIPPED / "hebei-2018")
    assert package is not None
    assert package.organisation is not None
    rows = {one.code: one for one in package.organisation.regions}
    counted: Counter[str] = Counter()
    for one in rows.values():
        above = one.reporting_parent if one.rank.value == "township" else ""
        while above:
            counted[above] += 1
            above = rows[above].reporting_parent

    [written] = package.weights

    assert findings == []
    assert {code: int(value) for code, value in written.values.items()} == {
        one.code: counted[one.code] for one in rows.values() if one.rank.value in ("city", "county")
    }


def test_a_wrong_weight_is_said_at_its_line(tmp_path: Path) -> None:
    copy = packages.Copy(CAMPAIGN, tmp_path)
    line = copy.replace("weights.yaml", '"1301": 264', '"1301": -1')
    other = copy.replace("weights.yaml", '"1302": 251', '"9999": 251')

    read, findings = parse(copy.source())
    package, _findings = parse_campaign(packages.SHIPPED / CAMPAIGN)
    assert package is not None

    assert [(one.file, one.line) for one in findings] == [("weights.yaml", line)]
    assert read == []
    copy.replace("weights.yaml", '"1301": -1', '"1301": 1')
    read, _none = parse(copy.source())
    unknown = weights.check(read, set(package.weights[0].values))
    assert [(one.line, "9999" in one.message) for one in unknown] == [(other, True)]


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    package, _findings = parse_campaign(packages.SHIPPED / CAMPAIGN)
    assert package is not None

    assert not load_weights(CAMPAIGN, package.weights)
    assert set(Weight.objects.filter(weights=townships()).values_list("region__code", flat=True)) == {
        "1309", "1301", "xiongan", "130973", "130973400", "130973401", "130973403", "130983", "130982", "130123",
    }
