"""People at their screens who look for something."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
from tests.web.problems.conftest import _april as _april
from tests.web.problems.conftest import at_desk as at_desk
from tests.web.problems.conftest import queries_of as queries_of
