"""Problems that fell due in May, and an edition on them."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
