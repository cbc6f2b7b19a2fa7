"""The words of a common problem: how it stands, how it is treated, how a member belongs and how far it has come."""

from __future__ import annotations

from zhitong.domain.problems.rules.kinds import CLOSED_STATES, Rating, State
from zhitong.kit.choices import Word


class CommonState(Word):
    """How a common problem stands."""

    STUDIED = "studied", "研究解决中"
    ANSWERED = "answered", "已统一答复"
    CLOSED = "closed", "已办结"


class Treatment(Word):
    """What joining does to the members."""

    GATHER = "gather", "归口办理"
    ANSWER = "answer", "统一答复"


class Membership(Word):
    """How a problem belongs to a common one; only who is joined holds the place that no second one may take."""

    JOINED = "joined", "已纳入"
    TAKEN_OUT = "taken_out", "已移出"
    SETTLED = "settled", "随共性问题办结"


class CommonAct(Word):
    """What can be done with a common problem."""

    ESTABLISH = "establish", "确立共性问题"
    JOIN = "join", "纳入问题"
    TAKE_OUT = "take_out", "移出问题"
    ANSWER = "answer", "统一答复"
    MEASURE = "measure", "登记制度性措施"
    CLOSE = "close", "办结共性问题"


class Progress(Word):
    """How far a member has come, as its common problem counts it."""

    HANDLING = "handling", "办理中"
    WAITING = "waiting", "待企业确认"
    CONFIRMED = "confirmed", "企业已确认"
    DISSATISFIED = "dissatisfied", "企业不满意"
    OVER = "over", "另行结束"


def progress_of(state: State, rating: Rating | None) -> Progress:
    """How far a member has come, from how it stands and what its reporter said last."""
    if state is State.REVIEW or (rating is Rating.DISSATISFIED and state in (State.CONFIRMED, State.CLOSED, State.ENDED)):
        return Progress.DISSATISFIED
    if state in (State.ANSWERED, State.RETURNING):
        return Progress.WAITING
    if state in (State.CONFIRMED, State.CLOSED):
        return Progress.CONFIRMED
    return Progress.OVER if state in CLOSED_STATES else Progress.HANDLING


STILL_WAITING = frozenset({Progress.HANDLING, Progress.WAITING, Progress.DISSATISFIED})
"""The reporter of such a member still waits."""
