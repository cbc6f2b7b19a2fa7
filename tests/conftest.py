"""What every test stands on: no network, and a machine that offers what it must."""

from __future__ import annotations

pytest_plugins = ["tests.no_network", "tests.machine"]
