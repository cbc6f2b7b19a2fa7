"""Before the ledger: the check of what was not simply solved, and of what nobody rated."""

from __future__ import annotations

from pydantic import Field

from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import OneOf, Said, ShortText
from zhitong.domain.problems.actions import settling
from zhitong.domain.problems.rules.kinds import CheckedBy
from zhitong.domain.problems.rules.way import Act


class Verifying(Said):
    """核查通过、未评价销号."""

    checked_by: OneOf[CheckedBy]
    checked: ShortText = Field(description="核查情况")


class FindingWanting(Said):
    """核查不实."""

    checked_by: OneOf[CheckedBy]
    reason: ShortText = Field(description="哪里与答复不一致")


OFFERS = (
    Offer(Act.VERIFY, Verifying, settling.Verify, settling.verify),
    Offer(Act.FIND_WANTING, FindingWanting, settling.FindWanting, settling.find_wanting),
    Offer(Act.CLOSE_UNRATED, Verifying, settling.CloseUnrated, settling.close_unrated),
)
