"""The ground of a storm over HTTP, and afterwards: is what was acknowledged there, once?"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from zhitong.domain.history.lagging import lags
from zhitong.domain.history.models import FactRow
from zhitong.domain.organisations.actions.seating import Seat, issue_token, seat
from zhitong.domain.organisations.models import Post
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import PostKind, Rank, UnitKind
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.facts import FACT_OF
from zhitong.domain.problems.rules.way import Act
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock, progress
from zhitong.rehearsal.opening import load_packages, packages
from zhitong.rehearsal.population.demand import Wanted
from zhitong.rehearsal.population.settling import populate
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.storm.calling import Cast, Journal

FIRMS = 24
SINCE = date(2018, 1, 1)


def prepare() -> Cast:
    """Fill an empty migrated database (as its owner): the campaign, a few firms, and somebody with a key in every post asked."""
    with progress.step("准备风暴场地：活动、企业和密钥") as step:
        load_packages(step)
        require_stage()
        upper, local = packages()
        populate(upper, local, [Wanted(SubjectKind.INDUSTRY, FIRMS, Rank.COUNTY, region=local.region)])
        firms = list(Subject.objects.filter(unit__isnull=False).order_by("id").values_list("unit_id", "region_id"))
        here = directory()
        regions = {region.id for _unit_id, region_id in firms for region in here.path(region_id)}
        units = sorted((unit for unit in here.units.values() if unit.region_id in regions), key=lambda unit: unit.code)
        keys = _keys([unit.id for unit in units], PostKind.OFFICER)
        departments = {unit.region_id: unit.code for unit in reversed(units) if unit.kind is UnitKind.DEPARTMENT}
        reporters = _keys([unit_id for unit_id, _region_id in firms], PostKind.REPORTER)
        homes = {unit_id: office.code for unit_id, region_id in firms if (office := here.office(region_id)) is not None}
        return Cast(
            [(key, homes[unit_id]) for unit_id, key in reporters.items()],
            {here.units[unit_id].code: key for unit_id, key in keys.items()},
            {unit.code: departments[unit.region_id] for unit in units
             if unit.kind is UnitKind.CAMPAIGN_OFFICE and unit.region_id in departments},
        )


def _keys(unit_ids: Sequence[UUID], kind: PostKind) -> dict[UUID, str]:
    """Somebody in a post of the kind in each unit, with a key: the key by the unit."""
    posts: dict[UUID, UUID] = {}
    for unit_id, post_id in Post.objects.filter(unit__in=unit_ids, kind=kind.value, ended_on__isnull=True).values_list("unit_id", "id"):
        posts.setdefault(unit_id, post_id)
    mark = secrets.token_hex(3)
    people = seat([
        Seat(login=f"storm-{mark}-{place}", name="演示", password=None, post_id=post_id, since=SINCE)
        for place, post_id in enumerate(posts.values())
    ])
    now = clock.now()
    return {
        unit_id: issue_token(person_id=person_id, post_id=post_id, name="storm", now=now)
        for (unit_id, post_id), person_id in zip(posts.items(), people, strict=True)
    }


def has_caught_up() -> bool:
    """Whether everybody who follows the facts has read them all (as the worker)."""
    return all(lag.behind == 0 for lag in lags())


def differences(journals: Iterable[Journal]) -> tuple[list[str], list[str]]:
    """What was acknowledged and is not in the facts, and what stands there oftener than it was acknowledged (as the worker)."""
    owed: Counter[tuple[str, str]] = Counter()
    for journal in journals:
        for (number, act), times in journal.done.items():
            owed[number, FACT_OF[Act(act)].value] += times
    kept = _kept({kind for _number, kind in owed})
    return _lines(owed - kept), _lines(kept - owed)


def _kept(kinds: Collection[str]) -> Counter[tuple[str, str]]:
    """The facts that the API's callers left, by (number, kind)."""
    numbers = dict(Problem.objects.values_list("id", "number"))
    facts = FactRow.objects.filter(via="api", thing_kind="problem", kind__in=kinds).values_list("thing_id", "kind")
    return Counter((numbers[thing_id], kind) for thing_id, kind in facts)


def _lines(found: Counter[tuple[str, str]]) -> list[str]:
    return [f"{number} {kind} × {times}" for (number, kind), times in sorted(found.items())]
