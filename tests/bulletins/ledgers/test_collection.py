"""采集情况表: owed, sent, returned and missing by name, as it stood (R-H7, R-E7)."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.bulletins.ledgers.reading import rows_of, set_up_of, told_by
from tests.cards.conftest import NOW, Cast, send
from tests.cards.conftest import cast as cast
from tests.cards.conftest import september as september
from tests.cards.test_excusing import decide, say
from zhitong.domain.bulletins.queries.ledgers.collection import HEADS, MISSING, collection
from zhitong.domain.cards.actions import Return, SubmittedCard, return_cards
from zhitong.domain.cards.rules.rounds import ExcuseReason
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db

TITLES, NAMED = tuple(head.title for head in HEADS), tuple(head.title for head in MISSING)


def made(who: Viewer, at: datetime) -> bytes:
    into = io.BytesIO()
    with acting_as(who):
        collection(who, "", at).write(into)
    return into.getvalue()


def whole(content: bytes) -> dict[str, str]:
    """The total of the territory, what is zero left out."""
    return {head: cell for head, cell in told_by(content, TITLES)[0].items() if cell != "0"}


def missing(content: bytes) -> list[str]:
    rows = rows_of(content, "未报名单")
    place = next(at for at, row in enumerate(rows) if tuple(row) == NAMED)
    return [f"{row[3]} {row[4]}" for row in rows[place + 1 :] if len(row) > 3 and row[3]]


def returned(cast: Cast, card: SubmittedCard, at: datetime) -> None:
    with acting_as(cast.office):
        [_version] = return_cards(
            [Return(card_id=card.card_id, version=1, reason="单位填错", actor=cast.office.actor("web"))], now=at
        )


def test_each_moment_keeps_its_figures_whatever_comes_later(cast: Cast, september: UUID) -> None:
    moments = [NOW + timedelta(hours=hours) for hours in (0, 1, 2, 24 * 9)]
    first = {moments[0]: made(cast.office, moments[0])}
    card = send(cast, september, at=moments[1])
    first[moments[1]] = made(cast.office, moments[1])
    returned(cast, card, moments[2])
    first[moments[2]] = made(cast.office, moments[2])
    send(cast, september, at=moments[3], version=2)
    first[moments[3]] = made(cast.office, moments[3])

    assert {at: made(cast.office, at) for at in moments} == first
    assert [whole(first[at]).get("采集率") for at in moments] == ["0%", "100%", "0%", "100%"]
    assert [missing(first[at]) for at in moments] == [
        ["演示南大港石化设备有限公司 未填报"], [], ["演示南大港石化设备有限公司 已退回"], [],
    ]


def test_what_was_excused_leaves_the_list_when_it_was_granted(cast: Cast, september: UUID) -> None:
    said, _state = say(cast, cast.office, september, ExcuseReason.MOVED_OUT)
    decide(cast.province_office, said)

    before, after = made(cast.office, NOW - timedelta(minutes=1)), made(cast.office, NOW)

    assert whole(before)["应报（户）"] == "1"
    assert whole(after)["不计（停产、迁出、注销）"] == "1"
    assert "应报（户）" not in whole(after)
    assert missing(after) == []


def test_a_level_reads_those_below_it_township_by_township(cast: Cast, september: UUID) -> None:
    rows = told_by(made(cast.city_office, NOW), TITLES)

    assert [(row["地区"].strip("　"), row["应报（户）"]) for row in rows] == [
        ("沧州市", "2"), ("沧州渤海新区", "1"), ("南大港产业园区", "1"), ("任丘市", "1"),
    ]


def test_only_who_sees_the_whole_territory_gets_it_and_only_of_an_opened_round(cast: Cast, september: UUID) -> None:
    for nobody in (cast.firm, cast.caring):
        with pytest.raises(NotFound):
            made(nobody, NOW)
    with pytest.raises(Refused, match="还没有开放过填报期"):
        made(cast.office, NOW - timedelta(days=60))


def test_it_prints_across_one_page_wide(cast: Cast, september: UUID) -> None:
    said = set_up_of(made(cast.office, NOW))

    assert 'paperSize="9"' in said
    assert 'orientation="landscape"' in said
    assert 'fitToHeight="0"' in said
    assert "采集情况!$3:$3" in said
    assert "未报名单!$3:$3" in said
