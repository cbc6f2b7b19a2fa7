"""The arrows point down: the import contracts hold, and each of them catches what it forbids.

Breaches are planted as real files in a copy of the house, one at a time, and taken out again.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.application.use_cases import lint_imports

ROOT = Path(__file__).parents[2]
CONFIGURATION = str(ROOT / "pyproject.toml")
KeepsWith = Callable[[dict[str, str], str], bool]

BREACHES = {
    "a low floor knows a high one": ("floors", {"kit/planted.py": "import zhitong.domain"}),
    "the house knows a door": ("floors", {"domain/history/planted.py": "import zhitong.web"}),
    "a door knows another door": ("floors", {"web/planted.py": "import zhitong.api"}),
    "a floor nobody planned": ("floors", {"attic/__init__.py": ""}),
    "a low room knows a high one": ("rooms", {"domain/history/planted.py": "import zhitong.domain.calendars"}),
    "a room nobody planned": ("rooms", {"domain/gossip/__init__.py": ""}),
    "models know actions": (
        "furniture",
        {"domain/calendars/models.py": "from zhitong.domain.calendars import actions"},
    ),
    "rules know models": (
        "furniture",
        {"domain/calendars/rules.py": "from zhitong.domain.calendars import models"},
    ),
    "rules know the framework": ("rules", {"domain/calendars/rules.py": "import django.utils.timezone"}),
    "rules know the framework by a detour": (
        "rules",
        {"domain/calendars/rules.py": "import zhitong.kit.planted", "kit/planted.py": "import psycopg"},
    ),
    "a package is read with the framework": ("rules", {"domain/calendars/package.py": "import django.db"}),
    "the reader knows the framework": (
        "rules",
        {"policy/shapes.py": "import django.db"},
    ),
    "the reader's shapes know what is made of them": ("reader", {"policy/shapes.py": "import zhitong.policy.compiling"}),
    "a step of the reader nobody planned": ("reader", {"policy/planted/__init__.py": ""}),
    "a page reads the tables": ("doors", {"web/planted.py": "import zhitong.domain.calendars.models"}),
    "a job reads the tables": ("doors", {"work/planted.py": "from zhitong.domain.calendars.models import Day"}),
    "a command reads the tables": ("doors", {"cli/planted.py": "import zhitong.domain.history.models"}),
    "the API reads the tables": ("doors", {"api/planted.py": "import zhitong.domain.history.models"}),
    "two files know each other": (
        "circles",
        {"web/chicken.py": "import zhitong.web.egg", "web/egg.py": "import zhitong.web.chicken"},
    ),
}


def keeps(*contracts: str) -> bool:
    """Whether the package `zhitong` on the path keeps the contracts (all when none is named)."""
    return lint_imports(CONFIGURATION, limit_to_contracts=contracts, cache_dir=None, is_debug_mode=True, no_logo=True)


@pytest.fixture(scope="module")
def keeps_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeepsWith]:
    """Tells whether a copy of the house with lines planted in its files still keeps a contract."""
    package = tmp_path_factory.mktemp("house") / "zhitong"
    shutil.copytree(ROOT / "src" / "zhitong", package, ignore=shutil.ignore_patterns("__pycache__", "*.html", "static"))

    def keeps_with(lines: dict[str, str], contract: str) -> bool:
        before = {package / name: _text(package / name) for name in lines}
        try:
            for (path, text), line in zip(before.items(), lines.values(), strict=True):
                path.parent.mkdir(exist_ok=True)
                path.write_text(f"{text or ''}\n{line}\n", encoding="utf-8")
            return keeps(contract)
        finally:
            for path, text in before.items():
                _put_back(path, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(package.parent))
        patch.delitem(sys.modules, "zhitong", raising=False)  # or the linter would find the original again
        yield keeps_with


def test_the_house_keeps_every_contract() -> None:
    assert keeps()


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_caught(breach: str, keeps_with: KeepsWith) -> None:
    contract, lines = BREACHES[breach]

    assert not keeps_with(lines, contract)


@pytest.mark.parametrize("contract", sorted({contract for contract, _ in BREACHES.values()}))
def test_the_copy_without_a_breach_keeps_the_contract(contract: str, keeps_with: KeepsWith) -> None:
    assert keeps_with({}, contract)


def test_every_contract_is_shown_to_bite() -> None:
    contracts = {contract["id"] for contract in read_configuration(CONFIGURATION)["contracts_options"]}

    assert contracts == {contract for contract, _ in BREACHES.values()}


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _put_back(path: Path, text: str | None) -> None:
    if text is not None:
        path.write_text(text, encoding="utf-8")
        return
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
