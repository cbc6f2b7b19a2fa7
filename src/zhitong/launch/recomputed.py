"""After a storm: everything that is kept, worked out anew, and the last line about it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from zhitong.kit import progress


def verified(at: datetime | None = None) -> list[str]:
    """Everything that does not hold afterwards, all its days being summed; a due time that recomputes otherwise counts, for
    no rule has changed. `at` is the moment it ended, of a storm's own days where none is named."""
    from zhitong.domain.problems.queries.verifying import DATED_CUTS, verify
    from zhitong.domain.tallies.actions import close_days
    from zhitong.rehearsal.storm.field import ends

    now = at or ends()
    with progress.step("核对") as step:
        while close_days(DATED_CUTS, now=now):
            pass
        return [str(finding) for finding in verify(now=now, told=step.at)]


def ending(faults: Sequence[str]) -> str:
    """The last line: what was found."""
    if faults:
        print(f"共 {len(faults)} 处不符。", file=sys.stderr)
        return f"核对：{len(faults)} 处不符"
    return "核对：承办环节首尾相接，各项时限重算一致，现在和过去的各项计数与记录一致，0 处不符"
