"""People at their screens around four problems that tell of the same."""

from __future__ import annotations

from tests.commons.conftest import alike as alike
from tests.problems.conftest import raised as raised
from tests.web.complaints.conftest import _april as _april
from tests.web.complaints.conftest import at_screen as at_screen
