"""What a template costs those who fill it in, what of it is known already, and which templates are like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zhitong.domain.cards.rules.kinds import Period, Prefill
from zhitong.domain.cards.rules.templates import Field, Template

PERIODS = {Period.MONTH: 12, Period.QUARTER: 4, Period.AD_HOC: 1}
"""How often a year a template is asked."""
STANDING = "standing"
"""The key of what looking over a field takes that is filled in already."""
REGISTRY = {
    "name": "名称", "credit_code": "统一社会信用代码", "sub_kind": "细类", "business_address": "经营地址",
    "registered_address": "注册地址", "planned_start_on": "计划开工日期", "started_on": "实际开工日期",
    "planned_finish_on": "计划竣工日期", "finished_on": "实际竣工日期", "investment_cny": "总投资",
}
"""What the registry of the served keeps, by the fact a field would keep."""
ALIKE_FROM = Decimal("0.3")
_SECONDS_A_MINUTE, _SECONDS_AN_HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Burden:
    """What filling in costs: fields asked, seconds a card, how many fill it in, how often a year."""

    fields: int
    seconds: int
    reporters: int
    periods: int

    @property
    def minutes_a_card(self) -> int:
        """Minutes for one card, rounded up."""
        return -(-self.seconds // _SECONDS_A_MINUTE)

    @property
    def hours_a_year(self) -> int:
        """Hours of all reporters in a year, rounded up."""
        return -(-self.seconds * self.reporters * self.periods // _SECONDS_AN_HOUR)


@dataclass(frozen=True, slots=True)
class Known:
    """A field that asks what is known already, and where it stands."""

    code: str
    label: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Another template with so many of this one's fields; the share is of this one's, 0 to 1."""

    name: str
    code: str
    version: int
    common: tuple[str, ...]
    share: Fraction


def burden_of(template: Template, seconds: Mapping[str, int], reporters: int) -> Burden:
    """The burden of a template; `seconds` per kind of field, and under STANDING for one that is prefilled."""
    asked = [(section, field) for section in template.sections for field in section.fields]
    total = sum(
        seconds[STANDING] if section.prefill is Prefill.STANDING else seconds[str(field.kind)] for section, field in asked
    )
    return Burden(len(asked), total, reporters, PERIODS[template.period])


def known_elsewhere(template: Template, others: Sequence[Template]) -> list[Known]:
    """The fields asked anew each period that the registry keeps, or that another template asks of the same kind."""
    found = []
    for section in template.sections:
        if section.prefill is Prefill.STANDING:
            continue
        for field in section.fields:
            where = tuple(_places(field, template, others))
            if where:
                found.append(Known(field.code, field.label, where))
    return found


def _places(field: Field, template: Template, others: Sequence[Template]) -> Iterator[str]:
    if field.fact in REGISTRY:
        yield f"服务对象登记的“{REGISTRY[field.fact]}”"
    for other in others:
        if other.kind == template.kind and any(_same(field, one) for one in other.fields()):
            yield f"《{other.name}》第{other.version}版"


def alike(template: Template, others: Sequence[Template]) -> list[Alike]:
    """The templates for the same kind that share three fields in ten or more with this one, the most alike first."""
    asked = list(template.fields())
    found = []
    for other in (one for one in others if one.kind == template.kind):
        theirs = list(other.fields())
        common = tuple(one.label for one in asked if any(_same(one, their) for their in theirs))
        if common and len(common) >= ALIKE_FROM * len(asked):
            found.append(Alike(other.name, other.code, other.version, common, Fraction(len(common), len(asked))))
    return sorted(found, key=lambda one: (-one.share, one.code))


def _same(one: Field, other: Field) -> bool:
    """Whether two fields ask the same: the same fact, or the same words."""
    if one.fact and other.fact:
        return one.fact == other.fact
    return _words(one.label) == _words(other.label)


def _words(label: str) -> str:
    return "".join(label.split()).replace("（", "(").partition("(")[0]
