"""Publishing templates and opening rounds: who owes is known before anyone reports, and nothing happens twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from tests.cards.conftest import CAMPAIGN, NOW, Cast, september_of
from tests.cards.forms import definition
from zhitong.domain.cards.actions import TemplateToPublish, open_rounds, publish_templates
from zhitong.domain.cards.actions.publishing import TemplateChanged
from zhitong.domain.cards.models import Obligation, TemplateRow
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def to_publish(cast: Cast, **changes: object) -> TemplateToPublish:
    return TemplateToPublish(
        campaign=CAMPAIGN, definition={**definition(), **changes}, actor=cast.province_office.actor("cli")
    )


def test_a_template_is_published_once(cast: Cast) -> None:
    with acting_as(cast.province_office):
        published = [publish_templates([to_publish(cast)], now=NOW) for _again in range(2)]

    assert published == [1, 0]
    assert TemplateRow.objects.filter(campaign=CAMPAIGN).count() == 1


def test_a_published_version_never_changes(cast: Cast) -> None:
    with acting_as(cast.province_office):
        publish_templates([to_publish(cast)], now=NOW)
        with pytest.raises(TemplateChanged, match="请把 version 加一"):
            publish_templates([to_publish(cast, name="另一张卡")], now=NOW)
        assert publish_templates([to_publish(cast, name="另一张卡", version=2)], now=NOW) == 1


def test_loading_a_campaign_publishes_its_cards(db: None) -> None:
    shipped = TemplateRow.objects.filter(campaign="hebei-2018").values_list("code", flat=True)

    assert set(shipped) >= {"industry", "services", "tech_sme"}


def test_opening_writes_down_who_owes_to_whom(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        owed = list(
            Obligation.objects.order_by("position").values_list("subject__name", "collecting_unit__name", "position")
        )

    assert owed == [
        ("演示南大港石化设备有限公司", "南大港产业园区“双创双服”活动领导小组办公室", 1),
        ("演示任丘管道装备有限公司", "任丘市“双创双服”活动领导小组办公室", 2),
    ]


def test_opening_counts_every_obligation_as_missing(cast: Cast, september: UUID) -> None:
    nodes = [cast.regions[code].id for code in ("13", "130973400")]

    with acting_as(cast.province_office):
        found = counts(OBLIGATIONS, nodes, by=["state", "subject_kind"])

    assert found == {(nodes[0], "missing", "industry"): 2, (nodes[1], "missing", "industry"): 1}


def test_opening_again_changes_nothing(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        [again] = open_rounds([september_of(cast)], now=NOW)

        assert (again.round_id, again.owed, again.is_new) == (september, 2, False)
        assert Obligation.objects.count() == 2


def test_who_has_ended_owes_nothing(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        type(cast.subject).objects.filter(id=cast.subject.id).update(ended_on=date(2018, 9, 5))
        [october] = open_rounds([september_of(cast, period="2018-10", name="2018年10月")], now=NOW)

    assert october.owed == 1


def test_a_round_of_one_region_asks_its_own_subjects_only(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        [own] = open_rounds([september_of(cast, region_id=cast.regions["130973"].id)], now=NOW)

    assert own.owed == 1


def test_a_round_without_a_template_or_with_crossed_days_is_refused(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        with pytest.raises(NotFound, match="还没有发布代码为“works”"):
            open_rounds([september_of(cast, template_code="works")], now=NOW)
        with pytest.raises(BadInput, match="依次在后"):
            open_rounds([september_of(cast, period="2018-10", due_on=date(2018, 8, 1))], now=NOW)


def test_an_office_opens_rounds_for_its_own_region_alone(cast: Cast, september: UUID) -> None:
    with acting_as(cast.zone_office):
        [own] = open_rounds(
            [september_of(cast, region_id=cast.regions["130973"].id, period="2018-10", name="2018年10月")], now=NOW
        )
        with pytest.raises(NotFound):
            open_rounds([september_of(cast, period="2018-11")], now=NOW)
    with acting_as(cast.caring), pytest.raises(NotYours):
        open_rounds([september_of(cast, period="2018-11")], now=NOW)

    assert own.owed == 1
