"""The registry of the small world at people's screens."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cast import acting
from tests.problems.conftest import raised as raised
from tests.web.cards.conftest import card_id as card_id
from tests.web.portal.conftest import _april as _april
from tests.web.portal.conftest import april as april
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import cared_for as cared_for
from zhitong.domain.subjects.models import Subject


@pytest.fixture
def firm_id(db: None) -> UUID:
    """The firm of 南大港."""
    with acting("firm") as actor:
        return Subject.objects.values_list("id", flat=True).get(unit_id=actor.unit_id)
