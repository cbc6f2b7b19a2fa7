"""How a line of the log looks: a sentence for a terminal, or JSON for programs; both carry the number of the request.

Nothing that people typed is written: addresses stand without their query, and of the database's complaints the lines that
quote values are left out.
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from zhitong.kit import tracing

FORMATS = ("plain", "json")
TOLD = "told"
"""The attribute of a record that holds further fields: `log.info(…, extra={TOLD: {"status": 200}})`."""
_QUOTING = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|\s*\^).*\n?", re.MULTILINE)
_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """`2018-09-17 08:30:00,000 ERROR zhitong.web [a1b2c3d4]: sentence`, then the trace of an error."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(request)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line; the request's short number stands in brackets."""
        trace = tracing.present()
        record.request = f" [{tracing.in_short(trace.request_id)}]" if trace else ""
        return super().format(record)

    def formatException(self, error: _ErrorInfo) -> str:
        """The trace without the lines in which the database quotes values."""
        return _QUOTING.sub("", super().formatException(error))


class JsonLines(logging.Formatter):
    """One JSON object in one line: at, level, logger, message; request_id, door, endpoint, person_id, post_id; trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
            **_of_request(), **getattr(record, TOLD, {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

    def formatException(self, error: _ErrorInfo) -> str:
        """The trace without the lines in which the database quotes values."""
        return _QUOTING.sub("", super().formatException(error))


def logging_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING: warnings on the terminal, and as JSON a line for every request as well."""
    requests = "INFO" if form == "json" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": Plain}, "json": {"()": JsonLines}},
        "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["terminal"], "level": "WARNING"},
        "loggers": {
            "zhitong.request": {"level": requests},
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"handlers": [], "level": "ERROR" if form == "json" else "WARNING"},
        },
    }


def _of_request() -> dict[str, Any]:
    trace = tracing.present()
    if trace is None:
        return {}
    known = {
        "request_id": trace.request_id, "door": trace.door, "endpoint": trace.endpoint,
        "person_id": trace.person_id, "post_id": trace.post_id,
    }
    return {name: str(value) for name, value in known.items() if value}
