"""The second factor: bound by its first code, proved by codes that are taken once, reset by who administers (R-A3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import override_settings

from tests.accounts.conftest import looking
from tests.cast import NOW
from zhitong.domain.accounts.actions.factors import (
    AlreadyBound,
    MustKeep,
    begin_binding,
    bind,
    let_go,
    prove,
    renew_codes,
    reset_factor,
)
from zhitong.domain.accounts.models import Factor, RecoveryCode
from zhitong.domain.accounts.queries.factors import binding_of, secret_of
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.standing import locks_of, standing_of
from zhitong.domain.accounts.rules.one_time import RECOVERY_CODES, code_at, step_of
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

WORLD = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def code_on_phone(person_id: UUID, world: datetime = WORLD) -> str:
    """What the phone shows at a moment."""
    with known_as(person_id):
        salt = Factor.objects.values_list("salt", flat=True).get(person_id=person_id)
    return code_at(secret_of(bytes(salt)), step_of(world))


def bound(person_id: UUID) -> list[str]:
    """Bind an app; returns the recovery codes."""
    begin_binding(person_id, now=NOW)
    return bind(person_id=person_id, written_code=code_on_phone(person_id), world=WORLD, actor=actor(person_id), now=NOW)


def actor(person_id: UUID):  # type: ignore[no-untyped-def]
    return looking(person_id).actor("test")


def show(person_id: UUID, code: str, minutes: int = 1) -> None:
    """Prove a code some minutes after binding."""
    prove(person_id=person_id, written_code=code, world=WORLD + timedelta(minutes=minutes), actor=actor(person_id), now=NOW)


def test_a_factor_counts_only_when_its_first_code_was_shown(official: UUID) -> None:
    begin_binding(official, now=NOW)
    assert not standing_of(official, is_spared=False, now=NOW).has_factor

    with pytest.raises(BadInput):
        bind(person_id=official, written_code="000000x", world=WORLD, actor=actor(official), now=NOW)
    assert not standing_of(official, is_spared=False, now=NOW).has_factor
    bind(person_id=official, written_code=code_on_phone(official), world=WORLD, actor=actor(official), now=NOW)

    assert standing_of(official, is_spared=False, now=NOW).has_factor


def test_beginning_twice_shows_the_same_code_and_bound_it_is_shown_no_more(official: UUID) -> None:
    begin_binding(official, now=NOW)
    with known_as(official):
        first = binding_of(official)
    begin_binding(official, now=NOW)
    with known_as(official):
        assert binding_of(official) == first
    bind(person_id=official, written_code=code_on_phone(official), world=WORLD, actor=actor(official), now=NOW)

    with pytest.raises(AlreadyBound):
        begin_binding(official, now=NOW)
    with known_as(official), pytest.raises(NotFound):
        binding_of(official)


def test_the_secret_stands_nowhere_in_the_database(official: UUID) -> None:
    begin_binding(official, now=NOW)
    with known_as(official):
        salt = bytes(Factor.objects.values_list("salt", flat=True).get(person_id=official))

    here = secret_of(salt)
    with override_settings(SECRET_KEY="of another installation"):
        assert secret_of(salt) != here
    assert salt != here


def test_the_code_that_bound_it_and_a_code_once_shown_are_not_taken_again(official: UUID) -> None:
    bound(official)
    with pytest.raises(BadInput):
        show(official, code_on_phone(official), minutes=0)
    later = code_on_phone(official, WORLD + timedelta(minutes=1))
    show(official, later)

    with pytest.raises(BadInput, match="已经用过"):
        show(official, later)


def test_a_recovery_code_opens_once(official: UUID) -> None:
    codes = bound(official)
    assert len(set(codes)) == RECOVERY_CODES

    show(official, codes[3].upper().replace("-", " "))

    with pytest.raises(BadInput):
        show(official, codes[3])
    with known_as(official):
        assert locks_of(official, has_password=True, now=NOW).codes_left == RECOVERY_CODES - 1
        assert not RecoveryCode.objects.filter(digest__in=codes).exists()


def test_renewed_codes_replace_the_old_ones(official: UUID) -> None:
    old = bound(official)
    at = WORLD + timedelta(minutes=5)

    new = renew_codes(person_id=official, written_code=code_on_phone(official, at), world=at, actor=actor(official), now=NOW)

    with pytest.raises(BadInput):
        show(official, old[0], minutes=9)
    show(official, new[0], minutes=9)


def test_who_must_have_one_cannot_let_go_of_it(official: UUID, administrator: Viewer) -> None:
    own = bound(administrator.person_id)
    with pytest.raises(MustKeep):
        let_go(person_id=administrator.person_id, written_code=own[0], world=WORLD, actor=administrator.actor("test"), now=NOW)
    others = bound(official)

    let_go(person_id=official, written_code=others[0], world=WORLD, actor=actor(official), now=NOW)

    assert not standing_of(official, is_spared=False, now=NOW).has_factor
    assert standing_of(administrator.person_id, is_spared=False, now=NOW).has_factor


def test_posts_that_must_have_one_are_asked_for_it(official: UUID, administrator: Viewer) -> None:
    assert standing_of(administrator.person_id, is_spared=False, now=NOW).must_bind
    assert not standing_of(official, is_spared=False, now=NOW).must_bind


def test_a_reset_is_an_act_with_its_reason_after_which_one_binds_anew(official: UUID, administrator: Viewer) -> None:
    codes = bound(official)

    with acting_as(administrator):
        reset_factor(administrator, login="wang", reason="手机遗失，已当面核实。", actor=administrator.actor("test"), now=NOW)
        told = facts_about(official)[-1]

    assert (told.kind, told.words) == ("account.factor_reset", {"reason": "手机遗失，已当面核实。"})
    assert not standing_of(official, is_spared=False, now=NOW).has_factor
    assert set(bound(official)).isdisjoint(codes)


def test_a_factor_that_is_not_bound_is_not_reset(official: UUID, administrator: Viewer, elsewhere: Viewer) -> None:
    said = {"login": "wang", "reason": "已核实。", "now": NOW}
    with acting_as(administrator), pytest.raises(BadInput, match="没有绑定"):
        reset_factor(administrator, actor=administrator.actor("test"), **said)
    bound(official)

    with acting_as(elsewhere), pytest.raises(BadInput, match="本辖区没有"):
        reset_factor(elsewhere, actor=elsewhere.actor("test"), **said)

    assert standing_of(official, is_spared=False, now=NOW).has_factor
