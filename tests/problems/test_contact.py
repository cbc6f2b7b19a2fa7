"""The first contact: one tap of the firm confirms or voids it, and a voided one is owed again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.climbing import Keep, Propose, keep, propose
from zhitong.domain.problems.actions.contacting import Contact, SayContact, confirm_contact, contact, void_contact
from zhitong.domain.problems.actions.handling import Reply, reply
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import PowerMissing, Stage, State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def test_the_word_of_the_firm_is_kept_and_moves_nothing(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    after = story.does("firm", confirm_contact, SayContact)

    assert after.spell is not None
    assert after.spell.contact_confirmed is True
    assert (after.state, after.stage, after.stage_due_at) == (State.HANDLING, before.stage, before.stage_due_at)
    assert story.facts()[-1].kind == "problem.contact_confirmed"


def test_a_voided_contact_is_owed_again_within_the_limit_it_always_had(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    after = story.does("firm", void_contact, SayContact)

    assert (after.stage, after.contact_voids) == (Stage.FIRST_CONTACT, 1)
    assert after.spell is not None
    assert before.spell is not None
    assert after.spell.contact_confirmed is False
    assert after.stage_due_at is not None
    assert after.stage_due_at.isoformat() == "2018-05-02T09:30:00+00:00"
    assert (after.first_due_at, after.due_at, after.spell.due_at) == (before.first_due_at, before.due_at, before.spell.due_at)


def test_voided_late_it_is_overdue_at_once(raised: Raise) -> None:
    story = acknowledged(raised())
    story.now += timedelta(days=12)

    after = story.does("firm", void_contact, SayContact)

    assert after.stage_due_at is not None
    assert after.stage_due_at < story.now


def test_the_unit_makes_up_for_it_and_the_firm_may_speak_again(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("firm", void_contact, SayContact)

    after = story.does("park", contact, Contact, contact="已上门见到企业负责人")

    assert after.stage is Stage.STAGE_REPLY
    assert after.spell is not None
    assert after.spell.contact_confirmed is None
    assert story.does("firm", void_contact, SayContact).contact_voids == 2


def test_it_lies_on_the_desk_of_the_unit_as_its_next_act(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("firm", void_contact, SayContact)

    with acting("park"):
        [duty] = duties_for(viewer("park"), now=story.now)

    assert duty.act is Act.CONTACT


def test_a_stage_reply_does_not_stand_for_the_contact_that_is_owed(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("firm", void_contact, SayContact)

    after = story.does("park", reply, Reply, text="正在协商")

    assert after.stage is Stage.FIRST_CONTACT


def test_voided_while_the_office_looks_it_is_made_up_for_afterwards(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调")
    assert story.does("firm", void_contact, SayContact).stage is Stage.STAGE_REPLY
    story.does("park_office", keep, Keep, reason="继续办理")

    after = story.does("park", contact, Contact, contact="已电话联系")

    assert after.spell is not None
    assert after.spell.contact_confirmed is None


def test_all_that_is_kept_agrees_on_the_way(raised: Raise) -> None:
    story = acknowledged(raised())
    for login, act, step, said in (
        ("firm", void_contact, SayContact, {}), ("park", contact, Contact, {"contact": "已联系"}),
        ("firm", confirm_contact, SayContact, {}),
    ):
        story.does(login, act, step, **said)
        with acting("province_office"):
            assert findings_of([story.problem_id], now=story.now) == []


@pytest.mark.parametrize("act", [confirm_contact, void_contact])
def test_one_speaks_once_of_a_contact_that_was_claimed(raised: Raise, act: object) -> None:
    story = raised()

    with story.unchanged(NotNow, "现在是“待签收”"):
        story.does("firm", act, SayContact)
    acknowledged(story).does("firm", confirm_contact, SayContact)
    with story.unchanged(NotNow, "您已经反映过联系情况"):
        story.does("firm", act, SayContact)


def test_it_is_the_firms_word_alone(raised: Raise) -> None:
    story = acknowledged(raised())

    for login in ("park", "park_office"):
        with story.unchanged(NotYours):
            story.does(login, confirm_contact, SayContact)
    with story.unchanged(NotFound):
        story.does("other_firm", void_contact, SayContact)


def test_nothing_is_made_up_for_that_nobody_voided(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "不需要重新联系"):
        story.does("park", contact, Contact, contact="已联系")
    with story.unchanged(NotYours):
        story.does("firm", contact, Contact, contact="已联系")
