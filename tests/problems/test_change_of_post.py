"""A post changes hands: the successor acts at once, the sheet lists what is open, both sign it (R-B5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import Story, acting, viewer
from tests.world import NOW
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Person, Post, Tenure, Unit
from zhitong.domain.organisations.queries import posts_held_by, viewer_for
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.domain.problems.actions.handing import hand_over, register_signature, sign_hand_over
from zhitong.domain.problems.actions.handling import Acknowledge, acknowledge
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import HandingOver
from zhitong.domain.problems.queries.handing import sheet_for, sheets_for
from zhitong.domain.problems.rules.handing import Side
from zhitong.domain.subjects.actions.caring import NewCare, assign_care
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit import clock
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db
Raised = Callable[..., Story]


@pytest.fixture
def administrator() -> Viewer:
    """The administrator of the park's office."""
    post = Post.objects.get(unit__code="130973400-office", kind="administrator")
    person = Person.objects.create(login="park-admin", name="演示管理员")
    Tenure.objects.create(post=post, person=person, since="2018-01-01")
    found = viewer_for(person.id, post.id, day_of(NOW))
    assert found is not None
    assert found.may(Permission.ADMINISTER)
    return found


def moved(administrator: Viewer, **given: Any) -> UUID:
    """The park's officer leaves his post to somebody new."""
    tenure = Tenure.objects.get(person__login="park")
    with acting_as(administrator):
        return hand_over(**{
            "tenure_id": tenure.id, "login": "park-next", "name": "演示新任", "password": None, "note": "",
            "actor": administrator.actor("test"), "now": NOW, **given,
        })


def newcomer() -> Viewer:
    tenure = Tenure.objects.get(person__login="park-next")
    found = viewer_for(tenure.person_id, tenure.post_id, day_of(NOW))
    assert found is not None
    return found


def test_the_successor_acts_at_once_and_acts_stay_with_the_post_acted_as(raised: Raised, administrator: Viewer) -> None:
    story = raised()
    old = viewer("park")

    moved(administrator)
    here = newcomer()
    with acting_as(here):
        acknowledge([Acknowledge(problem_id=story.problem_id, actor=here.actor("test"), now=NOW, contact="已联系")])

    fact = story.facts()[-1]
    assert (fact.person_id, fact.post_id, fact.unit_id) == (here.person_id, old.post_id, old.unit_id)
    assert viewer_for(old.person_id, old.post_id, day_of(NOW)) is None


def test_the_sheet_lists_what_was_open_and_moves_nothing(raised: Raised, administrator: Viewer) -> None:
    stories = [raised() for _ in range(3)]
    before = [story.standing for story in stories]

    moved(administrator)

    here = newcomer()
    with acting_as(here):
        [sheet] = sheets_for(here)
        _sheet, open_then = sheet_for(here, sheet.id)
    assert (sheet.from_name, sheet.to_name, sheet.count, sheet.mine) == ("演示丙", "演示新任", 3, Side.TO)
    assert {one.number for one in open_then} == {story.standing.number for story in stories}
    assert [story.standing for story in stories] == before


def test_each_signs_for_himself_and_once(raised: Raised, administrator: Viewer) -> None:
    raised()
    leaving, sheet_id = viewer("park"), moved(administrator)
    coming = newcomer()

    with acting_as(coming):
        assert sign_hand_over(sheet_id=sheet_id, actor=coming.actor("test"), now=NOW) is Side.TO
        assert not sheet_for(coming, sheet_id)[0].is_signed
        with pytest.raises(NotNow, match="已经签过"):
            sign_hand_over(sheet_id=sheet_id, actor=coming.actor("test"), now=NOW)
    with acting_as(leaving):
        assert sign_hand_over(sheet_id=sheet_id, actor=leaving.actor("test"), now=NOW) is Side.FROM
        assert sheet_for(leaving, sheet_id)[0].is_signed


def test_who_left_has_no_desk_to_sign_at_so_the_office_registers_his_hand_on_the_printed_sheet(administrator: Viewer) -> None:
    sheet_id = moved(administrator)
    here = administrator.actor("test")

    with acting_as(administrator):
        assert sheet_for(administrator, sheet_id)[0].to_register == (Side.FROM, Side.TO)
        register_signature(sheet_id=sheet_id, side=Side.FROM, actor=here, now=NOW)
        with pytest.raises(NotNow, match="移交人已经签过"):
            register_signature(sheet_id=sheet_id, side=Side.FROM, actor=here, now=NOW)
        sheet, _open = sheet_for(administrator, sheet_id)
        [fact] = [one for one in facts_about(sheet_id) if one.kind == "handing.signed"]
    with acting("park_office") as actor, pytest.raises(NotYours):
        register_signature(sheet_id=sheet_id, side=Side.TO, actor=actor, now=NOW)

    assert (sheet.from_on_paper, sheet.to_on_paper, sheet.is_signed, sheet.to_register) == (True, False, False, (Side.TO,))
    assert fact.body["on_paper"] is True


