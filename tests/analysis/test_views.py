"""Saved views of the overview (R-H1): kept by a post, shared, and cut to the scope of who opens them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import viewer
from tests.world import NOW
from zhitong.domain.analysis.actions.views import TooManyViews, delete_view, rename_view, save_view, share_view
from zhitong.domain.analysis.queries.views import ViewRow, opened, view_seen, views_for
from zhitong.domain.analysis.rules import views as rules
from zhitong.domain.analysis.rules.stretches import StretchKind
from zhitong.domain.analysis.rules.views import Look, Sharing, opened_by
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.problems.rules.phases import Dimension
from zhitong.kit.refusals import BadInput, NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> UUID:
    """The city whose office saves views."""
    return region("1309")


def region(code: str) -> UUID:
    found = directory().region_coded(code)
    assert found is not None
    return found.id


def line(code: str = "energy") -> UUID:
    return next((one.id for one in directory().lines.values() if one.code == code), next(iter(directory().lines)))


def saved(login: str, look: Look, name: str = "本月各县", sharing: Sharing = Sharing.POST) -> UUID:
    with acting_as(viewer(login)) as here:
        return save_view(here, name, look, sharing, actor=here.actor("test"), now=NOW)


def found_by(login: str) -> list[str]:
    with acting_as(viewer(login)) as here:
        return [one.name for one in views_for(here)]


def seen(login: str, view_id: UUID) -> ViewRow:
    with acting_as(viewer(login)) as here:
        return view_seen(here, view_id)


def test_a_view_is_kept_as_it_was_looked_at(city: UUID) -> None:
    look = Look(city, line(), StretchKind.DAYS, date(2018, 4, 1), date(2018, 4, 15), Dimension.LINE.value, rules.Form.TABLE)

    made = saved("city_office", look)

    row = seen("city_office", made)
    assert (row.name, row.is_own, row.look) == ("本月各县", True, look)
    with acting_as(viewer("city_office")) as here:
        assert opened(here, row) == rules.Opened(look, ())


READERS = ("city_office", "city", "zone_office", "park_office", "province_office", "neighbour", "firm")


@pytest.mark.parametrize(
    ("sharing", "readers"),
    [
        (Sharing.POST, {"city_office"}), (Sharing.UNIT, {"city_office"}),
        (Sharing.BELOW, {"city_office", "zone_office", "park_office", "neighbour"}),
        (Sharing.REGION, {"city_office", "city", "zone_office", "park_office", "neighbour"}),
    ],
)
def test_a_view_is_found_by_whom_it_is_shared_with(city: UUID, sharing: Sharing, readers: set[str]) -> None:
    made = saved("city_office", Look(city), sharing=sharing)

    assert {login for login in READERS if found_by(login)} == readers
    for login in set(READERS) - readers:
        with pytest.raises(NotFound):
            seen(login, made)


@pytest.mark.parametrize("login", ["outsider", "firm", "province_office"])
def test_the_second_wall_alone_gives_an_outsider_no_view(city: UUID, login: str) -> None:
    saved("city_office", Look(city), sharing=Sharing.REGION)

    with without_first_wall():
        assert found_by(login) == []


def test_opened_below_it_is_cut_to_the_readers_own_region(city: UUID) -> None:
    made = saved("city_office", Look(city), sharing=Sharing.BELOW)

    with acting_as(viewer("zone_office")) as here:
        found = opened(here, view_seen(here, made))

    assert found.look.region_id == region("130973")
    assert found.notes == ("这个视图保存时看的是沧州市，不在您的查看范围内，现在看的是沧州渤海新区。",)


def test_opened_by_a_department_it_keeps_to_its_lines(city: UUID) -> None:
    other = next(one for one in directory().lines if one not in viewer("city").line_ids)
    of_line = saved("city_office", Look(city, other, dimension=Dimension.LINE.value), sharing=Sharing.REGION)
    divided = saved("city_office", Look(city, dimension=Dimension.CATEGORY.value), "按类别", Sharing.REGION)

    with acting_as(viewer("city")) as here:
        found = [opened(here, view_seen(here, one)) for one in (of_line, divided)]

    assert (found[0].look.line_id, found[1].look.dimension) == (None, "")
    assert "条线不在您的查看范围内" in found[0].notes[0]
    assert found[1].notes == ("您的查看范围不能按类别分，现在按条线分。",)


@pytest.mark.parametrize(
    ("given_up", "sentence"),
    [
        ({"dimension": "given-up"}, "这个视图原来的分法已经停用，现在按类别分。"),
        ({"region_id": UUID(int=1)}, "这个视图原来看的地区已经撤并，现在看的是沧州市。"),
        ({"line_id": UUID(int=1)}, "这个视图原来看的条线已经停用，现在看的是您所管的全部条线。"),
    ],
)
def test_what_was_given_up_since_opens_with_a_sentence_and_the_default(
    city: UUID, given_up: dict[str, object], sentence: str
) -> None:
    asked = replace(Look(city, dimension=Dimension.CATEGORY.value), **given_up)  # type: ignore[arg-type]

    found = opened_by(viewer("city_office"), asked, directory())

    assert found.notes == (sentence,)
    assert (found.look.region_id, found.look.line_id) == (city, None)


def test_a_stored_dimension_that_was_retired_can_still_be_read(city: UUID) -> None:
    made = saved("city_office", Look(city))
    with acting_as(viewer("city_office")), connection.cursor() as cursor:
        cursor.execute("UPDATE analysis_view SET dimension = 'industry' WHERE id = %s", [made])

    with acting_as(viewer("city_office")) as here:
        found = opened(here, view_seen(here, made))

    assert (found.look.dimension, len(found.notes)) == ("", 1)


def refused(login: str, look: Look, kind: type[Refused], sentence: str, name: str = "本月各县") -> None:
    before = found_by(login)
    with pytest.raises(kind, match=sentence):
        saved(login, look, name)
    assert found_by(login) == before


def test_what_cannot_be_kept_is_refused_and_changes_nothing(city: UUID) -> None:
    saved("city_office", Look(city))
    twisted = Look(city, None, StretchKind.DAYS, date(2018, 4, 2), date(2018, 4, 1))
    cases: list[tuple[str, Look, type[Refused], str, str]] = [
        ("city_office", Look(city), BadInput, "已有名为", "本月各县"), ("city_office", Look(city), BadInput, "起个名称", " "),
        ("city_office", Look(city), BadInput, "最多30字", "长" * 31), ("city_office", twisted, BadInput, "止日不能早于起日", "乙"),
        ("city_office", replace(twisted, last=None), BadInput, "要填起日和止日", "乙"),
        ("city_office", Look(city, dimension="industry"), BadInput, "没有这种分法", "乙"),
        ("city_office", Look(region("1301")), NotFound, "没有找到", "乙"), ("zone_office", Look(city), NotFound, "没有找到", "乙"),
        ("firm", Look(city), NotFound, "没有找到", "乙"), ("city", Look(city, UUID(int=1)), NotFound, "没有找到", "乙"),
    ]

    for login, look, kind, sentence, name in cases:
        refused(login, look, kind, sentence, name)


def test_a_post_keeps_only_so_many(city: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhitong.domain.analysis.actions.views.MOST_OF_A_POST", 1)
    saved("city_office", Look(city))

    refused("city_office", Look(city), TooManyViews, "请先删除不用的", "乙")


def test_only_its_post_names_shares_and_deletes_a_view(city: UUID) -> None:
    made = saved("city_office", Look(city), sharing=Sharing.REGION)
    with acting_as(viewer("city")) as here:
        actor = here.actor("test")
        for act in (
            lambda: rename_view(here, made, "乙", actor=actor, now=NOW),
            lambda: share_view(here, made, Sharing.POST, actor=actor, now=NOW),
            lambda: delete_view(here, made, actor=actor, now=NOW),
        ):
            with pytest.raises(NotFound):
                act()

    with acting_as(viewer("city_office")) as here:
        actor = here.actor("test")
        rename_view(here, made, "乙", actor=actor, now=NOW)
        share_view(here, made, Sharing.UNIT, actor=actor, now=NOW)
        assert [(one.name, one.sharing) for one in views_for(here)] == [("乙", Sharing.UNIT)]
        delete_view(here, made, actor=actor, now=NOW)
        assert views_for(here) == []
        assert [one.kind for one in facts_about(made)] == ["view.saved", "view.renamed", "view.shared", "view.deleted"]
