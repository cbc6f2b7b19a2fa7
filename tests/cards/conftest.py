"""The cast of the card tests: a firm of 南大港 and everybody around it, up to the province, and a neighbour county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
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
from zhitong.domain.organisations import queries as organisations
from zhitong.domain.organisations.models import Person, Region, RegionEdge, RegionWithin, Unit
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit.ids import uuid7

NOW = datetime(2018, 9, 3, 2, 0, tzinfo=UTC)
TODAY = date(2018, 9, 3)
PATHS = {"13": [], "1309": ["13"], "130973": ["13", "1309"], "nandagang": ["13", "1309", "130973"],
         "130925": ["13", "1309"]}
NAMES = {"13": "河北省", "1309": "沧州市", "130973": "渤海新区", "nandagang": "南大港", "130925": "盐山县"}
RANKS = {"13": "province", "1309": "city", "130973": "county", "nandagang": "county", "130925": "county"}


@dataclass(frozen=True)
class Cast:
    """Who plays, by the names the stories use."""

    regions: dict[str, Region]
    firm: Viewer
    firm_colleague: Viewer
    other_firm: Viewer
    office: Viewer
    city_office: Viewer
    province_office: Viewer
    neighbour_office: Viewer
    caring: Viewer
    uninvolved: Viewer
    subject: Subject
    other_subject: Subject


@pytest.fixture
def regions(db: None, owner_connection: psycopg.Connection[Any]) -> Iterator[dict[str, Region]]:
    """The territory; the tree of the counts is the owner's to write, so it is committed and taken away again."""
    regions = _regions()
    branches = [
        (regions[code].id, regions[ancestor].id) for code, above in PATHS.items() for ancestor in (*above, code)
    ]
    with owner_connection.cursor() as cursor:
        cursor.executemany("INSERT INTO tallies_branch (node, ancestor) VALUES (%s, %s)", branches)
        yield regions
        cursor.execute("DELETE FROM tallies_branch WHERE node = ANY(%s)", [[region.id for region in regions.values()]])


@pytest.fixture
def cast(regions: dict[str, Region], monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Regions with an office each (南大港 has none), departments, two firms; 科技局 cares for the first."""
    monkeypatch.setattr(organisations, "_kept", None)
    province = _office(regions["13"])
    firm, colleague = _firm("大港机械", regions["nandagang"])
    other_firm, _ = _firm("盐山管件", regions["130925"])
    caring = _viewer(_unit("渤海新区科技局", UnitKind.DEPARTMENT, regions["130973"]), PostKind.OFFICER)
    with acting_as(province):
        subject = _subject("大港机械", "911309000000000001", firm)
        other = _subject("盐山管件", "911309000000000002", other_firm)
        Care.objects.create(
            subject=subject, tier="county", unit_id=caring.unit_id, lead_official="赵副区长", person_in_charge="钱主任",
            since=date(2018, 3, 1),
        )
    return Cast(
        regions, firm, colleague, other_firm, _office(regions["130973"]), _office(regions["1309"]), province,
        _office(regions["130925"]), caring,
        _viewer(_unit("渤海新区环保局", UnitKind.DEPARTMENT, regions["130973"]), PostKind.OFFICER), subject, other,
    )


@pytest.fixture
def september(cast: Cast) -> UUID:
    """The round of September 2018, open from the 1st, due on the 10th, locked after the 20th; both firms owe."""
    with acting_as(cast.province_office):
        publish_templates(
            [TemplateToPublish(campaign="hebei-2018", definition=definition(), actor=cast.province_office.actor("cli"))],
            now=NOW,
        )
        [opened] = open_rounds([september_of(cast)], now=NOW)
    return opened.round_id


def september_of(cast: Cast, **changes: object) -> RoundToOpen:
    """The opening of September."""
    given: dict[str, object] = {
        "campaign": "hebei-2018", "template_code": "industry", "region_id": cast.regions["13"].id,
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


def _regions() -> dict[str, Region]:
    regions = {
        code: Region.objects.create(
            code=code, name=NAMES[code], short=NAMES[code], rank=RANKS[code], kind="division", position=place, pinyin=""
        )
        for place, code in enumerate(PATHS)
    }
    for code, above in PATHS.items():
        path = [*above, code]
        if above:
            RegionEdge.objects.create(
                region=regions[code], parent=regions[above[-1]], relation="reporting", since=date(2018, 1, 1)
            )
        for depth, ancestor in enumerate(reversed(path)):
            RegionWithin.objects.create(region=regions[code], ancestor=regions[ancestor], depth=depth)
    return regions


def _unit(name: str, kind: UnitKind, region: Region) -> Unit:
    return Unit.objects.create(code=f"u-{uuid7()}", name=name, short=name, kind=str(kind), region=region)


def _viewer(unit: Unit, post: PostKind, name: str = "张三") -> Viewer:
    kind = UnitKind(unit.kind)
    person = Person.objects.create(login=f"p-{uuid7()}", name=name)
    return Viewer(
        person.id, uuid7(), unit.id, kind, unit.region_id, reach_of(kind), (), permissions_of(kind, post)
    )


def _office(region: Region) -> Viewer:
    unit = _unit(f"{region.name}双创双服办", UnitKind.CAMPAIGN_OFFICE, region)
    return _viewer(unit, PostKind.OFFICER, "李四")


def _firm(name: str, region: Region) -> tuple[Viewer, Viewer]:
    unit = _unit(name, UnitKind.SERVED, region)
    return _viewer(unit, PostKind.REPORTER, "王会计"), _viewer(unit, PostKind.REPORTER, "刘厂长")


def _subject(name: str, code: str, firm: Viewer) -> Subject:
    return Subject.objects.create(
        kind="industry", name=name, code=code, region_id=firm.region_id, unit_id=firm.unit_id, revenue_cny=120_000_000
    )
