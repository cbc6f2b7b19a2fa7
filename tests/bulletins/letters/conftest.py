"""Problems to put on paper."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
