"""What the database alone shows of accounts: one's own, to administrators what they may reset, to nobody anything."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.accounts.conftest import looking
from tests.cast import NOW
from zhitong.domain.accounts.actions.factors import begin_binding
from zhitong.domain.accounts.actions.knocking import knock
from zhitong.domain.accounts.actions.sittings import begin_sitting
from zhitong.domain.accounts.models import Factor, Identity, Knock, OwnPassword, RecoveryCode, Sitting
from zhitong.domain.accounts.queries.identities import shown_as
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.rules.words import Way
from zhitong.domain.organisations.scope import Viewer, acting_as

pytestmark = pytest.mark.django_db

TABLES = (OwnPassword, Factor, RecoveryCode, Sitting, Identity, Knock)


@pytest.fixture
def filled(official: UUID) -> UUID:
    """Somebody with a row in every table."""
    begin_binding(official, now=NOW)
    knock(login="wang", address="10.1.1.1", device="", now=NOW)
    begin_sitting(person_id=official, session_key="k", way=Way.PASSWORD, device="Windows", address="10.1.1.1", now=NOW)
    with known_as(official):
        RecoveryCode.objects.create(person_id=official, digest="d")
        Identity.objects.create(person_id=official, issuer="https://id.example", subject="s-1", how="own", linked_at=NOW)
    return official


def seen(viewer: Viewer, person_id: UUID) -> list[str]:
    with acting_as(viewer):
        return [table.__name__ for table in TABLES if table.objects.filter(person_id=person_id).exists()]


def test_nobody_sees_anything(filled: UUID) -> None:
    assert [table.__name__ for table in TABLES if table.objects.exists()] == []


def test_each_sees_his_own_and_hashes_no_other_sees(filled: UUID, administrator: Viewer, elsewhere: Viewer) -> None:
    assert seen(looking(filled), filled) == ["OwnPassword", "Factor", "RecoveryCode", "Sitting", "Identity"]
    assert seen(administrator, filled) == ["Factor", "RecoveryCode", "Sitting", "Identity", "Knock"]
    assert seen(elsewhere, filled) == []


def test_who_was_named_for_a_step_is_named_no_longer_after_it(filled: UUID) -> None:
    with known_as(filled):
        assert Sitting.objects.count() == 1

    assert Sitting.objects.count() == 0


def test_a_subject_that_was_named_shows_its_row_and_no_other(filled: UUID) -> None:
    with shown_as("https://id.example", "s-2"):
        assert not Identity.objects.exists()
    with shown_as("https://id.example", "s-1"):
        assert Identity.objects.get().person_id == filled
        assert Identity.objects.update(subject="s-3") == 0, "to be seen is not to be changed"
