"""The overview's page: the finding, figures that open to rows, regions to go down to, one division drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Story
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.phases import Phase
from zhitong.kit import clock
from zhitong.web.overview import divisions, links
from zhitong.web.overview.findings import share_in_words
from zhitong.web.overview.links import Rows

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]


def page(login: str, code: str, query: str = "") -> str:
    answer = signed_in(login).get(f"/overview/{code}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_title_is_the_finding(raised: Raised) -> None:
    raised()
    raised()

    assert "沧州市反映的 2 个问题，已销号 0%，没有超期</span></h1>" in page("city_office", "1309")


def test_without_an_address_it_is_ones_own_region(raised: Raised) -> None:
    raised()

    answer = signed_in("zone_office").get(reverse("overview:overview"))

    assert "渤海新区反映的 1 个问题" in answer.content.decode()


def test_regions_below_lead_down_and_add_up(raised: Raised) -> None:
    raised()

    html = page("city_office", "1309")

    assert '<a href="/overview/130973/">' in html
    assert re.search(r'<tbody class="zt-total">.*合计.*>1<.*</tbody>', html, re.DOTALL)


def test_the_way_back_leads_up_to_ones_own_region_and_no_further(raised: Raised) -> None:
    html = page("city_office", "130973400")

    assert re.findall(r'<li><a href="/overview/(\w+)/">', html) == ["1309", "130973"]


def test_a_region_only_shown_is_marked_and_its_figures_withheld_from_the_zone(raised: Raised) -> None:
    said = words_of(page("zone_office", "130973"))

    assert "只展示不汇总" in said
    assert "各数由其上级掌握，不在您的查看范围内。" in said


def test_the_division_can_be_switched(raised: Raised) -> None:
    raised(category="energy")

    assert "规上工业企业“能源保障”反映最多，占 100%" in page("city_office", "1309")
    assert "100% 的问题在县级办理或办结" in page("city_office", "1309", "?by=level")
    assert "规上工业企业反映最多，占 100%" in page("city_office", "1309", "?by=kind")


def test_a_department_gets_its_lines_and_nothing_else() -> None:
    html = page("city", "1309")

    assert "只含本单位所管条线" in html
    assert "by=category" not in html
    assert "企业要求保密</span>" not in html


def test_nothing_reported_says_what_would_be_here() -> None:
    said = words_of(page("city_office", "1309"))

    assert "沧州市还没有企业反映问题" in said
    assert "还没有可以分析的问题" in said


@pytest.mark.parametrize(
    ("login", "code"),
    [("outsider", "130973400"), ("outsider", "1309"), ("neighbour", "130973"), ("firm", "130973400"),
     ("city_office", "none")],
)
def test_from_outside_there_is_no_such_page(login: str, code: str) -> None:
    assert signed_in(login).get(f"/overview/{code}/").status_code == 404


def test_a_firm_is_not_offered_the_place() -> None:
    assert signed_in("firm").get("/overview/").status_code == 404


def test_who_is_not_signed_in_is_led_to_sign_in() -> None:
    answer = Client().get("/overview/1309/")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/overview/1309/")


def test_a_page_costs_the_same_whatever_the_region(raised: Raised) -> None:
    raised()
    client = signed_in("province_office")
    client.get("/overview/13/")

    costs = []
    for code in ("13", "1309", "130973400"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/overview/{code}/")
        costs.append(len(asked))

    assert costs == [costs[0]] * 3
    assert costs[0] <= 29


def test_a_figure_opens_to_the_rows_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "address_of", lambda name: "/problems/")

    url = Rows(Lens.TERRITORY).of("1309", phases=[Phase.WAITING], kind="industry")

    assert url == "/problems/?lens=territory&region=1309&state=submitted&state=asked&state=accepted&confidential=no&kind=industry"


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 0, "—"), (0, 9, "0%"), (1, 900, "1%"), (899, 900, "99%"), (9, 9, "100%")]
)
def test_a_share_never_rounds_to_all_or_nothing(part: int, whole: int, said: str) -> None:
    assert share_in_words(part, whole) == said


@pytest.mark.parametrize(("login", "by"), [("city_office", "line"), ("city_office", "level"), ("city", "region")])
def test_every_figure_opens_to_as_many_rows_as_it_says(raised: Raised, login: str, by: str) -> None:
    raised(category="energy").does("park", acknowledge, Acknowledge, contact="已联系")
    for category in ("energy", "land", "funds"):
        raised(category=category)
    client = signed_in(login)
    four_days_on = NOW + timedelta(days=4)

    with clock.held_at(four_days_on):
        html = client.get(f"/overview/1309/?by={by}").content.decode()
        opened = {
            url: client.get(url.replace("&amp;", "&")).content.decode()
            for url in re.findall(r'href="(/problems/\?lens[^"]+)"', html)
        }

    said = dict(re.findall(r'href="(/problems/\?lens[^"]+)">(?:\s*<span class="zt-figure-label">[^<]*</span>\s*<span'
                           r' class="zt-figure-value">)?(\d+)<', html))
    assert len(said) >= 4
    assert {url: re.findall(r"共 <b>(\d+)</b> 条", opened[url])[0] for url in said} == said


def test_many_categories_are_folded_behind_the_most_frequent(raised: Raised, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divisions, "SHOWN", 1)
    for category in ("energy", "energy", "land"):
        raised(category=category)

    folded, whole = page("city_office", "1309"), page("city_office", "1309", "?every=1")

    assert ("还有 1 项，看全部" in folded, "用地需求" in folded) == (True, False)
    assert ("看全部" in whole, "用地需求" in whole) == (False, True)
