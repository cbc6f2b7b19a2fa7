"""Between the levels: propose, keep, escalate, what the level above rules, passing the answer down."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from zhitong.api.v1.acts.offering import Offer
from zhitong.api.words import Name, Note, OneOf, Said, ShortText
from zhitong.domain.problems.actions import climbing
from zhitong.domain.problems.rules.kinds import PowerMissing
from zhitong.domain.problems.rules.way import Act


class Proposing(Said):
    """提出上报."""

    tried: ShortText = Field(description="本级已做的工作")
    power_missing: OneOf[PowerMissing]
    asked_for: ShortText = Field(description="请上级协调什么")


class Reasoning(Said):
    """An act that needs a reason."""

    reason: ShortText = Field(description="理由")


class Escalating(Said):
    """提请上级协调."""

    consent_by: Name = Field(description="同意的领导")
    consent_on: date = Field(description="同意的日期")


class PassingDown(Said):
    """向下级传答复."""

    note: Note = Field("", description="给下级的话")


OFFERS = (
    Offer(Act.PROPOSE, Proposing, climbing.Propose, climbing.propose),
    Offer(Act.KEEP, Reasoning, climbing.Keep, climbing.keep),
    Offer(Act.ESCALATE, Escalating, climbing.Escalate, climbing.escalate),
    Offer(Act.ASK_LOWER, Reasoning, climbing.Rule, climbing.ask_lower),
    Offer(Act.RULE_OWN_LEVEL, Reasoning, climbing.Rule, climbing.rule_own_level),
    Offer(Act.PASS_DOWN, PassingDown, climbing.PassDown, climbing.pass_down),
)
