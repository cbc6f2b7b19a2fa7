"""What came of it: the first act of the pressed unit within two working days, told by facts and kept with the urging."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.cast import Story, viewer
from tests.following import follow_all
from tests.problems.ways import Raise, acknowledged, unit_id
from tests.supervision.ways import issued, item, registers, reminds
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.handling import Reply, reply
from zhitong.domain.supervision.queries.effects import effects_by_unit
from zhitong.domain.supervision.queries.pressed import Pressed, pressed_on
from zhitong.domain.supervision.rules.kinds import EffectState
from zhitong.domain.supervision.rules.pressing import effect_of
from zhitong.work.reactions import FOLLOWER, react


def react_to_all(name: str) -> None:
    with config.as_role("worker", name=name):
        follow_all(FOLLOWER, react)


def pressed(login: str, story: Story, now: Any = NOW) -> Pressed:
    with acting_as(viewer(login)) as here:
        return pressed_on(here, story.standing, now=now)


def effects(login: str, story: Story, now: Any = NOW) -> list[tuple[EffectState, str]]:
    return [(one.effect.state, one.effect.act) for one in pressed(login, story, now).urgings]


def told(login: str) -> list[tuple[NoticeKind, str]]:
    with acting_as(viewer(login)) as here:
        return [(one.kind, one.thing_kind) for one in unread_for(here)]


def test_the_first_act_of_the_pressed_unit_is_the_effect(fresh_database: str, raised: Raise) -> None:
    story = raised()
    reminds("zone_office", story)
    acknowledged(story)
    story.does("park", reply, Reply, text="已商定。")

    react_to_all(fresh_database)
    with config.as_role("worker", name=fresh_database), connection.cursor() as cursor:
        cursor.execute("UPDATE history_follower SET xid = 0")
    react_to_all(fresh_database)

    [urging] = pressed("zone_office", story).urgings
    assert (urging.effect.act, urging.effect.at) == ("签收并联系企业", NOW + timedelta(minutes=10))


def test_acts_before_too_late_or_of_others_are_no_effect(fresh_database: str, raised: Raise) -> None:
    early, late = acknowledged(raised()), raised()
    reminds("zone_office", early, now=NOW + timedelta(hours=1))
    reminds("zone_office", late)
    late.now = NOW + timedelta(days=6)
    acknowledged(late)

    react_to_all(fresh_database)

    assert effects("park", early) == [(EffectState.WAITING, "")]
    assert effects("park", late, NOW + timedelta(days=6)) == [(EffectState.NOTHING, "")]


def test_every_way_of_pressing_has_its_effect_and_a_line_by_unit(fresh_database: str, raised: Raise) -> None:
    story, silent = raised(), raised()
    reminds("zone_office", story, silent)
    issued("zone_office", story)
    registers("zone_office", story)
    acknowledged(story)

    react_to_all(fresh_database)

    with acting_as(viewer("zone_office")) as here:
        [line] = effects_by_unit(here, since=NOW - timedelta(days=1), now=NOW)
        later = effects_by_unit(here, since=NOW - timedelta(days=1), now=NOW + timedelta(days=9))[0]
        none = effects_by_unit(here, since=NOW + timedelta(days=1), now=NOW)
    assert (line.reminded, line.supervised, line.instructed, line.pressed, line.acted, line.waiting) == (2, 1, 1, 4, 3, 1)
    assert (later.waiting, none) == (0, [])
    with acting_as(viewer("outsider")) as here:
        assert effects_by_unit(here, since=NOW - timedelta(days=1), now=NOW) == []


def test_the_pressed_unit_is_told_and_nobody_else(fresh_database: str, raised: Raise) -> None:
    story = raised()
    reminds("zone_office", story)
    reminds("firm", story, now=NOW + timedelta(days=1, hours=3))
    issued("zone_office", story)
    registers("zone_office", story, items=(item(unit_id("130973400-economy")),))

    react_to_all(fresh_database)

    assert set(told("park")) == {
        (NoticeKind.REMINDED, "problem"), (NoticeKind.REMINDED_BY_REPORTER, "problem"),
        (NoticeKind.SUPERVISED, "supervision"), (NoticeKind.INSTRUCTED, "instruction"),
    }
    assert {login: told(login) for login in ("zone_office", "firm", "outsider", "city_office")} == {
        "zone_office": [], "firm": [], "outsider": [], "city_office": []
    }


@pytest.mark.parametrize(("acted", "hours", "state"), [
    (True, 99, EffectState.ACTED), (False, 1, EffectState.WAITING), (False, 3, EffectState.NOTHING)
])
def test_an_effect_is_waited_for_until_its_end(acted: bool, hours: int, state: EffectState) -> None:
    assert effect_of(NOW if acted else None, NOW + timedelta(hours=2), NOW + timedelta(hours=hours)) is state


@pytest.mark.django_db
def test_what_a_viewer_may_do_to_press_is_told_with_the_reason(raised: Raise) -> None:
    story = raised()

    choices = {
        login: [(one.kind.value, one.allowed) for one in pressed(login, story).choices]
        for login in ("park_office", "zone_office", "park", "firm")
    }

    assert choices == {
        "park_office": [("remind", True), ("supervise", False), ("instruct", True)],
        "zone_office": [("remind", True), ("supervise", True), ("instruct", True)],
        "park": [], "firm": [("remind", False)],
    }
