"""What a template costs, what of it is known, and which are like it (R-E1: refuse to ask twice)."""

from __future__ import annotations

from fractions import Fraction

from django.conf import settings

from tests.cards.forms import definition, template
from zhitong.domain.cards.rules.burden import STANDING, alike, burden_of, known_elsewhere
from zhitong.domain.cards.rules.kinds import FieldKind
from zhitong.domain.cards.rules.templates import Template, template_of


def visit(*fields: dict[str, object], prefill: str = "never", kind: str = "industry") -> Template:
    """Another form, asking these fields."""
    part = {"code": "s1", "title": "走访", "prefill": prefill, "fields": list(fields)}
    return template_of({**definition(kind=kind), "code": "visit", "name": "走访卡", "sections": [part], "checks": []})


def test_every_kind_of_field_has_its_seconds() -> None:
    assert settings.CARD_SECONDS.keys() == {STANDING, *map(str, FieldKind)}


def test_the_burden_is_fields_times_reporters_times_periods() -> None:
    form = visit({"code": "a", "label": "收入", "type": "money"}, {"code": "b", "label": "情况", "type": "long_text"})

    burden = burden_of(form, {"money": 60, "long_text": 125, STANDING: 4}, 100)

    assert (burden.fields, burden.seconds, burden.periods) == (2, 185, 12)
    assert burden.minutes_a_card == 4
    assert burden.hours_a_year == 62  # 185 s × 100 × 12 = 61.7 h


def test_what_is_prefilled_costs_only_a_look() -> None:
    name = {"code": "name", "label": "企业名称", "type": "text"}

    assert burden_of(visit(name, prefill="standing"), {"text": 30, STANDING: 4}, 1).seconds == 4


def test_a_field_that_the_registry_or_another_form_has_is_named() -> None:
    form = visit(
        {"code": "x", "label": "企业名称", "type": "text", "fact": "name"}, {"code": "y", "label": "主营业务收入（万元）", "type": "money"},
        {"code": "z", "label": "走访感受", "type": "text"},
    )

    found = known_elsewhere(form, [template()])

    assert [(one.label, one.where) for one in found] == [
        ("企业名称", ("服务对象登记的“名称”",)), ("主营业务收入（万元）", ("《企业综合情况及问题反馈卡》第1版",)),
    ]
    assert known_elsewhere(visit({"code": "y", "label": "主营业务收入", "type": "money"}, kind="project"), [template()]) == []


def test_a_form_that_shares_much_with_another_is_called_alike() -> None:
    form = visit(
        {"code": "y", "label": "利润总额", "type": "money"}, {"code": "z", "label": "走访感受", "type": "text"},
    )
    new: list[dict[str, object]] = [{"code": f"q{n}", "label": f"新{n}", "type": "text"} for n in range(9)]
    strange = visit(*new, {"code": "y", "label": "利润总额", "type": "money"})

    assert [(one.name, one.share, one.common) for one in alike(form, [template()])] == [
        ("企业综合情况及问题反馈卡", Fraction(1, 2), ("利润总额",)),
    ]
    assert alike(strange, [template()]) == []
