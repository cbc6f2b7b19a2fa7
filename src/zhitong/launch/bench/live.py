"""Readers on the streams, beside pages and worker: how soon a commit is heard of."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.kit import progress
from zhitong.launch import port, up
from zhitong.launch.bench.serving import HOST, kept_running, state_folder, wait_for

WORKING = (
    sys.executable, "-c",
    "import argparse, django; django.setup(); from zhitong.work.loop import run; run(argparse.Namespace(once=False))",
)
"""The worker without its command, which would start a server of its own for the scratch state folder."""


def live(name: str, readers: int) -> list[str]:
    """Readers on the streams as `zhitong up` serves them, beside pages and worker; returns what to print."""
    from zhitong.rehearsal.bench import live as bench

    with config.as_role("owner", name=name), tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        cookies = bench.prepare(readers)
        pages = port.free(HOST, environment.number("ZHITONG_PORT") + 1000)
        streams = port.free(HOST, pages + 1)
        kept = [one if one.name != up.WORK else replace(one, command=WORKING) for one in up.processes(HOST, pages, streams)]
        home = state_folder(name, Path(folder))
        with ExitStack() as running:
            groups = {one.name: running.enter_context(kept_running(one, home)) for one in kept}
            for each in (pages, streams):
                wait_for(each)
            with progress.step(f"{readers:,} 个读者"):
                found = bench.measure(cookies, HOST, streams, groups[up.STREAMS], Path(folder))
    return bench.told(found)
