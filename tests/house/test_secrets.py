"""No secret stands in the house: what opens something comes from the environment or is made on first use (ASVS 5.0 13.3.1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.habits import ROOT, SOURCE, tracked
from zhitong.config.environment import SETTINGS

# Written with brackets so that this file does not hold what it looks for.
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE K[E]Y-----"),
    "a key of a cloud": re.compile(r"\b(AKIA|LTAI|AIza)[0-9A-Za-z_-]{16,}"),
    "a token of a forge": re.compile(r"\b(gh[pousr]_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,})"),
    "a key of our own": re.compile(r"\bzt_[A-Za-z0-9_-]{32,}"),
    "a login in an address": re.compile(r"\b(postgres(ql)?|https?|redis|amqp)://[^\s:/@'\"{}<>用]+:(?!PASSWORD@)[^\s@'\"{}<>口]{3,}@"),
}
SAID = re.compile(
    r"(?i)\b(password|passwd|secret(_key)?|api_?key|token|private_key|access_key)\b\s*[:=]\s*[bf]?[\"'](?!\s*[\"'])([^\"'{}]{8,})[\"']"
)
MADE_UP = {
    "rehearsal/accounts.py": "the published password of demonstrations, which `zhitong doctor --production` refuses",
}
PLANTED = (
    "-----BEGIN RSA PRIVATE K" + "EY-----", "AKIA" + "IOSFODNN7EXAMPLE", "ghp_" + "a1" * 18, "zt_" + "q8Hk2" * 8,
    "postgresql://zhitong:" + "hunter22@db/zhitong",
)
LOOKED = tuple(path for path in tracked() if path.suffix not in (".svg", ".json", ".lock"))


@pytest.mark.parametrize("kind", SECRETS)
def test_no_file_holds(kind: str) -> None:
    found = [str(path.relative_to(ROOT)) for path in LOOKED if SECRETS[kind].search(path.read_text("utf-8", "replace"))]

    assert found == []


def test_every_kind_of_secret_would_be_noticed() -> None:
    assert [kind for kind, planted in zip(SECRETS, PLANTED, strict=True) if not SECRETS[kind].search(planted)] == []


def said_in(text: str) -> list[str]:
    """What is written out as if it opened something."""
    return [found[0] for found in SAID.finditer(text) if found[1].lower() != found[3].lower()]  # a word for itself is none


def test_nothing_that_opens_something_is_written_out_in_the_code() -> None:
    found = {
        str(path.relative_to(SOURCE)): said for path in sorted(SOURCE.rglob("*.py")) if (said := said_in(path.read_text("utf-8")))
    }

    assert {name: said for name, said in found.items() if name not in MADE_UP} == {}
    assert said_in('PASSWORD = "hunter22-hunter"') == ['PASSWORD = "hunter22-hunter"']


def test_settings_that_hold_a_secret_have_no_default() -> None:
    secret = [one for one in SETTINGS if re.search(r"_(KEY|SECRET|PASSWORD|TOKEN|URL)$", one.name)]

    assert len(secret) > 2
    assert [one.name for one in secret if one.default] == []


def test_settings_are_read_from_the_environment_at_one_place() -> None:
    readers = re.compile(r"os\.(environ\.get|getenv)\(|os\.environ\[[^\]]+\](?!\s*=[^=])")
    spared = {Path("config/environment.py"), Path("work/metrics.py")}  # the latter asks where prometheus-client counts
    found = {
        path.relative_to(SOURCE) for path in SOURCE.rglob("*.py")
        if path.parts[len(SOURCE.parts)] not in ("launch", "rehearsal") and readers.search(path.read_text("utf-8"))
    }

    assert found - spared == set()
