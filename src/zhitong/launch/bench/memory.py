"""What memory each of our processes holds, and PostgreSQL its own and what it shares; from /proc, nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.launch.bench.figures import Memory

OWN, SHARED = "PostgreSQL 各进程自有", "PostgreSQL 共享缓冲"
GROUP, PARENT = 2, 1
"""Places in /proc/…/stat behind the name of the program."""


def held(groups: Mapping[str, int]) -> dict[str, float]:
    """MiB by process: every group under its name, and PostgreSQL's own and shared where the server is ours."""
    found = {name: _share("Pss", _pids(GROUP, group)) for name, group in groups.items()}
    return found | _postgresql()


def compared(bench: str, scale: int, at_rest: Mapping[str, float], under_load: Mapping[str, float]) -> tuple[Memory, ...]:
    """Before and after, process by process."""
    return tuple(Memory(bench, scale, name, at_rest[name], under_load[name]) for name in at_rest)


def _postgresql() -> dict[str, float]:
    if environment.text("ZHITONG_DATABASE_URL"):
        return {}
    with psycopg.connect(**config.parameters("owner")) as connection:
        master = _stat(connection.info.backend_pid)
    if master is None:
        return {}
    pids = list(_pids(PARENT, int(master[PARENT])))
    shared = _share("Pss_Shmem", pids)
    return {OWN: _share("Pss", pids) - shared, SHARED: shared}


def _pids(place: int, number: int) -> Iterator[int]:
    """The processes of a group, or the children of a process."""
    for path in Path("/proc").glob("[0-9]*"):
        fields = _stat(int(path.name))
        if fields is not None and int(fields[place]) == number:
            yield int(path.name)


def _stat(pid: int) -> list[str] | None:
    """What stands behind the name of the program: state, parent, group …; None when it has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _share(name: str, pids: Iterator[int] | list[int]) -> float:
    """MiB that processes hold, what several share counted in parts."""
    held_kib = 0
    for pid in pids:
        try:
            said = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        held_kib += sum(int(line.split()[1]) for line in said.splitlines() if line.startswith(f"{name}:"))
    return held_kib / 1024
