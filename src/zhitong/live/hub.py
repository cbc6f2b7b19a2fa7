"""Who follows what, and how far every topic has come: kept in the memory of one process, in its one loop."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhitong.live.reader import Reader
from zhitong.live.rights import Followed
from zhitong.live.topics import Topic

KEPT_TOPICS = 100_000
"""How many topics' versions are remembered; of what moved before those, everything counts as moved."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a reader says it has heard: the mark of its last event, or the seconds since its page was asked for."""

    mark: str = ""
    seconds_ago: float | None = None


class Hub:
    """Readers by topic, and the newest version of each topic that moved while this process ran.

    Versions count within one run of the process (its epoch). Whoever comes with the mark of another run, or of before
    what is remembered, is told that everything it follows has moved: it fetches once too often rather than once too few.
    """

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(4)
        self._version = 0
        self._readers: set[Reader] = set()
        self._following: dict[Topic, set[Reader]] = {}
        self._moved: OrderedDict[Topic, tuple[int, float]] = OrderedDict()
        self._forgotten = (0, time.monotonic())

    def __len__(self) -> int:
        return len(self._readers)

    def __iter__(self) -> Iterator[Reader]:
        return iter(tuple(self._readers))

    def begin(self) -> None:
        """From now on every move is heard of; what was before is unknown, so whoever is here already fetches anew."""
        self._version += 1
        self._forgotten = (self._version, time.monotonic())
        for reader in self._readers:
            reader.greet(dict.fromkeys(reader.topics, self._version), self._version)

    def publish(self, topics: Collection[Topic]) -> None:
        """These topics have moved: a new version, told to everybody who follows one of them."""
        if not topics:
            return
        self._version, now = self._version + 1, time.monotonic()
        for topic in topics:
            self._moved[topic] = (self._version, now)
            self._moved.move_to_end(topic)
            for reader in self._following.get(topic, ()):
                reader.tell(topic, self._version)
        while len(self._moved) > KEPT_TOPICS:
            _topic, self._forgotten = self._moved.popitem(last=False)

    def join(self, reader: Reader, topics: Followed, heard: Heard) -> None:
        """Let a reader follow topics, and tell it first what has moved since it last heard."""
        self._readers.add(reader)
        self.follow(reader, topics)
        reader.greet(self.newer_than(topics, heard), self._version)

    def follow(self, reader: Reader, topics: Followed) -> None:
        """Let a reader that has joined follow these topics and no others."""
        self._unfollow(reader, reader.topics.keys() - topics.keys())
        reader.follow(topics)
        for topic in topics:
            self._following.setdefault(topic, set()).add(reader)

    def leave(self, reader: Reader) -> None:
        """Forget a reader whose stream is over."""
        self._unfollow(reader, list(reader.topics))
        self._readers.discard(reader)

    def newer_than(self, topics: Iterable[Topic], heard: Heard) -> Mapping[Topic, int]:
        """Of these topics, those that have moved since, with their versions; all of them where nobody can know."""
        if self._cannot_know(heard):
            return dict.fromkeys(topics, self._version)
        since = int(heard.mark.partition("-")[2]) if heard.mark else self._version
        at = time.monotonic() - heard.seconds_ago if heard.seconds_ago is not None else float("inf")
        known = ((topic, self._moved[topic]) for topic in topics if topic in self._moved)
        return {topic: version for topic, (version, moved_at) in known if version > since or moved_at > at}

    def _cannot_know(self, heard: Heard) -> bool:
        """Whether it last heard from another run of this process, or before all that is remembered."""
        if heard.mark:
            epoch, _, version = heard.mark.partition("-")
            return epoch != self.epoch or not version.isdecimal() or int(version) < self._forgotten[0]
        return heard.seconds_ago is not None and time.monotonic() - heard.seconds_ago < self._forgotten[1]

    def _unfollow(self, reader: Reader, topics: Iterable[Topic]) -> None:
        for topic in topics:
            following = self._following.get(topic, set())
            following.discard(reader)
            if not following:
                self._following.pop(topic, None)
