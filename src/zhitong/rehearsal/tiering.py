"""Tiering on the stage: runs of the province and a city kept, figures of two years told, firms on their ladders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.package import CampaignPackage
from zhitong.domain.organisations.queries import person_of_login, posts_held_by, viewer_for
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.domain.tiering.actions.climbing import climb
from zhitong.domain.tiering.actions.considering import consider
from zhitong.domain.tiering.actions.running import keep_run
from zhitong.domain.tiering.models import Footing
from zhitong.domain.tiering.queries.standards import kinds_tiered, standard_in_force
from zhitong.kit.clock import day_of
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.stage import NOBODY, require_stage

OFFICES = ("shengban", "cangzhouban")
"""The demonstration's offices that have judged their regions, the province's first."""
TELLING = 5
"""One in so many firms of science has told figures of years."""
CLIMBED = 0.7
"""How many of those who were seen on a rung stand there already."""
MARGINS = (-6, 3, 9, 14)
"""Profit in percent of revenue, one of which each firm has."""
GROWTH = (-8, 6, 12, 21)
RESEARCH = (1, 2, 4, 6)
"""Yearly growth, and research in percent of revenue."""


@transaction.atomic
def tier(package: CampaignPackage, now: datetime) -> None:
    """Let the offices judge their regions, tell figures of the firms of science, and put most of them on their rungs.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    offices = [_office(login, now) for login in OFFICES]
    firms = list(Subject.objects.filter(kind=SubjectKind.TECH_SME.value, ended_on=None).order_by("id"))
    note_facts(list(_figures(firms[::TELLING], now.year)), actor=NOBODY, now=now)
    consider([one.id for one in firms], campaign=package.code, actor=NOBODY, now=now)
    _climb(offices[0], package.code, now)
    for office in offices:
        for kind in kinds_tiered(package.code):
            standard = standard_in_force(package.code, kind, office.region_id)
            keep_run(office, standard, campaign=package.code, actor=office.actor("rehearsal"), now=now)


def _office(login: str, now: datetime) -> Viewer:
    person_id, today = person_of_login(login), day_of(now)
    assert person_id is not None, "the demonstration's accounts are seated"
    found = viewer_for(person_id, posts_held_by(person_id, today)[0].post_id, today)
    assert found is not None, "who is seated holds a post"
    return found


def _figures(firms: Sequence[Subject], year: int) -> Iterator[NewFact]:
    """The revenues of the two years before, research and profit of the last: drawn for each firm."""
    draw = chance("tiering", "figures")
    for firm in firms:
        revenue = Decimal(firm.revenue_cny or 0)
        growth = 1 + Decimal(draw.choice(GROWTH)) / 100
        told = {
            (Known.REVENUE, year - 1): revenue, (Known.REVENUE, year - 2): revenue / growth,
            (Known.REVENUE, year - 3): revenue / growth / growth,
            (Known.RESEARCH, year - 1): revenue * draw.choice(RESEARCH) / 100,
            (Known.PROFIT, year - 1): revenue * draw.choice(MARGINS) / 100,
        }
        for (code, at), value in told.items():
            yield NewFact(
                subject_id=firm.id, code=code, period=str(at), value=value.quantize(Decimal(1)),
                source=FactSource.REGISTRY,
            )


def _climb(office: Viewer, campaign: str, now: datetime) -> None:
    draw = chance("tiering", "climbing")
    seen: dict[str, dict[UUID, str]] = {}
    for ladder, subject_id, proposed in (
        Footing.objects.filter(campaign=campaign).order_by("ladder", "subject_id")
        .values_list("ladder", "subject_id", "proposed")
    ):
        if draw.random() < CLIMBED:
            seen.setdefault(ladder, {})[subject_id] = proposed
    for ladder, rungs in seen.items():
        climb(office, ladder, rungs, "年初摸底入列", campaign=campaign, actor=office.actor("rehearsal"), now=now)
