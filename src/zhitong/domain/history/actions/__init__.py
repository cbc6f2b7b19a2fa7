"""What is done with history: telling, sealing, checking; and acts that happen once."""

from zhitong.domain.history.actions.telling import (
    KEPT_DAYS,
    KeyUsed,
    erase_details,
    forget_outcomes,
    once,
    open_months,
    record,
    record_many,
    settle_on_this_server,
)

__all__ = [
    "KEPT_DAYS",
    "KeyUsed",
    "erase_details",
    "forget_outcomes",
    "once",
    "open_months",
    "record",
    "record_many",
    "settle_on_this_server",
]
