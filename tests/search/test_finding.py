"""Anything one may see is found by two signs of it, and by nobody else. Issue 7, 8; R-F13."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, acting, viewer
from tests.intake.test_suggesting import seated
from tests.problems.ways import acknowledged
from tests.world import NOW
from zhitong.domain.finding.queries.asking import Asked
from zhitong.domain.finding.queries.finding import found
from zhitong.domain.finding.queries.problems import problems_counted, problems_cut, problems_found
from zhitong.domain.finding.rules import FoundKind
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import Viewer, acting_as, without_first_wall
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries import wording
from zhitong.domain.problems.queries.lists import Filters, Order, count_for, problems_for
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
Raised = Callable[..., Story]
TEXT = "厂区北门过桥资金难，夜间限电。联系电话13812345678。"
FIRM, CODE = "演示南大港石化设备有限公司", "91130900MA00000014"


def texts(who: Viewer, words: str, **narrowed: object) -> list[str]:
    """What is found of problems, in the order it is told."""
    with acting_as(who):
        return [row.excerpt for row in problems_found(who, Asked(words, **narrowed), now=NOW).rows]  # type: ignore[arg-type]


def hits(login: str, words: str, kind: FoundKind, **narrowed: object) -> list[str]:
    """The keys of what is found of a kind."""
    with acting_as(viewer(login)) as here:
        groups = found(here, Asked(words, **narrowed), now=NOW)  # type: ignore[arg-type]
    return [hit.key for group in groups if group.kind is kind for hit in group.hits]


@pytest.mark.parametrize(
    ("login", "words", "is_found"),
    [
        ("park", "过桥", True), ("park_office", "过桥资金", True), ("zone_office", "限电", True), ("city_office", "限电 过桥", True),
        ("province_office", "资金难", True), ("province_office", "石化设备", True), ("city", "过桥", True), ("park", "过电", False),
        ("province_office", "金难，夜", True), ("park", "13812345678", True), ("outsider", "过桥", False), ("neighbour", "过桥", False),
    ],
)  # fmt: skip
def test_a_problem_is_found_by_two_signs_within_scope(raised: Raised, login: str, words: str, is_found: bool) -> None:
    acknowledged(raised(text=TEXT))

    assert bool(texts(viewer(login), words)) is is_found
    with without_first_wall():
        assert bool(texts(viewer(login), words)) is is_found


def test_of_what_is_found_the_number_comes_first_then_the_name_then_the_newest(raised: Raised) -> None:
    raised(text="石化设备限电一")
    raised(text="甲事限电二", subject_name="演示某某公司")
    raised(text="石化设备限电三", subject_name="演示某某公司")
    raised(text="石化设备限电四", subject_name="演示某某公司")

    assert texts(viewer("zone_office"), "石化设备") == ["石化设备限电一", "石化设备限电四", "石化设备限电三"]


@pytest.mark.parametrize("part", [slice(None), slice(2, None), slice(-6, None), slice(-3, None)], ids=["whole", "year", "tail", "short"])
def test_a_problem_is_found_by_its_number_or_the_end_of_it(raised: Raised, part: slice) -> None:
    story = raised(text=TEXT)
    with acting("firm"):
        Problem.objects.filter(id=story.problem_id).update(number="冀-沧州-2018-987123")

    assert texts(viewer("park_office"), "冀-沧州-2018-987123"[part]) == [TEXT]
    assert texts(viewer("outsider"), "冀-沧州-2018-987123"[part]) == []


def test_a_confidential_one_is_found_by_nobody_but_who_may_see_it(raised: Raised) -> None:
    acknowledged(raised(text=TEXT, confidential=True))
    raised(text="另有限电")

    found_by = {login: len(texts(viewer(login), "限电")) for login in ("park_office", "province_office", "park", "zone", "outsider")}

    assert found_by == {"park_office": 2, "province_office": 2, "park": 2, "zone": 1, "outsider": 0}


def test_an_unnamed_one_is_found_by_name_only_by_the_office_that_may_know(raised: Raised) -> None:
    acknowledged(raised(text=TEXT, unnamed=True))

    by_name = {login: len(texts(viewer(login), "石化设备")) for login in ("park_office", "zone_office", "province_office", "park")}

    assert by_name == {"park_office": 1, "zone_office": 0, "province_office": 0, "park": 0}
    assert len(texts(viewer("zone_office"), "过桥资金")) == 1
    assert FIRM not in repr(texts(viewer("zone_office"), "过桥资金"))


def test_who_reads_openly_finds_names_but_searches_no_texts(raised: Raised) -> None:
    raised(text=TEXT)
    raised(text="另一件", confidential=True)
    delegate = seated("delegate")

    assert [texts(delegate, words) for words in ("过桥资金", "13812345678", "81234")] == [[], [], []]
    [said] = texts(delegate, "石化设备")
    assert "13812345678" not in said
    assert "号码已隐去" in said


@pytest.mark.parametrize("words", ["%", "😀", "电", "字" * 10_240])
def test_words_that_cannot_be_looked_for_are_refused_and_find_nothing_in_lists(raised: Raised, words: str) -> None:
    raised(text=TEXT)

    with acting_as(viewer("province_office")) as here:
        with pytest.raises(BadInput, match="字"):
            found(here, Asked(words), now=NOW)
        assert problems_for(here, Lens.TERRITORY, Filters(words=words), now=NOW).rows == []


@pytest.mark.parametrize("words", ["😀😀", "<script>", "'; DROP TABLE x; --", "过桥%资金", "资金_过桥", "\\过桥资"])
def test_signs_of_other_languages_are_words_or_nothing(raised: Raised, words: str) -> None:
    raised(text=TEXT)

    with acting_as(viewer("province_office")) as here:
        groups = found(here, Asked(words), now=NOW)

    assert [group.kind for group in groups] == ([FoundKind.PROBLEM] if "过桥" in words else [])


def test_a_common_word_ranks_the_newest_and_says_so_and_a_county_still_finds_its_own(
    raised: Raised, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised(text="罕见的限电在任丘", login="other_firm")
    for number in range(4):
        raised(text=f"常见的限电{number}")
    monkeypatch.setattr(wording, "MOST", 3)
    monkeypatch.setattr("zhitong.domain.finding.queries.problems.MOST", 3)

    with acting_as(viewer("province_office")) as here:
        assert problems_cut(here, Asked("限电"))
    assert texts(viewer("province_office"), "限电") == ["常见的限电3", "常见的限电2", "常见的限电1"]
    renqiu = next(iter(Region.objects.filter(code="130982").values_list("id", flat=True)))
    assert texts(viewer("city_office"), "限电", region_id=renqiu) == ["罕见的限电在任丘"]


def test_words_follow_what_is_changed_and_leave_with_what_is_taken_away(raised: Raised) -> None:
    story = raised(text=TEXT)
    with acting("firm"):
        Problem.objects.filter(id=story.problem_id).update(text="改成铁路专用线")

    assert texts(viewer("park_office"), "过桥") == []
    assert texts(viewer("park_office"), "铁路专用") == ["改成铁路专用线"]


def test_pages_follow_each_other_in_the_order_of_fitness(raised: Raised) -> None:
    for number in range(3):
        raised(text=f"限电{number}")
    raised(text="石化设备与限电", subject_name="演示限电公司")

    with acting_as(viewer("zone_office")) as here:
        first = problems_found(here, Asked("限电"), now=NOW, limit=2)
        second = problems_found(here, Asked("限电"), now=NOW, limit=2, after=first.next_key)
        back = problems_found(here, Asked("限电"), now=NOW, limit=2, after=("2", str(second.rows[0].id)), turned=True)

    assert [row.grade for row in (*first.rows, *second.rows)] == [1, 2, 2, 2]
    assert second.next_key is None
    assert [row.id for row in back.rows] == [row.id for row in reversed(first.rows)]


def test_what_is_found_can_be_narrowed(raised: Raised) -> None:
    acknowledged(raised(text="限电一"))
    raised(text="限电二")
    here = viewer("province_office")

    assert texts(here, "限电", states=(State.HANDLING,)) == ["限电一"]
    assert texts(here, "限电", since=date(2018, 4, 27), until=date(2018, 4, 27)) == ["限电二", "限电一"]
    assert texts(here, "限电", until=date(2018, 4, 26)) == texts(here, "限电", since=date(2018, 4, 28)) == []
    with acting_as(here), pytest.raises(NotFound):
        problems_found(viewer("zone_office"), Asked("限电", region_id=Region.objects.get(code="1301").id), now=NOW)


@pytest.mark.parametrize("words", ["南大港石化", "石化 设备", "ysndg", CODE, CODE[:10], "旧名"])
def test_one_of_the_served_is_found_by_name_code_initials_and_former_name(words: str) -> None:
    with acting_as(viewer("park_office")):
        Subject.objects.filter(code=CODE).update(name="演示旧名厂", initials="ysjmc")
        Subject.objects.filter(code=CODE).update(name=FIRM, initials="ysndgshsbyxgs")
        subject_id = str(Subject.objects.get(code=CODE).id)

    assert {login: hits(login, words, FoundKind.SUBJECT) for login in ("park_office", "province", "outsider")} == {
        "park_office": [subject_id], "province": [subject_id], "outsider": [],
    }


def test_tasks_indicators_regions_and_units_are_found(db: None) -> None:
    tasks = hits("park", "科技型中小企业", FoundKind.TASK)
    indicators = hits("park", "科技型中小企业", FoundKind.INDICATOR)

    assert tasks
    assert {key.partition("/")[0] for key in tasks} == {"hebei-2018", "bohai-2018"}
    assert indicators
    assert hits("park", "南大港", FoundKind.REGION)[0] == "130973400"
    assert "1309" in hits("park", "czs", FoundKind.REGION)
    assert "130973400-economy" in hits("park", "经发局", FoundKind.UNIT)


def test_the_served_have_no_search(db: None) -> None:
    with acting_as(viewer("firm")) as here, pytest.raises(NotFound):
        found(here, Asked("限电"), now=NOW)


def test_a_list_with_words_gives_the_same_rows_through_every_lens(raised: Raised) -> None:
    acknowledged(raised(text=TEXT))
    raised(text="另一件铁路专用线")

    with acting_as(viewer("park")) as here:
        rows = {
            lens: len(problems_for(here, lens, Filters(words="过桥 限电"), now=NOW, order=order).rows)
            for lens in (Lens.DESK, Lens.UNIT, Lens.LINE, Lens.ALL) for order in (Order.NEWEST, Order.DUE, Order.BEST)
        }
        counted = {lens: count_for(here, lens, Filters(words="过桥"), now=NOW) for lens in rows}

    assert set(rows.values()) == set(counted.values()) == {1}


def test_more_that_is_found_costs_no_more_queries(raised: Raised) -> None:
    raised(text=TEXT)
    with acting_as(viewer("zone_office")) as here:
        found(here, Asked("限电"), now=NOW)
    with acting_as(viewer("zone_office")) as here, CaptureQueriesContext(connection) as few:
        found(here, Asked("限电"), now=NOW)
    for number in range(4):
        raised(text=f"限电{number}")

    with acting_as(viewer("zone_office")) as here, CaptureQueriesContext(connection) as many:
        found(here, Asked("限电"), now=NOW)

    assert len(many) == len(few) <= 26
    with acting_as(viewer("zone_office")) as here:
        assert problems_counted(here, Asked("限电"), now=NOW) == 5


def test_one_in_the_care_of_the_viewers_unit_is_found_beyond_the_territory(db: None) -> None:
    with acting_as(viewer("park_office")):
        subject = Subject.objects.get(code=CODE)
    here = viewer("neighbour")
    assert hits("neighbour", "石化设备", FoundKind.SUBJECT) == []

    with acting_as(viewer("province_office")):
        Care.objects.create(subject_id=subject.id, tier="county", unit_id=here.unit_id, since=date(2018, 4, 1))

    assert hits("neighbour", "石化设备", FoundKind.SUBJECT) == [str(subject.id)]
