"""Problems to read figures from."""

from tests.problems.conftest import raised as raised
