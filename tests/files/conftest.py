"""A problem of the firm, beside which files stand."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
