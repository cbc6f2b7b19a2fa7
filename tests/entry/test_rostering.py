"""One roster opens a county (R-A2): all or nobody, each with an invitation, and twice is once."""

from __future__ import annotations

import pytest

from tests.cast import NOW, acting, viewer
from zhitong.domain.entry.actions.rostering import RosterNotTaken, Seated, take_roster
from zhitong.domain.entry.models import Invitation
from zhitong.domain.entry.rules.rosters import RosterRow
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as

pytestmark = pytest.mark.django_db


def rows(*changes: tuple[str, ...]) -> list[RosterRow]:
    """A roster of 任丘: three people in two units, and what a test adds."""
    written = [
        ("任丘市科技和工业信息化局", "演示卯", "局长", "13800000001"), ("任丘市科技和工业信息化局", "演示辰", "科员", "13800000002"),
        ("任丘市发展改革局", "演示巳", "副局长", "13800000003"), *changes,
    ]
    return [RosterRow(line, *row) for line, row in enumerate(written, start=2)]


def taken(administrator: Viewer, wanted: list[RosterRow]) -> list[Seated]:
    with acting_as(administrator) as here:
        return take_roster(here, wanted, actor=here.actor("test"), now=NOW)


def counted(administrator: Viewer) -> list[int]:
    """How much a roster has written."""
    with acting_as(administrator):
        return [kind.objects.count() for kind in (Person, Post, Tenure, Invitation)]


def test_everybody_is_seated_and_invited(administrator: Viewer) -> None:
    seated = taken(administrator, rows())

    assert [one.is_new for one in seated] == [True, True, True]
    assert len({one.invitation_id for one in seated}) == 3
    kinds = Post.objects.in_bulk([one.post_id for one in seated])
    assert [kinds[one.post_id].kind for one in seated] == ["leader", "officer", "deputy"]


def test_nobody_can_sign_in_with_a_password_he_never_set(administrator: Viewer) -> None:
    seated = taken(administrator, rows())

    assert not any(person.has_usable_password() for person in Person.objects.filter(id__in=[one.person_id for one in seated]))


def test_the_same_roster_again_seats_nobody(administrator: Viewer) -> None:
    taken(administrator, rows())
    before = counted(administrator)

    again = taken(administrator, rows())

    assert [one.is_new for one in again] == [False, False, False]
    assert counted(administrator) == before


def test_somebody_with_two_seats_is_one_person_with_one_invitation(administrator: Viewer) -> None:
    seated = taken(administrator, rows(("任丘市发展改革局", "演示卯", "党组成员", "13800000001")))

    assert seated[0].person_id == seated[3].person_id
    with acting_as(administrator):
        assert Invitation.objects.filter(person_id=seated[0].person_id).count() == 1


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        (("任丘市科技工业信息化局", "演示午", "科员", "13800000009"), "5.unit", "是不是任丘市科技和工业信息化局"),
        (("不存在的委员会", "演示午", "科员", "13800000009"), "5.unit", "本辖区没有“不存在的委员会”"),
        (("任丘市发展改革局", "", "科员", "13800000009"), "5.name", "请填写姓名"),
        (("任丘市发展改革局", "演示午", "", "13800000009"), "5.title", "请填写职务"),
        (("任丘市发展改革局", "演示午", "科员", "1380000"), "5.phone", "现在是7位"),
        (("任丘市发展改革局", "演示午", "科员", "13800000001"), "5.phone", "在前面是演示卯的"),
        (("任丘市发展改革局", "演示巳", "副局长", "13800000003"), "5.name", "写了两次"),
    ],
)
def test_one_wrong_row_leaves_everybody_out(administrator: Viewer, row: tuple[str, ...], place: str, said: str) -> None:
    before = Person.objects.count()

    with pytest.raises(RosterNotTaken) as refused:
        taken(administrator, rows(row))

    assert said in refused.value.fields[place]
    assert Person.objects.count() == before


def test_units_of_another_county_are_not_there(administrator: Viewer) -> None:
    with pytest.raises(RosterNotTaken) as refused:
        taken(administrator, rows(("沧州市发展和改革委员会", "演示午", "科员", "13800000009")))

    assert "5.unit" in refused.value.fields


def test_only_who_administers_takes_a_roster() -> None:
    with acting("city_office") as actor, pytest.raises(NotYours):
        take_roster(viewer("city_office"), rows(), actor=actor, now=NOW)
