"""Ranges of peers: computed once a round by the worker, of five firms or more, and asked of without telling (R-E2)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.cards.conftest import CAMPAIGN, Cast, seen_from_the_firm, september_of
from tests.cards.forms import definition, filled
from zhitong.config import database as config
from zhitong.domain.cards.actions import (
    RoundToOpen,
    Submission,
    TemplateToPublish,
    open_rounds,
    publish_templates,
    submit_cards,
)
from zhitong.domain.cards.actions.asking import WarningsUnconfirmed
from zhitong.domain.cards.actions.peering import keep_peer_ranges
from zhitong.domain.cards.models import PeerRange
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.models import Subject

SEPTEMBER, OCTOBER = datetime(2018, 9, 5, 2, tzinfo=UTC), datetime(2018, 10, 5, 2, tzinfo=UTC)
ASKED = [{"field": "revenue", "per": "employees", "say": "人均收入与同类企业相差很大，请核对。"}]


@pytest.fixture
def cast(fresh_database: str) -> Cast:
    """The small world in a database of its own, so that the worker may see it."""
    return seen_from_the_firm()


def open_month(cast: Cast, number: int) -> UUID:
    day = date(2018, number, 1)
    one: RoundToOpen = september_of(
        cast, period=f"2018-{number:02}", name=f"2018年{number}月", opens_on=day, due_on=day.replace(day=10),
        locked_on=day.replace(day=20),
    )
    with acting_as(cast.province_office):
        return open_rounds([one], now=SEPTEMBER)[0].round_id


def firms(cast: Cast, number: int) -> list[Subject]:
    """More firms beside the one of the cast."""
    region = cast.regions["130973400"]
    units = found_served_units([
        ServedUnit(code=f"peer-{place}", name=f"演示同行{place}", region_id=region.id) for place in range(number)
    ])
    return [
        Subject.objects.create(
            kind="industry", name=f"演示同行{place}", code=f"peer-{place}", region=region, unit_id=unit_id, tier="county",
        )
        for place, (unit_id, _post) in enumerate(units)
    ]


def sent_by(cast: Cast, subject: Subject, round_id: UUID, revenue: str) -> Submission:
    return Submission(
        round_id=round_id, subject_id=subject.id, version=0, confirmed=False,
        actor=Actor(None, None, subject.unit_id, "test"),
        values=filled(revenue=revenue, employees="100"),
    )


def september_collected(cast: Cast, others: int) -> UUID:
    """Peers have sent September: 40, 45, 50 … 万元 a head; returns the round of October."""
    with acting_as(cast.province_office):
        peers = firms(cast, others)
        publish_templates([TemplateToPublish(
            campaign=CAMPAIGN, definition={**definition(), "among_peers": ASKED}, actor=cast.province_office.actor("cli"),
        )], now=SEPTEMBER)
    september = open_month(cast, 9)
    submit_cards(
        [sent_by(cast, one, september, str(4000 + 500 * place)) for place, one in enumerate(peers)], now=SEPTEMBER
    )
    return open_month(cast, 10)


def test_the_worker_keeps_the_ranges_once_and_a_far_figure_is_asked(cast: Cast, fresh_database: str) -> None:
    with config.as_role("worker", name=fresh_database):
        october = september_collected(cast, 5)
        kept = [keep_peer_ranges(OCTOBER.date()) for _turn in range(2)]
        lower, upper = PeerRange.objects.filter(round_id=october, rank=None, sub_kind=None).values_list("lower", "upper").get()

    assert kept == [3, 0]  # of the region's rank, of the sub-kind, of all
    assert (int(lower), int(upper)) == (450_000, 550_000)
    with acting_as(cast.firm), pytest.raises(WarningsUnconfirmed) as asked:
        submit_cards([sent_by(cast, cast.subject, october, "400000")], now=OCTOBER)
    assert asked.value.fields == {"revenue": "人均收入与同类企业相差很大，请核对。"}
    with acting_as(cast.firm):
        assert submit_cards([sent_by(cast, cast.subject, october, "4100")], now=OCTOBER)


def test_four_firms_are_too_few_for_a_range(cast: Cast, fresh_database: str) -> None:
    with config.as_role("worker", name=fresh_database):
        october = september_collected(cast, 4)
        assert keep_peer_ranges(OCTOBER.date()) == 0

    with acting_as(cast.firm):
        assert submit_cards([sent_by(cast, cast.subject, october, "400000")], now=OCTOBER)
