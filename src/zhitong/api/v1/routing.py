"""The routing rules: read with their use, asked what another set would do, saved by the campaign's top office."""

from __future__ import annotations

from typing import Any

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Said, Shape, ShortText
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.problems.actions.rulemaking import SaveRules, save_rules
from zhitong.domain.problems.package import TRAITS
from zhitong.domain.problems.queries.rulemaking import RuleLine, faults_of, rules_of, what_if
from zhitong.domain.problems.rules.rulemaking import Draft
from zhitong.kit.refusals import BadInput, NotFound

router = Router()
MOST_RULES = 300


class Rule(Shape):
    """A rule in words and codes; `used` and `right` are of this quarter in the caller's territory."""

    code: str
    words: str
    lead: str
    joint: list[str]
    support: list[str]
    direct: str
    asks: dict[str, list[str]]
    in_force: bool
    used: int | None
    right: int | None


class Candidate(Shape):
    """Designations that may become a rule."""

    category: str
    region: str
    unit: str
    count: int


class Routing(Shape):
    """The rules in order; `opened` is what a saving has to name."""

    campaign: str
    opened: str
    rows: list[Rule]
    candidates: list[Candidate]
    may_save: bool


class WrittenRule(Said):
    """分发规则."""

    code: Code = Field(description="规则代码，同一方案内不重复", max_length=60)
    words: ShortText = Field(description="规则和依据，所有人都能看到")
    lead: Code = Field(description="主办条线代码")
    joint: list[Code] = Field([], description="共同牵头条线代码", max_length=20)
    support: list[Code] = Field([], description="配合条线代码", max_length=20)
    direct: str = Field("", description="直办级别：province、city、county、township，不直办的留空", max_length=24)
    asks: dict[str, list[str]] = Field({}, description="适用条件：" + "、".join(TRAITS))
    in_force: bool = Field(True, description="是否启用")


class Trying(Said):
    """试算."""

    rules: list[WrittenRule] = Field(description="全部规则，按顺序", min_length=1, max_length=MOST_RULES)


class Saving(Trying):
    """保存."""

    reason: ShortText = Field(description="修改理由")
    opened: str = Field("", description="读取规则时的 opened；之后被别人改过的不能保存", max_length=40)


class Sample(Shape):
    """A past problem that would go elsewhere."""

    number: str
    subject: str
    category: str
    before: str
    after: str


class Compared(Shape):
    """What the rules would have done with the last quarter."""

    looked_at: int
    is_whole: bool
    elsewhere: int
    to_desk: int
    samples: list[Sample]


class Saved(Shape):
    """The saving, to be named by the next one."""

    opened: str


@reads(router, "/routing", answer=Routing, summary="分发规则和本季度使用情况")
def routing(request: Request) -> Routing:
    """The rules in force and out of it, in order."""
    found = rules_of(request.viewer, _campaign(), now=request.now)
    return Routing(
        campaign=found.campaign, opened=found.opened, rows=[_rule(line) for line in found.lines],
        candidates=[Candidate(category=one.category, region=one.region, unit=one.unit, count=one.count)
                    for one in found.candidates],
        may_save=found.may_save,
    )


@writes(router, "/routing/what-if", answer=Compared, summary="试算：改后的规则会把近一季度的问题交给谁，不作任何改动")
def routing_what_if(request: Request, said: Trying) -> Compared:
    """Run the rules over the last quarter; nothing is changed."""
    campaign, drafts = _campaign(), _drafts(said)
    rules_of(request.viewer, campaign, now=request.now)  # refuses who may not see the rules before it says what is wrong with them
    faults = faults_of(campaign, drafts)
    if faults:
        raise BadInput("".join(faults), {"rules": "".join(faults)})
    found = what_if(request.viewer, campaign, drafts, now=request.now)
    return Compared(
        looked_at=found.looked_at, is_whole=found.is_whole, elsewhere=found.elsewhere, to_desk=found.to_desk,
        samples=[Sample(number=one.number, subject=one.subject, category=one.category, before=one.before, after=one.after)
                 for one in found.samples],
    )


@writes(router, "/routing", answer=Saved, summary="保存分发规则，从下一件问题起适用")
def save_routing(request: Request, said: Saving) -> Saved:
    """Replace the rules; only the campaign's top office may."""
    step = SaveRules(
        campaign=_campaign(), rules=_drafts(said), reason=said.reason, opened=said.opened, actor=actor_of(request),
        now=request.now,
    )
    return Saved(opened=save_rules(request.viewer, step))


def _rule(line: RuleLine) -> Rule:
    draft = line.draft
    return Rule(
        code=draft.code, words=draft.words, lead=draft.lead, joint=list(draft.joint), support=list(draft.support),
        direct=draft.direct, asks={trait: list(values) for trait, values in draft.asks.items()},
        in_force=draft.in_force, used=line.used, right=line.right,
    )


def _drafts(said: Trying) -> list[Draft]:
    """The rules as they were said.

    Raises BadInput: a condition is none that rules know.
    """
    strange = sorted({trait for one in said.rules for trait in one.asks if trait not in TRAITS})
    if strange:
        sentence = f"适用条件里没有“{'、'.join(strange)}”，只能用：{'、'.join(TRAITS)}。"
        raise BadInput(sentence, {"rules": sentence})
    return [_draft(one.model_dump()) for one in said.rules]


def _draft(values: dict[str, Any]) -> Draft:
    asks = {trait: tuple(wanted) for trait, wanted in values["asks"].items() if wanted}
    return Draft(**{**values, "asks": asks, "joint": tuple(values["joint"]), "support": tuple(values["support"])})


def _campaign() -> str:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return str(campaign.code)
