"""Joining by an invitation (R-A2): the seat, the phone proved, several people of one firm, and what no longer opens."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from tests.cast import NOW, acting, viewer
from tests.entry.conftest import Box
from zhitong.domain.entry.actions.codes import CodeNotSent, count_try, person_by_code, send_code
from zhitong.domain.entry.actions.inviting import end_invitation, invite_firms, invite_person
from zhitong.domain.entry.actions.joining import InvitationClosed, Joining, join
from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.queries.invitations import invitations_of
from zhitong.domain.entry.queries.links import invitation_opened, link_of
from zhitong.domain.entry.rules.inviting import CODE_TRIES, FIRM_SEATS
from zhitong.domain.entry.rules.kinds import InvitationState
from zhitong.domain.organisations.actions.seating import LoginTaken
from zhitong.domain.organisations.models import Person, Tenure
from zhitong.domain.subjects.models import Subject
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

PHONE = "13900000001"


@pytest.fixture
def sheet(db: None) -> Invitation:
    """The sheet of the firm in 任丘."""
    return kept(invited())


def kept(invitation_id: UUID) -> Invitation:
    """The invitation as the city's office sees it."""
    with acting("city_office"):
        return Invitation.objects.get(id=invitation_id)


def invited() -> UUID:
    with acting("city_office") as actor:
        firm = Subject.objects.get(name="演示任丘管道装备有限公司")
        return invite_firms(viewer("city_office"), [firm.id], actor=actor, now=NOW)[0]


def joining(sheet: Invitation, box: Box, *, phone: str = PHONE, name: str = "演示申", **changes: str) -> UUID:
    """Somebody joins by the sheet with a code just sent to his phone."""
    send_code(phone, messenger=box, now=NOW)
    wanted = {"link": link_of(sheet.id), "name": name, "phone": phone, "code": box.code(phone), **changes}
    return join(Joining(**wanted), request_id=None, now=NOW)


def test_who_holds_the_sheet_takes_a_seat_of_the_firm(sheet: Invitation, box: Box) -> None:
    person_id = joining(sheet, box)

    assert Tenure.objects.get(person_id=person_id, until__isnull=True).post.unit_id == sheet.unit_id
    assert Person.objects.get(id=person_id).phone == PHONE


def test_several_people_of_one_firm_come_by_one_sheet_until_its_seats_are_gone(sheet: Invitation, box: Box) -> None:
    for number in range(FIRM_SEATS):
        joining(sheet, box, phone=f"1390000001{number}", name=f"演示同事{number}")

    with pytest.raises(InvitationClosed, match="名额已经用完"):
        joining(sheet, box, phone="13900000099")


def test_inviting_a_firm_again_gives_the_sheet_that_is_open(sheet: Invitation) -> None:
    assert invited() == sheet.id


def test_a_sheet_that_ran_out_is_made_anew(sheet: Invitation) -> None:
    with acting("city_office"):
        Invitation.objects.filter(id=sheet.id).update(expires_on=day_of(NOW) - timedelta(days=1))

    assert invited() != sheet.id


def test_a_known_phone_is_the_person_who_gains_a_seat(sheet: Invitation, box: Box) -> None:
    known = Person.objects.create(login="known", name="演示申", phone=PHONE)

    assert joining(sheet, box) == known.id


def test_a_phone_of_somebody_else_is_refused(sheet: Invitation, box: Box) -> None:
    Person.objects.create(login="known", name="演示酉", phone=PHONE)

    with pytest.raises(Exception, match="另一个姓名"):
        joining(sheet, box)
    assert kept(sheet.id).joined == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": ""}, "name"), ({"phone": "139"}, "phone"), ({"code": ""}, "code"), ({"code": "000"}, "code"),
     ({"password": "kurz"}, "password")],
)
def test_what_is_wrong_is_said_beside_its_field(sheet: Invitation, box: Box, changes: dict[str, str], field: str) -> None:
    send_code(PHONE, messenger=box, now=NOW)
    wanted = {"link": link_of(sheet.id), "name": "演示申", "phone": PHONE, "code": box.code(PHONE), **changes}

    with pytest.raises(BadInput) as refused:
        join(Joining(**wanted), request_id=None, now=NOW)

    assert field in refused.value.fields
    assert kept(sheet.id).joined == 0


