"""A short storm with kill -9 in its midst on a database of its own, and what `problems verify` and `tallies verify` say of it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from zhitong.config import environment
from zhitong.launch import recomputed, storm
from zhitong.launch.bench.figures import Figure, Outcome
from zhitong.launch.bench.terms import Terms

SEED = 7


def measure(scale: int, terms: Terms) -> Outcome:
    """Acts a second of everybody at once, and whether everything holds afterwards; the stock has no part in it."""
    exits: list[int] = []

    def verify() -> Sequence[str]:
        from zhitong.cli import tallies

        faults = recomputed.verified()
        exits.append(tallies.run(argparse.Namespace(verb="verify", mend=False)))
        return faults

    kills = 0 if environment.text("ZHITONG_DATABASE_URL") else terms.kills  # the server of others is not killed
    over = storm.stormed(terms.acts, SEED, kills, verify)
    figure = Figure(bench="storm", what="众人同时乱办，其间 kill -9", scale=0, per_second=over.acts / over.seconds)
    return Outcome((figure,), more={
        "acts": over.acts, "refused": sum(one.refused for one in over.blown), "killed_connections": over.killer.backends,
        "killed_processes": over.killer.processes, "faults": len(over.faults), "tallies_verify_exit": exits[0],
    })
