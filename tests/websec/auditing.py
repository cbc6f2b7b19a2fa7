"""`make audit`: whether a locked package has a known fault, asked of the advisory services for Python and for npm.

Findings fail. A service that cannot be reached does not: it is said loudly, for a machine without a way out proves nothing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements/run.txt", "requirements/dev.txt", "requirements/node.txt")
PATIENCE_SECONDS = 300
_AWAY = (
    "connection", "timed out", "timeout", "resolve", "unreachable", "proxy", "enotfound", "econn", "eai_again", "network",
    "ssl", "503", "502", "service unavailable", "403 forbidden", "404", "audit endpoint returned an error",
)


class Unreachable(Exception):
    """The advisory service did not answer."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A locked package with a known fault."""

    package: str
    fault: str
    mended_in: str


def of_python(out: str, err: str) -> list[Finding]:
    """What pip-audit told as JSON. Raises Unreachable; raises ValueError: it broke for another reason."""
    told = _json_in(out, err)
    unknown = [str(package["name"]) for package in told["dependencies"] if "skip_reason" in package]
    if unknown:
        raise Unreachable(f"nothing is known of {'、'.join(unknown)}")
    return [
        Finding(f"{package['name']} {package.get('version', '')}", fault["id"], "、".join(fault.get("fix_versions", [])) or "–")
        for package in told["dependencies"] for fault in package.get("vulns", [])
    ]


def of_node(out: str, err: str) -> list[Finding]:
    """What npm told as JSON. Raises Unreachable; raises ValueError: it broke for another reason."""
    told = _json_in(out, err)
    if "vulnerabilities" not in told:
        raise _broken(json.dumps(told) + err)
    return [
        Finding(name, str(found.get("severity")), "yes" if found.get("fixAvailable") else "–")
        for name, found in told["vulnerabilities"].items()
    ]


def _json_in(out: str, err: str) -> dict[str, Any]:
    try:
        return dict(json.loads(out))
    except ValueError:
        raise _broken(out + err) from None


def _broken(said: str) -> Exception:
    is_away = any(word in said.lower() for word in _AWAY)
    return Unreachable(said.strip()[-300:]) if is_away else ValueError(said.strip()[-600:])


def commands() -> list[tuple[str, Sequence[str], Callable[[str, str], list[Finding]]]]:
    """What is asked: the locks with their hashes, so that nothing is resolved or installed anew."""
    locks = [part for lock in LOCKS for part in ("-r", lock)]
    python = [
        sys.executable, "-m", "pip_audit", *locks, "--require-hashes", "--disable-pip", "--format", "json",
        "--progress-spinner", "off", "--timeout", "30",
    ]
    npm = shutil.which("npm") or str(Path(sys.executable).parent / "npm")
    node = [npm, "audit", "--package-lock-only", "--json"]
    return [("Python", python, of_python), ("npm", node, of_node)]


def run() -> int:
    """Ask both; 1 where there is a finding, 2 where asking broke, 0 otherwise."""
    worst = 0
    for name, command, read in commands():
        try:
            asked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
            findings = read(asked.stdout, asked.stderr)
        except (Unreachable, subprocess.TimeoutExpired) as away:
            print(f"!!! {name}: the advisory service cannot be reached; NOTHING WAS AUDITED: {away}", file=sys.stderr)
            continue
        except (ValueError, OSError) as broken:
            print(f"{name}: the audit broke: {broken}", file=sys.stderr)
            worst = max(worst, 2)
            continue
        print(f"{name}: {len(findings)} known faults in the locks")
        for one in findings:
            print(f"  {one.package}: {one.fault}, mended in {one.mended_in}", file=sys.stderr)
        worst = max(worst, 1 if findings else 0)
    return worst


if __name__ == "__main__":
    sys.exit(run())
