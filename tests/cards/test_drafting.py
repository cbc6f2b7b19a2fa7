"""Drafts: kept as typed, wrong or not; nobody else sees them; what is marked as classified is not kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, send
from tests.cards.forms import row
from zhitong.domain.cards.actions import Drafting, SavedDraft, SubmittedCard, save_drafts
from zhitong.domain.cards.actions.asking import AlreadySubmitted, CardMoved, RoundLocked, ValuesRefused
from zhitong.domain.cards.models import Card, Draft
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.tallies.queries import counts

pytestmark = pytest.mark.django_db


def draft(
    cast: Cast, round_id: UUID, values: dict[str, object], *, version: int = 0, who: Viewer | None = None,
    days: int = 0, rows: list[dict[str, object]] | None = None,
) -> SavedDraft:
    viewer = who or cast.firm
    with acting_as(viewer):
        [saved] = save_drafts([
            Drafting(round_id=round_id, subject_id=cast.subject.id, version=version, actor=viewer.actor("web"),
                     values=values, rows=rows or []),
        ], now=NOW + timedelta(days=days))
    return saved


def test_a_draft_keeps_what_is_typed_and_says_what_would_be_refused(cast: Cast, september: UUID) -> None:
    saved = draft(cast, september, {"revenue": "12a", "remarks": "半句\x00"}, rows=[row(text="")])

    assert (saved.version, saved.errors.keys()) == (1, {"revenue"})
    with acting_as(cast.firm):
        kept = Draft.objects.get()
        assert (kept.values, kept.rows) == ({"revenue": "12a", "remarks": "半句"}, [row(text="")])
        assert facts_about(saved.card_id) == []


def test_a_draft_is_seen_by_its_firm_alone(cast: Cast, september: UUID) -> None:
    draft(cast, september, {"revenue": "1"})

    for viewer in (cast.office, cast.caring, cast.province_office, cast.other_firm):
        with acting_as(viewer):
            assert not Draft.objects.exists()


def test_a_marked_text_is_not_kept(cast: Cast, september: UUID) -> None:
    with pytest.raises(ValuesRefused, match="涉密字样") as refused:
        draft(cast, september, {"remarks": "机密"})

    assert refused.value.fields.keys() == {"remarks"}
    with acting_as(cast.firm):
        assert not Card.objects.exists()


def test_of_two_people_drafting_the_second_is_told_who_was_first(cast: Cast, september: UUID) -> None:
    draft(cast, september, {"revenue": "1"}, who=cast.firm_colleague)

    with pytest.raises(CardMoved, match=r"有限公司刘厂长刚才.*“填报中”"):
        draft(cast, september, {"revenue": "2"})
    assert draft(cast, september, {"revenue": "2"}, version=1).version == 2


def test_a_draft_counts_as_begun_not_as_sent(cast: Cast, september: UUID) -> None:
    draft(cast, september, {})
    draft(cast, september, {"revenue": "1"}, version=1)

    with acting_as(cast.office):
        node = cast.regions["130973400"].id
        assert counts(OBLIGATIONS, [node], by=["state"]) == {(node, "draft"): 1}


def test_sending_removes_the_draft(cast: Cast, september: UUID) -> None:
    draft(cast, september, {"revenue": "1"})

    card = send(cast, september, version=1)

    assert card.version == 2
    with acting_as(cast.firm):
        assert not Draft.objects.exists()


def test_a_sent_card_keeps_no_draft(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    with pytest.raises(AlreadySubmitted, match="直接重新报送"):
        draft(cast, september, {}, version=1)


def test_a_locked_round_keeps_no_draft(cast: Cast, september: UUID) -> None:
    with pytest.raises(RoundLocked):
        draft(cast, september, {}, days=18)
