"""A world in which the package asks townships to look first: one row of limits more, and a matter raised in 新村."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import acting
from tests.packages import Copy
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.actions.loading import load
from zhitong.domain.problems.package import LIMITS, parse

TOWNSHIP = "130973206-government"
OTHER_TOWNSHIP = "130983101-government"
_FIRST = "      - {stage: dispatch, urgency: urgent, hours: 2}\n"
_ASKED = '      - {stage: precheck, region: "130973", workdays: 1}\n'


def ask_townships(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the shipped limits with a row that has townships of the zone look first.

    What is loaded is rolled back with the test, the rulebook's version is not: nothing may stay kept in the process.
    """
    monkeypatch.setattr("zhitong.domain.problems.queries.rulebook._kept", {})
    package = Copy("hebei-2018", folder)
    package.replace(LIMITS, _FIRST, _ASKED + _FIRST)
    read, findings = parse(package.source())
    assert findings == []
    with acting("province_office"):
        load(read, campaign="hebei-2018")


def township() -> dict[str, object]:
    """Where a matter is raised so that the township of the zone looks first."""
    found = directory().region_coded("130973206")
    assert found is not None
    return {"region_id": found.id}
