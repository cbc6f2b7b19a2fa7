"""Putting the digest of every day into a folder, whence it is carried elsewhere and onto paper."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

from zhitong.domain.history.queries.days import seal_of_day
from zhitong.domain.history.queries.sealed import head_numbered

BACK_DAYS = 31
CHAIN_SIGNS = 8


def write_days(folder: Path, *, today: date) -> int:
    """Write the files of the days that are over and not written yet, at most a month back; returns how many.

    They lie in a folder of their chain, named by the digest of its first seal: another database's are never mixed up with
    them. A file that is there stays as it is: it is what the chain is held against.
    """
    first, written = head_numbered(1), 0
    if first is None:
        return 0
    own = folder / first.digest.hex()[:CHAIN_SIGNS]
    for back in range(BACK_DAYS, 0, -1):
        day = today - timedelta(days=back)
        if (own / f"{day.isoformat()}.json").exists():
            continue
        sealed = seal_of_day(day)
        if sealed is not None:
            _write(own / sealed.name, sealed.text)
            written += 1
    return written


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o600)
    os.replace(draft, path)
