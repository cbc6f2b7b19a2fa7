"""The cast of the card tests: the firm of 南大港 and everybody around it, up to the province, and 任丘 beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.cards.forms import definition, filled, row
from zhitong.domain.cards.actions import (
    RoundToOpen,
    Submission,
    SubmittedCard,
    TemplateToPublish,
    open_rounds,
    publish_templates,
    submit_cards,
)
from zhitong.domain.organisations.models import Person, Region, Unit
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit.ids import uuid7

CAMPAIGN = "cards-tests"
NOW = datetime(2018, 9, 3, 2, 0, tzinfo=UTC)
TODAY = date(2018, 9, 3)


@dataclass(frozen=True)
class Cast:
    """Who plays, by the names the stories use."""

    regions: dict[str, Region]
    firm: Viewer
    firm_colleague: Viewer
    other_firm: Viewer
    office: Viewer
    zone_office: Viewer
    city_office: Viewer
    province_office: Viewer
    neighbour_office: Viewer
    caring: Viewer
    uninvolved: Viewer
    subject: Subject
    other_subject: Subject


@pytest.fixture
def cast(db: None) -> Cast:
    """The small world seen from one firm, gone after the test."""
    return seen_from_the_firm()


def seen_from_the_firm() -> Cast:
    """The small world seen from one firm; 南大港经发局 cares for it, 南大港安监环保局 has nothing to do with it."""
    province, office = _seated("13-office", "李四"), _seated("130973400-office", "李四")
    firm, other_firm = _seated("firm-nandagang", "王会计"), _seated("firm-renqiu", "孙会计")
    caring = _seated("130973400-economy", "钱主任")
    with acting_as(province):
        subject, other = (Subject.objects.get(unit_id=one.unit_id) for one in (firm, other_firm))
        Care.objects.create(
            subject=subject, tier="county", unit_id=caring.unit_id, lead_official="赵副主任", person_in_charge="钱主任",
            since=date(2018, 3, 1),
        )
    return Cast(
        {region.code: region for region in Region.objects.all()}, firm, _seated("firm-nandagang", "刘厂长"), other_firm,
        office, _seated("130973-office", "周五"), _seated("1309-office", "吴六"), province, _seated("130982-office", "郑七"),
        caring, _seated("130973400-safety", "冯八"), subject, other,
    )


def _seated(unit_code: str, name: str) -> Viewer:
    """Somebody new who works in a unit."""
    unit = Unit.objects.get(code=unit_code)
    kind = UnitKind(unit.kind)
    person = Person.objects.create(login=f"p-{uuid7()}", name=name)
    post = PostKind.REPORTER if kind is UnitKind.SERVED else PostKind.OFFICER
    return Viewer(person.id, uuid7(), unit.id, kind, unit.region_id, reach_of(kind), (), permissions_of(kind, post))


@pytest.fixture
def september(cast: Cast) -> UUID:
    """The round of September 2018, as `opened_september` has it."""
    return opened_september(cast)


def opened_september(cast: Cast) -> UUID:
    """Open the round of September 2018: from the 1st, due on the 10th, locked after the 20th; both firms owe."""
    with acting_as(cast.province_office):
        publish_templates(
            [TemplateToPublish(campaign=CAMPAIGN, definition=definition(), actor=cast.province_office.actor("cli"))],
            now=NOW,
        )
        [opened] = open_rounds([september_of(cast)], now=NOW)
    return opened.round_id


def september_of(cast: Cast, **changes: object) -> RoundToOpen:
    """The opening of September."""
    given: dict[str, object] = {
        "campaign": CAMPAIGN, "template_code": "industry", "region_id": cast.regions["13"].id,
        "period": "2018-09", "name": "2018年9月", "opens_on": date(2018, 9, 1), "due_on": date(2018, 9, 10),
        "locked_on": date(2018, 9, 20), "actor": cast.province_office.actor("cli"), **changes,
    }
    return RoundToOpen(**given)  # type: ignore[arg-type]


def submission(cast: Cast, round_id: UUID, *, version: int = 0, rows: Sequence[object] = (), **changes: object) -> Submission:
    """The firm's card, complete unless changed."""
    confirmed = bool(changes.pop("confirmed", False))
    return Submission(
        round_id=round_id, subject_id=cast.subject.id, version=version, actor=cast.firm.actor("web"),
        values=filled(**changes), rows=rows, confirmed=confirmed,  # type: ignore[arg-type]
    )


def send(
    cast: Cast, round_id: UUID, *, at: datetime = NOW, version: int = 0, rows: Sequence[object] = (), **changes: object
) -> SubmittedCard:
    """The firm sends its card."""
    with acting_as(cast.firm):
        [card] = submit_cards([submission(cast, round_id, version=version, rows=rows, **changes)], now=at)
    return card


@pytest.fixture
def sent(cast: Cast, september: UUID) -> SubmittedCard:
    """The firm's card of September, sent with two problems, one of them confidential."""
    return send(cast, september, rows=[row(), row("贷款到期周转不开", category="funds", confidential=True)])
