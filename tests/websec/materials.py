"""`make dist` writes what the wheel is made of beside it: a CycloneDX document from the locks (ASVS 5.0 15.1.2).

Every package with its exact version and the digests of the files that may stand for it; tools and tests are no part of it.
"""

from __future__ import annotations

import base64
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tests.house.habits import ROOT

_PINNED = re.compile(r"^([A-Za-z0-9][\w.\-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
OURS = "zhitong"


def materials(root: Path = ROOT, at: datetime | None = None) -> str:
    """The document as JSON: the same locks and moment give the same text."""
    found = [*_python(root / "requirements" / "run.txt"), *_front_end(root / "package-lock.json")]
    bom = Bom(components=found, serial_number=uuid5(NAMESPACE_URL, "".join(sorted(str(one.purl) for one in found))))
    version = metadata.version(OURS)
    bom.metadata.component = Component(
        name=OURS, version=version, type=ComponentType.APPLICATION, purl=PackageURL("pypi", None, OURS, version), bom_ref=OURS,
    )
    bom.metadata.timestamp = at or datetime.fromtimestamp(float(os.environ.get("SOURCE_DATE_EPOCH") or datetime.now(UTC).timestamp()), UTC)
    bom.register_dependency(bom.metadata.component, found)
    return JsonV1Dot6(bom).output_as_string(indent=1)


def _python(lock: Path) -> Iterator[Component]:
    """The packages of a requirements file, one for each pinned line and the digests that follow it."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    for block in blocks:
        if pinned := _PINNED.match(block):
            name, version = pinned.groups()
            yield _component("pypi", None, name, version, [
                HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in _DIGEST.findall(block)
            ])


def _front_end(lock: Path) -> Iterator[Component]:
    """The packages of the front end; those of tests alone are left out."""
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    for path, told in packages.items():
        if not path or told.get("dev"):
            continue
        scope, _slash, name = path.rpartition("node_modules/")[2].rpartition("/")
        digest = base64.b64decode(told["integrity"].removeprefix("sha512-")).hex()
        yield _component("npm", scope or None, name, told["version"], [HashType(alg=HashAlgorithm.SHA_512, content=digest)])


def _component(kind: str, scope: str | None, name: str, version: str, digests: list[HashType]) -> Component:
    purl = PackageURL(kind, scope, name, version)
    return Component(
        name=f"{scope}/{name}" if scope else name, version=version, purl=purl, bom_ref=purl.to_string(), hashes=digests,
        type=ComponentType.LIBRARY,
    )


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    (Path(sys.argv[1]) / f"{OURS}-{metadata.version(OURS)}.cdx.json").write_text(materials(), encoding="utf-8")
