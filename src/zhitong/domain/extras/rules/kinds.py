"""The kinds of what a place does beside the plan, where a wish comes from, and how far a proposal has come. Pure."""

from __future__ import annotations

from zhitong.kit.choices import Word


class ExtraKind(Word):
    """What sort of thing is proposed.

    Source: 冀发〔2018〕7号 三（六）.
    """

    MICRO_ITEM = "micro_item", "民生微实事"
    CLUSTER = "cluster", "特色产业集群帮扶"
    MICRO_FIRM = "micro_firm", "小微企业帮扶"


class WishSource(Word):
    """Where the wish comes from."""

    RESIDENTS = "residents", "群众建议"
    DELEGATES = "delegates", "代表委员建议"
    VISIT = "visit", "走访发现"
    UNIT = "unit", "单位提出"


class ProposalState(Word):
    """How far a proposal has come."""

    PROPOSED = "proposed", "待评议"
    WEIGHED = "weighed", "已评议"
    LISTED = "listed", "已列入清单"
    UNLISTED = "unlisted", "未列入"
    WITHDRAWN = "withdrawn", "已撤回"
    DONE = "done", "已办成"


class ExtraAct(Word):
    """What can be done with a proposal."""

    WITHDRAW = "withdraw", "撤回"
    WEIGH = "weigh", "评议打分"
    LIST = "list", "列入清单"
    TURN_DOWN = "turn_down", "不列入"
    SEND_UP = "send_up", "推荐上级"
    COMPLETE = "complete", "登记办成"
    RATE = "rate", "登记群众评价"


ALLOWED: dict[ProposalState, frozenset[ExtraAct]] = {
    ProposalState.PROPOSED: frozenset({ExtraAct.WITHDRAW, ExtraAct.WEIGH, ExtraAct.TURN_DOWN}),
    ProposalState.WEIGHED: frozenset({
        ExtraAct.WITHDRAW, ExtraAct.WEIGH, ExtraAct.LIST, ExtraAct.TURN_DOWN, ExtraAct.SEND_UP,
    }),
    ProposalState.LISTED: frozenset({ExtraAct.SEND_UP, ExtraAct.COMPLETE}),
    ProposalState.UNLISTED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
    ProposalState.DONE: frozenset({ExtraAct.RATE}),
}
"""What each state lets happen."""
ON_THE_LIST = frozenset({ProposalState.LISTED, ProposalState.DONE})
WAITING = frozenset({ProposalState.PROPOSED, ProposalState.WEIGHED})
