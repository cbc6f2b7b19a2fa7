"""What steps gave, kept in the state folder: a step that is over is not measured again by the same code on the same terms."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from zhitong.config import state
from zhitong.launch.bench.figures import Outcome
from zhitong.launch.bench.terms import Terms

FOLDER = "bench"
Given = tuple[Outcome, float, float]
"""What a step gave, its seconds, and the load of the machine when it began."""


def kept(step: str, scale: int, terms: Terms) -> Given | None:
    """What a step gave at a stock; None when it is still to be measured."""
    try:
        said = json.loads(_file(step, scale).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    given = Outcome.from_json(said["outcome"]), float(said["seconds"]), float(said["load"])
    return given if said["terms"] == asdict(terms) else None


def keep(step: str, scale: int, terms: Terms, given: Given) -> None:
    """Write down what a step gave; a reader sees all of it or nothing."""
    outcome, seconds, load = given
    said: dict[str, Any] = {"terms": asdict(terms), "seconds": seconds, "load": load, "outcome": outcome.as_json()}
    file = _file(step, scale)
    for folder in (file.parent.parent, file.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    state.write_private(file, json.dumps(said, ensure_ascii=False))


def _file(step: str, scale: int) -> Path:
    return state.folder() / FOLDER / digest_of_code() / f"{step}-{scale}.json"


@cache
def digest_of_code() -> str:
    """The code as it is, in eight signs: what other code gave is measured again."""
    found = hashlib.sha256()
    for path in sorted(state.PACKAGE.rglob("*")):
        if path.suffix in (".py", ".html", ".sql", ".yaml"):
            found.update(str(path.relative_to(state.PACKAGE)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:8]
