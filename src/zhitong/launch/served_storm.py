"""`zhitong storm --served`: pages, worker and database as `zhitong up` runs them, killed in turn under callers of the API.

Every caller sends each act under one key until an answer comes. Afterwards everything acknowledged stands in the facts,
once, and all that is kept is recomputed.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhitong.config import database as config
from zhitong.config import environment
from zhitong.kit import clock, progress
from zhitong.launch import port, up
from zhitong.launch.embedded import lease, server
from zhitong.launch.embedded import place as places
from zhitong.launch.embedded.reviving import Reviver
from zhitong.launch.killing import come_back, require_own_server
from zhitong.launch.recomputed import verified
from zhitong.launch.scratch import scratch, state_folder
from zhitong.launch.supervisor import Process, Supervisor

if TYPE_CHECKING:
    from zhitong.rehearsal.storm.calling import Caller, Cast, Journal

HOST = "127.0.0.1"
CALLERS = 4
LONGEST_SECONDS = 900.0
"""After so long nobody waits for an answer any more: what is still unanswered is told."""
CATCHING_UP_SECONDS = 120.0
DATABASE = "数据库"
VICTIMS = (up.PAGES, up.WORK, DATABASE)


@dataclass(slots=True)
class Served:
    """A storm over HTTP that is over."""

    seconds: float = 0.0
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VICTIMS, 0))
    journals: Sequence[Journal] = ()
    lost: Sequence[str] = ()
    doubled: Sequence[str] = ()
    faults: Sequence[str] = ()

    @property
    def acts(self) -> int:
        """What was acknowledged."""
        return sum(journal.done.total() for journal in self.journals)

    @property
    def wrong(self) -> list[str]:
        """Everything that should not be."""
        unanswered = [f"没有等到答复：{path}" for journal in self.journals for path in journal.unanswered]
        lost = [f"已答复而没有记录：{line}" for line in self.lost]
        accidents = [f"系统意外：{line}" for journal in self.journals for line in journal.accidents]
        return [*lost, *accidents, *(f"办了不止一次：{line}" for line in self.doubled), *unanswered, *self.faults]


def stormed(acts: int, seed: int, kills: int) -> Served:
    """Serve a scratch database, call until so many acts were acknowledged, kill in turn meanwhile, then compare and recompute.

    Raises NotOurServer: somebody else's server is to be killed.
    """
    require_own_server()
    with scratch() as name, tempfile.TemporaryDirectory(prefix="zhitong-storm-") as folder:
        with config.as_role("owner", name=name):
            from zhitong.rehearsal.storm.acknowledged import prepare

            cast = prepare()
        storm = _Storm(name, state_folder(name, Path(folder)), acts, kills)
        storm.blow(cast, seed)
        with config.as_role("worker", name=name):
            storm.compare()
    return storm.over


class _Storm:
    """One storm over HTTP, looked after by the supervisor's own loop."""

    def __init__(self, name: str, home: Path, acts: int, kills: int) -> None:
        self.name, self.acts = name, acts
        self.over = Served()
        self._marks = [acts * (place + 1) // (kills + 1) for place in range(kills)]
        self._port = port.free(HOST, environment.number("ZHITONG_PORT") + 1000)
        self._reviver = Reviver(up.say)
        self._supervisor = Supervisor(self._processes(home), up.say, besides=self._reviver.look_after)
        with lease.at_the_gate():
            self._place = places.settle()
        self._callers: list[Caller] = []
        self._began = self._over_at = 0.0

    def _processes(self, home: Path) -> list[Process]:
        """Pages and worker as they are, on the scratch database; nobody follows streams."""
        surroundings = {
            "ZHITONG_STATE_DIR": str(home), "ZHITONG_DATABASE_URL": "", "ZHITONG_PACE": "off",
            "DJANGO_SETTINGS_MODULE": "zhitong.config.settings",
        }
        kept = up.processes(HOST, self._port, 0)
        return [
            replace(
                one, environment={**one.environment, **surroundings},
                command=up.worker_beside() if one.name == up.WORK else one.command,
            )
            for one in kept
        ]

    def blow(self, cast: Cast, seed: int) -> None:
        """Serve, call and kill until all is done and the worker has caught up."""
        from zhitong.rehearsal.storm.calling import Caller

        self._callers = [
            Caller(self._port, cast, f"{seed}:{place}", lambda: self._done() < self.acts, lambda: self._began + LONGEST_SECONDS)
            for place in range(CALLERS)
        ]
        with progress.step("风暴：经接口办理") as step:
            self._step = step
            self._supervisor.run(self._go_on)

    def _done(self) -> int:
        return sum(caller.journal.done.total() for caller in self._callers)

    def _go_on(self) -> bool:
        """Asked again and again by the supervisor: begin, kill, end. Never says that it is ready, so that it is asked again."""
        if not self._began:
            if up.is_answering(HOST, self._port):
                self._began = time.monotonic()
                for caller in self._callers:
                    caller.start()
            return False
        done = self._done()
        self._step.at(min(done, self.acts), self.acts)
        if self._marks and done >= self._marks[0]:
            self._kill()
        if any(caller.is_alive() for caller in self._callers):
            return False
        self._over_at = self._over_at or time.monotonic()
        self.over.seconds = self._over_at - self._began
        if self._has_caught_up() or time.monotonic() > self._over_at + CATCHING_UP_SECONDS:
            self._supervisor.end()
        return False

    def _kill(self) -> None:
        """The next in turn, whole: every process of its group, or the server under all of them."""
        victim = VICTIMS[sum(self.over.killed.values()) % len(VICTIMS)]
        if victim == DATABASE:
            pid = server.running_pid(self._place)
            if pid is None:
                return
            os.kill(pid, signal.SIGKILL)
        else:
            group = self._supervisor.group_of(victim)
            if group is None:
                return
            os.killpg(group, signal.SIGKILL)
        self._marks.pop(0)
        self.over.killed[victim] += 1

    def _has_caught_up(self) -> bool:
        from zhitong.rehearsal.storm.acknowledged import has_caught_up

        with config.as_role("worker", name=self.name):
            return has_caught_up()

    def compare(self) -> None:
        """What was acknowledged against the facts, then everything recomputed (as the worker)."""
        from zhitong.rehearsal.storm.acknowledged import differences, has_caught_up

        come_back(self.name)
        self.over.journals = [caller.journal for caller in self._callers]
        self.over.lost, self.over.doubled = differences(self.over.journals)
        behind = [] if has_caught_up() else ["后台没有跟上：仍有事实没有办理后续。"]
        short = [f"只得到 {self._done()} 个答复，要求 {self.acts} 个。"] if self._done() < self.acts else []
        spared = [f"还差 {len(self._marks)} 次没有终止。"] if self._marks else []
        self.over.faults = [*short, *spared, *behind, *verified(clock.now())]


def told(over: Served) -> list[str]:
    """What happened, in lines."""
    killed = "、".join(f"{victim} {times} 次" for victim, times in over.killed.items())
    again = sum(journal.again for journal in over.journals)
    replayed = sum(journal.replayed for journal in over.journals)
    refused = [line for journal in over.journals for line in journal.refused]
    return [
        f"{CALLERS} 个程序经接口同时办理：得到答复 {over.acts:,} 个动作，用 {over.seconds:.0f} 秒；按规则拒绝 {len(refused)} 次",
        f"  其间强行终止（kill -9）：{killed}",
        f"  没有等到答复而用同一个键重发 {again:,} 次，其中 {replayed:,} 次发现已经办成，没有重办",
        f"  已答复而丢失 {len(over.lost)}，重复 {len(over.doubled)}",
        *(f"  拒绝：{line}" for line in refused[:3]),
    ]
