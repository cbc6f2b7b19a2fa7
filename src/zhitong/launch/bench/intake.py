"""Excel end to end at a stock of problems, beside COPY of the rows that it became."""

from __future__ import annotations

from zhitong.config import database as config
from zhitong.launch.bench.figures import Figure, Outcome
from zhitong.launch.bench.ground import written_in
from zhitong.launch.bench.shelf import stocked
from zhitong.launch.bench.terms import Terms


def measure(scale: int, terms: Terms) -> Outcome:
    """A workbook of firms, then one of their cards."""
    from zhitong.rehearsal.bench import intake
    from zhitong.rehearsal.bench.ground import fold_all

    with written_in(stocked(scale)) as (name, is_copy), config.as_role("owner", name=name):
        found, wrong = intake.measure(terms.rows)
        if not is_copy:
            fold_all()
    figures = tuple(
        Figure(bench="intake", what=one.label, scale=scale, per_second=one.rows_a_second, bare_per_second=one.copied_a_second)
        for one in found
    )
    told = [
        {"what": one.label, "rows": one.rows, "staged_seconds": one.staged, "committed_seconds": one.committed,
         "cpu_seconds": one.cpu, "statements_a_thousand_rows": one.statements / one.rows * 1000, "rows_written": one.written,
         "peak_mib": one.peak_mib} for one in found
    ]
    return Outcome(figures, more={"workbooks": told, "wrong_counts": wrong, "rows_left_in_stock": 0 if is_copy else 2 * terms.rows})