def test_an_ended_sheet_opens_nothing(sheet: Invitation, box: Box) -> None:
    with acting("city_office") as actor:
        end_invitation(viewer("city_office"), sheet.id, actor=actor, now=NOW)

    with transaction.atomic():
        assert invitation_opened(link_of(sheet.id), today=day_of(NOW)).state is InvitationState.ENDED
    with pytest.raises(InvitationClosed, match="已经作废"):
        joining(sheet, box)


@pytest.mark.parametrize("spoil", [lambda link: link[:-1], lambda link: "1" + link[1:], lambda link: "", lambda link: "x.y.z"])
def test_a_link_cut_short_or_altered_leads_nowhere(sheet: Invitation, spoil) -> None:  # type: ignore[no-untyped-def]
    link = spoil(link_of(sheet.id))
    assert link != link_of(sheet.id)

    with transaction.atomic(), pytest.raises(NotFound):
        invitation_opened(link, today=day_of(NOW))


def test_a_code_signs_in_once(sheet: Invitation, box: Box) -> None:
    person_id = joining(sheet, box)
    later = NOW + timedelta(minutes=2)
    send_code(PHONE, messenger=box, now=later)

    assert person_by_code(PHONE, box.code(PHONE), now=later) == person_id
    with pytest.raises(BadInput, match="已经用过"):
        person_by_code(PHONE, box.code(PHONE), now=later)


def test_a_code_tried_too_often_or_too_late_is_over(box: Box) -> None:
    send_code(PHONE, messenger=box, now=NOW)
    with pytest.raises(BadInput, match="过期"):
        person_by_code(PHONE, box.code(PHONE), now=NOW + timedelta(minutes=6))
    for _try in range(CODE_TRIES + 1):
        count_try(PHONE)

    with pytest.raises(BadInput, match="过期"):
        person_by_code(PHONE, box.code(PHONE), now=NOW)


def test_codes_do_not_rain_on_a_phone(box: Box) -> None:
    send_code(PHONE, messenger=box, now=NOW)

    with pytest.raises(CodeNotSent, match="一分钟"):
        send_code(PHONE, messenger=box, now=NOW + timedelta(seconds=30))


def test_an_outsider_invites_nobody_and_sees_no_sheet(sheet: Invitation) -> None:
    with acting("city_office"):
        firm_id = Subject.objects.get(unit_id=sheet.unit_id).id
    with acting("outsider") as actor:
        with pytest.raises(NotFound):
            invite_firms(viewer("outsider"), [firm_id], actor=actor, now=NOW)
        assert invitations_of(viewer("outsider"), today=day_of(NOW)) == ([], None)
        assert not Invitation.objects.filter(id=sheet.id).exists()


def test_a_firm_sees_its_own_sheet_and_no_other(sheet: Invitation) -> None:
    with acting("other_firm"):
        assert Invitation.objects.filter(id=sheet.id).exists()
    with acting("firm"):
        assert not Invitation.objects.exists()


def test_who_finds_the_sheet_of_an_official_does_not_become_him(box: Box) -> None:
    named = Person.objects.create(login="named", name="演示未", phone="13900000055")
    with acting("city_office") as actor:
        post = Tenure.objects.get(person__login="city_office").post
        sheet = invite_person(
            unit_id=post.unit_id, region_id=viewer("city_office").region_id, post_id=post.id, person_id=named.id, actor=actor, now=NOW
        )
        sheet.save()

    with pytest.raises(LoginTaken, match="登记的是另一个手机号码"):
        joining(sheet, box)
    assert joining(sheet, box, phone="13900000055", name="") == named.id


def test_a_login_name_that_is_no_phone_of_its_owner_is_not_taken_over(sheet: Invitation, box: Box) -> None:
    Person.objects.create(login=PHONE, name="演示申")

    with pytest.raises(LoginTaken, match="已是别人的登录名"):
        joining(sheet, box)
