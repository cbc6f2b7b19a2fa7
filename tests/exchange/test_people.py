"""A county's own roster (R-A2, R-H8): judged cell by cell, seated whole, the same again changes nothing, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import NOW, viewer
from tests.phones import digests
from zhitong.domain.entry.models import Invitation
from zhitong.domain.exchange.actions.committing import Committed, commit, undo
from zhitong.domain.exchange.actions.kinds.protocol import NotUndoable
from zhitong.domain.exchange.actions.staging import Sent, stage
from zhitong.domain.exchange.models import UploadRow
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as

pytestmark = pytest.mark.django_db

HEADS = "部门,人员姓名,岗位,联系方式\n"
ROWS = (
    "任丘市科技和工业信息化局,演示卯,局长,138 0000 0001\n"
    "任丘市科技和工业信息化局,演示辰,演示专员,+86 13800000002\n"
    "任丘市发展改革局,演示卯,副局长,13800000001\n"
)


@pytest.fixture
def administrator(db: None) -> Iterator[Viewer]:
    """Who administers 任丘市, at work."""
    post = Post.objects.get(unit__code="130982-office", kind="administrator")
    person = Person.objects.create(login="administrator", name="演示寅")
    Tenure.objects.create(post=post, person=person, since=NOW.date())
    with acting_as(viewer("administrator")) as here:
        yield here


def staged(here: Viewer, rows: str, *, days: int = 0) -> UUID:
    """A roster read and judged."""
    sent = Sent(kind=UploadKind.PEOPLE, name="花名册.csv", content=(HEADS + rows).encode(), campaign="hebei-2018")
    return stage(here, sent, now=NOW + timedelta(days=days))


def done(here: Viewer, upload_id: UUID) -> Committed:
    return commit(here, upload_id, actor=here.actor("test"), now=NOW)


def taken_back(here: Viewer, upload_id: UUID) -> int:
    return undo(here, upload_id, actor=here.actor("test"), now=NOW + timedelta(hours=1))


def verdicts(upload_id: UUID) -> list[str]:
    return list(UploadRow.objects.filter(upload_id=upload_id).order_by("line").values_list("verdict", flat=True))


def kept() -> list[int]:
    """What is held, and offered, now."""
    return [
        Tenure.objects.filter(until__isnull=True).count(), Invitation.objects.filter(ended_at__isnull=True).count(),
        Post.objects.filter(ended_on__isnull=True).count(),
    ]


def test_a_roster_is_seated_whole_and_again_it_changes_nothing(administrator: Viewer) -> None:
    committed = done(administrator, staged(administrator, ROWS))
    after = kept()

    again = staged(administrator, ROWS + " \n")
    assert verdicts(again) == ["unchanged"] * 3
    assert (committed.new, done(administrator, again).new, kept()) == (3, 0, after)
    assert Tenure.objects.filter(person__phone_digest__in=digests("13800000001"), until__isnull=True).count() == 2


@pytest.mark.parametrize(("row", "place", "said"), [
    ("没有的局,演示午,科员,13800000009", "unit", "本辖区没有"),
    ("任丘市发展改革局,演示午,科员,1380000", "phone", "现在是7位"),
    ("任丘市发展改革局,演示午,,13800000009", "title", "没有填写"),
    ("任丘市发展改革局,演示午,科员,13800000001", "phone", "前面是演示卯"),
])
def test_every_wrong_cell_is_said(administrator: Viewer, row: str, place: str, said: str) -> None:
    upload_id = staged(administrator, ROWS + row + "\n")

    wrong = UploadRow.objects.get(upload_id=upload_id, verdict="wrong")
    assert said in wrong.faults[place]


@pytest.mark.parametrize("unit", ["任丘市双创双服办", "任丘双创双服办", "市双创双服办", "双创双服办"])
def test_an_office_is_known_by_what_clerks_call_it(administrator: Viewer, unit: str) -> None:
    assert verdicts(staged(administrator, f"{unit},演示未,科员,13800000007\n")) == ["new"]


def test_a_row_written_twice_is_seated_once(administrator: Viewer) -> None:
    upload_id = staged(administrator, ROWS + ROWS.splitlines()[0] + "\n")

    assert verdicts(upload_id) == ["new", "new", "new", "skipped"]
    assert done(administrator, upload_id).new == 3


def test_an_undo_ends_the_seats_their_invitations_and_the_posts_it_made(administrator: Viewer) -> None:
    before = kept()
    upload_id = staged(administrator, ROWS)
    done(administrator, upload_id)

    assert taken_back(administrator, upload_id) == 3
    assert kept() == before


def test_who_has_come_in_since_stays_and_so_do_all(administrator: Viewer) -> None:
    upload_id = staged(administrator, ROWS)
    done(administrator, upload_id)
    after = kept()
    Person.objects.filter(phone_digest__in=digests("13800000002")).update(last_login=NOW)

    with pytest.raises(NotUndoable, match="第3行（演示辰）"):
        taken_back(administrator, upload_id)
    assert kept() == after


def test_only_who_administers_sends_a_roster() -> None:
    with acting_as(viewer("city_office")) as here, pytest.raises(NotYours):
        staged(here, ROWS)
