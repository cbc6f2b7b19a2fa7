"""Figures of other systems: kept as sent, the newest stand offered to the report, never an older one (R-J1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.cast import official_of, viewer
from tests.progress.way import CAMPAIGN, COUNT, NOW, Sheet, opened
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.progress.actions.fetching import Fetched, SentFigure, register_source, take_source_figures
from zhitong.domain.progress.models import SourceFigure
from zhitong.domain.progress.queries.sheets import one_sheet
from zhitong.domain.progress.rules import Quality
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

COUNTY, ZONE = Sheet("130982"), Sheet("130973")
YESTERDAY, TODAY = NOW - timedelta(days=1), NOW - timedelta(hours=1)


@pytest.fixture(autouse=True)
def source() -> None:
    """August is open, and the city's 发改委 answers for a source."""
    opened()
    with acting_as(viewer("city")) as here:
        register_source(
            code="platform", name="演示平台", note="", unit_id=here.unit_id, actor=here.actor("test"), now=NOW,
        )


def send(*figures: SentFigure, code: str = "platform") -> Fetched:
    with acting_as(viewer("city")) as here:
        return take_source_figures(code, CAMPAIGN, figures, actor=here.actor("test"), now=NOW)


def said(value: int, as_of: datetime = TODAY, region: str = "130982", **more: str) -> SentFigure:
    return SentFigure(more.get("indicator", COUNT), region, more.get("period", "2018-08"), Decimal(value), as_of)


def test_a_figure_comes_with_origin_time_and_quality() -> None:
    assert send(SentFigure(COUNT, "130982", "2018-08", Decimal(4), TODAY, Quality.PROVISIONAL)) == Fetched(newest=1, filled=1)

    row = COUNTY.figure
    assert (row.value, row.origin, row.quality, row.as_of) == (4, "fetched", "provisional", TODAY.date())


def test_yesterday_s_figures_sent_today_are_kept_and_replace_nothing() -> None:
    send(said(5))

    assert send(said(3, YESTERDAY)) == Fetched(older=1)

    assert COUNTY.figure.value == 5
    with acting_as(viewer("province_office")):
        assert dict(SourceFigure.objects.values_list("value", "is_newest")) == {Decimal(5): True, Decimal(3): False}


def test_the_same_sent_twice_changes_nothing() -> None:
    send(said(5))

    assert send(said(5)) == Fetched(known=1)


def test_two_values_for_one_stand_are_refused() -> None:
    send(said(5))
    with pytest.raises(BadInput, match="已经送过另一个数"):
        send(said(6))
    with pytest.raises(BadInput) as refused:
        send(said(7, NOW), said(8, NOW))
    assert "两个不同的数" in refused.value.fields["figures.1.value"]


def test_a_sending_is_taken_whole_or_not_at_all_and_every_fault_is_named() -> None:
    with pytest.raises(BadInput) as refused:
        send(said(4), said(1, indicator="P999"), said(1, region="130123"), said(1, period="2018-13"), said(1, NOW + timedelta(days=2)))

    assert sorted(refused.value.fields) == ["figures.1.indicator", "figures.2.region", "figures.3.period", "figures.4.as_of"]
    assert COUNTY.figure.value is None


def test_what_somebody_filled_in_stays_and_the_source_stands_beside_it() -> None:
    COUNTY.fills(4)

    assert send(said(5), said(7, region="130973")) == Fetched(newest=2, filled=1)

    assert (COUNTY.figure.value, ZONE.figure.value) == (4, 7)
    with acting_as(viewer("city_office")) as here:
        [line] = [one for one in one_sheet(here, COUNTY.row.id, now=NOW).figures if one.source]
        assert line.source
        assert (line.source.source, line.source.value) == ("演示平台", 5)


def test_a_report_that_was_sent_is_left_alone() -> None:
    COUNTY.fills(4)
    COUNTY.sends()

    send(said(5))

    assert COUNTY.figure.value == 4


def test_only_the_unit_that_answers_for_a_source_sends_for_it() -> None:
    with acting_as(official_of("130982-development")) as here, pytest.raises(NotFound, match="源系统"):
        take_source_figures("platform", CAMPAIGN, [said(4)], actor=here.actor("test"), now=NOW)
    with pytest.raises(NotFound):
        send(said(4), code="unknown")
    with acting_as(viewer("city")) as here, pytest.raises(BadInput, match="已有一个源系统"):
        register_source(code="platform", name="演示", note="", unit_id=here.unit_id, actor=here.actor("test"), now=NOW)


def test_the_stand_of_a_day_is_told_in_the_zone_of_the_installation() -> None:
    send(said(4, datetime(2018, 9, 2, 1, tzinfo=UTC)))

    assert str(COUNTY.figure.as_of) == "2018-09-02"
