"""Putting the digest of every day into a folder, whence it is carried elsewhere and onto paper."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

from zhitong.domain.history.queries.days import seal_of_day

BACK_DAYS = 31


def write_days(folder: Path, *, today: date) -> int:
    """Write the files of the days that are over and not written yet, at most a month back; returns how many.

    A file that is there stays as it is: it is what the chain is held against.
    """
    written = 0
    for back in range(BACK_DAYS, 0, -1):
        day = today - timedelta(days=back)
        if (folder / f"{day.isoformat()}.json").exists():
            continue
        sealed = seal_of_day(day)
        if sealed is not None:
            _write(folder / sealed.name, sealed.text)
            written += 1
    return written


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o600)
    os.replace(draft, path)
