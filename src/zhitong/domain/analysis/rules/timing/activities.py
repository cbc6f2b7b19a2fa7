"""What happens to a problem while it stands in a state: somebody works on it, it waits for somebody, or its clock is stopped.

Source: REQUIREMENTS R-H3 (how long things take and where they wait), 冀发〔2018〕7号 四（七）.
"""

from __future__ import annotations

from collections.abc import Mapping

from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.choices import Word


class Activity(Word):
    """What the time in a state is spent on."""

    WORKING = "working", "办理"
    WAITING = "waiting", "等待"
    STOPPED = "stopped", "停表"


class WaitsFor(Word):
    """Whom a problem in a state waits for."""

    OFFICE = "office", "活动办公室"
    UNIT = "unit", "承办单位"
    LEVEL = "level", "本级审核"
    RELAY = "relay", "下级转告"
    FIRM = "firm", "企业"
    DAY = "day", "到期恢复"
    NOBODY = "nobody", "—"


ACTIVITY_OF: Mapping[State, tuple[Activity, WaitsFor]] = {
    State.SUBMITTED: (Activity.WAITING, WaitsFor.OFFICE),
    State.ASKED: (Activity.WAITING, WaitsFor.FIRM),
    State.ACCEPTED: (Activity.WAITING, WaitsFor.OFFICE),
    State.DISPATCHED: (Activity.WAITING, WaitsFor.UNIT),
    State.HANDLING: (Activity.WORKING, WaitsFor.NOBODY),
    State.PAUSED: (Activity.STOPPED, WaitsFor.DAY),
    State.PARKED: (Activity.STOPPED, WaitsFor.DAY),
    State.PROPOSED: (Activity.WAITING, WaitsFor.LEVEL),
    State.RETURNING: (Activity.WAITING, WaitsFor.RELAY),
    State.ANSWERED: (Activity.WAITING, WaitsFor.FIRM),
    State.REVIEW: (Activity.WORKING, WaitsFor.NOBODY),
    State.CONFIRMED: (Activity.WAITING, WaitsFor.OFFICE),
    State.OBJECTED: (Activity.WORKING, WaitsFor.NOBODY),
}
"""Every open state; in the closed ones no time is spent."""

HELD_BY_A_UNIT = frozenset(
    state for state, (activity, waits) in ACTIVITY_OF.items()
    if activity is not Activity.STOPPED and waits is not WaitsFor.FIRM
)
"""States whose length a unit of government answers for; only these can be a bottleneck."""

GOING_BACK = (
    Act.ASK_MORE, Act.SEND_BACK, Act.REASSIGN, Act.DESIGNATE, Act.KEEP, Act.ASK_LOWER, Act.RULE_OWN_LEVEL, Act.ADVISE,
    Act.REJECT, Act.HANDLE_ANEW, Act.FIND_WANTING, Act.OVERRULE, Act.REOPEN,
)
"""Acts after which something is done once more, in the order of the way."""


def activity_of(state: State) -> Activity | None:
    """What time in a state is spent on; None in a closed one."""
    found = ACTIVITY_OF.get(state)
    return found[0] if found else None


def waits_for(state: State) -> WaitsFor:
    """Whom a problem in a state waits for."""
    found = ACTIVITY_OF.get(state)
    return found[1] if found else WaitsFor.NOBODY
