"""No test speaks to anything but this machine: whatever else is tried fails at once, with the address in the message.

An audit hook sees every socket Python opens, also in libraries; libpq and programs started by tests are their own
masters and are given 127.0.0.1 or a socket file by whoever starts them.
"""

from __future__ import annotations

import os
import sys
from typing import Any

HERE = frozenset({"127.0.0.1", "::1", "localhost", "", None})


class NetworkUsed(AssertionError):
    """A test tried to reach another machine."""


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise NetworkUsed for a socket event whose address is not of this machine; a path is a Unix socket."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    else:
        return
    host = os.fsdecode(host) if isinstance(host, bytes) else host
    if host not in HERE:
        raise NetworkUsed(f"{event}: {host}")


sys.addaudithook(refuse)
