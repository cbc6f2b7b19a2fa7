"""Problems of the firm of 南大港 to look for."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