def test_whom_he_looked_after_by_name_is_looked_after_by_his_successor(administrator: Viewer) -> None:
    park = viewer("park")
    with acting("park_office") as actor:
        subject = Subject.objects.get(code="91130900MA00000014")
        assign_care([NewCare(
            subject_id=subject.id, tier=Rank.COUNTY, unit_id=park.unit_id, lead_official="演示副主任", person_in_charge="演示丙",
            person_phone="13800000001", liaison="演示丁", liaison_phone="13800000002",
        )], actor=actor, now=NOW)

    sheet_id = moved(administrator, phone="13900000009")

    with acting_as(administrator):
        sheet, _open = sheet_for(administrator, sheet_id)
    with acting("park_office"):
        [care] = Care.objects.filter(subject=subject, until__isnull=True)
    assert sheet.cares == 1
    assert (care.lead_official, care.person_in_charge, care.person_phone) == ("演示副主任", "演示新任", "13900000009")
    assert (care.liaison, care.liaison_phone, care.reason) == ("演示丁", "13800000002", "岗位交接")


def test_nobody_signs_for_another_and_outsiders_see_no_sheet(raised: Raised, administrator: Viewer) -> None:
    raised()
    sheet_id = moved(administrator)

    with acting("outsider") as actor, pytest.raises(NotFound):
        sign_hand_over(sheet_id=sheet_id, actor=actor, now=NOW)
    outsider = viewer("outsider")
    with acting_as(outsider):
        assert sheets_for(outsider) == []
        with pytest.raises(NotFound):
            sheet_for(outsider, sheet_id)
    with acting_as(administrator), pytest.raises((NotYours, NotFound)):
        sign_hand_over(sheet_id=sheet_id, actor=administrator.actor("test"), now=NOW)


@pytest.mark.parametrize("given", [{"login": "zone", "name": "不是他"}, {"login": "park", "name": "演示丙"}])
def test_a_wrong_successor_changes_nothing(administrator: Viewer, given: dict[str, str]) -> None:
    with pytest.raises(Refused, match=r"不一致|已经任"):
        moved(administrator, **given)

    assert Tenure.objects.get(person__login="park").until is None
    assert not HandingOver.objects.exists()


def test_a_first_password_keeps_the_rules_and_is_refused_beside_its_field(administrator: Viewer) -> None:
    tenure = Tenure.objects.get(person__login="park")
    typed = {"tenure_id": str(tenure.id), "login": "park-next", "name": "演示新任", "password": "1234567890", "note": "已移交"}
    with clock.held_at(NOW):
        client = Client()
        client.force_login(Person.objects.get(login="park-admin"))

        answer = client.post("/handing/new/", {**typed, "once_key": "k"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["password"][0].startswith("密码")
    assert "已移交" in answer.content.decode()
    assert Tenure.objects.get(person__login="park").until is None


def test_only_who_administers_the_level_changes_a_post(administrator: Viewer) -> None:
    elsewhere = Tenure.objects.get(person__login="zone")

    with pytest.raises(NotFound):
        moved(administrator, tenure_id=elsewhere.id)
    with acting("park_office") as actor, pytest.raises(NotYours):
        hand_over(tenure_id=elsewhere.id, login="x", name="x", password=None, note="", actor=actor, now=NOW)


def test_an_official_moved_this_morning_signs_in_to_the_new_post(administrator: Viewer) -> None:
    person, old = Person.objects.get(login="neighbour"), viewer("neighbour")
    unit = Unit.objects.get(id=viewer("park").unit_id).name
    moved(administrator, login="neighbour", name=person.name)
    Tenure.objects.filter(person=person, post_id=old.post_id).update(until="2018-04-26")

    with clock.held_at(NOW):
        client = Client()
        client.force_login(person)
        page = client.get("/").content.decode()

    assert [one.unit_name for one in posts_held_by(person.id, day_of(NOW))] == [unit]
    assert unit in page


def test_at_the_screen_it_is_made_read_and_not_seen_by_others(raised: Raised, administrator: Viewer) -> None:
    raised()
    tenure = Tenure.objects.get(person__login="park")
    with clock.held_at(NOW):
        client, outsider = Client(), Client()
        client.force_login(Person.objects.get(login="park-admin"))
        outsider.force_login(Person.objects.get(login="outsider"))

        made = client.post("/handing/new/", {
            "tenure_id": str(tenure.id), "login": "park-next", "name": "演示新任", "password": "", "note": "", "once_key": "k",
        }, follow=True)

        assert "当日本单位在办 1 件" in made.content.decode()
        signed = client.post(made.request["PATH_INFO"], {"on_paper": "from_person", "once_key": "k-from"}, follow=True)
        assert "已登记移交人的纸面签字。" in signed.content.decode()
        assert "已在纸面签字，登记于" in signed.content.decode()
        coming = Client()
        coming.force_login(Person.objects.get(login="park-next"))
        assert "等您签字" in coming.get("/").content.decode()
        assert outsider.get(made.request["PATH_INFO"]).status_code == 404
        assert outsider.get("/handing/new/").status_code == 403


def test_a_unit_is_dissolved_at_the_screen_by_its_office(raised: Raised) -> None:
    raised()
    with clock.held_at(NOW):
        office, park = Client(), Client()
        office.force_login(Person.objects.get(login="park_office"))
        park.force_login(Person.objects.get(login="park"))
        form = office.get("/handing/dissolve/").context["form"]
        others = [one for one, _name in form.fields["successor_id"].choices if one]
        gone = str(viewer("park").unit_id)

        refused = office.post("/handing/dissolve/", {"unit_id": gone, "successor_id": gone, "once_key": "a"})

        assert (refused.status_code, "还没有指定承接单位" in refused.content.decode()) == (409, True)
        assert gone in others
        assert park.get("/handing/dissolve/").status_code == 403
