"""What Prometheus reads: what every process counted, and how far the work behind the pages has come.

Told by the worker in a thread of its own, so that a task that takes long does not hold it back; no names and no texts are in it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection
from prometheus_client import REGISTRY, CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from zhitong.domain.health.queries import connections_in_use, last_beats
from zhitong.domain.history.lagging import MOST_COUNTED, lags
from zhitong.domain.messaging.queries.outgoing import count_by_state, standings
from zhitong.domain.problems.queries.overdue import count_overdue
from zhitong.kit import clock

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LateBy = Callable[[], Mapping[str, float]]
"""By task of the worker: since how many seconds it should have been done."""
_log = logging.getLogger(__name__)


class Standing(Collector):
    """Asks the database at every reading; where it does not answer, that is all there is to tell."""

    def __init__(self, late: LateBy) -> None:
        self._late = late

    def collect(self) -> Iterator[Metric]:
        """Every figure that is not counted on the way."""
        try:
            found = _of_database()
        except (DatabaseError, InterfaceError):
            found = []
        finally:
            connection.close()
        yield GaugeMetricFamily("zhitong_database_up", "Whether the database answers", value=float(bool(found)))
        yield from found
        yield _by("zhitong_task_late_seconds", "Since when a task of the worker should have been done", "task", self._late())


def registry(late: LateBy) -> CollectorRegistry:
    """What is told here: this process's own counts, or those of all where they count into one folder."""
    told = CollectorRegistry()
    if os.environ.get(FOLDER):
        forget_the_dead(Path(os.environ[FOLDER]))
        MultiProcessCollector(told)
    else:
        told.register(_Counted())
    told.register(Standing(late))
    return told


def serve(host: str, port: int, late: LateBy) -> None:
    """Tell whoever asks at this address, until the process ends; a second worker beside the first does without."""
    try:
        start_http_server(port, host, registry(late))
    except OSError as error:
        _log.warning("运行指标：不能在 %s:%s 上提供（%s）", host, port, error.strerror)


def forget_the_dead(folder: Path) -> None:
    """Drop what ended processes had open; what they counted stays."""
    for path in folder.glob("gauge_live*_*.db"):
        if not Path(f"/proc/{path.stem.rpartition('_')[2]}").exists():
            path.unlink(missing_ok=True)


class _Counted(Collector):
    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()


def _of_database() -> list[Metric]:
    now, behind = clock.now(), lags()
    ages = {part: max(0.0, (now - at).total_seconds()) for part, at in last_beats().items()}
    waited = {one.follower: max(0.0, (now - one.oldest_at).total_seconds()) if one.oldest_at else 0.0 for one in behind}
    return [
        _by("zhitong_beat_age_seconds", "Since a part was last at work", "part", ages),
        _by("zhitong_facts_behind", f"Facts a follower has not read, counted up to {MOST_COUNTED}", "follower",
            {one.follower: one.behind for one in behind}),
        _by("zhitong_facts_waited_seconds", "How long the oldest of them has waited", "follower", waited),
        _by("zhitong_facts_set_aside", "Facts a follower could not digest: what follows from them was not told",
            "follower", {one.follower: one.set_aside for one in behind}),
        _by("zhitong_database_connections", "Connections to the database in use", "role", connections_in_use()),
        _by("zhitong_messages", "Messages to the outside that are open or were given up", "state", count_by_state()),
        _by("zhitong_channel_failures", "Failures of a channel since it last worked", "channel",
            {one.name: one.failures for one in standings() if one.is_connected}),
        GaugeMetricFamily("zhitong_problems_overdue", "Open problems past their limit", value=count_overdue(now)),
    ]


def _by(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for word, value in values.items():
        family.add_metric([word], value)
    return family
