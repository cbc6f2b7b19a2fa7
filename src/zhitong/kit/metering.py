"""What is counted of a running installation, for Prometheus: by place in the code and outcome, never by person.

Where PROMETHEUS_MULTIPROC_DIR names a folder, every process counts into files there and one of them tells the sum.
"""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("zhitong_requests", "Requests answered", ["endpoint", "method", "status"])
SECONDS = Histogram(
    "zhitong_request_seconds", "How long requests took to answer", ["endpoint"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
PACED = Counter("zhitong_paced", "Requests that were told to wait", ["asking", "asker"])
MESSAGES_FAILED = Counter("zhitong_messages_failed", "Messages that a gateway did not take", ["gateway"])
TASKS_FAILED = Counter("zhitong_tasks_failed", "Tasks of the worker that broke off", ["task"])
STREAMS = Gauge("zhitong_streams_open", "Streams that pages hold open", multiprocess_mode="livesum")
MESSAGES_SENT = Counter("zhitong_messages_sent", "Messages that the other side took", ["gateway"])
