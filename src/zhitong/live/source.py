"""Where moves come from: facts read ten times a second by one thread, which keeps its place in memory.

It takes no lock and writes nothing but that it is at work, so any number of processes may read beside each other. It begins
with what is committed from now on: what was before, no page that is open now can have missed. A transaction that takes long,
such as a great import, holds nothing else back. A lost connection is made anew and nothing is passed by.
"""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Event, Thread
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from zhitong.domain.health.actions import beat
from zhitong.domain.health.rules import BEAT_EVERY, STREAMS
from zhitong.domain.history.follow import Place, ReadFact, place_of
from zhitong.domain.history.watch import Watch
from zhitong.domain.notices.queries import units_told_of
from zhitong.domain.notices.rules import TOLD_BY
from zhitong.kit import clock
from zhitong.live.moving import SEALED, may_change_rights, topics_of
from zhitong.live.topics import Kind, Topic

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.1
TROUBLE_SECONDS = 1.0
MOST_FACTS = 2000
"""Read at once; where there are more, it looks again without waiting."""
MOST_UNTOLD = 20_000
"""Facts that are remembered until the worker has told units of them; beyond, the oldest are let go."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look brought: topics that moved, whether rights may have changed, whether there is more to read."""

    topics: Collection[Topic]
    rights: bool = False
    more: bool = False


class Look:
    """What one reader of facts has seen, and the facts of which units are still to be told, the earliest first."""

    def __init__(self) -> None:
        self._watch = Watch()
        self._untold: list[Place] = []

    def again(self) -> Seen:
        """What has moved since the last look: one small statement when nothing has."""
        facts = self._watch.read(most=MOST_FACTS)
        topics = topics_of(facts) | self._told_meanwhile(facts)
        return Seen(topics, may_change_rights(facts), len(facts) == MOST_FACTS)

    def _told_meanwhile(self, facts: Collection[ReadFact]) -> set[Topic]:
        """The units whose notices of earlier facts have come: the worker writes them a moment after the fact."""
        for fact in facts:
            if fact.thing_kind not in SEALED:
                (heapq.heappush if len(self._untold) < MOST_UNTOLD else heapq.heappushpop)(self._untold, (fact.xid, fact.id))
        if not self._untold:
            return set()
        told_up_to, passed = place_of(TOLD_BY), list[UUID]()
        while told_up_to and self._untold and self._untold[0] <= told_up_to:
            passed.append(heapq.heappop(self._untold)[1])
        return {Topic(Kind.UNIT, one) for one in units_told_of(passed)} if passed else set()


class Source:
    """The thread that looks again and again; `begun` and `seen` are called in it."""

    def __init__(self, log_in: Callable[[], None], begun: Callable[[], None], seen: Callable[[Seen], None]) -> None:
        self._log_in, self._begun, self._seen = log_in, begun, seen
        self._stopping = Event()
        self._beat_at = 0.0
        self._thread = Thread(target=self._run, name="facts", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking, and wait for the look under way."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        look: Look | None = None
        self._log_in()
        while not self._stopping.is_set():
            try:
                if look is None:
                    look = Look()
                    self._begun()
                self._stopping.wait(self._look(look))
            except (OperationalError, InterfaceError) as error:
                log.warning("读取事实：数据库暂时不可用，稍后再试（%s）", error)
                connection.close()
                self._stopping.wait(TROUBLE_SECONDS)
            except Exception:  # what cannot be read is passed by: everybody fetches once, and it goes on from there
                log.exception("读取事实：没有完成，从最新的事实重新开始")
                look = None
                self._stopping.wait(TROUBLE_SECONDS)
        connection.close()

    def _look(self, look: Look) -> float:
        """Look once and hand on what was seen; returns how long to wait until the next look."""
        began, seen = time.monotonic(), look.again()
        if began >= self._beat_at:
            beat(STREAMS, now=clock.now())
            self._beat_at = began + BEAT_EVERY.total_seconds()
        if seen.topics or seen.rights:
            self._seen(seen)
        return 0.0 if seen.more else max(0.0, LOOK_SECONDS - (time.monotonic() - began))
