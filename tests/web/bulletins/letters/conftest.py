"""People at their screens, with problems to put on paper."""

from __future__ import annotations

from tests.web.problems.conftest import _april as _april
from tests.web.problems.conftest import address_of as address_of
from tests.web.problems.conftest import at_desk as at_desk
from tests.web.problems.conftest import queries_of as queries_of
from tests.web.problems.conftest import raised as raised
