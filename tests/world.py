"""The small world of the tests: the shipped campaign cut down to a few regions, and a fixed cast who sit in it.

One province, two cities, a county, a zone under a zone, a county shown beside it, a neighbouring county; firms in
南大港 and 任丘. Names of people and firms are invented and marked 演示.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from zhitong.domain.campaigns.package import CampaignPackage

REGIONS = {
    "13", "1309", "130973", "130973400", "130973401", "130973403", "130973206", "130983", "130983101", "130982",
    "1301", "130123", "xiongan",
}
NOW = datetime(2018, 4, 27, 7, 40, tzinfo=UTC)
"""Friday 27 April 2018, 15:40 in Shanghai: a make-up Saturday and the May holiday lie ahead."""

PASSWORD = "演示-Zhitong-2018"


@dataclass(frozen=True, slots=True)
class Role:
    """A member of the cast: login, name, unit code, kind of post."""

    login: str
    name: str
    unit: str
    post: str


CAST = (
    Role("firm", "演示甲", "firm-nandagang", "reporter"),
    Role("other_firm", "演示乙", "firm-renqiu", "reporter"),
    Role("park", "演示丙", "130973400-economy", "officer"),
    Role("park_office", "演示丁", "130973400-office", "officer"),
    Role("zone", "演示戊", "130973-economy", "officer"),
    Role("zone_office", "演示己", "130973-office", "officer"),
    Role("city", "演示庚", "1309-development", "officer"),
    Role("city_office", "演示辛", "1309-office", "officer"),
    Role("province", "演示壬", "13-development", "officer"),
    Role("province_office", "演示癸", "13-office", "officer"),
    Role("outsider", "演示子", "130123-office", "officer"),
    Role("neighbour", "演示丑", "130982-industry", "officer"),
)


def packages() -> list[CampaignPackage]:
    """The shipped packages, their territory cut down to REGIONS."""
    from zhitong.domain.campaigns.package import parse, shipped

    parsed = [parse(folder)[0] for folder in shipped()]
    return [_cut(package) for package in parsed if package is not None]


def _cut(package: CampaignPackage) -> CampaignPackage:
    order = package.organisation
    if order is None:
        return package
    small = replace(
        order, regions=tuple(row for row in order.regions if row.code in REGIONS),
        units=tuple(row for row in order.units if row.region in REGIONS),
    )
    return replace(package, organisation=small)


def build() -> None:
    """Fill a migrated database with the small world (as its owner)."""
    from zhitong.domain.calendars.actions import load_published
    from zhitong.domain.campaigns.actions import load_parts
    from zhitong.domain.history.actions import open_months
    from zhitong.domain.subjects.rules.cuts import CUTS
    from zhitong.domain.tallies.actions import rebuild

    load_published(2018, 2019)
    open_months(date(2018, 1, 1), date(2018, 12, 31))
    for package in packages():
        load_parts(package, now=NOW)
    _served()
    rebuild(CUTS)
    _cast()


def _served() -> None:
    from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
    from zhitong.domain.organisations.models import Region
    from zhitong.domain.subjects.models import Subject
    from zhitong.domain.subjects.rules.names import initials_of, key_of

    for code, name, region, credit in (
        ("firm-nandagang", "演示南大港石化设备有限公司", "130973400", "91130900MA00000014"),
        ("firm-renqiu", "演示任丘管道装备有限公司", "130982", "91130982MA00000022"),
    ):
        place = Region.objects.get(code=region)
        [(unit_id, _post_id)] = found_served_units([ServedUnit(code=code, name=name, region_id=place.id)])
        Subject.objects.create(
            kind="industry", name=name, name_key=key_of(name), initials=initials_of(name), code=credit, region=place,
            unit_id=unit_id, tier="county",
            revenue_cny=230_000_000,
        )


def _cast() -> None:
    from zhitong.domain.accounts.actions.passwords import note_own_passwords
    from zhitong.domain.organisations.actions.seating import Seat, seat

    people = seat([
        Seat(login=role.login, name=role.name, password=PASSWORD, post_id=_post(role), since=date(2018, 1, 1))
        for role in CAST
    ])
    note_own_passwords(people, now=NOW)


def _post(role: Role) -> UUID:
    from zhitong.domain.organisations.models import Post

    return Post.objects.filter(unit__code=role.unit, kind=role.post).order_by("title").values_list("id", flat=True)[0]
