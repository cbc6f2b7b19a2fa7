"""The auditor holds no other post (三员分立): whoever would seat him in one, or somebody else beside it, is refused."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from zhitong.domain.organisations.actions.auditing import WatchesHimself
from zhitong.domain.organisations.actions.seating import NewSeat, change_holder, seat_people, take_seat
from zhitong.domain.organisations.models import Post, Tenure, Unit
from zhitong.domain.organisations.rules.kinds import PostKind

pytestmark = pytest.mark.django_db
PHONE, NAME, SINCE = "13800009999", "演示午", date(2018, 4, 1)


def seated(kind: PostKind, phone: str = PHONE) -> UUID:
    office = Unit.objects.get(code="130973400-office")
    [(person, _post, _new)] = seat_people(
        [NewSeat(unit_id=office.id, kind=kind, title=kind.label, name=NAME, phone=phone)], since=SINCE
    )
    return person


def asked_at_commit() -> None:
    """Let the database ask now what it asks at the end of every transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS organisations_three_apart IMMEDIATE")


def hold(post: Post, person: UUID) -> None:
    """Past every act, straight into the table."""
    with transaction.atomic():
        Tenure.objects.create(post=post, person_id=person, since=SINCE)
        asked_at_commit()


def test_an_official_is_not_made_auditor_beside_his_post() -> None:
    seated(PostKind.OFFICER)

    with pytest.raises(WatchesHimself, match="审计管理员不能兼任其他岗位"), transaction.atomic():
        seated(PostKind.AUDITOR)


def test_an_auditor_takes_no_post_by_invitation_nor_by_hand_over() -> None:
    auditor = seated(PostKind.AUDITOR)
    post = Post.objects.get(unit__code="130973400-office", kind="administrator")
    with pytest.raises(WatchesHimself), transaction.atomic():
        take_seat(post_id=post.id, person_id=auditor, name=NAME, phone=PHONE, password=None, since=SINCE)
    leaving = seated(PostKind.LEADER, "13800009998")
    held = Tenure.objects.get(person_id=leaving)

    with pytest.raises(WatchesHimself), transaction.atomic():
        change_holder(post_id=held.post_id, leaving_id=leaving, login=PHONE, name=NAME, password=None, on=date(2018, 5, 1))

    assert Tenure.objects.filter(person_id=auditor, until__isnull=True).count() == 1


def test_an_auditor_alone_is_seated_again_without_complaint() -> None:
    assert seated(PostKind.AUDITOR) == seated(PostKind.AUDITOR)


def test_the_database_itself_keeps_the_three_administrators_apart() -> None:
    person = seated(PostKind.ADMINISTRATOR)
    for kind in ("security", "auditor"):
        post = Post.objects.get(unit__code="130973400-office", kind=kind)
        with pytest.raises(IntegrityError, match="organisations_three_apart"):
            hold(post, person)

    Post.objects.filter(id=post.id).update(kind="administrator")
    hold(post, person)
    with pytest.raises(IntegrityError, match="organisations_three_apart"):
        becomes(post, "auditor")


def becomes(post: Post, kind: str) -> None:
    """Change what a post is, and ask the database what it thinks of it."""
    Post.objects.filter(id=post.id).update(kind=kind)
    asked_at_commit()
