"""The wall's pages: every scene for who watches a region, nothing for who does not, and nobody's name in any (issue 7, item 2; R-H1)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import acting
from tests.problems.ways import Raise
from tests.web.stories import signed_in
from tests.web.wall.stories import SECRET, fill
from tests.world import CAST, NOW
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock
from zhitong.web.wall.showing import Scene

pytestmark = pytest.mark.django_db

PART = {"HTTP_HX_REQUEST": "true"}


def page(path: str, login: str = "city_office") -> str:
    answer = signed_in(login).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def busy(raised: Raise) -> None:
    """A world with something in every scene."""
    fill(raised)


SAID = {
    Scene.TILES: ["沧州市反映的 2 个问题，已销号 50%", "渤海新区", "未办结", "超期"],
    Scene.FLOW: ["沧州市反映的问题 100% 在县级办理", "反映 2 个", "县级"],
    Scene.METER: ["沧州市2018年4月采集率 0%，还差 2 户", "应报", "渤海新区"],
    Scene.LIGHTS: ["沧州市已报的 3 项目标，33% 达到序时进度，1 项滞后", "滞后", "偏慢"],
    Scene.SPOTS: ["沧州市反映最多的是“用地需求”，占 50%，其中渤海新区 1 个", "能源保障", "用地需求"],
    Scene.ANSWERS: ["最近办结的 1 个问题，用时当天", "渤海新区", "能源保障", "已解决"],
}


def test_every_scene_tells_its_finding_for_who_watches_the_region(busy: None) -> None:
    for scene, said in SAID.items():
        words = words_of(page(f"/wall/1309/{scene.value}/"))
        assert [one for one in (*said, "统计截止 2018年4月27日 15:40") if one not in words] == [], scene


def test_no_scene_names_a_person_or_a_firm_or_tells_a_text(busy: None) -> None:
    with acting("province_office"):
        firms = list(Subject.objects.values_list("name", flat=True))
    assert len(firms) == 2
    unsaid = (*firms, *(role.name for role in CAST), "夜间限电", SECRET, "人才用工")  # the last is a confidential one's category

    for path in (f"/wall/{code}/{scene.value}/" for code in ("13", "1309", "130973400") for scene in Scene):
        html = page(path, "province_office")
        assert [one for one in unsaid if one in html] == [], path
        assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", html) == [], path


@pytest.mark.parametrize(("login", "code"), [("outsider", "1309"), ("firm", "130973400"), ("neighbour", "130973")])
def test_from_outside_there_is_no_scene(login: str, code: str) -> None:
    client = signed_in(login)

    for scene in Scene:
        assert client.get(f"/wall/{code}/{scene.value}/").status_code == 404
    assert client.get(f"/wall/{code}/tiles/", **PART).status_code == 422


def test_who_is_not_signed_in_is_led_to_sign_in() -> None:
    assert Client().get("/wall/")["Location"] == "/sign-in/?next=/wall/"
    answer = Client().get("/wall/1309/tiles/", **PART)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/")


def test_without_an_address_it_is_ones_own_region() -> None:
    assert "渤海新区 · 各地情况" in words_of(page("/wall/", "zone_office"))


def test_a_department_has_the_scenes_of_its_lines_and_no_others(busy: None) -> None:
    html = page("/wall/1309/", "city")

    assert re.findall(r'data-scene="(\w+)"', html) == ["tiles", "meter", "lights", "answers"]
    assert signed_in("city").get("/wall/1309/spots/").status_code == 404


def test_an_empty_system_says_what_would_be_there() -> None:
    for login, code in (("city_office", "1309"), ("park_office", "130973400")):
        for scene in Scene:
            words = words_of(page(f"/wall/{code}/{scene.value}/", login))
            assert re.search("还没有|没有销号|没有下级", words), (code, scene)


def test_only_the_scene_is_sent_where_only_that_is_asked_for(busy: None) -> None:
    answer = signed_in("city_office").get("/wall/1309/meter/", **PART).content.decode()

    assert answer.lstrip().startswith('<section class="zt-wall-scene zt-wall-meter">')
    assert "<html" not in answer
    assert "data-wall" not in answer


def test_without_script_the_page_turns_to_the_next_scene_by_itself() -> None:
    html = page("/wall/1309/flow/?scenes=flow&scenes=lights&seconds=30")

    assert re.search(
        r'<noscript><meta http-equiv="refresh" content="30; url=/wall/1309/lights/\?scenes=flow&amp;scenes=lights&amp;seconds=30">',
        html,
    )
    assert re.findall(r'data-scene="(\w+)"', html) == ["flow", "lights"]
    assert 'href="/wall/1309/tiles/?scenes=flow' in html, "a scene left out can still be opened"


def test_after_the_last_scene_comes_the_first() -> None:
    assert 'content="15; url=/wall/1309/tiles/"' in page("/wall/1309/answers/")


def test_the_panel_chooses_scenes_seconds_and_region() -> None:
    html = page("/wall/?scenes=meter&seconds=60&region=130973", "city_office")

    assert "渤海新区 · 信息采集" in words_of(html)
    assert 'data-seconds="60"' in html
    assert re.search(r'<option value="60" selected>', html)
    assert re.search(r'value="meter"[^>]*checked', html)
    assert re.search(r'<option value="130973" selected>', html)
    assert '<option value="13">' not in html, "nothing above one's own region can be chosen"


@pytest.mark.parametrize("query", ["?scenes=none&seconds=0", "?seconds=abc", "?scenes=%00&seconds=999999", "?as=%F0%9F%98%80"])
def test_what_cannot_be_read_is_as_if_it_had_not_been_asked(query: str) -> None:
    html = page(f"/wall/1309/{query}")

    assert 'data-seconds="15"' in html
    assert len(re.findall("data-scene=", html)) == len(Scene)


@pytest.mark.parametrize("path", ["/wall/none/", "/wall/1309/none/", "/wall/?region=none", "/wall/?region=13"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert signed_in("city_office").get(path).status_code == 404


def test_a_tile_leads_to_its_region_with_everything_else_as_it_was(busy: None) -> None:
    assert 'href="/wall/130973/tiles/?seconds=30"' in page("/wall/1309/tiles/?seconds=30")


def test_the_table_is_one_click_away_and_stands_still(busy: None) -> None:
    drawn, rows = page("/wall/1309/tiles/?seconds=30"), page("/wall/1309/tiles/?seconds=30&as=table")

    assert 'href="/wall/1309/tiles/?seconds=30&amp;as=table"' in drawn
    assert "zt-wall-as-table" in rows
    assert "http-equiv" not in rows
    assert words_of(rows).count("渤海新区") >= 2


def test_the_wall_follows_its_region(busy: None) -> None:
    """The name of the topic that the live script asks for."""
    assert 'data-live="region:1309"' in page("/wall/1309/")


def test_what_was_settled_more_than_thirty_days_ago_is_no_news(busy: None) -> None:
    with clock.held_at(NOW + timedelta(days=31)):
        assert "近 30 天没有销号的问题" in page("/wall/1309/answers/")


def test_a_scene_costs_the_same_whatever_the_region(busy: None) -> None:
    client = signed_in("province_office")
    for scene in Scene:
        client.get(f"/wall/13/{scene.value}/")
        costs = []
        for code in ("13", "1309", "130973"):
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/wall/{code}/{scene.value}/", **PART)
            costs.append(len(asked))
        assert costs == [costs[0]] * 3, scene
        assert costs[0] <= 22, scene
