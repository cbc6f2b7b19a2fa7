"""`zhitong storm`: everybody tries every act at once on a database of its own; then all that is kept is recomputed."""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch.killing import Killer, come_back, require_own_server
from zhitong.launch.recomputed import ending, verified
from zhitong.launch.scratch import scratch

if TYPE_CHECKING:
    from zhitong.rehearsal.storm.blowing import Blown
    from zhitong.rehearsal.storm.field import Field

T = TypeVar("T")
ROLES = ("web", "web", "owner", "owner")
"""The processes by the role they log in as: walkers behind the walls, then batchers."""
GONE = "57P"
"""How PostgreSQL's codes begin when the server went away or is not back yet; a lost connection has no code at all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many acts, the seed that says which, and how often something is killed meanwhile."""
    parser.add_argument("--acts", type=int, default=10_000, metavar="个", help="办成多少个动作为止（默认 10000）")
    parser.add_argument("--seed", type=int, default=7, metavar="数", help="种子：同一个种子抽到同样的单位、问题和动作（默认 7）")
    parser.add_argument("--kill", type=int, default=0, metavar="次",
                        help="其间强行终止（kill -9）几次，轮流终止数据库连接和办理进程（默认 0，只用于自带的数据库）")
    parser.add_argument("--served", action="store_true",
                        help="像 zhitong up 那样提供服务，经接口办理；--kill 轮流终止网页服务、后台办理和整个数据库")


@dataclass(frozen=True, slots=True)
class Stormed:
    """A storm that is over: what each process did, its seconds, who was killed, and all that does not hold afterwards."""

    seed: int
    blown: Sequence[Blown]
    seconds: float
    killer: Killer
    faults: Sequence[str]

    @property
    def acts(self) -> int:
        """Acts done, those of killed processes left out."""
        return sum(one.done.total() for one in self.blown)


def run(arguments: argparse.Namespace) -> int:
    """0 when everything holds afterwards, 1 when something does not; the scratch database is dropped whatever happens."""
    if arguments.served:
        from zhitong.launch import served_storm

        served = served_storm.stormed(arguments.acts, arguments.seed, arguments.kill)
        print("\n".join([*served_storm.told(served), *served.wrong[:50], ending(served.wrong)]))
        return 1 if served.wrong else 0
    over = stormed(arguments.acts, arguments.seed, arguments.kill, verified)
    print("\n".join([*told(over), *over.faults[:50], ending(over.faults)]))
    return 1 if over.faults else 0


def stormed(acts: int, seed: int, kills: int, verify: Callable[[], Sequence[str]]) -> Stormed:
    """Let it storm on a scratch database until so many acts were done, with so many kills in its midst, then verify (as the
    worker).

    Raises NotOurServer: somebody else's server is to be killed.
    """
    if kills:
        require_own_server()
    with scratch() as name:
        killer = Killer(kills, acts, name)
        with config.as_role("owner", name=name):
            from zhitong.rehearsal.storm.field import prepare

            ground = prepare(seed)
        began = time.monotonic()
        with progress.step("风暴") as step:
            blown = blow(ground, killer, acts, seed, step)
        seconds = time.monotonic() - began
        with config.as_role("worker", name=name):
            faults = verify()
    return Stormed(seed, blown, seconds, killer, [*faults, *(leak for one in blown for leak in one.leaks)])


def blow(ground: Field, killer: Killer, acts: int, seed: int, step: progress.Step) -> list[Blown]:
    """Let all processes loose until so many acts were done; returns what each did that lived to tell.

    In the place of a killed process another goes on, with a chance of its own.
    Raises RuntimeError: one of them broke off, with what it said.
    """
    context = multiprocessing.get_context("fork")
    count, answers = context.Value("q", 0), context.Queue()

    def loose(place: int) -> Any:
        its = f"{seed}:{place}:{killer.processes}" if killer.processes else f"{seed}:{place}"
        process = context.Process(target=_blow, args=(ground, killer.name, ROLES[place], its, acts, count, answers))
        process.start()
        return process

    processes = [loose(place) for place in range(len(ROLES))]
    gathered: list[Any] = []
    while len(gathered) < len(processes):
        step.at(min(count.value, acts), acts)
        killed = killer.at(count.value, count, lambda: processes[-1])
        if killed is not None:
            processes[-1] = loose(len(ROLES) - 1)
        gathered += _answers(answers)
    for process in processes:
        process.join()
    broken = [one for one in gathered if isinstance(one, str)]
    if broken:
        raise RuntimeError(broken[0])
    return gathered


def _answers(answers: Any) -> list[Any]:
    from queue import Empty

    try:
        return [answers.get(timeout=0.5)]
    except Empty:
        return []


def _blow(ground: Field, name: str, role: str, seed: str, acts: int, count: Any, answers: Any) -> None:
    """One process: its own login, its own chance."""
    from zhitong.rehearsal.storm.blowing import Storm

    def tell(number: int) -> int:
        with count.get_lock():
            count.value += number
            return int(count.value)

    try:
        with config.as_role(role, name=name):
            storm = _through(lambda: Storm(ground, seed, acts, tell), name)
            answers.put(_through(storm.walk if role == "web" else storm.blow, name))
    except Exception:
        import traceback

        tell(acts)
        answers.put(traceback.format_exc())


def _through(do: Callable[[], T], name: str) -> T:
    """Do something that goes on where it was when the server is killed under it."""
    from django.db import InterfaceError, OperationalError, connection

    while True:
        try:
            return do()
        except (InterfaceError, OperationalError) as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if state is not None and not state.startswith(GONE):
                raise
            connection.close()
            come_back(name)


def told(over: Stormed) -> list[str]:
    """What happened, in lines; what killed processes had done is not in it."""
    blown, killer = over.blown, over.killer
    done: Counter[str] = sum((one.done for one in blown), Counter())
    from zhitong.domain.problems.rules.way import Act

    each = "、".join(f"{act.label} {done[act.value]:,}" for act in Act if done[act.value])
    killed = (
        [f"  其间强行终止 {killer.backends} 次数据库连接、{killer.processes} 次办理进程，被终止进程办成的不计在内"]
        if killer.backends or killer.processes else []
    )
    return [
        f"种子 {over.seed}，{len(blown)} 个进程同时办理同一批问题（其中 {ROLES.count('web')} 个逐件办理，受行级策略约束）：",
        f"  办成 {over.acts:,} 个动作，用 {over.seconds:.0f} 秒，每秒 {over.acts / over.seconds:.0f} 个；"
        f"另按规则拒绝 {sum(one.refused for one in blown):,} 次；提出问题 {sum(one.raised for one in blown):,} 件",
        f"  {each}",
        f"  两道墙比对 {sum(one.seen for one in blown):,} 次",
        *killed,
    ]
