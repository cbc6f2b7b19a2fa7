"""How many generated calls of the API were made, and how they were answered: summed over all processes, printed at the end."""

from __future__ import annotations

from collections import Counter
from typing import Any

CALLS = "generated_calls"
"""The property of a test under which it tells its calls: {status: number}."""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A line with the sum, where any were made."""
    summed: Counter[str] = Counter()
    operations = 0
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, told in getattr(report, "user_properties", ()):
                if name == CALLS and getattr(report, "when", "") == "call":
                    summed.update(told["statuses"])
                    operations += told["operations"]
    if summed:
        by_status = ", ".join(f"{status}: {number}" for status, number in sorted(summed.items()))
        broken = sum(number for status, number in summed.items() if status.startswith("5"))
        terminalreporter.write_line(
            f"API: {summed.total()} generated calls of {operations} operations, {broken} answered 5xx ({by_status})"
        )
