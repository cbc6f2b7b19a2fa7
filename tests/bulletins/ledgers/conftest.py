"""Problems to put on paper, and papers as they are read again."""

from __future__ import annotations

from tests.problems.conftest import raised as raised
