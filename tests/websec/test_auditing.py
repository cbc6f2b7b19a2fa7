"""The audit of the locks: findings fail, an absent service is said, anything else is no clean bill."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

from tests.websec import auditing
from tests.websec.auditing import Finding, Unreachable, of_node, of_python

PYTHON = {"dependencies": [
    {"name": "sound", "version": "1.0", "vulns": []},
    {"name": "faulty", "version": "0.9", "vulns": [{"id": "PYSEC-2018-1", "fix_versions": ["1.0"]}]},
]}
NODE = {"vulnerabilities": {"faulty": {"severity": "high", "fixAvailable": True}}}
AWAY = "urllib3.exceptions.NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused"


def test_a_known_fault_is_read_with_what_mends_it() -> None:
    assert of_python(json.dumps(PYTHON), "") == [Finding("faulty 0.9", "PYSEC-2018-1", "1.0")]
    assert of_node(json.dumps(NODE), "") == [Finding("faulty", "high", "yes")]


@pytest.mark.parametrize("read", [of_python, of_node])
def test_a_service_out_of_reach_is_no_finding_and_other_breakage_is_no_peace(
    read: Callable[[str, str], list[Finding]],
) -> None:
    with pytest.raises(Unreachable):
        read("", AWAY)
    with pytest.raises(Unreachable, match="sound"):
        of_python(json.dumps({"dependencies": [{"name": "sound", "skip_reason": "not found"}]}), "")
    with pytest.raises(ValueError, match="hashes"):
        read("", "ERROR: hashes are missing")
    with pytest.raises(Unreachable):
        of_node(json.dumps({"message": "request to the registry failed, reason: getaddrinfo ENOTFOUND"}), "")


@pytest.mark.parametrize(("python", "code"), [
    (json.dumps({"dependencies": []}), 0), (json.dumps(PYTHON), 1), (AWAY, 0), ("ERROR: hashes are missing", 2),
])
def test_findings_fail_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], python: str, code: int
) -> None:
    def answer(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        told = python if "pip_audit" in command else json.dumps({"vulnerabilities": {}})
        return subprocess.CompletedProcess(command, 0, told if told.startswith("{") else "", told)

    monkeypatch.setattr(subprocess, "run", answer)

    assert auditing.run() == code
    assert ("NOTHING WAS AUDITED" in capsys.readouterr().err) is (python == AWAY)


def test_every_lock_is_asked_about_with_its_hashes() -> None:
    (_python, asked, _read), _node = auditing.commands()

    assert "--require-hashes" in asked
    assert {str(path.relative_to(auditing.ROOT)) for path in (auditing.ROOT / "requirements").glob("*.txt")} <= set(asked)
