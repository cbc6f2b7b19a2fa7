"""Problems to fill forms with."""

from tests.problems.conftest import raised

__all__ = ["raised"]
