"""What looks wrong beside the last card, across the sheet and among peers is asked, and told of nobody else (R-E2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.cards.forms import definition, filled
from zhitong.domain.cards.rules.asking import asked_of
from zhitong.domain.cards.rules.checking import Troubles, check
from zhitong.domain.cards.rules.doubting import Known
from zhitong.domain.cards.rules.peers import PeerRange, measured
from zhitong.domain.cards.rules.suspicion_faults import suspicion_faults, without_lost
from zhitong.domain.cards.rules.templates import template_of

LAST = {"revenue": 12_005_000, "employees": 100}
RANGE = PeerRange(Decimal("40"), Decimal("80"))


def troubles(known: Known, *, suspicions: dict[str, Any] | None = None, **typed: object) -> Troubles:
    form = template_of({**definition(), **(suspicions or {})})
    return check(form, filled(**typed), known=known).troubles


@pytest.mark.parametrize(("typed", "asked"), [
    ({"revenue": "12005"}, "“主营业务收入”是上期的10倍，请核对单位。"),
    ({"revenue": "120"}, "“主营业务收入”只有上期的10分之一，请核对单位。"),
    ({"revenue": "11000"}, None),
    ({"revenue": "0"}, None),
])  # fmt: skip
def test_ten_times_the_last_revenue_is_asked(typed: dict[str, object], asked: str | None) -> None:
    assert troubles(Known(LAST, is_same_year=True), **typed).warnings.get("revenue") == asked


def test_a_running_total_begins_anew_with_the_year_and_a_stock_does_not() -> None:
    found = troubles(Known(LAST, is_same_year=False), revenue="12005", employees="501")

    assert found.warnings == {"employees": "“从业人数”是上期的5倍，请核对人数。"}


def test_a_first_card_has_nothing_to_be_laid_beside() -> None:
    assert troubles(Known(), revenue="12005", employees="501").warnings == {}


@pytest.mark.parametrize(("must", "severity", "electricity", "wrong"), [
    ("<=", "error", "40", "errors"),
    ("<=", "warning", "40", "warnings"),
    ("<=", "error", "50", None),
    ("=", "error", "51", "errors"),
    ("=", "error", "50", None),
])  # fmt: skip
def test_parts_stand_so_to_their_whole(must: str, severity: str, electricity: str, wrong: str | None) -> None:
    total = {"parts": ["employees", "export_share"], "must": must, "whole": "electricity", "severity": severity, "say": "合计不对。"}

    found = troubles(Known(), suspicions={"sums": [total]}, employees="20", export_share="30", electricity=electricity)

    places = {name: getattr(found, name).get("electricity") for name in ("errors", "warnings")}
    assert places == {"errors": None, "warnings": None, **({wrong: "合计不对。"} if wrong else {})}


def test_an_equal_sum_waits_for_all_its_parts_and_a_limit_does_not() -> None:
    def found(must: str) -> dict[str, str]:
        total = {"parts": ["employees", "export_share"], "must": must, "whole": "electricity", "severity": "error", "say": "不对。"}
        return troubles(Known(), suspicions={"sums": [total]}, employees="60", electricity="50").errors

    assert (found("="), found("<=")) == ({}, {"electricity": "不对。"})


@pytest.mark.parametrize(("figure", "far"), [("60", False), ("600", False), ("641", True), ("4", True), ("5.1", False)])
def test_what_lies_far_outside_the_quartiles_is_far(figure: str, far: bool) -> None:
    # 40–80: the factor between the quartiles is 2, three spans beyond them are eight times
    assert RANGE.is_far(Decimal(figure), Decimal(3)) is far


def test_peers_who_are_all_alike_allow_some_room_and_losses_are_measured_by_amount() -> None:
    alike, losses = PeerRange(Decimal(50), Decimal(50)), PeerRange(Decimal(-20), Decimal(10))

    assert (alike.is_far(Decimal(150), Decimal(3)), alike.is_far(Decimal(200), Decimal(3))) == (False, True)
    assert (losses.is_far(Decimal(-110), Decimal(3)), losses.is_far(Decimal(-111), Decimal(3))) == (False, True)


def test_a_figure_far_from_its_peers_is_asked_without_telling_theirs() -> None:
    asked = {"among_peers": [{"field": "revenue", "per": "employees", "say": "人均收入与同类相差很大，请核对。"}]}
    known = Known(peers={("revenue", "employees"): PeerRange(Decimal(400_000), Decimal(800_000))})

    far = troubles(known, suspicions=asked, revenue="120050", employees="100").warnings
    near = troubles(known, suspicions=asked, revenue="6000", employees="100").warnings

    assert (far["revenue"], near) == ("人均收入与同类相差很大，请核对。", {})


@pytest.mark.parametrize(("values", "figure"), [
    ({"a": 30, "b": 4}, Decimal("7.5")), ({"a": "1.5", "b": 1}, Decimal("1.5")), ({"a": 1, "b": 0}, None), ({"a": 1}, None),
    ({"b": 1}, None), ({"a": True, "b": 1}, None),
])  # fmt: skip
def test_a_figure_per_another_needs_both(values: dict[str, object], figure: Decimal | None) -> None:
    assert measured(values, "a", "b") == figure


def test_a_section_of_a_list_and_its_checks_are_asked_of_that_list_alone() -> None:
    given = definition()
    given["sections"][1]["lists"] = ["province-50"]
    form = template_of(given)

    on_it, beside_it = asked_of(form, ["province-50"]), asked_of(form, ["city-100"])

    assert on_it is form
    assert [one.code for one in beside_it.sections] == ["standing"]
    assert (beside_it.comparisons, beside_it.suspicions.against_last[0].fields) == ((), ())
    assert check(beside_it, {"contact_name": "王会计", "contact_phone": "13800000000"}).troubles.errors == {}


def test_a_field_that_goes_takes_with_it_what_was_laid_beside_it() -> None:
    given = {**definition(), "among_peers": [{"field": "revenue", "per": "employees", "say": "请核对。"}], "sums": [
        {"parts": ["profit", "revenue"], "must": "<=", "whole": "electricity", "severity": "error", "say": "请核对。"},
    ]}
    given["against_last"] = [{"fields": ["revenue", "profit"], "times": 10, "say": "请核对。"}]
    given["sections"][1]["fields"] = [one for one in given["sections"][1]["fields"] if one["code"] != "revenue"]

    kept = without_lost(given)

    assert ([one["fields"] for one in kept["against_last"]], kept["sums"], kept["among_peers"]) == ([["profit"]], [], [])
    assert list(suspicion_faults(kept, {field.code: field.kind for field in template_of(kept).fields()})) == []
    assert {said[:2] for said in suspicion_faults(given, {field.code: field.kind for field in template_of(kept).fields()})} == {
        ("against_last.0", "fields"), ("sums.0", "parts"), ("among_peers.0", "field"),
    }
