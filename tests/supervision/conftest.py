"""Problems to press, and people of offices outside the cast."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
