"""What each member of the cast sees of problems, through which lens, and that the rest is not there for them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.cast import Story, official_of, viewer
from tests.problems.ways import PROPOSAL, Raise, acknowledged, sent_up, unit_id
from tests.world import CAST, NOW
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.actions.climbing import propose
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.actions.receiving import Dispatch, reassign
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.lists import Filters, count_for, problems_for
from zhitong.domain.problems.queries.page import problem_id_of, problem_page
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Town:
    """Problems by the names the table uses."""

    stories: dict[str, Story]

    def named(self, ids: object) -> str:
        """Ids as names in the order of the table."""
        wanted = set(ids)  # type: ignore[call-overload]
        return " ".join(name for name, story in self.stories.items() if story.problem_id in wanted)


@pytest.fixture
def town(raised: Raise) -> Town:
    """Of 南大港: one at the park, one in confidence, one climbed to the zone, one moved from 经发局 to 财政局; one of 任丘."""
    moved = acknowledged(raised())
    moved.does("park_office", reassign, Dispatch, unit_id=unit_id("130973400-finance"), reason="涉及补贴")
    return Town({
        "plain": raised(), "secret": raised(confidential=True), "climbed": sent_up(raised()), "moved": moved,
        "renqiu": raised(category="environment", login="other_firm"),
    })


PARKS = "plain secret climbed moved"
OPEN = "plain climbed moved"
EVERY = f"{PARKS} renqiu"
SEEN: dict[str, dict[Lens, str]] = {
    "firm": {Lens.MINE: PARKS},
    "other_firm": {Lens.MINE: "renqiu"},
    "park": {Lens.DESK: "plain secret", Lens.WAITING: "climbed", Lens.LINE: OPEN, Lens.UNIT: PARKS, Lens.ALL: PARKS},
    "park_office": {Lens.DESK: "", Lens.WAITING: "climbed", Lens.TERRITORY: PARKS, Lens.UNIT: PARKS, Lens.ALL: PARKS},
    "zone": {Lens.DESK: "climbed", Lens.WAITING: "", Lens.LINE: OPEN, Lens.UNIT: "climbed", Lens.ALL: OPEN},
    "zone_office": {Lens.DESK: "", Lens.WAITING: "", Lens.TERRITORY: PARKS, Lens.UNIT: "climbed", Lens.ALL: PARKS},
    "city": {Lens.DESK: "", Lens.WAITING: "", Lens.LINE: OPEN, Lens.UNIT: "", Lens.ALL: OPEN},
    "city_office": {Lens.DESK: "", Lens.WAITING: "", Lens.TERRITORY: EVERY, Lens.UNIT: "", Lens.ALL: EVERY},
    "province": {Lens.DESK: "", Lens.WAITING: "", Lens.LINE: OPEN, Lens.UNIT: "", Lens.ALL: OPEN},
    "province_office": {Lens.DESK: "", Lens.WAITING: "", Lens.TERRITORY: EVERY, Lens.UNIT: "", Lens.ALL: EVERY},
    "neighbour": {Lens.DESK: "", Lens.WAITING: "", Lens.LINE: "", Lens.UNIT: "", Lens.ALL: ""},
    "outsider": {Lens.DESK: "", Lens.WAITING: "", Lens.TERRITORY: "", Lens.UNIT: "", Lens.ALL: ""},
}
"""By the rules of scope, not by what was found: a line never shows what is confidential, who took part goes on seeing."""


def in_lens(here: Viewer, lens: Lens, town: Town, filters: Filters | None = None) -> str:
    return town.named(row.id for row in problems_for(here, lens, filters or Filters(), now=NOW).rows)


def test_the_table_speaks_of_the_whole_cast() -> None:
    assert set(SEEN) == {role.login for role in CAST}


@pytest.mark.parametrize("login", SEEN)
def test_a_lens_shows_what_the_table_says_and_counts_as_much(town: Town, login: str) -> None:
    with acting_as(viewer(login)) as here:
        seen = {lens: in_lens(here, lens, town) for lens in lenses_of(here)}
        counted = {lens: count_for(here, lens, Filters(), now=NOW) for lens in lenses_of(here)}

    assert seen == SEEN[login]
    assert counted == {lens: len(names.split()) for lens, names in SEEN[login].items()}


@pytest.mark.parametrize("login", SEEN)
def test_what_a_lens_shows_opens_and_nothing_else(town: Town, login: str) -> None:
    opened = set()
    with acting_as(viewer(login)) as here:
        for name, story in town.stories.items():
            number = story.standing.number
            try:
                assert problem_page(here, story.problem_id, now=NOW).standing.number == number
                assert problem_id_of(here, number) == story.problem_id
                opened.add(name)
            except NotFound:
                with pytest.raises(NotFound):
                    problem_id_of(here, number)

    assert opened == {name for names in SEEN[login].values() for name in names.split()}


@pytest.mark.parametrize("login", SEEN)
def test_a_lens_that_is_not_ones_own_is_not_there(town: Town, login: str) -> None:
    with acting_as(viewer(login)) as here:
        for lens in set(Lens) - set(SEEN[login]):
            with pytest.raises(NotFound):
                problems_for(here, lens, Filters(), now=NOW)
            with pytest.raises(NotFound):
                count_for(here, lens, Filters(), now=NOW)


@pytest.mark.parametrize(
    ("login", "lens", "region", "names"),
    [
        ("city_office", Lens.TERRITORY, "130973", PARKS),
        ("city_office", Lens.TERRITORY, "130982", "renqiu"),
        ("province", Lens.LINE, "130973400", OPEN),
        ("province", Lens.LINE, "130982", ""),
        ("park", Lens.UNIT, "130973", PARKS),
        ("park", Lens.UNIT, "130982", ""),
        ("zone", Lens.DESK, "130982", ""),
    ],
)
def test_a_lens_is_narrowed_to_a_region(town: Town, login: str, lens: Lens, region: str, names: str) -> None:
    wanted = Filters(region_id=Region.objects.get(code=region).id)

    with acting_as(viewer(login)) as here:
        assert in_lens(here, lens, town, wanted) == names


@pytest.mark.parametrize(
    ("login", "lens", "region"),
    [
        ("zone_office", Lens.TERRITORY, "1309"), ("zone", Lens.LINE, "130982"), ("outsider", Lens.TERRITORY, "130973"),
    ],
)
def test_a_region_outside_ones_own_is_not_there(town: Town, login: str, lens: Lens, region: str) -> None:
    asked = Filters(region_id=Region.objects.get(code=region).id)

    with acting_as(viewer(login)) as here, pytest.raises(NotFound):
        problems_for(here, lens, asked, now=NOW)



def test_what_waits_in_a_township_without_an_office_is_on_the_desk_of_the_office_above(raised: Raise) -> None:
    story = raised(region_id=Region.objects.get(code="130973206").id)
    assert story.standing.accountable_unit_id == unit_id("130973206-government")
    story.done_by("130973206-government", acknowledge, Acknowledge, contact="已联系")
    story.done_by("130973206-government", propose, **PROPOSAL)

    with acting_as(viewer("zone_office")) as here:
        [duty] = duties_for(here, now=story.now)
    with acting_as(official_of("1309-office")) as above:
        assert duties_for(above, now=story.now) == []

    assert (duty.act, duty.problem.id) == (Act.ESCALATE, story.problem_id)
