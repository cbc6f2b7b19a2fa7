"""Who walks: one seat for each kind of post and level, inside and outside of what happens in 南大港 and in 任丘.

What a seat is, is read from the campaign package and not from the code that is being tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests import world
from tests.world import CAST
from zhitong.domain.organisations.package import OrganisationPackage

NOBODY, POSTLESS = "nobody", "postless"
"""Not signed in; signed in and holding no post."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as DESIGN tells it: kind of unit and of post, region, lines; `path` is the region with all above it."""

    login: str
    unit: str
    post: str
    kind: str
    path: tuple[str, ...]
    lines: frozenset[str]
    is_territorial: bool

    @property
    def region(self) -> str:
        """The code of the region in which the unit stands."""
        return self.path[0]


FIRMS = {"firm-nandagang": "130973400", "firm-renqiu": "130982"}
"""Where the firms of the cast stand, by their own units."""
BESIDE_THE_CAST = (
    ("city_head", "1309-development", "leader"), ("city_deputy", "1309-office", "deputy"),
    ("other_line", "1309-industry", "officer"), ("city_inspection", "1309-inspection", "officer"),
    ("province_leader", "13-leading_group", "leader"), ("township", "130973206-government", "officer"),
    ("county_government", "130982-government", "leader"), ("neighbour_office", "130982-office", "officer"),
    ("beside", "130973401-office", "officer"), ("elsewhere_city", "1301-office", "officer"),
    ("elsewhere_department", "1301-development", "officer"), ("new_area", "xiongan-office", "officer"),
    ("resident", "1309-power", "officer"), ("task_force", "13-force-6", "officer"), ("delegate", "1309-delegates", "delegate"),
    ("firm_head", "firm-nandagang", "leader"), ("administrator", "130982-office", "administrator"),
    ("city_administrator", "1309-office", "administrator"), ("auditor", "130982-office", "auditor"),
    ("city_auditor", "1309-office", "auditor"), ("province_auditor", "13-office", "auditor"),
)
"""Login, unit, kind of post: those beside the cast of the stories."""


@cache
def seats() -> dict[str, Seat]:
    """Every seat by its login: the cast's and those beside it."""
    units = {row.code: row for row in _order().units}
    found = {}
    for login, code, post in (*((role.login, role.unit, role.post) for role in CAST), *BESIDE_THE_CAST):
        if code in FIRMS:
            found[login] = Seat(login, code, post, "served", path_of(FIRMS[code]), frozenset(), True)
        elif code in units:
            row = units[code]
            is_ours = row.subordination.value in ("territorial", "dual")
            found[login] = Seat(login, code, post, row.kind.value, path_of(row.region), frozenset(row.lines), is_ours)
    return found


@cache
def path_of(region: str) -> tuple[str, ...]:
    """A region with all above it to which it reports, the region first."""
    above = {row.code: row.reporting_parent or row.parent for row in _order().regions}
    return (region, *path_of(above[region])) if above[region] else (region,)


@cache
def _order() -> OrganisationPackage:
    """The order of government as the provincial package has it."""
    order = world.packages()[0].organisation
    assert order is not None, "the provincial package orders the government"
    return order
