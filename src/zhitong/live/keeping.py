"""Keeping the streams in order: rights asked again, lines that say nothing, readers that stopped reading let go."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from django.db import InterfaceError, OperationalError

from zhitong.kit import metering
from zhitong.live.hub import Hub
from zhitong.live.reader import Reader
from zhitong.live.rights import Credentials, Followed
from zhitong.live.topics import Asked

log = logging.getLogger(__name__)
Follow = Callable[[Credentials, Sequence[Asked]], Awaitable[Followed]]
TICK_SECONDS = 1.0
EARLIEST_SECONDS, CHECK_SECONDS = 45.0, 60.0
"""After so long a reader's rights are asked again, whether or not anything was heard of: so many came at once, so many
are asked one after the other in the time between."""
BEAT_SECONDS = 25.0
SLOW_SECONDS = 30.0
"""A reader that has taken nothing for so long is let go; it comes back by itself when it reads again."""
MOST_OF_ONE = 40
"""Streams of one session or key; the oldest makes room for the next."""


class Keeper:
    """Looks after every reader of a hub, one second after the other."""

    def __init__(self, hub: Hub, follow: Follow) -> None:
        self._hub, self._follow = hub, follow
        self._of_one: dict[Credentials, deque[Reader]] = {}
        self._checks_since = 0.0

    def welcome(self, reader: Reader) -> None:
        """A new reader: of too many of one session the oldest ends."""
        streams = self._of_one.setdefault(reader.credentials, deque())
        streams.append(reader)
        if len(streams) > MOST_OF_ONE:
            streams.popleft().drop()

    def is_full(self, most: int) -> bool:
        """Whether no more streams fit beside what the process keeps open otherwise."""
        return len(self._hub) >= most > 0

    def check_all_soon(self) -> None:
        """Somebody's posts have changed: every right that was asked before now is asked again."""
        self._checks_since = time.monotonic()

    async def keep(self) -> None:
        """Go on for ever; what fails is told and tried again with the next second."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            try:
                await self.look_after_all()
                metering.STREAMS.set(len(self._hub))
            except (OperationalError, InterfaceError) as error:
                log.warning("看护实时通知：数据库暂时不可用，稍后再试（%s）", error)
            except Exception:
                log.exception("看护实时通知：没有完成，稍后再试")

    async def look_after_all(self) -> None:
        """One round: let go, beat, and ask again the rights of a share of the readers, the longest unasked first."""
        now = time.monotonic()
        for reader in self._hub:
            if reader.stuck_since is not None and now - reader.stuck_since > SLOW_SECONDS:
                reader.drop()
            elif now - reader.heard_at > BEAT_SECONDS:
                reader.heard_at = now
                reader.beat()
        self._forget_gone()
        for reader in self._due(now):
            await self._check(reader)

    def _due(self, now: float) -> list[Reader]:
        """Whose rights are asked in this round: all asked before a change of posts, else so many that all get their turn."""
        waiting = sorted(self._hub, key=lambda reader: reader.checked_at)
        changed = [reader for reader in waiting if reader.checked_at < self._checks_since]
        share = math.ceil(len(waiting) * TICK_SECONDS / (CHECK_SECONDS - EARLIEST_SECONDS))
        return changed or [reader for reader in waiting[:share] if now - reader.checked_at > EARLIEST_SECONDS]

    async def _check(self, reader: Reader) -> None:
        checked_at = time.monotonic()
        topics = await self._follow(reader.credentials, reader.asked)
        reader.checked_at = checked_at
        if not topics:
            reader.end()
        elif topics.keys() != reader.topics.keys():
            self._hub.follow(reader, topics)

    def _forget_gone(self) -> None:
        here = set(self._hub)
        for credentials, streams in list(self._of_one.items()):
            kept = deque(reader for reader in streams if reader in here)
            if kept:
                self._of_one[credentials] = kept
            else:
                del self._of_one[credentials]
