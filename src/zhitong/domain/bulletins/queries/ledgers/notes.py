"""What stands at the foot of a paper of a territory: what it leaves out, and what the past cannot tell."""

from __future__ import annotations

from zhitong.domain.bulletins.queries.ledgers.territory import Territory
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State
from zhitong.domain.tallies.queries import counts

NAMES = "单位、企业名称和联系电话以出表时登记的为准，其余均为统计截止时间的情况。"
"""Names and telephones keep no past; all else does."""


def foot_of(territory: Territory) -> list[str]:
    """The notes of a list of problems; of a whole territory with how many are confidential and stand in no paper."""
    if territory.line_ids is not None:
        return [NAMES]
    counted = counts(cuts.CONFIDENTIAL, [territory.region.id], by=("state",), at=territory.at)
    still_open = sum(number for (_node, state), number in counted.items() if State(str(state)) in OPEN_STATES)
    said = f"另有企业要求保密的问题{sum(counted.values())}件（未办结{still_open}件），不列入本表。" if counted else ""
    return [*([said] if said else []), NAMES]
