"""The round of April, and the firm's card sent in it with two problems, one of them confidential."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cast import acting
from tests.web.portal.conftest import FILLED
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import april as april
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import cared_for as cared_for
from tests.world import NOW
from zhitong.domain.cards.actions import Submission
from zhitong.domain.problems.actions.submitting import submit_card
from zhitong.domain.subjects.models import Subject


def send_card(round_id: UUID) -> UUID:
    """The firm sends its card."""
    rows = [
        {"category": "energy", "text": "夜间限电，热处理炉不能连续生产。", "known_to_head": True},
        {"category": "funds", "text": "贷款到期周转不开。", "known_to_head": True, "confidential": True},
    ]
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        [sent] = submit_card(
            [Submission(round_id=round_id, subject_id=subject.id, version=0, actor=actor, values=FILLED, rows=rows)],
            now=NOW,
        )
    return sent.card.card_id


@pytest.fixture
def card_id(april: UUID) -> UUID:
    """The card sent."""
    return send_card(april)
