"""What is given out says what it is made of, package by package, as the locks have it (ASVS 5.0 15.1.2)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import metadata

from tests.house.habits import ROOT
from tests.websec.materials import materials

AT = datetime(2018, 9, 17, tzinfo=UTC)


def test_the_document_names_every_locked_package_with_its_digests_and_no_tool_of_ours() -> None:
    told = json.loads(materials(at=AT))
    found = {one["purl"]: one for one in told["components"]}
    locked = [line for line in (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines() if "==" in line]

    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["version"] == metadata.version("zhitong")
    assert len([purl for purl in found if purl.startswith("pkg:pypi/")]) == len(locked)
    assert f"pkg:pypi/django@{metadata.version('django')}" in found
    assert any(purl.startswith("pkg:npm/%40tabler/core@") for purl in found)
    assert not any("axe-core" in purl or "/pytest@" in purl for purl in found)
    assert all(one["hashes"] for one in found.values())


def test_the_same_locks_give_the_same_document() -> None:
    assert materials(at=AT) == materials(at=AT)
